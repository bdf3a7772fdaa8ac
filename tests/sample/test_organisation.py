from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from gapkit import schema
from gapkit.errors import InputError
from gapkit.sample import WORLDS, Levers, SyntheticOrganisation, make_organisation, synthetic_organisation
from gapkit.vocabulary import KILLERS

# Its tracker remembers every plan, and nobody has interviewed anybody there.
NOT_MADE = ("signed_plan", "observations")


@pytest.mark.parametrize(("scale", "quarters"), [("smb", 6), ("mid", 6), ("enterprise", 3)])
def test_all_tables_conform(scale: str, quarters: int) -> None:
    """Three organisations of each scale have every table it makes without a single breach of its declaration."""
    for seed in range(3):
        org = synthetic_organisation(seed=seed, scale=scale, quarters=quarters)

        assert [name for name in schema.TABLES if name not in NOT_MADE] == list(org.tables)
        assert [] == schema.validate(org.tables)


@pytest.mark.parametrize("world", list(WORLDS))
def test_every_world_conforms(world: str) -> None:
    """Whatever is special about a world, its tables hold to their declarations."""
    org = synthetic_organisation(seed=3, scale="smb", world=world, improvement=0.1, held_back=0.3)

    assert [] == schema.validate(org.tables)


def test_other_places_and_times_conform() -> None:
    """Another zone, other quarters, other dates: moments are in the zone, tables as declared."""
    org = synthetic_organisation(
        seed=3, scale="smb", tz="Asia/Manila", first_quarter="2023Q4", quarters=4, levers=Levers(parallel_approvals=True)
    )

    assert [] == schema.validate(org.tables)
    assert "Asia/Manila" == str(org.tables["stage_visits"]["entered_at"].dt.tz)
    assert ("2023Q4", "2024Q1", "2024Q2", "2024Q3") == tuple(org.truth.rates.index)


def test_tables_are_typed_as_conform_leaves_them(org: SyntheticOrganisation) -> None:
    """Bringing a table to its declared types and columns changes nothing."""
    assert all(frame.equals(schema.conform(name, frame, org.config["tz"])) for name, frame in org.tables.items())


def test_equal_arguments_give_equal_tables() -> None:
    """Made twice, and made again from its own arguments, an organisation is the same."""
    made = [synthetic_organisation(seed=3, scale="smb", killers={"misalignment": "moderate"}) for _ in range(2)]
    made.append(make_organisation(made[0].arguments))

    for other in made[1:]:
        assert all(made[0].tables[name].equals(other.tables[name]) for name in made[0].tables)
        assert made[0].truth.to_dict() == other.truth.to_dict()


def test_ids_point_to_rows_that_exist(org: SyntheticOrganisation) -> None:
    """Every reference of every table is to a row of the table it refers to."""
    astray = []
    for name, table in org.tables.items():
        for field in schema.TABLES[name].fields():
            if field.refers and field.name in table:
                other, column = field.refers.split(".")
                items = schema.split_list(table[field.name]).explode() if field.kind == "list" else table[field.name]
                if not set(items.dropna()) <= set(org.tables[other][column]):
                    astray.append(f"{name}.{field.name}")

    assert [] == astray


def test_impossible_arguments_are_refused() -> None:
    """A misspelt killer stops the call before anything is made."""
    with pytest.raises(InputError, match="unknown killer"):
        synthetic_organisation(killers={"structural_bottleneck": "strong"})


def _programs(org: SyntheticOrganisation) -> pd.DataFrame:
    return org.tables["programs"].loc[lambda f: f["level"] == "program"]


def _approvals(org: SyntheticOrganisation) -> pd.DataFrame:
    visits = org.tables["stage_visits"].loc[lambda f: f["kind"] == "approval"]
    return visits.assign(days=(visits["left_at"] - visits["entered_at"]) / pd.Timedelta(days=1))


def _waiting_share(org: SyntheticOrganisation) -> float:
    visits = org.tables["stage_visits"]
    days = (visits["left_at"] - visits["entered_at"]) / pd.Timedelta(days=1)
    return float(1 - days[visits["kind"].isin(["work", "rework"])].sum() / days.sum())


