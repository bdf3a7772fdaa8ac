"""How much of what went wrong goes with which flag: a joint fraction, shared out among the flags.

The model predicts failures with each flag as it is and with any set of flags switched off. The joint fraction is what
disappears when all are off; a flag's share is its average contribution over all orders of switching off (Shapley), so
shares add up to the joint fraction and no order is privileged. It describes association: nothing here says that removing
a flag would remove the failures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from gapkit.stats.intervals import FloatArray, Interval, check_flags
from gapkit.stats.penalised import penalised_fits, refitted_intercepts
from gapkit.stats.resample import CHUNK_WEIGHTS, percentile_interval

MODEL_REPLICATES = 1000
MAX_FLAGS = 6


class AttributableShares(NamedTuple):
    """Failures that go with flags.

    Attributes
    ----------
    joint : Interval
        Share of failures that go with all flags together (at most 1; below 0 if flagged units fail less).
    shares : tuple of Interval
        Share of each flag, in the order of the columns; they add up to `joint`. A share can be negative.
    singles : tuple of float
        Fraction that would go if that flag alone were switched off. These do not add up.
    n, failures : int
        Units, and failures among them.
    replicates : int
        Bootstrap replicates used, those with at least one failure.
    """

    joint: Interval
    shares: tuple[Interval, ...]
    singles: tuple[float, ...]
    n: int
    failures: int
    replicates: int


def attributable_shares(
    flags: ArrayLike,
    failure: ArrayLike,
    adjust: ArrayLike | None = None,
    *,
    replicates: int = MODEL_REPLICATES,
    level: float = 0.95,
    seed: int,
) -> AttributableShares:
    """Return the joint attributable fraction and its shares by flag, with bootstrap limits.

    Parameters
    ----------
    flags : array_like of bool
        Shape (units, flags), one to six flags.
    failure : array_like of bool
        Whether each unit failed.
    adjust : array_like, optional
        Shape (units, terms): what else the model holds equal, such as indicators of type, size and quarter.
    replicates : int
        Bootstrap replicates; whole units are resampled and the model is refitted in each.
    level : float
        Confidence level.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    AttributableShares
        Joint fraction, shares and single fractions.

    Raises
    ------
    ValueError
        If arrays disagree in length, values are missing, there are more than six flags, or nothing failed: a share of no
        failure does not exist.

    Notes
    -----
    Firth's logistic regression with refitted intercept; F(S) are its predicted failures with the flags in S switched off.
    The joint fraction is ``1 - F(all) / F(none)``. Flags that always occur together get equal shares, as nothing tells them
    apart. Limits are percentiles over all replicates with at least one failure.

    References
    ----------
    Eide, G. E. & Gefeller, O. (1995). Sequential and average attributable fractions. J Clin Epidemiol 48, 645-655.

    Examples
    --------
    >>> flags = [[0, 0]] * 10 + [[1, 0]] * 10 + [[0, 1]] * 10 + [[1, 1]] * 10
    >>> failed = [1] + [0] * 9 + [1] * 2 + [0] * 8 + [1] * 3 + [0] * 7 + [1] * 6 + [0] * 4
    >>> result = attributable_shares(flags, failed, seed=1)
    >>> result.joint.value == sum(share.value for share in result.shares)
    True
    """
    rows, happened, counts, number = _patterns(flags, failure, adjust)
    columns = np.column_stack([np.ones(len(rows)), rows])
    whole = counts[None].astype(np.float64)
    start = penalised_fits(columns, happened, whole).coefficients[0]
    fractions = _fractions(columns, happened, whole, start, number)[0]
    draws = np.random.default_rng(seed).multinomial(counts.sum(), counts / counts.sum(), replicates)
    draws = draws[draws @ happened > 0]
    size = max(1, CHUNK_WEIGHTS // len(counts))
    blocks = [draws[first : first + size].astype(np.float64) for first in range(0, len(draws), size)]
    drawn = np.concatenate([_fractions(columns, happened, block, start, number) for block in blocks])
    value, replicated = shapley_shares(fractions), shapley_shares(drawn)
    return AttributableShares(
        joint=percentile_interval(float(value.sum()), drawn[:, -1], level),
        shares=tuple(percentile_interval(float(value[k]), replicated[:, k], level) for k in range(number)),
        singles=tuple(float(fractions[1 << k]) for k in range(number)),
        n=int(counts.sum()),
        failures=int(counts @ happened),
        replicates=len(draws),
    )


def shapley_shares(worth: ArrayLike) -> FloatArray:
    """Return the Shapley share of each player, given what every coalition is worth.

    Parameters
    ----------
    worth : array_like
        Last axis of length 2**k: the worth of each coalition, numbered in binary (coalition 5 = 1 + 4 holds players 0 and
        2); further axes in front are kept.

    Returns
    -------
    numpy.ndarray
        Last axis of length k. Shares add up to the worth of all less that of none.

    Raises
    ------
    ValueError
        If the last axis is no power of two.

    Notes
    -----
    ``sum over S without i of |S|! (k - |S| - 1)! / k! * (v(S + i) - v(S))``.

    Examples
    --------
    Four equal groups with neither flag, one, the other and both, and risks .1, .2, .3 and .6: without flag 0 a third of the
    failures goes, without flag 1 half, without both two thirds.

    >>> shapley_shares([0, 1 / 3, 1 / 2, 2 / 3]).round(4).tolist()
    [0.25, 0.4167]
    """
    values = np.asarray(worth, dtype=np.float64)
    players = values.shape[-1].bit_length() - 1
    if values.shape[-1] != 1 << players:
        raise ValueError(f"worth of {values.shape[-1]} coalitions, must be a power of two")
    coalitions = np.arange(1 << players)
    size = np.array([coalition.bit_count() for coalition in coalitions.tolist()])
    shares = np.empty((*values.shape[:-1], players))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        weight = special.beta(size[without] + 1, players - size[without])
        shares[..., player] = (values[..., without | 1 << player] - values[..., without]) @ weight
    return shares


def _patterns(
    flags: ArrayLike, failure: ArrayLike, adjust: ArrayLike | None
) -> tuple[FloatArray, FloatArray, NDArray[np.int64], int]:
    """Return distinct rows of flags and further terms, their outcome, how often each occurs, and the number of flags."""
    happened = check_flags(failure, "failure")
    exposed = np.asarray(flags, dtype=np.float64)
    further = np.empty((len(happened), 0)) if adjust is None else np.asarray(adjust, dtype=np.float64)
    if exposed.ndim != 2 or further.ndim != 2 or not len(exposed) == len(further) == len(happened):
        raise ValueError(f"flags {exposed.shape}, adjust {further.shape}: need a row for each of {len(happened)} units")
    check_flags(exposed.ravel(), "flags")
    if not 1 <= exposed.shape[1] <= MAX_FLAGS:
        raise ValueError(f"{exposed.shape[1]} flags, must be 1 to {MAX_FLAGS}")
    if not np.isfinite(further).all() or not happened.any():
        raise ValueError("adjust must hold finite numbers, and at least one unit must have failed")
    table, counts = np.unique(np.column_stack([exposed, further, happened]), axis=0, return_counts=True)
    return table[:, :-1], table[:, -1], counts, exposed.shape[1]


def _fractions(
    columns: FloatArray, happened: FloatArray, weights: FloatArray, start: FloatArray, number: int
) -> FloatArray:
    """Return, for each reweighting, the fraction of failures that goes when each set of flags is switched off."""
    beta = penalised_fits(columns, happened, weights, start).coefficients
    linear = beta[:, 1:] @ columns[:, 1:].T
    linear += refitted_intercepts(linear, happened, weights)[:, None]
    # What each flag adds to a unit's linear predictor.
    parts = [beta[:, [k]] * columns[:, k] for k in range(1, number + 1)]
    predicted = np.empty((len(weights), 1 << number))
    for off in range(1 << number):
        removed = sum((part for k, part in enumerate(parts) if off >> k & 1), start=np.zeros(1))
        predicted[:, off] = (weights * special.expit(linear - removed)).sum(axis=1)
    return 1 - predicted / predicted[:, [0]]
