"""Other things that happened: what no comparison of before and after can take out, with what the record shows of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from gapkit.labels import label_date, label_list
from gapkit.measurement.explanations.explanation import UNKNOWN, Explanation
from gapkit.measurement.explanations.wording import NAMES

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "other_changes"
MOST_NAMED = 4


def other_changes(comparison: Comparison, primary: Effect) -> Explanation:
    """Return the standing caveat, with the changes of tools and priorities that the record dates between the periods.

    Parameters
    ----------
    comparison : Comparison
        Both sides; changes count from the end of the baseline to the end of the measure window.
    primary : Effect
        Not looked at: this holds whatever was found.
    """
    first, last = comparison.before.end, comparison.after.end
    named = [*_dated(comparison, "tools", "adopted_at", "name", first, last),
             *_dated(comparison, "priorities", "from", "label", first, last)]  # fmt: skip
    shown = [*named[:MOST_NAMED], *([f"{len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else [])]
    span = f"between {label_date(first)} and {label_date(last)}"
    told = f" The record shows {span}: {label_list(shown)}." if named else ""
    always = "Whatever else happened in the same months cannot be told apart from the redesign."
    return Explanation(ID, NAMES[ID], UNKNOWN, None, always + told)


def _dated(comparison: Comparison, table: str, day: str, name: str, first: dt.date, last: dt.date) -> list[str]:
    """Return the rows of a table that began after one day and up to another, oldest first."""
    frame = getattr(comparison.after.eng, table)
    frame = frame.loc[frame[day].gt(pd.Timestamp(first)) & frame[day].le(pd.Timestamp(last))].sort_values([day, name])
    words = {"tools": "the tool {} came into use on {}", "priorities": "the priority {} held from {}"}[table]
    return [words.format(label, label_date(on.date())) for label, on in zip(frame[name], frame[day], strict=True)]
