"""Times to agree, place by place: the proposed days with their upper bound, the median, what is agreed today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 36
ROW_MM: Final = 6.6


def plot_agreed_times(rows: pd.DataFrame) -> Axes:
    """Draw the proposed time of each place with what it rests on.

    Parameters
    ----------
    rows : DataFrame
        Columns label, days (proposed), low, high (interval of the 85th percentile; missing where waits are too few),
        median, agreed (days agreed today; missing for none); from top to bottom.

    Returns
    -------
    Axes
        A square per proposed time, a line per interval, a circle per median, a bar per time agreed today.
    """
    from matplotlib.lines import Line2D

    names = [wrap_name(label, LABEL_WIDTH, 2) for label in rows["label"]]
    _, axes = figure(height_mm=30 + row_mm(names, ROW_MM) * len(rows))
    # An interval without an upper end runs out of the picture.
    most = float(rows[["days", "high", "median", "agreed"]].max().max()) * 1.08
    for place, row in enumerate(rows.to_dict(orient="records")):
        if row["low"] == row["low"]:
            end = row["high"] if row["high"] == row["high"] else most
            axes.plot(
                [row["low"], end], [place, place], color=PALETTE["planned"], linewidth=7, solid_capstyle="butt", zorder=1
            )
        axes.plot(row["agreed"], place, "|", color=PALETTE["target"], markersize=15, markeredgewidth=2, zorder=2)
        axes.plot(row["median"], place, "o", color=PALETTE["ink"], markerfacecolor=PALETTE["paper"], markersize=6, zorder=3)
        axes.plot(row["days"], place, "s", color=PALETTE["delivered"], markersize=7.5, zorder=4)
        axes.text(1.02, place, _short(row["days"]), transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most)
    axes.set_xlabel("business days")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    marks = [
        Line2D([], [], color=PALETTE["delivered"], marker="s", linestyle="", markersize=7.5, label="proposed"),
        Line2D([], [], color=PALETTE["planned"], linewidth=7, label="interval of the 85th percentile"),
        Line2D([], [], color=PALETTE["ink"], marker="o", linestyle="", markerfacecolor=PALETTE["paper"], markersize=6,
               label="median today"),
        Line2D([], [], color=PALETTE["target"], marker="|", linestyle="", markersize=12, markeredgewidth=2,
               label="agreed today"),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2, handlelength=1.4,
                columnspacing=1.2)  # fmt: skip
    return axes


def _short(days: float) -> str:
    return "same day" if days < 1 else label_number(days, 0 if days == int(days) else 1)


def describe_agreed_times(rows: pd.DataFrame) -> str:
    """Return the alt text: every place with its times."""
    return f"Times to agree in business days. {'; '.join(_told(row) for row in rows.to_dict(orient='records'))}."


def _told(row: Mapping[Hashable, Any]) -> str:
    more = [f"{name} {_short(row[column])}" for name, column in (("median", "median"), ("agreed today", "agreed"))
            if row[column] == row[column]]  # fmt: skip
    return ", ".join([f"{row['label']}: proposed {_short(row['days'])}", *more])
