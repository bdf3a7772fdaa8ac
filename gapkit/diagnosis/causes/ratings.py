"""What people can do against what their role needs: ratings, one per person and skill, and what follows from them by role.

A rating is somebody's judgement. Of several the best source counts, and everything read off ratings is read again with
each of them off by one level now and then, to see what hangs on a single judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.stats.intervals import FloatArray, Interval

BEST_SOURCES: Final = ("tested", "manager", "self")
LOWEST, HIGHEST = 0, 4  # levels of a rating
# A rating is off by one level, up or down, with this probability.
ERROR_PROBABILITY: Final = 0.2
MOST_CELLS: Final = 4_000_000  # ratings times replicates held in memory at one time


def best_ratings(actual: pd.DataFrame, required: pd.DataFrame) -> pd.DataFrame:
    """Return the rating that counts for each person and skill, beside what the role needs.

    Parameters
    ----------
    actual, required : DataFrame
        Canonical skills_actual and skills_required.

    Returns
    -------
    DataFrame
        Columns role, skill, person_id, actual, source, required, is_critical, in the order of the first three. Skills of
        which a role needs nothing, or nothing is said, are left out.
    """
    place = actual["source"].map({source: k for k, source in enumerate(BEST_SOURCES)}).fillna(len(BEST_SOURCES))
    keys = ["role", "skill", "person_id"]
    ordered = actual.assign(place=place).sort_values([*keys, "place"], kind="stable").drop_duplicates(keys)
    needed = required.loc[required["required"] > 0, ["role", "skill", "required", "critical"]]
    rated = ordered.merge(needed, on=["role", "skill"])
    rated = rated.assign(is_critical=rated["critical"].fillna(False).astype(bool))
    return rated[[*keys, "actual", "source", "required", "is_critical"]].sort_values(keys, ignore_index=True)


def ratio(actual: FloatArray, required: FloatArray) -> FloatArray:
    """Return how much of what is needed is there: min(actual, required) / required, between 0 and 1.

    Examples
    --------
    >>> ratio(np.array([1.0, 3.0, 4.0]), np.array([2.0, 3.0, 3.0])).tolist()
    [0.5, 1.0, 1.0]
    """
    share: FloatArray = np.minimum(actual, required) / required
    return share


class Coverage(NamedTuple):
    """How the critical skills of some roles are covered.

    Attributes
    ----------
    skills : DataFrame
        One row per role and critical skill, in that order: role, skill, required, people (with a rating), unrated (people
        of the role without one), ratio (mean), covered (people at the level needed), is_hole (nobody is, rated or not),
        hangs_on_one (one person at most is, and it is no hole).
    adequacy : Series of float
        By role: mean ratio of its weakest critical skill.
    """

    skills: pd.DataFrame
    adequacy: pd.Series


def cover(rated: pd.DataFrame, headcount: Mapping[str, int]) -> Coverage:
    """Return how critical skills are covered.

    Parameters
    ----------
    rated : DataFrame
        From `best_ratings`.
    headcount : mapping of str to int
        People per role; those without a rating may be at any level, so they keep a skill from being called a hole.

    Examples
    --------
    >>> rated = pd.DataFrame({"role": "writer", "skill": ["edit", "edit", "write", "write"], "person_id": list("abab"),
    ...                       "actual": [1.0, 1.0, 3.0, 1.5], "required": [2.0, 2.0, 3.0, 3.0], "is_critical": True})
    >>> cover(rated, {"writer": 2}).skills[["skill", "ratio", "is_hole", "hangs_on_one"]].to_dict("list")
    {'skill': ['edit', 'write'], 'ratio': [0.5, 0.75], 'is_hole': [True, False], 'hangs_on_one': [False, True]}
    """
    critical = rated.loc[rated["is_critical"]]
    share = ratio(critical["actual"].to_numpy(float), critical["required"].to_numpy(float))
    frame = critical.assign(ratio=share, at_level=critical["actual"] >= critical["required"])
    skills = frame.groupby(["role", "skill"], sort=True).agg(
        required=("required", "first"), people=("person_id", "size"), ratio=("ratio", "mean"), covered=("at_level", "sum")
    ).reset_index()  # fmt: skip
    unrated = (skills["role"].map(headcount).fillna(0).astype(int) - skills["people"]).clip(lower=0)
    at_most = skills["covered"] + unrated
    skills = skills.assign(unrated=unrated, is_hole=at_most == 0, hangs_on_one=at_most == 1)
    return Coverage(skills, skills.groupby("role", sort=True)["ratio"].min())


class Sensitivity(NamedTuple):
    """What else the coverage might be if ratings are now and then off by one level.

    Attributes
    ----------
    holes, single : array of shape (replicates,)
        Share of critical skills that are holes, and that hang on one person.
    adequacy : array of shape (replicates, roles)
        In the order of `Coverage.adequacy`.
    """

    holes: FloatArray
    single: FloatArray
    adequacy: FloatArray


def vary(rated: pd.DataFrame, coverage: Coverage, replicates: int, rng: np.random.Generator) -> Sensitivity:
    """Return coverage with every rating one level off, up or down, with probability `ERROR_PROBABILITY`.

    Parameters
    ----------
    rated : DataFrame
        From `best_ratings`.
    coverage : Coverage
        Of the same ratings.
    replicates : int
        How often ratings are moved.
    rng : numpy.random.Generator
        Source of randomness.
    """
    critical = rated.loc[rated["is_critical"]]
    actual, required = critical["actual"].to_numpy(float), critical["required"].to_numpy(float)
    skills = coverage.skills
    first = np.concatenate([[0], skills["people"].cumsum().to_numpy()[:-1]])
    first_of_role = np.flatnonzero(skills["role"].ne(skills["role"].shift()).to_numpy())
    people, unrated = skills["people"].to_numpy(float), skills["unrated"].to_numpy()
    parts = []
    for size in _blocks(replicates, len(critical)):
        u = rng.random((size, len(critical)))
        moved = np.where(u < ERROR_PROBABILITY / 2, actual - 1, np.where(u > 1 - ERROR_PROBABILITY / 2, actual + 1, actual))
        moved = np.clip(moved, LOWEST, HIGHEST)
        at_most = np.add.reduceat((moved >= required).astype(np.int64), first, axis=1) + unrated
        mean = np.add.reduceat(ratio(moved, required), first, axis=1) / people
        parts.append(((at_most == 0).mean(axis=1), (at_most == 1).mean(axis=1),
                      np.minimum.reduceat(mean, first_of_role, axis=1)))  # fmt: skip
    return Sensitivity(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _blocks(replicates: int, width: int) -> list[int]:
    """Return how many replicates to compute at a time, so that they fit in memory."""
    rows = max(1, MOST_CELLS // max(1, width))
    return [min(rows, replicates - first) for first in range(0, replicates, rows)]


def range_of(value: float, draws: FloatArray) -> Interval:
    """Return a value with the range of 95 % of its draws, widened to hold the value.

    A rating at the level needed can only lose by an error, so draws lie below the value more often than above.

    Examples
    --------
    >>> range_of(1.0, np.array([0.8, 0.9, 0.9, 0.9]))[2]
    1.0
    """
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(float(value), float(min(low, value)), float(max(high, value)))


def self_against_manager(actual: pd.DataFrame) -> pd.DataFrame:
    """Return by how much each person rates themselves above their manager's rating, where both are there.

    Returns
    -------
    DataFrame
        Indexed by person_id: gap (sum of self − manager over skills) and skills (how many).
    """
    keys = ["person_id", "role", "skill"]
    chosen = actual.loc[actual["source"].isin(["self", "manager"])]
    pairs = chosen.pivot_table(index=keys, columns="source", values="actual", aggfunc="mean", observed=True)
    pairs = pairs.reindex(columns=["self", "manager"]).dropna()
    gap = (pairs["self"] - pairs["manager"]).groupby(level="person_id", sort=True)
    return pd.DataFrame({"gap": gap.sum(), "skills": gap.size()})
