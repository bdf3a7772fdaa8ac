from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.velocity import estimate_points_velocity, estimate_velocity, weekly_deliveries, working_weeks

AS_OF = dt.date(2026, 7, 15)


@pytest.fixture
def judge(table, config):
    def build(*days):
        rows = [{"program_id": f"P{i:03d}", "status": "delivered", "actual_end": day} for i, day in enumerate(days)]
        return judge_programs(table("programs", *rows), table("status_events"), config, AS_OF)[0]

    return build


def test_working_weeks_count_business_days(changed):
    """Thirteen weeks without holidays are 13.0; a holiday takes a fifth of a week."""
    quarter = dt.date(2026, 3, 30), dt.date(2026, 6, 28)

    assert working_weeks(*quarter, changed()) == 13.0
    assert working_weeks(*quarter, changed(holidays=(dt.date(2026, 5, 25),))) == 12.8


def test_weeks_without_deliveries_are_zero_and_cut_weeks_are_marked(judge):
    """From Wednesday 1 April to Sunday 19 April: one cut week, two full ones."""
    weeks = weekly_deliveries(
        judge("2026-04-02", "2026-04-03", "2026-04-15", "2026-05-01"), dt.date(2026, 4, 1), dt.date(2026, 4, 19)
    )

    assert weeks["deliveries"].tolist() == [2, 0, 1]
    assert weeks["is_full"].tolist() == [False, True, True]


def test_exact_poisson_limits(judge, config):
    """Ten deliveries in one working week: 4.795 to 18.390 (exact Poisson, R poisson.test)."""
    found = estimate_velocity(judge(*["2026-04-08"] * 10), dt.date(2026, 4, 6), dt.date(2026, 4, 12), config, period="",
                              delivery_recorded=True)  # fmt: skip

    assert (found.value, round(found.low, 3), round(found.high, 3)) == (10.0, 4.795, 18.390)


def test_no_delivery_in_a_recorded_window_is_zero_with_an_upper_limit(judge, config):
    """None in 13 weeks: 0, at most 0.2838 a week (exact Poisson)."""
    found = estimate_velocity(judge("2026-01-05"), dt.date(2026, 3, 30), dt.date(2026, 6, 28), config, period="",
                              delivery_recorded=True)  # fmt: skip

    assert (found.value, found.low, round(found.high, 4)) == (0.0, 0.0, 0.2838)


def test_without_any_delivery_record_it_is_not_measured(judge, config):
    """Zero and not measured are different answers."""
    found = estimate_velocity(
        judge(), dt.date(2026, 3, 30), dt.date(2026, 6, 28), config, period="", delivery_recorded=False
    )

    assert (found.status, found.value) == ("not_assessable", None)


def test_deliveries_without_a_date_are_not_a_pace_of_zero(table, config):
    """Ten delivered programs, none with a date: too little to say, and no zero."""
    rows = [{"program_id": f"P{i}", "status": "delivered"} for i in range(10)]
    judged, _ = judge_programs(table("programs", *rows), table("status_events"), config, AS_OF)

    found = estimate_velocity(judged, dt.date(2026, 3, 30), dt.date(2026, 6, 28), config, period="", delivery_recorded=True)

    assert ("thin", None) == (found.status, found.value)


def test_points_count_large_programs_for_what_they_are(table, config):
    """Ten deliveries of 4 points in one working week: 40 a week, give or take 1.96 √160 = 24.8."""
    rows = [
        {"program_id": f"P{i}", "status": "delivered", "actual_end": "2026-04-08", "size_points": 4.0} for i in range(10)
    ]
    judged, _ = judge_programs(table("programs", *rows), table("status_events"), config, AS_OF)

    found = estimate_points_velocity(judged, dt.date(2026, 4, 6), dt.date(2026, 4, 12), config, period="",
                                     delivery_recorded=True)  # fmt: skip

    assert (40.0, 15.2, 64.8) == (found.value, round(found.low, 1), round(found.high, 1))


def test_points_that_nobody_recorded_are_not_measured(judge, config):
    """Without size points there is no pace in points, and no zero."""
    found = estimate_points_velocity(judge("2026-04-08"), dt.date(2026, 4, 6), dt.date(2026, 4, 12), config, period="",
                                     delivery_recorded=True)  # fmt: skip

    assert ("not_assessable", None) == (found.status, found.value)
