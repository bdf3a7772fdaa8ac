from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.owners.owners import FIELDS, plan_owners
from gapkit.redesign.owners.today import NO_SINGLE


def chosen(part, column="proposed"):
    return {row["program_id"]: row[column] for row in part.to_dict()["register"]}


def test_each_problem_gets_one_person_within_capacity(owners, program, person):
    """Nobody, a committee and two persons: one each; who is in order stays, and a co-owner is kept."""
    rows = [program("A"), program("B", "Steering committee"), program("C", "Ana;Ben"), program("D", "Ana")]
    part = owners(rows, [person("Ana"), person("Ben"), person("Cy")])

    assert ("Ana", "stays", "In order.") == tuple(part.register.iloc[3][["proposed", "change", "why"]])
    assert chosen(part)["C"] in {"Ana", "Ben"}
    assert ["another person", "another person", "one of today's owners", "stays"] == part.register["change"].tolist()
    assert (part.loads["proposed"] <= part.loads["capacity"]).all()
    assert "3 of 4 open programs have no single owner today; all 3 get one within capacity." == part.sentence
    assert {"A", "B", "C"} == set(part.proposals())


def test_the_shortfall_is_said_by_team_and_never_dropped(owners, program, person):
    """Two places for four programs: two get an owner, two do not, and their team is named."""
    part = owners([program(f"P{k}", "Web" if k else None) for k in range(4)], [person("Ana")])

    assert (
        "4 of 4 open programs have no single owner today; 2 get one within capacity, 2 do not: nobody of its team and "
        "functions has room (Web 2)." == part.sentence
    )
    assert [("Web", 2)] == list(part.shortfall[["team", "programs"]].itertuples(index=False, name=None))
    left = set(part.shortfall["program_ids"].item().split("; "))
    assert left == {program for program, entry in part.proposals().items() if entry["owner"] is None}
    assert ["no A", "no A"] == sorted(check for check in part.raci.rows["check"] if check != "exactly one A")


def test_overload_moves_planned_programs_first_and_leaves_the_rest(owners, program, person):
    """Three programs, two places: the planned one goes to a colleague, the two under way stay."""
    rows = [program("A", "Ana", status="not_started", actual_start=None), program("B", "Ana"), program("C", "Ana")]
    part = owners(rows, [person("Ana"), person("Ben")])

    assert {"A": "Ben", "B": "Ana", "C": "Ana"} == chosen(part)
    assert (
        "Each of the 3 open programs has a single owner today. 3 have an owner who answers for more programs than they can "
        "carry: 1 of these moves to somebody with room." == part.sentence
    )


def test_where_nobody_else_has_room_the_owner_of_today_still_answers(owners, program, person):
    """Three programs, one person with two places: the third has its owner, beyond capacity, and one A."""
    part = owners([program(f"P{k}", "Ana") for k in range(3)], [person("Ana")])

    assert ["Ana"] * 3 == part.register["owner"].tolist()
    assert 1 == part.register["proposed"].isna().sum() == (part.register["change"] == "stays, beyond capacity").sum()
    assert {"exactly one A"} == set(part.raci.rows["check"])
    assert "for 1 nobody has room" in part.sentence


def test_owners_in_order_are_moved_only_for_a_program_nobody_could_take_otherwise(owners, program, person):
    """Ana alone can take the new program of Brand, so her own goes to Ben; with room of her own it stays."""
    rows = [program("A", "Ana"), program("B", team="Brand", functions="Design")]
    people = [person("Ana", capacity=1.0, function="Design"), person("Ben", function="Sales")]

    assert {"A": "Ben", "B": "Ana"} == chosen(owners(rows, people))
    people[0]["capacity"] = 2.0
    assert {"A": "Ana", "B": "Ana"} == chosen(owners(rows, people))


