from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.redesign.what_if.judging import Dates, judge
from gapkit.redesign.what_if.work_clock import WorkClock

DAYS = pd.bdate_range("2026-03-02", periods=100).to_numpy().astype("datetime64[D]")


@pytest.fixture
def dates() -> Dates:
    """Three programs through on Monday 16 March: delivered late, cancelled that Thursday before, without any date."""
    day = np.datetime64("2026-03-16", "D")
    none = np.datetime64("NaT", "D")
    return Dates(
        WorkClock(DAYS, 9.0, 17.0), np.full(3, 10.5), np.full(3, day), np.full(3, np.timedelta64(0, "D")),
        np.array([np.inf, 9.0, np.inf]), np.array([True, False, True]),
        np.array(["2026-03-13", "2026-03-13", none], dtype="datetime64[D]"),
        np.array(["2026-03-31", "2026-03-31", none], dtype="datetime64[D]"),
        np.array(["2026-03-02", "2026-03-02", none], dtype="datetime64[D]"),
        np.array([1.0, 0.5, 1.0]),
    )  # fmt: skip


def test_nothing_saved_changes_nothing(dates):
    """The recorded outcomes come back: late, cancelled, undated."""
    found = judge(dates, dates.end[None])

    assert [[1.0, 0.0, 0.0]] == found.met["execution_rate"].tolist()
    assert [[0.0, 0.0, 0.0]] == found.met["on_time_rate"].tolist()
    assert [14.0, 14.0] == found.days[0, :2].tolist()
    assert np.isnan(found.days[0, 2])


@pytest.mark.parametrize(("saved", "on_time"), [(0.4, [0.0, 0.0]), (0.6, [1.0, 0.0]), (1.6, [1.0, 1.0])])
def test_only_dates_within_reach_are_reached(dates, saved, on_time):
    """Half a day brings Monday to Friday's close and on time; only a day and a half is through before the cancellation."""
    assert on_time == judge(dates, dates.end[None] - saved).met["on_time_rate"][0, :2].tolist()


def test_what_is_newly_delivered_is_to_spec_as_often_as_the_others(dates):
    """Nobody knows the specification of what was cancelled: it counts with the share of the others."""
    assert 0.5 == judge(dates, dates.end[None] - 2.0).met["otif_rate"][0, 1]
