from __future__ import annotations

from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.parts import judge_parts

WHOLE = {"committed_at": "2026-01-02", "baseline_end": "2026-03-30"}
PART = {"level": "deliverable", "parent_id": "P1"}


def judged_parts(engage, *programs):
    eng = engage(programs=list(programs))
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    return judge_parts(eng, judged)


def test_a_part_is_judged_against_its_own_date_and_committed_with_its_program(engage):
    """Done on its day it is on time, a day later not, delivered on an unknown day unknown."""
    done = {**PART, "status": "delivered", "baseline_end": "2026-02-10"}
    found = judged_parts(
        engage,
        {"program_id": "P1", **WHOLE},
        {"program_id": "P1-1", **done, "actual_end": "2026-02-10"},
        {"program_id": "P1-2", **done, "actual_end": "2026-02-11"},
        {"program_id": "P1-3", **done},
    )

    assert {"committed"} == set(found["group"])
    assert [True, False] == found["is_on_time"].iloc[:2].tolist()
    assert found["is_on_time"].isna().iloc[2]
    assert {"P1"} == set(found["program"])


def test_parts_of_unplanned_programs_and_merged_parts_are_left_out(engage):
    """Nobody promised the former, and its program carries the latter."""
    found = judged_parts(
        engage,
        {"program_id": "P1", **WHOLE},
        {"program_id": "P2", "origin": "unplanned", "status": "in_progress"},
        {"program_id": "P1-1", **PART, "status": "merged", "baseline_end": "2026-02-10"},
        {"program_id": "P2-1", "level": "deliverable", "parent_id": "P2", "baseline_end": "2026-02-10"},
    )

    assert found.empty
