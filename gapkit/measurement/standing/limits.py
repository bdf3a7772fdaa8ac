"""Which limits are in force where: the frozen ones, and new ones only where decided and borne out by a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline.series import limits_of
from gapkit.measurement.standing import wording
from gapkit.measurement.standing.chart import Decision, Segment
from gapkit.stats.xmr import RUN, find_runs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapkit.baseline.series import Point, Series
    from gapkit.config import EngagementConfig, Rebaseline, Settings
    from gapkit.stats.xmr import Limits


# A shift decided on begins at the place decided on; its first point may come one period after.
LATE = 1


def first_segment(series: Series, points: Sequence[Point], used: Sequence[int], settings: Settings) -> Segment:
    """Return the stretch under the frozen limits.

    Parameters
    ----------
    series : Series
        Frozen baseline points and limits.
    points : sequence of Point
        All points.
    used : sequence of int
        Places of those that hold enough.
    settings : Settings
        Minimum numbers of points.

    Notes
    -----
    Where the baseline held too few points for limits, they wait until the first 12 exist, those after the freeze included,
    and then stay; points they rest on are not judged.
    """
    if series.limits is not None:
        made_by = [place for place in used if place < len(series.points)]
        length = _run_length(made_by, points, series.limits)
        return Segment(0, len(points), len(series.points), series.limits, series.firmness, length)
    made_by = list(used[: settings.xmr_provisional_points])
    limits, firmness = limits_of([points[place] for place in made_by], settings)
    judged_from = made_by[-1] + 1 if limits is not None else len(points)
    return Segment(0, len(points), judged_from, limits, firmness, _run_length(made_by, points, limits))


def _run_length(made_by: Sequence[int], points: Sequence[Point], limits: Limits | None) -> int:
    """Return how many points in a row are more than those that made the limits show by themselves."""
    if limits is None:
        return RUN
    runs = find_runs([points[place].value or 0.0 for place in made_by], limits.mean)
    return max([RUN, *(run.length + 1 for run in runs)])


def decided_segments(
    segment: Segment, points: Sequence[Point], used: Sequence[int], config: EngagementConfig, as_of: dt.date, *, grain: str
) -> tuple[tuple[Segment, ...], tuple[Decision, ...]]:
    """Return the stretches and what became of every decision on new limits.

    Parameters
    ----------
    segment : Segment
        The stretch under the frozen limits.
    points, used
        As in `first_segment`.
    config : EngagementConfig
        Supplies the decisions and the minimum numbers of points.
    as_of : date
        The day of reading; decisions on later days are not known yet.
    grain : str
        Length of a period, for the words.

    Notes
    -----
    A decision holds where a shift against the limits in force begins with the first or second point from its day on, and
    twelve points exist. New limits rest on the first 12 to 20 of them. What is asked for and does not hold
    is said with its reason, and the limits stay.
    """
    segments, decisions = [segment], []
    for asked in config.rebaseline:
        if asked.from_on > as_of:
            continue
        last = segments[-1]
        start = next((place for place, point in enumerate(points) if point.start >= asked.from_on), len(points))
        refusal = _refusal(asked, start, last, points, used, config.settings, grain)
        if not refusal:
            new = _new(start, asked, points, used, config.settings)
            segments[-1:] = [last._replace(stop=start), new]
        why = refusal or wording.split_words(points[start].start, grain, asked.because, segments[-1].firmness)
        decisions.append(Decision(asked.from_on, asked.because, not refusal, why))
    return tuple(segments), tuple(decisions)


def _refusal(
    asked: Rebaseline,
    start: int,
    last: Segment,
    points: Sequence[Point],
    used: Sequence[int],
    settings: Settings,
    grain: str,
) -> str:
    """Return why a decision does not hold; empty where it does."""
    if last.limits is None:
        return wording.kept(asked.from_on, "there are no limits yet that could be left")
    if start < last.judged_from:
        return wording.kept(asked.from_on, "points of that time made the limits in force")
    since = [points[place].value or 0.0 for place in used if place >= start]
    runs = find_runs(since, last.limits.mean, last.run_length)
    if not runs or runs[0].start > LATE:
        return wording.kept(asked.from_on, wording.no_run_words(last.run_length))
    if len(since) < settings.xmr_provisional_points:
        return wording.kept(asked.from_on, wording.points_words(len(since), settings.xmr_provisional_points, grain))
    return ""


def _new(start: int, asked: Rebaseline, points: Sequence[Point], used: Sequence[int], settings: Settings) -> Segment:
    made_by = [place for place in used if place >= start][: settings.xmr_firm_points]
    limits, firmness = limits_of([points[place] for place in made_by], settings)
    length = _run_length(made_by, points, limits)
    return Segment(start, len(points), made_by[-1] + 1, limits, firmness, length, asked.because)
