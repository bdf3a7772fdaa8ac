"""C7: a program is no stronger than the weakest role of the team that does it.

Whole teams are exposed or not, and programs of one team are alike, so teams are what is compared: the interval allows for
clusters, and the test shuffles the weak link among teams.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.diagnosis.causes.ratings import best_ratings
from gapkit.diagnosis.claims.claim import About
from gapkit.diagnosis.claims.compare import Condition, compare
from gapkit.labels import label_count, label_number
from gapkit.stats.intervals import Interval
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gapkit.diagnosis.claims.case import Case
    from gapkit.diagnosis.claims.claim import Trial
    from gapkit.stats.intervals import FloatArray

    BoolArray = NDArray[np.bool_]

ABOUT: Final = About(
    "C7",
    "The weakest role limits the program",
    "programs are less often {outcome} when a role of their team falls far short on a skill it cannot do without",
    "difference of rates, intervals allowing for teams, permutation of teams",
    -1,
)
# Beyond so many ways of exposing the teams, a random draw of that many stands for all.
MOST_WAYS: Final = 5000
FEWEST_TEAMS: Final = 2
# Differences that are equal but for rounding must count as equal.
ROUNDING: Final = 1e-12


def trial(case: Case) -> Trial:
    """Return the trial of C7."""
    gap = label_number(case.settings.critical_gap, 1).removesuffix(".0")
    condition = Condition(
        f"a role of the executing team {gap} or more levels short on a critical skill, on average over its people, or not",
        f"Programs of teams with a role {gap} or more levels short on a critical skill",
        "those of other teams",
    )
    gaps = critical_gaps(case.eng.people, case.eng.skills_required, case.eng.skills_actual)
    if gaps.empty:
        why = "Skills needed and present per role (skills_required with critical, skills_actual) would switch this on."
        return case.missing(ABOUT, why, condition.exposure)
    team = case.due.known["team"]
    is_weak = (team.map(gaps) >= case.settings.critical_gap).astype("boolean").mask(~team.isin(gaps.index))
    weak, others = (team[is_weak == flag].nunique() for flag in (True, False))
    if min(weak, others) < FEWEST_TEAMS:
        why = f"{label_count(weak, 'team')} with such a role and {others} without; {FEWEST_TEAMS} are needed of each."
        return case.thin(ABOUT, why, condition.exposure, len(team), caveats=case.due.caveats)
    ways = ways_to_expose(weak + others, weak, case.rng(ABOUT))
    return compare(case, ABOUT, condition, is_weak, lambda units: by_team(units, ways))


def critical_gaps(people: pd.DataFrame, required: pd.DataFrame, actual: pd.DataFrame) -> pd.Series:
    """Return, by team, how far its weakest role falls short on a critical skill, in levels.

    Parameters
    ----------
    people, required, actual : DataFrame
        Canonical people, skills_required and skills_actual.

    Returns
    -------
    Series of float
        The largest gap between the level a role needs and the mean level of the team's people in it. Teams without a rating
        of a critical skill are not in it. Of several ratings of a person the best source counts (`best_ratings`).
    """
    rated = best_ratings(actual, required)
    rated = rated.loc[rated["is_critical"]].merge(people[["person_id", "team"]], on="person_id")
    present = rated.groupby(["team", "role", "skill"])[["required", "actual"]].mean()
    return (present["required"] - present["actual"]).groupby("team").max()


def ways_to_expose(teams: int, exposed: int, rng: np.random.Generator) -> BoolArray:
    """Return every way in which so many of the teams could be exposed, or many at random; one row per way.

    Examples
    --------
    >>> ways_to_expose(3, 1, np.random.default_rng(1)).astype(int).tolist()
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    """
    if math.comb(teams, exposed) <= MOST_WAYS:
        chosen = np.array(list(combinations(range(teams), exposed)))
    else:
        chosen = np.argsort(rng.random((MOST_WAYS, teams)), axis=1)[:, :exposed]
    ways = np.zeros((len(chosen), teams), dtype=bool)
    np.put_along_axis(ways, chosen, values=True, axis=1)
    return ways


def by_team(units: pd.DataFrame, ways: BoolArray) -> tuple[Interval, float]:
    """Return the difference of two rates with an interval and a p-value that take teams as what varies.

    Parameters
    ----------
    units : DataFrame
        is_success, is_exposed, team; all programs of a team are exposed, or none.
    ways : array of bool
        From `ways_to_expose`, for as many teams, or more: teams without programs are left out.

    Notes
    -----
    Interval: square-and-add of the two rates' clustered Wilson limits. P-value: share of the ways in which the difference
    is at least as large, the data counted among them.
    """
    teams = units.groupby("team").agg(
        wins=("is_success", "sum"), n=("is_success", "size"), is_exposed=("is_exposed", "first")
    )
    ways = ways[:, : len(teams)]
    seen = _difference(teams["is_exposed"].to_numpy(bool)[None], teams)[0]
    shuffled = _difference(ways, teams)
    shuffled = shuffled[np.isfinite(shuffled)]
    extreme = int((np.abs(shuffled) >= abs(seen) - ROUNDING).sum())
    exposed, others = (_limits(units.loc[units["is_exposed"] == flag]) for flag in (True, False))
    low = seen - math.hypot(exposed.value - exposed.low, others.high - others.value)
    high = seen + math.hypot(exposed.high - exposed.value, others.value - others.low)
    return Interval(float(seen), max(-1.0, low), min(1.0, high)), min(1.0, (extreme + 1) / (len(shuffled) + 1))


def _difference(exposed: BoolArray, teams: pd.DataFrame) -> FloatArray:
    """Return the difference of rates for each way of exposing the teams; nan where one side is empty."""
    wins, n = teams["wins"].to_numpy(float), teams["n"].to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(exposed @ wins / (exposed @ n) - ~exposed @ wins / (~exposed @ n))


def _limits(units: pd.DataFrame) -> Interval:
    """Return a rate with limits for clusters; with few teams, those for an assumed design effect."""
    rate = clustered_wilson(units["is_success"], units["team"])
    return rate.sensitivity or Interval(rate.value, rate.low, rate.high)