def test_the_leadership_is_asked_last(owners, program, person):
    """A colleague of another team goes before the head of the team, who goes before nobody."""
    people = [person("Head", leadership=True), person("Ann", team="Brand", capacity=1.0)]
    part = owners([program("A"), program("B", "Web")], people)

    assert ["Ann", "Head"] == sorted(part.register["proposed"])
    assert any("1 program somebody of the leadership is proposed" in caveat for caveat in part.caveats)
    assert ["Works in its team. Of the leadership, for want of anybody else with room."] == (
        part.register.loc[part.register["proposed"] == "Head", "why"].tolist()
    )


def test_a_leader_who_owns_a_program_today_keeps_it(owners, program, person):
    """In order is in order."""
    part = owners([program("A", "Head")], [person("Head", leadership=True), person("Ann")])

    assert ({"A": "Head"}, {}) == (chosen(part), part.proposals())


def test_an_agreed_owner_is_fixed_and_uses_up_capacity(owners, program, person):
    """Cy has one place and it is agreed for B; A, which fits him as well, goes to Ana."""
    rows, people = [program("A"), program("B", "Web")], [person("Ana", team="Brand"), person("Cy", capacity=1.0)]
    part = owners(rows, people, {"B": {"owner": "cy", "status": "agreed", "note": "knows it"}})

    assert {"A": "Ana", "B": "Cy"} == chosen(part)
    assert {"A": "proposed", "B": "agreed"} == chosen(part, "standing")
    assert "knows it" == chosen(part, "note")["B"]
    assert "Agreed." == chosen(part, "why")["B"]


def test_a_decision_beyond_capacity_holds_and_is_said(owners, program, person):
    """The client decides; the report counts."""
    agreed = {name: {"owner": "Ana", "status": "agreed"} for name in "ABC"}
    part = owners([program("A"), program("B"), program("C", "Ben")], [person("Ana"), person("Ben")], agreed)

    assert {"A": "Ana", "B": "Ana", "C": "Ana"} == chosen(part)
    assert "Decisions give 1 person more programs than they can carry." in part.caveats


def test_a_declined_person_is_not_proposed_again(owners, program, person):
    """Not from the pool of the team and not as today's owner; without anybody else it is open."""
    rows = [program("A"), program("B", "Ana")]
    declined = {name: {"owner": "Ana", "status": "declined"} for name in "AB"}
    part = owners(rows, [person("Ana"), person("Ben")], declined)

    assert {"A": "Ben", "B": "Ben"} == chosen(part)
    assert chosen(part, "why")["A"].startswith("Ana was declined.")
    alone = owners(rows, [person("Ana")], declined)
    assert {"A": None, "B": None} == chosen(alone) == chosen(alone, "owner")


def test_proposals_written_down_stay_as_they_are(owners, program, person):
    """A second run on what the first wrote proposes the same, also where another would fit as well."""
    rows, people = [program(f"P{k}") for k in range(5)], [person(name) for name in ("Ana", "Ben", "Cy")]
    first = owners(rows, people)
    written = {name: {**entry, "status": "proposed"} for name, entry in first.proposals().items()}
    swapped = {**written, "P0": {"owner": "Cy", "status": "proposed"}}

    assert first.proposals() == owners(rows, people, written).proposals()
    assert "Cy" == owners(rows, people, swapped).proposals()["P0"]["owner"]


def test_the_order_of_rows_does_not_matter(owners, program, person):
    """Programs and people in reverse order give the same register."""
    rows, people = [program(f"P{k}", "Ana;Ben" if k % 2 else None) for k in range(7)], [person(name) for name in "CDEF"]

    assert owners(rows, people).to_dict() == owners(rows[::-1], people[::-1]).to_dict()


def test_without_a_people_table_owners_of_today_are_proposed(owners, program):
    """A co-owner can be made the one; where nobody is named, nobody can be found, and both are said."""
    part = owners([program("A", "Ana;Ben"), program("B")])

    assert chosen(part)["A"] in {"Ana", "Ben"}
    assert (
        "2 of 2 open programs have no single owner today; 1 gets one within capacity, 1 does not: nobody of its team and "
        "functions is known (Web 1)." == part.sentence
    )
    assert any(caveat.startswith("There is no people table") for caveat in part.caveats)


