"""How far planned dates have moved, as a histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gapkit.labels import label_count, label_days, label_number
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BINS = 24


def plot_moves(moves: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw the moves of planned ends; the far tails are gathered in the outermost bars.

    Parameters
    ----------
    moves : DataFrame
        From `replanning.plan_moves`; moved_days is positive for later.
    """
    axes = axes or figure(height_mm=84)[1]
    days = moves["moved_days"].to_numpy(float)
    moved = days[days != 0]
    reach = float(np.quantile(np.abs(moved), 0.9)) if moved.size else 7.0
    width = max(1.0, np.ceil(2 * reach / BINS))
    # Bars lie on either side of zero and none across it: a move of one day is not "the same date".
    edges = width * np.arange(-np.ceil(reach / width), np.ceil(reach / width) + 1)
    counts, _ = np.histogram(np.clip(moved, edges[0], edges[-1]), bins=edges)
    colours = [PALETTE["stalled" if left >= 0 else "on_time"] for left in edges[:-1]]
    axes.bar(edges[:-1], counts, width=width * 0.94, align="edge", color=colours)
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.9)
    same = f"same date: {label_number((days == 0).sum())}"
    axes.annotate(same, (0, 1), xycoords=("data", "axes fraction"), xytext=(-5, -2),
                  textcoords="offset points", va="top", ha="right")  # fmt: skip
    axes.set_xlabel("days the planned end moved (right: later); the outermost bars hold everything beyond")
    axes.set_ylabel("programs")
    return axes


def describe_moves(moves: pd.DataFrame) -> str:
    """Return the alt text of the moves."""
    days = moves["moved_days"]
    return (
        f"Histogram of how far planned ends moved: {label_count(int((days > 0).sum()), 'program')} later, "
        f"{label_number((days == 0).sum())} the same, {label_number((days < 0).sum())} earlier; "
        f"median {label_days(days.median())}."
    )
