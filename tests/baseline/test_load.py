from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.baseline.load import ageing, check_balance, daily_wip, estimate_wip, in_progress_spans
from gapkit.baseline.outcomes import judge_programs

AS_OF = dt.date(2026, 7, 15)


def spans(*pairs):
    """Spans in days from 1 January 2026, as (start, end, is_open)."""
    first = pd.Timestamp("2026-01-01")
    rows = [(first + pd.Timedelta(days=a), first + pd.Timedelta(days=b), False) for a, b in pairs]
    return pd.DataFrame(rows, columns=["start_on", "end_on", "is_open"])


def test_little_identity_by_hand(config):
    """Intervals [0,3], [2,9], [4,5], [6,12] over ten days: mean 1.5 = 0.4 a day × 3.75 days (method, 3.5)."""
    found = check_balance(
        spans((0, 3), (2, 9), (4, 5), (6, 12)), dt.date(2026, 1, 1), dt.date(2026, 1, 10), config.settings
    )

    assert found.mean_wip == pytest.approx(1.5)
    assert found.identity_holds
    assert (found.arrivals, found.departures) == (4, 3)


def test_a_steady_flow_is_called_steady_and_a_filling_one_is_not(config):
    """One in and one out a day is steady; twice as many in as out is not."""
    steady = spans(*((day, day + 10) for day in range(-20, 100)))
    filling = spans(*((day, day + 10) for day in range(-20, 50)), *((day, 300) for day in range(50)))
    window = (dt.date(2026, 1, 1), dt.date(2026, 2, 19), config.settings)

    assert check_balance(steady, *window).is_stable is True
    assert check_balance(filling, *window).is_stable is False


def test_wip_counts_from_the_start_day_to_the_day_before_the_end():
    """A program is in progress on its start day and no longer on the day it left."""
    found = daily_wip(spans((1, 3)), dt.date(2026, 1, 1), dt.date(2026, 1, 5))

    assert found.tolist() == [0, 1, 1, 0, 0]


def test_open_programs_are_in_progress_today(table, config):
    """An open program counts on the day the data is read."""
    programs = table("programs", {"program_id": "A", "status": "in_progress", "actual_start": "2026-07-01"})
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    found = in_progress_spans(judged, AS_OF)

    assert daily_wip(found, AS_OF, AS_OF).item() == 1


def test_a_program_that_ended_on_an_unknown_day_has_no_span(table, config):
    """Its time in progress is unknown, neither zero nor endless."""
    programs = table("programs", {"program_id": "A", "status": "delivered", "actual_start": "2026-07-01"})
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    assert in_progress_spans(judged, AS_OF).empty


def test_ageing_lists_open_programs_beyond_the_limit_oldest_first(table, config):
    """Age runs from commitment, else from the start; nothing is listed without a limit."""
    programs = table(
        "programs",
        {"program_id": "old", "status": "in_progress", "committed_at": "2026-01-01", "actual_start": "2026-03-01"},
        {"program_id": "older", "status": "blocked", "actual_start": "2025-12-01"},
        {"program_id": "young", "status": "in_progress", "actual_start": "2026-07-01"},
        {"program_id": "done", "status": "delivered", "actual_start": "2025-01-01", "actual_end": "2026-07-01"},
    )
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)
    found = in_progress_spans(judged, AS_OF)

    assert ageing(judged, found, 60.0, AS_OF)["program_id"].tolist() == ["older", "old"]
    assert ageing(judged, found, None, AS_OF).empty


def test_wip_without_starts_is_not_measured():
    """No recorded start means unknown load, not an idle team."""
    nothing = daily_wip(spans(), dt.date(2026, 1, 1), dt.date(2026, 1, 5))

    assert estimate_wip(nothing, people=0, period="", has_starts=False).status == "not_assessable"
