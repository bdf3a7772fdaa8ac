from __future__ import annotations

import pandas as pd

from gapkit import schema
from gapkit.sample import SyntheticOrganisation


def test_ownership_in_the_tables_is_the_planted_one(org: SyntheticOrganisation) -> None:
    """Exactly one person where the truth says one; none, several, a team or a committee where it does not."""
    programs = org.tables["programs"].set_index("program_id").loc[org.truth.programs["program_id"]]
    kind = org.truth.programs.set_index("program_id")["owner_kind"]
    size = schema.list_size(programs["owners_at_start"])
    single = (programs["owner_type_at_start"] == "person") & (size == 1)
    expected = {"none": "none", "several": "person", "team": "team", "committee": "committee", "one": "person"}

    assert single.tolist() == (kind == "one").tolist()
    assert programs["owner_type_at_start"].tolist() == kind.map(expected).tolist()
    assert (size[kind == "several"] == 2).all()


def test_owners_are_people_of_the_organisation(org: SyntheticOrganisation) -> None:
    """Every single or shared owner is in the table people."""
    programs = org.tables["programs"]
    named = programs.loc[programs["owner_type_at_start"] == "person", "owners_at_start"]
    people = {person for owners in schema.split_list(named) for person in owners}

    assert people <= set(org.tables["people"]["person_id"])


def test_a_change_of_owner_changes_somebody(org: SyntheticOrganisation) -> None:
    """No event hands a program to those who had it."""
    events = org.tables["status_events"]
    changes: pd.DataFrame = events.loc[(events["field"] == "owner") & events["old"].notna()]

    assert len(changes) > 20
    assert (changes["old"] != changes["new"]).all()
