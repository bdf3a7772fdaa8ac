"""From answers to scores: every statement on 0 to 100 with 100 the worst, every construct the mean of its statements.

Arrays in, arrays and intervals out; nothing here decides what may be shown.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import stats

from gapkit.instrument import ASKED
from gapkit.stats.intervals import FloatArray, Interval
from gapkit.survey.responses import CONSTRUCTS, PLACE, STATEMENTS, Rows

CONSTRUCT_OF: Final = np.array([CONSTRUCTS.index(item.block) for item in STATEMENTS])
_COLUMN: Final = [PLACE[item.id] for item in STATEMENTS]
_REVERSED: Final = np.array([item.is_reversed for item in ASKED])[_COLUMN]


def recode(rows: Rows) -> FloatArray:
    """Return how bad each answer is.

    Parameters
    ----------
    rows : Rows
        Answers as given.

    Returns
    -------
    numpy.ndarray
        Shape (respondents, statements) in the order of `STATEMENTS`, 0 best to 100 worst; nan for no answer.

    Notes
    -----
    ``25 (5 - v)`` where agreeing is good, ``25 (v - 1)`` where agreeing is bad.
    """
    given = rows.answers[:, _COLUMN]
    return np.where(_REVERSED, 25 * (given - 1), 25 * (5 - given))


def person_scores(bad: FloatArray, min_share: float) -> FloatArray:
    """Return each respondent's score on each construct.

    Parameters
    ----------
    bad : numpy.ndarray
        From `recode`.
    min_share : float
        Share of a construct's statements that must be answered.

    Returns
    -------
    numpy.ndarray
        Shape (respondents, constructs) in the order of `CONSTRUCTS`: the mean of what was answered; nan where too little
        was.
    """
    belongs = np.equal.outer(CONSTRUCT_OF, np.arange(len(CONSTRUCTS))).astype(float)
    given = ~np.isnan(bad)
    answered = given.astype(float) @ belongs
    total = np.where(given, bad, 0.0) @ belongs
    enough = answered >= np.maximum(min_share * belongs.sum(axis=0), 1e-9)
    scores: FloatArray = np.divide(total, answered, out=np.full(total.shape, np.nan), where=enough & (answered > 0))
    return scores


def filled_in(bad: FloatArray, scores: FloatArray) -> FloatArray:
    """Return the answers, those left out filled with the respondent's mean of the construct.

    So the statements of a construct average to its score exactly, and the two together tell no more than either.

    Returns
    -------
    numpy.ndarray
        Shape as `bad`; nan where the respondent has no score on the construct.
    """
    own = scores[:, CONSTRUCT_OF]
    return np.where(np.isnan(bad) | np.isnan(own), own, bad)


def mean_interval(values: FloatArray, weights: FloatArray | None = None, level: float = 0.95) -> Interval:
    """Return a weighted mean of scores with its interval.

    Parameters
    ----------
    values : numpy.ndarray
        At least two scores, 0..100.
    weights : numpy.ndarray, optional
        Weight of each; 1 unless given.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        The mean and limits within 0..100.

    Notes
    -----
    The linearised standard error ``sqrt(n / (n - 1) * sum(w**2 (x - m)**2)) / sum(w)`` with a t quantile on n - 1 degrees
    of freedom. It speaks of what people like these would answer, not of a draw from a list, so there is no correction for a
    finite population.

    Examples
    --------
    >>> [round(limit, 1) for limit in mean_interval(np.array([25.0, 50, 50, 75, 100]))]
    [60.0, 24.6, 95.4]
    """
    w = np.ones(len(values)) if weights is None else weights
    n, mean = len(values), float(np.average(values, weights=w))
    error = math.sqrt(n / (n - 1) * float((w**2 * (values - mean) ** 2).sum())) / float(w.sum())
    reach = error * float(stats.t.isf((1 - level) / 2, n - 1))
    return Interval(mean, max(0.0, mean - reach), min(100.0, mean + reach))
