"""What was promised against what was measured, and how far the new way of working ran."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.labels import label_result, label_share
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gapkit.results import Result, Unit

LABEL_WIDTH: Final = 34
ROW_MM: Final = 9.5
# In which order the panels stand, what their axis says, and by what their figures are multiplied.
PANELS: Final[dict[Unit, tuple[str, float]]] = {
    "pp": ("change, percentage points", 100.0),
    "ratio": ("change, %", 100.0),
    "days": ("change, days", 1.0),
    "points": ("change, points", 1.0),
    "share": ("share, %", 100.0),
}


class Beside(NamedTuple):
    """One row: a promise and what came.

    Attributes
    ----------
    label : str
        In the reader's words.
    predicted, measured : Result
        Of one unit; a predicted figure without limits is drawn as a line.
    word : str
        What is concluded, written at the end of the row.
    """

    label: str
    predicted: Result
    measured: Result
    word: str


class Ran(NamedTuple):
    """One part of the new way of working: its share before and after, and the mark it should reach."""

    label: str
    before: Result
    after: Result
    mark: float
    word: str


def plot_promised(rows: Sequence[Beside]) -> Axes:
    """Draw predicted intervals as bars and measured figures as marks with their intervals, one panel per unit.

    Parameters
    ----------
    rows : sequence of Beside
        From top to bottom within their panel.

    Returns
    -------
    Axes
        The first panel; further units stand below it. A row without a measured figure has its bar alone.
    """
    from matplotlib.lines import Line2D

    groups = {unit: [row for row in rows if row.predicted.unit == unit] for unit in PANELS}
    shown = {unit: found for unit, found in groups.items() if found}
    height = row_mm([wrap_name(row.label, LABEL_WIDTH, 2) for row in rows], ROW_MM)
    fig, first = figure(height_mm=18 + 14 * len(shown) + height * len(rows))
    grid = fig.add_gridspec(len(shown), 1, height_ratios=[len(found) + 0.4 for found in shown.values()])
    first.set_subplotspec(grid[0])
    for place, (unit, found) in enumerate(shown.items()):
        axes = first if place == 0 else fig.add_subplot(grid[place])
        _panel(axes, found, *PANELS[unit])
        if unit != "share":
            axes.axvline(0, color=PALETTE["ink"], linewidth=0.8, zorder=1)
    marks = [
        Line2D([], [], color=PALETTE["planned"], linewidth=9, label="promised"),
        Line2D([], [], color=PALETTE["after"], marker="o", markersize=6, linewidth=1.6, label="measured"),
    ]
    first.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, columnspacing=1.6)
    return first


def _panel(axes: Axes, rows: Sequence[Beside], words: str, scale: float) -> None:
    for place, row in enumerate(rows):
        goal, seen = row.predicted, row.measured
        if goal.low is not None and goal.high is not None:
            axes.plot([goal.low * scale, goal.high * scale], [place, place], color=PALETTE["planned"], linewidth=9,
                      solid_capstyle="butt", zorder=1)  # fmt: skip
        if goal.value is not None:
            axes.plot([goal.value * scale] * 2, [place - 0.26, place + 0.26], color=PALETTE["ink"], linewidth=1.4, zorder=2)
        if seen.value is not None:
            limits = [limit * scale for limit in (seen.low, seen.high) if limit is not None]
            axes.plot(limits, [place] * len(limits), color=PALETTE["after"], linewidth=1.6, zorder=3)
            axes.plot(seen.value * scale, place, "o", color=PALETTE["after"], markersize=6, clip_on=False, zorder=4)
        axes.text(1.02, place, wrap_name(row.word, 18, 2), transform=axes.get_yaxis_transform(), va="center")
    _rows(axes, [row.label for row in rows], words)
    axes.margins(x=0.06)


def _rows(axes: Axes, labels: Sequence[str], words: str) -> None:
    axes.set_yticks(range(len(labels)), [wrap_name(label, LABEL_WIDTH, 2) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlabel(words)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")


def describe_promised(rows: Sequence[Beside]) -> str:
    """Return the alt text: every row in words."""
    told = [
        f"{row.label}: promised {label_result(row.predicted)}, measured {label_result(row.measured)}, {row.word}"
        for row in rows
    ]  # fmt: skip
    return f"Promises with their intervals beside what was measured. {'; '.join(told)}."


def plot_adoption(rows: Sequence[Ran]) -> Axes:
    """Draw each part before and after against the mark it should reach.

    Parameters
    ----------
    rows : sequence of Ran
        From top to bottom.

    Returns
    -------
    Axes
        A light mark before, a dark one with its interval after, a short line at the mark; parts without a figure say so.
    """
    from matplotlib.lines import Line2D

    height = row_mm([wrap_name(row.label, LABEL_WIDTH, 2) for row in rows], ROW_MM)
    _, axes = figure(height_mm=30 + height * len(rows))
    for place, row in enumerate(rows):
        if row.before.value is not None:
            axes.plot(row.before.value * 100, place, "o", color=PALETTE["before"], markersize=7, clip_on=False, zorder=3)
        if row.after.value is None:
            axes.text(50, place, label_result(row.after), ha="center", va="center", color=PALETTE["muted"])
        else:
            limits = [limit * 100 for limit in (row.after.low, row.after.high) if limit is not None]
            axes.plot(limits, [place] * len(limits), color=PALETTE["after"], linewidth=1.8, zorder=2, clip_on=False)
            axes.plot(row.after.value * 100, place, "o", color=PALETTE["after"], markersize=7, clip_on=False, zorder=4)
        axes.plot([row.mark * 100] * 2, [place - 0.3, place + 0.3], color=PALETTE["target"], linewidth=1.6, zorder=1)
        axes.text(1.02, place, row.word, transform=axes.get_yaxis_transform(), va="center")
    _rows(axes, [row.label for row in rows], "share kept, %")
    axes.set_xlim(0, 100)
    marks = [
        Line2D([], [], color=PALETTE["before"], marker="o", markersize=7, linestyle="", label="before"),
        Line2D([], [], color=PALETTE["after"], marker="o", markersize=7, linewidth=1.8, label="after"),
        Line2D([], [], color=PALETTE["target"], linewidth=1.6, label="agreed, or in place from here on"),
    ]
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2, columnspacing=1.6)
    return axes


def describe_adoption(rows: Sequence[Ran]) -> str:
    """Return the alt text: every part in words."""
    told = [
        f"{row.label}: {label_result(row.before)} before, {label_result(row.after)} after, mark {label_share(row.mark)}, "
        f"{row.word}"
        for row in rows
    ]  # fmt: skip
    return f"Parts of the new way of working before and after. {'; '.join(told)}."
