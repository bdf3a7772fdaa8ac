"""Agreement on codes: whether several coders read the same text alike, and respondents give the same answer.

Krippendorff's alpha is the rule for whether a coding may be used; Gwet's AC1 and Brennan-Prediger stand beside it, as they
do not collapse when nearly every text gets the same code.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats import inter_rater

from gapkit.stats.intervals import FloatArray, Interval, check_level
from gapkit.stats.resample import REPLICATES, percentile_interval

Scale = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(codes: ArrayLike, scale: Scale = "nominal") -> float | None:
    """Return Krippendorff's alpha, for any number of coders and with codes missing.

    Parameters
    ----------
    codes : array_like
        Shape (coders, texts): numbers that stand for codes, or values on a scale; ``nan`` where a coder gave none.
    scale : str
        How far two codes are apart: ``"nominal"`` (different or not), ``"ordinal"``, ``"interval"`` or ``"ratio"`` (values
        of 0 or more).

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance would give, below 0 for less. None if every code given is the same, or no
        text has two codes: agreement cannot then be told from chance.

    Raises
    ------
    ValueError
        If `codes` is not a table, or holds negative values on a ratio scale.

    Notes
    -----
    ``1 - observed disagreement / expected disagreement`` over pairs of codes of the same text; a text weighs as many codes
    as it has (at least two).

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 2, 3, 3, 2], [1, 2, 3, 3, 1]]), 3)
    0.727
    """
    counts, values = _counts_by_text(codes)
    counts = counts[counts.sum(axis=1) >= 2]
    if scale == "ratio" and (values < 0).any():
        raise ValueError("codes: a ratio scale has no negative values")
    per_text = counts.sum(axis=1, keepdims=True)
    # Ordered pairs of codes of the same text, weighted so that a text counts as often as it was coded.
    pairs = (counts / np.maximum(per_text - 1, 1)).T @ counts - np.diag((counts / np.maximum(per_text - 1, 1)).sum(axis=0))
    totals = counts.sum(axis=0)
    distance = _distance(values, totals, scale)
    expected = float(totals @ distance @ totals)
    if not expected:
        return None
    return 1 - (float(totals.sum()) - 1) * float((pairs * distance).sum()) / expected


def _counts_by_text(codes: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return how often each text got each code, and the codes in order."""
    table = np.asarray(codes, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"codes of shape {table.shape}, must be coders by texts")
    values = np.unique(table[~np.isnan(table)])
    return (table[:, :, None] == values).sum(axis=0).astype(np.float64), values


def _distance(values: FloatArray, totals: FloatArray, scale: Scale) -> FloatArray:
    """Return the squared distance between every two codes."""
    if scale == "nominal":
        return 1 - np.eye(values.size)
    if scale == "ordinal":
        # Where each code lies in the order of all codes given, counted in codes.
        values = np.cumsum(totals) - totals / 2
    difference = values[:, None] - values
    if scale == "ratio":
        total = values[:, None] + values
        difference = np.divide(difference, total, out=np.zeros_like(total), where=total > 0)
    squared: FloatArray = difference**2
    return squared


class ChanceCorrected(NamedTuple):
    """Agreement of coders on codes without distances.

    Attributes
    ----------
    observed : float
        Share of pairs of codes of the same text that are equal (0..1).
    ac1 : float
        Gwet's AC1.
    brennan_prediger : float
        Observed agreement corrected for coders who choose among the codes at random.
    texts : int
        Texts with at least two codes.
    """

    observed: float
    ac1: float
    brennan_prediger: float
    texts: int


def coder_agreement(codes: ArrayLike, offered: int) -> ChanceCorrected:
    """Return Gwet's AC1 and the Brennan-Prediger coefficient, for any number of coders and with codes missing.

    Parameters
    ----------
    codes : array_like
        As for `krippendorff_alpha`.
    offered : int
        Number of codes the coders could choose from, at least two.

    Returns
    -------
    ChanceCorrected
        Observed and corrected agreement.

    Raises
    ------
    ValueError
        If no text has two codes, or more codes were used than offered.

    Notes
    -----
    ``(a - e) / (1 - e)``: a averages over texts with two or more codes; e is ``1 / q`` for Brennan-Prediger and
    ``sum(p (1 - p)) / (q - 1)`` for AC1, p the mean share of each code over all coded texts and q the codes offered.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. Br J Math Stat
    Psychol 61, 29-48.

    Examples
    --------
    >>> agreement = coder_agreement([[1, 2, 3, 3, 2], [1, 2, 3, 3, 1]], offered=3)
    >>> round(agreement.ac1, 3), round(agreement.brennan_prediger, 3)
    (0.701, 0.7)
    """
    counts, values = _counts_by_text(codes)
    per_text = counts.sum(axis=1)
    twice = per_text >= 2
    if not twice.any() or offered < max(2, values.size):
        raise ValueError(
            f"{int(twice.sum())} texts with two codes, {values.size} of {offered} codes used: need 1 and 2 or more"
        )
    equal = (counts * (counts - 1)).sum(axis=1)[twice] / (per_text * (per_text - 1))[twice]
    observed = float(equal.mean())
    coded = per_text > 0
    share = (counts[coded] / per_text[coded, None]).mean(axis=0)
    by_chance = float((share * (1 - share)).sum()) / (offered - 1)
    return ChanceCorrected(
        observed,
        (observed - by_chance) / (1 - by_chance),
        (observed - 1 / offered) / (1 - 1 / offered),
        int(twice.sum()),
    )


