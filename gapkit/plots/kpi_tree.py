"""The tree of measures: goals at the left, results beside them, and at the right what the team can move itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.labels import label_list
from gapkit.plots.names import LINE_MM, wrap_name
from gapkit.plots.theme import PALETTE, TEXT_WIDTH_MM, figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

BOX: Final = 0.8  # of the width of a column
CHARACTER_MM: Final = 1.62  # width of a letter at the size of the theme, a wide one
LINES: Final = 2
ROW_MM: Final = LINE_MM * LINES + 4.0
GOAL, RESULT, INPUT, OTHER = "goal", "result", "input", "other"
# What a box is: its fill and its ink.
LOOK: Final = {
    GOAL: ("tint", "ink"), RESULT: ("delivered", "paper"), INPUT: ("good", "paper"), OTHER: ("external", "ink"),
}  # fmt: skip
MEANING: Final = {
    GOAL: "goal", RESULT: "result (lagging)", INPUT: "input the team controls", OTHER: "input it does not control alone",
}  # fmt: skip
NOT_READ: Final = "not read lately"
UNREAD: Final = 0.18  # how much colour a box that was not read keeps


class Spot(NamedTuple):
    """Where a box stands.

    Attributes
    ----------
    column : int
        From the left, 0 first.
    row : float
        From the top; a box stands in the middle of what hangs on it.
    """

    column: int
    row: float


def lay_out(ids: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, Spot]:
    """Return where each box of a forest stands.

    Parameters
    ----------
    ids : sequence of str
        Boxes in the order in which they are read.
    edges : sequence of (str, str)
        From a box to each one that hangs on it. Circles are cut where they are entered first.

    Examples
    --------
    >>> lay_out(["a", "b", "c", "d"], [("a", "b"), ("a", "c")])
    {'b': Spot(column=1, row=0.0), 'c': Spot(column=1, row=1.0), 'a': Spot(column=0, row=0.5), 'd': Spot(column=0, row=2.0)}
    """
    below: dict[str, list[str]] = {one: [] for one in ids}
    for above, one in edges:
        below[above].append(one)
    hanging = {one for _, one in edges}
    found: dict[str, Spot] = {}
    entered: set[str] = set()
    next_row = 0.0

    def place(one: str, column: int) -> None:
        nonlocal next_row
        entered.add(one)
        under = []
        for child in below[one]:
            if child not in entered:
                place(child, column + 1)
                under.append(found[child].row)
        found[one] = Spot(column, (under[0] + under[-1]) / 2 if under else next_row)
        next_row += 0.0 if under else 1.0

    # Roots first; what is left feeds itself in a circle.
    for one in [*(one for one in ids if one not in hanging), *ids]:
        if one not in entered:
            place(one, 0)
    return found


def plot_kpi_tree(boxes: pd.DataFrame, edges: Sequence[tuple[str, str]]) -> Axes:
    """Draw goals, results and inputs as boxes, with lines to what feeds them.

    Parameters
    ----------
    boxes : DataFrame
        Columns id, label, kind (`GOAL`, `RESULT`, `INPUT`, `OTHER`), is_measured (read lately; True for goals).
    edges : sequence of (str, str)
        From a box to each one that feeds it.

    Returns
    -------
    Axes
        One box and one text per row of `boxes`, dashed where it was not read lately; one line per edge.
    """
    spots = lay_out(list(boxes["id"]), edges)
    columns = max(spot.column for spot in spots.values()) + 1
    rows = max(spot.row for spot in spots.values()) + 1
    _, axes = figure(height_mm=20 + ROW_MM * rows)
    for above, one in edges:
        start, end = spots[above], spots[one]
        if end.column == start.column + 1:
            middle = start.column + (1 + BOX) / 2
            axes.plot([start.column + BOX, middle, middle, end.column], [start.row, start.row, end.row, end.row],
                      color=PALETTE["muted"], linewidth=0.8, zorder=1)  # fmt: skip
    width = int(TEXT_WIDTH_MM / columns * BOX / CHARACTER_MM)
    for box in boxes.to_dict(orient="records"):
        _draw_box(axes, box, spots[box["id"]], width)
    axes.set_xlim(-0.02, columns - (1 - BOX) + 0.02)
    axes.set_ylim(rows - 0.45, -0.55)
    axes.set_axis_off()
    _legend(axes, boxes)
    return axes


def _draw_box(axes: Axes, box: Mapping[Hashable, Any], spot: Spot, width: int) -> None:
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    fill, ink = LOOK[box["kind"]]
    is_read = box["is_measured"]
    colour = to_rgba(PALETTE[fill], alpha=1.0 if is_read else UNREAD)
    axes.add_patch(Rectangle(
        (spot.column, spot.row - 0.39), BOX, 0.78, facecolor=colour,
        edgecolor=PALETTE["grid" if is_read else "bad"], linestyle="-" if is_read else (0, (4, 2)),
        linewidth=0.8 if is_read else 1.3, zorder=2,
    ))  # fmt: skip
    axes.text(spot.column + BOX / 2, spot.row, wrap_name(box["label"], width, LINES), ha="center", va="center", zorder=3,
              color=PALETTE[ink if is_read else "ink"], weight=600 if box["kind"] == GOAL else "normal",
              linespacing=1.05)  # fmt: skip


def _legend(axes: Axes, boxes: pd.DataFrame) -> None:
    from matplotlib.patches import Patch

    marks = [Patch(facecolor=PALETTE[LOOK[kind][0]], edgecolor=PALETTE["grid"], label=words)
             for kind, words in MEANING.items() if boxes["kind"].eq(kind).any()]  # fmt: skip
    if not boxes["is_measured"].all():
        marks.append(Patch(facecolor=PALETTE["paper"], edgecolor=PALETTE["bad"], linestyle=(0, (4, 2)), label=NOT_READ))
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2,
                handlelength=1.3, columnspacing=1.2)  # fmt: skip


def describe_kpi_tree(boxes: pd.DataFrame, edges: Sequence[tuple[str, str]]) -> str:
    """Return the alt text: every box with what feeds it."""
    label = dict(zip(boxes["id"], boxes["label"], strict=True))
    told = []
    for box in boxes.to_dict(orient="records"):
        under = [label[one] for above, one in edges if above == box["id"]]
        read = "" if box["is_measured"] else f", {NOT_READ}"
        told.append(f"{box['label']} ({MEANING[box['kind']]}{read}){f' fed by {label_list(under)}' if under else ''}")
    return f"Tree of measures. {'; '.join(told)}."
