"""Restricted mean survival time: mean days within the first tau days, a figure that exists even if the median does not."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats

from gapkit.stats.intervals import check_level
from gapkit.stats.kaplan_meier import SurvivalCurve


class RestrictedMean(NamedTuple):
    """A restricted mean, or the difference of two.

    Attributes
    ----------
    value, low, high : float
        Mean time within the first `tau`, or the difference of two such means, with limits, in the curve's unit of time.
    standard_error : float
        Its standard error.
    tau : float
        Horizon, fixed in advance.
    """

    value: float
    low: float
    high: float
    standard_error: float
    tau: float


def restricted_mean(curve: SurvivalCurve, tau: float, level: float = 0.95) -> RestrictedMean:
    """Return the mean time to the event within the first `tau`.

    Parameters
    ----------
    curve : SurvivalCurve
        Curve with at least one unit. If it starts after 0, the mean is that of units without the event by then.
    tau : float
        Horizon, fixed in advance (90 or 120 days), above 0 and not beyond what was observed.
    level : float
        Confidence level.

    Returns
    -------
    RestrictedMean
        The mean within `tau`, with limits.

    Raises
    ------
    ValueError
        If `tau` is not above 0, or lies beyond the last time any unit was watched while the curve is still above zero:
        the area there is unknown.

    Notes
    -----
    The area under the curve up to tau. Its variance is ``sum(A_i**2 * d_i / (n_i * (n_i - d_i)))`` over event times, with
    A_i the area from the i-th event time to tau (Klein & Moeschberger 2003, section 4.5); a step to zero adds nothing.

    References
    ----------
    Royston, P. & Parmar, M. K. B. (2013). Restricted mean survival time. BMC Med Res Methodol 13, 152.

    Examples
    --------
    >>> from gapkit.stats.kaplan_meier import kaplan_meier
    >>> round(restricted_mean(kaplan_meier([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]), 5).value, 9)
    3.0
    """
    _check_horizon(curve, tau)
    inside = curve.times <= tau
    steps = np.concatenate([[1.0], curve.survival[inside]])
    widths = np.diff(np.concatenate([[0.0], curve.times[inside], [tau]]))
    areas = steps * widths
    remaining = areas[::-1].cumsum()[::-1][1:]
    n, d = curve.at_risk[inside], curve.events[inside]
    terms = np.divide(d, n * (n - d), out=np.zeros_like(d, dtype=np.float64), where=n > d)
    error = math.sqrt(float((remaining**2 * terms).sum()))
    return _with_limits(float(areas.sum()), error, tau, level)


def restricted_mean_difference(
    after: SurvivalCurve, before: SurvivalCurve, tau: float, level: float = 0.95
) -> RestrictedMean:
    """Return the difference of two restricted means, after minus before.

    Parameters
    ----------
    after, before : SurvivalCurve
        Curves of different units.
    tau : float
        Horizon, the same for both.
    level : float
        Confidence level.

    Returns
    -------
    RestrictedMean
        The difference of the means, with limits.

    Raises
    ------
    ValueError
        If `tau` lies beyond what was observed in either group.
    """
    first, second = restricted_mean(after, tau, level), restricted_mean(before, tau, level)
    error = math.hypot(first.standard_error, second.standard_error)
    return _with_limits(first.value - second.value, error, tau, level)


def _check_horizon(curve: SurvivalCurve, tau: float) -> None:
    """Refuse a horizon at which the area under the curve is not known."""
    fallen_to_zero = bool(curve.survival.size) and curve.survival[-1] == 0
    if tau <= 0 or (tau > curve.last and not fallen_to_zero):
        raise ValueError(f"tau == {tau!r}, must be above 0 and at most {curve.last:g}, the last time any unit was watched")


def _with_limits(value: float, error: float, tau: float, level: float) -> RestrictedMean:
    """Return a figure with normal limits."""
    margin = float(stats.norm.isf((1 - check_level(level)) / 2)) * error
    return RestrictedMean(value, value - margin, value + margin, error, float(tau))
