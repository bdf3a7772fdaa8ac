"""What was foretold against what came: a bar for the prediction, a mark for what was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_days, label_number, sentence_case
from gapkit.plots.names import wrap_name
from gapkit.plots.theme import PALETTE, figure
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from gapkit.redesign.what_if.backtest import Foretold


def plot_foretold(figures: Mapping[str, Foretold]) -> Axes:
    """Draw a row per figure: the interval foretold, and what was observed.

    Parameters
    ----------
    figures : mapping of str to Foretold
        By result name, in days.

    Returns
    -------
    Axes
        One line, one marker and one text per figure; the marker is red where it lies outside.
    """
    from matplotlib.lines import Line2D

    _, axes = figure(height_mm=26 + 12 * len(figures))
    for row, one in enumerate(figures.values()):
        axes.plot([one.low, one.high], [row, row], color=PALETTE["planned"], linewidth=9, solid_capstyle="butt")
        axes.plot(
            one.observed, row, "D", color=PALETTE["delivered" if one.is_inside else "bad"], markersize=7, clip_on=False
        )
        axes.text(1.02, row, _words(one), transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(figures)), [wrap_name(sentence_case(name_of(name)), 26, 2) for name in figures])
    axes.set_ylim(len(figures) - 0.4, -0.6)
    axes.set_xlim(0, 1.1 * max(max(one.high, one.observed) for one in figures.values()))
    axes.set_xlabel("days from commitment to market")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    marks = [
        Line2D([], [], color=PALETTE["planned"], linewidth=8, label="foretold"),
        Line2D([], [], color=PALETTE["delivered"], marker="D", linestyle="", markersize=7, label="as it came"),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, columnspacing=1.6)
    return axes


def _words(one: Foretold) -> str:
    return f"{label_days(one.observed)}; {label_number(one.low)} to {label_number(one.high)} foretold"


def describe_foretold(figures: Mapping[str, Foretold]) -> str:
    """Return the alt text: every figure as foretold and as it came."""
    told = [f"{name_of(name)} {_words(one)}, {'inside' if one.is_inside else 'outside'}" for name, one in figures.items()]
    return f"Foretold intervals and what was observed. {'; '.join(told)}."
