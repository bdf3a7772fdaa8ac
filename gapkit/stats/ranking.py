"""One order out of many: Borda's points, Kemeny's order of fewest contradictions, and how close two orders are."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from gapkit.stats.concordance import average_ranks
from gapkit.stats.intervals import FloatArray, check_numbers, check_same_length

MAX_KEMENY_OPTIONS = 15


def borda(rankings: ArrayLike, votes: ArrayLike | None = None) -> FloatArray:
    """Return each option's Borda points: over all voters, how many options it was put before.

    Parameters
    ----------
    rankings : array_like
        Shape (voters, options), 1 for the first; ties allowed, ``nan`` for an option left out (tied in last place).
    votes : array_like of int, optional
        How many voters hold each ranking; one each otherwise.

    Returns
    -------
    numpy.ndarray
        Points of each option, a tie counting one half. The most points come first.

    Raises
    ------
    ValueError
        If there is no voter or fewer than two options.

    Examples
    --------
    Memphis, Nashville, Chattanooga and Knoxville, as the four regions of Tennessee would rank them.

    >>> rankings = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]]
    >>> borda(rankings, [42, 26, 15, 17]).tolist()
    [126.0, 194.0, 173.0, 107.0]
    """
    ranks, weights = _voters(rankings, votes)
    points: FloatArray = weights @ (ranks.shape[1] - ranks)
    return points


class KemenyOrder(NamedTuple):
    """The order that contradicts the fewest preferences.

    Attributes
    ----------
    order : tuple of int
        Positions of the options, first to last.
    score : float
        Preferences between two options that the order respects, over all voters (a tie is no preference).
    """

    order: tuple[int, ...]
    score: float


def kemeny(rankings: ArrayLike, votes: ArrayLike | None = None) -> KemenyOrder:
    """Return Kemeny's consensus order of at most 15 options.

    Parameters
    ----------
    rankings, votes : array_like
        As for `borda`.

    Returns
    -------
    KemenyOrder
        Order and score. Among orders of equal score it is one that departs least from Borda's.

    Raises
    ------
    ValueError
        If there is no voter, or there are fewer than two options or more than 15.

    Notes
    -----
    An integer program: one variable per pair says which comes first, and any three pairs must not form a circle.

    References
    ----------
    Conitzer, V., Davenport, A. & Kalagnanam, J. (2006). Improved bounds for computing Kemeny rankings. AAAI-06, 620-626.

    Examples
    --------
    >>> rankings = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]]
    >>> kemeny(rankings, [42, 26, 15, 17])
    KemenyOrder(order=(1, 2, 3, 0), score=393.0)
    """
    ranks, weights = _voters(rankings, votes)
    options = ranks.shape[1]
    if options > MAX_KEMENY_OPTIONS:
        raise ValueError(f"{options} options, must be at most {MAX_KEMENY_OPTIONS}")
    preferred: FloatArray = np.einsum("v,vij->ij", weights, ranks[:, :, None] < ranks[:, None, :])
    points = borda(ranks, weights)
    # Votes are whole, so scores differ by 1 or not at all; the nudges of all pairs together stay below one half.
    nudge = np.sign(points[:, None] - points) / (options * options)
    gain = preferred + nudge
    pairs = {pair: number for number, pair in enumerate(combinations(range(options), 2))}
    cost = np.array([gain[j, i] - gain[i, j] for i, j in pairs])
    circles = np.zeros((len(pairs) * (options - 2) // 3, len(pairs)))
    for row, (i, j, k) in zip(circles, combinations(range(options), 3), strict=True):
        row[[pairs[i, j], pairs[j, k], pairs[i, k]]] = 1, 1, -1
    constraints = [optimize.LinearConstraint(circles, 0, 1)] if len(circles) else []
    solution = optimize.milp(
        cost,
        integrality=np.ones(len(pairs), dtype=np.int64),
        bounds=optimize.Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0},
    )
    wins = np.zeros(options)
    for (i, j), first in zip(pairs, np.asarray(solution.x, dtype=np.float64), strict=True):
        wins[i if first > 0.5 else j] += 1
    order = tuple(int(option) for option in np.argsort(-wins, kind="stable"))
    return KemenyOrder(order, float(sum(preferred[a, b] for a, b in combinations(order, 2))))


def rank_correlation(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return Kendall's tau-b of two orders of the same options.

    Parameters
    ----------
    first, second : array_like
        Ranks or points of the same options, both with the same end first.

    Returns
    -------
    float or None
        1 for the same order, -1 for the reverse; None if one of them ties all options.

    Raises
    ------
    ValueError
        If lengths differ or values are missing.

    Examples
    --------
    >>> round(rank_correlation([1, 2, 3, 4], [1, 3, 2, 4]), 4)
    0.6667
    """
    x, y = check_numbers(first, "first"), check_numbers(second, "second")
    check_same_length(first=x, second=y)
    if np.unique(x).size < 2 or np.unique(y).size < 2:
        return None
    return float(stats.kendalltau(x, y, variant="b").statistic)


def _voters(rankings: ArrayLike, votes: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    """Return complete ranks and the number of voters behind each ranking."""
    ranks = average_ranks(rankings)
    weights = np.ones(len(ranks)) if votes is None else check_numbers(votes, "votes")
    check_same_length(rankings=ranks[:, 0], votes=weights)
    if (weights < 0).any() or (weights != np.rint(weights)).any() or not weights.any():
        raise ValueError("votes must be whole numbers, 0 or more, and not all 0")
    return ranks, weights
