"""The share of lost execution that goes with each killer, as ranges."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from gapkit.labels import label_result, label_result_interval, sentence_case
from gapkit.plots.theme import PALETTE, figure
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.diagnosis.attribution.attribution import Attribution

TOGETHER: Final = "All together"
WORDS_WIDTH: Final = 34  # characters of the words beside a range on one line


def plot_shares(attribution: Attribution, axes: Axes | None = None) -> Axes:
    """Draw the joint share and the range of each killer's share, in the order given.

    Parameters
    ----------
    attribution : Attribution
        With a joint share.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One line per range. Only the joint share has a marker, and the killers' where there are programs enough to order
        them: a marker invites a ranking the data do not bear. Shares that may be 0 are grey.
    """
    axes = axes or figure(height_mm=22 + 11 * (len(attribution.killers) + 1))[1]
    joint = attribution.joint
    rows = [(TOGETHER, joint, f"{label_result(joint)}  ({label_result_interval(joint)})", True)]
    rows += [(sentence_case(name_of(one.killer)), one.share, one.words, attribution.is_ordered)
             for one in attribution.killers]  # fmt: skip
    lowest = 0.0
    for place, (_, share, words, has_marker) in enumerate(rows):
        if share.is_ok and share.value is not None and share.low is not None and share.high is not None:
            lowest = min(lowest, share.low)
            colour = PALETTE["delivered" if share.low > 0 else "before"]
            axes.plot([share.low * 100, share.high * 100], [place, place], color=colour, linewidth=6,
                      alpha=1.0 if place else 0.45, solid_capstyle="butt")  # fmt: skip
            if has_marker and share.low > 0:
                axes.plot(share.value * 100, place, "o", color=PALETTE["ink"], markersize=6)
        axes.text(1.02, place, fill(words, WORDS_WIDTH), transform=axes.get_yaxis_transform(), va="center",
                  color=PALETTE["ink" if share.is_ok else "muted"], fontsize=8.5 if share.is_ok else 7.5)  # fmt: skip
    axes.axhline(0.5, color=PALETTE["grid"], linewidth=0.8)
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.8)
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(min(0.0, lowest * 100 - 2), 100)
    axes.set_xticks(range(0, 101, 20), [f"{tick} %" for tick in range(0, 101, 20)])
    axes.set_xlabel("share of the misses")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return axes


def describe_shares(attribution: Attribution) -> str:
    """Return the alt text: the joint share, then each killer in the order drawn."""
    joint = attribution.joint
    rows = [f"{name_of(one.killer)}: {one.words}" for one in attribution.killers]
    together = f"all together {label_result(joint)} ({label_result_interval(joint)})"
    return f"Ranges of the share of missed programs. {together}; {'; '.join(rows)}."