def _unlinked(org: SyntheticOrganisation) -> float:
    planned = _programs(org).loc[lambda f: f["origin"] == "planned"]
    return float(planned["goal_id"].isna().mean())


def _not_single(org: SyntheticOrganisation) -> float:
    planned = _programs(org).loc[lambda f: f["origin"] == "planned"]
    return float(
        (planned["owner_type_at_start"] != "person").mean() + (schema.list_size(planned["owners_at_start"]) > 1).mean()
    )


def _owner_changes(org: SyntheticOrganisation) -> float:
    events = org.tables["status_events"].loc[lambda f: (f["field"] == "owner") & f["old"].notna()]
    return len(events) / len(_programs(org))


def _drift(org: SyntheticOrganisation) -> float:
    events = org.tables["status_events"].loc[lambda f: (f["field"] == "scope") & (f["new"] != "reduced by agreement")]
    return events["program_id"].nunique() / len(_programs(org))


def _mismatch(org: SyntheticOrganisation) -> float:
    return float(1 - org.tables["record_checks"].loc[lambda f: f["field"] != "owner", "match"].mean())


def _outside(org: SyntheticOrganisation) -> float:
    return float(1 - _programs(org)["program_id"].isin(org.tables["status_events"]["program_id"]).mean())


def _workarounds(org: SyntheticOrganisation) -> float:
    return float(org.tables["workarounds"]["hours_mode"].sum() / org.tables["people"]["fte"].sum() / 38)


def _no_target(org: SyntheticOrganisation) -> float:
    linked = schema.split_list(org.tables["kpis"]["program_ids"]).explode()
    delivered = _programs(org).loc[lambda f: f["status"] == "delivered", "program_id"]
    return float(1 - delivered.isin(linked).mean())


def _latency(org: SyntheticOrganisation) -> float:
    values = org.tables["kpi_values"]
    return float((values["available_at"].dt.tz_localize(None) - values["period_start"]).dt.days.median())


def _empty_reviews(org: SyntheticOrganisation) -> float:
    return float((org.tables["reviews"]["decisions"].dropna() == 0).mean())


# Indicator of the method's Appendix A, computed the short way, and the killer it belongs to.
INDICATORS: dict[str, tuple[str, Callable[[SyntheticOrganisation], float]]] = {
    "M1": ("misalignment", _unlinked),
    "M3": ("misalignment", _drift),
    "B1": ("structural_bottlenecks", _waiting_share),
    "B3": ("structural_bottlenecks", lambda org: float((_approvals(org)["days"] > 3).mean())),
    "B4": ("structural_bottlenecks", lambda org: float(_approvals(org)["returned"].mean())),
    "O1": ("unclear_ownership", _not_single),
    "O2": ("unclear_ownership", _owner_changes),
    "T1": ("poor_tooling", _workarounds),
    "T3": ("poor_tooling", _outside),
    "T4": ("poor_tooling", _mismatch),
    "F1": ("feedback_loop_failure", _no_target),
    "F3": ("feedback_loop_failure", _latency),
    "F4": ("feedback_loop_failure", _empty_reviews),
}


@pytest.fixture(scope="module")
def measured() -> dict[str, pd.DataFrame]:
    """Every indicator over 8 small organisations, healthy ones and ones with all killers strong."""
    return {
        level: pd.DataFrame([
            {name: measure(org) for name, (_, measure) in INDICATORS.items()}
            for org in (
                synthetic_organisation(seed=seed, scale="smb", killers=dict.fromkeys(KILLERS, level), observation="none")
                for seed in range(8)
            )
        ])
        for level in ("none", "strong")
    }  # fmt: skip


@pytest.mark.parametrize("indicator", list(INDICATORS))
def test_a_strong_killer_shows_in_its_raw_indicators(indicator: str, measured: dict[str, pd.DataFrame]) -> None:
    """Each indicator is higher in 7 of 8 organisations, and on average by three standard errors."""
    difference = measured["strong"][indicator] - measured["none"][indicator]

    assert (difference > 0).sum() >= 7
    assert difference.mean() > 3 * difference.std() / np.sqrt(len(difference))
