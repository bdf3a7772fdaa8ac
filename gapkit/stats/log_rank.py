"""Log-rank test: whether groups of durations differ, with censoring and delayed entry."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.duration.survfunc import survdiff

from gapkit.stats.intervals import check_flags, check_same_length
from gapkit.stats.risk_set import risk_set


class LogRank(NamedTuple):
    """A log-rank test.

    Attributes
    ----------
    statistic : float
        Chi-square statistic.
    degrees_of_freedom : int
        Groups less one.
    p_value : float
        Two-sided p-value.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float


def log_rank(time: ArrayLike, event: ArrayLike, group: ArrayLike, entry: ArrayLike | None = None) -> LogRank:
    """Return the log-rank test that all groups share one survival curve.

    Parameters
    ----------
    time, event, entry : array_like
        As for `gapkit.stats.kaplan_meier.kaplan_meier`.
    group : array_like
        Label of each unit's group, none missing, at least two different ones.

    Returns
    -------
    LogRank
        Statistic, degrees of freedom and p-value.

    Raises
    ------
    ValueError
        If a value is missing, a unit has ``entry >= time``, there are fewer than two groups, or some group is never at
        risk together with another when an event happens: nothing could be compared.

    Notes
    -----
    Most sensitive when one hazard is a constant multiple of the other; curves that cross can hide from it, so a
    difference of restricted means stands beside it (`gapkit.stats.rmst`).

    Examples
    --------
    >>> round(log_rank([1, 2, 3, 4, 5, 6, 7, 8], [1] * 8, list("aaaabbbb")).p_value, 4)
    0.0067
    """
    happened = check_flags(event, "event")
    codes, labels = pd.factorize(np.asarray(group))
    risks = risk_set(time, entry, start_at_risk=1)
    check_same_length(time=risks.kept, event=happened, group=codes)
    if len(labels) < 2 or (codes < 0).any():
        raise ValueError(
            f"group: {len(labels)} groups and {int((codes < 0).sum())} missing labels, must be 2 or more and none"
        )
    try:
        statistic, _ = survdiff(risks.exit, happened[risks.kept], codes[risks.kept], entry=risks.entry)
    except np.linalg.LinAlgError as error:
        raise ValueError("some group is never at risk together with another when an event happens") from error
    freedom = len(labels) - 1
    # statsmodels takes 1 - cdf, which is 0 for any p below 1e-16.
    return LogRank(float(statistic), freedom, float(stats.chi2.sf(statistic, freedom)))


def stratified_log_rank(
    time: ArrayLike, event: ArrayLike, second: ArrayLike, strata: ArrayLike, entry: ArrayLike | None = None
) -> float:
    """Return the log-rank statistic of two groups compared within strata only, as a normal score with its sign.

    Parameters
    ----------
    time, event, entry : array_like
        As for `gapkit.stats.kaplan_meier.kaplan_meier`.
    second : array_like of bool
        Whether a unit belongs to the second group.
    strata : array_like
        Label of each unit's stratum, none missing.

    Returns
    -------
    float
        Above zero where the second group has more events, that is: is faster, than the first; 0 where nothing can be
        compared. Its square is the stratified chi-square on one degree of freedom.

    Raises
    ------
    ValueError
        As `log_rank`.

    Notes
    -----
    At every event time of every stratum, the events of the second group less those expected if both groups were alike,
    with hypergeometric variance, summed. A change in the mix of strata moves neither (Klein & Moeschberger 2003, 7.5).

    Examples
    --------
    >>> score = stratified_log_rank([1, 2, 3, 4, 5, 6, 7, 8], [1] * 8, [True] * 4 + [False] * 4, list("xxxxxxxx"))
    >>> round(score, 2)
    2.71
    """
    happened = check_flags(event, "event").astype(bool)
    is_second = check_flags(second, "second").astype(bool)
    risks = risk_set(time, entry, start_at_risk=1)
    codes, _ = pd.factorize(np.asarray(strata, dtype=object))
    check_same_length(time=risks.kept, event=happened, second=is_second, strata=codes)
    if (codes < 0).any():
        raise ValueError(f"strata: {int((codes < 0).sum())} missing labels, must be none")
    happened, is_second, codes = happened[risks.kept], is_second[risks.kept], codes[risks.kept]
    surplus = variance = 0.0
    for code in np.unique(codes[happened]):
        moments = np.unique(risks.exit[happened & (codes == code)])[:, None]
        inside = (codes == code) & (risks.entry < moments) & (risks.exit >= moments)
        ends = inside & happened & (risks.exit == moments)
        n, n2, d = inside.sum(axis=1), (inside & is_second).sum(axis=1), ends.sum(axis=1)
        surplus += float(((ends & is_second).sum(axis=1) - d * n2 / n).sum())
        variance += float((d * (n2 / n) * (1 - n2 / n) * (n - d) / np.maximum(n - 1, 1)).sum())
    return surplus / math.sqrt(variance) if variance > 0 else 0.0
