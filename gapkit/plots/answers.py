"""Which answers were given to each question, as one bar per question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_share
from gapkit.plots.names import wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

# From this share on there is room for a figure inside the bar.
ROOM: Final = 0.06


def plot_choices(choices: pd.DataFrame, questions: Mapping[str, str]) -> Axes:
    """Draw the shares of answers to each question, the most frequent one dark and named above its bar.

    Parameters
    ----------
    choices : DataFrame
        Columns question, label, share; most frequent first within a question.
    questions : mapping of str to str
        Question to its wording, in the order to be drawn.

    Returns
    -------
    Axes
        One bar per question and answer given, two texts above each question's bar.
    """
    asked = [question for question in questions if (choices["question"] == question).any()]
    _, axes = figure(height_mm=10 + 23 * len(asked))
    for place, question in enumerate(asked):
        mine = choices.loc[(choices["question"] == question) & (choices["share"] > 0)]
        left = 0.0
        for rank, row in enumerate(mine.to_dict(orient="records")):
            colour = PALETTE["delivered" if rank == 0 else "planned"]
            axes.barh(place, row["share"] * 100, left=left, color=colour, height=0.42)
            if row["share"] >= ROOM:
                ink = PALETTE["paper" if rank == 0 else "ink"]
                axes.text(left + row["share"] * 50, place, label_share(row["share"]), ha="center", va="center", color=ink)
            left += row["share"] * 100
        axes.text(0, place - 0.5, wrap_name(f"{question}  {questions[question]}", 100, 1), weight=600, va="center")
        axes.text(0, place - 0.32, wrap_name(f"most often: {mine['label'].iloc[0]}", 100, 1), color=PALETTE["muted"],
                  va="center")  # fmt: skip
    axes.set_xlim(0, 100)
    axes.set_ylim(len(asked) - 0.6, -0.7)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def describe_choices(choices: pd.DataFrame) -> str:
    """Return the alt text: every answer given, by question."""
    told = []
    for question, mine in choices.loc[choices["share"] > 0].groupby("question"):
        told.append(
            f"{question}: "
            + ", ".join(f"{row['label']} {label_share(row['share'])}" for row in mine.to_dict(orient="records"))
        )
    return "Bars of the answers to the strategy questions. " + "; ".join(told) + "."
