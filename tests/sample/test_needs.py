from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from gapkit.sample import Arguments
from gapkit.sample.killers import EFFECTS
from gapkit.sample.story import tell
from gapkit.vocabulary import KILLERS


@pytest.fixture(scope="module")
def fitted() -> pd.DataFrame:
    """Log-odds of on time per exposure, given type and team, one row per large organisation with moderate killers."""
    rows = []
    for seed in range(6):
        killers = {name: "moderate" for name in KILLERS if name != "structural_bottlenecks"}
        story = tell(Arguments(seed=seed, scale="enterprise", killers=killers, conditions={"campaign_of_the_quarter": 0}))
        cohort = story.is_cohort
        given = pd.get_dummies(story.plan[["type", "team"]].astype(str), drop_first=True, dtype=float)
        design = story.exposed[list(KILLERS)].astype(float).join(story.exposed["n_functions"]).join(given)[cohort]
        model = sm.GLM(story.is_on_time[cohort].astype(float), sm.add_constant(design), family=sm.families.Binomial())
        rows.append(model.fit().params[list(KILLERS)])
    return pd.DataFrame(rows)


@pytest.mark.parametrize("killer", list(EFFECTS))
def test_effects_are_the_planted_log_odds(killer: str, fitted: pd.DataFrame) -> None:
    """A logistic model finds each planted effect within three standard errors and a quarter of its size.

    The simulation is not a logistic model: waits and sign-offs add noise of their own, so the match is near, not exact.
    """
    error = 3 * fitted[killer].std() / np.sqrt(len(fitted)) + 0.25 * abs(EFFECTS[killer])

    assert EFFECTS[killer] == pytest.approx(fitted[killer].mean(), abs=error)
