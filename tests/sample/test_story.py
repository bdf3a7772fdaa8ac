from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.sample import Arguments
from gapkit.sample.story import tell, true_rates

SMALL = {"scale": "smb", "killers": {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}}


@pytest.fixture(scope="module")
def told() -> dict[float, pd.DataFrame]:
    """Execution rate before and after, over 24 small organisations, without improvement and with one."""
    return {improvement: rates_before_and_after(improvement) for improvement in (0.0, 0.2)}


def rates_before_and_after(improvement: float) -> pd.DataFrame:
    rows = []
    for seed in range(24):
        rates = true_rates(tell(Arguments(seed=seed, improvement=improvement, **SMALL)))
        before = rates.iloc[:-1]
        rows.append((np.average(before["execution_rate"], weights=before["n"]), rates["execution_rate"].iloc[-1]))
    return pd.DataFrame(rows, columns=["before", "after"])


def three_errors(differences: pd.Series) -> float:
    """Three Monte-Carlo standard errors of a mean."""
    return float(3 * differences.std() / np.sqrt(len(differences)))


def test_switching_a_killer_off_leaves_every_other_draw() -> None:
    """Same programs, same plan, same surprise work, same cancellations; only what the killer touches differs."""
    on = tell(Arguments(seed=8, killers={"unclear_ownership": "strong", "misalignment": "strong"}))
    off = tell(Arguments(seed=8, killers={"misalignment": "strong"}))
    planted = {name for name in on.severities.planted if on.severities.planted[name] != off.severities.planted[name]}

    assert {"unclear_ownership"} == planted
    assert on.plan.equals(off.plan)
    assert on.frame.people.equals(off.frame.people)
    assert on.exposed["n_functions"].equals(off.exposed["n_functions"])
    stages = [[stage.name for stage in path] for path in on.exposed["path"]]
    assert stages == [[stage.name for stage in path] for path in off.exposed["path"]]


def test_killers_cost_deliveries() -> None:
    """A healthy mid-sized organisation delivers 60 to 75 % of its commitments, one with two strong killers 35 to 50 %."""
    strong = {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}
    healthy, ill = (
        np.mean([true_rates(tell(Arguments(seed=seed, killers=killers)))["execution_rate"].mean() for seed in range(16)])
        for killers in ({}, strong)
    )

    assert 0.60 < healthy < 0.75
    assert 0.35 < ill < 0.50


def test_the_planted_improvement_is_the_true_one(told: dict[float, pd.DataFrame]) -> None:
    """The after quarter with and without the redesign, all draws the same, differs by what was planted."""
    gain = told[0.2]["after"] - told[0.0]["after"]

    assert 0.2 == pytest.approx(gain.mean(), abs=three_errors(gain))
    assert gain.std() < 0.1


@pytest.mark.parametrize("improvement", [0.0, 0.2])
def test_after_differs_from_before_by_the_improvement_only(improvement: float, told: dict[float, pd.DataFrame]) -> None:
    """The mean difference of after and before is the planted one, and nothing where none was planted."""
    change = told[improvement]["after"] - told[improvement]["before"]

    assert improvement == pytest.approx(change.mean(), abs=three_errors(change))


def test_the_redesign_keeps_the_frozen_plan() -> None:
    """With and without the redesign the same programs are judged, and all quarters before it are the same."""
    without, with_it = (tell(Arguments(seed=12, improvement=gain, **SMALL)) for gain in (0.0, 0.2))
    frozen = [story.flow.cancelled_h > story.plan["freeze_h"] for story in (without, with_it)]

    assert frozen[0].equals(frozen[1])
    assert true_rates(without).iloc[:-2].equals(true_rates(with_it).iloc[:-2])


def test_held_back_teams_are_not_under_the_redesign() -> None:
    """The redesign gains what was planted; teams held back gain little, by shorter queues at the approvers they share."""
    gains: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(4):
        plain, redesigned = (tell(Arguments(seed=seed, improvement=gain, held_back=0.4)) for gain in (0.0, 0.2))
        for new, found in gains.items():
            own = plain.plan["is_after"].to_numpy() & plain.is_cohort & (plain.is_new_model == new)
            found.append(redesigned.is_delivered_by_quarter_end[own].mean() - plain.is_delivered_by_quarter_end[own].mean())

    assert 0.2 == pytest.approx(np.mean(gains[True]), abs=0.02)
    assert -0.01 < np.mean(gains[False]) < 0.06


def test_replicates_share_the_organisation() -> None:
    """Another history has the same people and severities, and other programs."""
    first, second = (tell(Arguments(seed=3, replicate=k, **SMALL)) for k in (0, 1))

    assert first.frame.people.equals(second.frame.people)
    assert first.severities == second.severities
    assert not first.plan.equals(second.plan)
