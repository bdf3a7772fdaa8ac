from __future__ import annotations

import pytest

from gapkit.diagnosis.causes.capability import assess, depended_on
from gapkit.diagnosis.causes.spread import what_if

BAD = {"capability": (62, 55, 69)}
GOOD = {"capability": (20, 12, 28)}


def person(number, role, team="Brand", function="Marketing"):
    return {
        "person_id": f"p{number:02d}",
        "role": role,
        "team": team,
        "function": function,
        "level": 3,
        "leadership": False,
    }


def staff(role, levels, first=0, **more):
    """People of one role with their managers' ratings in its one critical skill, of which 3 levels are needed."""
    people = [person(first + k, role, **more) for k in range(len(levels))]
    ratings = [
        {"person_id": f"p{first + k:02d}", "role": role, "skill": f"{role} skill", "actual": level, "source": "manager"}
        for k, level in enumerate(levels)
    ]
    needed = {"role": role, "skill": f"{role} skill", "required": 3, "critical": True}
    return {"people": people, "skills_actual": ratings, "skills_required": [needed]}


def together(*parts):
    return {name: [row for part in parts for row in part[name]] for name in parts[0]}


RUNNING = {"program_id": "P1", "team": "Brand", "actual_start": "2026-02-01", "status": "in_progress"}


def signs(found):
    return {sign.id: sign for sign in found.finding.indicators}


def test_holes_single_holders_and_adequacy_by_hand(told):
    """Five writers, nobody at level 3; five designers, one at it; five editors, all at it.

    One of three skills is a hole, one hangs on one person. Ratios: writers 2/3 each; designers 1 and four times 1/3,
    mean 7/15; editors 1. Mean adequacy (2/3 + 7/15 + 1) / 3.
    """
    rows = together(staff("writer", [2] * 5), staff("designer", [3, 1, 1, 1, 1], 5), staff("editor", [3] * 5, 10))
    found = assess(told(said=BAD, programs=[RUNNING], **rows))
    by_id = signs(found)

    assert [pytest.approx(1 / 3), pytest.approx(1 / 3)] == [by_id[f"Capability {k}"].value for k in (2, 3)]
    assert pytest.approx((2 / 3 + 7 / 15 + 1) / 3) == by_id["Capability 4"].value
    assert ["held by nobody", "hangs on one person", "covered"] == found.skills["state"].tolist()
    assert {"writer": pytest.approx(2 / 3), "designer": pytest.approx(7 / 15), "editor": 1.0} == dict(
        zip(found.roles["role"], found.roles["adequacy"], strict=True)
    )
    assert "lacking" == found.finding.verdict
    assert "Held by nobody: writer skill (writer)." in found.finding.sentence
    assert "Hangs on one person: designer skill (designer)." in found.finding.sentence


def test_a_role_of_few_people_is_never_shown_by_itself(told):
    """Four writers and five editors: with four people in all small roles together, the writers are left out altogether."""
    rows = together(staff("writer", [0] * 4), staff("editor", [3] * 5, 10))
    found = assess(told(said=GOOD, programs=[RUNNING], **rows))
    everything = f"{found.finding} {found.roles} {found.skills} {found.spread}"

    assert ["editor"] == found.roles["role"].tolist()
    assert "writer" not in everything
    assert (0.0, 1.0) == tuple(signs(found)[f"Capability {k}"].value for k in (2, 4))
    assert any("1 role with fewer than 5 people rated left out" in caveat for caveat in found.finding.caveats)


def test_small_roles_count_together_where_they_are_enough(told):
    """Three writers without the skill and two designers with it: counted, and not named."""
    rows = together(staff("writer", [0] * 3), staff("designer", [3, 3], 5), staff("editor", [3] * 5, 10))
    found = assess(told(said=GOOD, programs=[RUNNING], **rows))

    assert pytest.approx(1 / 3) == signs(found)["Capability 2"].value
    assert ["editor"] == found.skills["role"].tolist() == found.roles["role"].tolist()
    assert "writer" not in found.finding.sentence
    assert any("counted together, and not shown by name" in caveat for caveat in found.finding.caveats)


def test_a_small_role_cannot_be_read_off_those_that_wait_for_it(told):
    """Designers wait for four writers who cannot write: the table shows the designers as they are."""
    rows = together(staff("writer", [0] * 4), staff("designer", [3] * 5, 5))
    waits = [{"from_id": "writer", "to_id": "designer", "kind": "input", "level": "role"}]
    found = assess(told(said=GOOD, programs=[RUNNING], dependencies=waits, **rows))

    assert [1.0] == found.roles["effective"].tolist()
    assert ("writer",) == found.spread.assumed


