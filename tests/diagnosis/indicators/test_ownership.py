from __future__ import annotations

from gapkit.diagnosis.indicators.ownership import measure


def test_groups_and_shared_programs_are_counted_at_planned_start(basis, planned, shown):
    """Of five, a team and a committee own two; the four with owners have 1, 1, 1 and 3 of them, 0.5 beyond the first."""
    programs = [
        planned("one", owners_at_start="Ana"),
        planned("team", owners_at_start="Brand", owner_type_at_start="team"),
        planned("committee", owners_at_start="Steering committee", owner_type_at_start="committee"),
        planned("three", owners_at_start="Ana;Ben;Cy"),
        planned("none", owner_type_at_start="none"),
    ]

    found = shown(measure(basis(programs=programs)))

    assert (0.4, 5) == found["Ownership 5"]
    assert (0.5, 4) == found["Ownership 6"]


def test_the_fracture_shares_the_indicators_of_the_killer(basis, planned, shown):
    """O1 to O4 stand first, then the two of the fracture alone."""
    found = shown(measure(basis(programs=[planned("P1", owners_at_start="Ana")])))

    assert ["O1", "O2", "O3", "O4", "Ownership 5", "Ownership 6"] == list(found)
    assert (0.0, 1) == found["O1"]


def test_a_team_beside_a_person_does_not_make_a_group_the_owner(basis, planned, shown):
    """Somebody answers there, though not alone."""
    found = shown(measure(basis(programs=[planned("P1", owners_at_start="Ana;Brand")])))

    assert (0.0, 1) == found["Ownership 5"]
    assert (1.0, 1) == found["Ownership 6"]
