"""Difference in differences: the change of those that were treated, less the change of those that were not.

What happened to both arms alike falls out of it. What happened to one arm only does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from gapkit.stats.intervals import FloatArray, Interval, check_level
from gapkit.stats.resample import REPLICATES, resampled_totals

MIN_CLUSTERS: Final = 3


class ClusterCounts(NamedTuple):
    """Counts of one cluster (a group of units that are alike) in two periods.

    Attributes
    ----------
    x_before, n_before : int
        Units with the property, and all units, in the first period.
    x_after, n_after : int
        The same in the second period.
    """

    x_before: int
    n_before: int
    x_after: int
    n_after: int


class DifferenceInDifferences(NamedTuple):
    """The change of one arm less the change of the other.

    Attributes
    ----------
    difference : Interval
        Change of the treated arm less change of the comparison arm (0.1 = 10 percentage points).
    treated, comparison : tuple of float
        Rate before and rate after of each arm (0..1).
    n_treated, n_comparison : int
        Clusters in each arm.
    """

    difference: Interval
    treated: tuple[float, float]
    comparison: tuple[float, float]
    n_treated: int
    n_comparison: int


def difference_in_differences(
    treated: Sequence[ClusterCounts],
    comparison: Sequence[ClusterCounts],
    *,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int,
) -> DifferenceInDifferences:
    """Return the difference in differences of rates, with clusters as what was assigned.

    Parameters
    ----------
    treated, comparison : sequence of ClusterCounts
        Clusters that were treated in the second period, and clusters that were not; at least 3 each.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DifferenceInDifferences
        The difference with limits, and the four rates it is made of.

    Raises
    ------
    ValueError
        If an arm has fewer than 3 clusters or no unit in a period, or a count lies outside its group.

    Notes
    -----
    Rates are ratios of sums over clusters. Clusters are drawn with replacement within each arm; as a bootstrap of T
    clusters understates their variance by (T - 1)/T, each arm's variance is multiplied by T/(T - 1), and the limits use
    the t quantile with (clusters - 2) degrees of freedom. It rests on both arms having gone the same way otherwise
    (parallel trends), which no interval covers.

    References
    ----------
    Bertrand, M., Duflo, E. & Mullainathan, S. (2004). How much should we trust differences-in-differences estimates?
    Quarterly Journal of Economics 119, 249-275.

    Examples
    --------
    >>> up, same = ClusterCounts(4, 10, 8, 10), ClusterCounts(5, 10, 5, 10)
    >>> found = difference_in_differences([up] * 3, [same] * 3, seed=1)
    >>> [round(number, 6) for number in found.difference]
    [0.4, 0.4, 0.4]
    """
    arms = [_checked(arm, name) for arm, name in ((treated, "treated"), (comparison, "comparison"))]
    rng = np.random.default_rng(seed)
    variance = sum(_variance(arm, replicates, rng) for arm in arms)
    (before1, after1), (before2, after2) = rates = [_rates(arm.sum(axis=0)) for arm in arms]
    value = (after1 - before1) - (after2 - before2)
    freedom = len(treated) + len(comparison) - 2
    margin = float(stats.t.isf((1 - check_level(level)) / 2, freedom)) * math.sqrt(variance)
    limits = Interval(value, max(-2.0, value - margin), min(2.0, value + margin))
    return DifferenceInDifferences(limits, rates[0], rates[1], len(treated), len(comparison))


def _checked(arm: Sequence[ClusterCounts], name: str) -> FloatArray:
    """Return an arm as an array of (x_before, n_before, x_after, n_after) per cluster."""
    table = np.array(arm, dtype=np.float64).reshape(-1, 4)
    if len(table) < MIN_CLUSTERS:
        raise ValueError(f"{name} has {len(table)} clusters, must have at least {MIN_CLUSTERS}")
    if (table < 0).any() or (table[:, [0, 2]] > table[:, [1, 3]]).any():
        raise ValueError(f"{name} == {table.tolist()}, must hold counts with 0 <= x <= n")
    if (table[:, [1, 3]].sum(axis=0) == 0).any():
        raise ValueError(f"{name} has a period without any unit, there is nothing to compare")
    return table


def _rates(totals: FloatArray) -> tuple[float, float]:
    return float(totals[0] / totals[1]), float(totals[2] / totals[3])


def _variance(arm: FloatArray, replicates: int, rng: np.random.Generator) -> float:
    """Return the variance of an arm's change, clusters resampled; draws that leave a period empty do not count."""
    totals = resampled_totals(arm, replicates, rng)
    totals = totals[(totals[:, 1] > 0) & (totals[:, 3] > 0)]
    change = totals[:, 2] / totals[:, 3] - totals[:, 0] / totals[:, 1]
    return float(change.var(ddof=1)) * len(arm) / (len(arm) - 1)
