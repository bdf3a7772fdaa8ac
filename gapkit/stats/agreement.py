"""Agreement of ratings on a scale: when a group's mean may stand for the group, and how alike ratings of one thing are.

Not to be mistaken for reliability (`gapkit.stats.reliability`: whether several items measure one thing), or for agreement
on codes that have no distances (`gapkit.stats.coders`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from gapkit.stats.intervals import check_numbers, check_same_length


def r_wg(answers: ArrayLike, options: int = 5) -> float:
    """Return how much less a group's answers to one item vary than answers at random would.

    Parameters
    ----------
    answers : array_like
        Answers on the scale 1 to `options`, at least two.
    options : int
        Number of options offered.

    Returns
    -------
    float
        1 if all answers are the same, 0 if they vary as much as answers at random, or more.

    Raises
    ------
    ValueError
        If there are fewer than two answers, or one lies outside the scale.

    Notes
    -----
    ``1 - s**2 / v`` with v the variance of a uniform choice, ``(options**2 - 1) / 12``, 2 for five options. That is a
    generous yardstick: people who merely avoid the ends of a scale already look as if they agreed.

    References
    ----------
    James, L. R., Demaree, R. G. & Wolf, G. (1984). Estimating within-group interrater reliability. J Appl Psychol 69, 85.

    Examples
    --------
    >>> round(r_wg([4, 4, 4, 5, 5]), 2)
    0.85
    """
    return max(0.0, 1 - _item_variance(check_numbers(answers, "answers"), options) / _uniform_variance(options))


def r_wg_items(answers: ArrayLike, options: int = 5) -> float:
    """Return r_wg(j), the agreement of a group over several items of one construct.

    Parameters
    ----------
    answers : array_like
        Shape (respondents, items), reverse-keyed items recoded; ``nan`` for no answer.
    options : int
        Number of options offered.

    Returns
    -------
    float
        0..1 as for `r_wg`, but rising with the number of items at the same agreement per item.

    Raises
    ------
    ValueError
        If an item has fewer than two answers, or an answer lies outside the scale.

    Notes
    -----
    ``J r / (J r + 1 - r)`` over J items, with ``r = 1 - mean item variance / v``, at least 0.

    Examples
    --------
    >>> round(r_wg_items([[4, 4, 4], [4, 4, 4], [4, 4, 4], [5, 5, 5], [5, 5, 5]]), 3)
    0.944
    """
    table = np.asarray(answers, dtype=np.float64)
    if table.ndim != 2 or not table.shape[1]:
        raise ValueError(f"answers of shape {table.shape}, must be respondents by items")
    spread = np.mean([_item_variance(item[~np.isnan(item)], options) for item in table.T])
    single = max(0.0, 1 - float(spread) / _uniform_variance(options))
    items = int(table.shape[1])
    return items * single / (items * single + 1 - single)


def _uniform_variance(options: int) -> float:
    """Return the variance of a choice among options that are equally likely."""
    if options < 2:
        raise ValueError(f"options == {options}, must be 2 or more")
    return (options**2 - 1) / 12


def _item_variance(answers: np.ndarray, options: int) -> float:
    """Return the sample variance of answers to one item."""
    if answers.size < 2 or not ((answers >= 1) & (answers <= options)).all():
        raise ValueError(f"{answers.size} answers to an item, must be 2 or more, each from 1 to {options}")
    return float(answers.var(ddof=1))


class GroupAgreement(NamedTuple):
    """How much of the differences between answers lies between groups.

    Attributes
    ----------
    icc1 : float or None
        ICC(1), the share of variance between groups: how much one answer tells about its group. Negative if groups differ
        less than chance; None if all answers are the same.
    icc2 : float or None
        ICC(2), how well group means tell groups apart; None if all group means are the same.
    mean_size : float
        Mean group size that unequal groups amount to.
    groups, n : int
        Groups and answers.
    """

    icc1: float | None
    icc2: float | None
    mean_size: float
    groups: int
    n: int


def group_agreement(values: ArrayLike, group: ArrayLike) -> GroupAgreement:
    """Return ICC(1) and ICC(2) from a one-way analysis of variance with groups of any size.

    Parameters
    ----------
    values : array_like
        One score per respondent.
    group : array_like
        The group of each.

    Returns
    -------
    GroupAgreement
        Both coefficients.

    Raises
    ------
    ValueError
        If values are missing, there are fewer than two groups, or no group has two members.

    Notes
    -----
    ``ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW)`` and ``ICC(2) = (MSB - MSW) / MSB`` with
    ``k = (N - sum(n**2) / N) / (g - 1)``.

    Examples
    --------
    >>> agreement = group_agreement([5, 4, 5, 2, 1, 2], list("aaabbb"))
    >>> round(agreement.icc1, 3), round(agreement.icc2, 3)
    (0.929, 0.975)
    """
    scores, labels = check_numbers(values, "values"), np.asarray(group)
    check_same_length(values=scores, group=labels)
    code, sizes = np.unique(labels, return_inverse=True, return_counts=True)[1:]
    groups, n = sizes.size, scores.size
    if groups < 2 or n == groups:
        raise ValueError(f"{n} values in {groups} groups, must be 2 or more groups and one with two members")
    means = np.bincount(code, weights=scores) / sizes
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (groups - 1)
    within = float(((scores - means[code]) ** 2).sum()) / (n - groups)
    size = float(n - (sizes**2).sum() / n) / (groups - 1)
    # Group means that agree but for rounding do agree.
    between = 0.0 if between < 1e-12 * within else between
    total = between + (size - 1) * within
    return GroupAgreement(
        (between - within) / total if total else None, (between - within) / between if between else None, size, groups, n
    )


class RaterAgreement(NamedTuple):
    """The six intraclass correlations of Shrout and Fleiss.

    Attributes
    ----------
    icc11, icc21, icc31 : float
        Reliability of one rating: each thing rated by other raters; all by the same raters, who stand for many; all by the
        same raters, who are the only ones of interest, so that their leniency does not count.
    icc1k, icc2k, icc3k : float
        The same for the mean of all raters.
    """

    icc11: float
    icc21: float
    icc31: float
    icc1k: float
    icc2k: float
    icc3k: float


def rater_agreement(ratings: ArrayLike) -> RaterAgreement:
    """Return the six intraclass correlations of a complete table of ratings.

    Parameters
    ----------
    ratings : array_like
        Shape (things rated, raters), at least two of each, none missing.

    Returns
    -------
    RaterAgreement
        All six forms. Choose before looking.

    Raises
    ------
    ValueError
        If a rating is missing, there are too few of them, or the things rated do not differ at all: nothing can then be
        told apart.

    References
    ----------
    Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations. Psychol Bull 86, 420-428.

    Examples
    --------
    >>> ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> [round(icc, 2) for icc in rater_agreement(ratings)]
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2 or not np.isfinite(table).all():
        raise ValueError(f"ratings of shape {table.shape}, must be 2 or more things by 2 or more raters, none missing")
    n, k = table.shape
    things, raters, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    between = k * float(((things - mean) ** 2).sum()) / (n - 1)
    columns = n * float(((raters - mean) ** 2).sum()) / (k - 1)
    within = float(((table - things[:, None]) ** 2).sum()) / (n * (k - 1))
    error = max(0.0, n * (k - 1) * within - (k - 1) * columns) / ((n - 1) * (k - 1))
    if math.isclose(between, 0, abs_tol=1e-12 * max(1.0, within)):
        raise ValueError("ratings: the things rated do not differ, their reliability does not exist")
    return RaterAgreement(
        (between - within) / (between + (k - 1) * within),
        (between - error) / (between + (k - 1) * error + k * (columns - error) / n),
        (between - error) / (between + (k - 1) * error),
        (between - within) / between,
        (between - error) / (between + (columns - error) / n),
        (between - error) / between,
    )
