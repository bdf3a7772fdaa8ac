"""The levers of execution as bars from 0 (missing) to 100 (in place)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.signs.thresholds import IN_PLACE, MISSING
from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_interval, label_number, sentence_case
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.diagnosis.evidence import Finding

COLOUR: Final = {"in place": "good", "missing": "bad"}


def plot_levers(levers: Sequence[Finding], axes: Axes | None = None) -> Axes:
    """Draw the score of each lever with its 90 % interval between the bands of missing, partly in place and in place.

    Parameters
    ----------
    levers : sequence of Finding
        `activity` is the score; a lever without one keeps its row and says so.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One bar per score, one line per interval, one text per lever.
    """
    axes = axes or figure(height_mm=26 + 15 * len(levers))[1]
    for edge in (MISSING, IN_PLACE):
        axes.axvline(edge, color=PALETTE["target"], linewidth=1, linestyle=(0, (4, 3)))
    for middle, words in (
        (MISSING / 2, "missing"),
        ((MISSING + IN_PLACE) / 2, "partly in place"),
        ((IN_PLACE + 100) / 2, "in place"),
    ):
        axes.text(middle, -0.62, words, ha="center", va="bottom", color=PALETTE["muted"])
    for row, lever in enumerate(levers):
        score = lever.activity
        if score is not None:
            axes.barh(row, score.value, height=0.5, color=PALETTE[COLOUR.get(lever.verdict, "before")])
            axes.plot([score.low, score.high], [row, row], color=PALETTE["paper"], linewidth=2.6)
            axes.plot([score.low, score.high], [row, row], color=PALETTE["ink"], linewidth=0.9)
        axes.text(1.02, row, _text(lever), transform=axes.get_yaxis_transform(), va="center", color=PALETTE["ink"])
    axes.set_yticks(range(len(levers)), [sentence_case(lever.name) for lever in levers])
    axes.set_ylim(len(levers) - 0.4, -0.7)
    axes.set_xlim(0, 100)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def _text(lever: Finding) -> str:
    score = lever.activity
    if score is None:
        return sentence_case(TOO_LITTLE if any(sign.status == "thin" for sign in lever.indicators) else NOT_MEASURED)
    limits = f" ({label_interval(score.low, score.high, 'points')})" if score.high > score.low else ""
    return f"{label_number(score.value)} of 100{limits}"


def describe_levers(levers: Sequence[Finding]) -> str:
    """Return the alt text: every lever in words."""
    return "Scores of the levers, 0 to 100. " + "; ".join(f"{one.name} {one.verdict}, {_text(one)}" for one in levers) + "."
