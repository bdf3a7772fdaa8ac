from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.detectable import detectable_changes, detectable_rate, window_length
from gapkit.results import Result

MEAN = "time_to_market_restricted_mean_days"


def velocity(count):
    return Result("velocity_per_week", count / 26, n=count, events=count, unit="per_week")


def time_to_market(deliveries):
    return Result(MEAN, 60.0, n=deliveries, events=deliveries, unit="days")


@pytest.mark.parametrize(("before", "length", "change"), [(40, 0.5, 0.34), (80, 0.5, 0.25), (60, 1, 0.24), (100, 1, 0.19)])
def test_the_change_of_a_rate_agrees_with_the_method(before, length, change):
    """From 55 %: 34 points with 20 after 40, 25 with 40 after 80, 24 with 60 after 60, 19 with 100 after 100."""
    found = detectable_rate(Result("execution_rate", 0.55, n=before, events=round(before * 0.55)), length)

    assert (before, round(before * length)) == (found["n_before"], found["n_after"])
    assert change == pytest.approx(found["change"], abs=0.01)


def test_a_rate_of_none_or_all_and_a_thin_one_show_nothing():
    """Their variance is not known."""
    none, all_of_them = Result("otif_rate", 0.0, n=20), Result("otif_rate", 1.0, n=20)

    for baseline in (None, Result("otif_rate", n=6, events=2, status="thin"), none, all_of_them):
        assert detectable_rate(baseline, 1.0) is None


def test_a_rate_too_high_for_any_change_to_show_says_so():
    """From 95 % with twenty programs not even all on time would show."""
    assert {"n_before": 20, "n_after": 20, "change": None} == detectable_rate(Result("on_time_rate", 0.95, n=20), 1.0)


@pytest.mark.parametrize(("count", "ratio"), [(282, 1.25), (78, 1.5), (23, 2.0)])
def test_the_ratio_of_velocities_agrees_with_the_method(count, ratio):
    """Over equal time, 282, 78 and 23 deliveries before show a ratio of 1.25, 1.5 and 2."""
    found = detectable_changes({"velocity_per_week": velocity(count)}, 1.0)["velocity_per_week"]

    assert pytest.approx(ratio, abs=0.01) == found["ratio"]


@pytest.mark.parametrize(("total", "ratio"), [(631, 1.25), (191, 1.5), (66, 2.0)])
def test_the_hazard_ratio_agrees_with_the_method(total, ratio):
    """631, 191 and 66 deliveries in total show a hazard ratio of 1.25, 1.5 and 2."""
    found = detectable_changes({MEAN: time_to_market(total // 2)}, 1.0)[MEAN]

    assert pytest.approx(ratio, abs=0.01) == found["ratio"]


def test_only_deliveries_of_the_baseline_quarters_count_for_time_to_market():
    """Its own figure also rests on deliveries up to the day of the freeze."""
    found = detectable_changes({"velocity_per_week": velocity(40), MEAN: time_to_market(55)}, 0.5)

    assert (40, 20) == (found[MEAN]["n_before"], found[MEAN]["n_after"])


def test_the_window_in_lengths_of_the_baseline(changed):
    """30 days after two quarters of 181; one quarter of two while no window is agreed."""
    config = changed(measure_start=dt.date(2026, 7, 1), measure_end=dt.date(2026, 7, 30))

    assert pytest.approx(30 / 181) == window_length(config, ("2026Q1", "2026Q2"))
    assert 0.5 == window_length(changed(), ("2026Q1", "2026Q2"))
