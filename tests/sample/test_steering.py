from __future__ import annotations

import pandas as pd
import pytest

from gapkit import schema
from gapkit.sample import SyntheticOrganisation
from gapkit.vocabulary import KILLERS


@pytest.fixture(scope="module")
def programs(org: SyntheticOrganisation) -> pd.DataFrame:
    table = org.tables["programs"]
    truth = org.truth.programs.set_index("program_id")
    return table.loc[table["level"] == "program"].set_index("program_id").join(truth[list(KILLERS)])


def test_priorities_live_one_after_the_other(org: SyntheticOrganisation) -> None:
    """In every quarter as many official priorities are live as the scale allows, each official place taken once."""
    priorities = org.tables["priorities"]
    top = priorities.loc[priorities["official_rank"] <= 4]
    for quarter in org.arguments.told_quarters:
        day = pd.Period(quarter, freq="Q").start_time
        live = top.loc[(top["from"] <= day) & ~(top["to"] < day)]

        assert [1, 2, 3, 4] == sorted(live["official_rank"])


def test_linked_programs_serve_a_live_priority_and_a_goal(org: SyntheticOrganisation, programs: pd.DataFrame) -> None:
    """Whoever is not exposed to misalignment is tied to something live at planned start."""
    priorities = org.tables["priorities"].set_index("priority_id")
    linked = programs.loc[~programs["misalignment"] & (programs["origin"] == "planned")]
    own = priorities.loc[linked["priority_id"]]
    start = linked["baseline_start"].to_numpy()
    first = priorities["from"].min()

    assert linked["goal_id"].notna().all()
    assert ((own["from"].to_numpy() <= start) | (own["from"] == first).to_numpy()).all()
    assert not (own["to"].to_numpy() < start).any()


def test_targets_are_set_before_the_work_for_whoever_has_one(org: SyntheticOrganisation, programs: pd.DataFrame) -> None:
    """A program without feedback loop failure is measured by a target older than itself, the others are not."""
    kpis = org.tables["kpis"]
    links = schema.split_list(kpis["program_ids"]).explode().dropna()
    set_at = pd.Series(kpis.loc[links.index, "target_set_at"].to_numpy(), index=links.to_numpy())
    has_target = (set_at.reindex(programs.index) < programs["current_start"]).to_numpy()

    assert (~programs["feedback_loop_failure"]).tolist() == has_target.tolist()


def test_readings_become_known_after_their_period(org: SyntheticOrganisation) -> None:
    """No reading is available before its period has begun, and most come days after its end."""
    values = org.tables["kpi_values"]
    start = values["period_start"].dt.tz_localize(org.config["tz"])

    assert (values["available_at"] > start).all()
