from __future__ import annotations

import pytest

from gapkit.redesign.targets.visible import visible
from gapkit.results import Result


def test_a_rate_as_the_table_has_it():
    """From 55 % with 60 before and 60 after, 24 points is what can be seen: 25 can, 20 cannot."""
    rate = Result("execution_rate", 0.55, n=60, events=33)

    assert (True, False) == tuple(visible(rate, change, 1.0).is_enough for change in (0.25, 0.20))
    assert pytest.approx(0.238, abs=0.001) == visible(rate, 0.2, 1.0).smallest_change


def test_a_baseline_of_none_or_all_shows_nothing():
    """Where no program was on time, how much chance varies is not known."""
    for value in (0.0, 1.0):
        assert not visible(Result("on_time_rate", value, n=40, events=0), 0.2, 1.0).is_enough


def test_velocity_counts_deliveries():
    """Of 78 deliveries a ratio of 1.5 is seen in as much time again: 117 are expected, and needed."""
    found = visible(Result("velocity_per_week", 3.0, n=78, events=78, unit="per_week"), 0.5, 1.0)

    assert ("deliveries", 78, 117, 117, True) == (
        found.counts, found.n_before, found.n_expected, found.n_needed, found.is_enough,
    )  # fmt: skip


def test_a_time_counts_what_ended():
    """A median halved is a hazard ratio of two: 33 deliveries each side show it."""
    found = visible(Result("time_to_market_median_days", 60.0, n=50, events=33, unit="days"), -30.0, 1.0)

    assert (33, 33, True) == (found.n_before, found.n_needed, found.is_enough)


@pytest.mark.parametrize("change", [0.0, 10.0, -60.0, -90.0])
def test_no_gain_and_the_impossible_are_not_seen(change):
    """A time no shorter, or none left, has no number."""
    found = visible(Result("time_to_market_median_days", 60.0, n=50, events=33, unit="days"), change, 1.0)

    assert (None, False) == (found.n_needed, found.is_enough)


def test_nothing_expected_is_not_enough():
    """A window of a day after a small baseline holds no program."""
    found = visible(Result("execution_rate", 0.5, n=12, events=6), 0.3, 0.01)

    assert (0, None, False) == (found.n_expected, found.smallest_change, found.is_enough)
