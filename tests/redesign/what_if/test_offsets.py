from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.redesign.what_if.offsets import drawn_slots, kaplan_meier_quantile, starts_in_window
from gapkit.stats.kaplan_meier import kaplan_meier, survival_quantile


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=40), st.sampled_from([0.5, 0.85]))
def test_the_quantile_is_that_of_kaplan_meier(units: list[tuple[int, bool]], share: float) -> None:
    """The quick quantile equals that of `stats.kaplan_meier`, not reached included."""
    time, event = (np.array(column) for column in zip(*units, strict=True))
    found = kaplan_meier_quantile(time.astype(float), event, share)
    expected = survival_quantile(kaplan_meier(time, event, start_at_risk=1), share).value

    assert found == expected or (np.isnan(found) and np.isinf(expected))


def test_a_short_record_has_no_window():
    """Fifty business days are too few to simulate; ninety are not."""
    assert 0.0 == starts_in_window(np.arange(0.0, 50.0), 50.0)[1]
    assert 90.0 == starts_in_window(np.arange(0.0, 90.0), 90.0)[1]


def test_very_many_starts_shorten_the_window():
    """Twenty starts a day: sixty days, still 1,200 of them; a thousand a day cannot be simulated one by one."""
    starts, length = starts_in_window(np.repeat(np.arange(260.0), 20), 260.0)

    assert (60.0, 1200) == (length, len(starts))
    assert 0.0 == starts_in_window(np.repeat(np.arange(260.0), 1000), 260.0)[1]


def test_slots_keep_the_pace():
    """Spells drawn again hold as many starts on average, all inside the window or in its warm-up and cool-down."""
    starts = np.arange(0.0, 200.0, 0.5)
    drawn = [drawn_slots(starts, 200.0, np.random.default_rng(k)) for k in range(20)]
    inside = [((slots >= 0) & (slots < 200)).sum() for slots in drawn]

    assert len(starts) == pytest.approx(np.mean(inside), rel=0.01)
    assert all(slots.min() >= -60 and slots.max() < 240 for slots in drawn)
