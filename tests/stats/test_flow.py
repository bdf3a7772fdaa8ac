"""Little's law as an identity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.flow import little_identity, mean_in_progress

ITEMS = st.lists(st.tuples(st.integers(-50, 150), st.integers(0, 100)), min_size=0, max_size=40)


def test_identity_by_hand() -> None:
    """Intervals [0,3] [2,9] [4,5] [6,12] over ten days: 1.5 = 4/10 * 3.75."""
    identity = little_identity([0, 2, 4, 6], [3, 9, 5, 12], 10)

    assert (1.5, 4, 3.75, 0) == (identity.mean_in_progress, identity.touching, identity.mean_inside, identity.difference)


@given(ITEMS, st.integers(1, 120))
def test_identity_holds_for_any_items(items: list[tuple[int, int]], length: int) -> None:
    """Whatever starts and ends when, both sides agree, and equal the mean of a day-by-day count."""
    starts = np.array([start for start, _ in items], dtype=float)
    ends = starts + np.array([days for _, days in items], dtype=float)

    identity = little_identity(starts, ends, length)

    days = np.arange(length)[:, None]
    daily = ((starts <= days) & (days < ends)).sum(axis=1)
    assert 0 == pytest.approx(identity.difference, abs=1e-9)
    assert daily.mean() == pytest.approx(identity.mean_in_progress)


def test_open_items_are_in_progress_to_the_end() -> None:
    """An item without an end counts from its start to the end of the window."""
    assert 0.6 == mean_in_progress([4], [np.inf], 10)


def test_items_outside_the_window_do_not_touch_it() -> None:
    """Ended on the first day, or started on the day after the last: not in progress inside."""
    identity = little_identity([-5, 10], [0, 20], 10)

    assert (0, 0, 0) == (identity.mean_in_progress, identity.touching, identity.mean_inside)


def test_impossible_items_are_refused() -> None:
    """An end before the start, a missing time, or a window without length is an error, not a small number."""
    with pytest.raises(ValueError, match="2 of 3 items"):
        little_identity([5, 1, np.nan], [3, 2, 4], 10)
    with pytest.raises(ValueError, match="length == 0"):
        little_identity([1], [2], 0)
