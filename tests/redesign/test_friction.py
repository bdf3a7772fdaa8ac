from __future__ import annotations

import datetime as dt

import pandas as pd

from gapkit.baseline.gap_map import categorise
from gapkit.baseline.outcomes import judge_programs
from gapkit.redesign.friction import cancel_reasons, lost_plans, waits

AS_OF = dt.date(2026, 7, 15)
PLAN = {"committed_at": "2026-01-02", "baseline_end": "2026-02-20"}


def judged_and_category(programs, events, config):
    judged, _ = judge_programs(programs, events, config, AS_OF)
    return judged, categorise(judged, pd.Series(dtype="datetime64[us]"), config, AS_OF)


def test_each_lost_program_is_counted_in_one_way(table, config):
    """Ten late, six never started, four on time: 16 of 20 lost, most often late."""
    rows = [{**PLAN, "status": "delivered", "actual_end": "2026-03-01", "type": "web"}] * 10
    rows += [{**PLAN, "status": "not_started", "type": "email"}] * 6
    rows += [{**PLAN, "status": "delivered", "actual_end": "2026-02-01"}] * 4
    programs = table("programs", *({"program_id": f"P{i}", **row} for i, row in enumerate(rows)))

    found = lost_plans(*judged_and_category(programs, table("status_events"), config), ("2026Q1",))

    top = found.iloc[0]
    assert (
        top.outcome,
        top.programs,
        top.n,
        top.share,
        top.typical_type,
    ) == ("delivered late", 10, 20, 0.5, "web")
    assert found["programs"].sum() == 16


def test_reasons_of_cancellation_include_silence(table, config):
    """A cancellation without a reason is counted as such."""
    programs = table(
        "programs",
        {"program_id": "A", **PLAN, "status": "cancelled", "cancel_reason": "budget"},
        {"program_id": "B", **PLAN, "status": "cancelled"},
    )
    judged, _ = judge_programs(programs, table("status_events"), config, AS_OF)

    assert cancel_reasons(judged, ("2026Q1",)).set_index("reason")["programs"].to_dict() == {"budget": 1, "not recorded": 1}


def test_waits_leave_out_work():
    """Only stages in which nobody works are waits."""
    stages = pd.DataFrame({"stage": ["draft", "legal"], "is_active": [True, False], "share": [0.4, 0.6]})

    assert waits(stages)["stage"].tolist() == ["legal"]
