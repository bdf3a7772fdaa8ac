"""Before and after: one measure with its change on its own scale, and all measures side by side on a common one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from gapkit.labels import label_number, label_result, label_result_interval
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gapkit.results import Result

Way = Literal["good", "bad", "muted"]
LABEL_WIDTH: Final = 30
ROW_MM: Final = 9.6
# Beyond so many half-widths of its interval a change is drawn at the edge: further out says nothing more.
EDGE: Final = 3.6


class Change(NamedTuple):
    """The change of the measure drawn by `plot_effect`.

    Attributes
    ----------
    low, value, high : float
        Where the measure would stand: its value before, plus the change and the limits of the change.
    words : str
        The change with its interval, written beside it.
    target : float or None
        What was agreed to reach; None where nothing was.
    """

    low: float
    value: float
    high: float
    words: str
    target: float | None = None


class Row(NamedTuple):
    """One measure of `plot_before_after`.

    Attributes
    ----------
    name : str
        For readers.
    position : float
        The change, above 0 for the better, in half-widths of its 95 % interval: beyond 1 either way the interval leaves
        none out.
    low, high : float
        Limits in the same unit.
    numbers : str
        Before and after, the change and its interval, in two lines.
    way : {"good", "bad", "muted"}
        Improved, worsened, or neither.
    """

    name: str
    position: float
    low: float
    high: float
    numbers: str
    way: Way


def plot_effect(before: Result, after: Result, change: Change) -> Axes:
    """Draw a measure before and after with its intervals, and the change with its own.

    Parameters
    ----------
    before, after : Result
        Of one unit, share or per week.
    change : Change
        Drawn from the value before, on the same scale.

    Returns
    -------
    Axes
        Three rows: before, after, change; a dashed line at the target.
    """
    is_share = before.unit == "share"
    scale = 100.0 if is_share else 1.0
    axes = figure(height_mm=58)[1]
    rows = [(f"before ({before.period})", before, "before"), (f"after ({after.period})", after, "after")]
    for place, (_, side, meaning) in enumerate(rows):
        low, value, high = (scale * float(x or 0.0) for x in (side.low, side.value, side.high))
        axes.plot([low, high], [place, place], color=PALETTE[meaning], linewidth=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(value, place, "o", color=PALETTE[meaning], markersize=7, clip_on=False)
        text = f"{label_result(side)}  ({label_result_interval(side)}; n = {label_number(side.n)})"
        axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"])
    axes.plot([scale * change.low, scale * change.high], [2, 2], color=PALETTE["ink"], linewidth=1.6, marker="|")
    axes.plot(scale * change.value, 2, "D", color=PALETTE["ink"], markersize=5, clip_on=False)
    axes.text(1.02, 2, change.words, transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"])
    axes.plot([scale * float(before.value or 0.0)] * 2, [0, 2.35], color=PALETTE["muted"], linewidth=0.8, zorder=0)
    if change.target is not None:
        axes.axvline(scale * change.target, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate("target", (scale * change.target, -0.68), xytext=(4, 0), textcoords="offset points",
                      color=PALETTE["target"], va="center", annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(3), [wrap_name(name, 24, 2) for name, *_ in rows] + ["change, drawn from\nthe value before"])
    axes.set_ylim(2.6, -0.95)
    ends = [scale * float(x or 0.0) for x in (before.high, after.high, change.high, change.target)]
    # The change may lead beyond what the measure itself can reach.
    axes.set_xlim(min(0.0, scale * change.low), max(100.0 if is_share else 0.0, *ends) * (1.0 if is_share else 1.05))
    if is_share:
        axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    else:
        axes.set_xlabel("a week")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_effect(before: Result, after: Result, change: Change, what: str) -> str:
    """Return the alt text of `plot_effect`."""
    sides = [
        f"{when} {label_result(side)} (95 % interval {label_result_interval(side)})"
        for when, side in (("before", before), ("after", after))
    ]
    return f"{what} with intervals: {', '.join(sides)}, change {change.words}."


def plot_before_after(rows: Sequence[Row]) -> Axes:
    """Draw the change of many measures on one scale, the first on top, each with its own numbers at the right.

    Parameters
    ----------
    rows : sequence of Row
        At least one.

    Returns
    -------
    Axes
        One line per interval, one marker per change; the better lies to the right.
    """
    names = [wrap_name(row.name, LABEL_WIDTH, 2) for row in rows]
    axes = figure(height_mm=22 + row_mm(names, ROW_MM) * len(rows))[1]
    for place, row in enumerate(rows):
        colour = PALETTE[row.way]
        axes.plot([_held(row.low), _held(row.high)], [place, place], color=colour, linewidth=2.2, alpha=0.6)
        axes.plot(_held(row.position), place, "o" if row.way != "muted" else "|", color=colour, markersize=7)
        axes.text(1.02, place, row.numbers, transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"],
                  linespacing=1.15)  # fmt: skip
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.9)
    axes.set_xlim(-EDGE - 0.2, EDGE + 0.2)
    axes.set_xticks([-EDGE / 2, 0, EDGE / 2], ["worse", "no change", "better"])
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=False)
    axes.tick_params(axis="x", length=0)
    return axes


def _held(position: float) -> float:
    return max(-EDGE, min(EDGE, position))


def describe_before_after(rows: Sequence[Row]) -> str:
    """Return the alt text of `plot_before_after`: every measure with its numbers and whether it changed."""
    words = {"good": "improved", "bad": "worsened", "muted": "no change beyond chance"}
    told = [f"{row.name}: {row.numbers.replace(chr(10), ', ')}, {words[row.way]}" for row in rows]
    return "Change of each measure with its interval, the better to the right. " + "; ".join(told) + "."
