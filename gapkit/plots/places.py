"""Priorities in order: the place of each with its interval, and where leadership and the others put it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.paired import FIRST, OTHERS
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 34
ROW_MM: Final = 9.0


def plot_places(rows: pd.DataFrame) -> Axes:
    """Draw a row per priority: interval of its place, the place itself, and the places two sides give it.

    Parameters
    ----------
    rows : DataFrame
        Columns label, place, low, high, first, others (places, 1 first; missing where not known), keep; from top to bottom,
        those kept above the others.

    Returns
    -------
    Axes
        A line and a marker per place known, a diamond and a circle per side, a dashed line below the last one kept.
    """
    names = [wrap_name(label, LABEL_WIDTH, 2) for label in rows["label"]]
    _, axes = figure(height_mm=30 + row_mm(names, ROW_MM) * len(rows))
    for row, about in enumerate(rows.to_dict(orient="records")):
        if about["low"] == about["low"]:
            axes.plot([about["low"], about["high"]], [row, row], color=PALETTE["planned"], linewidth=8,
                      solid_capstyle="butt", zorder=1)  # fmt: skip
        axes.plot(about["place"], row, "|", color=PALETTE["ink"], markersize=13, markeredgewidth=2, zorder=2)
        axes.plot(about["first"], row - 0.12, "D", color=FIRST, markersize=5.5, zorder=3)
        axes.plot(about["others"], row + 0.12, "o", color=OTHERS, markersize=6.5, zorder=3)
    kept = int(rows["keep"].sum())
    if 0 < kept < len(rows):
        axes.axhline(kept - 0.5, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate("kept above this line", (1, kept - 0.5), xycoords=("axes fraction", "data"), xytext=(0, 3),
                      textcoords="offset points", ha="right", color=PALETTE["target"])  # fmt: skip
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    most = max(len(rows), int(rows[["place", "high", "first", "others"]].max().max()))
    axes.set_xlim(0.6, most + 0.4)
    axes.set_xticks(range(1, most + 1))
    axes.set_xlabel("place, 1 first")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    _legend(axes)
    return axes


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D

    ink = PALETTE["ink"]
    marks = [
        Line2D([], [], color=PALETTE["planned"], linewidth=7, marker="|", markeredgecolor=ink, markersize=11,
               markeredgewidth=2, label="everybody (90 % interval)"),
        Line2D([], [], color=FIRST, marker="D", linestyle="", markersize=5.5, label="leadership"),
        Line2D([], [], color=OTHERS, marker="o", linestyle="", markersize=6.5, label="the others"),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2, handlelength=1.8,
                columnspacing=1.6)  # fmt: skip


def describe_places(rows: pd.DataFrame) -> str:
    """Return the alt text: every priority with all its places."""
    told = []
    for row in rows.to_dict(orient="records"):
        both = (("leadership", "first"), ("the others", "others"))
        sides = [f"{name} {label_number(row[side])}" for name, side in both if row[side] == row[side]]
        limits = f" ({label_number(row['low'])} to {label_number(row['high'])})" if row["low"] == row["low"] else ""
        place = f"place {label_number(row['place'])}{limits}" if row["place"] == row["place"] else "not ranked"
        told.append(f"{row['label']}: {', '.join([place, *sides])}, {'kept' if row['keep'] else 'not kept'}")
    return f"Priorities in order, with the places everybody, leadership and the others give them. {'; '.join(told)}."
