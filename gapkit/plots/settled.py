"""What is wrong today by kind, and how much of it a proposal settles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number, sentence_case
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 28
ROW_MM: Final = 10.0
# From this share of the longest bar on there is room for a number inside.
ROOM: Final = 0.05


def plot_settled(rows: pd.DataFrame, done: str, left: str) -> Axes:
    """Draw a bar per kind of problem, as long as programs have it today, split in what is settled and what is left.

    Parameters
    ----------
    rows : DataFrame
        Columns label, programs (today), proposed (settled), open (left); from top to bottom.
    done, left : str
        What the two parts of a bar are.

    Returns
    -------
    Axes
        A bar per row for what is settled, and one for what is left where anything is; one text per row.
    """
    from matplotlib.ticker import MaxNLocator

    names = [wrap_name(sentence_case(label), LABEL_WIDTH, 2) for label in rows["label"]]
    _, axes = figure(height_mm=24 + row_mm(names, ROW_MM) * len(rows))
    places, longest = range(len(rows)), float(rows["programs"].max())
    axes.barh(places, rows["proposed"], color=PALETTE["delivered"], height=0.56, label=done)
    if rows["open"].any():
        axes.barh(places, rows["open"], left=rows["proposed"], color=PALETTE["bad"], height=0.56, label=left)
    for place, row in zip(places, rows.to_dict(orient="records"), strict=True):
        for number, begin in ((row["proposed"], 0), (row["open"], row["proposed"])):
            if 0 < number < row["programs"] and number >= ROOM * longest:
                axes.text(begin + number / 2, place, label_number(number), ha="center", va="center", color=PALETTE["paper"])
        axes.annotate(label_number(row["programs"]), (row["programs"], place), xytext=(4, 0), textcoords="offset points",
                      va="center", annotation_clip=False)  # fmt: skip
    axes.set_yticks(places, names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, longest * 1.06)
    axes.set_xlabel("open programs today")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=1.1, columnspacing=1.6)
    return axes


def describe_settled(rows: pd.DataFrame, done: str, left: str) -> str:
    """Return the alt text: every kind with both numbers."""
    told = [
        f"{row['label']}: {label_number(row['programs'])}, {done} {label_number(row['proposed'])}, {left} "
        f"{label_number(row['open'])}"
        for row in rows.to_dict(orient="records")
    ]
    return f"Bars of open programs by what is wrong with who answers today. {'; '.join(told)}."
