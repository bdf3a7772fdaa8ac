"""Firth's penalised likelihood, maximised for many reweightings of the same units at once.

A bootstrap of a logistic model is a thousand fits of one design under different weights. Held as arrays they cost a few
matrix products per step, which is what makes an interval for every attributed share affordable.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from gapkit.stats.intervals import FloatArray

MAX_ITERATIONS = 200
# The gain in penalised likelihood the next step still promises; what is left of the way is its root, in standard errors.
TOLERANCE = 1e-14
# The longest step of any coefficient; a longer one is shortened as a whole.
MAX_STEP = 5.0
# A column that is 0 throughout a reweighting, or the sum of others, leaves the information with an eigenvalue of 0 but for
# rounding. Directions below this much of the largest eigenvalue are left out.
RANK_TOLERANCE = 1e-12


class PenalisedFits(NamedTuple):
    """Fits of many reweightings of the same units.

    Attributes
    ----------
    coefficients : numpy.ndarray
        Shape (fits, terms).
    likelihood : numpy.ndarray
        Penalised log likelihood of each fit.
    is_converged : numpy.ndarray of bool
        Whether each fit came to rest.
    """

    coefficients: FloatArray
    likelihood: FloatArray
    is_converged: NDArray[np.bool_]


class _State(NamedTuple):
    """Where each fit stands: its penalised likelihood, the step it would take, and what that step promises."""

    likelihood: FloatArray
    step: FloatArray
    promise: FloatArray


def penalised_fits(
    columns: FloatArray,
    outcome: FloatArray,
    weights: FloatArray,
    start: FloatArray | None = None,
    free: NDArray[np.intp] | None = None,
) -> PenalisedFits:
    """Return Firth fits of many reweightings of the same units.

    Parameters
    ----------
    columns : numpy.ndarray
        Design of shape (units, terms), its intercept included.
    outcome : numpy.ndarray
        Zeros and ones, one per unit.
    weights : numpy.ndarray
        Shape (fits, units): how often each unit counts.
    start : numpy.ndarray, optional
        Coefficients to start from, shape (terms,); zeros otherwise.
    free : numpy.ndarray of int, optional
        Terms to be fitted, the others stay as in `start`; all of them otherwise.

    Returns
    -------
    PenalisedFits
        Coefficients and likelihood of each fit. Terms that cannot be told apart in a reweighting share their effect, terms
        without information stay at their start.

    Notes
    -----
    Maximises ``l(b) + log|I(b)| / 2`` by scoring with ``sum w * x * (y - p + h * (1/2 - p))``, h the leverage of one unit;
    a step that loses likelihood is halved. The penalty is that of all terms, also where some are held.
    """
    terms = columns.shape[1]
    free = np.arange(terms) if free is None else free
    products = (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
    lengths = np.sqrt(weights @ columns**2)
    lengths[lengths == 0] = 1
    beta = np.tile(np.zeros(terms) if start is None else start, (len(weights), 1))
    state = _state(beta, columns, products, outcome, weights, lengths, free)
    scale, active = np.ones(len(weights)), np.arange(len(weights))
    for _ in range(MAX_ITERATIONS):
        active = active[state.promise[active] > TOLERANCE]
        if not active.size:
            break
        trial = beta[active] + scale[active, None] * state.step[active]
        ahead = _state(trial, columns, products, outcome, weights[active], lengths[active], free)
        # At the top the likelihood wavers by rounding alone.
        kept = ahead.likelihood >= state.likelihood[active] - 1e-11 * (1 + np.abs(state.likelihood[active]))
        moved = active[kept]
        beta[moved] = trial[kept]
        for held, new in zip(state, ahead, strict=True):
            held[moved] = new[kept]
        scale[active] = np.where(kept, 1.0, scale[active] / 2)
    return PenalisedFits(beta, state.likelihood, state.promise <= TOLERANCE)


def _state(
    beta: FloatArray,
    columns: FloatArray,
    products: FloatArray,
    outcome: FloatArray,
    weights: FloatArray,
    lengths: FloatArray,
    free: NDArray[np.intp],
) -> _State:
    """Return penalised likelihood and scoring step of each fit at its coefficients."""
    fits, terms = beta.shape
    linear = beta @ columns.T
    chance = special.expit(linear)
    # Not chance * (1 - chance), which is 0 from a linear predictor of 37 on.
    spread = chance * special.expit(-linear)
    information = ((weights * spread) @ products).reshape(fits, terms, terms)
    inverse, penalty = _inverse(information, lengths)
    leverage = spread * (inverse.reshape(fits, -1) @ products.T)
    score = (weights * (outcome - chance + leverage * (0.5 - chance))) @ columns[:, free]
    # The score falls as if each unit were there 1 + h times; without h the steps overshoot where units are few.
    slope = ((weights * spread * (1 + leverage)) @ products).reshape(fits, terms, terms)
    uphill, _ = _inverse(slope[:, free[:, None], free], lengths[:, free])
    move = (uphill @ score[..., None])[..., 0]
    step = np.zeros_like(beta)
    step[:, free] = move / np.maximum(1.0, np.abs(move).max(axis=1, keepdims=True, initial=0.0) / MAX_STEP)
    likelihood = (weights * (outcome * linear - np.logaddexp(0, linear))).sum(axis=1) + penalty
    return _State(likelihood, step, (score * move).sum(axis=1) / 2)


def _inverse(information: FloatArray, lengths: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return inverse and half the log determinant (less a constant) of each matrix, over directions with information.

    Columns are brought to equal lengths first. The lengths do not change between steps, so neither does the constant.
    """
    values, vectors = np.linalg.eigh(information / (lengths[:, :, None] * lengths[:, None, :]))
    informed = values > RANK_TOLERANCE * values[:, -1:]
    values = np.where(informed, values, 1.0)
    vectors = np.where(informed[:, None, :], vectors, 0.0) / lengths[:, :, None]
    return (vectors / values[:, None, :]) @ vectors.transpose(0, 2, 1), np.log(values).sum(axis=1) / 2


