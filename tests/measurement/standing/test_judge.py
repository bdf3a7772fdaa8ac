from __future__ import annotations

import datetime as dt

import pytest

from gapkit.baseline.series import Point
from gapkit.measurement.standing.chart import Segment
from gapkit.measurement.standing.judge import judge_points, mark_variation, newest_against, standing_run
from gapkit.stats.xmr import Run, xmr_limits

DAY = dt.date(2026, 1, 5)
LIMITS = xmr_limits([4, 6, 5, 4, 6, 5, 4, 6, 5, 5])


def points(*values):
    return tuple(Point(DAY + dt.timedelta(days=7 * k), value, None) for k, value in enumerate(values))


def test_points_that_made_the_limits_are_not_judged():
    """A wild one among them is no signal, the same value later is."""
    segment = Segment(0, 4, 2, LIMITS, "firm", 7)

    signals, _ = judge_points([segment], points(20, 5, 20, 5), range(4))

    assert [False, False, True, False] == ["outside" in marks for marks in signals]


def test_points_too_thin_to_count_do_not_end_a_run():
    """Seven of eight in a row are used; the run spans all eight places."""
    segment = Segment(0, 8, 0, LIMITS, "firm", 7)

    signals, runs = judge_points([segment], points(6, 6, 6, 0, 6, 6, 6, 6), [0, 1, 2, 4, 5, 6, 7])

    assert (Run(0, 8, 1),) == runs
    assert not signals[3]


def test_no_run_goes_on_from_one_stretch_into_the_next():
    """Four before and four after new limits are no run of seven."""
    segments = [Segment(0, 4, 0, LIMITS, "firm", 7), Segment(4, 8, 4, LIMITS, "firm", 7)]

    assert () == judge_points(segments, points(*[6] * 8), range(8))[1]


def test_a_stretch_that_bunches_asks_for_longer_runs():
    """Where the limits rest on points with a run of eight, eight in a row are no shift and nine are."""
    segment = Segment(0, 9, 0, LIMITS, "firm", 9)

    assert () == judge_points([segment], points(*[6] * 8, 4), range(9))[1]
    assert (Run(0, 9, 1),) == judge_points([segment], points(*[6] * 9), range(9))[1]


def test_without_limits_nothing_is_judged():
    """Too little data is not common cause."""
    signals, runs = judge_points([Segment(0, 2, 2, None, "none", 7)], points(1, 9), range(2))

    assert ((frozenset(), frozenset()), ()) == (signals, runs)
    assert "too little data" == mark_variation(None, (), [], signals, runs)


def test_the_newest_run_speaks_while_it_touches_the_last_seven_points():
    """One of the last seven is enough."""
    run = Run(0, 8, -1)

    assert run == standing_run(range(14), [run])
    assert standing_run(range(15), [run]) is None
    assert standing_run([], [run]) is None


def marked(*values):
    """The mark of some points against fixed limits, and the newest signal against the run."""
    chart = points(*values)
    judged = range(len(chart))
    signals, runs = judge_points([Segment(0, len(chart), 0, LIMITS, "firm", 7)], chart, judged)
    run = standing_run(judged, runs)
    assert run is not None
    against = newest_against(run, LIMITS.mean, chart, judged, signals)
    return mark_variation(LIMITS, chart, judged, signals, runs), against


@pytest.mark.parametrize(
    ("since", "mark", "against"),
    [
        ((), "improving", None),
        ((4, 6, 4), "improving", None),
        ((4, 20), "improving", None),
        ((0, 0, 1, 0, 0, 1), "look here", 12),
        ((0, 4, 6), "look here", 7),
        ((0, 20), "look here", 7),
    ],
)
def test_a_run_that_is_over_is_the_mark_only_until_a_signal_points_the_other_way(since, mark, against):
    """Seven up, then nothing, the usual, a signal of the same side, a collapse, a single wild point, one of each."""
    assert (mark, against) == marked(*[6] * 7, *since)


def test_what_fell_and_rose_is_not_worsening():
    """The same the other way round: seven down, then one above the upper limit."""
    assert ("look here", 7) == marked(*[4] * 7, 20)


def test_a_trend_that_leads_out_of_a_run_points_the_other_way():
    """Seven above the mean of 5, the last six of them falling, and one just below it: no other signal than the trend."""
    assert ("look here", 7) == marked(5.1, 6.0, 5.9, 5.8, 5.6, 5.4, 5.2, 4.9)


def test_a_run_that_still_holds_is_the_mark_though_it_falls():
    """Seven falling points above the mean are above it."""
    assert ("improving", None) == marked(6.0, 5.9, 5.8, 5.6, 5.4, 5.2, 5.1)
