from __future__ import annotations

import pandas as pd
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.diagnosis.exposure.due import programs_due
from gapkit.diagnosis.exposure.exposures import expose
from gapkit.sample import synthetic_organisation
from gapkit.vocabulary import KILLERS

START = "2026-01-10"


@pytest.fixture
def exposed(engage, fleet):
    """The flags of programs that are planned to start on 10 January, one dict per killer; None is unknown."""

    def find(rows, changes=None, **tables):
        programs = [program for name, more in rows.items() for program in fleet(1, 1, program_id=name, **more)]
        eng = engage(changes, programs=programs, **tables)
        start_on = pd.Series(pd.Timestamp(START), index=list(rows), dtype="datetime64[us]")
        found = expose(eng, start_on)
        flags = {killer: {name: None if pd.isna(value) else bool(value) for name, value in flag.exposed.items()}
                 for killer, flag in found.flags.items()}  # fmt: skip
        return flags, found

    return find


def event(program: str, day: str, field: str = "status") -> dict[str, object]:
    return {"program_id": program, "at": day, "field": field, "old": None, "new": "not_started"}


def test_misalignment_is_no_live_link_or_a_far_decision(exposed):
    """Without goal and priority, with one that has run out, or two levels away; a goal alone is a link."""
    register = [{"priority_id": "old", "label": "a", "from": pd.Timestamp("2025-01-01"), "to": pd.Timestamp("2025-12-31")},
                {"priority_id": "live", "label": "b", "from": pd.Timestamp("2025-01-01"), "to": pd.NaT}]  # fmt: skip
    flags, _ = exposed({
        "none": {}, "goal": {"goal_id": "G1"}, "live": {"priority_id": "live"}, "run out": {"priority_id": "old"},
        "run out, with goal": {"priority_id": "old", "goal_id": "G1"},
        "far": {"priority_id": "live", "decision_distance": 2},
        "near": {"priority_id": "live", "decision_distance": 1},
    }, priorities=register)  # fmt: skip

    expected = {
        "none": True,
        "goal": False,
        "live": False,
        "run out": True,
        "run out, with goal": True,
        "far": True,
        "near": False,
    }
    assert expected == flags["misalignment"]


def test_where_no_program_names_a_goal_distance_alone_decides(exposed):
    """A tracker without goals does not make every program misaligned; a program of unknown distance is unknown."""
    flags, found = exposed({"far": {"decision_distance": 3}, "near": {"decision_distance": 0}, "unknown": {}})

    assert {"far": True, "near": False, "unknown": None} == flags["misalignment"]
    assert "decided 2 or more levels away" == found.flags["misalignment"].meaning
    assert ("No program names a goal or priority; distance alone decides.",) == found.flags["misalignment"].caveats


@pytest.mark.parametrize(("scale", "healthy"), [("smb", 1), ("mid", 2), ("enterprise", 3)])
def test_more_sign_offs_than_healthy_for_the_scale_are_a_bottleneck(exposed, scale, healthy):
    """As many as healthy are none, one more is; not recorded is unknown."""
    rows = {"healthy": {"approvals_planned": healthy}, "more": {"approvals_planned": healthy + 1}, "unknown": {}}
    flags, _ = exposed(rows, {"scale": scale})

    assert {"healthy": False, "more": True, "unknown": None} == flags["structural_bottlenecks"]


def test_not_exactly_one_person_is_unclear_ownership(exposed):
    """Nobody, two, and a team."""
    flags, _ = exposed({
        "one": {"owners_at_start": "Ana"}, "two": {"owners_at_start": "Ana;Ben"},
        "team": {"owners_at_start": "Blue", "owner_type_at_start": "team"}, "none": {"owner_type_at_start": "none"},
    })  # fmt: skip

    assert {"one": False, "two": True, "team": True, "none": True} == flags["unclear_ownership"]


def test_owners_known_only_today_are_said(exposed):
    """The caveat counts them."""
    _, found = exposed({"P1": {"owners_now": "Ana"}, "P2": {"owners_now": "Ben"}})

    assert ("The owner of 2 programs of 2 is known only as of today.",) == found.flags["unclear_ownership"].caveats


def test_poor_tooling_is_no_trace_by_the_start_or_double_entry_on_the_path(exposed):
    """Noted before the start or only after it, and a type whose mandatory step is typed in twice."""
    rows = {"inside": {}, "outside": {}, "double": {"type": "email"}, **{f"more {k}": {} for k in range(8)}}
    events = [event(name, "2026-01-02") for name in rows if name != "outside"] + [event("outside", "2026-02-02")]
    steps = [{"type": "email", "step": "List pull ", "order": 1}, {"type": "campaign", "step": "copy", "order": 1},
             {"type": "campaign", "step": "list pull", "order": 2, "mandatory": False}]  # fmt: skip
    workarounds = [
        {"workaround_id": "W1", "step": "list pull", "hours_low": 1, "hours_mode": 1, "hours_high": 1, "re_entry": True}
    ]
    flags, _ = exposed(rows, status_events=events, process_steps=steps, workarounds=workarounds)

    assert {"inside": False, "outside": True, "double": True} == {
        name: flags["poor_tooling"][name] for name in list(rows)[:3]
    }


