"""How bad people find each thing, with intervals; and how each group sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, SEQUENTIAL, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

MIDDLE: Final = 50
SPLIT, FEW = "split", "–"
# From this score on the cell is dark, and its figure white.
DARK_FROM: Final = 58
ROW_MM: Final = 5.6
GROUP_WIDTH: Final = 32


def plot_perceived(rows: pd.DataFrame) -> Axes:
    """Draw scores with their 95 % intervals, the first row on top.

    Parameters
    ----------
    rows : DataFrame
        Columns label, score, low, high (0 best to 100 worst), n, and word: what to know of the score, empty if nothing. A
        score to be read statement by statement has an empty marker.

    Returns
    -------
    Axes
        One interval line and one marker per row, one text at its right.
    """
    _, axes = figure(height_mm=22 + 7.4 * len(rows))
    for place, row in enumerate(rows.to_dict(orient="records")):
        colour = PALETTE["bad"] if row["low"] > MIDDLE else PALETTE["delivered"]
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt")
        face = PALETTE["paper"] if row["word"] == "read singly" else colour
        axes.plot(row["score"], place, "o", color=colour, markerfacecolor=face, markersize=6.5)
        limits = f"{label_number(row['low'])} to {label_number(row['high'])}"
        text = f"{label_number(row['score'])}  ({limits}; n = {label_number(row['n'])}) {row['word']}".rstrip()
        axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center")
    axes.axvline(MIDDLE, color=PALETTE["muted"], linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set_yticks(range(len(rows)), rows["label"].tolist())
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("score: 0 no problem seen, 100 worst")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_perceived(rows: pd.DataFrame) -> str:
    """Return the alt text: every score in words."""
    told = [
        f"{row['label']} {label_number(row['score'])} ({label_number(row['low'])} to {label_number(row['high'])})"
        + (f", {row['word']}" if row["word"] else "")
        for row in rows.to_dict(orient="records")
    ]
    return "Scores people give, 0 best to 100 worst, with 95 % intervals. " + "; ".join(told) + "."


def plot_groups(cells: pd.DataFrame, sizes: Sequence[int]) -> Axes:
    """Draw the score each group gives each thing, the darker the worse.

    Parameters
    ----------
    cells : DataFrame
        Rows are groups, columns things, in the order to be drawn. A cell is a score, or the text `SPLIT` (no common view)
        or `FEW` (too few answers).
    sizes : sequence of int
        Answers of each group, written behind its name.

    Returns
    -------
    Axes
        One rectangle and one text per cell.
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Rectangle

    names = [
        f"{wrap_name(str(name), GROUP_WIDTH, 2)} ({label_number(n)})" for name, n in zip(cells.index, sizes, strict=True)
    ]
    _, axes = figure(height_mm=40 + row_mm(names, ROW_MM) * len(cells))
    ramp = ListedColormap(SEQUENTIAL)
    for place, (_, row) in enumerate(cells.iterrows()):
        for column, value in enumerate(row):
            is_score = not isinstance(value, str)
            colour = ramp(value / 100) if is_score else PALETTE["paper"]
            axes.add_patch(Rectangle((column - 0.5, place - 0.5), 1, 1, facecolor=colour, edgecolor=PALETTE["grid"]))
            ink = PALETTE["paper" if is_score and value >= DARK_FROM else "ink" if is_score else "muted"]
            axes.text(column, place, label_number(value) if is_score else value, ha="center", va="center", color=ink,
                      fontsize=7.5)  # fmt: skip
    axes.set_xticks(range(cells.shape[1]), list(cells.columns), rotation=60, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(cells)), names)
    axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.set_xlim(-0.5, cells.shape[1] - 0.5)
    axes.set_ylim(len(cells) - 0.5, -0.5)
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def describe_groups(cells: pd.DataFrame) -> str:
    """Return the alt text: every group with its scores in words."""
    told = []
    for group, row in cells.iterrows():
        parts = [f"{name} {value if isinstance(value, str) else label_number(value)}" for name, value in row.items()]
        told.append(f"{group}: {', '.join(part for part in parts if not part.endswith(FEW))}")
    return "Table of scores by group, 0 best to 100 worst. " + "; ".join(told) + "."
