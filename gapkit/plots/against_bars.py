"""Figures on one scale, each with its interval and the bar it has to reach."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 34  # characters of a row's name on one line


class Measured(NamedTuple):
    """One row.

    Attributes
    ----------
    label : str
        What it is.
    value, low, high : float or None
        From 0 to 100, more is better; None where there is no figure, or no limit.
    bar : float or None
        What it has to reach; None where it is one part of a figure that has a bar.
    text : str
        Value, interval and n in words; why there is none.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    bar: float | None
    text: str


def plot_against_bars(rows: Sequence[Measured], axes: Axes | None = None) -> Axes:
    """Draw figures from 0 to 100 with intervals, and a tick where a figure has a bar to reach.

    Parameters
    ----------
    rows : sequence of Measured
        From top to bottom.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One marker per figure, one line per interval, one tick per bar, one text per row.
    """
    axes = axes or figure(height_mm=18 + 10 * len(rows))[1]
    for place, row in enumerate(rows):
        if row.low is not None and row.high is not None:
            axes.plot([row.low, row.high], [place, place], color=PALETTE["delivered"], linewidth=5, alpha=0.35,
                      solid_capstyle="butt")  # fmt: skip
        if row.value is not None:
            axes.plot(row.value, place, "o", color=PALETTE["delivered"], clip_on=False,
                      markersize=7 if row.bar is not None else 5)  # fmt: skip
        if row.bar is not None:
            axes.plot([row.bar, row.bar], [place - 0.34, place + 0.34], color=PALETTE["target"], linewidth=1.6)
        axes.text(1.02, place, fill(row.text, LABEL_WIDTH), transform=axes.get_yaxis_transform(), va="center",
                  color=PALETTE["ink" if row.value is not None else "muted"])  # fmt: skip
    axes.set_yticks(range(len(rows)), [fill(row.label, LABEL_WIDTH) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("0 worst, 100 best; the red tick is the bar to reach")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_against_bars(rows: Sequence[Measured], what: str) -> str:
    """Return the alt text: every row in words, with its bar."""
    said = [f"{row.label}: {row.text}{f', bar {row.bar:.0f}' if row.bar is not None else ''}" for row in rows]
    return f"{what} from 0 to 100 with intervals. {'; '.join(said)}."
