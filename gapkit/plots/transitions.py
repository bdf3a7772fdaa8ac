"""The transitions at which most days are lost, as bars with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number, label_share
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

STAGE_WIDTH: Final = 30  # the table beside the chart has the whole name
NAME_WIDTH: Final = 36


def plot_transitions(losses: pd.DataFrame, first: int, axes: Axes | None = None) -> Axes:
    """Draw the share of all lost days by transition, the costliest on top.

    Parameters
    ----------
    losses : DataFrame
        Columns from_stage, to_stage, lost_days, share, share_low, share_high; every row is drawn, in the order given.
    first : int
        How many rows the title speaks of; they are drawn darker.

    Returns
    -------
    Axes
        One bar and one interval line per transition.
    """
    names = [_row_name(*ends) for ends in zip(losses["from_stage"], losses["to_stage"], strict=True)]
    axes = axes or figure(height_mm=18 + row_mm(names, 8.5) * len(losses))[1]
    colours = [PALETTE["delivered" if place < first else "before"] for place in range(len(losses))]
    axes.barh(range(len(losses)), losses["share"] * 100, color=colours, height=0.62)
    for place, row in enumerate(losses.to_dict(orient="records")):
        limits = [row["share_low"] * 100, row["share_high"] * 100]
        axes.plot(limits, [place, place], color=PALETTE["paper"], linewidth=2.6)  # or the line would drown in a dark bar
        axes.plot(limits, [place, place], color=PALETTE["ink"], linewidth=0.9)
        end = (max(row["share"], row["share_high"]) * 100, place)
        axes.annotate(f"{label_number(row['lost_days'])} days", end, xytext=(5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(losses)), names)
    axes.set_ylim(len(losses) - 0.5, -0.5)
    axes.set_xlim(0, float(losses["share_high"].clip(lower=losses["share"]).max()) * 118)
    axes.set_xlabel("share of all lost days, %")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def _row_name(before: str, after: str) -> str:
    """Return a transition on one line, or on two where its names are long."""
    ends = [wrap_name(str(stage), STAGE_WIDTH, 1) for stage in (before, after)]
    return f"{ends[0]} →{' ' if sum(map(len, ends)) <= NAME_WIDTH - 3 else chr(10)}{ends[1]}"


def transition_names(losses: pd.DataFrame) -> list[str]:
    """Return each transition as "from → to"."""
    return [f"{before} → {after}" for before, after in zip(losses["from_stage"], losses["to_stage"], strict=True)]


def describe_transitions(losses: pd.DataFrame) -> str:
    """Return the alt text: every bar in words."""
    rows = [
        f"{name} {label_number(row['lost_days'])} days, {label_share(row['share'])}"
        for name, row in zip(transition_names(losses), losses.to_dict(orient="records"), strict=True)
    ]
    return "Bars of business days lost by transition, most first. " + "; ".join(rows) + "."
