"""Programs that ended on an unknown day: a few are left out of a figure of time, many leave it unmeasured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.labels import label_count, label_number
from gapkit.results import Result

if TYPE_CHECKING:
    from gapkit.config import Settings


def ended_on(programs: pd.DataFrame) -> pd.Series:
    """Return the day on which each program was delivered or cancelled; missing where it was neither, or that is unknown."""
    status = programs["status"]
    days = programs["actual_end"].where(status.eq("delivered"), programs["cancelled_at"])
    return days.where(status.isin(["delivered", "cancelled"]))


def thin_undated(name: str, programs: pd.DataFrame, settings: Settings, period: str) -> Result | None:
    """Return a thin result where too many programs ended on an unknown day for a figure of time, else None.

    Parameters
    ----------
    name, period : str
        Of the result.
    programs : DataFrame
        Rows of `outcomes.judge_programs` that the figure is about.
    settings : Settings
        Supplies the share of the delivered, and of all that were delivered or cancelled, that may have no day.

    Notes
    -----
    Days are seldom lost by chance: work closed late and in bulk loses them first, and without it the rest looks quick.
    """
    status, unknown = programs["status"], ended_on(programs).isna()
    kinds = {"delivered program": ["delivered"], "delivered or cancelled program": ["delivered", "cancelled"]}
    for noun, statuses in kinds.items():
        ended = status.isin(statuses)
        many, n = int((ended & unknown).sum()), int(ended.sum())
        if many > settings.large_unknown_share * n:
            words = f"{label_count(many, noun)} of {label_number(n)} without a date: how long they took cannot be said."
            return Result(name, n=len(programs), unit="days", period=period, status="thin", grade="C", caveats=(words,))
    return None


def undated_words(programs: pd.DataFrame) -> str:
    """Return how many programs are left out because they ended on an unknown day; empty where none is."""
    many = int((programs["status"].isin(["delivered", "cancelled"]) & ended_on(programs).isna()).sum())
    return f"{label_count(many, 'program')} that ended on an unknown day left out." if many else ""
