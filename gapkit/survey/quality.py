"""Who reads what they answer: four signs of inattention, and who is left out for showing two of them.

One sign alone is often an honest respondent in a hurry, so it takes two. The result with everybody is always worked out as
well; whether it may be shown is decided where everything is decided that leaves this room (`gapkit.survey.anonymity`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.instrument import ASKED, CHECK, CHECK_ANSWER
from gapkit.stats.intervals import FloatArray
from gapkit.survey.responses import CONSTRUCTS, PLACE, Mask, Rows

if TYPE_CHECKING:
    from gapkit.config import Settings

FLAGS: Final = ("is_speeder", "is_straight_liner", "is_check_failed", "is_contradictory")
REVERSED: Final = np.array([item.is_reversed for item in ASKED])
IS_STATEMENT: Final = np.array([item != CHECK for item in ASKED])


def quality_flags(rows: Rows, settings: Settings) -> pd.DataFrame:
    """Return the four flags of each respondent.

    Parameters
    ----------
    rows : Rows
        Of one wave.
    settings : Settings
        Supplies the thresholds.

    Returns
    -------
    DataFrame
        One row per respondent in the order of `rows`, boolean columns as `FLAGS`. A flag that cannot be judged (no time
        recorded, check left out) is not set.

    Notes
    -----
    *Speeder*: less than `seconds_per_item` per statement asked, on average. *Straight-liner*: `longest_run` equal answers
    in a row among which are statements of both directions, or at least `even_answers` answers of both directions all
    alike. *Check failed*: another answer than the one asked for. *Contradictory*: on `contradictions` constructs or more a
    statement and a reversed one are both agreed with (4 and more) or both disagreed with (2 and less); a construct counts
    once, since two pairs of one construct share an answer.

    References
    ----------
    Meade, A. W. & Craig, S. B. (2012). Identifying careless responses in survey data. Psychol Methods 17, 437-455.
    Huang, J. L. et al. (2012). Detecting and deterring insufficient effort responding. J Bus Psychol 27, 99-114.
    """
    statements, reverse = rows.answers[:, IS_STATEMENT], REVERSED[IS_STATEMENT]
    asked = int((~np.isnan(statements)).any(axis=0).sum())
    check = rows.answers[:, PLACE[CHECK.id]]
    flags = (
        rows.seconds < settings.seconds_per_item * asked,
        (longest_mixed_run(statements, reverse) >= settings.longest_run) | _is_even(statements, reverse, settings),
        # A scale of other length has its "disagree" beside the second of five points.
        np.abs(check - CHECK_ANSWER) > 0.5,
        contradicted_constructs(rows.answers) >= settings.contradictions,
    )
    return pd.DataFrame(dict(zip(FLAGS, flags, strict=True)))


def is_counted(rows: Rows, settings: Settings) -> Mask:
    """Return which respondents show fewer flags than it takes to be left out."""
    counted: Mask = quality_flags(rows, settings).sum(axis=1).to_numpy() < settings.flags_to_exclude
    return counted


def longest_mixed_run(answers: FloatArray, is_reversed: Mask) -> np.ndarray:
    """Return the longest run of equal answers that holds statements of both directions, per respondent.

    Parameters
    ----------
    answers : numpy.ndarray
        Shape (respondents, statements) in the order asked; nan is passed over.
    is_reversed : numpy.ndarray of bool
        Direction of each statement.

    Examples
    --------
    >>> longest_mixed_run(np.array([[3.0, 3, np.nan, 3, 4], [3.0, 4, 3, 4, 3]]), np.array([0, 1, 0, 0, 0], bool)).tolist()
    [3, 0]
    """
    n = len(answers)
    last, run, longest = np.full(n, np.nan), np.zeros(n, int), np.zeros(n, int)
    seen = np.zeros((n, 2), bool)  # directions in the present run
    for column, direction in zip(answers.T, is_reversed.astype(int), strict=True):
        given, goes_on = ~np.isnan(column), column == last
        run = np.where(given, np.where(goes_on, run + 1, 1), run)
        seen[given & ~goes_on] = False
        seen[given, direction] = True
        last = np.where(given, column, last)
        longest = np.where(seen.all(axis=1), np.maximum(longest, run), longest)
    return longest


def _is_even(answers: FloatArray, is_reversed: Mask, settings: Settings) -> Mask:
    """Return who gave one answer only, to enough statements of both directions."""
    given = ~np.isnan(answers)
    low, high = np.where(given, answers, np.inf).min(axis=1), np.where(given, answers, -np.inf).max(axis=1)
    both = given[:, is_reversed].any(axis=1) & given[:, ~is_reversed].any(axis=1)
    even: Mask = (given.sum(axis=1) >= settings.even_answers) & both & (low == high)
    return even


def contradicted_constructs(answers: FloatArray) -> np.ndarray:
    """Return on how many constructs each respondent contradicts themselves; `answers` as in `Rows`."""
    total = np.zeros(len(answers), int)
    for construct in CONSTRUCTS:
        places = np.array([place for place, item in enumerate(ASKED) if item.block == construct])
        one, other = answers[:, places[~REVERSED[places]]], answers[:, places[REVERSED[places]]]
        agreed = (one >= 4).any(axis=1) & (other >= 4).any(axis=1)
        denied = (one <= 2).any(axis=1) & (other <= 2).any(axis=1)
        total += agreed | denied
    return total
