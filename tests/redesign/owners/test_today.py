from __future__ import annotations

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.config import Owners
from gapkit.redesign.owners.today import capacities, owners_today


@pytest.fixture
def today(engage):
    def build(programs, people=(), **rows):
        eng = engage(rows.pop("changes", None), programs=programs, people=people, **rows)
        return owners_today(eng, judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)[0])

    return build


@pytest.mark.parametrize(
    ("owners_now", "problem"),
    [
        ("Ana", "in order"),
        (None, "nobody"),
        ("Jo", "nobody"),
        ("Ana;Ben", "several persons"),
        ("Steering committee", "team, committee or firm"),
        ("Blue Agency", "team, committee or firm"),
        ("Web", "team, committee or firm"),
        ("Ana;Steering committee", "in order"),
        ("Falcons", "in order"),
    ],
)
def test_each_program_has_one_problem_or_none(today, program, owners_now, problem):
    """One person, whoever else is named, is in order; people who have left and groups do not answer."""
    changes = {"owners": Owners(same={"Falcons": ()}, left=("Jo",))}
    rows = [program("P1", owners_now), program("P2", "Zoe")]

    assert problem == today(rows, changes=changes).loc["P1", "problem"]


def test_in_flight_and_planned_programs_are_listed_and_no_others(today, program):
    """Delivered, cancelled and merged ones are over; a deliverable is part of a program."""
    rows = [program("A", "Ana"), program("B", "Ana", status="not_started", actual_start=None),
            program("C", "Ana", status="delivered", actual_end="2026-07-01"),
            program("D", "Ana", status="cancelled", cancelled_at="2026-07-01"), program("E", "Ana", status="merged"),
            program("F", "Ana", level="deliverable", parent_id="A"), program("G", "Ana", status="not_started")]  # fmt: skip
    found = today(rows)

    assert {"A": True, "B": False, "G": True} == found["is_in_flight"].to_dict()


def test_whoever_has_more_than_they_can_carry_is_marked_on_all_their_programs(today, program, person):
    """Two places, three programs; programs shared with somebody else do not count."""
    rows = [program(f"P{k}", "Ana") for k in range(3)] + [program("Q", "Ana;Ben"), program("R", "Ben")]
    found = today(rows, [person("ANA"), person("Ben")])

    assert {"P0", "P1", "P2"} == set(found.index[found["problem"] == "more than they can carry"])
    assert ("ANA",) == found.loc["P0", "persons"]


def test_a_change_of_owner_in_the_first_half_is_seen(today, program):
    """From 1 June to 1 September the middle is 17 July; a later change, or the first owner, is none."""
    events = [
        {"program_id": "P1", "at": "2026-06-20", "field": "owner", "old": "Ben", "new": "Ana"},
        {"program_id": "P2", "at": "2026-06-20", "field": "owner", "old": None, "new": "Ana"},
        {"program_id": "P3", "at": "2026-07-10", "field": "owner", "old": "Ben", "new": "Ana"},
    ]
    rows = [program("P1", "Ana"), program("P2", "Ana"), program("P3", "Ana", baseline_end="2026-07-14")]

    assert ["changed in the first half", "in order", "in order"] == today(rows, status_events=events)["problem"].tolist()


def test_the_planned_end_is_that_of_today(today, program):
    """A date changed since the promise counts as changed; where none is current, the promised one stands."""
    rows = [program("A", current_end="2026-10-05"), program("B")]

    assert [pd.Timestamp("2026-10-05"), pd.Timestamp("2026-09-01")] == today(rows)["planned_end"].tolist()


def test_without_owners_of_today_those_at_the_start_stand_for_them(today, program):
    """An unnamed person is not recorded, which is not nobody."""
    rows = [program("A", owners_at_start="Ana"), program("B", owner_type_at_start="none"),
            program("C", owner_type_at_start="person")]  # fmt: skip

    assert ["in order", "nobody", "not recorded"] == today(rows)["problem"].tolist()


def test_where_no_source_names_owners_nothing_is_known(today, program):
    """Not recorded is not nobody."""
    assert ["not recorded", "not recorded"] == today([program("A"), program("B")])["problem"].tolist()


def test_capacity_is_what_people_say_else_the_limit_of_the_scale(engage, person):
    """Whole programs; none without working time; 5 for a mid-sized organisation where nothing is said."""
    people = [person("A", capacity=2.7), person("B", capacity=None), person("C", fte=0.0)]

    assert {"A": 2, "B": 5, "C": 0, "Zoe": 5} == capacities(engage(people=people), ["Zoe", "A"])
