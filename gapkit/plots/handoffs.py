"""Who waits for whom: teams on a ring, an arrow from each team to the one it waits for, as thick as days are lost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_number
from gapkit.plots.names import wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

Point = tuple[float, float]

MOST_EDGES: Final = 12
NAME_WIDTH: Final = 22
HEIGHT_MM: Final = 112.0
RING_MM: Final = (46.0, 43.0)  # half width and half height of the ring
BEND: Final = 0.22  # of the length of an arrow; arrows there and back bend apart
NODE_PT: Final = 9.0
WIDEST_PT: Final = 7.0
CLEARANCE_MM: Final = 7.5  # between two labels
# Where on its arrow a label may stand, the best place first.
STANDS: Final = (0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75)


def plot_handoffs(edges: pd.DataFrame, first: int, axes: Axes | None = None) -> Axes:
    """Draw hand-offs as arrows between teams.

    Parameters
    ----------
    edges : DataFrame
        Columns from_team, to_team (two different ones), lost_days (above 0), the costliest first. At most twelve are drawn.
    first : int
        How many rows the title speaks of; they are drawn darker.

    Returns
    -------
    Axes
        One arrow per edge and one dot per team; texts give the days of each arrow and the name of each team.
    """
    axes = axes or figure(height_mm=HEIGHT_MM)[1]
    drawn = edges.head(MOST_EDGES)
    ring = ring_of(list(dict.fromkeys(drawn[["from_team", "to_team"]].to_numpy().ravel().tolist())))
    taken: list[Point] = []
    widest = float(drawn["lost_days"].max())
    for place, row in reversed(list(enumerate(drawn.to_dict(orient="records")))):
        ends = ring[row["from_team"]], ring[row["to_team"]]
        colour = PALETTE["delivered" if place < first else "before"]
        _arrow(axes, *ends, max(WIDEST_PT * row["lost_days"] / widest, 0.8), colour)
        spot = _label_spot(*ends, taken)
        taken.append(spot)
        axes.annotate(label_number(row["lost_days"]), spot, ha="center", va="center", color=PALETTE["ink"], zorder=5,
                      bbox={"boxstyle": "round,pad=0.15", "facecolor": PALETTE["paper"], "edgecolor": "none"})  # fmt: skip
    for name, (x, y) in ring.items():
        axes.plot(x, y, "o", color=PALETTE["ink"], markersize=NODE_PT * 0.8, zorder=4)
        side = "left" if x > 1 else "right" if x < -1 else "center"
        offset = (8 * (x > 1) - 8 * (x < -1), 9 * (y > 0) - 9 * (y < 0) if side == "center" else 0)
        level = "center" if side != "center" else "bottom" if y > 0 else "top"
        axes.annotate(
            wrap_name(str(name), NAME_WIDTH), (x, y), xytext=offset, textcoords="offset points", ha=side, va=level
        )
    axes.set_xlim(-83, 83)
    axes.set_ylim(-HEIGHT_MM / 2, HEIGHT_MM / 2)
    axes.set_aspect("equal")
    axes.set_axis_off()
    return axes


def ring_of(teams: Sequence[str]) -> dict[str, Point]:
    """Return where each team stands on the ring, in millimetres from its middle, clockwise from the left.

    Examples
    --------
    >>> {name: (round(x), round(y)) for name, (x, y) in ring_of(["Web", "Brand"]).items()}
    {'Web': (-46, 0), 'Brand': (46, 0)}
    """
    angles = [math.pi - 2 * math.pi * place / len(teams) for place in range(len(teams))]
    width, height = RING_MM
    return {team: (width * math.cos(angle), height * math.sin(angle)) for team, angle in zip(teams, angles, strict=True)}


def _control(start: Point, end: Point) -> Point:
    """Return the point towards which an arrow bends, as matplotlib's `arc3` has it."""
    (x, y), (u, v) = start, end
    return (x + u) / 2 + BEND * (v - y), (y + v) / 2 - BEND * (u - x)


def _at(start: Point, end: Point, share: float) -> Point:
    """Return the point of an arrow after a share of its way (a quadratic Bézier curve)."""
    middle = _control(start, end)
    weights = (1 - share) ** 2, 2 * share * (1 - share), share**2
    points = start, middle, end
    return (
        sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
    )


def _label_spot(start: Point, end: Point, taken: Sequence[Point]) -> Point:
    """Return the best place on an arrow for its label: the first that is clear of the labels there, else the clearest."""
    spots = [_at(start, end, share) for share in STANDS]
    room = [min((math.dist(spot, other) for other in taken), default=math.inf) for spot in spots]
    clear = [spot for spot, free in zip(spots, room, strict=True) if free >= CLEARANCE_MM]
    return clear[0] if clear else spots[room.index(max(room))]


def _arrow(axes: Axes, start: Point, end: Point, width: float, colour: str) -> None:
    head = 5 + 1.6 * width
    axes.annotate(
        "", xy=end, xytext=start,
        arrowprops={
            "arrowstyle": f"-|>,head_length={head / 10:.2f},head_width={head / 22:.2f}", "mutation_scale": 10,
            "connectionstyle": f"arc3,rad={BEND}", "linewidth": width, "color": colour, "shrinkA": NODE_PT / 2,
            "shrinkB": NODE_PT / 2 + 1, "joinstyle": "miter", "capstyle": "butt",
        },
    )  # fmt: skip


def describe_handoffs(edges: pd.DataFrame) -> str:
    """Return the alt text: every arrow in words."""
    rows = [
        f"{row['from_team']} waits for {row['to_team']}: {label_number(row['lost_days'])}"
        for row in edges.head(MOST_EDGES).to_dict(orient="records")
    ]
    return "Arrows between teams, as thick as business days were lost. " + "; ".join(rows) + "."
