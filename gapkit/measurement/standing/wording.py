"""What a standing chart says, in words. A run of seven is called a shift; nothing else is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gapkit.baseline.series import ON_TIME, period_end
from gapkit.labels import MONTHS, label_count, label_date, label_number, label_share, sentence_case
from gapkit.measurement.standing.judge import newest_against, standing_run
from gapkit.stats.xmr import RUN
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.baseline.series import Point
    from gapkit.config import Settings
    from gapkit.measurement.standing.chart import Chart, Segment
    from gapkit.stats.xmr import Run


def period_words(start: dt.date, grain: str) -> str:
    """Return a period by its first day.

    Examples
    --------
    >>> day = dt.date(2026, 8, 3)
    >>> period_words(day, "week"), period_words(day.replace(day=1), "month")
    ('the week of 3 August 2026', 'August 2026')
    """
    return f"{MONTHS[start.month - 1]} {start.year}" if grain == "month" else f"the {grain} of {label_date(start)}"


def value_words(value: float, *, is_share: bool) -> str:
    """Return a value of a chart: a share, or a count with one decimal."""
    return label_share(value) if is_share else label_number(value, 0 if float(value).is_integer() else 1)


def kept(day: dt.date, why: str) -> str:
    """Return why a decision on new limits does not hold."""
    return f"New limits from {label_date(day)} were decided; the old ones stay: {why}."


def no_run_words(length: int) -> str:
    """Return that no shift begins at the place decided on."""
    return f"no {label_number(length)} points in a row on one side of the mean begin there"


def points_words(n: int, needed: int, grain: str) -> str:
    """Return how many points there are and how many new limits need."""
    return f"{label_count(n, 'point')} since, by the {grain}, and new limits need {needed}"


def split_words(start: dt.date, grain: str, because: str, firmness: str) -> str:
    """Return that the limits begin anew, where and why."""
    return f"New {firmness} limits from {period_words(start, grain)} on, as decided: {because}."


def sentence(chart: Chart, settings: Settings, as_of: dt.date) -> str:
    """Return what a chart says, in one sentence with its numbers.

    Parameters
    ----------
    chart : Chart
        Judged and marked.
    settings : Settings
        Minimum numbers of points.
    as_of : date
        The day of reading.
    """
    name = sentence_case(name_of(chart.name))
    limits, judged = chart.in_force.limits, chart.judged
    if limits is None:
        n = sum(chart.is_used)
        return f"{name}: too little data; {_missing(chart, settings.xmr_provisional_points - n, as_of, n, settings)}."
    mean = value_words(limits.mean, is_share=chart.is_share)
    subject = f"{name}, by the {chart.grain}: mean {mean} {_source(chart.in_force, chart.grain, chart)}"
    run = standing_run(judged, chart.runs)
    against = _against(run, chart)
    if run is not None and against is not None:
        return f"{subject}; look here: {_broken(run, against, chart)}."
    if run is not None:
        return f"{subject}; {_shifted(run, chart)}."
    since = label_count(len(judged), "point")
    if chart.variation == "look here":
        return f"{subject}; look here: {_noticed(chart, judged)}, which is no shift yet."
    if chart.variation == "too little data":
        missing = _missing(chart, RUN - len(judged), as_of, len(judged), settings)
        return f"{subject}; too little data for a shift: {missing}."
    return f"{subject}; nothing beyond the usual variation in the {since} since."


def _source(segment: Segment, grain: str, chart: Chart) -> str:
    assert segment.limits is not None, "only a stretch with limits has a mean"
    n = label_number(segment.limits.n)
    if segment.because:
        before = chart.segments[chart.segments.index(segment) - 1].limits
        was = f", {value_words(before.mean, is_share=chart.is_share)} before" if before is not None else ""
        return f"since {period_words(chart.points[segment.first].start, grain)} (first {n} points{was})"
    return f"in the first {n} points" if segment.judged_from > chart.n_baseline else f"in the baseline ({n} points)"


def _shifted(run: Run, chart: Chart) -> str:
    """Return the run in words: how long, which side, since when, and whether it goes on."""
    side = "above" if run.side > 0 else "below"
    way = "up" if run.side > 0 else "down"
    first, last, many = _span(run, chart)
    goes_on = run.stop > chart.judged[-1]
    until = "" if goes_on else f" until {last}"
    verb = "lie" if goes_on else "lay"
    start = "from" if until else "since"
    return f"shifted {way}: {many} points in a row {verb} {side} it {start} {first}{until}"


def _against(run: Run | None, chart: Chart) -> int | None:
    """Return the newest point with a signal against a run that is over; None where the run, if any, still speaks."""
    limits = chart.in_force.limits
    if run is None or limits is None:
        return None
    return newest_against(run, limits.mean, chart.points, chart.judged, chart.signals)


def _broken(run: Run, against: int, chart: Chart) -> str:
    """Return the newest signal against a run, and the run."""
    first, last, many = _span(run, chart)
    side = "above" if run.side > 0 else "below"
    point = chart.points[against]
    value = value_words(point.value or 0.0, is_share=chart.is_share)
    newest = f"{period_words(point.start, chart.grain)}, at {value}, is {_kinds(chart, against)}"
    return f"{newest}, after {many} points in a row {side} the mean from {first} until {last}, which no longer hold"


def _span(run: Run, chart: Chart) -> tuple[str, str, int]:
    """Return the first and the last period of a run in words, and how many points that count it has."""
    places = [place for place in range(run.start, run.stop) if chart.is_used[place]]
    first, last = (period_words(chart.points[place].start, chart.grain) for place in (places[0], places[-1]))
    return first, last, len(places)


def _noticed(chart: Chart, judged: Sequence[int]) -> str:
    # A point beyond the limits is the plainest reason to look; among equals the newest.
    plain = [place for place in judged if "outside" in chart.signals[place]]
    place = (plain or [place for place in judged if chart.signals[place]])[-1]
    return f"{period_words(chart.points[place].start, chart.grain)} is {_kinds(chart, place)}"


def _kinds(chart: Chart, place: int) -> str:
    words = {"outside": "outside the limits", "trend": "part of seven in a row going one way",
             "two_of_three": "one of two in three near a limit"}  # fmt: skip
    return " and ".join(words[kind] for kind in words if kind in chart.signals[place])


def _missing(chart: Chart, missing: int, as_of: dt.date, n: int, settings: Settings) -> str:
    """Return how many points there are, how many are missing and until about when they should exist."""
    there = f"{label_number(n)} of the {label_number(n + missing)} points needed"
    if chart.is_share:
        there += f" (periods with {label_number(settings.min_due_per_point)} or more due)"
    used = sum(chart.is_used)
    if not used:
        return f"{there}; at this pace none will come"
    day = as_of + (as_of - chart.points[0].start) / used * missing
    return f"{there}; the rest by about {MONTHS[day.month - 1]} {day.year} at this pace"


def notes(chart: Chart, settings: Settings) -> tuple[str, ...]:
    """Return what is to be known or decided besides: decisions, provisional limits, open points, the target."""
    said = [decision.why for decision in chart.decisions]
    segment = chart.in_force
    run = standing_run(chart.judged, chart.runs)
    if run is not None:
        said.append(_ask(run, chart))
    if segment.firmness == "provisional" and segment.limits is not None:
        firm = label_number(settings.xmr_firm_points)
        said.append(
            f"The limits are provisional: they rest on {label_number(segment.limits.n)} points; {firm} make them firm."
        )
    if segment.run_length > RUN and segment.limits is not None:
        longest, length = label_number(segment.run_length - 1), label_number(segment.run_length)
        said.append(
            f"The points that made the limits have a run of {longest} themselves, as work bunches within a quarter: "
            f"{length} in a row are asked for before a shift is called one."
        )
    if segment.limits is not None and not segment.because and segment.judged_from > chart.n_baseline:
        said.append("The baseline held too few points; the limits also rest on points after the freeze, so what changed in "
                    "that time is inside them.")  # fmt: skip
    open_points = sum(not used and point.n is not None and point.n > 0 for point, used in _pairs(chart))
    if open_points:
        said.append(f"{label_count(open_points, 'point')} with fewer than {label_number(settings.min_due_per_point)} due, "
                    "drawn open, not judged.")  # fmt: skip
    return (*said, *_target_note(chart))


def _pairs(chart: Chart) -> zip[tuple[Point, bool]]:
    return zip(chart.points, chart.is_used, strict=True)


def _ask(run: Run, chart: Chart) -> str:
    first, last, _ = _span(run, chart)
    if _against(run, chart) is not None:
        return f"Find out what changed after {last}; the old limits hold."
    if chart.variation == "improving":
        return (f"Decide whether the limits begin anew: only if it is known what began about {first} and it is to stay "
                "(rebaseline in engagement.yml). Until then the old limits hold.")  # fmt: skip
    return f"Find out what began about {first}, and decide whether it is to stay; until then the old limits hold."


def _target_note(chart: Chart) -> tuple[str, ...]:
    if chart.target is None or chart.in_force.limits is None:
        return ()
    target = value_words(chart.target, is_share=chart.is_share)
    words = {
        "consistently met": f"The target of {target} lies below the limits: expected to be met every {chart.grain}.",
        "consistently missed": f"The target of {target} lies above the limits: out of reach unless the process changes.",
        "hit or miss": f"The target of {target} lies between the limits: met or missed in a period by chance.",
    }
    return (words[chart.assurance],) if chart.assurance in words else ()


def describe_grain(chart: Chart, as_of: dt.date) -> str:
    """Return what a point is, for a foot line."""
    what = "commitments (programs and their parts) on time of those due" if chart.name == ON_TIME else "programs delivered"
    last = period_end(chart.points[-1].start, chart.grain) if chart.points else as_of
    return f"{sentence_case(what)}, by the {chart.grain}, up to {label_date(last)}"