def refitted_intercepts(linear: FloatArray, outcome: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the intercept with which predictions add up to what was observed, for each fit.

    Parameters
    ----------
    linear : numpy.ndarray
        Shape (fits, units): linear predictors without an intercept.
    outcome, weights : numpy.ndarray
        As for `penalised_fits`; every fit with some weight.

    Returns
    -------
    numpy.ndarray
        One intercept per fit, infinite where the outcome never varies.

    Notes
    -----
    Newton's method kept inside a bracket: with the intercept at the low end every prediction lies below the observed rate,
    at the high end above it.
    """
    events: FloatArray = weights @ outcome
    total = weights.sum(axis=1)
    odds = np.where(events > 0, np.inf, -np.inf)
    varies = np.flatnonzero((events > 0) & (events < total))
    odds[varies] = np.log(events[varies] / (total - events)[varies])
    linear, weights, events = linear[varies], weights[varies], events[varies]
    low, high = odds[varies] - linear.max(axis=1, initial=-np.inf), odds[varies] - linear.min(axis=1, initial=np.inf)
    intercept = (low + high) / 2
    for _ in range(MAX_ITERATIONS):
        chance = special.expit(intercept[:, None] + linear)
        surplus = (weights * chance).sum(axis=1) - events
        if (np.abs(surplus) <= 1e-12 * total[varies]).all():
            break
        low, high = np.where(surplus > 0, low, intercept), np.where(surplus > 0, intercept, high)
        newton = intercept - surplus / np.maximum((weights * chance * (1 - chance)).sum(axis=1), np.finfo(float).tiny)
        intercept = np.where((low <= newton) & (newton <= high), newton, (low + high) / 2)
    odds[varies] = intercept
    return odds
