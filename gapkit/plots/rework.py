"""How often programs come to a stage, and how often not for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NAME_WIDTH: Final = 30


def plot_rework(stages: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw the entries of each stage, first times and returns apart.

    Parameters
    ----------
    stages : DataFrame
        Columns stage, entries, re_entries; every row is drawn, top to bottom in the order given.

    Returns
    -------
    Axes
        Two containers of bars, and one text per row that gives both counts.
    """
    names = [wrap_name(str(name), NAME_WIDTH) for name in stages["stage"]]
    axes = axes or figure(height_mm=24 + row_mm(names, 8.5) * len(stages))[1]
    rows = range(len(stages))
    again, entries = stages["re_entries"].tolist(), stages["entries"].tolist()
    axes.barh(rows, again, color=PALETTE["rework"], height=0.68, label="come back")
    first = [total - back for total, back in zip(entries, again, strict=True)]
    axes.barh(rows, first, left=again, color=PALETTE["external"], height=0.68, label="for the first time")
    for row, (total, back) in enumerate(zip(entries, again, strict=True)):
        axes.annotate(f"{label_number(back)} of {label_number(total)}", (total, row), xytext=(5, 0),
                      textcoords="offset points", va="center")  # fmt: skip
    axes.set_yticks(rows, names)
    axes.set_ylim(len(stages) - 0.5, -0.5)
    axes.set_xlim(0, max(entries) * 1.15)
    axes.set_xlabel("times a program came to the stage")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=1.1, columnspacing=1.4)
    return axes


def describe_rework(stages: pd.DataFrame) -> str:
    """Return the alt text: every bar in words."""
    rows = [
        f"{row['stage']} {label_number(row['re_entries'])} of {label_number(row['entries'])}"
        for row in stages.to_dict(orient="records")
    ]
    return "Bars of how often programs came back to a stage, of all times they came. " + "; ".join(rows) + "."
