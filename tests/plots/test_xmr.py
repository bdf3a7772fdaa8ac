from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.series import Point, limits_of
from gapkit.config import Settings
from gapkit.measurement.standing import Chart, Segment
from gapkit.measurement.standing.judge import judge_points, mark_assurance, mark_variation
from gapkit.plots.theme import PALETTE, theme
from gapkit.plots.xmr import describe_xmr, plot_xmr

FIRST, FROZEN = dt.date(2026, 1, 5), dt.date(2026, 6, 3)
WINDOW = (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
USUAL = (6, 5, 7, 6, 5, 7, 7, 5, 6, 7, 5, 6, 6, 5, 7, 6, 5, 7, 7, 5)


def made(since, n=10, target=None, split=None):
    points = tuple(Point(FIRST + dt.timedelta(days=7 * k), x, n) for k, x in enumerate((*USUAL, *since)))
    used = [place for place, point in enumerate(points) if point.n is None or point.n >= 5]
    limits, firmness = limits_of(points[: len(USUAL)], Settings())
    segments = [Segment(0, len(points), len(USUAL), limits, firmness, 7)]
    if split is not None:
        new, _ = limits_of(points[split:], Settings())
        segments = [
            segments[0]._replace(stop=split),
            Segment(split, len(points), len(points), new, firmness, 7, "the forum"),
        ]
    signals, runs = judge_points(segments, points, used)
    judged = [place for place in used if place >= segments[-1].judged_from]
    is_used = tuple(place in used for place in range(len(points)))
    return Chart("commitments_on_time_rate" if n else "throughput", "week", points, is_used, len(USUAL),
                 tuple(segments), signals, runs, (), mark_variation(segments[-1].limits, points, judged, signals, runs),
                 mark_assurance(segments[-1].limits, target), target)  # fmt: skip


def drawn(chart):
    with theme():
        axes = plot_xmr(chart, FROZEN, WINDOW)
        axes.get_figure().draw_without_rendering()
    return axes


def marks(axes):
    return {line.get_label(): line for line in axes.get_lines() if line.get_marker() not in ("None", "")}


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_each_kind_of_point_has_its_own_mark_and_colour():
    """Baseline and since in two shades, a run up as triangles, a point outside as a diamond."""
    axes = drawn(made((6, 4, 0, 6, 4, 8, 8, 8, 8, 8, 8, 8)))
    found = marks(axes)

    assert {"before": 20, "after": 4, "up": 7, "look": 1} == {kind: len(line.get_xdata()) for kind, line in found.items()}
    assert ("^", PALETTE["good"]) == (found["up"].get_marker(), found["up"].get_color())
    assert "7 in a row" in words(axes)


def test_a_run_down_is_not_told_by_colour_alone():
    """Another shape, and the word in the legend."""
    axes = drawn(made((4,) * 7))

    assert ("v", PALETTE["bad"]) == (marks(axes)["down"].get_marker(), marks(axes)["down"].get_color())
    assert "shifted down" in [text.get_text() for text in axes.get_legend().get_texts()]


def test_limits_freeze_and_window_are_named():
    """Three labels at the right, the day of the freeze, and the window as far as it lies in the chart."""
    axes = drawn(made(USUAL))

    assert {"frozen 3 June 2026", "measure window"} <= set(words(axes))
    assert 3 == sum(text.startswith(("upper limit", "mean", "lower limit")) for text in words(axes))


def test_the_two_marks_stand_above_the_chart_in_words():
    """Variation, and the target where there is one."""
    axes = drawn(made(USUAL, target=0.6))
    (legend,) = axes.get_figure().legends

    assert ["Variation: common cause", "Target: hit or miss"] == [text.get_text() for text in legend.get_texts()]
    assert "target 60 %" in words(axes)


def test_new_limits_are_drawn_with_the_split_and_its_reason():
    """The old limits end where the new ones begin."""
    chart = made((9, 10, 8, 9, 10, 8, 9, 9, 10, 8, 9, 10, 8), split=20)
    axes = drawn(chart)
    start = chart.points[20].start.toordinal()
    dashed = [
        tuple(line.get_xdata()) for line in axes.get_lines() if line.get_linestyle() == "--" and len(line.get_xdata()) == 2
    ]

    assert "new limits:\nthe forum" in words(axes)
    assert start in {x[0] for x in dashed if len(x) == 2}
    assert start - 1 in {x[1] for x in dashed if len(x) == 2}


def test_without_limits_only_points_are_drawn():
    """Too little data has a chart all the same."""
    points = (Point(FIRST, 3, 6), Point(FIRST + dt.timedelta(days=7), 1, 2), Point(FIRST + dt.timedelta(days=14), 0, 0))
    empty = (frozenset(),) * 3
    chart = Chart("commitments_on_time_rate", "week", points, (True, False, False), 2, (Segment(0, 3, 3, None, "none", 7),),
                  empty, (), (), "too little data", "no target", None)  # fmt: skip
    found = marks(drawn(chart))

    assert {"before": 1, "open": 1} == {kind: len(line.get_xdata()) for kind, line in found.items()}


@pytest.mark.parametrize("weeks", [0, 10, 80])
def test_labels_of_time_stay_few(weeks):
    """At most eleven ticks, however long the chart."""
    axes = drawn(made(USUAL * 4 if weeks == 80 else USUAL[:weeks], n=None))

    assert 0 < len(axes.get_xticks()) <= 11


def test_alt_text_tells_marks_limits_and_signals():
    """What the eye sees, in words."""
    text = describe_xmr(made((6, 4, 0, 6, 4, 8, 8, 8, 8, 8, 8, 8), target=0.1))

    assert "Variation: improving. Target: consistently met." in text
    assert "From the week of 5 January 2026: mean 60 %" in text
    assert "7 in a row above the mean from the week of 29 June 2026." in text
    assert "The week of 8 June 2026: look here." in text
