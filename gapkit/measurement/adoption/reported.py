"""The controllable inputs: in how many weeks of a window a value of each was there within the week after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.labels import label_count
from gapkit.measurement.adoption.meetings import first_monday
from gapkit.measurement.adoption.part import LEVEL, MARK, NAME, Entry, Part, counted, left_out, share, word_of
from gapkit.results import Result
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.redesign.targets.promises_file import AgreedInput

WEEK: Final = pd.Timedelta(days=7)
WEEKLY: Final = "weekly"
NO_VALUES: Final = "The table kpi_values would switch this on."
NO_MOMENT: Final = "The column available_at of kpi_values would switch this on."
NO_INPUTS: Final = (
    "No leading measure is to be read weekly; inputs in decisions.yml with cadence weekly would switch this on."
)
NO_WEEKS: Final = "No week of this time is old enough to have been reported."
REPORTED: Final = (
    "weeks of which a value was there by the end of the week after, of all whole weeks that old, leading inputs"
)


def inputs_reported(comparison: Comparison, inputs: tuple[AgreedInput, ...]) -> Part:
    """Return how regularly the leading inputs are reported week by week.

    Notes
    -----
    Whole weeks from Monday inside a window, whose following week is over on the day of reading. Weeks of one input are
    alike, which the interval of all allows for where there are five inputs or more. A value that does not say when it was
    there counts as not reported. Where an input was agreed, those only proposed are listed and not counted.
    """
    weekly = tuple(one for one in inputs if one.cadence == WEEKLY)
    eng, before, after = comparison.after.eng, comparison.before, comparison.after
    values = eng.kpi_values
    known = values["available_at"].notna()
    missing = (
        NO_INPUTS if not weekly else NO_VALUES if values.empty else NO_MOMENT if not known.any() else NO_WEEKS
    )  # fmt: skip
    chosen = weekly if known.any() else ()
    flags = [[_weeks(side, one.kpi_id) for one in chosen] for side in (before, after)]
    entries = tuple(
        Entry(one.name, _one(was, before), _one(now, after), MARK, one.standing)
        for one, was, now in zip(chosen, *flags, strict=True)
    )
    standings = {one.kpi_id: one.standing for one in chosen}
    within = counted(standings)
    pooled = [
        _all([weeks for one, weeks in zip(chosen, found, strict=True) if one.kpi_id in within], side, missing)
        for found, side in zip(flags, (before, after), strict=True)
    ]
    late = _late(after, within)
    mute = int((~known & values["kpi_id"].isin(within)).sum())
    said = tuple(
        f"{label_count(count, 'value')} {words}, counted as not reported."
        for count, words in ((late, "came in later"), (mute, "without a day on which it was there"))
        if count
    )
    others = left_out(standings, {one.kpi_id: one.name for one in chosen})
    return Part("inputs_reported", "weekly inputs reported in time", REPORTED, ("kpis", "kpi_values"), pooled[0], pooled[1],
                MARK, word_of(pooled[1], MARK), entries, (*others, *said))  # fmt: skip


def _weeks(side: Side, kpi: str) -> list[bool]:
    """Return of each whole week of a window, old enough to tell, whether a value was there by the end of the week after."""
    first, last = first_monday(side.start), min(side.end, side.eng.as_of - dt.timedelta(days=7))
    mondays = pd.date_range(first, last - dt.timedelta(days=6), freq="W-MON", unit="us")
    values = side.eng.kpi_values
    mine = values.loc[values["kpi_id"].eq(kpi) & values["available_at"].notna()]
    begun = mine["period_start"]
    monday = begun - pd.to_timedelta(begun.dt.day_of_week, unit="D")
    in_time = local_day(mine["available_at"]) < monday + 2 * WEEK
    return [bool(found) for found in mondays.isin(pd.DatetimeIndex(monday[in_time]))]


def _late(side: Side, kpis: Sequence[str]) -> int:
    """Return how many values of a window were there, but only after the week that followed."""
    values = side.eng.kpi_values
    begun, there = values["period_start"], local_day(values["available_at"])
    inside = values["kpi_id"].isin(kpis) & begun.between(pd.Timestamp(side.start), pd.Timestamp(side.end))
    monday = begun - pd.to_timedelta(begun.dt.day_of_week, unit="D")
    return int((inside & (there >= monday + 2 * WEEK)).sum())


def _one(flags: list[bool], side: Side) -> Result:
    return share(sum(flags), len(flags), "week", side.eng.config.settings, period=side.period, missing=NO_WEEKS)


def _all(flags: list[list[bool]], side: Side, missing: str) -> Result:
    """Return the share over all inputs; weeks of one input are alike."""
    together = [flag for found in flags for flag in found]
    plain = share(sum(together), len(together), "week", side.eng.config.settings, period=side.period, missing=missing)
    if not plain.is_ok:
        return plain
    of = [number for number, found in enumerate(flags) for _ in found]
    rate = clustered_wilson(together, of, LEVEL)
    method = f"Wilson interval, design effect {rate.deff:.2f} over {rate.n_clusters} inputs"
    return Result(NAME, rate.value, rate.low, rate.high, level=LEVEL, n=plain.n, events=plain.events, period=plain.period,
                  method=method, grade="B")  # fmt: skip
