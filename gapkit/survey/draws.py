"""Figures of a wave on resampled respondents: what scores and verdicts elsewhere are made uncertain with.

Answers themselves stay behind: what comes out are means and coefficients over everybody, one row per resample. All come
from the same resampled respondents, so they can be combined. They are material, not figures to be shown.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gapkit.stats.intervals import FloatArray
from gapkit.stats.resample import bootstrap_weights
from gapkit.survey.responses import CONSTRUCTS
from gapkit.survey.scoring import CONSTRUCT_OF


class Draws(NamedTuple):
    """Figures per resample; nan where nobody answered, or what is compared may not be shown.

    Attributes
    ----------
    items : numpy.ndarray
        Shape (resamples, statements) in the order of `responses.STATEMENTS`: weighted mean, 0 best to 100 worst.
    constructs : numpy.ndarray
        Shape (resamples, constructs) in the order of `responses.CONSTRUCTS`: weighted mean of the respondents' scores.
    priority_gap : numpy.ndarray
        Shape (resamples,): ``(1 - tau_b) / 2`` between the mean ranks of the first level and those of the others, 0 for the
        same order and 1 for the reverse.
    priority_concordance : numpy.ndarray
        Shape (resamples,): Kendall's W over everybody who ranked, 0 to 1.
    agreement : numpy.ndarray
        Shape (resamples, questions): agreement on Q1 to Q4 corrected for chance, 1 for the same answer.
    """

    items: FloatArray
    constructs: FloatArray
    priority_gap: FloatArray
    priority_concordance: FloatArray
    agreement: FloatArray

    def items_of(self, construct: str) -> FloatArray:
        """Return the statements of one construct: shape (resamples, its statements)."""
        return self.items[:, CONSTRUCTS.index(construct) == CONSTRUCT_OF]


class Material(NamedTuple):
    """What the figures are made of; respondents stand in one order everywhere.

    Attributes
    ----------
    bad : numpy.ndarray
        Respondents by statements, 0..100, left-out answers filled with the mean of the construct; nan without a score.
    scores, weights : numpy.ndarray
        Respondents by constructs: score (nan for none) and its weight.
    ranks : numpy.ndarray
        Respondents by priorities, complete ranks; nan throughout for those who ranked nothing.
    is_first : numpy.ndarray
        1 for the level compared with the others, 0 for the others, nan where they may not be compared.
    codes : tuple of numpy.ndarray
        Per question, respondents by codes offered: 1 where chosen.
    """

    bad: FloatArray
    scores: FloatArray
    weights: FloatArray
    ranks: FloatArray
    is_first: FloatArray
    codes: tuple[FloatArray, ...]


def as_measured(material: Material) -> Draws:
    """Return the figures on the respondents as they are: one row."""
    return _figures(material, np.ones((1, len(material.scores))), is_resampled=False)


def draw(material: Material, replicates: int, rng: np.random.Generator) -> Draws:
    """Return the figures on resampled respondents.

    Notes
    -----
    A resample holds some respondents twice, and they agree with themselves: agreement and concordance a of n respondents
    are freed of this by ``(n a - 1) / (n - 1)``. The gap of priorities is not: it is a little larger in resamples.
    """
    n = len(material.scores)
    blocks = bootstrap_weights(n, replicates, rng) if n else [np.zeros((replicates, 0), dtype=np.int64)]
    parts = [_figures(material, times.astype(np.float64), is_resampled=True) for times in blocks]
    return Draws(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _figures(material: Material, times: FloatArray, *, is_resampled: bool) -> Draws:
    """Return the figures when respondents count so many times each: shape (resamples, respondents)."""
    first, others = (times * (material.is_first == side) for side in (1, 0))
    return Draws(
        items=_means(material.bad, times, material.weights[:, CONSTRUCT_OF]),
        constructs=_means(material.scores, times, material.weights),
        priority_gap=order_gap(*(_means(material.ranks, side, np.ones(material.ranks.shape)) for side in (first, others))),
        priority_concordance=concordance(material.ranks, times, is_resampled=is_resampled),
        agreement=np.column_stack([agreement(codes, times, is_resampled=is_resampled) for codes in material.codes]),
    )


def _means(values: FloatArray, times: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the weighted mean of each column, over those who have a value."""
    known = ~np.isnan(values)
    total, weight = times @ np.where(known, weights * values, 0.0), times @ np.where(known, weights, 0.0)
    means: FloatArray = np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight > 0)
    return means


def order_gap(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return ``(1 - tau_b) / 2`` between two sets of mean ranks, row by row; nan where one of them has no order.

    Examples
    --------
    >>> order_gap(np.array([[1.0, 2, 3], [1.0, 2, 3]]), np.array([[1.0, 2, 3], [3.0, 2, 1]])).tolist()
    [0.0, 1.0]
    """
    left, right = np.triu_indices(one.shape[1], k=1)
    # Equal means differ by rounding.
    a, b = (np.sign(np.round(ranks[:, left] - ranks[:, right], 9)) for ranks in (one, other))
    compared = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    tau = np.divide((a * b).sum(axis=1), compared, out=np.full(len(a), np.nan), where=compared > 0)
    gap: FloatArray = (1 - tau) / 2
    return gap


def concordance(ranks: FloatArray, times: FloatArray, *, is_resampled: bool) -> FloatArray:
    """Return Kendall's W, corrected for ties, when respondents count so many times each."""
    n_options = ranks.shape[1]
    ranked = ~np.isnan(ranks).any(axis=1) if n_options > 1 else np.zeros(len(ranks), dtype=bool)
    if not ranked.any():
        return np.full(len(times), np.nan)
    mine, count = ranks[ranked], times[:, ranked]
    judges = count.sum(axis=1)
    # Each respondent's ranks add up to the same, so what varies is the squared distance from the middle.
    most = count @ ((mine - (n_options + 1) / 2) ** 2).sum(axis=1)
    spread = ((count @ (mine - (n_options + 1) / 2)) ** 2).sum(axis=1)
    w = np.divide(spread, judges * most, out=np.full(len(times), np.nan), where=(judges > 1) & (most > 0))
    return _freed(w, judges) if is_resampled else w


def agreement(codes: FloatArray, times: FloatArray, *, is_resampled: bool) -> FloatArray:
    """Return the share of pairs with the same code, corrected for choosing at random among those offered."""
    offered, count = codes.shape[1], times @ codes
    n = count.sum(axis=1)
    if offered < 2:
        return np.full(len(times), np.nan)
    pairs = (count * (count - 1)).sum(axis=1)
    alike = np.divide(pairs, n * (n - 1), out=np.full(len(times), np.nan), where=n > 1)
    alike = _freed(alike, n) if is_resampled else alike
    corrected: FloatArray = (alike - 1 / offered) / (1 - 1 / offered)
    return corrected


def _freed(share: FloatArray, n: FloatArray) -> FloatArray:
    """Return an agreement of resampled respondents without that of a respondent with themselves."""
    freed: FloatArray = np.divide(n * share - 1, n - 1, out=np.full(share.shape, np.nan), where=n > 1)
    return freed
