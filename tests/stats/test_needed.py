from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.differences import minimum_detectable_difference
from gapkit.stats.needed import deliveries_needed, programs_needed, time_needed


@pytest.mark.parametrize(("ratio", "total"), [(1.25, 631), (1.5, 191), (2.0, 66)])
def test_deliveries_as_schoenfeld_has_them(ratio, total):
    """Hazard ratios of 1.25, 1.5 and 2 need 631, 191 and 66 events in all, half on each side (Schoenfeld 1981)."""
    half = next(n for n in range(1, total) if (deliveries_needed(n, ratio) or total) <= n)

    assert total <= 2 * half <= total + 1


@pytest.mark.parametrize(("ratio", "count"), [(1.25, 282), (1.5, 78), (2.0, 23)])
def test_counts_for_a_ratio_of_velocities(ratio, count):
    """With equal time a baseline of 282, 78 and 23 deliveries shows a ratio of 1.25, 1.5 and 2 (docs/method.md)."""
    least = next(n for n in range(1, 400) if (time_needed(n, ratio) or 2) <= 1)

    assert count == least


@pytest.mark.parametrize(("n", "before", "change"), [(20, 20, 0.38), (60, 60, 0.24), (100, 100, 0.19), (40, 80, 0.25)])
def test_programs_as_the_table_has_them(n, before, change):
    """From 55 %: 38 points with 20 on each side, 24 with 60, 19 with 100; 25 with 40 after 80 (docs/method.md)."""
    fewest, most = (programs_needed(before, 0.55, change + half) for half in (0.005, -0.005))  # the table rounds to a point

    assert fewest <= n <= most


@given(st.integers(5, 300), st.floats(0.05, 0.9), st.floats(0.02, 0.6))
def test_as_many_as_needed_are_enough_and_one_fewer_is_not(before, rate, change):
    """The number is the smallest with which the change is detectable."""
    needed = programs_needed(before, rate, change)
    if needed is not None:
        assert minimum_detectable_difference(before, needed, rate) <= change
        assert needed == 1 or minimum_detectable_difference(before, needed - 1, rate) > change


@pytest.mark.parametrize("change", [0.0, -0.1, 0.6])
def test_what_cannot_come_true_cannot_be_shown(change):
    """No change, a loss, and a rate beyond 100 % have no number."""
    assert programs_needed(100, 0.55, change) is None


def test_no_gain_in_speed_needs_no_number():
    """A ratio of one or less is no gain; a baseline of three shows nothing small."""
    assert [None] * 4 == [deliveries_needed(50, 1.0), time_needed(50, 0.9), deliveries_needed(3, 1.2), time_needed(3, 1.2)]
