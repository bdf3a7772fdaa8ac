"""The best few of many: options of some value and weight, under a limit, with some that exclude each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from math import comb, inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from gapkit.stats.intervals import FloatArray, check_numbers, check_same_length

# Beyond this many choices trying them all in each of a thousand draws takes more than a second.
MOST_CHOICES = 40_000
# Values of choices held in memory at one time: 4 million, or 32 MB.
CHUNK_VALUES = 4_000_000


def knapsack(
    values: ArrayLike, weights: ArrayLike, limit: float = inf, *, at_most: int | None = None,
    apart: Sequence[Collection[int]] = (),
) -> tuple[int, ...]:  # fmt: skip
    """Return the options of the highest total value.

    Parameters
    ----------
    values : array_like
        Value of each option; those of no value are never taken.
    weights : array_like
        Weight of each option, 0 or more, same length.
    limit : float
        Total weight at most.
    at_most : int, optional
        Options at most; any number otherwise.
    apart : sequence of collections of int
        Groups of positions of which at most one may be taken.

    Returns
    -------
    tuple of int
        Positions taken, ascending; empty where nothing of value fits.

    Raises
    ------
    ValueError
        If lengths differ, values are missing, or a weight is negative.

    Notes
    -----
    An integer program with one variable per option, solved exactly.

    References
    ----------
    Dantzig, G. B. (1957). Discrete-variable extremum problems. Operations Research 5, 266-288.

    Examples
    --------
    >>> knapsack([60, 100, 120], [10, 20, 30], 50)
    (1, 2)
    >>> knapsack([60, 100, 120], [10, 20, 30], at_most=1), knapsack([60, 100, 120], [0, 0, 0], apart=[(1, 2)])
    ((2,), (0, 2))
    """
    value, weight = check_numbers(values, "values"), check_numbers(weights, "weights")
    check_same_length(values=value, weights=weight)
    if (weight < 0).any():
        raise ValueError("weights must be 0 or more")
    if not (value > 0).any():
        return ()
    rows = [np.isin(np.arange(len(value)), list(group)).astype(float) for group in apart]
    limits = [1.0] * len(rows)
    if limit < inf:
        rows, limits = [*rows, weight], [*limits, float(limit)]
    if at_most is not None:
        rows, limits = [*rows, np.ones(len(value))], [*limits, float(at_most)]
    solution = optimize.milp(
        -value,
        integrality=np.ones(len(value), dtype=np.int64),
        bounds=optimize.Bounds(0, (value > 0).astype(float)),
        constraints=[optimize.LinearConstraint(np.vstack(rows), -inf, limits)] if rows else [],
        options={"mip_rel_gap": 0},
    )
    # A limit below 0 lets nothing in.
    taken = np.zeros(len(value)) if solution.x is None else np.asarray(solution.x, dtype=np.float64)
    return tuple(int(place) for place in np.flatnonzero(taken > 0.5))


def selection_frequency(
    values: FloatArray, weights: ArrayLike, limit: float = inf, *, at_most: int, apart: Sequence[Collection[int]] = ()
) -> FloatArray | None:
    """Return in which share of draws each option belongs to the choice of the highest total value.

    Parameters
    ----------
    values : numpy.ndarray
        Shape (draws, options): value of each option in each draw.
    weights, limit, at_most, apart
        As for `knapsack`.

    Returns
    -------
    numpy.ndarray or None
        Share of draws of each option (0..1); None where there are too many choices to try them all.

    Notes
    -----
    Every allowed choice is tried in every draw, so each draw is solved exactly. A tie goes to the choice of fewer options.

    Examples
    --------
    >>> selection_frequency(np.array([[3.0, 2, -1], [1, 2, 3], [3, 2, 1], [-1, -2, -3]]), [0, 0, 0], at_most=1).tolist()
    [0.5, 0.0, 0.25]
    """
    draws, options = values.shape
    if sum(comb(options, size) for size in range(at_most + 1)) > MOST_CHOICES:
        return None
    choices = _choices(np.asarray(weights, dtype=np.float64), limit, at_most, apart)
    taken = np.zeros(options)
    rows = max(1, CHUNK_VALUES // len(choices))
    for first in range(0, draws, rows):
        best = (values[first : first + rows] @ choices.T).argmax(axis=1)
        taken += choices[best].sum(axis=0)
    share: FloatArray = taken / draws
    return share


def _choices(weights: FloatArray, limit: float, at_most: int, apart: Sequence[Collection[int]]) -> NDArray[np.float64]:
    """Return every allowed choice as a row of zeros and ones; none of them first."""
    options = len(weights)
    found = [choice for size in range(1, min(at_most, options) + 1) for choice in combinations(range(options), size)]
    table = np.zeros((len(found) + 1, options))
    for row, choice in enumerate(found, start=1):
        table[row, list(choice)] = 1
    allowed = table @ weights <= limit
    for group in apart:
        allowed &= table[:, sorted(group)].sum(axis=1) <= 1
    # To take nothing is always allowed.
    allowed[0] = True
    kept: NDArray[np.float64] = table[allowed]
    return kept