def test_gaps_spread_and_the_most_damaging_is_named(told):
    """Half-adequate writers before designers before editors: .5, .75, .875."""
    rows = together(staff("writer", [1.5] * 5), staff("designer", [3] * 5, 5), staff("editor", [3] * 5, 10))
    waits = [{"from_id": a, "to_id": b, "kind": "input", "level": "role"}
             for a, b in (("writer", "designer"), ("designer", "editor"))]  # fmt: skip
    found = assess(told(said=BAD, programs=[RUNNING], dependencies=waits, **rows))

    assert [0.5, 0.75, 0.875] == found.roles.set_index("role").loc[["writer", "designer", "editor"], "effective"].tolist()
    assert what_if(found.spread).startswith(
        "If the gap of writer were closed, the roles that wait for it would gain 38 points"
    )


def test_roles_in_a_circle_are_reported(told):
    """Writers and designers wait for each other: a caveat names them."""
    rows = together(staff("writer", [3] * 5), staff("designer", [3] * 5, 5))
    waits = [{"from_id": a, "to_id": b, "kind": "input", "level": "role"}
             for a, b in (("writer", "designer"), ("designer", "writer"))]  # fmt: skip
    found = assess(told(said=GOOD, programs=[RUNNING], dependencies=waits, **rows))

    assert "These roles wait for each other in a circle, and count as one: designer and writer." in found.finding.caveats


def test_only_roles_some_program_depends_on_count(told):
    """Lawyers are asked for by function, writers work in the team; nobody at the warehouse was needed in the window."""
    people = [person(1, "writer"), person(2, "lawyer", "Legal", "Legal"), person(3, "packer", "Warehouse", "Logistics")]
    ended = {"program_id": "P2", "team": "Warehouse", "actual_start": "2025-06-01", "status": "delivered",
             "actual_end": "2025-09-01"}  # fmt: skip
    basis = told(programs=[{**RUNNING, "functions": "Marketing;Legal"}, ended], people=people)

    assert {"writer", "lawyer"} == depended_on(basis)


def test_the_interval_is_what_errors_of_rating_make_of_it(told):
    """Five writers at the level needed: adequacy 1, and some of it lost if ratings are now and then a level too high."""
    sign = signs(assess(told(said=GOOD, programs=[RUNNING], **staff("writer", [3] * 5))))["Capability 4"]

    assert 1.0 == sign.value == sign.high
    assert 0.7 < sign.low < 1.0


def test_own_ratings_are_flagged_and_compared(told):
    """Twelve writers rate themselves a level above their managers; a caveat says whose ratings were used."""
    rows = staff("writer", [2] * 12)
    own = [{**row, "actual": row["actual"] + 1, "source": "self"} for row in rows["skills_actual"]]
    own.append({"person_id": "p99", "role": "writer", "skill": "writer skill", "actual": 4, "source": "self"})
    people = [*rows["people"], person(99, "writer")]
    found = assess(told(said=GOOD, programs=[RUNNING], **{**rows, "people": people,
                                                          "skills_actual": [*rows["skills_actual"], *own]}))  # fmt: skip

    assert (1.0, 12) == (signs(found)["Capability 5"].value, signs(found)["Capability 5"].n)
    assert any("8 % of the 13 ratings used are people's own." == caveat for caveat in found.finding.caveats)


def test_people_without_a_rating_are_counted(told):
    """Two of seven writers are not rated: they may hold the skill."""
    rows = staff("writer", [1] * 5)
    found = assess(told(said=GOOD, programs=[RUNNING], **{**rows, "people": [*rows["people"], person(8, "writer"),
                                                                             person(9, "writer")]}))  # fmt: skip

    assert (0.0, 0.0) == tuple(signs(found)[f"Capability {k}"].value for k in (2, 3))
    assert "2 people without a rating may hold any skill of their role." in found.finding.caveats


def test_without_ratings_what_people_say_is_all_there_is(told):
    """Bad answers alone may mean it; good answers alone mean nothing is shown."""
    bad, good = (assess(told(said=said, programs=[RUNNING])).finding for said in (BAD, GOOD))

    assert ("may be lacking", "not shown to be lacking") == (bad.verdict, good.verdict)
    assert ("perception",) == bad.sources
    assert f"Not measured: {'; '.join(sign.name for sign in bad.indicators[1:])}." in bad.caveats


def test_without_anything_capability_is_not_assessable(told):
    """Neither ratings nor survey: the one thing that would switch it on is named."""
    found = assess(told(programs=[RUNNING]))

    assert ("not assessable", "", ()) == (found.finding.verdict, found.finding.grade, found.finding.sources)
    assert "would switch this on" in found.finding.sentence
    assert (0, 0) == (len(found.roles), len(found.skills))
