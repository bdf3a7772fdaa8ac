"""Hours worked in the window and what an hour costs.

Hours logged on stage visits belong to programs. The hours paid are those of everybody in `people`; what was paid and not
logged is in no bucket, but in the total that the buckets are compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.baseline.flow import visits_in_window
from gapkit.baseline.velocity import working_weeks
from gapkit.calendar import midnight
from gapkit.cost.spend import carriers

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.engagement import Engagement

# Kinds of stage in which work stands still because of somebody else; a queue before the next own step is none.
HELD_UP: Final = ("approval", "external", "blocked")


class HourlyRate(NamedTuple):
    """What an hour costs, as a three-point estimate over all people.

    Attributes
    ----------
    low, mode, high : float
        Money per hour: the mean over people (over roles where people are not listed). `mode` is above 0.
    by_team : Series
        Most likely rate of each team with people whose role has a rate.
    """

    low: float
    mode: float
    high: float
    by_team: pd.Series


@dataclass(frozen=True)
class Labour:
    """Hours of the window.

    Attributes
    ----------
    programs : DataFrame
        Indexed like `judged`: hours, money (at the most likely rate of the team; 0 without rates), rework_hours and
        rework_money (visits of rework, or sent back), held_days (stage days in which somebody else held it up) and
        active_days (stage days at work or in rework).
    is_logged : bool
        Whether hours are logged at all.
    rate : HourlyRate or None
        None without hourly rates.
    paid_hours : float or None
        Hours of everybody in `people`; None where nobody is listed.
    people : float
        Full-time equivalents behind them.
    weeks : float
        Working weeks of the window.
    """

    programs: pd.DataFrame
    is_logged: bool
    rate: HourlyRate | None
    paid_hours: float | None
    people: float
    weeks: float

    @property
    def is_priced(self) -> bool:
        """Whether hours of labour can be turned into money: rates, and hours paid or logged."""
        return self.rate is not None and (self.is_logged or self.paid_hours is not None)


def read_labour(eng: Engagement, judged: pd.DataFrame, start: dt.date) -> Labour:
    """Return the hours of the window.

    Parameters
    ----------
    eng : Engagement
        Supplies stage visits, people and rates.
    judged : DataFrame
        The programs that count.
    start : date
        First day of the window.

    Notes
    -----
    Hours of a visit that began before the window count in proportion to its time inside. People whose working time is not
    recorded count as full time.
    """
    rate = hourly_rate(eng.rates, eng.people)
    fte = float(eng.people["fte"].fillna(1.0).sum())
    weeks = working_weeks(start, eng.as_of, eng.config)
    paid = fte * eng.config.settings.hours_per_week * weeks if len(eng.people) else None
    visits = eng.stage_visits
    return Labour(
        programs=_by_program(eng, judged, start, rate),
        is_logged=bool(visits["work_hours"].gt(0).any()),
        rate=rate,
        paid_hours=paid,
        people=fte,
        weeks=weeks,
    )


def hourly_rate(rates: pd.DataFrame, people: pd.DataFrame) -> HourlyRate | None:
    """Return the mean hourly rate, weighted by working time, and that of each team; None without rates.

    Examples
    --------
    >>> rates = pd.DataFrame({"role": ["writer", "lead"], "low": [50.0, 80], "mode": [60.0, 100], "high": [90.0, 130]})
    >>> people = pd.DataFrame({"role": ["writer", "writer", "lead"], "team": ["A", "B", "B"], "fte": [1.0, 1, 1]})
    >>> rate = hourly_rate(rates, people)
    >>> round(rate.mode, 2), rate.by_team.to_dict()
    (73.33, {'A': 60.0, 'B': 80.0})
    """
    if rates.empty or rates["mode"].max() <= 0:
        return None
    staff = people.merge(rates[["role", "low", "mode", "high"]], on="role")
    weight = staff["fte"].fillna(1.0)
    if weight.sum() <= 0:
        low, mode, high = (float(rates[point].mean()) for point in ("low", "mode", "high"))
        return HourlyRate(low, mode, high, pd.Series(dtype=float))
    low, mode, high = (float(np.average(staff[point], weights=weight)) for point in ("low", "mode", "high"))
    sums = pd.DataFrame({"team": staff["team"], "money": staff["mode"] * weight, "weight": weight}).groupby("team").sum()
    by_team = (sums["money"] / sums["weight"])[sums["weight"] > 0]
    return HourlyRate(low, mode, high, by_team)


def _by_program(eng: Engagement, judged: pd.DataFrame, start: dt.date, rate: HourlyRate | None) -> pd.DataFrame:
    """Return hours, their money and business days of each program."""
    visits = eng.stage_visits
    program = visits["program_id"].map(carriers(eng.programs, judged.index))
    hours = visits["work_hours"].fillna(0.0) * _share_inside(visits, start, eng.as_of)
    price = visits["team"].map(rate.by_team).astype(float).fillna(rate.mode) if rate else 0.0
    again = (visits["kind"] == "rework") | visits["returned"].fillna(False).astype(bool)
    rows = pd.DataFrame({
        "hours": hours,
        "money": hours * price,
        "rework_hours": hours.where(again, 0.0),
        "rework_money": (hours * price).where(again, 0.0),
    })  # fmt: skip
    sums = rows.groupby(program).sum().reindex(judged.index, fill_value=0.0)
    return sums.join(_stage_days(eng, judged, start))


def _share_inside(visits: pd.DataFrame, start: dt.date, as_of: dt.date) -> pd.Series:
    """Return the share of each visit's time, so far, that lies in the window."""
    zone = visits["entered_at"].dt.tz
    first, last = midnight(start, zone), midnight(as_of + pd.Timedelta(days=1), zone)
    left = visits["left_at"].fillna(last)
    whole = (left - visits["entered_at"]).dt.total_seconds()
    inside = (left - visits["entered_at"].where(visits["entered_at"] > first, first)).dt.total_seconds().clip(lower=0.0)
    # A visit without duration lies in the window or not.
    return (inside / whole.where(whole > 0)).fillna((left >= first).astype(float))


def _stage_days(eng: Engagement, judged: pd.DataFrame, start: dt.date) -> pd.DataFrame:
    """Return the stage days of each program in which it was held up, and in which it was worked on."""
    ended = judged["actual_end"].fillna(judged["cancelled_at"])
    visits = visits_in_window(eng.stage_visits, start, eng.as_of, ended)
    days = pd.DataFrame({
        "held_days": visits["days"].where(visits["kind"].isin(HELD_UP), 0.0),
        "active_days": visits["days"].where(visits["is_active"], 0.0),
    })  # fmt: skip
    carrier = visits["program_id"].map(carriers(eng.programs, judged.index))
    return days.groupby(carrier).sum().reindex(judged.index, fill_value=0.0)
