from __future__ import annotations

import numpy as np

from gapkit.sample.streams import Streams


def test_a_stream_is_keyed_by_its_name_not_its_turn() -> None:
    """Asking for another component first changes nothing."""
    alone = Streams(3).history("work").random(5)
    streams = Streams(3)
    streams.history("waits").random(100)

    assert alone.tolist() == streams.history("work").random(5).tolist()


def test_components_draw_different_numbers() -> None:
    """Two components of one organisation share no draw."""
    work, waits = Streams(3).history("work").random(1000), Streams(3).history("waits").random(1000)

    assert not np.intersect1d(work, waits).size


def test_a_replicate_is_another_history_of_the_same_organisation() -> None:
    """The organisation's own streams ignore the replicate, those of its history do not."""
    first, second = Streams(3, 0), Streams(3, 1)

    assert first.organisation("people").random() == second.organisation("people").random()
    assert first.history("work").random() != second.history("work").random()


def test_more_draws_begin_with_the_same_numbers() -> None:
    """A longer plan keeps the numbers of its first programs."""
    short, long = (Streams(3).history("work").standard_normal((n, 4)) for n in (10, 25))

    assert short.tolist() == long[:10].tolist()