def test_a_log_that_begins_with_the_first_change_does_not_tell_who_is_outside(exposed):
    """Programs that nobody touched would be called untracked because they failed; so nothing is said."""
    rows = {f"P{k}": {} for k in range(10)}
    flags, found = exposed(rows, status_events=[event(name, "2026-02-02") for name in list(rows)[:9]])

    assert "poor_tooling" not in flags
    assert "poor_tooling" in found.missing


def test_dated_exports_are_no_system_of_record(exposed):
    """Differences between two exports show that a program exists, not that its tracker keeps a log."""
    rows = {f"P{k}": {} for k in range(10)}
    events = [{**event(name, "2026-01-02"), "event_id": f"snapshot 2026-01-02 {name} status"} for name in list(rows)[:9]]

    assert "poor_tooling" not in exposed(rows, status_events=events)[0]


def test_of_types_without_a_written_process_the_log_alone_decides(exposed):
    """One half of the flag is not known for them; the other is."""
    rows = {"written": {"type": "email"}, "unwritten": {"type": "web"}}
    steps = [{"type": "email", "step": "copy", "order": 1}]
    workarounds = [
        {"workaround_id": "W1", "step": "copy", "hours_low": 1, "hours_mode": 1, "hours_high": 1, "re_entry": True}
    ]
    tables = {"process_steps": steps, "workarounds": workarounds}
    without, _ = exposed(rows, **tables)
    with_log, _ = exposed(rows, status_events=[event(name, "2026-01-02") for name in rows], **tables)

    assert {"written": True, "unwritten": None} == without["poor_tooling"]
    assert {"written": True, "unwritten": False} == with_log["poor_tooling"]


def test_a_target_set_by_the_planned_start_closes_the_loop(exposed):
    """Set on the day, set later, never set, and no measure at all."""
    kpis = [{"kpi_id": name, "name": name, "kind": "leading", "direction": "up", "program_ids": name,
             "target_set_at": pd.Timestamp(day) if day else pd.NaT}
            for name, day in (("in time", START), ("late", "2026-01-11"), ("never", None))]  # fmt: skip
    flags, _ = exposed({"in time": {}, "late": {}, "never": {}, "none": {}}, kpis=kpis)

    assert {"in time": False, "late": True, "never": True, "none": True} == flags["feedback_loop_failure"]


def test_of_two_measures_the_first_target_counts(exposed):
    """One target in time is enough."""
    kpis = [{"kpi_id": day, "name": day, "kind": "leading", "direction": "up", "program_ids": "P1;P2",
             "target_set_at": pd.Timestamp(day)} for day in ("2026-03-01", "2026-01-01")]  # fmt: skip

    assert {"P1": False, "P2": False} == exposed({"P1": {}, "P2": {}}, kpis=kpis)[0]["feedback_loop_failure"]


def test_what_is_not_recorded_is_missing_and_says_what_would_switch_it_on(exposed):
    """Programs alone tell of no killer; every one of the five names its remedy."""
    flags, found = exposed({"P1": {}})

    assert {} == flags
    assert list(KILLERS) == list(found.missing)
    assert all("would switch this on" in why for why in found.missing.values())


def test_changes_after_the_start_and_the_order_of_rows_change_nothing(engage, fleet):
    """Owners, priorities, statuses and targets of later days are not read."""
    rows = fleet(5, 10, owners_at_start="Ana", goal_id="G1", priority_id="PR1", approvals_planned=3)
    before = [event(row["program_id"], "2026-01-02") for row in rows]
    changes = (("owner", "Ana", None), ("priority", "PR1", None), ("status", "in_progress", "paused"))
    later = [{"program_id": row["program_id"], "at": "2026-02-02", "field": field, "old": old, "new": new}
             for row in rows for field, old, new in changes]  # fmt: skip
    start_on = pd.Series(pd.Timestamp(START), index=[row["program_id"] for row in rows], dtype="datetime64[us]")
    plain = expose(engage(programs=rows, status_events=before), start_on)
    moved = expose(engage(programs=rows[::-1], status_events=[*later[::-1], *before[::-1]]), start_on)

    pd.testing.assert_frame_equal(plain.frame(start_on.index), moved.frame(start_on.index))


def test_flags_of_a_synthetic_organisation_are_the_planted_ones(as_engagement):
    """Recorded faultlessly, 95 % of all flags are as they truly are; of tooling, whose path is read as written, 85 %."""
    org = synthetic_organisation(seed=0, killers=dict.fromkeys(KILLERS, "strong"), observation="none")
    eng = as_engagement(org)
    start_on = programs_due(eng, estimate_baseline(eng)).programs["start_on"]
    truth = org.truth.programs.set_index("program_id").loc[start_on.index]
    right = {killer: (expose(eng, start_on).flags[killer].exposed == truth[killer]).mean() for killer in KILLERS}

    assert right.pop("poor_tooling") >= 0.85
    assert min(right.values()) >= 0.95
