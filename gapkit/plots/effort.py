"""Where the effort in flight goes: a bar per priority, those kept dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_share
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 34
ROW_MM: Final = 8.5


def plot_effort(rows: pd.DataFrame) -> Axes:
    """Draw the share of the effort in flight behind each priority.

    Parameters
    ----------
    rows : DataFrame
        Columns label, share, in_flight (programs), keep; from top to bottom.

    Returns
    -------
    Axes
        One bar and one text per row; a legend above.
    """
    from matplotlib.patches import Patch

    names = [wrap_name(label, LABEL_WIDTH, 2) for label in rows["label"]]
    _, axes = figure(height_mm=24 + row_mm(names, ROW_MM) * len(rows))
    colours = [PALETTE["delivered" if keep else "planned"] for keep in rows["keep"]]
    axes.barh(range(len(rows)), rows["share"] * 100, color=colours, height=0.6)
    for place, row in enumerate(rows.to_dict(orient="records")):
        axes.annotate(f"{label_share(row['share'])}  ({label_count(row['in_flight'], 'program')})",
                      (row["share"] * 100, place), xytext=(4, 0), textcoords="offset points", va="center",
                      annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    # Room for the text beside the longest bar.
    longest = max(5.0, float(rows["share"].max()) * 100)
    axes.set_xlim(0, longest * 1.35)
    ticks = [tick for tick in axes.get_xticks() if 0 <= tick <= min(100.0, longest * 1.2)]
    axes.set_xticks(ticks, [f"{tick:.0f} %" for tick in ticks])
    axes.set_xlabel("share of the effort in flight")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    marks = [Patch(color=PALETTE["delivered"], label="to keep"), Patch(color=PALETTE["planned"], label="not to keep")]
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=1.1)
    return axes


def describe_effort(rows: pd.DataFrame) -> str:
    """Return the alt text: every priority with its share."""
    told = [
        f"{row['label']} ({'to keep' if row['keep'] else 'not to keep'}): {label_share(row['share'])}, "
        f"{label_count(row['in_flight'], 'program')}"
        for row in rows.to_dict(orient="records")
    ]
    return f"Bars of the effort in flight by what it serves. {'; '.join(told)}."
