from __future__ import annotations

import json

import pandas as pd
import pytest

from gapkit.sample import Arguments, SyntheticOrganisation, attributable_failures, expected_rates
from gapkit.vocabulary import KILLERS

ILL = Arguments(seed=3, scale="smb", killers={"unclear_ownership": "strong", "structural_bottlenecks": 0.0})


@pytest.fixture(scope="module")
def shares() -> pd.DataFrame:
    """What each killer cost a small organisation with one strong killer and one that is not there."""
    return attributable_failures(ILL)


def test_shares_add_up_to_what_all_killers_cost_together(shares: pd.DataFrame) -> None:
    """The Shapley shares sum to the joint share; the strong killer has the largest."""
    assert shares.attrs["joint"] == pytest.approx(shares["share"].sum())
    assert 0 < shares.attrs["joint"] < 1
    assert "unclear_ownership" == shares["share"].idxmax()


def test_a_killer_that_exposes_nobody_costs_nothing(shares: pd.DataFrame) -> None:
    """Freed of a killer that touches no program, nothing changes, alone or with others."""
    assert (0, 0) == tuple(shares.loc["structural_bottlenecks", ["share", "single"]])
    assert shares.loc["unclear_ownership", "single"] > 0.05


def test_a_killer_may_be_switched_off_altogether(shares: pd.DataFrame) -> None:
    """Severity 0 saves failures too; only the quarters named count."""
    absent = attributable_failures(ILL, off="severity", quarters=["2025Q4", "2026Q1"])

    assert absent.attrs["joint"] == pytest.approx(absent["share"].sum())
    assert absent.attrs["n"] < shares.attrs["n"]
    assert absent.attrs["joint"] > 0


def test_expected_rates_are_those_of_many_histories() -> None:
    """Quarters before the redesign expect the same rate, within Monte-Carlo error."""
    expected = expected_rates(Arguments(seed=5, scale="smb", observation="none"), replicates=30)
    spread = expected["execution_rate"].iloc[:-1]

    assert 3.5 * (0.25 / (expected["n"].mean() * 30)) ** 0.5 > spread.max() - spread.mean()
    assert ["execution_rate", "on_time_rate", "otif_rate", "n"] == list(expected)


def test_truth_is_plain_data(org: SyntheticOrganisation) -> None:
    """It goes into JSON without loss of names, and says which killers were injected."""
    plain = json.loads(json.dumps(org.truth.to_dict()))

    assert ["structural_bottlenecks", "unclear_ownership"] == plain["injected"]
    assert set(KILLERS) <= set(plain["severities"])
    assert len(org.arguments.told_quarters) == len(plain["rates"])


def test_on_time_to_spec_is_never_more_than_on_time(org: SyntheticOrganisation) -> None:
    """Rates of one quarter are ordered: OTIF, on time, by the end of the quarter."""
    rates = org.truth.rates

    assert (rates["otif_rate"] <= rates["on_time_rate"]).all()
    assert (rates["on_time_rate"] <= rates["execution_rate"]).all()
