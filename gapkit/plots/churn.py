"""How much the official priorities change from one quarter's plan to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_number, label_share
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def plot_churn(churn: pd.DataFrame, mark: float, axes: Axes | None = None) -> Axes:
    """Draw the share of official priorities that changed, quarter by quarter.

    Parameters
    ----------
    churn : DataFrame
        From `priority_churn.churn_by_quarter`.
    mark : float
        From where on change counts as a sign.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One bar and one text per quarter, a line at the mark.
    """
    axes = axes or figure(height_mm=62)[1]
    rows = churn.to_dict(orient="records")
    colours = [PALETTE["bad" if row["churn"] >= mark else "delivered"] for row in rows]
    axes.bar(range(len(rows)), [100 * row["churn"] for row in rows], color=colours, width=0.4)
    for place, row in enumerate(rows):
        axes.annotate(_words(row["churn"], row["kept"], row["before"]), (place, 100 * row["churn"]), xytext=(0, 3),
                      textcoords="offset points", ha="center", va="bottom", zorder=4,
                      bbox={"facecolor": PALETTE["paper"], "edgecolor": "none", "pad": 0.8})  # fmt: skip
    axes.axhline(100 * mark, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
    axes.text(1.01, 100 * mark, f"a sign:\n{label_share(mark)} or more", transform=axes.get_yaxis_transform(), va="center",
              color=PALETTE["target"])  # fmt: skip
    axes.set_xticks(range(len(rows)), [str(row["quarter"]) for row in rows])
    axes.set_xlim(-0.5, len(rows) - 0.5)
    axes.set_ylim(0, 112)
    axes.set_yticks(range(0, 101, 20))
    axes.set_ylabel("priorities changed, %")
    return axes


def _words(churn: float, kept: int, before: int) -> str:
    return f"{label_share(churn)} ({label_number(kept)} of {label_number(before)} kept)"


def describe_churn(churn: pd.DataFrame) -> str:
    """Return the alt text: every quarter in words."""
    rows = churn.to_dict(orient="records")
    said = [f"{row['quarter']} {_words(row['churn'], row['kept'], row['before'])}" for row in rows]
    return "Bars of the share of official priorities that changed, by quarter. " + "; ".join(said) + "."
