from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.levers.lever import VERDICTS, verdict_of
from gapkit.stats.intervals import Interval


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((85, 80, 90), "in place"), ((85, 79.9, 90), "partly in place"), ((65, 55, 75), "partly in place"),
        ((45, 40, 50), "partly in place"), ((45, 40, 49.9), "missing"), ((60, 20, 95), "partly in place"),
    ],
)  # fmt: skip
def test_the_near_limit_decides(limits, expected):
    """In place from 80 on by the lower limit, missing below 50 by the upper, partly in place between."""
    assert expected == verdict_of(Interval(*limits))


def test_without_a_score_a_lever_is_not_assessable():
    """Not missing: nobody knows."""
    assert "not assessable" == verdict_of(None)


scores = st.floats(0, 100)


@given(scores, scores, st.floats(0, 50))
def test_a_higher_score_never_earns_a_weaker_word(low, width, rise):
    """Moving the whole interval up keeps the word or improves it."""
    first, second = Interval(low, low, low + width), Interval(low, low + rise, low + width + rise)

    assert VERDICTS.index(verdict_of(second)) <= VERDICTS.index(verdict_of(first))
