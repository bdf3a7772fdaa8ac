from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit import schema
from gapkit.baseline.gap_map import OUTCOMES, categorise, gap_map, last_activity, outcomes_by
from gapkit.baseline.outcomes import judge_programs
from gapkit.config import EngagementConfig
from gapkit.vocabulary import GAP_CATEGORIES, PLANNED_CATEGORIES, STATUSES

AS_OF = dt.date(2026, 7, 15)
PLAN = {"committed_at": "2026-01-02", "baseline_start": "2026-01-15", "baseline_end": "2026-02-20"}
NEXT = {"committed_at": "2026-07-02", "baseline_start": "2026-07-10", "baseline_end": "2026-09-20"}


def categories(programs, events, config, visits=None):
    judged, _ = judge_programs(programs, events, config, AS_OF)
    activity = last_activity(events, visits if visits is not None else schema.empty("stage_visits", "America/New_York"))
    return categorise(judged, activity, config, AS_OF)


def test_each_category_once(table, config):
    """One program for every category of the map, each in its own."""
    rows = {
        "merged": {**PLAN, "status": "merged"},
        "cancelled": {**PLAN, "status": "cancelled", "cancelled_at": "2026-02-01"},
        "delivered_date_unknown": {**PLAN, "status": "delivered"},
        "delivered_on_time_to_spec": {**PLAN, "status": "delivered", "actual_end": "2026-02-20", "to_spec": "yes"},
        "delivered_on_time_below_spec": {**PLAN, "status": "delivered", "actual_end": "2026-02-20", "to_spec": "no"},
        "delivered_on_time_spec_unknown": {**PLAN, "status": "delivered", "actual_end": "2026-02-20"},
        "delivered_late": {**PLAN, "status": "delivered", "actual_end": "2026-02-21", "to_spec": "yes"},
        "stalled": {**PLAN, "status": "in_progress", "actual_start": "2026-01-20"},
        "overdue_active": {**PLAN, "status": "in_progress", "actual_start": "2026-01-20"},
        "never_started": {**PLAN, "status": "not_started"},
        "on_track": {**NEXT, "status": "in_progress", "actual_start": "2026-07-08"},
        "not_due": {**NEXT, "baseline_start": "2026-07-20", "status": "not_started"},
        "unplanned_delivered": {"origin": "unplanned", "status": "delivered", "actual_end": "2026-02-20"},
        "unplanned_open": {"origin": "unplanned", "status": "in_progress", "actual_start": "2026-02-01"},
        "unplanned_cancelled": {"origin": "unplanned", "status": "cancelled"},
        "undated": {"committed_at": "2026-01-02"},
    }
    programs = table("programs", *({"program_id": name, **row} for name, row in rows.items()))
    events = table(
        "status_events",
        {"program_id": "stalled", "at": "2026-07-01", "new": "in_progress"},  # 14 days ago
        {"program_id": "overdue_active", "at": "2026-07-02", "new": "in_progress"},  # 13 days ago
    )

    found = categories(programs, events, config)

    assert {name: name for name in GAP_CATEGORIES} == found.to_dict()


def test_a_program_without_any_log_is_overdue_not_stalled(table, config):
    """Silence of the log is not silence of the work."""
    programs = table("programs", {"program_id": "A", **PLAN, "status": "blocked", "actual_start": "2026-01-20"})

    assert categories(programs, table("status_events"), config)["A"] == "overdue_active"


def test_what_is_past_its_date_is_never_not_due(table, config):
    """A start re-dated beyond the promised end does not make the promise wait."""
    programs = table("programs", {"program_id": "A", "committed_at": "2026-01-02", "baseline_end": "2026-02-20",
                                  "current_start": "2026-09-01"})  # fmt: skip

    assert "never_started" == categories(programs, table("status_events"), config)["A"]


def test_stage_visits_count_as_activity(table, config):
    """Work seen in a stage last week keeps a program from being called stalled."""
    programs = table("programs", {"program_id": "A", **PLAN, "status": "in_progress", "actual_start": "2026-01-20"})
    events = table("status_events", {"program_id": "A", "at": "2026-05-01", "new": "in_progress"})
    visits = table("stage_visits", {"program_id": "A", "stage": "draft", "entered_at": "2026-07-10 10:00"})

    assert categories(programs, events, config, visits)["A"] == "overdue_active"


def test_budget_and_points_add_up_in_the_same_cells(table, config):
    """Programs without a budget add nothing to it and still count as programs."""
    programs = table(
        "programs",
        {"program_id": "A", **PLAN, "budget_planned": 100.0, "size_points": 3.0},
        {"program_id": "B", **PLAN},
    )
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    cells = gap_map(judged, categories(programs, table("status_events"), config))

    assert list(
        cells[["quarter", "type", "group", "category", "programs", "budget", "points"]].itertuples(index=False, name=None)
    ) == [("2026Q1", "campaign", "committed", "never_started", 2, 100.0, 3.0)]


def test_every_planned_category_is_part_of_one_outcome():
    """What leaders read covers the whole plan, each category once."""
    members = [member for group in OUTCOMES.values() for member in group]

    assert sorted(PLANNED_CATEGORIES) == sorted(members)


day = st.dates(dt.date(2025, 10, 1), dt.date(2026, 7, 15)).map(str) | st.none()
program = st.fixed_dictionaries({
    "status": st.sampled_from(STATUSES), "origin": st.sampled_from(["planned", "unplanned", None]), "committed_at": day,
    "baseline_start": day, "baseline_end": day, "actual_start": day, "actual_end": day, "cancelled_at": day,
    "to_spec": st.sampled_from(["yes", "no", "unknown", None]), "type": st.sampled_from(["web", "email"]),
})  # fmt: skip


@settings(max_examples=15)
@given(st.lists(program, min_size=1, max_size=15))
def test_categories_add_up_to_all_programs(rows):
    """Whatever the data says, each program is in exactly one cell."""
    config = EngagementConfig("Acme", AS_OF, "UTC", "USD")
    frame = pd.DataFrame([{"program_id": f"P{i}", "team": "T", **row} for i, row in enumerate(rows)])
    programs = schema.conform("programs", frame)
    judged, merged = judge_programs(programs, schema.empty("status_events"), config, AS_OF)
    activity = last_activity(schema.empty("status_events"), schema.empty("stage_visits"))

    cells = gap_map(judged, categorise(judged, activity, config, AS_OF))
    table = outcomes_by(cells, "quarter")

    assert len(rows) - merged == cells["programs"].sum()
    assert cells.loc[cells["group"] == "committed", "programs"].sum() == table.to_numpy().sum()
