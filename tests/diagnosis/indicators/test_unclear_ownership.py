from __future__ import annotations

import pytest

from gapkit.diagnosis.indicators.unclear_ownership import measure


def change(program: str, at: str, old: str | None, new: str | None) -> dict[str, object]:
    return {"program_id": program, "at": at, "field": "owner", "old": old, "new": new}


def test_o1_counts_programs_without_exactly_one_person_at_planned_start(basis, planned, shown):
    """Nobody, two people, a team and a committee are not one person: 4 of 5."""
    programs = [
        planned("one", owners_at_start="Ana", owner_type_at_start="person"),
        planned("none", owner_type_at_start="none"),
        planned("two", owners_at_start="Ana;Ben", owner_type_at_start="person"),
        planned("team", owners_at_start="Brand", owner_type_at_start="team"),
        planned("committee", owners_at_start="Steering committee"),
    ]

    assert (0.8, 5) == shown(measure(basis(programs=programs)))["O1"]


def test_o1_reads_the_owner_on_the_day_of_the_planned_start(basis, planned, shown):
    """An owner named later, after things had gone wrong, does not count; the one who left later does."""
    programs = [planned("late", owners_now="Ana"), planned("left", owners_now=None), planned("kept", owners_now="Ana")]
    events = [change("late", "2026-03-20", None, "Ana"), change("left", "2026-03-20", "Ben", None),
              change("kept", "2026-02-01", None, "Ana")]  # fmt: skip

    assert (round(1 / 3, 6), 3) == shown(measure(basis(programs=programs, status_events=events)))["O1"]


def test_o1_counts_only_frozen_plans_whose_start_is_due(basis, planned, shown):
    """Not due yet, cancelled before the start, added after the freeze, never planned: none of them counts."""
    programs = [
        planned("due", owners_at_start="Ana"),
        planned("future", "2026-08-01", "2026-09-30", owners_at_start="Ana", actual_start=None, committed_at="2026-07-01"),
        planned("cancelled before", owners_at_start="Ana", status="cancelled", cancelled_at="2026-02-10"),
        planned("added", committed_at="2026-02-20", owners_at_start="Ana"),
        {"program_id": "surprise", "origin": "unplanned", "actual_start": "2026-03-01", "owners_at_start": "Ana"},
    ]

    assert (0.0, 1) == shown(measure(basis(programs=programs)))["O1"]


def test_o1_known_only_today_carries_the_caveat(basis, planned):
    """Without history and without the column, today's owner stands in, and the reader is told."""
    found = measure(basis(programs=[planned("P1", owners_now="Ana"), planned("P2", owners_now="Ben")]))[0]

    assert 0.0 == found.sample.value
    assert ("Owners of 2 programs known only as of today: they may have changed since the start.",) == found.caveats


def test_o1_without_owners_anywhere_is_not_measured(basis, planned, shown):
    """A source that names no owners says nothing about ownership."""
    assert "No source names owners" in shown(measure(basis(programs=[planned("P1")])))["O1"]


def test_o2_counts_changes_between_planned_start_and_midpoint(basis, planned, shown):
    """Planned 1 to 31 March, midpoint 16 March: one changed on the 10th, others later, before, or in name only: 1 of 4."""
    names = ("early", "late", "before", "same people", "ended before")
    programs = [planned(name) for name in names[:4]]
    programs += [planned("ended before", status="delivered", actual_end="2026-03-12")]
    events = [
        change("early", "2026-03-10", "Ana", "Ben"),
        change("late", "2026-03-17", "Ana", "Ben"),
        change("before", "2026-02-10", "Ana", "Ben"),
        change("same people", "2026-03-10", "Ana;Ben", "Ben;Ana"),
        change("ended before", "2026-03-10", "Ana", "Ben"),
    ]

    assert (0.25, 4) == shown(measure(basis(programs=programs, status_events=events)))["O2"]


def test_o2_takes_no_first_owner_for_a_change(basis, planned, shown):
    """Somebody was put in charge late: that is no change of owner, and no change is recorded at all."""
    events = [change("P1", "2026-03-10", None, "Ana")]

    assert "No change of owner" in shown(measure(basis(programs=[planned("P1")], status_events=events)))["O2"]


def test_o2_leaves_out_programs_the_history_does_not_cover(basis, planned, shown):
    """A program the log does not know may have changed hands unseen."""
    events = [change("known", "2026-03-10", "Ana", "Ben")]

    found = shown(measure(basis(programs=[planned("known"), planned("unknown")], status_events=events)))

    assert (1.0, 1) == found["O2"]


@pytest.mark.parametrize(("scale", "share"), [("smb", 5 / 7), ("mid", 0.0)])
def test_o3_counts_programs_of_owners_beyond_the_limit_of_the_scale(basis, planned, shown, scale, share):
    """Ana has five programs in flight, Ben two: over the limit of four, not over that of five. Done ones do not count."""
    programs = [planned(f"A{k}", owners_now="Ana") for k in range(5)]
    programs += [planned(f"B{k}", owners_now="Ben") for k in range(2)]
    programs += [
        planned("done", owners_now="Ana", status="delivered", actual_end="2026-03-20"),
        planned("shared", owners_now="Ana;Ben"),
        planned("team", owners_now="Brand team"),
    ]

    assert (round(share, 6), 2) == shown(measure(basis({"scale": scale}, programs=programs)))["O3"]


def test_o4_counts_owners_that_do_not_match(basis, planned, shown):
    """Two of four checks of the owner fail; checks of other fields do not count."""
    checks = [{"program_id": f"P{k}", "field": "owner", "match": k > 1} for k in range(4)]
    checks += [{"program_id": "P3", "field": "end", "match": False}]

    found = shown(measure(basis(programs=[planned(f"P{k}") for k in range(4)], record_checks=checks)))

    assert (0.5, 4) == found["O4"]
