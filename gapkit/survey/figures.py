"""Scores as they may be shown: of everybody, by level, by group, per statement, with and without those left out.

Each function asks the gate for the respondents its figures rest on, construct by construct, and returns a frame with n and
interval beside every score.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.instrument import ANSWERS
from gapkit.survey.anonymity import Gate, Part
from gapkit.survey.nonresponse import extremes, invited_in, weights
from gapkit.survey.responses import CONSTRUCTS, PLACE, STATEMENTS, Mask, Rows
from gapkit.survey.scoring import CONSTRUCT_OF, filled_in, mean_interval, person_scores, recode
from gapkit.survey.together import agreement, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.config import Settings
    from gapkit.stats.intervals import FloatArray

# Agreement in a group too small to say how far it goes without giving its answers away.
SHARED, SPLIT = "shared", "split"
CONSTRUCT_COLUMNS: Final = ("construct", "n", "score", "low", "high", "is_weighted", "low_if_absent", "high_if_absent")
LEVEL_COLUMNS: Final = ("construct", "level", "n", "score", "low", "high")
GROUP_COLUMNS: Final = (
    "construct", "group", "n", "score", "low", "high", "r_wg", "agreement", "is_shared_view",
    "hardly_share", "partly_share", "clearly_share",
)  # fmt: skip
ITEM_COLUMNS: Final = ("item", "construct", "n", "score", "low", "high")
SPREAD_COLUMNS: Final = ("item", "n", *(f"answer_{point}" for point in ANSWERS))
SCREENING_COLUMNS: Final = ("construct", "n", "score", "n_everybody", "score_everybody")


# Constructs of more than one statement.
BROAD: Final = frozenset(np.flatnonzero(np.bincount(CONSTRUCT_OF, minlength=len(CONSTRUCTS)) > 1).tolist())


@dataclass(frozen=True, repr=False, eq=False)
class Scored:
    """Answers of one wave turned into scores.

    Attributes
    ----------
    rows : Rows
        The respondents counted.
    gate : Gate
        Their gate.
    bad, scores : numpy.ndarray
        From `scoring.recode` and `scoring.person_scores`.
    invited : DataFrame
        survey_invited of the wave.
    settings : Settings
        Thresholds.
    """

    rows: Rows
    gate: Gate
    bad: FloatArray
    scores: FloatArray
    invited: pd.DataFrame
    settings: Settings

    def has(self, construct: int) -> Mask:
        """Return who has a score on a construct."""
        has: Mask = ~np.isnan(self.scores[:, construct])
        return has

    @cached_property
    def weights(self) -> FloatArray:
        """Weight of each respondent's score on each construct; 0 without a score, and where nothing may be shown."""
        columns = [
            weights(self.gate, has, self.invited, self.settings) if self.gate.may_show(has) else np.zeros(len(has))
            for has in map(self.has, range(len(CONSTRUCTS)))
        ]
        return np.column_stack(columns)


def score(rows: Rows, gate: Gate, invited: pd.DataFrame, settings: Settings) -> Scored:
    """Return the answers of a wave with their scores."""
    bad = recode(rows)
    return Scored(rows, gate, bad, person_scores(bad, settings.min_answered_share), invited, settings)


def construct_scores(scored: Scored) -> pd.DataFrame:
    """Return the score of everybody on each construct that may be shown.

    Returns
    -------
    DataFrame
        Columns construct, n, score (0 best to 100 worst), low, high (95 %), is_weighted (whether to the shares of those
        invited), low_if_absent and high_if_absent (score if all who did not answer were at the 10th, or the 90th,
        percentile of those who did, rounded outward; missing below the number that may show its spread).

    Notes
    -----
    A construct of one statement needs as many answers as may show their spread: of fewer, mean and interval would tell
    every single answer.
    """
    found = []
    for place, construct in enumerate(CONSTRUCTS):
        has = scored.has(place)
        if not scored.gate.may_show(has) or not (place in BROAD or scored.gate.may_show_spread(has)):
            continue
        values, weight = scored.scores[has, place], scored.weights[has, place]
        interval = mean_interval(values, weight)
        ends = None
        if scored.gate.may_show_spread(has):
            ends = extremes(values, interval.value, invited_in(scored.invited, None, None))
        found.append((construct, len(values), *interval, bool(np.ptp(weight) > 0), *(ends or (math.nan, math.nan))))
    return pd.DataFrame(found, columns=list(CONSTRUCT_COLUMNS))


def level_scores(scored: Scored) -> pd.DataFrame:
    """Return the score of each level that may be shown, leadership first, in columns as `LEVEL_COLUMNS`."""
    found = [
        (construct, part.name, part.n, *_part_interval(scored, place, part, parts))
        for place, construct in enumerate(CONSTRUCTS)
        for parts in [scored.gate.by_level(scored.has(place))]
        for part in parts
    ]
    return pd.DataFrame(found, columns=list(LEVEL_COLUMNS))


def group_scores(scored: Scored) -> pd.DataFrame:
    """Return how each group that may be shown sees each construct.

    Returns
    -------
    DataFrame
        Columns construct, group (the others pooled last), n, score, low, high, r_wg, agreement in words, is_shared_view,
        and the shares of people who hardly see a problem, see it in part, and clearly see it. Where its
        width may not be told (`may_tell_width`) a group has no interval and no r_wg, and the agreement of a small one is
        "shared" or "split". Where agreement is below
        `min_agreement` the group has no view of its own: the score is missing and the shares stand instead, from the number
        that may show its spread on. The pooled groups are nobody's team, so no agreement is asked of them.
    """
    found = [
        _group_row(scored, place, part, parts)
        for place in range(len(CONSTRUCTS))
        for parts in [scored.gate.by_group(scored.has(place))]
        for part in parts
    ]
    return pd.DataFrame(found, columns=list(GROUP_COLUMNS))


