"""Restricted means compared over several strata at once, when units of one cluster are alike.

Waits are compared place by place, and one program waits at many places, often on both sides of the comparison. The mean of
each place keeps one weight on both sides, so that a change in the mix of places is not read as a change in how long they
take; and the error is made of programs, not of waits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.intervals import FloatArray, check_flags, check_level, check_numbers, check_same_length
from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier
from gapkit.stats.rmst import restricted_mean


class Sample(NamedTuple):
    """Durations of one side in one stratum.

    Attributes
    ----------
    time : array_like
        Duration at the event or at the end of watching, above 0.
    event : array_like of bool
        Whether it ended with the event.
    cluster : array_like
        Label of each unit's cluster; the same label on both sides is the same cluster.
    """

    time: ArrayLike
    event: ArrayLike
    cluster: ArrayLike


class StratifiedDifference(NamedTuple):
    """A difference of restricted means over strata.

    Attributes
    ----------
    before, after : tuple of float
        Mean, low and high of each side, over strata with the common weights.
    value, low, high : float
        After less before, with limits.
    p_value : float or None
        Two-sided; None where there is no error.
    n_clusters : int
        Clusters of both sides together.
    """

    before: tuple[float, float, float]
    after: tuple[float, float, float]
    value: float
    low: float
    high: float
    p_value: float | None
    n_clusters: int


def stratified_mean_difference(
    strata: Sequence[tuple[Sample, Sample]], tau: float, level: float = 0.95
) -> StratifiedDifference:
    """Return the difference of restricted means, second samples less first, with one mix of strata on both sides.

    Parameters
    ----------
    strata : sequence of tuple of Sample
        Before and after of each stratum, all with at least one unit.
    tau : float
        Horizon, the same everywhere and watched everywhere (`rmst.restricted_mean`).
    level : float
        Confidence level.

    Returns
    -------
    StratifiedDifference

    Raises
    ------
    ValueError
        If there is no stratum, fewer than three clusters in all, or `tau` is not watched in a sample.

    Notes
    -----
    Each stratum weighs its share of the units of both sides. A unit moves the area under its curve by
    ``-sum(A_k (dN_k - Y_k d_k / n_k) / (n_k - d_k))`` over event times k, with A_k the area from k to tau. Summed by
    cluster over strata and sides, squared and summed, times T / (T - 1), this is the variance; with every unit a cluster of
    its own it is Greenwood's, but for T / (T - 1). Quantile of Student's t on T - 2 degrees of freedom.

    References
    ----------
    Williams, R. L. (1995). Product-limit survival functions with correlated survival times. Lifetime Data Anal 1, 171-186.

    Examples
    --------
    >>> before, after = Sample([4, 6, 8], [1, 1, 1], list("abc")), Sample([2, 3, 4], [1, 1, 1], list("def"))
    >>> round(stratified_mean_difference([(before, after)], 10).value, 6)
    -3.0
    """
    if not strata:
        raise ValueError("strata: none given, must be at least one")
    sizes = np.array([np.size(before.time) + np.size(after.time) for before, after in strata], dtype=np.float64)
    weights = sizes / sizes.sum()
    labels: list[FloatArray] = []
    moves: tuple[list[FloatArray], list[FloatArray]] = ([], [])
    means = np.zeros(2)
    for weight, pair in zip(weights, strata, strict=True):
        for side, sample in enumerate(pair):
            mean, influence = _influence(sample, tau)
            means[side] += weight * mean
            moves[side].append(weight * influence)
            moves[1 - side].append(np.zeros_like(influence))
            labels.append(np.asarray(sample.cluster, dtype=object))
    codes, names = pd.factorize(np.concatenate(labels))
    if len(names) < 3:
        raise ValueError(f"cluster: {len(names)} clusters in all, must be 3 or more")
    by_cluster = np.array([np.bincount(codes, weights=np.concatenate(side)) for side in moves])
    quantile = float(stats.t.isf((1 - check_level(level)) / 2, len(names) - 2))
    errors = [_error(by_cluster[0]), _error(by_cluster[1]), _error(by_cluster[1] - by_cluster[0])]
    gap = float(means[1] - means[0])
    p_value = 2 * float(stats.t.sf(abs(gap) / errors[2], len(names) - 2)) if errors[2] > 0 else None
    sides = [(float(m), float(m - quantile * e), float(m + quantile * e)) for m, e in zip(means, errors, strict=False)]
    return StratifiedDifference(
        sides[0], sides[1], gap, gap - quantile * errors[2], gap + quantile * errors[2], p_value, len(names)
    )


def _influence(sample: Sample, tau: float) -> tuple[float, FloatArray]:
    """Return the restricted mean and by how much each unit moves it."""
    time, event = check_numbers(sample.time, "time"), check_flags(sample.event, "event").astype(bool)
    check_same_length(time=time, event=event, cluster=np.asarray(sample.cluster, dtype=object))
    curve = kaplan_meier(time, event, start_at_risk=1)
    mean = restricted_mean(curve, tau).value
    moments, after = _areas(curve, tau)
    n, d = curve.at_risk[: moments.size], curve.events[: moments.size]
    # Where the curve falls to zero nothing of the area is left to move.
    step = np.divide(after, n - d, out=np.zeros_like(after), where=n > d)
    drag = np.concatenate([[0.0], np.cumsum(step * d / n)])
    seen = np.searchsorted(moments, time, side="right")
    at = np.searchsorted(moments, time)
    is_counted = event & (time <= tau) & (at < moments.size)
    jump = np.where(is_counted, step[np.minimum(at, max(0, step.size - 1))] if step.size else 0.0, 0.0)
    return mean, np.asarray(drag[seen] - jump, dtype=np.float64)


def _areas(curve: SurvivalCurve, tau: float) -> tuple[FloatArray, FloatArray]:
    """Return the event times up to tau and the area under the curve from each of them to tau."""
    inside = curve.times <= tau
    moments = curve.times[inside]
    widths = np.diff(np.concatenate([moments, [tau]]))
    return moments, (curve.survival[inside] * widths)[::-1].cumsum()[::-1]


def _error(by_cluster: FloatArray) -> float:
    clusters = by_cluster.size
    return math.sqrt(float((by_cluster**2).sum()) * clusters / (clusters - 1))
