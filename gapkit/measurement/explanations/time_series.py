"""A trend that was running already: the weeks before the redesign carried on as a straight line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.baseline.coverage import records_begin
from gapkit.baseline.series import judged_commitments, next_period, period_starts
from gapkit.baseline.velocity import weekly_deliveries
from gapkit.calendar import quarter_start
from gapkit.labels import label_count, label_number, label_pp
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import lenient_standing
from gapkit.measurement.explanations.wording import NAMES, figure
from gapkit.results import Result
from gapkit.stats.interrupted import MIN_EACH_SIDE, Interruption, interrupted_series

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "time_series"
WEEK: Final = dt.timedelta(days=7)
LONGEST: Final = 104 * WEEK
ON_TIME, PACE = "commitments on time", "deliveries"
TOO_NARROW = "Fewer than 24 weeks in all: the interval is too narrow where weeks resemble their neighbours."
NOT_THE_RATE = "Deliveries a week are not the primary measure; they show a trend of the pace only."


class Weekly(NamedTuple):
    """A weekly series.

    Attributes
    ----------
    what : str
        What is counted a week.
    at : tuple of int
        Week of each point, counted from the first week of the measure window (negative before it).
    values : tuple of float
        Share on time (0..1), or deliveries.
    """

    what: str
    at: tuple[int, ...]
    values: tuple[float, ...]

    @property
    def sides(self) -> tuple[int, int]:
        """Points before and from the first week of the window on."""
        after = sum(week >= 0 for week in self.at)
        return len(self.at) - after, after

    @property
    def is_long(self) -> bool:
        """Whether either side has the points a line needs."""
        return min(self.sides) >= MIN_EACH_SIDE


def time_series(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether a trend that was running already may explain the change.

    Parameters
    ----------
    comparison : Comparison
        The series is read today; it ends with the measure window, whose first Monday is the interruption.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    Weeks with at least five commitments due have a share on time (deliverables count where they are recorded). Where these
    are too few, the pace stands in; for a rate as primary measure it settles nothing.
    """
    rate, pace = weekly_on_time(comparison), weekly_pace(comparison)
    is_rate = primary.measure in OUTCOME
    series = rate if is_rate and rate.is_long else pace
    if not series.is_long:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, _too_short(series, comparison))
    found = interrupted_series(series.values, 0, at=series.at)
    result = _result(series, found, comparison.after.period)
    caveats = (_details(series, found), *(() if found.is_autocorrelation_allowed_for else (TOO_NARROW,)))
    sentence = _sentence(series, found, result)
    if is_rate and series.what == PACE:
        return Explanation(ID, NAMES[ID], UNKNOWN, result, f"{sentence} {NOT_THE_RATE}", caveats=caveats)
    standing = lenient_standing(primary.difference, result)
    return Explanation(ID, NAMES[ID], standing, result, sentence, caveats=caveats)


