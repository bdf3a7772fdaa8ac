from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from gapkit.intake import QualityCheck, check_quality

AS_OF = dt.date(2026, 6, 30)


def counts(checks: tuple[QualityCheck, ...]) -> dict[str, tuple[int, int]]:
    return {check.name: (check.count, check.of) for check in checks if check.count}


def test_blocking_checks_come_first_and_are_clean(table: Callable[..., pd.DataFrame]) -> None:
    """Tables that exist have passed them; the reader sees what was checked."""
    checks = check_quality({"programs": table("programs", {"program_id": "P"})}, AS_OF)
    blocking = [check for check in checks if check.severity == "blocking"]

    assert ["unique_ids", "ends_after_starts", "known_words", "readable_cells", "required_filled"] == [
        c.name for c in checks[:5]
    ]
    assert all(check.is_clean for check in blocking)


def test_facts_of_programs_are_counted_against_those_that_should_have_them(table: Callable[..., pd.DataFrame]) -> None:
    """An actual end is missing only where work was delivered, a start only where it began."""
    programs = table(
        "programs",
        {
            "program_id": "A",
            "status": "delivered",
            "to_spec": "unknown",
            "baseline_end": "2026-01-01",
            "committed_at": "2025-12-01",
        },
        {"program_id": "B", "status": "not_started", "origin": "unplanned"},
        {
            "program_id": "C",
            "status": "delivered",
            "actual_start": "2026-01-01",
            "actual_end": "2026-07-01",
            "spec_planned": 2,
            "spec_accepted": 1,
            "owners_at_start": "ana",
            "goal_id": "G",
            "budget_planned": 1.0,
            "size_points": 1.0,
        },
    )

    found = counts(check_quality({"programs": programs}, AS_OF))

    assert {
        "future_actuals": (1, 3),
        "undated": (1, 2),
        "missing_committed_at": (2, 3),
        "done_without_start": (1, 2),
        "missing_owners_at_start": (2, 3),
        "missing_owners_now": (1, 1),
        "missing_goal_id": (2, 3),
        "missing_budget_planned": (2, 3),
        "missing_size_points": (2, 3),
        "missing_spec": (1, 2),
        "no_history": (3, 3),
        "delivered_without_date": (1, 3),
    } == found


def test_deliverables_are_not_held_to_what_programs_need(table: Callable[..., pd.DataFrame]) -> None:
    """A part of a program has no commitment or budget of its own."""
    programs = table("programs", {"program_id": "A"}, {"program_id": "A1", "level": "deliverable", "parent_id": "A"})

    assert (1, 1) == counts(check_quality({"programs": programs}, AS_OF))["missing_committed_at"]


def test_history_is_checked_for_order_and_plausible_dates(table: Callable[..., pd.DataFrame]) -> None:
    """A change whose old value is not the one set before shows that some are missing."""
    programs = table("programs", {"program_id": "A"}, {"program_id": "B"})
    events = table(
        "status_events",
        {"program_id": "A", "at": "2026-01-01", "field": "end", "old": None, "new": "2026-02-01"},
        {"program_id": "A", "at": "2026-01-02", "field": "end", "old": "2026-03-01", "new": "2108-04-01"},
        {"program_id": "A", "at": "2026-08-01", "field": "end", "old": "2108-04-01", "new": "2026-05-01"},
    )

    found = counts(check_quality({"programs": programs, "status_events": events}, AS_OF))

    assert {
        "event_order": (1, 3),
        "implausible_plan_dates": (1, 3),
        "future_status_events": (1, 3),
        "no_history": (1, 2),
    } == {name: count for name, count in found.items() if name.split("_")[0] in ("event", "implausible", "future", "no")}


def test_ids_that_point_nowhere_are_counted(table: Callable[..., pd.DataFrame]) -> None:
    """A goal that is not in the goals, a program in a review that is not in the programs."""
    tables = {
        "programs": table("programs", {"program_id": "A", "goal_id": "G1"}, {"program_id": "B", "goal_id": "G9"}),
        "goals": table("goals", {"goal_id": "G1", "label": "Grow"}),
        "kpis": table("kpis", {"kpi_id": "K", "name": "x", "kind": "leading", "direction": "up", "program_ids": "A; Z"}),
    }

    found = counts(check_quality(tables, AS_OF))

    assert [(1, 2), (1, 1)] == [found["unknown_goal_id"], found["unknown_program_ids"]]
