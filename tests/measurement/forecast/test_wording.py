from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.measurement.forecast import wording
from gapkit.measurement.forecast.backtest import Backtest, Point
from gapkit.measurement.forecast.totals import Total
from gapkit.results import Result

HELD = Backtest("held", (), 4)


def result(value=16.0, low=10.0, high=22.0, n=39, **more):
    return Result("commitments_on_time", value, low, high, level=0.8, n=n, unit="count", **more)


def points(*came):
    """Earlier days that foretold 8 to 12 of 20."""
    return tuple(
        Point(dt.date(2026, month, 28), dt.date(2026, 12, 31), 20, 10, 8, 12, one) for month, one in enumerate(came, 1)
    )


def programs(total, overdue=0):
    return pd.DataFrame({"is_overdue": [True] * overdue + [False] * (total - overdue)})


@pytest.mark.parametrize("p", [0.901, 0.999, 0.0999, 0.001])
def test_no_probability_sounds_certain(p):
    """Beyond nine in ten, and below one in ten, no figure is given."""
    assert "%" not in wording.label_chance(p)


def test_a_failed_test_is_said_first():
    """A forecast that did not hold before is not to be relied on now."""
    failed = Backtest("did not hold", (), 4)
    said = wording.forecast_sentence(result(), {}, programs(39, 1), failed)

    assert said == (
        "Not to be relied on: of 39 open commitments, 16 will probably be on time (80 % interval 10 to 22); "
        "1 of them is overdue already."
    )


@pytest.mark.parametrize(("newest", "lean", "past"), [(14, "low", "understates"), (3, "high", "overstates")])
def test_what_came_lately_says_how_the_forecast_errs(newest, lean, past):
    """The newest two on one side are said first, with what that says of the client's past."""
    failed = Backtest("did not hold", points(9, 10, 11, newest, newest), 4, 100, 0.1, 0.2, 0.2)
    said = wording.forecast_sentence(result(), {}, programs(39), failed)
    told = wording.backtest_words(failed)
    side = "higher" if lean == "low" else "lower"

    assert said.startswith(f"Not to be relied on, too {lean} lately: of 39 open commitments, 16 will")
    assert told.startswith(
        f"The test did not hold: the newest two of 5 earlier month ends came {side} than foretold, so the client's own "
        f"past {past} what is delivered on time now. 3 of 5 earlier month ends came as foretold, where about 4 should"
    )
    assert told.startswith(wording.backtest_title(failed))
    assert "read the total" not in told


def test_commitments_left_out_are_named_where_the_count_is():
    """53 are open, 52 of them have earlier ones to compare with: both numbers, and why."""
    said = wording.forecast_sentence(result(21.0, 14.0, 28.0, n=52), {}, programs(53, 6), HELD)

    assert said == (
        "Of 53 open commitments, 1 has too few earlier ones to compare with; of the other 52, 21 will probably be on time "
        "(80 % interval 14 to 28); 6 of them are overdue already."
    )


def test_an_interval_of_equal_ends_is_one_number():
    """16 to 16 says no more than 16, and at most as many as are open can land."""
    pace = Result("deliveries_13_weeks", 40.0, 30.0, 50.0, level=0.8, n=26, unit="count")

    assert wording.both_views(16, Total(16, 16, 16), pace).endswith("16 of 16 land; at the pace so far all 16 could.")
    assert "(80 % interval 16)" in wording.forecast_sentence(result(16.0, 16.0, 16.0), {}, programs(39), HELD)


def test_the_view_by_place_says_whom_it_leaves_out():
    """51 of 53 open commitments have a place that says something."""
    pace = Result("deliveries_13_weeks", 40.0, 30.0, 50.0, level=0.8, n=26, unit="count")

    assert "34 to 45 of 51 land (left out: 2 with too few earlier ones to compare with);" in wording.both_views(
        51, Total(40, 34, 45), pace, 2
    )


@pytest.mark.parametrize(
    ("many", "expected"),
    [
        (3, "All 3 open commitments are overdue already, so none will be on time."),
        (1, "The only open commitment is overdue already, so none will be on time."),
    ],
)
def test_all_overdue_needs_no_forecast(many, expected):
    """A fact: none will be on time."""
    said = wording.forecast_sentence(result(0.0, 0.0, 0.0, n=many), {}, programs(many, many), HELD)

    assert said == expected


def test_the_near_ones_speak_where_all_cannot():
    """Too little about all of them, enough about those due soon."""
    thin = Result("commitments_on_time", n=3, unit="count", status="thin", caveats=("Why.",))
    soon = {"x": result(4.0, 2.0, 6.0, n=9, period="due by 30 September 2026")}
    said = wording.forecast_sentence(thin, soon, programs(39), HELD)

    assert said.startswith("Of 9 open commitments due by 30 September 2026, 4 will probably be on time")


def test_an_untested_forecast_says_when_it_can_be():
    """The first test takes a quarter; then each month adds one."""
    assert "so in about 7 more months it can." in wording.backtest_words(Backtest("too little to test", (), 4))


@pytest.mark.parametrize(
    ("low", "high", "begins"),
    [(20, 40, "Both views agree"), (2, 9, "The two views differ"), (38, 60, "The two views differ")],
)
def test_views_that_differ_are_said_to(low, high, begins):
    """15 to 25 of 39 by their places: the pace allows as many, fewer, or more."""
    pace = Result("deliveries_13_weeks", (low + high) / 2, low, high, level=0.8, n=26, unit="count")

    assert wording.both_views(39, Total(20, 15, 25), pace).startswith(begins)


def test_a_view_that_is_missing_is_no_view():
    """Without one of the two there is nothing to compare."""
    assert "" == wording.both_views(39, None, result())


def test_remarks_say_what_each_was_compared_with():
    """Shifted days, mixed states, a plan not frozen, too little data, overdue: each in words."""
    frame = pd.DataFrame({
        "n_pool": [30, 30, 30, 0, 0, 30], "pool_days_left": [40, 38, 40, 0, 0, 40], "limit_days": [40, 40, 40, 40, -3, 40],
        "pool_state": [1, 1, 2, 1, 2, 1], "state_code": 1, "is_frozen": [True] * 5 + [False],
        "p_on_time": [0.5, 0.5, 0.5, None, 0.0, 0.5], "is_overdue": [False] * 4 + [True, False],
    })  # fmt: skip

    assert [
        "", "compared at 38 days left", "compared with started and not started ones", "too little data", "overdue",
        "plan not frozen yet",
    ] == wording.remarks(frame).tolist()  # fmt: skip
