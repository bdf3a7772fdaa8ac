"""The redesign in words: where to start, and what that asks of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_days, label_list, label_number, label_share
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.results import Result


# What each way of losing a plan asks of the reader; the count of programs is filled in.
ASKS: Final = {
    "delivered late": "Have the teams say what held up the {} delivered late, before anything is changed.",
    "overdue or stalled": "Decide for each of the {} overdue or stalled: a new date with one owner, or a stop.",
    "never started": "Decide for each of the {} never started: a start with one owner, or off the plan.",
    "cancelled or merged": "Agree who may cancel a committed program, and until when: {} ended that way.",
}


def lost_title(lost: pd.DataFrame) -> str:
    """Return the most frequent way in which the frozen plan was lost.

    Parameters
    ----------
    lost : DataFrame
        From `friction.lost_plans`.
    """
    if lost.empty:
        return "How plans are lost is not measured"
    n, missed = int(lost["n"].iloc[0]), int(lost["programs"].sum())
    if missed == 0:
        return f"None of {label_number(n)} planned programs was lost"
    top, text = lost.iloc[0], f"{label_number(missed)} of {label_number(n)} planned programs were lost"
    if (lost["programs"] == top["programs"]).sum() > 1:
        return text
    return f"{text}, most often {top['outcome']} ({label_number(top['programs'])})"


def types_reading(lost: pd.DataFrame) -> str:
    """Return which program type each frequent way of being lost mostly holds."""
    named = lost.loc[lost["typical_type"] != ""].to_dict(orient="records")
    parts = [f"{row['outcome']}: mostly {name_of(row['typical_type'])}" for row in named]
    return (
        f"{'; '.join(parts)}.".capitalize()
        if parts
        else "No single type holds most of them: the ways of being lost run through all types."
    )


def waits_title(waits: pd.DataFrame) -> str:
    """Return the three longest waits and their share together.

    Parameters
    ----------
    waits : DataFrame
        From `friction.waits`, longest first, at least one row.
    """
    top = waits.head(3)
    share = label_share(float(top["share"].sum()))
    if len(top) == 1:
        return f"The wait at {top['stage'].iloc[0]} holds {share} of all stage time"
    return f"The waits at {label_list(top['stage'].tolist())} hold {share} of all stage time"


def start_sentence(lost: pd.DataFrame, waits: pd.DataFrame) -> tuple[str, tuple[str, ...]]:
    """Return where to start in one sentence, and the number-words it uses."""
    parts, facts = [], []
    if not lost.empty:
        parts.append(lost_title(lost))
        facts += [label_number(x) for x in (lost["programs"].sum(), lost["n"].iloc[0], lost["programs"].iloc[0])]
    if len(waits):
        parts.append(waits_title(waits))
        facts.append(label_share(float(waits["share"].head(3).sum())))
    if not parts:
        return "Where plans and time are lost is not measured yet.", ()
    return ". ".join(parts) + ".", tuple(facts)


def asks(lost: pd.DataFrame, waits: pd.DataFrame, aged: int) -> list[str]:
    """Return what the reader is asked to decide about the places of highest friction."""
    lines = []
    if len(waits):
        top = waits.iloc[0]
        lines.append(
            f"Name one owner for the wait at {top['stage']} ({label_days(top['days_per_program'])} for each program that "
            f"passes it) and agree how long it may take."
        )
    lost_most = lost.loc[lost["programs"] > 0]
    if len(lost_most):
        lines.append(ASKS[lost_most["outcome"].iloc[0]].format(label_count(int(lost_most["programs"].iloc[0]), "program")))
    if aged:
        lines.append(f"Go through the {label_count(aged, 'open program')} older than most are at delivery, one by one.")
    if not lines and not lost.empty:
        return ["Nothing of the plan was lost: decide whether it asks enough."]
    return lines or [
        "Record when programs are delivered and how they move through their stages: the redesign starts from that."
    ]


def ageing_title(aged: int, wip: Result, limit_days: float | None) -> str:
    """Return how many open programs are older than most are at delivery."""
    if not wip.is_ok:
        return "The age of open work is not measured"
    if limit_days is None:
        return "Which open programs are old cannot be said: how long most take to market is not known"
    if not aged:
        return "No open program is older than most are at delivery"
    verb = "is" if aged == 1 else "are"
    return f"{label_count(aged, 'open program')} {verb} older than most are at delivery"
