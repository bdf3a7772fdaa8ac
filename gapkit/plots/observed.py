"""What was heard and seen for and against each finding, as bars to either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_number
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes


def plot_observed(rows: Sequence[tuple[str, int, int, int]]) -> Axes:
    """Draw how many observations speak for each finding (to the right) and against it (to the left).

    Parameters
    ----------
    rows : sequence of (str, int, int, int)
        Name of the finding, observations for it, against it, and neither way, the first on top.

    Returns
    -------
    Axes
        Two bars and their figures per row; what speaks neither way is written at the right.
    """
    _, axes = figure(height_mm=24 + 7.4 * len(rows))
    names, supports, contradicts, _ = zip(*rows, strict=True)
    places = range(len(rows))
    right = axes.barh(places, supports, color=PALETTE["delivered"], height=0.62)
    left = axes.barh(places, [-count for count in contradicts], color=PALETTE["planned"], height=0.62)
    axes.bar_label(right, [label_number(count) if count else "" for count in supports], padding=3)
    axes.bar_label(left, [label_number(count) if count else "" for count in contradicts], padding=3)
    for place, row in enumerate(rows):
        if row[3]:
            axes.text(1.01, place, f"{label_number(row[3])} neither way", transform=axes.get_yaxis_transform(),
                      va="center", color=PALETTE["muted"])  # fmt: skip
    reach = max(1, *supports, *contradicts) * 1.2
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.8)
    axes.set_xlim(-reach if any(contradicts) else 0, reach)
    axes.set_xticks([])
    axes.set_yticks(list(places), list(names))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel("← observations against it  ·  observations for it →" if any(contradicts) else "observations for it →")
    axes.grid(visible=False)
    return axes


def describe_observed(rows: Sequence[tuple[str, int, int, int]]) -> str:
    """Return the alt text: the counts of every finding."""
    told = [
        f"{name}: {label_number(supports)} for, {label_number(contradicts)} against, {label_number(unclear)} neither way"
        for name, supports, contradicts, unclear in rows
    ]
    return "Bars of coded observations by finding. " + "; ".join(told) + "."
