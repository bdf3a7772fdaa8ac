"""Hours a week each option would give back, with their range; those on the shortlist filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 38
ROW_MM: Final = 9.5


def plot_given_back(rows: pd.DataFrame) -> Axes:
    """Draw the hours of each option from the 5 to the 95 % point, the mean as a mark.

    Parameters
    ----------
    rows : DataFrame
        Columns label, hours, hours_p5, hours_p95 (missing where not estimated), is_shortlisted; from top to bottom.

    Returns
    -------
    Axes
        One line, one marker and one text per option with an estimate; a text alone for the others.
    """
    from matplotlib.lines import Line2D

    names = [wrap_name(label, LABEL_WIDTH, 2) for label in rows["label"]]
    _, axes = figure(height_mm=26 + row_mm(names, ROW_MM) * len(rows))
    for place, row in enumerate(rows.to_dict(orient="records")):
        colour = PALETTE["delivered" if row["is_shortlisted"] else "before"]
        if row["hours"] == row["hours"]:
            axes.plot([row["hours_p5"], row["hours_p95"]], [place, place], color=colour, linewidth=6, alpha=0.35,
                      solid_capstyle="butt")  # fmt: skip
            axes.plot(row["hours"], place, "o", color=colour, markersize=8, clip_on=False,
                      markerfacecolor=colour if row["is_shortlisted"] else PALETTE["paper"])  # fmt: skip
        axes.text(1.02, place, _words(row), transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(1.0, float(rows["hours_p95"].fillna(0).max()) * 1.05))
    axes.set_xlabel("hours a week given back, all people together")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    marks = [
        Line2D([], [], color=PALETTE["delivered"], linewidth=6, alpha=0.6, marker="o", markersize=8,
               label="on the shortlist"),
        Line2D([], [], color=PALETTE["before"], linewidth=6, alpha=0.6, marker="o", markersize=8, label="not on it",
               markerfacecolor=PALETTE["paper"]),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, columnspacing=1.6)
    return axes


def _words(row: Mapping[Hashable, Any]) -> str:
    if row["hours"] != row["hours"]:
        return "not estimated"
    return f"{label_number(row['hours'], 1)} ({label_number(row['hours_p5'], 1)} to {label_number(row['hours_p95'], 1)})"


def describe_given_back(rows: pd.DataFrame) -> str:
    """Return the alt text: every option with its hours."""
    told = [
        f"{row['label']}{' (shortlist)' if row['is_shortlisted'] else ''}: {_words(row)}"
        for row in rows.to_dict(orient="records")
    ]
    return f"Hours a week each option would give back, with 5 and 95 % points. {'; '.join(told)}."
