"""Kaplan-Meier: the share of units still without the event, read as a curve, at a time, or as a quantile.

Unfinished work is not missing and not short: it is censored, known to have lasted at least so long. The curve uses it, and
units already running when the window opened enter late (see `gapkit.stats.risk_set`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from gapkit.stats.intervals import FloatArray, check_flags, check_level, check_numbers, check_same_length
from gapkit.stats.risk_set import START_AT_RISK, risk_set

# statsmodels multiplies the curve up through logarithms, so that a plateau at exactly one half may read 0.49999999999999.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalCurve:
    """A Kaplan-Meier curve.

    Attributes
    ----------
    times : numpy.ndarray
        Times at which events happened, rising.
    survival : numpy.ndarray
        Share without the event just after each time (0..1), given none before `start`.
    standard_error : numpy.ndarray
        Greenwood's standard error of `survival`; 0 where the curve has reached zero.
    at_risk, events : numpy.ndarray
        Units at risk just before each time, and events at it.
    n, n_events : int
        Units and events the curve rests on. `n` is 0 when too few were ever at risk together; there is no curve then.
    n_before_start : int
        Units left out because their watching ended by `start`.
    start : float
        Time at which the curve starts (see `RiskSet`); above 0 say "given no event before `start`".
    reach : float
        Last time with at least `start_at_risk` units at risk. Of a quantile not reached by then one can say "more than
        `reach`".
    last : float
        Last time at which any unit was watched.
    """

    times: FloatArray
    survival: FloatArray
    standard_error: FloatArray
    at_risk: FloatArray
    events: FloatArray
    n: int
    n_events: int
    n_before_start: int
    start: float
    reach: float
    last: float
    _fit: Any = field(repr=False)


def kaplan_meier(
    time: ArrayLike, event: ArrayLike, entry: ArrayLike | None = None, *, start_at_risk: int = START_AT_RISK
) -> SurvivalCurve:
    """Return the Kaplan-Meier curve of durations with censoring and delayed entry.

    Parameters
    ----------
    time : array_like
        Duration of each unit at its event or at the end of watching, above 0, all in one unit (days).
    event : array_like of bool
        Whether it ended with the event; False means censored.
    entry : array_like, optional
        Duration at which watching began, 0 if left out; below `time`.
    start_at_risk : int
        Units that must be at risk together before the curve starts.

    Returns
    -------
    SurvivalCurve
        The curve; empty, with ``n == 0``, if too few units were ever at risk together.

    Raises
    ------
    ValueError
        If a value is missing or a unit has ``entry >= time`` (see `risk_set`).

    Notes
    -----
    Assumes that units are censored and enter for reasons unrelated to how long they would take. A cancelled unit taken as
    censored makes this "if not cancelled"; `gapkit.stats.competing` shows both fates side by side.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. JASA 53, 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([2, 3, 3, 5, 6, 7], [1, 1, 0, 1, 0, 1])
    >>> curve.times.tolist(), curve.survival.round(3).tolist()
    ([2.0, 3.0, 5.0, 7.0], [0.833, 0.667, 0.444, 0.0])
    """
    happened = check_flags(event, "event")
    risks = risk_set(time, entry, start_at_risk)
    check_same_length(time=risks.kept, event=happened)
    n, left_out, happened = int(risks.kept.sum()), int((~risks.kept).sum()), happened[risks.kept]
    limits = (n, int(happened.sum()), left_out, risks.start, risks.reach, risks.last)
    if not happened.any():
        none = np.empty(0)
        return SurvivalCurve(none, none, none, none, none, *limits, _fit=None)
    fit = SurvfuncRight(risks.exit, happened, entry=risks.entry)
    # Units that enter after the curve has reached zero cannot raise it again.
    alive = np.minimum.accumulate(fit.surv_prob) > ROUNDING / risks.kept.size
    survival = np.where(alive, fit.surv_prob, 0.0)
    error = np.where(alive, fit.surv_prob_se, 0.0)
    at_risk, events = fit.n_risk.astype(np.float64), fit.n_events.astype(np.float64)
    return SurvivalCurve(fit.surv_times, survival, error, at_risk, events, *limits, _fit=fit)


class Quantile(NamedTuple):
    """The time by which a share of units has had the event.

    Attributes
    ----------
    value : float
        The quantile; ``math.inf`` if the curve does not fall that far: not reached.
    low, high : float
        Confidence limits; ``math.inf`` where not reached, which is common for the upper one.
    share : float
        Share of units with the event by `value` (0.5 for the median).
    at_risk : int
        Units at risk just before `value`; 0 if it is not reached.
    """

    value: float
    low: float
    high: float
    share: float
    at_risk: int


def survival_quantile(curve: SurvivalCurve, share: float = 0.5, level: float = 0.95) -> Quantile:
    """Return a quantile of a survival curve with its interval.

    Parameters
    ----------
    curve : SurvivalCurve
        The curve; it may be empty, then nothing is reached.
    share : float
        Share of units that have had the event, 0.5 for the median, 0.85 for the 85th percentile.
    level : float
        Confidence level.

    Returns
    -------
    Quantile
        The quantile with its limits, and how many units were at risk there.

    Raises
    ------
    ValueError
        If `share` or `level` lies outside (0, 1).

    Notes
    -----
    The first time with S(t) < 1 - share, strictly: at a plateau of exactly 1 - share the later time is taken (R averages).
    The interval inverts z-tests on the complementary log-log scale (Brookmeyer-Crowley type), so its limits are event
    times. Its coverage for the median is right from 20 units on; for the 85th percentile it needs about 40.

    Examples
    --------
    >>> survival_quantile(kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1], start_at_risk=1)).value
    3.0
    """
    if not 0 < share < 1:
        raise ValueError(f"share == {share!r}, must be between 0 and 1, such as 0.5")
    below = np.flatnonzero(curve.survival < 1 - share - ROUNDING)
    value = float(curve.times[below[0]]) if below.size else math.inf
    at_risk = int(curve.at_risk[below[0]]) if below.size else 0
    low, high = _quantile_limits(curve, share, check_level(level))
    if math.isnan(low):
        # No event time is compatible with the quantile: the curve jumps past it in one step, or never comes near it.
        low = high = value
    return Quantile(value, min(low, value), max(high, value), share, at_risk)


def _quantile_limits(curve: SurvivalCurve, share: float, level: float) -> tuple[float, float]:
    """Return the limits as statsmodels gives them, nan for both if it finds none."""
    if curve._fit is None:
        return math.nan, math.nan
    with np.errstate(all="ignore"):  # the scale has no value where the curve is zero
        low, high = curve._fit.quantile_ci(share, alpha=1 - level, method="cloglog")
    return float(low), float(high)


class SurvivalBand(NamedTuple):
    """A survival curve read at given times.

    Attributes
    ----------
    times : numpy.ndarray
        Times asked for.
    value, low, high : numpy.ndarray
        Share without the event just after each time, with pointwise limits (0..1).
    """

    times: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray


def survival_at(curve: SurvivalCurve, times: ArrayLike, level: float = 0.95) -> SurvivalBand:
    """Return the share still without the event at given times, with pointwise limits.

    Parameters
    ----------
    curve : SurvivalCurve
        The curve, with at least one unit.
    times : array_like
        Times at which to read it. Beyond `curve.last` nothing is known; the value there is the last one.
    level : float
        Confidence level, for each time by itself.

    Returns
    -------
    SurvivalBand
        Survival with pointwise limits, one entry per time.

    Notes
    -----
    Limits on the complementary log-log scale, ``S ** exp(+-z * se / (S * log(S)))``. Where the curve has reached zero the
    low limit is 0 and the high limit that of the step before.

    Examples
    --------
    >>> survival_at(kaplan_meier([2, 4, 6, 8, 9], [1, 1, 0, 1, 1]), [1, 5]).value.round(2).tolist()
    [1.0, 0.6]
    """
    moments = check_numbers(times, "times")
    inside = (curve.survival > 0) & (curve.survival < 1)
    survival = np.where(inside, curve.survival, 0.5)
    z = float(stats.norm.isf((1 - check_level(level)) / 2))
    power = np.exp(z * curve.standard_error / (survival * np.abs(np.log(survival))))
    low = np.where(inside, survival**power, 0.0)
    high = np.minimum.accumulate(np.where(inside, survival ** (1 / power), 1.0))
    step = np.searchsorted(curve.times, moments, side="right")
    value, low, high = (np.concatenate([[1.0], column])[step] for column in (curve.survival, low, high))
    return SurvivalBand(moments, value, low, high)
