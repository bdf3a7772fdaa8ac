"""What each lever would change: intervals around zero, one panel for a rate and one for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.labels import label_result_interval, label_value
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gapkit.results import Result

LABEL_WIDTH: Final = 34
ROW_MM: Final = 9.5


class Changed(NamedTuple):
    """One row: a lever, or all of them together.

    Attributes
    ----------
    label : str
        In the reader's words.
    rate, time : Result or None
        Change of a rate (unit ``pp``, as a share) and of a time (days); None where nothing is said.
    is_promise : bool
        Whether it may become a target.
    is_together : bool
        Whether it is all levers at once.
    """

    label: str
    rate: Result | None
    time: Result | None
    is_promise: bool
    is_together: bool = False


def plot_predicted(rows: Sequence[Changed], rate: str, time: str) -> Axes:
    """Draw the changes of every row with their intervals.

    Parameters
    ----------
    rows : sequence of Changed
        From top to bottom.
    rate, time : str
        What changes, under the two panels.

    Returns
    -------
    Axes
        The panel of rates, one line and one marker per change known; times stand in a second Axes at its right,
        where any is known. Open markers are no promise.
    """
    names = [wrap_name(row.label, LABEL_WIDTH, 2) for row in rows]
    fig, axes = figure(height_mm=26 + row_mm(names, ROW_MM) * len(rows))
    panels = [(axes, rate)]
    if any(row.time is not None and row.time.value is not None for row in rows):
        grid = fig.add_gridspec(1, 2)
        axes.set_subplotspec(grid[0])
        panels.append((fig.add_subplot(grid[1], sharey=axes), time))
        panels[1][0].tick_params(axis="y", labelleft=False)
    for place, row in enumerate(rows):
        for (panel, _), result, scale in zip(panels, (row.rate, row.time), (100.0, 1.0), strict=False):
            _draw(panel, result, scale, place, row)
    for panel, words in panels:
        panel.axvline(0, color=PALETTE["ink"], linewidth=0.8, zorder=1)
        panel.set_xlabel(words)
        panel.margins(x=0.08)
        panel.grid(visible=True, axis="x")
        panel.grid(visible=False, axis="y")
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    if rows and rows[-1].is_together:
        for panel, _ in panels:
            panel.axhline(len(rows) - 1.5, color=PALETTE["muted"], linewidth=0.6)
    return axes


def _draw(axes: Axes, result: Result | None, scale: float, place: int, row: Changed) -> None:
    if result is None or result.value is None or result.low is None or result.high is None:
        axes.text(0.5, place, "nothing predicted", transform=axes.get_yaxis_transform(), ha="center", va="center",
                  color=PALETTE["muted"], bbox={"facecolor": PALETTE["paper"], "linewidth": 0, "pad": 1})  # fmt: skip
        return
    colour = PALETTE["delivered"]
    axes.plot([result.low * scale, result.high * scale], [place, place], color=colour, alpha=0.35, solid_capstyle="butt",
              linewidth=8 if row.is_together else 5)  # fmt: skip
    axes.plot(result.value * scale, place, "o", color=colour, markersize=8 if row.is_together else 6.5, clip_on=False,
              markerfacecolor=colour if row.is_promise else PALETTE["paper"])  # fmt: skip


def describe_predicted(rows: Sequence[Changed], rate: str, time: str) -> str:
    """Return the alt text: every row in words."""
    told = []
    for row in rows:
        parts = [
            f"{name} {label_value(result.value, result.unit)} ({label_result_interval(result)})"
            for name, result in ((rate, row.rate), (time, row.time))
            if result is not None and result.value is not None
        ]
        told.append(f"{row.label}: {', '.join(parts) or 'nothing predicted'}{'' if row.is_promise else ', no promise'}")
    return f"Changes levers would make, with 90 % intervals. {'; '.join(told)}."
