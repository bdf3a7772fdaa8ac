from __future__ import annotations

import datetime as dt

from gapkit.baseline.outcomes import judge_programs, spec_met

AS_OF = dt.date(2026, 7, 15)
PLAN = {"committed_at": "2026-01-02", "baseline_end": "2026-02-20"}


def judge(programs, events, config):
    return judge_programs(programs, events, config, AS_OF)[0]


def test_each_answer_is_yes_no_or_unknown(table, config):
    """On the day is on time; a day later is late; delivered on an unknown day is neither; cancelled is not delivered."""
    programs = table(
        "programs",
        {"program_id": "1 on the day", **PLAN, "status": "delivered", "actual_end": "2026-02-20", "to_spec": "yes"},
        {"program_id": "2 day after", **PLAN, "status": "delivered", "actual_end": "2026-02-21", "to_spec": "yes"},
        {"program_id": "3 unknown day", **PLAN, "status": "delivered", "to_spec": "no"},
        {"program_id": "4 cancelled", **PLAN, "status": "cancelled", "to_spec": "unknown"},
        {"program_id": "5 spec unknown", **PLAN, "status": "delivered", "actual_end": "2026-02-20"},
    )

    judged = judge(programs, table("status_events"), config)

    def answers(column):
        return [
            None if value is None else bool(value)
            for value in judged[column].astype(object).where(judged[column].notna(), None)
        ]

    assert answers("is_on_time") == [True, False, None, False, True]
    assert answers("delivered_by_quarter_end") == [True, True, None, False, True]
    assert answers("is_otif") == [True, False, False, False, None]
    assert answers("is_to_spec") == [True, True, False, None, None]


def test_grace_and_horizon_move_only_their_own_answers(table, changed):
    """Three days late is on time with three days of grace; thirty-one days late is outside a horizon of thirty."""
    programs = table(
        "programs",
        {"program_id": "A", **PLAN, "status": "delivered", "actual_end": "2026-02-23"},
        {"program_id": "B", **PLAN, "status": "delivered", "actual_end": "2026-03-23"},
    )

    judged = judge(programs, table("status_events"), changed(grace_days=3))

    assert judged["is_on_time"].tolist() == [True, False]
    assert judged["within_horizon"].tolist() == [True, False]
    assert judged["delivered_by_quarter_end"].tolist() == [True, True]


def test_nothing_is_judged_before_its_horizon_has_passed(table, config):
    """A date due yesterday says nothing yet about delivery within thirty days."""
    programs = table("programs", {"program_id": "A", "committed_at": "2026-04-01", "baseline_end": "2026-07-14"})

    judged = judge(programs, table("status_events"), config)

    assert judged["within_horizon"].isna().all()


def test_counts_decide_about_specification_before_the_word_does(table):
    """Nine of ten accepted is below specification even where somebody ticked yes."""
    programs = table(
        "programs",
        {"program_id": "A", "spec_planned": 10, "spec_accepted": 9, "to_spec": "yes"},
        {"program_id": "B", "spec_planned": 10, "spec_accepted": 10},
        {"program_id": "C", "spec_planned": 10, "to_spec": "no"},
        {"program_id": "D"},
    )

    met = spec_met(programs.set_index("program_id"))

    assert met.dropna().tolist() == [False, True, False]
    assert met.index[met.isna()].tolist() == ["D"]


def test_the_latest_plan_is_judged_by_its_own_quarter(table, config):
    """Re-dated and delivered in the next quarter: a failure against the frozen plan, a success against the latest."""
    programs = table(
        "programs",
        {"program_id": "A", **PLAN, "current_end": "2026-05-20", "status": "delivered", "actual_end": "2026-05-20"},
        {"program_id": "B", **PLAN, "current_end": "2026-09-20", "status": "in_progress"},
    )

    judged = judge(programs, table("status_events"), config)

    assert judged["delivered_by_quarter_end"].tolist() == [False, False]
    assert bool(judged.loc["A", "delivered_by_latest_quarter_end"]) is True
    assert judged["delivered_by_latest_quarter_end"].isna().tolist() == [False, True]
