"""Competing events: the probability of each fate by a given time, when one fate rules out the other.

A cancelled program can no longer be delivered. Kaplan-Meier with cancellation as censoring answers "if nothing were ever
cancelled"; the Aalen-Johansen curves here answer "what share is delivered, and what share cancelled, by day 60". At every
time the fates and the share still open add up to one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gapkit.stats.intervals import FloatArray, check_numbers, check_same_length
from gapkit.stats.resample import REPLICATES, bootstrap_weights, deal, percentile_interval
from gapkit.stats.risk_set import START_AT_RISK, RiskSet, risk_set

CAUSES = (1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class IncidenceCurves:
    """Aalen-Johansen curves, one per cause.

    Attributes
    ----------
    times : numpy.ndarray
        Times at which an event of any cause happened, rising.
    at_risk : numpy.ndarray
        Units at risk just before each time.
    survival : numpy.ndarray
        Share without any event just after each time (0..1), given none before `start`.
    incidence : numpy.ndarray
        Shape (causes, times): share with an event of that cause by each time (0..1).
    causes : tuple of int
        Code of each row of `incidence`.
    n : int
        Units the curves rest on.
    start, reach, last : float
        As in `gapkit.stats.risk_set.RiskSet`.
    """

    times: FloatArray
    at_risk: FloatArray
    survival: FloatArray
    incidence: FloatArray
    causes: tuple[int, ...]
    n: int
    start: float
    reach: float
    last: float


class _Histories(NamedTuple):
    """Units at risk, in an order that depends on their values only."""

    risks: RiskSet
    cause: NDArray[np.int64]
    causes: tuple[int, ...]


def cumulative_incidence(
    time: ArrayLike,
    cause: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    causes: Sequence[int] = CAUSES,
    start_at_risk: int = START_AT_RISK,
) -> IncidenceCurves:
    """Return the Aalen-Johansen cumulative incidence of competing events, with delayed entry.

    Parameters
    ----------
    time : array_like
        Duration of each unit at its event or at the end of watching, above 0.
    cause : array_like of int
        0 for censored, else the code of what happened.
    entry : array_like, optional
        Duration at which watching began, 0 if left out; below `time`.
    causes : sequence of int
        All codes, whether or not they occur.
    start_at_risk : int
        Units that must be at risk together before the curves start.

    Returns
    -------
    IncidenceCurves
        One curve per cause, and the share without any event.

    Raises
    ------
    ValueError
        If a value is missing, a code is not declared, or a unit has ``entry >= time``.

    Notes
    -----
    ``I_k(t) = sum of S(t_i-) * d_ki / n_i`` over event times up to t, S the curve of being free of any event. With one
    cause it is 1 - Kaplan-Meier.

    References
    ----------
    Satagopan, J. M. et al. (2004). A note on competing risks in survival data analysis. Br J Cancer 91, 1229-1235.

    Examples
    --------
    >>> curves = cumulative_incidence([1, 2, 3, 4, 5, 6], [0, 1, 1, 2, 2, 0])
    >>> curves.incidence[:, -1].round(3).tolist(), round(float(curves.survival[-1]), 3)
    ([0.4, 0.4], 0.2)
    """
    units = _histories(time, cause, entry, causes, start_at_risk)
    times = _event_times(units)
    at_risk, events = _counts(units, times, np.zeros(units.cause.size, dtype=np.int64), hands=1)
    survival, incidence = _accumulate(at_risk, events)
    risks = units.risks
    return IncidenceCurves(
        times, at_risk[0], survival[0], incidence[0], units.causes, units.cause.size, risks.start, risks.reach, risks.last
    )


def incidence_at(curves: IncidenceCurves, horizons: ArrayLike) -> FloatArray:
    """Return the cumulative incidence of each cause at given times.

    Parameters
    ----------
    curves : IncidenceCurves
        The curves.
    horizons : array_like
        Times, at most the last time any unit was watched unless no unit is left without an event.

    Returns
    -------
    numpy.ndarray
        Shape (causes, horizons).

    Raises
    ------
    ValueError
        If a horizon lies beyond what was observed.
    """
    moments = check_numbers(horizons, "horizons")
    settled = bool(curves.survival.size) and curves.survival[-1] == 0
    if not settled and (moments > curves.last).any():
        raise ValueError(f"horizons: up to {moments.max():g}, must be at most {curves.last:g}, the last time watched")
    return _read(curves.times, curves.incidence, moments)


class IncidenceEstimate(NamedTuple):
    """The probability of one fate by one time.

    Attributes
    ----------
    cause : int
        Code of what happened.
    horizon : float
        By when.
    value, low, high : float
        Probability with its bootstrap percentile limits (0..1).
    standard_error : float
        Its bootstrap standard error.
    """

    cause: int
    horizon: float
    value: float
    low: float
    high: float
    standard_error: float


def estimate_incidence(
    time: ArrayLike,
    cause: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    horizons: Sequence[float],
    causes: Sequence[int] = CAUSES,
    start_at_risk: int = START_AT_RISK,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int,
) -> tuple[IncidenceEstimate, ...]:
    """Return the probability of each fate by each horizon, with bootstrap intervals over units.

    Parameters
    ----------
    time, cause, entry, causes, start_at_risk
        As for `cumulative_incidence`.
    horizons : sequence of float
        Times by which, such as 30, 60, 90 and 120 days; at most the last time any unit was watched.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    tuple of IncidenceEstimate
        Ordered by cause, then horizon.

    Raises
    ------
    ValueError
        As for `cumulative_incidence`, or if a horizon lies beyond what was observed.

    Notes
    -----
    The start of the curves is held fixed over replicates. Memory grows with the number of different event times up to the
    longest horizon, so durations should be in whole or half days.
    """
    curves = cumulative_incidence(time, cause, entry, causes=causes, start_at_risk=start_at_risk)
    values = incidence_at(curves, horizons)
    units = _histories(time, cause, entry, causes, start_at_risk)
    times = curves.times[curves.times <= max(horizons)]
    replicated = _resampled_incidence(units, times, replicates, np.random.default_rng(seed))
    draws = _read(times, replicated, check_numbers(horizons, "horizons"))
    return tuple(
        IncidenceEstimate(
            code, float(horizon), *percentile_interval(values[k, h], draws[:, k, h], level), float(draws[:, k, h].std())
        )
        for k, code in enumerate(curves.causes)
        for h, horizon in enumerate(horizons)
    )


def _histories(
    time: ArrayLike, cause: ArrayLike, entry: ArrayLike | None, causes: Sequence[int], start_at_risk: int
) -> _Histories:
    """Return checked histories of the units at risk after the start, in canonical order."""
    codes = check_numbers(cause, "cause")
    risks = risk_set(time, entry, start_at_risk)
    check_same_length(time=risks.kept, cause=codes)
    unknown = ", ".join(f"{code:g}" for code in np.setdiff1d(codes, [0, *causes]))
    if unknown:
        raise ValueError(f"cause: code {unknown} not declared, must be 0 for censored or one of {tuple(causes)}")
    codes = codes[risks.kept]
    order = np.lexsort((codes, risks.exit, risks.entry))
    risks = risks._replace(entry=risks.entry[order], exit=risks.exit[order])
    return _Histories(risks, codes[order].astype(np.int64), tuple(causes))


def _event_times(units: _Histories) -> FloatArray:
    """Return the times at which an event of any cause happened."""
    return np.unique(units.risks.exit[units.cause != 0])


def _counts(units: _Histories, times: FloatArray, hand: NDArray[np.int64], hands: int) -> tuple[FloatArray, FloatArray]:
    """Return, per hand of units, those at risk at each time (hands, times) and events (hands, causes, times)."""
    size = times.size + 1

    def tally(column: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(hand * size + column, minlength=hands * size).reshape(hands, size)

    enter = np.searchsorted(times, units.risks.entry, side="right")
    leave = np.searchsorted(times, units.risks.exit, side="right")
    at_risk = (tally(enter) - tally(leave)).cumsum(axis=1)[:, :-1]
    # An event stands one column before its unit leaves; what is no event, or lies beyond the last time, goes to column 0,
    # which is cut off.
    seen = np.where(units.risks.exit <= times.max(initial=0.0), leave, 0)
    events = [tally(np.where(units.cause == code, seen, 0))[:, 1:] for code in units.causes]
    return at_risk.astype(np.float64), np.stack(events, axis=1).astype(np.float64)


def _resampled_incidence(units: _Histories, times: FloatArray, replicates: int, rng: np.random.Generator) -> FloatArray:
    """Return the incidence curves of each bootstrap replicate (replicates, causes, times)."""
    hand = deal(units.cause.size, rng)
    hands, shape = int(hand.max()) + 1, (len(units.causes), times.size)
    at_risk, events = _counts(units, times, hand, hands)
    table = np.hstack([at_risk, events.reshape(hands, math.prod(shape))])
    blocks = bootstrap_weights(hands, replicates, rng)
    totals = np.concatenate([weights.astype(np.float64) @ table for weights in blocks])
    return _accumulate(totals[:, : times.size], totals[:, times.size :].reshape(replicates, *shape))[1]


def _accumulate(at_risk: FloatArray, events: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return event-free survival (..., times) and incidence (..., causes, times)."""
    n = np.maximum(at_risk, 1.0)  # nobody at risk means no event: 0 of 1
    survival = np.cumprod(1 - events.sum(axis=1) / n, axis=1)
    before = np.concatenate([np.ones_like(survival[:, :1]), survival[:, :-1]], axis=1)
    return survival, np.cumsum((before / n)[:, None, :] * events, axis=2)


def _read(times: FloatArray, incidence: FloatArray, horizons: FloatArray) -> FloatArray:
    """Return step functions along the last axis at given times, 0 before the first event."""
    before = np.zeros((*incidence.shape[:-1], 1))
    steps = np.concatenate([before, incidence], axis=-1)
    return steps[..., np.searchsorted(times, horizons, side="right")]
