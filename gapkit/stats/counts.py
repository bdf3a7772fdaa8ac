"""Events per unit of time: exact rates, velocity with its dispersion rule, and the ratio of two rates."""

from __future__ import annotations

import math
from typing import NamedTuple

from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.intervals import FloatArray, Interval, check_level, check_numbers

# A count per week that varies this much more than a Poisson count needs the wider interval, once enough weeks say so.
MAX_DISPERSION = 1.5
MIN_WEEKS = 8


def poisson_rate(events: int, time: float, level: float = 0.95) -> Interval:
    """Return events per unit of time with the exact Poisson interval.

    Parameters
    ----------
    events : int
        Events counted; 0 is allowed and gives a low limit of 0.
    time : float
        Time watched, above 0; its unit is the unit of the rate.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        Events per unit of time with exact limits.

    Raises
    ------
    ValueError
        If `events` is negative or not whole, or `time` is not above 0.

    Notes
    -----
    Chi-square quantiles on 2D and 2D + 2 degrees of freedom over 2T (Garwood 1936).

    Examples
    --------
    >>> [round(number, 3) for number in poisson_rate(10, 1)]
    [10.0, 4.795, 18.39]
    """
    _check_rate(events, time)
    tail = (1 - check_level(level)) / 2
    low = float(stats.chi2.ppf(tail, 2 * events)) / 2 / time if events else 0.0
    return Interval(events / time, low, float(stats.chi2.ppf(1 - tail, 2 * events + 2)) / 2 / time)


class Velocity(NamedTuple):
    """Deliveries per working week.

    Attributes
    ----------
    value, low, high : float
        Deliveries per working week and its limits.
    deliveries : int
        Deliveries counted in the whole window.
    working_weeks : float
        Length of the window in working weeks (business days / 5).
    full_weeks : int
        Full weeks that entered the dispersion.
    dispersion : float or None
        Variance of the weekly counts over their mean, 1 for a Poisson process; None if it cannot be computed (fewer than
        2 full weeks, or none with a delivery).
    method : str
        Which of the two intervals it is.
    """

    value: float
    low: float
    high: float
    deliveries: int
    working_weeks: float
    full_weeks: int
    dispersion: float | None
    method: str


def velocity_interval(
    weekly_counts: ArrayLike, working_weeks: float, *, deliveries: int | None = None, level: float = 0.95
) -> Velocity:
    """Return velocity with the exact interval, or with a wider one when weeks vary more than chance allows.

    Parameters
    ----------
    weekly_counts : array_like
        Deliveries of each *full* week of the window, weeks without any included.
    working_weeks : float
        Length of the whole window in working weeks, above 0.
    deliveries : int, optional
        Deliveries in the whole window, those of a partial first or last week included. Without it, the sum of
        `weekly_counts`, which is right when the window holds full weeks only.
    level : float
        Confidence level.

    Returns
    -------
    Velocity
        Deliveries per working week with limits, and the dispersion that chose between the two intervals.

    Raises
    ------
    ValueError
        If `working_weeks` is not above 0, or the full weeks hold more deliveries than the window.

    Notes
    -----
    Dispersion is Pearson's ``sum((c - mean)**2) / (k - 1) / mean`` over k full weeks. Above 1.5 with k >= 8 the interval
    is ``v * exp(+-t(k - 1) * sqrt(dispersion / D))``; otherwise, and for D = 0, it is the exact Poisson interval.

    Examples
    --------
    >>> velocity = velocity_interval([0] * 13, 13)
    >>> velocity.low, round(velocity.high, 4)
    (0.0, 0.2838)
    """
    counts = check_numbers(weekly_counts, "weekly_counts")
    in_full_weeks = int(counts.sum())
    total = in_full_weeks if deliveries is None else deliveries
    if total < in_full_weeks:
        raise ValueError(f"deliveries == {total}, but the full weeks alone hold {in_full_weeks}")
    value, low, high = poisson_rate(total, working_weeks, level)
    dispersion, weeks, method = _dispersion(counts), counts.size, "exact Poisson interval"
    if dispersion is not None and dispersion > MAX_DISPERSION and weeks >= MIN_WEEKS:
        quantile = float(stats.t.isf((1 - level) / 2, weeks - 1))
        factor = math.exp(quantile * math.sqrt(dispersion / total))
        low, high = value / factor, value * factor
        method = f"interval widened for a dispersion of {dispersion:.1f} over {weeks} weeks"
    return Velocity(value, low, high, total, float(working_weeks), weeks, dispersion, method)


def _dispersion(counts: FloatArray) -> float | None:
    """Return Pearson's dispersion of counts, None where it does not exist."""
    if counts.size < 2 or not counts.any():
        return None
    return float(counts.var(ddof=1) / counts.mean())


class RateRatio(NamedTuple):
    """The ratio of two rates, first over second.

    Attributes
    ----------
    value : float
        The ratio; ``math.inf`` when the second group has no events.
    low, high : float
        Exact limits; `high` is ``math.inf`` when the second group has no events.
    p_value : float
        Two-sided exact p-value of equal rates.
    """

    value: float
    low: float
    high: float
    p_value: float


def rate_ratio(events1: int, time1: float, events2: int, time2: float, level: float = 0.95) -> RateRatio:
    """Return the ratio of two Poisson rates with the exact conditional interval and test.

    Parameters
    ----------
    events1, time1 : int, float
        Events and time watched in the first group (after).
    events2, time2 : int, float
        The same in the second group (before), in the same unit of time.
    level : float
        Confidence level.

    Returns
    -------
    RateRatio
        First rate over second, with exact limits and p-value.

    Raises
    ------
    ValueError
        If a count is negative or not whole, a time is not above 0, or there is no event at all: the ratio of two zeros
        does not exist.

    Notes
    -----
    Given the total, the first count is binomial with probability t1 / (t1 + t2) if the rates are equal. The
    Clopper-Pearson limits p of that share map to ``p / (1 - p) * t2 / t1``.

    Examples
    --------
    >>> [round(number, 4) for number in rate_ratio(11, 800, 21, 3011)]
    [1.9715, 0.8584, 4.2773, 0.0797]
    """
    _check_rate(events1, time1)
    _check_rate(events2, time2)
    if events1 + events2 == 0:
        raise ValueError("no event in either group: the ratio of two zeros does not exist")
    test = stats.binomtest(int(events1), int(events1 + events2), time1 / (time1 + time2))
    share = test.proportion_ci(check_level(level), method="exact")
    value, low, high = (_odds(p) * time2 / time1 for p in (test.statistic, share.low, share.high))
    return RateRatio(value, low, high, float(test.pvalue))


def _odds(share: float) -> float:
    """Return share / (1 - share), infinite at 1."""
    return float(share / (1 - share)) if share < 1 else math.inf


def _check_rate(events: int, time: float) -> None:
    """Refuse a count that is no count and a time in which nothing could happen."""
    if events != int(events) or events < 0 or not 0 < time < math.inf:
        raise ValueError(f"events == {events!r} in time == {time!r}, must be a count in a time above 0")
