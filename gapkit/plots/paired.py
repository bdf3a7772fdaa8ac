"""Two sides of one thing, side by side: the values of both, and beside them how far they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.labels import label_interval, label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, SERIES, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Two sides that mean neither good nor bad; they differ in lightness and in shape too.
FIRST, OTHERS = SERIES[1], SERIES[0]
LABEL_WIDTH: Final = 34
ROW_MM: Final = 5.8


class Sides(NamedTuple):
    """What the two values of each row are.

    Attributes
    ----------
    first, others : str
        Names of the two sides.
    what : str
        What the values are, under the axis.
    limits : tuple of float
        Ends of the scale.
    digits : int
        Decimals worth showing.
    """

    first: str
    others: str
    what: str
    limits: tuple[float, float]
    digits: int = 0


def plot_paired(rows: pd.DataFrame, sides: Sides) -> Axes:
    """Draw a line per row from one side's value to the other's, the first row on top.

    Parameters
    ----------
    rows : DataFrame
        Columns label, first, others; if the two are compared too, delta, low, high (Cliff's delta with its interval) and
        is_shown (whether the difference holds after all rows were tested together).
    sides : Sides
        What is compared.

    Returns
    -------
    Axes
        The values: two rows of markers. Differences stand in a second Axes at its right.
    """
    names = [wrap_name(label, LABEL_WIDTH, 2) for label in rows["label"]]
    fig, axes = figure(height_mm=26 + row_mm(names, ROW_MM) * len(rows))
    places = list(range(len(rows)))
    if "delta" in rows:
        grid = fig.add_gridspec(1, 2, width_ratios=[3, 2])
        axes.set_subplotspec(grid[0])
        _plot_delta(rows, fig.add_subplot(grid[1], sharey=axes))
    for place, row in zip(places, rows.to_dict(orient="records"), strict=True):
        axes.plot([row["first"], row["others"]], [place, place], color=PALETTE["neutral"], linewidth=2.4, zorder=1)
    axes.plot(rows["first"], places, "D", color=FIRST, markersize=5.5, label=sides.first)
    axes.plot(rows["others"], places, "o", color=OTHERS, markersize=6.5, label=sides.others)
    axes.set_yticks(places, names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(*sides.limits)
    axes.set_xlabel(sides.what)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=1, columnspacing=1.6)
    return axes


def _plot_delta(rows: pd.DataFrame, axes: Axes) -> None:
    for place, row in enumerate(rows.to_dict(orient="records")):
        colour = PALETTE["bad"] if row["is_shown"] else PALETTE["muted"]
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=1.6)
        axes.plot(row["delta"], place, "o" if row["is_shown"] else "|", color=colour, markersize=5.5)
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.8)
    axes.set_xlim(-1, 1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    axes.set_xlabel("Cliff’s delta, 95 % interval")
    axes.tick_params(axis="y", labelleft=False)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")


def describe_paired(rows: pd.DataFrame, sides: Sides) -> str:
    """Return the alt text: both values of every row, and the difference where it is compared."""
    told = []
    for row in rows.to_dict(orient="records"):
        text = f"{row['label']}: {label_number(row['first'], sides.digits)} and {label_number(row['others'], sides.digits)}"
        if "delta" in row:
            told_delta = f"{label_number(row['delta'], 2)} ({label_interval(row['low'], row['high'], 'ratio')})"
            text += f", delta {told_delta}{', shown' if row['is_shown'] else ''}"
        told.append(text)
    return f"Pairs of points, {sides.first} and {sides.others}, {sides.what}. " + "; ".join(told) + "."
