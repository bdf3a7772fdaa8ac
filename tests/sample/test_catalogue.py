from __future__ import annotations

import string

import pytest

from gapkit.sample import catalogue
from gapkit.vocabulary import PROGRAM_TYPES


@pytest.mark.parametrize("kind", catalogue.TYPES)
def test_every_type_is_complete(kind: str) -> None:
    """A known type with five to nine stages from brief to launch, a home, an ease, and names to choose from."""
    stages = [catalogue.BRIEF, *catalogue.STAGES[kind], catalogue.LAUNCH]
    mandatory = [stage for stage in stages if not stage.is_optional]

    assert kind in PROGRAM_TYPES
    assert 4 <= len(mandatory) <= len(stages) <= 9
    assert catalogue.HOME_TEAM[kind] in catalogue.TEAMS
    assert kind in catalogue.TYPE_EASE
    assert catalogue.NAMES[kind]


def test_stages_belong_to_one_type_only() -> None:
    """A stage's name tells the type, so a workaround in it is one of that type."""
    names = [stage.name for stages in catalogue.STAGES.values() for stage in stages]

    assert len(set(names)) == len(names)
    assert not {"brief", "launch"} & set(names)


def test_names_ask_only_for_words_there_are() -> None:
    """Every placeholder of every name is one that gets filled."""
    forms = [form for group in catalogue.NAMES.values() for form in group]
    asked = {field for form in forms for _, field, _, _ in string.Formatter().parse(form) if field}

    assert {"product", "place", "topic", "audience", "season", "city"} == asked


def test_specialists_are_teams_of_the_organisation() -> None:
    """A stage is handed to a team that organisations have, each of which has a role."""
    teams = {stage.team for stages in catalogue.STAGES.values() for stage in stages if stage.team}

    assert teams <= set(catalogue.TEAMS)
    assert set(catalogue.ROLES) == set(catalogue.TEAMS)
    assert set(catalogue.ROLES.values()) <= set(catalogue.SKILLS)
