from __future__ import annotations

import pandas as pd

from gapkit.baseline.plans import first_known, latest_known, plan_changes, plan_in_force, plan_source


def test_the_last_change_on_or_before_the_day_is_in_force(table):
    """A date moved on the very day counts; one moved the day after does not."""
    programs = table("programs", {"program_id": "A", "current_end": "2026-05-30"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-01-05 09:00", "field": "end", "old": "2026-03-10", "new": "2026-03-20"},
        {"program_id": "A", "at": "2026-02-01 23:30", "field": "end", "old": "2026-03-20", "new": "2026-05-30"},
    )
    changes = plan_changes(events, "end")

    ends = [
        plan_in_force(programs, changes, "end", pd.Series({"A": pd.Timestamp(day)}))["A"].date().isoformat()
        for day in ("2026-01-04", "2026-01-05", "2026-01-31", "2026-02-01")
    ]

    assert ends == ["2026-03-10", "2026-03-20", "2026-03-20", "2026-05-30"]


def test_first_known_prefers_history_then_baseline_then_today(table):
    """Each program is judged on the earliest date known for it."""
    programs = table(
        "programs",
        {"program_id": "history", "baseline_end": "2026-03-15", "current_end": "2026-05-30"},
        {"program_id": "baseline", "baseline_end": "2026-03-15", "current_end": "2026-05-30"},
        {"program_id": "today", "current_end": "2026-05-30"},
        {"program_id": "none"},
    )
    events = table(
        "status_events",
        {"program_id": "history", "at": "2026-02-01", "field": "end", "old": "2026-03-01", "new": "2026-05-30"},
    )
    changes = plan_changes(events, "end")

    frozen = pd.Series(pd.Timestamp("2026-01-08"), index=programs["program_id"])
    first, source = first_known(programs, changes, "end"), plan_source(programs, changes, "end", frozen)

    assert [day.date().isoformat() for day in first.dropna()] == ["2026-03-01", "2026-03-15", "2026-05-30"]
    assert source.dropna().tolist() == ["history", "baseline column", "earliest date known"]
    assert source.isna().tolist() == [False, False, False, True]


def test_an_unreadable_date_in_history_is_missing_not_wrong(table):
    """Text that is no date never becomes one."""
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-02-01", "field": "end", "old": "soon", "new": "2026-05-30T10:00:00Z"},
    )

    changes = plan_changes(events, "end")

    assert changes["old_on"].isna().all()
    assert pd.Timestamp("2026-05-30") == changes["new_on"].item()


def test_a_date_first_set_after_the_freeze_is_not_history_of_the_freeze(table):
    """It is the earliest date known, and the report says that the plan of that day is not."""
    programs = table("programs", {"program_id": "A"})
    events = table("status_events", {"program_id": "A", "at": "2026-03-10", "field": "end", "new": "2026-03-25"})
    changes = plan_changes(events, "end")

    source = plan_source(programs, changes, "end", pd.Series({"A": pd.Timestamp("2026-01-08")}))

    assert "earliest date known" == source["A"]


def test_the_latest_plan_is_the_last_event_and_the_columns_its_fallback(table):
    """A column nobody updated does not overrule the history."""
    programs = table(
        "programs",
        {"program_id": "A", "baseline_end": "2026-03-15"},
        {"program_id": "B", "baseline_end": "2026-03-15", "current_end": "2026-04-01"},
    )
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-02-01", "field": "end", "old": "2026-03-15", "new": "2026-05-30"},
    )

    latest = latest_known(programs, plan_changes(events, "end"), "end")

    assert [pd.Timestamp("2026-05-30"), pd.Timestamp("2026-04-01")] == latest.tolist()


def test_a_plan_signed_again_is_not_the_last_word_of_the_tracker(table):
    """Signed for April, shown for May today: the latest is May; without a date of today it is what was signed."""
    programs = table("programs", {"program_id": "P", "current_end": pd.Timestamp("2026-05-15")}, {"program_id": "Q"})
    events = table(
        "status_events",
        *(
            {"event_id": f"signed 2026-02-10 {name} end", "program_id": name, "at": "2026-02-10", "field": "end",
             "old": "2026-03-31", "new": "2026-04-30"}
            for name in "PQ"
        ),
    )  # fmt: skip
    changes = plan_changes(events, "end")
    logged = plan_changes(events.assign(event_id=["1", "2"]), "end")

    assert ["2026-05-15", "2026-04-30"] == latest_known(programs, changes, "end").dt.strftime("%Y-%m-%d").tolist()
    assert ["2026-04-30", "2026-04-30"] == latest_known(programs, logged, "end").dt.strftime("%Y-%m-%d").tolist()