def test_one_person_is_said(owners, program, person):
    """One person has two places for three programs; whom the third could go to is nobody."""
    part = owners([program(name, "Ana") for name in "ABC"], [person("Ana")])

    assert 1 == part.by_problem["open"].item()
    assert "The people table names one person only, so nobody else can be proposed." in part.caveats


def test_without_owners_on_record_people_are_still_proposed(owners, program, person):
    """Not recorded is said as such; without people, too, it is not assessable."""
    part = owners([program("A"), program("B")], [person("Ana")])

    assert (
        "Who answers today is not recorded for 2 of 2 open programs; all 2 get an owner within capacity." == part.sentence
    )
    bare = owners([program("A"), program("B")])
    assert (
        "Who answers for 2 open programs is not recorded, and nobody is known who could: the column owners_now and the "
        "table people would switch this on." == bare.sentence
    )
    assert {"A": None, "B": None} == chosen(bare)


def test_no_open_program_is_a_sentence(owners, program, person):
    """An empty register, and nothing to decide."""
    part = owners([program("A", status="delivered", actual_end="2026-07-01")], [person("Ana")])

    assert ("No program is in flight or planned.", (), {}) == (part.sentence, part.caveats, part.proposals())
    assert part.register.empty and part.raci.rows.empty


def test_owners_outside_the_people_table_keep_what_they_have(owners, program, person):
    """Up to the limit of the scale, and it is said."""
    part = owners([program("A", "Zoe"), program("B", "Zoe;Ana")], [person("Ana")])

    assert {"A": "Zoe", "B": "Ana"} == chosen(part)
    assert any("1 owner of today is not in the people table" in caveat for caveat in part.caveats)


@pytest.mark.parametrize(
    ("written", "said"), [("Nobody Known", "Nobody Known for A"), ("Steering committee", "no persons")]
)
def test_a_decision_for_somebody_who_cannot_own_is_said_and_not_followed(owners, program, person, written, said):
    """Neither unknown names nor committees become owners."""
    part = owners([program("A")], [person("Ana")], {"A": {"owner": written, "status": "agreed"}})

    assert {"A": "Ana"} == chosen(part)
    assert said in part.caveats[0]


def test_what_is_proposed_may_be_edited(owners, program, person):
    """Every field that is written once has a rule, and no rule is without a field."""
    part = owners([program("A", "Zoe;Ben"), program("B")], [person("Ana")])

    assert {"A", "B"} == part.proposals().keys()
    assert all(entry.keys() == FIELDS.keys() for entry in part.proposals().values())


def test_loads_of_persons_are_in_no_json(owners, program, person):
    """The register names owners; who carries how much is for the client's workbook alone."""
    data = owners([program("A", "Ana")], [person("Ana"), person("Idle")]).to_dict()

    assert "loads" not in data
    assert "Idle" not in json.dumps(data, allow_nan=False)


def test_northwind(northwind, diagnosed):
    """14 of 31 open programs have no single owner; all get one within capacity, and nobody more than they can carry."""
    part = plan_owners(northwind, diagnosed("northwind"), Decided())

    assert part.sentence.startswith("14 of 31 open programs have no single owner today; all 14 get one within capacity.")
    assert (part.loads["proposed"] <= part.loads["capacity"]).all()
    assert ("Exactly one A: 31 of 31 open programs.",) == part.raci.checks
    json.dumps(part.to_dict(), allow_nan=False)


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_synthetic_organisations_of_all_scales(synthetic, scale):
    """Each open program is in the register once, has one A or is in the shortfall, and nobody has more than they can."""
    eng = synthetic(scale)
    judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
    part = plan_owners(eng, SimpleNamespace(baseline=SimpleNamespace(judged=judged)), Decided())

    assert set(part.register["program_id"]) == set(
        judged.index[~judged["status"].isin(["delivered", "cancelled", "merged"])]
    )
    assert part.shortfall["programs"].sum() == part.register["proposed"].isna().sum()
    assert part.register["problem"].isin(NO_SINGLE).any()
    assert (part.loads["proposed"] <= part.loads["capacity"]).all()
    json.dumps(part.to_dict(), allow_nan=False)
