"""Do statements hang together, and do the people of a group see the same thing? Reliability and agreement.

Reliability is of a construct over everybody: below it statements are read one by one. Agreement is of a group on a
construct: without it the group has no view of its own, and how its answers are spread is shown instead of their mean.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.stats.agreement import group_agreement, r_wg_items
from gapkit.stats.intervals import FloatArray
from gapkit.stats.reliability import scale_reliability
from gapkit.survey.responses import CONSTRUCTS
from gapkit.survey.scoring import CONSTRUCT_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.config import Settings
    from gapkit.survey.anonymity import Gate, Part

RELIABILITY_COLUMNS: Final = ("construct", "items", "n", "alpha", "low", "high", "omega", "icc1", "icc2", "word")
# Lower limits of the words (LeBreton and Senter 2008).
AGREEMENT: Final = {"very strong": 0.90, "strong": 0.70, "moderate": 0.50, "weak": 0.30}
ROUGH, SOUND = 0.50, 0.70
SINGLE, ONE_BY_ONE = "single statement", "statements do not hang together: read them one by one"
# Between the answers "disagree" and "neither", and between "neither" and "agree", on 0..100.
HARDLY, CLEARLY = 37.5, 62.5


class Agreement(NamedTuple):
    """How alike the people of a group see a construct.

    Attributes
    ----------
    r_wg : float
        r_wg(j), 0..1; nan where some statement has fewer than two answers.
    word : str
        none, weak, moderate, strong, very strong; empty where it is not known.
    """

    r_wg: float
    word: str


def agreement_word(r_wg: float) -> str:
    """Return the word for an agreement.

    Examples
    --------
    >>> [agreement_word(r) for r in (0.30, 0.31, 0.51, 0.71, 0.91)]
    ['none', 'weak', 'moderate', 'strong', 'very strong']
    """
    return next((word for word, limit in AGREEMENT.items() if r_wg > limit), "none")


def agreement(bad: FloatArray) -> Agreement:
    """Return how alike a group answered the statements of one construct.

    Parameters
    ----------
    bad : numpy.ndarray
        Shape (respondents, statements), 0..100; nan for no answer.
    """
    if ((~np.isnan(bad)).sum(axis=0) < 2).any():
        return Agreement(math.nan, "")
    # Back on 1..5, where the variance of answers at random is known; clipped, as rounding must not leave the scale.
    r_wg = r_wg_items(np.clip(1 + bad / 25, 1, 5))
    return Agreement(r_wg, agreement_word(r_wg))


def spread(scores: FloatArray) -> tuple[float, float, float]:
    """Return the shares of people who hardly see a problem, see it in part, and clearly see it.

    Examples
    --------
    >>> spread(np.array([25.0, 37.5, 62.5, 100.0]))
    (0.25, 0.5, 0.25)
    """
    low, high = float((scores < HARDLY).mean()), float((scores > CLEARLY).mean())
    return low, 1 - low - high, high


def reliability(gate: Gate, bad: FloatArray, scores: FloatArray, settings: Settings) -> pd.DataFrame:
    """Return how well the statements of each construct hang together, and how far groups differ on it.

    Parameters
    ----------
    gate : Gate
        Of the wave.
    bad, scores : numpy.ndarray
        From `scoring.recode` and `scoring.person_scores`.
    settings : Settings
        Minimum numbers of respondents.

    Returns
    -------
    DataFrame
        One row per construct: construct, items, n (who answered all of them), alpha with low and high (Feldt, 95 %), omega,
        icc1 and icc2 over the groups shown, and the word: sound, rough, read one by one, a single statement, or too little
        data. Missing numbers are not known.
    """
    places = range(len(CONSTRUCTS)) if gate.is_open else ()
    rows = [_row(gate, place, bad[:, place == CONSTRUCT_OF], scores[:, place], settings) for place in places]
    return pd.DataFrame(rows, columns=list(RELIABILITY_COLUMNS))


def _row(gate: Gate, place: int, bad: FloatArray, score: FloatArray, settings: Settings) -> tuple[object, ...]:
    items, complete = bad.shape[1], np.asarray(~np.isnan(bad).any(axis=1))
    n, none = int(complete.sum()), (math.nan,) * 4
    icc = _between_groups(gate.by_group(~np.isnan(score)), score)
    if not gate.may_show(complete):
        return CONSTRUCTS[place], items, 0, *none, *icc, "too little data"
    if items == 1:
        return CONSTRUCTS[place], items, n, *none, *icc, SINGLE
    if n < settings.min_n_reliability:
        return CONSTRUCTS[place], items, n, *none, *icc, "too little data"
    found = scale_reliability(bad)
    if found.alpha is None:
        return CONSTRUCTS[place], items, n, *none, *icc, "everybody answers alike"
    omega = found.omega if found.omega is not None and n >= settings.min_n_omega else math.nan
    return CONSTRUCTS[place], items, n, *found.alpha, omega, *icc, _reliability_word(found.alpha.value)


def _reliability_word(alpha: float) -> str:
    if alpha >= SOUND:
        return "sound"
    return "rough" if alpha >= ROUGH else ONE_BY_ONE


def _between_groups(parts: Sequence[Part], score: FloatArray) -> tuple[float, float]:
    """Return ICC(1) and ICC(2) over groups shown, nan where there are fewer than two."""
    groups = [part for part in parts if len(part.members) == 1]
    if len(groups) < 2:
        return math.nan, math.nan
    values = np.concatenate([score[part.rows] for part in groups])
    found = group_agreement(values, np.repeat(np.arange(len(groups)), [part.n for part in groups]))
    return math.nan if found.icc1 is None else found.icc1, math.nan if found.icc2 is None else found.icc2
