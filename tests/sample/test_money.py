from __future__ import annotations

import pytest

from gapkit.sample import SyntheticOrganisation


def test_costs_add_up_to_what_was_spent(org: SyntheticOrganisation) -> None:
    """The amounts of a program sum to its spent budget, to rounding."""
    costs, programs = org.tables["costs"], org.tables["programs"].set_index("program_id")
    by_program = costs.dropna(subset=["program_id"]).groupby("program_id")["amount"].sum()
    spent = programs.loc[by_program.index, "budget_spent"]

    assert spent.to_numpy() == pytest.approx(by_program.to_numpy(), abs=30)


def test_nothing_is_spent_before_the_start(org: SyntheticOrganisation) -> None:
    """Costs fall between actual start and the end, the cancellation or today."""
    costs = org.tables["costs"].dropna(subset=["program_id"])
    start = org.tables["programs"].set_index("program_id")["actual_start"].reindex(costs["program_id"]).to_numpy()

    assert (costs["incurred_at"].to_numpy() >= start).all()


def test_incentives_stay_within_the_whole(org: SyntheticOrganisation) -> None:
    """Weights of a function sum to 1 or less, over outcomes the conflicts speak of."""
    incentives, conflicts = org.tables["incentives"], org.tables["outcome_conflicts"]

    assert incentives.groupby("function")["weight"].sum().max() <= 1 + 1e-9
    assert set(conflicts["outcome_a"]) <= {*incentives["outcome"], *conflicts["outcome_b"], *conflicts["outcome_a"]}
    assert set(incentives["function"]) == set(org.tables["people"]["function"])
