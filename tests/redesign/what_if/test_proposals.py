from __future__ import annotations

from dataclasses import replace

from gapkit.redesign.what_if import propose_levers
from gapkit.redesign.what_if.levers import check_pulls


def test_the_proposal_is_valid_and_names_a_sign_off(northwind):
    """Every proposed setting means something, and the cap acts where days are spent."""
    pulls = propose_levers(northwind)
    check_pulls(pulls)

    assert pulls[0].stage in set(northwind.stage_visits.loc[northwind.stage_visits["kind"].eq("approval"), "stage"])


def test_without_sign_offs_no_cap_is_proposed(northwind):
    """Nothing to cap where nothing is signed off."""
    visits = northwind.stage_visits.loc[northwind.stage_visits["kind"].ne("approval")]
    eng = replace(northwind, tables={**northwind.tables, "stage_visits": visits})

    assert "sla" not in {pull.lever for pull in propose_levers(eng)}
