"""Reliability of a scale: whether its items measure one thing closely enough to be averaged."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.multivariate.factor import Factor

from gapkit.stats.intervals import FloatArray, Interval, check_level

MIN_ITEMS_FOR_A_FACTOR = 3
FACTOR_STEPS = 1000
# How far an item's own variance may fall below 0 by rounding, as a share of its variance.
FACTOR_TOLERANCE = 1e-6


class ScaleReliability(NamedTuple):
    """Reliability of the sum of several items.

    Attributes
    ----------
    alpha : Interval or None
        Cronbach's alpha with Feldt's limits; below 0 if items contradict each other. None if all sums are the same.
    omega : float or None
        McDonald's omega, which does not assume that all items are equally good. None with fewer than three items, with an
        item everyone answered alike, or if one factor does not fit.
    n : int
        Respondents who answered all items; the others are left out.
    items : int
        Items.
    """

    alpha: Interval | None
    omega: float | None
    n: int
    items: int


def scale_reliability(answers: ArrayLike, level: float = 0.95) -> ScaleReliability:
    """Return Cronbach's alpha with its interval and McDonald's omega.

    Parameters
    ----------
    answers : array_like
        Shape (respondents, items), reverse-keyed items recoded; ``nan`` for no answer.
    level : float
        Confidence level.

    Returns
    -------
    ScaleReliability
        Both coefficients over complete respondents.

    Raises
    ------
    ValueError
        If there are fewer than two items or two complete respondents.

    Examples
    --------
    >>> reliability = scale_reliability([[5, 4], [4, 4], [2, 1], [1, 2], [3, 3]])
    >>> round(reliability.alpha.value, 3)
    0.909
    """
    table = np.asarray(answers, dtype=np.float64)
    complete = table[~np.isnan(table).any(axis=1)] if table.ndim == 2 else table
    if complete.ndim != 2 or min(complete.shape) < 2:
        raise ValueError(f"answers of shape {complete.shape}, must be 2 or more complete respondents by 2 or more items")
    n, items = complete.shape
    covariance = np.cov(complete, rowvar=False)
    alpha = cronbach_alpha(covariance)
    interval = None if alpha is None else Interval(alpha, *feldt_limits(alpha, items, n, level))
    return ScaleReliability(interval, mcdonald_omega(covariance), n, items)


def cronbach_alpha(covariance: ArrayLike) -> float | None:
    """Return Cronbach's alpha of the sum of items.

    Parameters
    ----------
    covariance : array_like
        Covariance matrix of two or more items.

    Returns
    -------
    float or None
        ``k / (k - 1) * (1 - sum of item variances / variance of the sum)``; None if the sum does not vary.

    Examples
    --------
    >>> round(cronbach_alpha([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]), 4)
    0.75
    """
    matrix = np.asarray(covariance, dtype=np.float64)
    items, total = len(matrix), float(matrix.sum())
    own = float(np.trace(matrix))
    return items / (items - 1) * (1 - own / total) if total > 1e-12 * own else None


def feldt_limits(alpha: float, items: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return Feldt's confidence limits of Cronbach's alpha.

    Parameters
    ----------
    alpha : float
        Alpha, at most 1.
    items, n : int
        Items and respondents, at least two of each.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, both below 1 if `alpha` is.

    Notes
    -----
    ``1 - (1 - alpha) * F`` with F the quantiles on ``n - 1`` and ``(n - 1)(k - 1)`` degrees of freedom; exact for items
    with equal covariances.

    References
    ----------
    Feldt, L. S., Woodruff, D. J. & Salih, F. A. (1987). Statistical inference for coefficient alpha. Appl Psychol Meas 11.

    Examples
    --------
    >>> [round(limit, 4) for limit in feldt_limits(0.85, 7, 89)]
    [0.7971, 0.8932]
    """
    tail = (1 - check_level(level)) / 2
    high, low = (float(stats.f.ppf(at, n - 1, (n - 1) * (items - 1))) for at in (tail, 1 - tail))
    return 1 - (1 - alpha) * low, 1 - (1 - alpha) * high


def mcdonald_omega(covariance: ArrayLike) -> float | None:
    """Return McDonald's omega of the sum of items.

    Parameters
    ----------
    covariance : array_like
        Covariance matrix of the items.

    Returns
    -------
    float or None
        Omega (0..1). None with fewer than three items, with an item that does not vary, or if one factor does not fit (an
        item would need a negative variance of its own).

    Notes
    -----
    ``sum(l)**2 / (sum(l)**2 + sum(u))`` with loadings l and own variances u from one factor, fitted to the correlations by
    principal axes and brought back to the items' units.

    References
    ----------
    McDonald, R. P. (1999). Test theory: a unified treatment. Erlbaum.

    Examples
    --------
    >>> loadings = np.array([0.9, 0.8, 0.7, 0.6])
    >>> correlations = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    >>> round(mcdonald_omega(correlations), 4)
    0.8411
    """
    matrix = np.asarray(covariance, dtype=np.float64)
    spread: FloatArray = np.sqrt(np.diag(matrix))
    if len(matrix) < MIN_ITEMS_FOR_A_FACTOR or not spread.all():
        return None
    # The other start, squared multiple correlations, fails where one item is the sum of others.
    fit = Factor(corr=matrix / np.outer(spread, spread), n_factor=1, method="pa", smc=False).fit(maxiter=FACTOR_STEPS)
    if (fit.uniqueness < -FACTOR_TOLERANCE).any():
        return None
    own = np.maximum(fit.uniqueness, 0)
    common = float((fit.loadings[:, 0] * spread).sum()) ** 2
    return common / (common + float((own * spread**2).sum()))
