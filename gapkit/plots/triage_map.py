"""Strategy or execution as a map: two questions, four readings, and where the organisation stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.triage.triage import CELLS, INSUFFICIENT, READINGS, label_probability
from gapkit.labels import sentence_case
from gapkit.plots.theme import PALETTE, SEQUENTIAL, figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from gapkit.diagnosis.triage.triage import Triage

# Lower left corner of each reading: criteria to the right, sound work at the top.
CORNERS: Final[Mapping[str, tuple[float, float]]] = {
    "strategy": (0.0, 0.5), "neither": (0.5, 0.5), "both": (0.0, 0.0), "execution": (0.5, 0.0),
}  # fmt: skip
HALF: Final = 0.5


def plot_triage_map(triage: Triage, axes: Axes | None = None) -> Axes:
    """Draw the four readings as cells with their probabilities, and a mark where both answers lie.

    Parameters
    ----------
    triage : Triage
        With a probability of both axes.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One patch and one text per reading, one mark at the two probabilities. The most probable cell is filled, and framed
        where there is a verdict or a leaning.
    """
    axes = axes or figure(height_mm=98)[1]
    across, up = triage.criteria.probability or 0.0, triage.work.probability or 0.0
    probabilities = triage.probabilities or dict.fromkeys(CELLS, 0.0)
    for cell, (x, y) in CORNERS.items():
        _draw_cell(axes, triage, cell, x, y)
        # The words keep clear of the mark: in the upper third of a cell, or the lower where the mark is above its middle.
        height = y + (0.16 if x <= across <= x + HALF and up - y > HALF / 2 else 0.34)
        is_likeliest = cell == triage.cell
        axes.text(x + HALF / 2, height, f"{sentence_case(READINGS[cell])}\n{label_probability(probabilities[cell])}",
                  ha="center", va="center", linespacing=1.5, color=PALETTE["ink" if is_likeliest else "muted"],
                  fontweight=600 if is_likeliest else "normal", fontsize=11 if is_likeliest else None)  # fmt: skip
    axes.plot(across, up, "o", color=PALETTE["target"], markersize=9, clip_on=False, zorder=5)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    ticks = [0, 0.5, 1]
    axes.set_xticks(ticks, ["0 %", "50 %", "100 %"])
    axes.set_yticks(ticks, ["0 %", "50 %", "100 %"])
    axes.set_xlabel("probability that criteria are agreed →")
    axes.set_ylabel("probability that the work is sound →")
    axes.grid(visible=False)
    return axes


def _draw_cell(axes: Axes, triage: Triage, cell: str, x: float, y: float) -> None:
    from matplotlib.patches import Rectangle

    is_likeliest, is_framed = cell == triage.cell, cell == triage.cell and triage.verdict != INSUFFICIENT
    axes.add_patch(Rectangle(
        (x, y), HALF, HALF, facecolor=SEQUENTIAL[1] if is_likeliest else PALETTE["tint"], clip_on=False,
        edgecolor=PALETTE["ink" if is_framed else "neutral"], linewidth=2.2 if is_framed else 0.6,
        zorder=2 if is_framed else 1,
    ))  # fmt: skip


def describe_triage_map(triage: Triage) -> str:
    """Return the alt text: both probabilities, then every reading with its own."""
    probabilities = triage.probabilities or {}
    cells = [f"{READINGS[cell]} {label_probability(probabilities[cell])}" for cell in CELLS if cell in probabilities]
    axes = (f"criteria are agreed with a probability of {label_probability(triage.criteria.probability or 0.0)}, "
            f"the work is sound with {label_probability(triage.work.probability or 0.0)}")  # fmt: skip
    return f"Map of two questions, each from no to yes: {axes}. Probability of each reading: {'; '.join(cells)}."
