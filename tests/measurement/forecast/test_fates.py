from __future__ import annotations

import datetime as dt

import numpy as np

from gapkit.baseline.outcomes import judge_programs
from gapkit.measurement.forecast.fates import ANY, CANCELLED, DELIVERED, NOT_STARTED, OPEN, STARTED, read_fates

AS_OF = dt.date(2026, 7, 15)
SHARED = {"committed_at": "2026-04-01", "baseline_end": "2026-06-30"}


def fates_of(table, config, *rows):
    programs = table("programs", *({"program_id": f"P{number}", **SHARED, **row} for number, row in enumerate(rows)))
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)
    return read_fates(judged, config, AS_OF)


def test_days_are_counted_from_the_day_of_reading(table, changed):
    """30 June is 15 days before 15 July; two days of grace move the last day on time to 2 July."""
    done = {"status": "delivered", "actual_start": "2026-05-01", "actual_end": "2026-07-05"}
    fates = fates_of(table, changed(grace_days=2), done)

    assert [-105, -13, -75, -10] == fates.loc["P0", ["promised", "limit", "begun", "ended"]].tolist()


def test_fates_and_states(table, config):
    """Delivered, running, waiting and cancelled programs are told apart, and only two of them are open."""
    fates = fates_of(
        table, config, {"status": "delivered", "actual_start": "2026-05-01", "actual_end": "2026-06-05"},
        {"status": "in_progress", "actual_start": "2026-05-01"}, {"status": "not_started"},
        {"status": "cancelled", "cancelled_at": "2026-06-01"}, {"status": "merged"},
    )  # fmt: skip

    assert [DELIVERED, OPEN, OPEN, CANCELLED, OPEN] == fates["fate"].tolist()
    assert [False, True, True, False, False] == fates["is_open"].tolist()
    assert [STARTED, STARTED, NOT_STARTED, NOT_STARTED, NOT_STARTED] == fates["state"].tolist()


def test_running_without_a_day_of_start_is_started(table, config):
    """Where starts are recorded, one that runs was started, if nobody noted when."""
    done = {"status": "delivered", "actual_start": "2026-05-01", "actual_end": "2026-06-05"}
    fates = fates_of(table, config, done, {"status": "blocked"})

    assert STARTED == fates.loc["P1", "state"]
    assert np.isnan(fates.loc["P1", "begun"])


def test_state_means_nothing_where_starts_are_not_recorded(table, config):
    """Deliveries without a start switch the state off for all, open ones too."""
    fates = fates_of(table, config, {"status": "delivered", "actual_end": "2026-06-05"}, {"status": "in_progress"})

    assert [ANY, ANY] == fates["state"].tolist()


def test_delivered_on_an_unknown_day_is_compared_with_nobody(table, config):
    """It is neither early nor late; a cancellation on an unknown day stays a promise not kept."""
    fates = fates_of(table, config, {"status": "delivered"}, {"status": "cancelled"})

    assert [False, True] == fates["is_promise"].tolist()


def test_unplanned_work_is_no_promise(table, config):
    """What was never committed to has no last day on time."""
    fates = fates_of(table, config, {"origin": "unplanned", "committed_at": None, "status": "in_progress"})

    assert not fates["is_promise"].any()
    assert fates["limit"].isna().all()
