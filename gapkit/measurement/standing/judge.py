"""Points against limits: signals, runs, and the two marks that sum them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.stats.xmr import RUN, Run, find_runs, find_signals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.baseline.series import Point
    from gapkit.measurement.standing.chart import Assurance, Segment, Variation
    from gapkit.stats.xmr import Limits, Signal


def judge_points(
    segments: Sequence[Segment], points: Sequence[Point], used: Sequence[int]
) -> tuple[tuple[frozenset[Signal], ...], tuple[Run, ...]]:
    """Return the signals of every point, and every run that makes a shift, each stretch by its own limits.

    Points that made the limits are not judged by them, and no run goes on from one stretch into the next.
    """
    signals: list[frozenset[Signal]] = [frozenset()] * len(points)
    runs: list[Run] = []
    for segment in segments:
        if segment.limits is None:
            continue
        places = [place for place in used if segment.judged_from <= place < segment.stop]
        values = [points[place].value or 0.0 for place in places]
        for place, marks in zip(places, find_signals(values, segment.limits, segment.run_length), strict=True):
            signals[place] = marks
        found = find_runs(values, segment.limits.mean, segment.run_length)
        runs += [Run(places[run.start], places[run.stop - 1] + 1, run.side) for run in found]
    return tuple(signals), tuple(runs)


def mark_variation(
    limits: Limits | None,
    points: Sequence[Point],
    judged: Sequence[int],
    signals: Sequence[frozenset[Signal]],
    runs: Sequence[Run],
) -> Variation:
    """Return the mark of the newest points: only a run of seven or more is a shift.

    Parameters
    ----------
    limits : Limits or None
        In force.
    points : sequence of Point
        All points.
    judged : sequence of int
        Places of the points judged by the limits.
    signals : sequence of frozenset
        Per point.
    runs : sequence of Run
        In order of time.

    Notes
    -----
    A signal speaks while it touches the last seven points judged; older ones are history. A run that is over is the mark no
    longer once a newer signal points the other way: what rose and has collapsed since is not improving.
    """
    if limits is None:
        return "too little data"
    recent = judged[-RUN:]
    run = standing_run(judged, runs)
    if run is not None and newest_against(run, limits.mean, points, judged, signals) is None:
        return "improving" if run.side > 0 else "worsening"
    if any(signals[place] for place in recent):
        return "look here"
    return "common cause" if len(judged) >= RUN else "too little data"


def standing_run(judged: Sequence[int], runs: Sequence[Run]) -> Run | None:
    """Return the newest run that touches the last seven points judged; None where none does."""
    recent = judged[-RUN:]
    return next((run for run in reversed(runs) if recent and run.stop > recent[0]), None)


def newest_against(
    run: Run, mean: float, points: Sequence[Point], judged: Sequence[int], signals: Sequence[frozenset[Signal]]
) -> int | None:
    """Return the place of the newest signal after a run that is not on its side of the mean; None where there is none.

    Among the six points that may follow a run that still speaks, a trend of seven begins in the run and so leads out of it:
    the side of the mean tells the way of every signal there.
    """
    since = (place for place in reversed(judged) if place >= run.stop and signals[place])
    return next((place for place in since if run.side * ((points[place].value or 0.0) - mean) <= 0), None)


def mark_assurance(limits: Limits | None, target: float | None) -> Assurance:
    """Return whether a target where more is better lies below, above or between the limits in force.

    Examples
    --------
    >>> from gapkit.stats.xmr import xmr_limits
    >>> limits = xmr_limits([0.5, 0.6, 0.5, 0.6], least=0, most=1)
    >>> [mark_assurance(limits, target) for target in (0.1, 0.5, 0.9, None)]
    ['consistently met', 'hit or miss', 'consistently missed', 'no target']
    """
    if target is None:
        return "no target"
    if limits is None:
        return "too little data"
    if target <= limits.low:
        return "consistently met"
    return "consistently missed" if target > limits.high else "hit or miss"
