from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.sample import Arguments
from gapkit.sample.story import tell, true_rates

SMALL = {"scale": "smb", "killers": {"structural_bottlenecks": "strong", "unclear_ownership": "strong"}}


@pytest.fixture(scope="module")
def told() -> dict[float, pd.DataFrame]:
    """Execution rate before and after, over 16 small organisations, without improvement and with one."""
    return {improvement: rates_before_and_after(improvement) for improvement in (0.0, 0.2)}


def rates_before_and_after(improvement: float) -> pd.DataFrame:
    rows = []
    for seed in range(16):
        rates = true_rates(tell(Arguments(seed=seed, improvement=improvement, **SMALL)))
        before = rates.iloc[:-1]
        rows.append((np.average(before["execution_rate"], weights=before["n"]), rates["execution_rate"].iloc[-1]))
    return pd.DataFrame(rows, columns=["before", "after"])


def three_errors(differences: pd.Series) -> float:
    """Three Monte-Carlo standard errors of a mean."""
    return float(3 * differences.std() / np.sqrt(len(differences)))


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
    """The redesign gains what was planted; teams held back feel it little, in the queue they share."""
    gains: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(4):
        plain, redesigned = (tell(Arguments(seed=seed, improvement=gain, held_back=0.4)) for gain in (0.0, 0.2))
        for new, found in gains.items():
            own = plain.plan["is_after"].to_numpy() & plain.is_cohort & (plain.is_new_model == new)
            found.append(redesigned.is_delivered_by_quarter_end[own].mean() - plain.is_delivered_by_quarter_end[own].mean())

    assert 0.2 == pytest.approx(np.mean(gains[True]), abs=0.02)
    assert 0.0 == pytest.approx(np.mean(gains[False]), abs=0.05)
