"""The standing chart: points over time between limits that do not follow them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gapkit.baseline.series import period_end
from gapkit.labels import MONTHS, label_count, label_date, sentence_case
from gapkit.measurement.standing.wording import period_words, value_words
from gapkit.plots.names import wrap_name
from gapkit.plots.theme import PALETTE, LineEnd, figure, label_ends
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from gapkit.measurement.standing import Chart, Segment

HEIGHT_MM: Final = 98.0
# From so many points on their marks are drawn smaller.
MANY: Final = 60
# Signals written beside their points: the newest ones; all of them have their mark.
ANNOTATED: Final = 3
MOST_TICKS: Final = 11

# Kind of point: marker, colour of the fill, colour of the edge, what the legend says.
KINDS: Final = {
    "before": ("o", "before", "before", "baseline"),
    "after": ("o", "after", "after", "since"),
    "up": ("^", "good", "good", "shifted up"),
    "down": ("v", "bad", "bad", "shifted down"),
    "look": ("D", "ink", "ink", "look here"),
    "open": ("o", "paper", "muted", "too few due, not judged"),
}
VARIATIONS: Final = {
    "improving": ("^", "good"), "worsening": ("v", "bad"), "look here": ("D", "ink"), "common cause": ("o", "muted"),
    "too little data": ("x", "muted"),
}  # fmt: skip
# A full, a half and an empty square.
ASSURANCES: Final = {
    "consistently met": ("full", "good"), "hit or miss": ("left", "ink"), "consistently missed": ("none", "bad"),
}  # fmt: skip


def plot_xmr(chart: Chart, frozen_on: dt.date, window: tuple[dt.date, dt.date], *, is_frozen: bool = True) -> Axes:
    """Draw a standing chart with its limits, its signals and its two marks.

    Parameters
    ----------
    chart : Chart
        Judged, from `measurement.standing`.
    frozen_on : date
        The day of the freeze; a line.
    window : tuple of date
        First and last day of the agreed measure window; a band.
    is_frozen : bool
        Whether the limits were frozen that day; the line is named for it.

    Returns
    -------
    Axes
        One line of markers per kind of point (see `KINDS`), a mean and up to two limits per stretch, labels at the right.
    """
    _, axes = figure(height_mm=HEIGHT_MM)
    shown = [place for place, point in enumerate(chart.points) if point.value is not None]
    x = {place: _middle(chart, place) for place in shown}
    y = {place: _scaled(chart.points[place].value or 0.0, chart) for place in shown}
    used = [place for place in shown if chart.is_used[place]]
    axes.plot([x[p] for p in used], [y[p] for p in used], color=PALETTE["grid"], linewidth=1.0, zorder=1)
    kinds = {place: _kind(chart, place) for place in shown}
    size = 4.0 if len(shown) < MANY else 3.0
    for kind, (marker, fill, edge, _) in KINDS.items():
        places = [place for place in shown if kinds[place] == kind]
        if places:
            larger = 1.2 if kind in ("up", "down", "look") else 0.0
            axes.plot([x[p] for p in places], [y[p] for p in places], marker, color=PALETTE[edge], label=kind,
                      markerfacecolor=PALETTE[fill], markersize=size + larger, zorder=3)  # fmt: skip
    first, last = chart.points[0].start, period_end(chart.points[-1].start, chart.grain)
    axes.set_xlim(first.toordinal() - 3, last.toordinal() + 3)
    _set_height(axes, chart, list(y.values()))
    _time_axis(axes, first, last)
    _periods(axes, frozen_on, window, first, last, "frozen" if is_frozen else "as known")
    for segment in chart.segments:
        _draw_limits(axes, chart, segment)
    _label_limits(axes, chart)
    _annotate(axes, chart, x, y)
    _legends(axes, chart, [kind for kind in KINDS if kind in kinds.values()])
    axes.set_ylabel(("% on time" if chart.is_share else "deliveries") + f", by the {chart.grain}")
    return axes


def _middle(chart: Chart, place: int) -> float:
    start = chart.points[place].start
    return (start.toordinal() + period_end(start, chart.grain).toordinal()) / 2


def _scaled(value: float, chart: Chart) -> float:
    return value * 100 if chart.is_share else value


def _kind(chart: Chart, place: int) -> str:
    """Return which kind of point this is; a shift goes before other signals."""
    if not chart.is_used[place]:
        return "open"
    if "shift" in chart.signals[place]:
        side = next(run.side for run in chart.runs if run.start <= place < run.stop)
        return "up" if side > 0 else "down"
    if chart.signals[place]:
        return "look"
    return "before" if place < chart.n_baseline else "after"


def _set_height(axes: Axes, chart: Chart, values: list[float]) -> None:
    if chart.is_share:
        axes.set_ylim(-3, 112)
        axes.set_yticks(range(0, 101, 20))
        return
    highs = [segment.limits.high for segment in chart.segments if segment.limits is not None]
    axes.set_ylim(-0.03 * max([1.0, *values, *highs]), 1.15 * max([1.0, *values, *highs, chart.target or 0.0]))


def _time_axis(axes: Axes, first: dt.date, last: dt.date) -> None:
    """Put ticks at the first of months, as few as stay legible; the year where it begins."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if count / step <= MOST_TICKS)
    months = [first.year * 12 + first.month - 1 + k for k in range(1, count)]
    ticks = [dt.date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    years = {tick.year: tick for tick in reversed(ticks)}
    labels = [f"{MONTHS[tick.month - 1][:3]}" + (f"\n{tick.year}" if years[tick.year] == tick else "") for tick in ticks]
    axes.set_xticks([tick.toordinal() for tick in ticks], labels)


def _periods(
    axes: Axes, frozen_on: dt.date, window: tuple[dt.date, dt.date], first: dt.date, last: dt.date, word: str
) -> None:
    """Draw the day of the freeze and the measure window, as far as they lie in the chart, named above it."""
    if first <= frozen_on <= last:
        axes.axvline(frozen_on.toordinal(), color=PALETTE["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
        is_left = frozen_on.toordinal() - first.toordinal() < (last - first).days / 4
        _above(axes, frozen_on.toordinal(), f"{word} {label_date(frozen_on)}", "left" if is_left else "right")
    start, end = max(window[0], first), min(window[1], last)
    if start < end:
        axes.axvspan(start.toordinal(), end.toordinal() + 1, color=PALETTE["tint"], linewidth=0, zorder=0)
        _above(axes, (start.toordinal() + end.toordinal()) / 2, "measure window", "center")


def _above(axes: Axes, x: float, words: str, ha: str) -> None:
    axes.annotate(words, (x, 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 2), textcoords="offset points", ha=ha,
                  va="bottom", color=PALETTE["muted"], annotation_clip=False)  # fmt: skip


def _draw_limits(axes: Axes, chart: Chart, segment: Segment) -> None:
    if segment.limits is None:
        return
    ends = [chart.points[segment.first].start.toordinal(),
            period_end(chart.points[segment.stop - 1].start, chart.grain).toordinal()]  # fmt: skip
    mean, low, high = (_scaled(value, chart) for value in (segment.limits.mean, segment.limits.low, segment.limits.high))
    axes.plot(ends, [mean, mean], color=PALETTE["ink"], linewidth=1.0, zorder=2)
    for limit in (low, high):
        axes.plot(ends, [limit, limit], color=PALETTE["ink"], linewidth=0.9, linestyle=(0, (4, 2)), zorder=2)
    if segment.because:
        axes.axvline(ends[0], color=PALETTE["ink"], linewidth=1.1)
        axes.annotate(f"new limits:\n{wrap_name(segment.because, 24, 3)}", (ends[0], 0.02), xytext=(3, 0), va="bottom",
                      xycoords=axes.get_xaxis_transform(), textcoords="offset points")  # fmt: skip


def _label_limits(axes: Axes, chart: Chart) -> None:
    right = axes.get_xlim()[1]
    lines: list[LineEnd] = []
    limits = chart.in_force.limits
    if limits is not None:
        for name, value in (("upper limit", limits.high), ("mean", limits.mean), ("lower limit", limits.low)):
            words = f"{name} {value_words(value, is_share=chart.is_share)}"
            lines.append(LineEnd(words, right, _scaled(value, chart), PALETTE["ink"]))
    if chart.target is not None:
        height = _scaled(chart.target, chart)
        axes.axhline(height, color=PALETTE["target"], linewidth=1.1, linestyle=(0, (1, 1.5)))
        words = f"target {value_words(chart.target, is_share=chart.is_share)}"
        lines.append(LineEnd(words, right, height, PALETTE["target"]))
    label_ends(axes, lines)


def _annotate(axes: Axes, chart: Chart, x: dict[int, float], y: dict[int, float]) -> None:
    """Write beside the newest runs how long they are, and beside the newest other signals when they were."""
    bottom, top = axes.get_ylim()
    for run in chart.runs[-ANNOTATED:]:
        places = [place for place in range(run.start, run.stop) if chart.is_used[place]]
        heights = [(y[place] - bottom) / (top - bottom) for place in places]
        # Beside the run on its own side, but not out of the chart.
        side = 1 if min(heights) < 0.15 else -1 if max(heights) > 0.85 else run.side
        edge = max(y[p] for p in places) if side > 0 else min(y[p] for p in places)
        axes.annotate(f"{len(places)} in a row", (x[places[len(places) // 2]], edge), xytext=(0, 6 * side), ha="center",
                      textcoords="offset points", va="bottom" if side > 0 else "top",
                      color=PALETTE["good" if run.side > 0 else "bad"])  # fmt: skip
    left, right = axes.get_xlim()
    written: list[float] = []
    for place in [place for place in reversed(list(x)) if _kind(chart, place) == "look"]:
        if len(written) < ANNOTATED and all(abs(x[place] - other) > 0.07 * (right - left) for other in written):
            written.append(x[place])
            axes.annotate(_short(chart, place), (x[place], y[place]), xytext=(0, 5), ha="center", va="bottom",
                          textcoords="offset points")  # fmt: skip


def _short(chart: Chart, place: int) -> str:
    start = chart.points[place].start
    month = MONTHS[start.month - 1][:3]
    return month if chart.grain == "month" else f"{start.day} {month}"


def _legends(axes: Axes, chart: Chart, kinds: list[str]) -> None:
    """Write the two marks above the chart, and below them what each kind of point is."""
    fig = axes.get_figure(root=True)
    assert fig is not None, "the axes of a figure"
    fig.legend(
        handles=_marks(chart), loc="outside upper left", ncols=2, columnspacing=2.0, handletextpad=0.4, borderaxespad=0.2
    )
    points = [_handle(*KINDS[kind]) for kind in kinds]
    axes.legend(handles=points, loc="lower left", bbox_to_anchor=(0, 1.06), ncols=len(kinds), borderaxespad=0.0,
                columnspacing=1.4, handletextpad=0.2)  # fmt: skip


def _marks(chart: Chart) -> list[Line2D]:
    marker, colour = VARIATIONS[chart.variation]
    marks = [_handle(marker, colour, colour, f"Variation: {chart.variation}", size=8)]
    if chart.assurance in ASSURANCES:
        style, colour = ASSURANCES[chart.assurance]
        marks.append(_handle("s", colour, colour, f"Target: {chart.assurance}", size=8, style=style))
    return marks


def _handle(marker: str, fill: str, edge: str, label: str, size: float = 5.0, style: str = "full") -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], marker=marker, linestyle="", color=PALETTE[edge], markerfacecolor=PALETTE[fill], label=label,
                  markersize=size, fillstyle=style, markerfacecoloralt=PALETTE["paper"])  # type: ignore[arg-type]  # fmt: skip


def describe_xmr(chart: Chart) -> str:
    """Return the alt text: the marks, the limits of each stretch, every signal with its period."""
    told = [f"Standing chart, {name_of(chart.name)} by the {chart.grain}, {label_count(len(chart.points), 'period')}."]
    told.append(f"Variation: {chart.variation}. Target: {chart.assurance}.")
    for segment in chart.segments:
        if segment.limits is not None:
            mean, low, high = (value_words(value, is_share=chart.is_share)
                               for value in (segment.limits.mean, segment.limits.low, segment.limits.high))  # fmt: skip
            start = period_words(chart.points[segment.first].start, chart.grain)
            told.append(f"From {start}: mean {mean}, limits {low} to {high}.")
    for run in chart.runs:
        count = sum(chart.is_used[run.start : run.stop])
        side = "above" if run.side > 0 else "below"
        told.append(f"{count} in a row {side} the mean from {period_words(chart.points[run.start].start, chart.grain)}.")
    look = [place for place in range(len(chart.points)) if chart.is_used[place] and _kind(chart, place) == "look"]
    told += [f"{sentence_case(period_words(chart.points[place].start, chart.grain))}: look here." for place in look]
    return " ".join(told)
