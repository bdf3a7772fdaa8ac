from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.measurement.forecast.backtest import Backtest, Point, backtest_forecast, month_ends
from gapkit.measurement.forecast.outlook import judge


@pytest.fixture(scope="module")
def tested(client):
    """The steady client and its backtest on 15 July 2026."""
    eng = client()
    return eng, backtest_forecast(eng, judge(eng))


def test_a_client_that_never_changes_passes(tested):
    """Eight month ends, oldest first, each over for 90 days, most of them inside."""
    _, backtest = tested

    assert [dt.date(2025, 8, 31), dt.date(2026, 3, 31)] == [backtest.points[0].on, backtest.points[-1].on]
    assert ("held", 8) == (backtest.verdict, len(backtest.points))
    assert backtest.n_inside >= 5


def test_what_came_is_counted_by_hand(tested, steady):
    """Commitments open on the day and due in the next 90: how many were delivered by their date."""
    _, backtest = tested
    point = backtest.points[0]
    truth, day = steady(260), pd.Timestamp(point.on)
    was_open = (truth["committed_at"] <= day) & (truth["actual_end"].fillna(truth["cancelled_at"]) > day)
    due = truth.loc[was_open & truth["baseline_end"].between(day + pd.Timedelta(days=1), day + pd.Timedelta(days=90))]

    assert (len(due), int((due["actual_end"] <= due["baseline_end"]).sum())) == (point.n, point.came)


def test_each_forecast_uses_only_what_was_known(tested):
    """What happened after an earlier day changes what came, never what was foretold."""
    eng, backtest = tested
    late = eng.programs.assign(actual_end=eng.programs["actual_end"].mask(eng.programs["actual_end"] > "2026-03-31"))
    late["status"] = late["status"].mask(late["actual_end"].isna() & (late["status"] == "delivered"), "in_progress")
    other = replace(eng, tables={**eng.tables, "programs": late})
    again = backtest_forecast(other, judge(other))

    assert [(p.n, p.low, p.high) for p in backtest.points] == [(p.n, p.low, p.high) for p in again.points]
    assert backtest.points[-1].came > again.points[-1].came == 0


def test_a_collapse_is_not_foretold(tested):
    """When nothing is delivered any more the forecasts of the months before fail, and the verdict says so."""
    eng, _ = tested
    day = pd.Timestamp("2025-09-05")
    broken = eng.programs.assign(actual_end=eng.programs["actual_end"].mask(eng.programs["actual_end"] > day))
    broken["status"] = broken["status"].mask(broken["actual_end"].isna() & (broken["status"] == "delivered"), "in_progress")
    other = replace(eng, tables={**eng.tables, "programs": broken})
    backtest = backtest_forecast(other, judge(other))

    assert "did not hold" == backtest.verdict
    assert backtest.mean_error > 1


def test_a_young_client_cannot_be_tested(client):
    """Half a year of record gives no earlier day with a past of its own."""
    eng = client(dt.date(2025, 1, 15))
    backtest = backtest_forecast(eng, judge(eng))

    assert ("too little to test", None) == (backtest.verdict, backtest.brier)


def test_a_day_is_inside_up_to_its_limits():
    """Both limits belong to the interval."""
    points = [Point(dt.date(2026, 1, 31), dt.date(2026, 5, 1), 20, 10, 8, 12, came=came) for came in (7, 8, 12, 13)]

    assert [False, True, True, False] == [point.is_inside for point in points]
    assert 2 == Backtest("held", tuple(points), 4).n_inside


def test_two_newest_days_on_one_side_undo_a_test_that_held_before(tested):
    """Of 8 days 6 came inside, which chance allows; the newest two came higher, as where work changed lately."""
    eng, _ = tested
    day = pd.Timestamp("2026-03-15")
    now = judge(eng)
    due = now["frozen_end"].gt(day) & now["frozen_end"].le(pd.Timestamp("2026-07-14"))
    better = now.assign(
        status=now["status"].mask(due, "delivered"), actual_end=now["actual_end"].mask(due, now["frozen_end"])
    )
    backtest = backtest_forecast(eng, better)
    older = [point.is_inside for point in backtest.points[:-2]]

    assert ["higher", "higher"] == [point.side for point in backtest.points[-2:]]
    assert ("did not hold", "higher") == (backtest.verdict, backtest.newest_side)
    assert sum(older) >= 4


@pytest.mark.parametrize(("came", "expected"), [((7, 13), ""), ((9, 13), ""), ((13, 14), "higher"), ((7, 5), "lower")])
def test_only_the_two_newest_days_on_one_side_are_a_lean(came, expected):
    """One miss is chance, and so are two that contradict each other."""
    days = [
        Point(dt.date(2026, month, 28), dt.date(2026, 5, 1), 20, 10, 8, 12, came=one) for month, one in enumerate(came, 1)
    ]
    backtest = Backtest("held", tuple(days), 4)

    assert (expected, expected) == (backtest.newest_side, backtest.to_dict()["newest_side"])


def test_plain_data_keeps_every_day():
    """The JSON holds points, verdict and counts."""
    point = Point(dt.date(2026, 1, 31), dt.date(2026, 5, 1), 20, 10, 8, 12, came=9)
    data = Backtest("too little to test", (point,), 4).to_dict()

    assert ("2026-01-31", 9, 1, None) == (
        data["points"][0]["on"],
        data["points"][0]["came"],
        data["n_inside"],
        data["brier"],
    )


def test_month_ends_stay_before_the_last_day():
    """A month that is not over has no end yet."""
    assert [dt.date(2026, 2, 28), dt.date(2026, 3, 31)] == month_ends(dt.date(2026, 4, 29), 2)
