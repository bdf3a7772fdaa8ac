"""The groups of a claim side by side: what was found in each, with its interval, in whatever unit it was counted."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number, label_result, label_result_interval
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gapkit.diagnosis.claims import Figure

LABEL_WIDTH: Final = 36  # characters of a group's name on one line
ROOM: Final = 1.1  # of the longest interval


def plot_groups(groups: Sequence[Figure], axes: Axes | None = None, *, reference: float | None = None) -> Axes:
    """Draw the figure of each group with its interval.

    Parameters
    ----------
    groups : sequence of Figure
        From top to bottom, one unit for all. Groups without a number keep their row and say why.
    axes : Axes, optional
        Where to draw; a new figure otherwise.
    reference : float, optional
        What the figures are compared with, drawn as a line.

    Returns
    -------
    Axes
        One marker and one interval per figure, one text per group.
    """
    axes = axes or figure(height_mm=26 + 14 * len(groups))[1]
    shown = [figure_.result for figure_ in groups if figure_.result.is_ok]
    is_share = bool(shown) and shown[0].unit == "share"
    scale = 100.0 if is_share else 1.0
    for row, (_, result) in enumerate(groups):
        text = f"{label_result(result)} (n = {label_number(result.n)})"
        if result.is_ok and result.value is not None and result.low is not None and result.high is not None:
            limits = [result.low * scale, result.high * scale]
            axes.plot(limits, [row, row], color=PALETTE["delivered"], linewidth=5, alpha=0.35, solid_capstyle="butt")
            axes.plot(result.value * scale, row, "o", color=PALETTE["delivered"], markersize=7, clip_on=False)
            text = f"{label_result(result)}  ({label_result_interval(result)};\nn = {label_number(result.n)})"
        axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"])
    if reference is not None:
        axes.axvline(reference * scale, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
    axes.set_yticks(range(len(groups)), [fill(label, LABEL_WIDTH) for label, _ in groups])
    axes.set_ylim(len(groups) - 0.4, -0.6)
    if is_share:
        axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.set_xlim(0, 100 if is_share else max((result.high or 1.0 for result in shown), default=1.0) * ROOM)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_groups(groups: Sequence[Figure]) -> str:
    """Return the alt text: every group in words."""
    rows = [
        f"{label}: {label_result(result)}{f' ({interval})' if (interval := label_result_interval(result)) else ''}, "
        f"n = {label_number(result.n)}"
        for label, result in groups
    ]
    return f"What was found in each group, with 95 % intervals. {'; '.join(rows)}."
