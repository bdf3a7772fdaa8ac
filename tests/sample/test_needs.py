from __future__ import annotations

import numpy as np
import pytest

from gapkit.sample import Arguments
from gapkit.sample.killers import EFFECTS
from gapkit.sample.story import Story, tell

ILL = [Arguments(seed=seed, killers=dict.fromkeys(EFFECTS, "moderate")) for seed in range(6)]


@pytest.fixture(scope="module")
def usual() -> list[Story]:
    return [tell(arguments) for arguments in ILL]


def log_odds(on_time: list[bool]) -> float:
    share = np.mean(on_time)
    return float(np.log(share / (1 - share)))


@pytest.mark.parametrize("killer", list(EFFECTS))
def test_effects_are_the_planted_log_odds(killer: str, usual: list[Story]) -> None:
    """Freed of one exposure, the programs that had it gain the planted log-odds of being on time.

    Every draw is the same, so the difference is the effect alone. It is read over programs of different chances, which
    draws log-odds together by a tenth or so; late corrections add a little to the effect of missing targets.
    """
    exposed: list[bool] = []
    freed: list[bool] = []
    for arguments, story in zip(ILL, usual, strict=True):
        who = story.exposed[killer].to_numpy() & story.is_cohort
        exposed += story.is_on_time[who].tolist()
        freed += tell(arguments, cleared=[killer]).is_on_time[who].tolist()

    assert EFFECTS[killer] == pytest.approx(log_odds(exposed) - log_odds(freed), abs=0.25 * abs(EFFECTS[killer]) + 0.06)
