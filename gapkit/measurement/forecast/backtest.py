"""The forecast put to the test: made again at earlier month ends from what was known then, and compared with what came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.engagement import known_on
from gapkit.measurement.forecast.outlook import judge, look_ahead
from gapkit.measurement.forecast.totals import LEVEL, draw_counts, grouped, summed
from gapkit.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapkit.engagement import Engagement

HORIZON_DAYS: Final = 90
MOST_POINTS: Final = 8
DRAWS: Final = 2000
# So few intervals holding would happen by chance less often than this if they held what they promise.
SURPRISE: Final = 0.10
# Newest days that, outside on one side, say that the past no longer tells the present.
NEWEST: Final = 2
# What a program's promise, state and end are read from; setting the rest back to an earlier day would only cost time.
FIELDS: Final = ("status", "start", "end")
Verdict = Literal["held", "did not hold", "too little to test"]
Side = Literal["", "higher", "lower"]


@dataclass(frozen=True, slots=True)
class Point:
    """One earlier day.

    Attributes
    ----------
    on, until : date
        The day, and the last due date looked at.
    n : int
        Commitments open on that day and due by then.
    value, low, high : int
        How many of them would be on time: the middle and the 80 % interval foretold.
    came : int
        How many were.
    """

    on: dt.date
    until: dt.date
    n: int
    value: int
    low: int
    high: int
    came: int

    @property
    def is_inside(self) -> bool:
        """Whether it came as foretold."""
        return not self.side

    @property
    def side(self) -> Side:
        """On which side of the interval it came; empty inside."""
        return "higher" if self.came > self.high else "lower" if self.came < self.low else ""


@dataclass(frozen=True, slots=True)
class Backtest:
    """All earlier days.

    Attributes
    ----------
    verdict : {"held", "did not hold", "too little to test"}
        Whether the intervals held what they promise, of late too.
    points : tuple of Point
        Oldest first. Days are a month apart and look 90 days ahead, so that neighbours share programs.
    needed : int
        Days that a verdict needs.
    n_programs : int
        Probabilities tested, over all days.
    mean_error : float or None
        Foretold less came, programs a day, on average; positive is too hopeful.
    brier, brier_base : float or None
        Mean squared error of the probabilities, and of always saying the on-time rate known on the day.
    tells_apart : bool
        Whether single probabilities did better than that one rate, by more than a standard error.
    """

    verdict: Verdict
    points: tuple[Point, ...]
    needed: int
    n_programs: int = 0
    mean_error: float | None = None
    brier: float | None = None
    brier_base: float | None = None
    tells_apart: bool = False

    @property
    def newest_side(self) -> Side:
        """On which side both of the two newest days came, outside their intervals; empty where they did not."""
        return newest_side(self.points)

    @property
    def n_inside(self) -> int:
        """Days on which it came as foretold."""
        return sum(point.is_inside for point in self.points)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return {**data, "n_inside": self.n_inside, "newest_side": self.newest_side}


def backtest_forecast(eng: Engagement, judged: pd.DataFrame) -> Backtest:
    """Make the forecast again at earlier month ends.

    Parameters
    ----------
    eng : Engagement
        As of the day of the forecast.
    judged : DataFrame
        Of that day: what came.

    Notes
    -----
    At most 8 month ends, the latest whose 90 days and grace are over. A commitment is judged on the date it had on the
    earlier day. Left out are commitments without a probability then, and those whose outcome nobody can know today (merged,
    or delivered on an unknown day). "Did not hold" where so few intervals contain what came that chance would bring it
    about less than once in ten; and where the two newest both came outside on one side, however well the older ones did.
    An interval of 80 % is missed on a given side once in ten, so chance alone does that once in fifty, somewhat more often
    as neighbours share programs; what is delivered now is then no longer told by the past.
    """
    tested = list(_tests(eng, judged))
    points = tuple(point for point, _ in tested)
    needed = eng.config.settings.min_backtests
    if len(points) < needed:
        return Backtest("too little to test", points, needed, sum(point.n for point in points))
    p, base, came = np.concatenate([columns for _, columns in tested], axis=1)
    inside = sum(point.is_inside for point in points)
    is_surprise = stats.binom.cdf(inside, len(points), LEVEL) < SURPRISE
    verdict: Verdict = "did not hold" if is_surprise or newest_side(points) else "held"
    error = float(np.mean([point.value - point.came for point in points]))
    single, common = (p - came) ** 2, (base - came) ** 2
    gain = common - single
    is_better = bool(gain.mean() > gain.std(ddof=1) / np.sqrt(gain.size))
    return Backtest(verdict, points, needed, p.size, error, float(single.mean()), float(common.mean()), is_better)


def _tests(eng: Engagement, judged: pd.DataFrame) -> Iterator[tuple[Point, np.ndarray]]:
    """Yield each earlier day, oldest first, with probability, base rate and outcome of its programs."""
    least = eng.config.settings.min_n_rate
    events = eng.status_events
    slim = replace(eng, tables={"programs": eng.programs, "status_events": events.loc[events["field"].isin(list(FIELDS))]})
    first_due = judged["frozen_end"].sort_values().iloc[least - 1 : least]
    for day in month_ends(eng.as_of - dt.timedelta(days=HORIZON_DAYS + eng.config.grace_days), MOST_POINTS):
        if first_due.empty or first_due.item() > pd.Timestamp(day):  # nothing had come due yet to learn from
            continue
        then = known_on(slim, day)
        outlook = look_ahead(judge(then), eng.config, day)
        due = outlook.programs
        due = due.loc[due["days_left"].le(HORIZON_DAYS) & ~due["is_overdue"] & due["p_on_time"].notna()]
        came = _came(due, judged, eng.config.grace_days)
        due, came = due.loc[came.notna()], came.dropna()
        if len(due) >= least:
            base = (outlook.on_time_past + 1) / (outlook.n_past + 2)
            rng = np.random.default_rng([eng.config.seed, day.toordinal()])
            total = summed(draw_counts(grouped(due, "p_on_time"), outlook.luck, rng, DRAWS))
            point = Point(day, day + dt.timedelta(days=HORIZON_DAYS), len(due), *total, came=int(came.sum()))
            yield point, np.stack([due["p_on_time"], np.full(len(due), base), came.astype(float)])


def newest_side(points: tuple[Point, ...]) -> Side:
    """Return on which side both of the two newest days came, outside their intervals; empty where they did not.

    Examples
    --------
    >>> day, until = dt.date(2026, 6, 30), dt.date(2026, 9, 28)
    >>> inside, above = (Point(day, until, 40, 18, 14, 23, came) for came in (15, 32))
    >>> newest_side((inside, above, above)), newest_side((above, above, inside)), newest_side((above,))
    ('higher', '', '')
    """
    sides = {point.side for point in points[-NEWEST:]}
    return sides.pop() if len(points) >= NEWEST and len(sides) == 1 else ""


def month_ends(last: dt.date, count: int) -> list[dt.date]:
    """Return the last `count` ends of months up to a day, oldest first.

    Examples
    --------
    >>> [day.isoformat() for day in month_ends(dt.date(2026, 3, 30), 2)]
    ['2026-01-31', '2026-02-28']
    """
    return [stamp.date() for stamp in pd.date_range(end=last, periods=count, freq="ME")]


def _came(due: pd.DataFrame, judged: pd.DataFrame, grace_days: int) -> pd.Series:
    """Return whether each was on time by the date it had then; missing where nobody can know."""
    now = judged.reindex(due.index)
    made_it = now["actual_end"] <= due["due_on"] + pd.Timedelta(days=grace_days)
    is_unknown = (
        now["status"].isna() | (now["status"] == "merged") | ((now["status"] == "delivered") & now["actual_end"].isna())
    )
    came: pd.Series = ((now["status"] == "delivered") & made_it).astype("boolean").mask(is_unknown)
    return came
