from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.redesign.what_if.traces import VERSIONS, Traces, read_traces

PLAN = {"committed_at": "2026-01-02", "baseline_end": "2026-02-20", "actual_start": "2026-01-05"}


def visit(program: str, stage: str, kind: str, entered: str, left: str | None, **more: object) -> dict[str, object]:
    return {"program_id": program, "stage": stage, "kind": kind, "entered_at": entered, "left_at": left, **more}


@pytest.fixture
def traces(engage) -> Traces:
    """Eight delivered, one cancelled in legal review, one never started, one delivered outside the stage history."""
    done = [f"D{k}" for k in range(8)]
    programs = [{**PLAN, "program_id": name, "status": "delivered", "actual_end": "2026-01-13"} for name in done]
    programs += [
        {**PLAN, "program_id": "C", "status": "cancelled", "cancelled_at": "2026-01-08"},
        {"committed_at": "2026-01-02", "baseline_end": "2026-02-20", "program_id": "N", "status": "not_started"},
        {**PLAN, "program_id": "O", "status": "delivered", "actual_end": "2026-01-20"},
    ]
    visits = [row for name in done for row in (
        visit(name, "draft", "work", "2026-01-05 09:00", "2026-01-06 17:00"),
        visit(name, "legal", "approval", "2026-01-07 09:00", "2026-01-12 17:00", work_hours=4.0, returned=False),
        visit(name, "launch", "work", "2026-01-13 09:00", "2026-01-13 17:00"),
    )]  # fmt: skip
    visits += [visit("C", "draft", "work", "2026-01-05 09:00", "2026-01-06 17:00"),
               visit("C", "legal", "approval", "2026-01-07 09:00", None)]  # fmt: skip
    eng = engage(programs=programs, stage_visits=visits)
    return read_traces(eng, estimate_baseline(eng).judged, seed=1)


def test_finished_programs_have_one_version_others_several(traces):
    """Eight recorded traces, a dozen completions of the cancelled one, none of the others."""
    count = dict(zip(traces.programs.index, np.bincount(traces.program, minlength=11), strict=True))

    assert {"C": VERSIONS, "N": 0, "O": 0} | {f"D{k}": 1 for k in range(8)} == count


def test_who_can_be_judged(traces):
    """The one that never started can (no lever reaches it); the one delivered without stage history cannot."""
    usable = traces.programs.index[traces.is_usable]

    assert "N" in usable
    assert "O" not in usable


def test_hours_worked_are_no_wait(traces):
    """Four business days in legal review, four hours of them handled: three and a half days of wait."""
    legal = traces.versions[list(traces.program).index(list(traces.programs.index).index("D0"))][1]

    assert (3.5, 0.5) == (legal.wait, legal.handled)


def test_the_cancelled_one_is_completed_beyond_its_cancellation(traces):
    """Cancelled on its second day in legal review, it would have gone on to launch later than that."""
    row = list(traces.programs.index).index("C")
    made = [stays for stays, program in zip(traces.versions, traces.program, strict=True) if program == row]

    assert all(["draft", "legal", "launch"] == [stay.stage for stay in stays] for stays in made)
    assert all(stays[-1].end > traces.programs["cancelled"].iloc[row] for stays in made)


def test_the_order_of_rows_changes_nothing(northwind, northwind_baseline):
    """Visits in another order give the same traces."""
    turned = replace(northwind, tables={**northwind.tables, "stage_visits": northwind.stage_visits.iloc[::-1]})
    judged = northwind_baseline.judged.head(60)

    one, other = read_traces(northwind, judged, seed=3), read_traces(turned, judged.iloc[::-1], seed=3)

    assert repr(one.versions) == repr(other.versions)
