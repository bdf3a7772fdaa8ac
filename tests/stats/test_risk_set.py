"""Who is at risk when: the start rule, what is refused, and how far the data reach."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gapkit.stats.risk_set import risk_set


def test_without_delayed_entry_the_curve_starts_at_zero() -> None:
    """Everyone is at risk from the beginning, so nothing is cut."""
    risks = risk_set([3, 5, 8, 9, 12, 20])

    assert (0, 20) == (risks.start, risks.last)
    assert risks.kept.all()


def test_curve_starts_at_the_first_time_with_enough_at_risk() -> None:
    """Entries 0 1 2 4 6 9 with one exit at 3: five are together for the first time when the last one enters at 9."""
    risks = risk_set([3, 30, 31, 32, 33, 34], [0, 1, 2, 4, 6, 9])

    assert 9 == risks.start
    assert [False, True, True, True, True, True] == risks.kept.tolist()
    assert [9.0] * 5 == risks.entry.tolist()


def test_too_few_together_leave_no_curve() -> None:
    """Six units of whom never five are at risk together: nothing is kept and the start is never."""
    risks = risk_set([2, 4, 6, 8, 10, 12], [1, 3, 5, 7, 9, 11])

    assert (math.inf, 0, 0) == (risks.start, risks.reach, risks.last)
    assert not risks.kept.any()


def test_reach_is_the_last_time_with_enough_at_risk() -> None:
    """Of eight units the fifth from the end leaves at 4: until then five were at risk."""
    risks = risk_set([1, 2, 3, 4, 5, 6, 7, 8])

    assert (4, 8) == (risks.reach, risks.last)


def test_units_never_at_risk_are_refused_with_their_number() -> None:
    """statsmodels would drop a unit with entry == time without a word."""
    with pytest.raises(ValueError, match="2 of 3 units have entry >= time"):
        risk_set([0, 5, 9], [0, 5, 1])


def test_missing_and_negative_times_are_refused() -> None:
    """A missing duration is not zero, and nobody is watched before the beginning."""
    with pytest.raises(ValueError, match="time: 1 of 2"):
        risk_set([np.nan, 3])
    with pytest.raises(ValueError, match="entry: 1 of 2 values are negative"):
        risk_set([2, 3], [-1, 0])
