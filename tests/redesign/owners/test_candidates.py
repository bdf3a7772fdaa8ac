from __future__ import annotations

import pytest

from gapkit.config import Owners
from gapkit.redesign.owners.candidates import people_now, place_of, skills


def test_people_who_left_or_are_none_or_do_not_work_are_no_candidates(engage, person):
    """Gone by name, no person by name, without working time."""
    changes = {"owners": Owners(left=("Jo",), not_persons={"Desk": "team"})}
    eng = engage(changes, people=[person("Jo"), person("desk"), person("Cy", fte=0.0), person("Ana", fte=0.5)])

    assert ["Ana"] == [one.id for one in people_now(eng)]


def test_skill_is_the_mean_share_of_what_the_role_needs(engage, person):
    """Level 1 of 2 and 3 of 3 are half and all: .75; a manager's rating goes before one's own; nobody rated is average."""
    required = [{"role": "writer", "skill": skill, "required": level} for skill, level in (("edit", 2.0), ("write", 3.0))]
    ratings = (("edit", 1.0, "manager"), ("edit", 4.0, "self"), ("write", 3.0, "manager"))
    actual = [{"person_id": "Ana", "role": "writer", "skill": skill, "actual": level, "source": source}
              for skill, level, source in ratings]  # fmt: skip
    eng = engage(people=[person("Ana"), person("Ben")], skills_required=required, skills_actual=actual)

    assert {"Ana": 0.75} == skills(eng)
    assert [0.75, 0.5] == [one.skill for one in people_now(eng)]


@pytest.mark.parametrize(
    ("team", "functions", "expected"),
    [(" web", (), "team"), ("Brand", ("MARKETING",), "function"), (None, ("Sales",), ""), ("Brand", (), "")],
)
def test_a_person_belongs_by_team_else_by_function(engage, person, team, functions, expected):
    """Spelling of case and blanks does not count; a missing team is nobody's."""
    (ana,) = people_now(engage(people=[person("Ana")]))

    assert expected == place_of(ana, team, functions)
    assert "" == place_of(None, team, functions)
