"""The ratio of two rates when weeks scatter more than chance: quasi-Poisson, wider than the exact interval."""

from __future__ import annotations

import math
from typing import NamedTuple

from numpy.typing import ArrayLike
from scipy import stats

from gapkit.stats.counts import MAX_DISPERSION, MIN_WEEKS
from gapkit.stats.intervals import FloatArray, check_level, check_numbers


class QuasiRateRatio(NamedTuple):
    """The ratio of two rates with an interval that allows for overdispersion.

    Attributes
    ----------
    value, low, high : float
        The ratio, first over second, and its limits.
    p_value : float
        Two-sided p-value of equal rates, Student's t.
    dispersion : float
        Pooled dispersion of the counts, above 1.
    """

    value: float
    low: float
    high: float
    p_value: float
    dispersion: float


def quasi_rate_ratio(
    events1: int,
    time1: float,
    events2: int,
    time2: float,
    counts1: ArrayLike,
    counts2: ArrayLike,
    level: float = 0.95,
) -> QuasiRateRatio | None:
    """Return the ratio of two rates where counts per week scatter more than chance, None where they do not.

    Parameters
    ----------
    events1, time1 : int, float
        Events and time watched in the first group (after).
    events2, time2 : int, float
        The same in the second group (before).
    counts1, counts2 : array_like
        Events of each full week of either group, weeks without any included.
    level : float
        Confidence level.

    Returns
    -------
    QuasiRateRatio or None
        None with fewer than 8 weeks in all, a dispersion up to 1.5, or no event in one of the groups: then the exact ratio
        (`counts.rate_ratio`) holds.

    Notes
    -----
    Pearson's dispersion pooled over both groups, each around its own mean: ``phi = sum((c - m)**2 / m) / (k - 2)`` over k
    weeks. The log ratio has variance ``phi (1/D1 + 1/D2)`` and a t quantile on k - 2 degrees of freedom.

    References
    ----------
    McCullagh, P. & Nelder, J. A. (1989). Generalized linear models, section 6.2.3.

    Examples
    --------
    >>> quasi_rate_ratio(40, 10, 40, 10, [4] * 10, [4] * 10) is None
    True
    """
    first, second = check_numbers(counts1, "counts1"), check_numbers(counts2, "counts2")
    weeks = first.size + second.size
    if weeks < MIN_WEEKS or min(events1, events2) < 1 or not (first.any() and second.any()):
        return None
    freedom = weeks - 2
    dispersion = (_scatter(first) + _scatter(second)) / freedom
    if dispersion <= MAX_DISPERSION:
        return None
    log_ratio = math.log(events1 / time1) - math.log(events2 / time2)
    error = math.sqrt(dispersion * (1 / events1 + 1 / events2))
    margin = float(stats.t.isf((1 - check_level(level)) / 2, freedom)) * error
    p_value = 2 * float(stats.t.sf(abs(log_ratio) / error, freedom))
    low, high = math.exp(log_ratio - margin), math.exp(log_ratio + margin)
    return QuasiRateRatio(math.exp(log_ratio), low, high, p_value, dispersion)


def _scatter(counts: FloatArray) -> float:
    """Return Pearson's chi-square of counts around their mean."""
    return float(((counts - counts.mean()) ** 2 / counts.mean()).sum())
