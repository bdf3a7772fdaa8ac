"""The gap map as bars: what became of each quarter's frozen plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_list, label_number
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLOUR: Final = {
    "delivered on time, to spec": "on_time",
    "delivered on time, spec below or unknown": "below_spec",
    "delivered late": "late",
    "delivered, date unknown": "unplanned",
    "overdue or stalled": "stalled",
    "never started": "never_started",
    "cancelled or merged": "cancelled",
    "not due yet": "open",
}
DARK: Final = {"on_time", "never_started", "late", "stalled"}  # white figures are readable on these
SMALLEST_LABELLED: Final = 0.025  # of the longest bar; narrower segments carry no figure


def plot_gap_map(outcomes: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw one stacked bar per row, in programs.

    Parameters
    ----------
    outcomes : DataFrame
        From `gap_map.outcomes_by`: rows are quarters or types, columns outcomes, values programs. Drawn top to bottom in
        the order given.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One container of bars per outcome that occurs.
    """
    shown = outcomes.loc[:, outcomes.sum() > 0]
    axes = axes or figure(height_mm=34 + 20 * len(shown))[1]
    longest = float(shown.sum(axis=1).max() or 1)
    left = [0.0] * len(shown)
    for name in shown.columns:
        widths = shown[name].tolist()
        meaning = COLOUR[name]
        bars = axes.barh(range(len(shown)), widths, left=left, color=PALETTE[meaning], height=0.72, label=name)
        labels = [label_number(width) if width >= SMALLEST_LABELLED * longest else "" for width in widths]
        axes.bar_label(bars, labels, label_type="center", color=PALETTE["paper" if meaning in DARK else "ink"])
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(shown)), [str(row) for row in shown.index])
    axes.invert_yaxis()
    axes.grid(visible=False)
    axes.set_xlabel("programs")
    axes.set_xlim(0, longest * 1.02)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2, handlelength=1.1, columnspacing=1.4)
    return axes


def describe_gap_map(outcomes: pd.DataFrame) -> str:
    """Return the alt text: every bar in words."""
    rows = []
    for key, row in outcomes.iterrows():
        parts = [f"{label_number(count)} {name}" for name, count in row.items() if count]
        rows.append(f"{key}: {label_list(parts) or 'no program'}")
    return "Stacked bars of planned programs by outcome. " + "; ".join(rows) + "."
