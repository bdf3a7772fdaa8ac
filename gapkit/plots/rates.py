"""Figures with their intervals, one line each: the chart for every comparison of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_number, label_result, label_result_interval
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from gapkit.results import Result


def plot_rates(
    results: Mapping[str, Result],
    axes: Axes | None = None,
    *,
    colours: Mapping[str, str] | None = None,
    reference: float | None = None,
    reference_label: str = "",
) -> Axes:
    """Draw shares with their 95 % intervals, top to bottom in the order given.

    Parameters
    ----------
    results : mapping of str to Result
        Row label to result. Results without a number keep their row and say why in words.
    axes : Axes, optional
        Where to draw; a new figure otherwise.
    colours : mapping of str to str, optional
        Palette meaning per row label; ``delivered`` otherwise.
    reference : float, optional
        A share to compare with (a target), drawn as a line.
    reference_label : str
        What the line is.

    Returns
    -------
    Axes
        One line per interval, one marker per value, one text per row.
    """
    axes = axes or figure(height_mm=24 + 12 * len(results))[1]
    for row, (name, result) in enumerate(results.items()):
        colour = PALETTE[(colours or {}).get(name, "delivered")]
        if result.is_ok and result.value is not None:
            low = result.low if result.low is not None else 0.0
            high = result.high if result.high is not None else 1.0
            axes.plot([low * 100, high * 100], [row, row], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt")
            axes.plot(result.value * 100, row, "o", color=colour, markersize=7, clip_on=False)
            text = f"{label_result(result)}  ({label_result_interval(result)}; n = {label_number(result.n)})"
        else:
            text = f"{label_result(result)} (n = {label_number(result.n)})"
        axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"])
    if reference is not None:
        axes.axvline(reference * 100, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(reference_label, (reference * 100, -0.62), xytext=(4, 0), textcoords="offset points",
                      color=PALETTE["target"], va="center", annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(results)), list(results))
    axes.set_ylim(len(results) - 0.4, -0.9 if reference is not None else -0.6)
    axes.set_xlim(0, 100)
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_rates(results: Mapping[str, Result], what: str) -> str:
    """Return the alt text: every row in words."""
    rows = []
    for name, result in results.items():
        interval = label_result_interval(result)
        rows.append(f"{name} {label_result(result)}" + (f" (95 % interval {interval})" if interval else ""))
    return f"{what} with intervals. " + "; ".join(rows) + "."
