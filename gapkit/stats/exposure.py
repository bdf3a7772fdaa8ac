"""A flag and an outcome: how much more often the outcome comes with the flag, crude and within strata."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.stats import contingency
from statsmodels.stats.contingency_tables import StratifiedTable

from gapkit.stats.intervals import FloatArray, Interval, check_counts, check_level, check_numbers, check_same_length


def relative_risk(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Interval:
    """Return the risk of the first group over that of the second, with Katz's log interval.

    Parameters
    ----------
    x1, n1 : int
        Units with the outcome, and all units, in the first group (with the flag).
    x2, n2 : int
        The same in the second group (without it).
    level : float
        Confidence level.

    Returns
    -------
    Interval
        Ratio of the risks. With no outcome in one group the ratio is 0 or ``math.inf``, and as the formula has no limits
        then, they are 0 and ``math.inf``.

    Raises
    ------
    ValueError
        If a group is empty, a count lies outside its group, or there is no outcome at all.

    References
    ----------
    Katz, D. et al. (1978). Obtaining confidence intervals for the risk ratio in cohort studies. Biometrics 34, 469-474.

    Examples
    --------
    >>> [round(number, 4) for number in relative_risk(27, 122, 44, 487)]
    [2.4495, 1.5837, 3.7887]
    """
    (x1, n1), (x2, n2), level = check_counts(x1, n1), check_counts(x2, n2), check_level(level)
    if x1 + x2 == 0:
        raise ValueError("no outcome in either group: the ratio of two zeros does not exist")
    if x1 == 0 or x2 == 0:
        return Interval(math.inf if x1 else 0.0, 0.0, math.inf)
    ratio = contingency.relative_risk(x1, n1, x2, n2)
    limits = ratio.confidence_interval(level)
    return Interval(float(ratio.relative_risk), float(limits.low), float(limits.high))


class StratifiedOddsRatio(NamedTuple):
    """An odds ratio with strata held equal.

    Attributes
    ----------
    value : float
        Mantel-Haenszel odds ratio, first group over second; 0 or ``math.inf`` where one side never has the outcome.
    low, high : float
        Limits; 0 and ``math.inf`` where `value` is 0 or infinite.
    chi_square : float
        Cochran-Mantel-Haenszel statistic with continuity correction, on one degree of freedom.
    p_value : float
        Two-sided p-value of no association within strata.
    informative : int
        Strata that hold both groups and both outcomes; the others say nothing.
    """

    value: float
    low: float
    high: float
    chi_square: float
    p_value: float
    informative: int


def mantel_haenszel(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> StratifiedOddsRatio:
    """Return the common odds ratio of two groups over strata.

    Parameters
    ----------
    x1, n1 : array_like of int
        Units with the outcome, and all units, of the first group in each stratum.
    x2, n2 : array_like of int
        The same of the second group; 0 units are allowed.
    level : float
        Confidence level.

    Returns
    -------
    StratifiedOddsRatio
        Odds ratio with the limits of Robins, Breslow and Greenland, and the test.

    Raises
    ------
    ValueError
        If a count lies outside its group, arrays differ in length, or no stratum holds both groups and both outcomes.

    Notes
    -----
    ``sum(a d / n) / sum(b c / n)``. The continuity correction is never larger than the deviation it corrects; the one of
    statsmodels is, and finds a difference where there is none.

    References
    ----------
    Mantel, N. & Haenszel, W. (1959). J Natl Cancer Inst 22, 719-748.
    Robins, J., Breslow, N. & Greenland, S. (1986). Biometrics 42, 311-323.

    Examples
    --------
    Admission to Berkeley in 1973, men against women in six departments.

    >>> men = [512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373]
    >>> women = [89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341]
    >>> ratio = mantel_haenszel(*men, *women)
    >>> round(ratio.value, 4), round(ratio.chi_square, 3), round(ratio.p_value, 3)
    (0.9047, 1.427, 0.232)
    """
    tables = _tables(x1, n1, x2, n2)
    a, b, c, d = tables.reshape(-1, 4).T
    size = a + b + c + d
    exposed, happened = a + b, a + c
    deviation = abs(float((a - exposed * happened / size).sum()))
    variance = float((exposed * (size - exposed) * happened * (size - happened) / (size**2 * (size - 1))).sum())
    chi_square = (deviation - min(0.5, deviation)) ** 2 / variance
    forward, backward = float((a * d / size).sum()), float((b * c / size).sum())
    if forward and backward:
        pooled = StratifiedTable(list(tables))
        value = Interval(
            float(pooled.oddsratio_pooled), *map(float, pooled.oddsratio_pooled_confint(1 - check_level(level)))
        )
    else:
        value = Interval(math.inf if forward else 0.0, 0.0, math.inf)
    return StratifiedOddsRatio(*value, chi_square, float(stats.chi2.sf(chi_square, 1)), len(tables))


def _tables(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> FloatArray:
    """Return the informative strata as two-by-two tables, groups in rows, outcome first."""
    columns = [check_numbers(values, name) for values, name in zip((x1, n1, x2, n2), ("x1", "n1", "x2", "n2"), strict=True)]
    check_same_length(**dict(zip(("x1", "n1", "x2", "n2"), columns, strict=True)))
    a, first, c, second = columns
    if not _counts(a, first) or not _counts(c, second):
        raise ValueError("strata must hold whole numbers with 0 <= x <= n")
    tables: FloatArray = np.array([[a, first - a], [c, second - c]]).transpose(2, 0, 1)
    says_something = (tables.sum(axis=2) > 0).all(axis=1) & (tables.sum(axis=1) > 0).all(axis=1)
    if not says_something.any():
        raise ValueError("no stratum holds both groups and both outcomes, there is nothing to compare")
    informative: FloatArray = tables[says_something]
    return informative


def _counts(x: FloatArray, n: FloatArray) -> bool:
    """Whether all are whole numbers with 0 <= x <= n."""
    return bool(((x == np.rint(x)) & (n == np.rint(n)) & (x >= 0) & (x <= n)).all())
