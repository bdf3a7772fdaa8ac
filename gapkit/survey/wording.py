"""What people say, in sentences: where leadership and the others differ, what the scores mean, who answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_number, label_result, label_result_interval, sentence_case
from gapkit.survey.strategy import USABLE_ALPHA
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.results import Result

# Below this adjusted p a difference is called shown.
ALPHA: Final = 0.05
# The middle of the scale: from here on more of a problem is seen than not.
MIDDLE: Final = 50
# Kendall's W below which people are said to rank differently.
ALIKE: Final = 0.5
NAMES: Final = {"criteria": "criteria for choosing", "work": "quality of the work"}
# A list of groups longer than this, in letters, would bury the exhibit it stands under.
LONGEST: Final = 360
ADDS: Final = (
    "No survey was held, so nothing here says what people see. Six minutes of everybody's time would show where leadership "
    "and teams differ, put perception beside every finding, and answer the four strategy questions."
)


def construct_name(construct: str) -> str:
    """Return what a construct is called where its score is shown.

    Examples
    --------
    >>> construct_name("work"), construct_name("unclear_ownership")
    ('quality of the work', 'unclear ownership')
    """
    return NAMES.get(construct, name_of(construct))


def _see(side: str) -> str:
    return "sees" if side in {"leadership", "everybody else"} else "see"


def gap_title(gap: pd.DataFrame) -> str:
    """Return where two sides differ most, or that no difference is shown and how large one may still be.

    Parameters
    ----------
    gap : DataFrame
        From `gap.leadership_gap`, not empty.
    """
    shown = gap.loc[gap["p_adjusted"] < ALPHA]
    if shown.empty:
        reach = gap[["low", "high"]].abs().max(axis=1)
        row = gap.iloc[int(reach.argmax())]
        return (
            f"No difference between {row['first']} and {row['others']} is shown; on {construct_name(row['construct'])} the "
            f"answers still allow one of {label_number(reach.max(), 2)} (Cliff’s delta, at most 1)"
        )
    row = shown.iloc[int(shown["delta"].abs().argmax())]
    sides, means = [row["others"], row["first"]], [row["mean_others"], row["mean_first"]]
    if row["delta"] < 0:
        sides, means = sides[::-1], means[::-1]
    most = "" if len(shown) == 1 else f"Of {label_count(len(shown), 'difference')} shown this is the largest: "
    said = f"{sides[0]} {_see(sides[0])} {construct_name(row['construct'])} worse than {sides[1]}"
    return (
        f"{most}{said if most else sentence_case(said)}, {label_number(means[0])} against {label_number(means[1])} of 100"
    )


def gap_reading(gap: pd.DataFrame) -> str:
    """Return what the comparison means for the engagement; `gap` as in `gap_title`."""
    shown = gap.loc[gap["p_adjusted"] < ALPHA]
    if shown.empty:
        lean = f"{label_number((gap['delta'] > 0).sum())} of {label_count(len(gap), 'point')}"
        return (
            "That is no proof of one shared view: with so few answers only a large difference would show. The mean of "
            f"{gap['others'].iloc[0]} is the worse one on {lean}; ask both sides before the redesign."
        )
    named = label_list([construct_name(construct) for construct in shown["construct"]])
    if (shown["delta"] > 0).all():
        return (
            f"What is decided on {named} rests on a picture those who do the work do not share. Put both figures on the "
            "table before the redesign decides on them."
        )
    return f"On {named} the two sides start from different pictures. Settle them before the redesign decides on them."


def concordance_title(concordance: Result) -> str:
    """Return whether people rank the priorities alike."""
    low, high = concordance.low, concordance.high
    told = f"Kendall’s W {label_result(concordance)} ({label_result_interval(concordance)})"
    if low is not None and low >= ALIKE:
        return f"People rank the priorities largely alike: {told}"
    if high is not None and high < ALIKE:
        return f"People rank the priorities differently: {told}"
    return f"Whether people rank the priorities alike is not settled: {told}"


def priorities_reading(gap: Result, first: str, others: str) -> str:
    """Return how far the order of the leadership and that of the others lie apart."""
    if not gap.is_ok or gap.value is None:
        return f"The orders of leadership and the others are not compared. {gap.caveats[0] if gap.caveats else ''}".strip()
    said = f"{label_result(gap)} ({label_result_interval(gap)})"
    return (
        f"{sentence_case(first)} and {others} put {said} of the pairs of priorities in opposite order: 0 % is the same "
        "order, 100 % the reverse."
    )


def perception_title(constructs: pd.DataFrame) -> str:
    """Return what people see as the largest problem, or that they see none above the middle of the scale.

    Parameters
    ----------
    constructs : DataFrame
        From `figures.construct_scores`, not empty.
    """
    worst = constructs.iloc[int(constructs["score"].argmax())]
    name, told = construct_name(worst["construct"]), _with_interval(worst)
    above = constructs.loc[constructs["low"] > MIDDLE]
    if above.empty:
        return f"On no point do people clearly see more problem than not; the worst is {name}, {told} of 100"
    if len(above) == 1:
        return f"Only {construct_name(above['construct'].iloc[0])} is clearly seen as more problem than not: {told} of 100"
    return f"People clearly see {label_count(len(above), 'problem')}, {name} the most: {told} of 100"


def _with_interval(row: pd.Series) -> str:
    return f"{label_number(row['score'])} ({label_number(row['low'])} to {label_number(row['high'])})"


def reliability_words(word: str) -> str:
    """Return how far a score may be trusted, short enough for a chart.

    Examples
    --------
    >>> reliability_words("sound"), reliability_words("single statement")
    ('', 'one statement')
    """
    short = {"sound": "", "too little data": "", "single statement": "one statement"}
    if word.startswith("statements do not"):
        return "read singly"
    return short.get(word, word)


def shared_title(own: pd.DataFrame) -> str:
    """Return on how many points groups share a view.

    Parameters
    ----------
    own : DataFrame
        Rows of `figures.group_scores` that are of one group each, with a known agreement; not empty.
    """
    shared, views = int(own["is_shared_view"].sum()), label_count(len(own), "view")
    groups = label_count(own["group"].nunique(), "group")
    if shared == len(own):
        return f"All {views} of {groups} are shared inside the group, so the mean may stand for it"
    if not shared:
        return f"None of {views} of {groups} is shared inside the group: each is split, and no mean may stand for it"
    return (
        f"{label_number(shared)} of {views} of {groups} are shared inside the group; the others are split and have no mean"
    )


def left_out_words(caveats: Sequence[str], screening: pd.DataFrame) -> str:
    """Return how many answers were left out as inattentive and what they would change, empty where none were.

    Parameters
    ----------
    caveats : sequence of str
        Those of the wave.
    screening : DataFrame
        From `figures.screening`.
    """
    told = next((caveat for caveat in caveats if "inattentive" in caveat), "")
    if screening.empty or "scores with them" not in told:
        return told
    most = math.ceil((screening["score_everybody"] - screening["score"]).abs().max())
    return f"{told.partition(';')[0]}; with them no score moves by more than {label_count(most, 'point')}."


def group_caveat(caveats: Sequence[str]) -> str:
    """Return which groups are shown together and why, empty where none are; a long list of them is left to the appendix."""
    told = next((told for told in caveats if told.startswith(("Shown together", "No two groups"))), "")
    return told if len(told) <= LONGEST else f"{told.partition('worked out:')[0]}worked out: those named in the appendix."


def participation_title(rate: Result) -> str:
    """Return how many of those invited answered."""
    if rate.status == "not_assessable":
        return "How many of those invited answered is not known"
    return (
        f"{label_number(rate.events or 0)} of {label_number(rate.n)} people invited gave a usable answer: "
        f"{label_result(rate)} ({label_result_interval(rate)})"
    )


def unsettled_words(constructs: pd.DataFrame) -> str:
    """Return which scores would change sides of the middle if all who are silent thought alike; empty if none would."""
    apart = constructs.loc[(constructs["low_if_absent"] < MIDDLE) & (constructs["high_if_absent"] > MIDDLE)]
    if constructs["low_if_absent"].isna().all():
        return ""
    if apart.empty:
        return "Even if all who did not answer thought alike, no score would cross the middle of the scale (50)."
    named = label_list([construct_name(name) for name in apart["construct"]])
    return f"If all who did not answer thought alike, the score could lie on either side of 50 for {named}."


def four_title(choices: pd.DataFrame, agreement: Sequence[Result]) -> str:
    """Return whether people give the same answer to the four questions.

    Parameters
    ----------
    choices : DataFrame
        From `strategy.choices`; may be empty.
    agreement : sequence of Result
        Those of ``agreement_Q1`` to ``agreement_Q4`` that have a value, at least one.
    """
    if not choices.empty:
        top = choices.groupby("question")["share"].max()
        low, high = label_number(100 * top.min()), label_number(100 * top.max())
        span = f"{low} %" if low == high else f"{low} to {high} %"
        return f"The most frequent answer to a strategy question is given by {span} of those who answered it"
    values = [result.value for result in agreement if result.value is not None]
    low, high = label_number(min(values), 2), label_number(max(values), 2)
    return f"Agreement on the strategy questions is {low if low == high else f'{low} to {high}'}, where 1 is one answer"


def coding_words(coding: pd.DataFrame) -> str:
    """Return how alike coders read the texts, empty without two coders."""
    if coding.empty:
        return ""
    told = [
        f"{row['question']} {'one answer only' if row['alpha'] != row['alpha'] else label_number(row['alpha'], 2)}"
        for row in coding.to_dict(orient="records")
    ]
    unusable = [str(question) for question in coding.loc[~coding["is_usable"].astype(bool), "question"]]
    verdict = (
        f"below {label_number(USABLE_ALPHA, 2)} on {label_list(unusable)}, where only codes people chose themselves count"
        if unusable
        else f"all at {label_number(USABLE_ALPHA, 2)} or above, so their codes may be used"
    )
    return f"Coders who read the texts agree by Krippendorff’s alpha: {label_list(told)}; {verdict}."
