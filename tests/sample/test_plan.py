from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.calendar import freeze_date, quarter_end, quarter_start
from gapkit.config import EngagementConfig
from gapkit.sample import SyntheticOrganisation


@pytest.fixture(scope="module")
def programs(org: SyntheticOrganisation) -> pd.DataFrame:
    table = org.tables["programs"]
    return table.loc[table["level"] == "program"].assign(kind=org.truth.programs["origin"].to_numpy())


@pytest.fixture(scope="module")
def freeze(org: SyntheticOrganisation, programs: pd.DataFrame) -> pd.Series:
    entries = {name: org.config[name] for name in ("client", "as_of", "tz", "currency", "holidays")}
    config = EngagementConfig(**entries)
    return programs["plan_quarter"].map(lambda q: pd.Timestamp(freeze_date(q, config)), na_action="ignore")


def test_planned_work_is_committed_before_the_freeze_and_due_in_its_quarter(
    programs: pd.DataFrame, freeze: pd.Series
) -> None:
    """That is what makes it a member of the quarter's frozen plan."""
    planned = programs["kind"] == "planned"
    first, last = (
        programs.loc[planned, "plan_quarter"].map(lambda q, of=of: pd.Timestamp(of(q)))
        for of in (quarter_start, quarter_end)
    )

    assert (programs["committed_at"] <= freeze)[planned].all()
    assert programs.loc[planned, "baseline_end"].between(first, last).all()
    assert (programs["committed_at"] < programs["baseline_start"])[planned].all()


def test_added_work_is_committed_after_the_freeze(programs: pd.DataFrame, freeze: pd.Series) -> None:
    """It stands beside the frozen plan."""
    added = programs["kind"] == "added"

    assert added.any()
    assert (programs["committed_at"] > freeze)[added].all()


def test_unplanned_work_carries_no_promise(programs: pd.DataFrame) -> None:
    """No commitment, no quarter, no promised dates."""
    unplanned = programs["origin"] == "unplanned"
    promises = ["committed_at", "plan_quarter", "baseline_start", "baseline_end"]

    assert unplanned.any()
    assert programs.loc[unplanned, promises].isna().all(axis=None)
    assert programs.loc[~unplanned, promises].notna().all(axis=None)


def test_commitments_per_quarter_are_those_of_the_scale(org: SyntheticOrganisation) -> None:
    """About forty a quarter: six quarters lie within four standard errors of a Poisson mean of 40."""
    planned = org.truth.programs.loc[lambda f: f["origin"] == "planned", "quarter"].value_counts()
    told = planned.reindex(list(org.arguments.told_quarters))

    assert 40 == pytest.approx(told.mean(), abs=4 * np.sqrt(40 / 6))
