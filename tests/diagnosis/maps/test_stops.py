from __future__ import annotations

import datetime as dt

import pandas as pd

from gapkit.config import Settings
from gapkit.diagnosis.maps.stops import OTHERS, lost_by_transition, timed_visits

START = dt.date(2026, 1, 1)
OPEN = pd.Series(dtype="datetime64[us]")
PROGRAMS = [{"program_id": "A", "type": "web"}]


def visit(stage, kind, entered, left, program="A", **more):
    return {"program_id": program, "stage": stage, "kind": kind, "entered_at": entered, "left_at": left, **more}


# One program: written, waits for review, reviewed, sent back, written again, reviewed again.
LIFE = (
    visit("draft", "work", "2026-03-02 09:00", "2026-03-04 09:00"),
    visit("review", "wait", "2026-03-04 09:00", "2026-03-06 09:00"),
    visit("review", "approval", "2026-03-06 09:00", "2026-03-16 09:00", sla_days=2, returned=True),
    visit("draft", "rework", "2026-03-16 09:00", "2026-03-17 09:00"),
    visit("review", "approval", "2026-03-17 09:00", "2026-03-18 09:00", sla_days=2, returned=False),
)


def test_the_wait_for_a_stage_and_the_work_in_it_are_one_stop(engage):
    """Five visits, four stops; each knows where it came from and whether it is the first time."""
    found = timed_visits(engage(programs=PROGRAMS, stage_visits=LIFE), OPEN, START)

    assert [1, 2, 2, 3, 4] == found["stop"].tolist()
    assert ["start", "draft", "draft", "review", "draft"] == found["from_stage"].tolist()
    assert [True, True, True, False, False] == found["is_first"].tolist()
    assert [True, True, False, True, True] == found["opens_stop"].tolist()


def test_agreed_times_come_first_then_the_process_then_what_is_usual(engage):
    """An approval agreed at 2 days loses 4 of 6; a wait before a step foreseen at 1 day loses 1 of 2; without either
    five days are usual, so nothing is lost."""
    steps = [{"type": "web", "step": "review", "order": 2, "max_wait_bdays": 1}]
    with_process = timed_visits(engage(programs=PROGRAMS, stage_visits=LIFE, process_steps=steps), OPEN, START)
    without = timed_visits(engage(programs=PROGRAMS, stage_visits=LIFE), OPEN, START)

    assert [0, 1, 4, 0, 0] == with_process["lost_bdays"].tolist()
    assert [0, 0, 4, 0, 0] == without["lost_bdays"].tolist()


def test_the_process_foresees_waits_before_steps_and_no_approvals(engage):
    """A longest wait of one day is written for the step; an approval without an agreed time is allowed what is usual."""
    rows = [visit("review", "approval", "2026-03-02 09:00", "2026-03-06 09:00")]
    steps = [{"type": "web", "step": "review", "order": 2, "max_wait_bdays": 1}]
    found = timed_visits(engage(programs=PROGRAMS, stage_visits=rows, process_steps=steps), OPEN, START)

    assert (4.0, 0.0) == tuple(found.loc[0, ["wait_bdays", "lost_bdays"]])


def test_the_process_of_another_type_says_nothing(engage):
    """What is foreseen for email does not bind web."""
    steps = [{"type": "email", "step": "review", "order": 2, "max_wait_bdays": 0}]
    found = timed_visits(engage(programs=PROGRAMS, stage_visits=LIFE, process_steps=steps), OPEN, START)

    assert 0 == found.loc[1, "lost_bdays"]


def test_a_forgotten_visit_ends_with_its_program(engage):
    """Delivered on 6 March, so the approval nobody closed lasted until then, not until today."""
    rows = [visit("review", "approval", "2026-03-02 09:00", None)]
    ended = pd.Series({"A": pd.Timestamp("2026-03-06")})
    found = timed_visits(engage(programs=PROGRAMS, stage_visits=rows), ended, START)

    assert (4.0, False) == tuple(found.loc[0, ["wait_bdays", "is_open"]])


def test_visits_begun_before_the_window_count_as_the_stage_before_only(engage):
    """The stop of December tells where the program came from; its own days belong to December."""
    rows = [
        visit("brief", "approval", "2025-12-01 09:00", "2026-01-05 09:00"),
        visit("draft", "wait", "2026-01-05 09:00", "2026-01-20 09:00"),
    ]
    found = timed_visits(engage(programs=PROGRAMS, stage_visits=rows), OPEN, START)
    table = lost_by_transition(found, Settings(min_n_counts=1), seed=1)

    assert [("brief", "draft", 6.0)] == [tuple(row) for row in table[["from_stage", "to_stage", "lost_days"]].to_numpy()]


def test_days_are_lost_at_the_transition_into_the_stage_that_waits(engage):
    """Six programs wait eight days for legal after design, five are usual: 18 days at design → legal; a transition of one
    program is gathered."""
    rows = []
    for k in range(6):
        rows.append(visit("design", "work", "2026-03-02 09:00", "2026-03-03 09:00", f"P{k}"))
        rows.append(visit("legal", "approval", "2026-03-03 09:00", "2026-03-13 09:00", f"P{k}"))
    rows.append(visit("launch", "wait", "2026-03-13 09:00", "2026-03-27 09:00", "P0"))
    programs = [{"program_id": f"P{k}"} for k in range(6)]
    visits = timed_visits(engage(programs=programs, stage_visits=rows), OPEN, START)
    found = lost_by_transition(visits, Settings(), seed=1)

    assert [("design", "legal", 6, 6, 18.0, 1), (OTHERS, OTHERS, 1, 1, 5.0, 0)] == [
        tuple(row) for row in found[["from_stage", "to_stage", "programs", "over", "lost_days", "rank"]].to_numpy()
    ]


def test_row_order_changes_nothing(engage):
    """Visits of two programs in any order of the file are the same path."""
    rows = [*LIFE, *[{**row, "program_id": "B"} for row in LIFE]]
    programs = [*PROGRAMS, {"program_id": "B", "type": "web"}]
    found = [
        timed_visits(engage(programs=programs, stage_visits=order), OPEN, START) for order in (rows, rows[::-1])
    ]  # fmt: skip

    pd.testing.assert_frame_equal(*found)


def test_without_visits_nothing_breaks(engage):
    """No stage history: no visits and no transitions."""
    found = timed_visits(engage(programs=PROGRAMS), OPEN, START)

    assert found.empty
    assert lost_by_transition(found, Settings(), seed=1).empty
