from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from gapkit.diagnosis.indicators.misalignment import measure
from gapkit.results import Result

PRIORITIES = [
    {"priority_id": "A", "label": "Grow", "official_rank": 1, "from": "2026-01-01"},
    {"priority_id": "B", "label": "Old", "official_rank": 2, "from": "2025-01-01", "to": "2026-02-28"},
    {"priority_id": "C", "label": "Later", "official_rank": 5, "from": "2026-01-01"},
]


def test_m1_counts_started_programs_without_a_live_priority_or_goal(basis, planned, shown):
    """Of five started, one has no link, and one hangs on a priority that had run out: 2 of 5."""
    programs = [
        planned("live", priority_id="A"),
        planned("expired", priority_id="B"),
        planned("unlinked"),
        planned("goal", goal_id="G1"),
        planned("lower", priority_id="C"),
        planned("not started", priority_id="A", actual_start=None, status="not_started"),
        planned("before the window", "2025-10-01", "2026-03-31", priority_id="A"),
    ]

    assert (0.4, 5) == shown(measure(basis(programs=programs, priorities=PRIORITIES)))["M1"]


def test_m1_reads_the_priority_at_planned_start(basis, planned, shown):
    """A link made after the planned start does not count; one taken away later does."""
    programs = [planned("linked later", priority_id="A"), planned("unlinked later"), planned("always", priority_id="A")]
    events = [
        {"program_id": "linked later", "at": "2026-03-15", "field": "priority", "old": None, "new": "A"},
        {"program_id": "unlinked later", "at": "2026-03-15", "field": "priority", "old": "A", "new": None},
    ]

    found = shown(measure(basis(programs=programs, priorities=PRIORITIES, status_events=events)))

    assert (round(1 / 3, 6), 3) == found["M1"]


def test_m1_without_any_link_is_not_measured(basis, planned, shown):
    """A tracker without the field says nothing about alignment: not 100 percent."""
    found = shown(measure(basis(programs=[planned("P1"), planned("P2")])))

    assert "goal_id and priority_id would switch this on" in found["M1"]


def test_m2_weighs_by_size_and_counts_only_the_top_priorities_of_the_scale(basis, planned, shown):
    """In a mid-sized organisation rank 5 is outside the top four: 3 of 8 points."""
    programs = [planned("top", priority_id="A", size_points=5), planned("low", priority_id="C", size_points=3)]

    assert (0.375, 2) == shown(measure(basis(programs=programs, priorities=PRIORITIES)))["M2"]


def test_m2_counts_every_program_once_where_no_size_is_recorded(basis, planned, shown):
    """Without points each program counts 1."""
    programs = [planned("top", priority_id="A"), planned("low", priority_id="C"), planned("none")]

    assert (round(2 / 3, 6), 3) == shown(measure(basis(programs=programs, priorities=PRIORITIES)))["M2"]


def test_m2_takes_an_unknown_size_as_the_median_and_says_so(basis, planned):
    """One size in three is missing: 4, the median of 2 and 6, stands in."""
    programs = [
        planned("top", priority_id="A", size_points=2),
        planned("low", priority_id="C", size_points=6),
        planned("none"),
    ]
    found = measure(basis(programs=programs, priorities=PRIORITIES))[1]

    assert 10 / 12 == pytest.approx(found.sample.value)
    assert ("Size of 1 program not recorded, taken as the median.",) == found.caveats


def drift(program: str, at: str, level: int | None) -> dict[str, object]:
    return {"program_id": program, "at": at, "field": "scope", "old": "a", "new": "b", "actor_level": level}


def test_m3_counts_changes_after_approval_below_the_deciding_level(basis, planned, shown):
    """Of five approved briefs one was changed below the deciding level, one by a level nobody knows: 2 of 5."""
    names = ("below", "by the decider", "before approval", "level unknown", "unchanged")
    programs = [planned(name, brief_approved_at="2026-03-05") for name in names]
    events = [
        drift("below", "2026-03-10", 3),
        drift("by the decider", "2026-03-10", 1),
        drift("before approval", "2026-03-04", 3),
        drift("level unknown", "2026-03-10", None),
        {"program_id": "unchanged", "at": "2026-03-02", "field": "status", "old": "not_started", "new": "in_progress"},
    ]
    decisions = [
        {"decision_id": f"D{k}", "program_id": name, "asked_at": "2026-03-01", "level": 1} for k, name in enumerate(names)
    ]

    found = measure(basis(programs=programs, status_events=events, decisions=decisions))

    assert (0.4, 5) == shown(found)["M3"]
    assert ("Of 1 change after approval the level is not known; they count.",) == found[2].caveats


def test_m3_counts_any_change_where_the_deciding_level_is_not_known(basis, planned, shown):
    """Without decisions every change of scope after approval counts."""
    programs = [planned("changed", brief_approved_at="2026-03-05"), planned("kept", brief_approved_at="2026-03-05")]
    events = [drift("changed", "2026-03-10", 3), {**drift("kept", "2026-03-10", 3), "field": "stage"}]

    assert (0.5, 2) == shown(measure(basis(programs=programs, status_events=events)))["M3"]


def test_m3_without_any_change_of_scope_is_not_measured(basis, planned, shown):
    """A log that never names the scope may not record it: not measured, not zero."""
    found = shown(measure(basis(programs=[planned("P1", brief_approved_at="2026-03-05")])))

    assert "No change of scope is recorded" in found["M3"]


def wave(gap: Result) -> SimpleNamespace:
    figures = SimpleNamespace(priority_gap=np.array([0.25]))
    return SimpleNamespace(
        results={"priority_gap": gap}, measured=lambda: figures, draws=lambda replicates, rng: figures, is_shown=True
    )


def test_m4_is_what_the_survey_says(basis, planned, shown):
    """The gap between the two orders comes from the survey, with the number of those who ranked."""
    ready = replace(basis(programs=[planned("P1")]), wave=wave(Result("priority_gap", 0.25, n=24)))

    assert (0.25, 24) == shown(measure(ready))["M4"]


def test_m4_is_missing_where_the_survey_may_not_tell(basis, planned, shown):
    """The survey's own reason is passed on."""
    few = Result("priority_gap", n=3, status="thin", caveats=("Fewer than 5 of the leadership ranked.",))
    ready = replace(basis(programs=[planned("P1")]), wave=wave(few))

    assert "Fewer than 5 of the leadership ranked." == shown(measure(ready))["M4"]


def test_what_is_not_recorded_is_named(basis, planned, shown):
    """Priorities that no program names, and briefs without a day of approval."""
    programs = [planned("P1", goal_id="G1")]

    found = shown(measure(basis(programs=programs, priorities=PRIORITIES, status_events=[drift("P1", "2026-03-10", 3)])))

    assert "priority_id would switch this on" in found["M2"]
    assert "brief_approved_at would switch this on" in found["M3"]
