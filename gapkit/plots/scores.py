"""Scores of killers and fractures, and of the indicators under them, on one scale from 0 (healthy) to 100 (severe)."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, POSSIBLE, PROBABLY_ACTIVE
from gapkit.diagnosis.killers.sentences import indicator_words, label_score
from gapkit.diagnosis.scoring.scores import scored
from gapkit.labels import label_interval, label_number, label_value, sentence_case
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from gapkit.diagnosis.evidence import Finding, Indicator
    from gapkit.stats.intervals import Interval

# How strongly a verdict stands out; what is not shown stays grey.
COLOUR: Final = {CLEARLY_ACTIVE: "bad", PROBABLY_ACTIVE: "bad", POSSIBLE: "approval"}
WEAK: Final = "muted"
LANE: Final = 0.25  # of a row, from the score to behaviour above it and perception below it
LABEL_WIDTH: Final = 40  # letters of an indicator's name on one line
TICKS: Final = (0, 25, 50, 75, 100)


def plot_scores(findings: Sequence[Finding], mark: float, axes: Axes | None = None) -> Axes:
    """Draw the score of each killer or fracture with its 90 % interval, behaviour above it, perception below it.

    Parameters
    ----------
    findings : sequence of Finding
        Top to bottom. Those not assessable keep their row and say so in words.
    mark : float
        Score from which on one counts as active, drawn as a line.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        For each score an interval line and a marker; one text per row.
    """
    axes = axes or figure(height_mm=30 + 17 * len(findings))[1]
    for row, finding in enumerate(findings):
        colour = PALETTE[COLOUR.get(finding.verdict, WEAK)]
        _draw_sides(axes, finding, row)
        words = sentence_case(finding.verdict)
        if finding.activity is not None:
            limits = [finding.activity.low, finding.activity.high]
            axes.plot(limits, [row, row], color=colour, linewidth=6, alpha=0.35, solid_capstyle="butt")
            axes.plot(finding.activity.value, row, "o", color=colour, markersize=8, clip_on=False)
            words += f"\n{label_score(finding.activity)}"
        axes.text(1.03, row, words, transform=axes.get_yaxis_transform(), va="center", color=colour, linespacing=1.35)
    axes.axvline(mark, color=PALETTE["ink"], linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(f"active from {label_number(mark)} on", (mark, -0.62), xytext=(4, 0), textcoords="offset points",
                  va="center", annotation_clip=False)  # fmt: skip
    axes.set_yticks(range(len(findings)), [sentence_case(finding.name) for finding in findings])
    axes.set_ylim(len(findings) - 0.45, -0.8)
    _scale(axes)
    _legend(axes)
    return axes


def _draw_sides(axes: Axes, finding: Finding, row: int) -> None:
    """Draw behaviour and perception of one row, each with its interval."""
    for score, lane, marker, fill in (
        (finding.behaviour, row - LANE, "D", PALETTE["ink"]), (finding.perception, row + LANE, "o", PALETTE["paper"]),
    ):  # fmt: skip
        if score is not None:
            axes.plot([score.low, score.high], [lane, lane], color=PALETTE["ink"], linewidth=0.9)
            axes.plot(score.value, lane, marker, color=PALETTE["ink"], markerfacecolor=fill, markersize=5, clip_on=False)


def _scale(axes: Axes) -> None:
    words = {0: "0\nhealthy", 100: "100\nsevere"}
    axes.set_xlim(0, 100)
    axes.set_xticks(TICKS, [words.get(tick, str(tick)) for tick in TICKS])
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")


def _legend(axes: Axes, *, with_score: bool = True) -> None:
    from matplotlib.lines import Line2D

    ink, muted = PALETTE["ink"], PALETTE["muted"]
    marks = [Line2D([], [], color=muted, linewidth=6, alpha=0.45, marker="o", markersize=8, label="score (90 % interval)")]
    marks = marks if with_score else []
    marks += [
        Line2D([], [], color=ink, linewidth=0.9, marker="D", markersize=5, label="behaviour: what records show"),
        Line2D([], [], color=ink, linewidth=0.9, marker="o", markersize=5, markerfacecolor=PALETTE["paper"],
               label="perception: what people say"),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(marks), columnspacing=1.4,
                handlelength=2.2, borderaxespad=0.2)  # fmt: skip


def describe_scores(findings: Sequence[Finding], what: str) -> str:
    """Return the alt text: every row in words."""
    rows = []
    for finding in findings:
        sides = ((finding.activity, "score"), (finding.behaviour, "behaviour"), (finding.perception, "perception"))
        known = [f"{name} {label_score(score)}" for score, name in sides if score is not None]
        rows.append(", ".join([f"{finding.name} {finding.verdict}", *known]))
    return f"{what} on a scale from 0, healthy, to 100, severe, with 90 % intervals. " + "; ".join(rows) + "."


def plot_indicators(indicators: Sequence[Indicator], axes: Axes | None = None) -> Axes:
    """Draw each counted indicator between its healthy and its severe value.

    Parameters
    ----------
    indicators : sequence of Indicator
        Top to bottom; those not counted are left out, the words beside the chart name them.

    Returns
    -------
    Axes
        A track per row with the healthy value at its left and the severe one at its right end, the 95 % interval as a
        line on it, a marker at the value, and value, interval and n as text.
    """
    rows = [(indicator, score) for indicator in indicators if (score := scored(indicator)) is not None]
    axes = axes or figure(height_mm=18 + 18 * len(rows))[1]
    for row, (indicator, score) in enumerate(rows):
        axes.plot([0, 100], [row, row], color=PALETTE["grid"], linewidth=7, solid_capstyle="butt", zorder=1)
        axes.plot([score.low, score.high], [row, row], color=PALETTE["delivered"], linewidth=7, alpha=0.35,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot(score.value, row, "o", color=PALETTE["delivered"], markersize=7, clip_on=False)
        for anchor, at, side, shift in ((indicator.healthy, 0, "left", 3), (indicator.severe, 100, "right", -3)):
            axes.annotate(label_value(anchor, indicator.unit), (at, row + 0.34), xytext=(shift, 0), ha=side, va="center",
                          textcoords="offset points", color=PALETTE["muted"])  # fmt: skip
        axes.text(1.03, row, _value_words(indicator), transform=axes.get_yaxis_transform(), va="center", linespacing=1.35)
    names = [textwrap.fill(f"{indicator.id} … {indicator.name}", LABEL_WIDTH) for indicator, _ in rows]
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.4, -0.5)
    _scale(axes)
    return axes


def _value_words(indicator: Indicator) -> str:
    value = f"{label_value(indicator.value, indicator.unit, indicator.n)} (n = {label_number(indicator.n)})"
    if indicator.low is None:
        return value
    return f"{value}\n{label_interval(indicator.low, indicator.high, indicator.unit, indicator.n)}"


def describe_indicators(indicators: Sequence[Indicator]) -> str:
    """Return the alt text: every row in words."""
    rows = [
        f"{indicator_words(indicator)}, healthy {label_value(indicator.healthy, indicator.unit)}, severe "
        f"{label_value(indicator.severe, indicator.unit)}"
        for indicator in indicators
        if indicator.score is not None
    ]
    return "Indicators between their healthy and their severe value. " + "; ".join(rows) + "."


def plot_differences(findings: Sequence[Finding], apart: Sequence[str], axes: Axes | None = None) -> Axes:
    """Draw behaviour against perception of each killer and fracture that has both.

    Parameters
    ----------
    findings : sequence of Finding
        Top to bottom, each with `difference`.
    apart : sequence of str
        Ids of those where the two disagree, set off by colour.

    Returns
    -------
    Axes
        Two markers with intervals per row, and the difference as text.
    """
    axes = axes or figure(height_mm=26 + 12 * len(findings))[1]
    for row, finding in enumerate(findings):
        _draw_sides(axes, finding, row)
        colour = PALETTE["bad" if finding.id in apart else "muted"]
        words = "" if finding.difference is None else label_difference(finding.difference)
        axes.text(1.03, row, words, transform=axes.get_yaxis_transform(), va="center", color=colour)
    axes.set_yticks(range(len(findings)), [sentence_case(f"{finding.name} ({finding.family})") for finding in findings])
    axes.set_ylim(len(findings) - 0.4, -0.6)
    _scale(axes)
    _legend(axes, with_score=False)
    return axes


def label_difference(difference: Interval) -> str:
    """Return behaviour minus perception with its interval, signed.

    Examples
    --------
    >>> from gapkit.stats.intervals import Interval
    >>> label_difference(Interval(21.2, 8.4, 33.0))
    '+21 (+8 to +33)'
    """
    value, low, high = (f"{'+' if round(x) > 0 else ''}{label_number(x)}" for x in difference)
    return f"{value} ({low} to {high})"


def describe_differences(findings: Sequence[Finding]) -> str:
    """Return the alt text: every row in words."""
    rows = [
        f"{finding.name} ({finding.family}) behaviour {label_score(finding.behaviour)}, perception "
        f"{label_score(finding.perception)}, difference {label_difference(finding.difference)}"
        for finding in findings
        if finding.behaviour is not None and finding.perception is not None and finding.difference is not None
    ]
    return "Behaviour against perception, 0 healthy to 100 severe, with 90 % intervals. " + "; ".join(rows) + "."