def weekly_on_time(comparison: Comparison) -> Weekly:
    """Return the weekly share of commitments on time; weeks with fewer due than a point needs are left out."""
    side, first = comparison.after, _first_week(comparison.after.start)
    due = judged_commitments(side.eng, side.judged)
    begin, end = _span(comparison, comparison.config.grace_days)
    inside = due["on"].between(pd.Timestamp(begin), pd.Timestamp(end))
    weeks = period_starts(due.loc[inside, "on"], "week", first)
    counts = due.loc[inside].groupby(weeks)["counts"].agg(["sum", "size"])
    counts = counts.loc[counts["size"] >= comparison.config.settings.min_due_per_point]
    at = tuple((week.date() - first) // WEEK for week in counts.index)
    return Weekly(ON_TIME, at, tuple((counts["sum"] / counts["size"]).astype(float)))


def weekly_pace(comparison: Comparison) -> Weekly:
    """Return the deliveries of each full week, weeks without any included."""
    side, first = comparison.after, _first_week(comparison.after.start)
    begin, end = _span(comparison, 0)
    if end <= begin:
        return Weekly(PACE, (), ())
    weeks = weekly_deliveries(side.judged, begin, end)
    full = weeks.loc[weeks["is_full"]]
    at = tuple((week.date() - first) // WEEK for week in full["week_on"])
    return Weekly(PACE, at, tuple(full["deliveries"].astype(float)))


def _first_week(start: dt.date) -> dt.date:
    """Return the first Monday of the measure window."""
    return next_period(start, "week")


def _span(comparison: Comparison, wait_days: int) -> tuple[dt.date, dt.date]:
    """Return the first Monday of the series, and the last Sunday in the window that is so many days ago.

    The first quarter on record is left out: work begun before the records do is not in them. Two years before the window
    are enough for a straight line, and more make one less likely.
    """
    side, month = comparison.after, comparison.config.fiscal_start_month
    quarters = sorted(side.judged.loc[side.judged["group"] == "committed", "quarter"].dropna().unique())
    listed = quarter_start(quarters[1], month) if len(quarters) > 1 else side.start
    recorded = records_begin(side.eng.programs, side.eng.status_events) or listed
    first = _first_week(side.start)
    begin = next_period(max(listed, recorded, first - LONGEST), "week")
    last = min(side.end, side.eng.as_of - dt.timedelta(days=wait_days))
    weeks = (last - first + dt.timedelta(days=1)) // WEEK
    return begin, first + weeks * WEEK - dt.timedelta(days=1)


def _result(series: Weekly, found: Interruption, period: str) -> Result:
    """Return the mean change against the continued trend, from the fit with the widest interval."""
    fit, n = found.widest, found.n_after
    name, unit = ("on_time_rate_against_trend", "pp") if series.what == ON_TIME else ("velocity_against_trend", "per_week")
    return Result(name, *fit.average, n=n, unit=unit, period=period,  # type: ignore[arg-type]
                  method=f"segmented regression of weekly points, {fit.method}")  # fmt: skip


def _number(series: Weekly, number: float) -> str:
    if series.what == ON_TIME:
        return label_pp(number)
    return f"{'+' if number > 0 else ''}{label_number(number, 2)}"


def _sentence(series: Weekly, found: Interruption, result: Result) -> str:
    """Return what was looked at, and by how much the weeks after lie off the trend carried on."""
    weeks = f"{label_number(found.n_before)} weeks before and {label_number(found.n_after)} after"
    change = figure(result) if result.unit == "pp" else _pace_words(series, found)
    return f"Weekly {series.what}, {weeks}: against the trend before carried on, the weeks after lie {change} on average."


def _pace_words(series: Weekly, found: Interruption) -> str:
    value, low, high = (_number(series, number) for number in found.widest.average)
    return f"{value} a week, 95 % interval {low} to {high}"


def _details(series: Weekly, found: Interruption) -> str:
    """Return trend, step and slope of the fit quoted, and of how many ways to fit it has the widest interval."""
    fit = found.widest
    ways = f"{fit.method}, the widest of {len(found.fits)} fits" if len(found.fits) > 1 else fit.method
    return (
        f"The trend before was {_number(series, fit.slope)} a week; step {_number(series, fit.level.value)}, "
        f"change of slope {_number(series, fit.slope_change.value)} a week; {ways}."
    )


def _too_short(series: Weekly, comparison: Comparison) -> str:
    """Return which side is too short and what would lengthen it: time, while the window runs; else nothing any more."""
    before, after = series.sides
    there = (
        f"A line needs {MIN_EACH_SIDE} full weeks on each side; there are {label_number(before)} before and "
        f"{label_number(after)} after"
    )
    early = MIN_EACH_SIDE - before
    if early > 0:
        return f"{there}: {label_count(early, 'week')} more on record before the window would be needed."
    short = MIN_EACH_SIDE - _weeks_agreed(comparison)
    if short > 0:
        return f"{there}: the window is {label_count(short, 'week')} too short, and a longer one would have been needed."
    return f"{there}, so {label_count(MIN_EACH_SIDE - after, 'week')} more would switch this on."


def _weeks_agreed(comparison: Comparison) -> int:
    """Return the full weeks of the whole window agreed, whatever of it is over."""
    side, agreed = comparison.after, comparison.config.measure_end
    last = max(side.end, agreed) if agreed is not None else side.end
    return (last - _first_week(side.start) + dt.timedelta(days=1)) // WEEK