def _group_row(scored: Scored, place: int, part: Part, parts: Sequence[Part]) -> tuple[object, ...]:
    values = scored.scores[part.rows, place]
    head = (CONSTRUCTS[place], part.name, part.n)
    no_spread = (math.nan,) * 3
    limits = _part_interval(scored, place, part, parts)
    if len(part.members) > 1 or "" in part.members:
        return (*head, *limits, math.nan, "", False, *no_spread)
    r_wg, word = agreement(scored.bad[part.rows][:, place == CONSTRUCT_OF])
    is_shared = bool(r_wg >= scored.settings.min_agreement)
    shown = limits if is_shared else (math.nan,) * 3
    if not scored.gate.may_show_spread(part.rows):
        return (*head, *shown, math.nan, SHARED if is_shared else SPLIT, is_shared, *no_spread)
    told = r_wg if may_tell_width(scored.gate, part, parts) else math.nan
    return (*head, *shown, told, word, is_shared, *(no_spread if is_shared else spread(values)))


def _part_interval(scored: Scored, place: int, part: Part, parts: Sequence[Part]) -> tuple[float, float, float]:
    """Return the mean of a part with its interval; the mean alone where the width may not be told."""
    value, low, high = mean_interval(scored.scores[part.rows, place])
    return (value, low, high) if may_tell_width(scored.gate, part, parts) else (value, math.nan, math.nan)


def may_tell_width(gate: Gate, part: Part, parts: Sequence[Part]) -> bool:
    """Return whether it may be told how far the answers of a part lie apart: its interval, its agreement.

    Of few answers to one statement, mean and width leave one possibility: every single answer. So a part needs as many
    answers as may show their spread. The width of everybody is known too, so that of the small parts must not be what is
    left when the large ones are taken away: they must be none, or several with enough answers together.
    """
    small = [one for one in parts if not gate.may_show_spread(one.rows)]
    together = np.logical_or.reduce([one.rows for one in small]) if small else np.zeros(len(part.rows), dtype=bool)
    is_hidden = not small or (len(small) > 1 and gate.may_show_spread(together))
    return gate.may_show_spread(part.rows) and is_hidden


def item_scores(scored: Scored) -> pd.DataFrame:
    """Return the score of everybody on each statement, unweighted, in columns as `ITEM_COLUMNS`.

    Left-out answers count as the respondent's mean of the construct, so that the statements of a construct and its
    unweighted score tell the same: their difference would be about the few who left one out. Below the number that may show
    its spread a statement has no interval: with the mean it would give every single answer away.
    """
    filled = filled_in(scored.bad, scored.scores)
    found = []
    for column, item in enumerate(STATEMENTS):
        has = ~np.isnan(filled[:, column])
        if scored.gate.may_show(has):
            value, low, high = mean_interval(filled[has, column])
            limits = (low, high) if scored.gate.may_show_spread(has) else (math.nan, math.nan)
            found.append((item.id, item.block, int(has.sum()), value, *limits))
    return pd.DataFrame(found, columns=list(ITEM_COLUMNS))


def item_spread(scored: Scored) -> pd.DataFrame:
    """Return how the answers to each statement are spread, where that may be shown.

    Returns
    -------
    DataFrame
        Columns item, n, answer_1 … answer_5 (shares, as answered, not recoded; answers between two points go to the
        nearest). Statements that one to a few respondents left out are missing: beside the score the spread would give
        their answers away.
    """
    found = []
    for column, item in enumerate(STATEMENTS):
        has, given = scored.has(CONSTRUCT_OF[column]), ~np.isnan(scored.bad[:, column])
        if scored.gate.may_show_spread(has & given) and scored.gate.may_leave_out(has & ~given):
            points = np.clip(np.rint(scored.rows.answers[has & given, PLACE[item.id]]), 1, len(ANSWERS)).astype(int)
            shares = np.bincount(points, minlength=len(ANSWERS) + 1)[1:] / len(points)
            found.append((item.id, len(points), *shares))
    return pd.DataFrame(found, columns=list(SPREAD_COLUMNS))


def screening(scored: Scored, everybody: Rows) -> pd.DataFrame:
    """Return the unweighted scores without and with the respondents left out for their flags.

    Parameters
    ----------
    scored : Scored
        The respondents counted.
    everybody : Rows
        Those left out too.

    Returns
    -------
    DataFrame
        Columns construct, n, score, n_everybody, score_everybody; only constructs for which the difference is about nobody,
        or about enough people.
    """
    extra = np.isin(everybody.token, scored.rows.token, invert=True)
    all_scores = person_scores(recode(everybody), scored.settings.min_answered_share)
    found = []
    for place, construct in enumerate(CONSTRUCTS):
        has, has_all = scored.has(place), ~np.isnan(all_scores[:, place])
        left_out = int((has_all & extra).sum())
        if scored.gate.may_show(has) and (left_out == 0 or left_out >= scored.gate.minimum):
            mean, mean_all = scored.scores[has, place].mean(), all_scores[has_all, place].mean()
            found.append((construct, int(has.sum()), mean, int(has_all.sum()), mean_all))
    return pd.DataFrame(found, columns=list(SCREENING_COLUMNS))