def fleiss_kappa(counts: ArrayLike) -> float | None:
    """Return Fleiss' kappa of texts that all have the same number of codes.

    Parameters
    ----------
    counts : array_like of int
        Shape (texts, codes): how many coders gave each text each code.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for chance; None if every code given is the same.

    Raises
    ------
    ValueError
        If texts differ in their number of codes.

    Examples
    --------
    >>> round(fleiss_kappa([[3, 0], [0, 3], [2, 1]]), 3)
    0.55
    """
    table = np.asarray(counts, dtype=np.int64)
    per_text = table.sum(axis=1)
    if (per_text != per_text[0]).any() or per_text[0] < 2:
        raise ValueError(f"counts: texts have {sorted(set(per_text.tolist()))} codes, must be the same number, 2 or more")
    return float(inter_rater.fleiss_kappa(table)) if (table.sum(axis=0) > 0).sum() > 1 else None


class AnswerAgreement(NamedTuple):
    """How many respondents gave the same answer to one question.

    Attributes
    ----------
    observed : float
        Share of pairs of respondents with the same answer (0..1).
    corrected : Interval
        The same, corrected for respondents who choose among the codes at random, with bootstrap limits.
    modal_share : float
        Share of respondents with the most frequent answer (0..1).
    n : int
        Respondents.
    """

    observed: float
    corrected: Interval
    modal_share: float
    n: int


def answer_agreement(
    counts: ArrayLike, offered: int, *, level: float = 0.95, replicates: int = REPLICATES, seed: int
) -> AnswerAgreement:
    """Return the agreement of respondents on one question, each answer coded once.

    Parameters
    ----------
    counts : array_like of int
        Respondents on each code; codes nobody chose may be left out.
    offered : int
        Number of codes offered, at least two.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    AnswerAgreement
        Observed and corrected agreement.

    Raises
    ------
    ValueError
        If there are fewer than two respondents, or more codes were used than offered.

    Notes
    -----
    ``a = sum(n_k (n_k - 1)) / (N (N - 1))``, corrected ``(a - 1/K) / (1 - 1/K)`` (Brennan & Prediger 1981). A resample
    holds some respondents twice, and respondents agree with themselves; ``(N a - 1) / (N - 1)`` takes that out of every
    replicate.

    Examples
    --------
    >>> agreement = answer_agreement([6, 2, 1, 1], 5, seed=1)
    >>> round(agreement.observed, 4), round(agreement.corrected.value, 4)
    (0.3556, 0.1944)
    """
    table = np.asarray(counts, dtype=np.int64)
    n = int(table.sum())
    if n < 2 or (table < 0).any() or offered < max(2, int((table > 0).sum())):
        raise ValueError(
            f"counts == {table.tolist()} on {offered} codes: need 2 respondents, and no code beyond those offered"
        )
    table = np.sort(table[table > 0])
    drawn = np.random.default_rng(seed).multinomial(n, table / n, replicates)
    observed = _pairs_alike(table[None], n)
    replicated = (n * _pairs_alike(drawn, n) - 1) / (n - 1)
    corrected, limits = ((values - 1 / offered) / (1 - 1 / offered) for values in (observed, replicated))
    interval = percentile_interval(float(corrected[0]), limits, check_level(level))
    return AnswerAgreement(float(observed[0]), interval, float(table.max()) / n, n)


def _pairs_alike(counts: np.ndarray, n: int) -> FloatArray:
    """Return the share of pairs with the same answer in each row."""
    share: FloatArray = (counts * (counts - 1)).sum(axis=1) / (n * (n - 1))
    return share
