"""Arguments that make no sense are refused with a message that names them."""

from __future__ import annotations

import numpy as np
import pytest

from gapkit.stats.intervals import check_counts, check_flags, check_level, check_numbers, check_same_length


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_level_outside_zero_to_one_is_refused(level: float) -> None:
    """A level given as a percentage is a mistake, not a very wide interval."""
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        check_level(level)


@pytest.mark.parametrize(("x", "n"), [(0, 0), (3, 2), (-1, 4), (1.5, 4)])
def test_counts_that_are_no_rate_are_refused(x: int, n: int) -> None:
    """A rate of nothing is not zero, and there is no 3 of 2."""
    with pytest.raises(ValueError, match="whole numbers"):
        check_counts(x, n)


def test_missing_numbers_are_counted_not_dropped() -> None:
    """The message says how many entries are missing, because dropping them is the caller's decision."""
    with pytest.raises(ValueError, match="time: 2 of 3 values"):
        check_numbers([1.0, np.nan, np.inf], "time")


def test_flags_hold_true_and_false_only() -> None:
    """A probability or a count given in place of a flag is refused."""
    with pytest.raises(ValueError, match="event: 1 of 3 values"):
        check_flags([0, 1, 2], "event")


def test_lengths_are_named() -> None:
    """Arrays that do not belong together are named with their lengths."""
    with pytest.raises(ValueError, match="time 2, event 3"):
        check_same_length(time=np.zeros(2), event=np.zeros(3))
