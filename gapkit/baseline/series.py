"""The points of the standing charts: commitments due that were on time, and deliveries, period by period.

How long a period is, and what the points of the baseline were, is settled once, at the freeze. Later editions add points
and never choose again: a chart whose grain follows the data would find its signals by searching.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import pandas as pd

from gapkit.baseline.coverage import records_begin
from gapkit.baseline.parts import judge_parts
from gapkit.calendar import quarter_end, quarter_start
from gapkit.stats.xmr import Limits, xmr_limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapkit.config import Settings
    from gapkit.engagement import Engagement

Grain = Literal["week", "fortnight", "month"]
Firmness = Literal["firm", "provisional", "none"]

ON_TIME: Final = "commitments_on_time_rate"
THROUGHPUT: Final = "throughput"
CHARTS: Final = (ON_TIME, THROUGHPUT)
GRAINS: Final[tuple[Grain, ...]] = ("week", "fortnight", "month")
# Limits of a share that no point can pass: a few programs a week stray from none to all.
EVERYTHING: Final = (0.0, 1.0)
DAY: Final = dt.timedelta(days=1)
WEEK: Final = dt.timedelta(days=7)


class Point(NamedTuple):
    """One period.

    Attributes
    ----------
    start : date
        Its first day.
    x : int
        Commitments on time, or deliveries.
    n : int or None
        Commitments due; None for a count.
    """

    start: dt.date
    x: int
    n: int | None

    @property
    def value(self) -> float | None:
        """Share, or count; None where nothing was due."""
        if self.n is None:
            return float(self.x)
        return self.x / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Series:
    """The baseline points of one chart and the limits they set, as frozen.

    Attributes
    ----------
    name : {"commitments_on_time_rate", "throughput"}
        What is counted.
    grain : {"week", "fortnight", "month"}
        Length of a period.
    anchor : date
        First day of one of the periods; fortnights are counted from it.
    points : tuple of Point
        Periods of the baseline quarters, and of earlier quarters where those alone are too few for firm limits.
    limits : Limits or None
        From the points that hold enough; None where they are too few.
    firmness : {"firm", "provisional", "none"}
        How many points the limits rest on.
    """

    name: str
    grain: Grain
    anchor: dt.date
    points: tuple[Point, ...]
    limits: Limits | None
    firmness: Firmness

    @property
    def next_start(self) -> dt.date:
        """First day of the first period after the baseline points."""
        return period_end(self.points[-1].start, self.grain) + DAY if self.points else self.anchor

    def to_dict(self) -> dict[str, Any]:
        """Return the frozen record."""
        return {
            "grain": self.grain,
            "anchor": self.anchor.isoformat(),
            "points": [{"start": point.start.isoformat(), "x": point.x, "n": point.n} for point in self.points],
            "limits": None if self.limits is None else self.limits._asdict(),
            "firmness": self.firmness,
        }


def from_record(name: str, record: Mapping[str, Any]) -> Series:
    """Return the series of a frozen record."""
    day = dt.date.fromisoformat
    return Series(
        name=name,
        grain=record["grain"],
        anchor=day(record["anchor"]),
        points=tuple(Point(day(point["start"]), point["x"], point["n"]) for point in record["points"]),
        limits=None if record["limits"] is None else Limits(**record["limits"]),
        firmness=record["firmness"],
    )


def freeze_series(eng: Engagement, judged: pd.DataFrame, quarters: Sequence[str]) -> tuple[Series, ...]:
    """Choose the grain of each chart, and set its limits from the baseline.

    Parameters
    ----------
    eng : Engagement
        As known on the day of the freeze.
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    quarters : sequence of str
        The baseline quarters.

    Returns
    -------
    tuple of Series
        In the order of `CHARTS`; empty where no source records deliveries.

    Notes
    -----
    Commitments go by weeks where three in four of those of the baseline quarters fall due in weeks that hold at least
    five, else by fortnights or months. They go by longer periods too where the limits would run from none to all, which no
    point can pass, as long as there are limits at all. Deliveries go by weeks where a week brings two on average. Where
    the baseline quarters hold fewer than 20 points, earlier periods are added, back to the day on which the records begin.
    """
    if not eng.records_delivery:
        return ()
    return tuple(_freeze(name, eng, judged, quarters) for name in CHARTS)


def _freeze(name: str, eng: Engagement, judged: pd.DataFrame, quarters: Sequence[str]) -> Series:
    settings, month = eng.config.settings, eng.config.fiscal_start_month
    start, end = quarter_start(quarters[0], month), quarter_end(quarters[-1], month)
    begin = records_begin(eng.programs, eng.status_events) or start
    source = _source(name, eng, judged)
    fine: Series | None = None
    for grain in GRAINS:
        anchor = next_period(max(start, begin), grain)
        own = tuple(point for point in _between(source, grain, anchor, anchor, eng.as_of) if point.start <= end)
        if not _is_full(own, settings) and grain != GRAINS[-1]:
            continue
        points = _extended(own, _earlier(source, grain, anchor, begin), settings)
        limits, firmness = limits_of(points, settings)
        if limits is None and fine is not None:
            break
        fine = Series(name, grain, anchor, points, limits, firmness)
        if limits is None or (limits.low, limits.high) != EVERYTHING:
            break
    assert fine is not None, "the last grain is always tried"
    return fine


def _extended(points: Sequence[Point], earlier: list[Point], settings: Settings) -> tuple[Point, ...]:
    """Return points with earlier ones before them, until enough of them count for firm limits."""
    found = tuple(points)
    while earlier and sum(is_judged(point, settings) for point in found) < settings.xmr_firm_points:
        found = (earlier.pop(), *found)
    return found


def limits_of(points: Sequence[Point], settings: Settings) -> tuple[Limits | None, Firmness]:
    """Return the limits that some points set, and how firm these are; none from fewer than 12 that hold enough."""
    used = [point for point in points if is_judged(point, settings)]
    if len(used) < settings.xmr_provisional_points:
        return None, "none"
    most = None if used[0].n is None else 1.0
    limits = xmr_limits([point.value or 0.0 for point in used], least=0.0, most=most)
    return limits, "firm" if len(used) >= settings.xmr_firm_points else "provisional"


def is_judged(point: Point, settings: Settings) -> bool:
    """Return whether a point holds enough to be judged, and to set limits; every count does."""
    return point.n is None or point.n >= settings.min_due_per_point


def points_since(series: Series, eng: Engagement, judged: pd.DataFrame) -> tuple[Point, ...]:
    """Return the points after the baseline, up to the last period that is over on the day the data is read.

    Parameters
    ----------
    series : Series
        Frozen grain and baseline points.
    eng : Engagement
        As known on the day of reading, under the frozen rules.
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    """
    source = _source(series.name, eng, judged)
    return _between(source, series.grain, series.anchor, series.next_start, eng.as_of)


def judged_commitments(eng: Engagement, judged: pd.DataFrame) -> pd.DataFrame:
    """Return every commitment of a frozen plan, programs and their parts, with its day and whether it was met.

    Returns
    -------
    DataFrame
        Columns on (the frozen planned end) and counts (whether delivered by then plus grace; unknown days count as not).
    """
    frames = [judged]
    if eng.programs["level"].eq("deliverable").any():
        frames.append(judge_parts(eng, judged))
    plans = [frame.loc[frame["group"] == "committed", ["frozen_end", "is_on_time"]] for frame in frames]
    every = pd.concat(plans, ignore_index=True)
    return pd.DataFrame({"on": every["frozen_end"], "counts": every["is_on_time"].fillna(False).astype(bool)})


class _Source(NamedTuple):
    """What is counted: days, whether each counts, whether the rest is the denominator, and days until one can be judged."""

    rows: pd.DataFrame
    is_share: bool
    wait: dt.timedelta


def _source(name: str, eng: Engagement, judged: pd.DataFrame) -> _Source:
    if name == ON_TIME:
        rows = judged_commitments(eng, judged).dropna(subset=["on"])
        wait = dt.timedelta(days=eng.config.grace_days)
        return _Source(rows.loc[rows["on"] <= pd.Timestamp(eng.as_of)], True, wait)
    done = judged.loc[judged["is_delivered"] & judged["actual_end"].le(pd.Timestamp(eng.as_of)), "actual_end"]
    return _Source(pd.DataFrame({"on": done, "counts": True}), False, dt.timedelta(0))


def _between(source: _Source, grain: Grain, anchor: dt.date, first: dt.date, last: dt.date) -> tuple[Point, ...]:
    """Return the points of all periods that begin from `first` on and can be judged by `last`, empty ones too."""
    starts = period_starts(source.rows["on"], grain, anchor)
    counts = source.rows.groupby(starts)["counts"].agg(["sum", "size"])
    found = {day.date(): (int(x), int(n)) for day, x, n in zip(counts.index, counts["sum"], counts["size"], strict=True)}
    points, start = [], first
    while period_end(start, grain) + source.wait <= last:
        x, n = found.get(start, (0, 0))
        points.append(Point(start, x, n if source.is_share else None))
        start = period_end(start, grain) + DAY
    return tuple(points)


def _earlier(source: _Source, grain: Grain, anchor: dt.date, begin: dt.date) -> list[Point]:
    """Return the points of the periods between the day on which the records begin and the baseline, oldest first."""
    first = anchor
    while previous_period(first, grain) >= begin:
        first = previous_period(first, grain)
    return list(_between(source, grain, anchor, first, anchor - DAY + source.wait))


def _is_full(points: Sequence[Point], settings: Settings) -> bool:
    """Return whether periods of this length hold enough."""
    if not points:
        return False
    if points[0].n is None:
        return sum(point.x for point in points) >= settings.min_deliveries_per_point * len(points)
    due = sum(point.n or 0 for point in points)
    return sum(point.n or 0 for point in points if is_judged(point, settings)) >= settings.full_points_share * due > 0


def period_starts(days: pd.Series, grain: Grain, anchor: dt.date) -> pd.Series:
    """Return the first day of the period in which each day lies.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-03-04", "2026-03-10"]))
    >>> period_starts(days, "fortnight", dt.date(2026, 2, 23)).dt.strftime("%Y-%m-%d").tolist()
    ['2026-02-23', '2026-03-09']
    """
    if grain == "month":
        first: pd.Series = days - pd.to_timedelta(days.dt.day - 1, unit="D")
        return first
    length = 7 if grain == "week" else 14
    into = (days - pd.Timestamp(anchor)).dt.days % length
    starts: pd.Series = days - pd.to_timedelta(into, unit="D")
    return starts


def period_end(start: dt.date, grain: Grain) -> dt.date:
    """Return the last day of the period that begins on a day.

    Examples
    --------
    >>> [period_end(dt.date(2026, 2, 2), "week").isoformat(), period_end(dt.date(2026, 2, 1), "month").isoformat()]
    ['2026-02-08', '2026-02-28']
    """
    if grain == "month":
        return (start.replace(day=1) + 31 * DAY).replace(day=1) - DAY
    return start + (1 if grain == "week" else 2) * WEEK - DAY


def previous_period(start: dt.date, grain: Grain) -> dt.date:
    """Return the first day of the period before."""
    if grain == "month":
        return (start.replace(day=1) - DAY).replace(day=1)
    return start - (1 if grain == "week" else 2) * WEEK


def next_period(day: dt.date, grain: Grain) -> dt.date:
    """Return the first Monday, or for months the first day of a month, from a day on."""
    if grain == "month":
        return day if day.day == 1 else period_end(day, grain) + DAY
    return day + dt.timedelta(days=-day.weekday() % 7)
