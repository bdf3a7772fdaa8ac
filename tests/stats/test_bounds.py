"""Worst and best case of a rate with unknown units."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gapkit.stats.bounds import manski_bounds

COUNT = st.integers(0, 500)


def test_bounds_by_hand() -> None:
    """40 on time, 12 unknown, 18 not, of 70: between 40/70 = 57 % and 52/70 = 74 %."""
    bounds = manski_bounds(40, 12, 18)

    assert (0.57, 0.74) == (round(bounds.low, 2), round(bounds.high, 2))
    assert (70, pytest.approx(12 / 70)) == (bounds.n, bounds.unknown_share)


@given(COUNT, COUNT, COUNT)
def test_bounds_hold_every_completion_of_the_data(yes: int, unknown: int, no: int) -> None:
    """However many of the unknown units have the property, the rate lies within the bounds."""
    assume(yes + unknown + no)
    bounds = manski_bounds(yes, unknown, no)

    assert all(bounds.low <= (yes + k) / bounds.n <= bounds.high for k in range(0, unknown + 1, 50))
    assert pytest.approx(bounds.unknown_share) == bounds.high - bounds.low


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 2, 3)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    """No units have no rate, and counts are not negative."""
    with pytest.raises(ValueError, match="must be counts"):
        manski_bounds(*counts)
