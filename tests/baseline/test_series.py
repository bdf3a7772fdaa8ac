from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.series import (
    GRAINS,
    ON_TIME,
    THROUGHPUT,
    Point,
    freeze_series,
    from_record,
    limits_of,
    period_end,
    period_starts,
    points_since,
    previous_period,
)
from gapkit.config import Settings

QUARTERS = ("2026Q1", "2026Q2")
MONDAY = dt.date(2026, 1, 5)


def commitment(number, due, *, on_time=True, late_days=3):
    done = due if on_time else due + dt.timedelta(days=late_days)
    return {"program_id": f"P{number:04d}", "committed_at": "2025-12-20", "baseline_end": due.isoformat(),
            "status": "delivered", "actual_end": done.isoformat()}  # fmt: skip


def plan(first, weeks, each, *, met=3):
    """So many commitments due each Wednesday, the first `met` of a week on time."""
    return [
        commitment(100 * week + k, first + dt.timedelta(days=7 * week + 2), on_time=k < met)
        for week in range(weeks)
        for k in range(each)
    ]


def plan_of_week(number, *, met):
    """Five commitments due in a week of the baseline."""
    rows = plan(MONDAY + dt.timedelta(days=7 * number), 1, 5, met=met)
    return [{**row, "program_id": f"W{number:02d}-{row['program_id']}"} for row in rows]


@pytest.fixture
def frozen(engage):
    """Both series of some programs, as frozen on a day, with what was judged and the engagement."""

    def build(rows, **changes):
        eng = engage(changes, programs=rows)
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        return {one.name: one for one in freeze_series(eng, judged, QUARTERS)}, eng, judged

    return build


def test_five_a_week_are_charted_by_the_week(frozen):
    """Five commitments each week of the baseline: 26 points, three of five on time in each, firm limits."""
    charts, _, _ = frozen(plan(MONDAY, 26, 5))
    chart = charts[ON_TIME]

    assert ("week", MONDAY, 26, "firm") == (chart.grain, chart.anchor, len(chart.points), chart.firmness)
    assert {(3, 5)} == {(point.x, point.n) for point in chart.points}
    assert 0.6 == pytest.approx(chart.limits.mean)


@pytest.mark.parametrize(("each", "grain"), [(5, "week"), (3, "fortnight"), (2, "month"), (1, "month")])
def test_fewer_go_by_the_fortnight_or_the_month(frozen, each, grain):
    """Four a fortnight are too few for fortnights, and where months hold too few there is nothing longer."""
    charts, _, _ = frozen(plan(MONDAY, 26, each))

    assert grain == charts[ON_TIME].grain


def test_limits_of_none_and_all_ask_for_longer_periods(frozen):
    """Weeks with none on time beside weeks with all would judge nothing; by the fortnight they come out alike."""
    rows = [row for k in range(26) for row in plan_of_week(k, met=5 * (k % 2))]
    charts, _, _ = frozen(rows)
    chart = charts[ON_TIME]

    assert "fortnight" == chart.grain
    assert (0.5, 0.5) == (chart.limits.low, chart.limits.high)


def test_deliveries_go_by_the_week_from_two_a_week_on(frozen):
    """Ten weeks without any count as well."""
    assert "week" == frozen(plan(MONDAY, 26, 2))[0][THROUGHPUT].grain
    assert "fortnight" == frozen(plan(MONDAY, 26, 1))[0][THROUGHPUT].grain


def test_a_thin_week_is_a_point_that_sets_no_limits(frozen):
    """Weeks with four due stay in the series, and limits rest on the others."""
    rows = [*plan(MONDAY, 20, 6), *plan(MONDAY + dt.timedelta(days=140), 6, 4)]
    charts, _, _ = frozen(rows)
    chart = charts[ON_TIME]

    assert (26, 20, 0.5) == (len(chart.points), chart.limits.n, chart.limits.mean)


def test_earlier_quarters_are_added_only_as_far_as_recorded_and_needed(frozen):
    """Six months by the month are too few; earlier months follow back to the first day on which anything is recorded."""
    early = [
        {**row, "program_id": f"Q{row['program_id']}", "committed_at": "2025-01-01"}
        for row in plan(dt.date(2025, 4, 7), 36, 2)
    ]
    charts, _, _ = frozen([*early, *plan(MONDAY, 26, 2)])
    chart = charts[ON_TIME]

    assert ("month", dt.date(2025, 1, 1)) == (chart.grain, chart.points[0].start)
    assert dt.date(2026, 6, 1) == chart.points[-1].start
    assert ("provisional", 14) == (chart.firmness, chart.limits.n)


def test_no_point_lies_before_the_records_begin(frozen):
    """What was due before anything was recorded is not known, which is not zero."""
    rows = [{**row, "committed_at": "2026-02-02"} for row in plan(dt.date(2026, 4, 6), 12, 5)]
    charts, _, _ = frozen(rows)

    assert all(point.start >= dt.date(2026, 2, 2) for chart in charts.values() for point in chart.points)


def test_points_since_go_on_in_the_frozen_grain_and_stop_at_the_last_period_that_is_over(frozen):
    """Read on Wednesday 15 July 2026 the week of 6 July is the last; grace moves that back to the week before."""
    rows = plan(MONDAY, 30, 5)
    charts, eng, judged = frozen(rows)
    lenient, grace, later = frozen(rows, grace_days=4)

    assert [dt.date(2026, 7, 6)] == [point.start for point in points_since(charts[ON_TIME], eng, judged)]
    assert () == points_since(lenient[ON_TIME], grace, later)
    assert (5, 5) == lenient[ON_TIME].points[-1][1:]


def test_an_unknown_day_of_delivery_is_not_on_time(frozen):
    """It stays in the denominator."""
    rows = plan(MONDAY, 26, 5)
    rows[0] = {**rows[0], "actual_end": None}
    charts, _, _ = frozen(rows)

    assert Point(MONDAY, 2, 5) == charts[ON_TIME].points[0]


def test_nothing_is_charted_where_no_source_records_deliveries(engage):
    """Zero deliveries would be another thing."""
    from dataclasses import replace

    eng = replace(engage(programs=plan(MONDAY, 3, 5)), records_delivery=False)

    assert () == freeze_series(eng, pd.DataFrame(), QUARTERS)


def test_a_series_survives_its_record(frozen):
    """What was frozen reads back the same."""
    for name, series in frozen(plan(MONDAY, 26, 5))[0].items():
        assert series == from_record(name, series.to_dict())


def test_twelve_points_are_provisional_and_twenty_firm():
    """Eleven give nothing."""
    points = [Point(MONDAY + dt.timedelta(days=7 * k), k % 3, None) for k in range(20)]

    assert ["none", "provisional", "provisional", "firm"] == [
        limits_of(points[:n], Settings())[1] for n in (11, 12, 19, 20)
    ]
    assert limits_of(points[:11], Settings())[0] is None


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.sampled_from(GRAINS))
def test_every_day_lies_in_exactly_one_period(day, grain):
    """Periods follow each other without a gap, forwards and backwards."""
    start = period_starts(pd.Series([pd.Timestamp(day)]), grain, MONDAY).item().date()

    assert start <= day <= period_end(start, grain)
    assert start == previous_period(period_end(start, grain) + dt.timedelta(days=1), grain)
