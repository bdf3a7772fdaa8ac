from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.claims.weakest_link import by_team, critical_gaps, trial, ways_to_expose


def skill(person: str, actual: float, source: str = "self", name: str = "copy") -> dict[str, object]:
    return {"person_id": person, "role": "writer", "skill": name, "actual": actual, "source": source}


def person(name: str, team: str) -> dict[str, object]:
    return {"person_id": name, "role": "writer", "team": team, "function": "Marketing", "level": 3, "leadership": False}


NEEDED = [{"role": "writer", "skill": "copy", "required": 3.0, "critical": True},
          {"role": "writer", "skill": "layout", "required": 4.0, "critical": False}]  # fmt: skip


@pytest.fixture
def gaps(engage, fleet):
    def find(people, actual):
        eng = engage(programs=fleet(1, 1), people=people, skills_required=NEEDED, skills_actual=actual)
        return critical_gaps(eng.people, eng.skills_required, eng.skills_actual).to_dict()

    return find


def test_the_gap_is_what_a_role_needs_less_what_its_people_have_on_average(gaps):
    """Levels 1 and 2 where 3 is needed: 1.5 short; a skill that is not critical does not count."""
    people = [person("A", "Web"), person("B", "Web"), person("C", "Brand")]
    actual = [skill("A", 1), skill("B", 2), skill("A", 0, name="layout"), skill("C", 3)]

    assert {"Brand": 0.0, "Web": 1.5} == gaps(people, actual)


def test_the_best_source_of_a_rating_counts(gaps):
    """Tested goes before manager, manager before self."""
    people = [person("A", "Web"), person("B", "Brand")]
    actual = [skill("A", 4, "self"), skill("A", 2, "manager"), skill("B", 4, "self"), skill("B", 3, "manager"),
              skill("B", 1, "tested")]  # fmt: skip

    assert {"Brand": 2.0, "Web": 1.0} == gaps(people, actual)


def test_a_team_without_ratings_is_not_known(gaps):
    """Not rated is not capable."""
    assert ["Web"] == list(gaps([person("A", "Web"), person("B", "Brand")], [skill("A", 3)]))


def test_every_way_of_exposing_teams_is_tried_once():
    """Two of four teams can be exposed in six ways; beyond the limit they are drawn, as many exposed in each."""
    few, many = (ways_to_expose(*size, np.random.default_rng(1)) for size in ((4, 2), (20, 10)))

    assert (6, 6) == (len(few), len({tuple(row) for row in few.tolist()}))
    assert {10} == set(many.sum(axis=1).tolist())
    assert 5000 == len(many)


def units(**teams: tuple[int, int, bool]) -> pd.DataFrame:
    rows = [(team, place < wins, flag) for team, (wins, n, flag) in teams.items() for place in range(n)]
    return pd.DataFrame(rows, columns=["team", "is_success", "is_exposed"])


def test_the_test_shuffles_teams_not_programs():
    """The two worst of four teams exposed: of six ways two are as extreme, with the data 3 of 7, however many programs."""
    frame = units(a=(2, 50, True), b=(2, 50, True), c=(48, 50, False), d=(48, 50, False))
    difference, p_value = by_team(frame, ways_to_expose(4, 2, np.random.default_rng(1)))

    assert -0.92 == round(difference.value, 6)
    assert round(3 / 7, 4) == round(p_value, 4)


def test_the_interval_allows_for_teams():
    """Programs of a team alike: the interval is wider than for independent programs (Newcombe: −.51 to −.27)."""
    frame = units(a=(5, 50, True), b=(35, 50, True), c=(40, 50, False), d=(40, 50, False))
    difference, _ = by_team(frame, ways_to_expose(4, 2, np.random.default_rng(1)))

    assert -0.4 == round(difference.value, 6)
    assert difference.high - difference.low > 0.51 - 0.27


@pytest.fixture
def staffed(case, fleet):
    """Programs of teams whose only writer has the level given."""

    def build(**levels):
        rows = [row for team in levels for row in fleet(10, 15, team=team)]
        return case(programs=rows, people=[person(team, team) for team in levels], skills_required=NEEDED,
                    skills_actual=[skill(team, level) for team, level in levels.items()])  # fmt: skip

    return build


def test_teams_two_levels_short_are_compared_with_the_others(staffed):
    """Level 1 where 3 is needed is two short; level 2 is one."""
    found = trial(staffed(A=1, B=1, C=2, D=3))

    assert [30, 30] == [figure.result.n for figure in found.groups]
    assert 0.0 == found.effect.value
    assert "Programs of teams with a role 2 or more levels short on a critical skill" in found.facts


def test_one_team_with_a_weak_link_is_too_little(staffed):
    """One team differs from the others in everything."""
    found = trial(staffed(A=1, B=3, C=3))

    assert "thin" == found.effect.status
    assert "1 team with such a role and 2 without; 2 are needed of each." == found.effect.caveats[0]


def test_programs_of_teams_never_rated_are_left_out(case, fleet):
    """They are counted among those left out."""
    levels = {"A": 1, "B": 1, "C": 3, "D": 3}
    rows = [row for team in (*levels, "E") for row in fleet(10, 15, team=team)]
    found = trial(case(programs=rows, people=[person(team, team) for team in levels], skills_required=NEEDED,
                       skills_actual=[skill(team, level) for team, level in levels.items()]))  # fmt: skip

    assert "15 programs left out: whether the condition held is unknown." in found.caveats


def test_without_skills_it_is_not_assessable(case, fleet):
    """Both tables that would switch it on are named."""
    why = trial(case(programs=fleet(5, 20))).effect.caveats[0]

    assert "skills_required" in why
    assert "skills_actual" in why
