from __future__ import annotations

from gapkit.diagnosis.indicators.structural_bottlenecks import measure


def visit(program: str, kind: str, entered: str, left: str | None, **more: object) -> dict[str, object]:
    return {"program_id": program, "stage": kind, "kind": kind, "entered_at": entered, "left_at": left, **more}


def test_b1_is_the_waiting_share_of_stage_time_inside_the_window(basis, planned, shown):
    """Ten days of work, five of rework, twenty of waiting, five of approval: 25 of 40 days; 2025 does not count."""
    visits = [
        visit("P1", "work", "2026-04-01", "2026-04-11"),
        visit("P1", "approval", "2026-04-11", "2026-04-16"),
        visit("P2", "wait", "2025-12-01", "2026-01-21"),
        visit("P2", "rework", "2026-01-21", "2026-01-26"),
    ]

    assert (0.625, 2) == shown(measure(basis(programs=[planned("P1"), planned("P2")], stage_visits=visits)))["B1"]


def test_b1_lets_an_open_visit_run_to_the_last_day(basis, planned, shown):
    """Open since 1 July, read at the end of the 15th: fifteen days of waiting beside fifteen of work."""
    visits = [visit("P1", "work", "2026-06-16", "2026-07-01"), visit("P1", "blocked", "2026-07-01", None)]

    assert (0.5, 1) == shown(measure(basis(programs=[planned("P1")], stage_visits=visits)))["B1"]


def test_b2_is_the_mean_over_programs_of_days_held_up_by_planned_days(basis, planned, shown):
    """Delivered: 5 of 20 planned business days; delivered without approval: 0 of 20. Mean .125; waits do not count."""
    plan = ("2026-03-02", "2026-03-30")
    programs = [
        planned("held", *plan, status="delivered", actual_end="2026-03-27"),
        planned("free", *plan, status="delivered", actual_end="2026-03-27"),
    ]
    visits = [
        visit("held", "approval", "2026-03-02 09:00", "2026-03-09 09:00"),
        visit("held", "wait", "2026-03-09 09:00", "2026-03-20 09:00"),
        visit("free", "work", "2026-03-02 09:00", "2026-03-09 09:00"),
    ]

    assert (0.125, 2) == shown(measure(basis(programs=programs, stage_visits=visits)))["B2"]


def test_b2_compares_an_unfinished_program_with_the_time_elapsed(basis, planned, shown):
    """Begun on Monday 6 July, read on Wednesday 15 July: 7 business days elapsed, all of them blocked."""
    programs = [planned("open", "2026-07-06", "2026-09-14")]
    visits = [visit("open", "blocked", "2026-07-06 09:00", None)]

    assert (1.0, 1) == shown(measure(basis(programs=programs, stage_visits=visits)))["B2"]


def test_b3_counts_approvals_over_the_time_agreed_open_ones_too(basis, planned, shown):
    """Over its 2 days; within 5 days where none is agreed; open for 7 days: 2 of 3. One begun in 2025 does not count."""
    visits = [
        visit("P1", "approval", "2026-03-02 09:00", "2026-03-05 09:00", sla_days=2),
        visit("P1", "approval", "2026-03-02 09:00", "2026-03-09 09:00"),
        visit("P2", "approval", "2026-07-06 09:00", None),
        visit("P2", "approval", "2025-11-03 09:00", "2026-02-02 09:00", sla_days=2),
    ]

    found = shown(measure(basis(programs=[planned("P1"), planned("P2")], stage_visits=visits)))

    assert (round(2 / 3, 6), 2) == found["B3"]


def test_b3_ends_an_open_approval_with_its_program(basis, planned, shown):
    """A program cancelled on the third day was not over its time, whenever one looks."""
    programs = [planned("P1", status="cancelled", cancelled_at="2026-03-04")]
    visits = [visit("P1", "approval", "2026-03-02 09:00", None)]

    assert (0.0, 1) == shown(measure(basis(programs=programs, stage_visits=visits)))["B3"]


def test_b4_counts_completed_approvals_sent_back(basis, planned, shown):
    """Sent back, passed, unknown, open: 1 of the 2 known."""
    visits = [
        visit("P1", "approval", "2026-03-02", "2026-03-05", returned=True),
        visit("P1", "approval", "2026-03-06", "2026-03-09", returned=False),
        visit("P1", "approval", "2026-03-06", "2026-03-09", returned=None),
        visit("P1", "approval", "2026-03-10", None, returned=None),
    ]

    assert (0.5, 1) == shown(measure(basis(programs=[planned("P1")], stage_visits=visits)))["B4"]


def test_bottlenecks_without_stage_history_are_not_measured(basis, planned, shown):
    """All four name the table that would switch them on."""
    found = shown(measure(basis(programs=[planned("P1")])))

    assert ["B1", "B2", "B3", "B4"] == list(found)
    assert all("stage_visits" in why for why in found.values())


def test_b2_needs_a_plan(basis, shown):
    """Without planned dates there is no planned time to compare with."""
    programs = [{"program_id": "P1", "actual_start": "2026-03-02", "status": "in_progress"}]
    visits = [visit("P1", "approval", "2026-03-02", None)]

    assert "planned start and planned end" in shown(measure(basis(programs=programs, stage_visits=visits)))["B2"]
