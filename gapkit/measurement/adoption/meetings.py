"""The cadence: whether the meetings agreed took place when they were due, and whether programs came up in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.load import in_progress_spans
from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days
from gapkit.measurement.adoption.part import (
    LEVEL,
    MARK,
    NAME,
    Entry,
    Part,
    counted,
    left_out,
    share,
    standing_word,
    word_of,
)
from gapkit.redesign.cadence.dates import planned_days
from gapkit.results import Result, not_assessable
from gapkit.schema import split_list
from gapkit.stats.rates import ratio_of_sums, wilson

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.redesign.targets.promises_file import AgreedSeries

ROUND_DAYS: Final = 14
NO_REVIEWS: Final = "The table reviews would switch this on."
NO_PROGRAMS: Final = "The column program_ids of reviews would switch this on."
NO_SERIES: Final = "No series of meetings stands in decisions.yml; with one, its meetings are counted."
NONE_DUE: Final = "No meeting of the series was due in this time."
NONE_IN_FLIGHT: Final = "No program was in flight for two weeks in this time."
UNSCHEDULED: Final = "Of {} no meeting was scheduled in the window; its planned dates count as not held."
HELD: Final = (
    "reviews held on their day or one business day off, of those scheduled; agreed series, or proposed where none is"
)
REVIEWED: Final = (
    "week ends at which a program in flight for 14 days had been on an agenda within them, of all such week ends"
)


def held_meetings(comparison: Comparison, series: tuple[AgreedSeries, ...]) -> Part:
    """Return how many meetings of the agreed series took place when they were due.

    Notes
    -----
    A meeting counts as held within one business day of its date. Series are told apart by rhythm, as in the table reviews.
    A series that was agreed and never scheduled has its planned dates counted as not held. Where a series was agreed, those
    only proposed are listed and not counted; where none was, the part is of the proposed ones, and its name says so.
    """
    before, after = comparison.before, comparison.after
    has = after.eng.has("reviews")
    missing = NO_REVIEWS if not has else NO_SERIES if not series else NONE_DUE
    # Of two series of one rhythm the agreed one counts, else the first.
    agreed_first = sorted(series, key=lambda one: one.standing != "agreed")
    by_rhythm: dict[str, AgreedSeries] = {}
    for one in agreed_first:
        by_rhythm.setdefault(one.rhythm, one)
    standings = {rhythm: by_rhythm[rhythm].standing for rhythm in sorted(by_rhythm, key=_often)}
    counts = {
        rhythm: (_held(before, rhythm), _held(after, rhythm)) for rhythm in standings if has
    }  # fmt: skip
    unscheduled = [rhythm for rhythm, (_, found) in counts.items() if not found[1]]
    for rhythm in unscheduled:
        counts[rhythm] = (counts[rhythm][0], (0, _planned(comparison, by_rhythm[rhythm])))
    entries = tuple(
        Entry(f"{rhythm} meetings", _share(found[0], before, NONE_DUE), _share(found[1], after, NONE_DUE), MARK,
              by_rhythm[rhythm].standing)
        for rhythm, found in counts.items()
    )  # fmt: skip
    within = [rhythm for rhythm in counted(standings) if rhythm in counts]
    pooled = [_share(_sum([counts[rhythm][place] for rhythm in within]), side, missing)
              for place, side in enumerate((before, after))]  # fmt: skip
    said = tuple(UNSCHEDULED.format(f"the {rhythm} meetings") for rhythm in within
                 if rhythm in unscheduled and counts[rhythm][1][1])  # fmt: skip
    others = left_out(standings, {rhythm: f"{rhythm} meetings" for rhythm in standings}) if has else ()
    name = f"{standing_word(standings)} meetings held when due"
    return Part("meetings_held", name, HELD, ("reviews",), pooled[0], pooled[1], MARK, word_of(pooled[1], MARK), entries,
                (*others, *said))  # fmt: skip


def _often(rhythm: str) -> int:
    return ("weekly", "fortnightly", "monthly", "quarterly").index(rhythm)


def _share(found: tuple[int, int], side: Side, missing: str) -> Result:
    return share(*found, "meeting", side.eng.config.settings, period=side.period, missing=missing)


def _sum(found: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(kept for kept, _ in found), sum(n for _, n in found)


def _held(side: Side, rhythm: str) -> tuple[int, int]:
    """Return how many meetings of a rhythm were held when due, and how many were scheduled, in a window."""
    reviews, config = side.eng.reviews, side.eng.config
    on = local_day(reviews["scheduled_at"])
    due = reviews.loc[on.between(pd.Timestamp(side.start), pd.Timestamp(side.end)) & reviews["series"].eq(rhythm)]
    off = np.abs(business_days(local_day(due["scheduled_at"]), local_day(due["held_at"]), config.weekmask, config.holidays))
    return int((off <= 1).sum()), len(due)


def _planned(comparison: Comparison, one: AgreedSeries) -> int:
    """Return how many meetings a series has in the measure window by its rhythm."""
    first, last = comparison.after.start, comparison.after.end
    start, month = one.starts_on or first, comparison.config.fiscal_start_month
    days = planned_days(one.rhythm, one.weekday, start, first, last, month)
    return sum(first <= on <= last for _, on in days)


def reviewed_programs(comparison: Comparison) -> Part:
    """Return how often programs in flight had been looked at within two weeks.

    Notes
    -----
    Read at every week end of a window, programs in flight for 14 days; the share is over programs and week ends together,
    its interval from drawing programs again.
    """
    before, after = _reviewed(comparison.before), _reviewed(comparison.after)
    return Part("programs_reviewed", "programs in flight reviewed within two weeks", REVIEWED, ("reviews", "programs"),
                before, after, MARK, word_of(after, MARK))  # fmt: skip


def _reviewed(side: Side) -> Result:
    reviews = side.eng.reviews
    held = reviews.loc[reviews["held_at"].notna() & reviews["program_ids"].notna(), ["held_at", "program_ids"]]
    if held.empty:
        why = NO_PROGRAMS if side.eng.has("reviews") else NO_REVIEWS
        return not_assessable(NAME, why, period=side.period)
    rows = pd.DataFrame({"program_id": split_list(held["program_ids"]), "on": local_day(held["held_at"])})
    rows = rows.explode("program_id").dropna(subset="program_id")
    spans = in_progress_spans(side.judged, side.eng.as_of)
    sundays = pd.date_range(side.start, side.end, freq="W-SUN")
    counted, seen = _looked_at(spans, rows, sundays)
    kept = counted.any(axis=1)
    n, fewest = int(kept.sum()), side.eng.config.settings.min_n_rate
    if not n:
        return not_assessable(NAME, NONE_IN_FLIGHT, period=side.period)
    if n < fewest:
        words = f"{n} programs in flight; {fewest} are needed for a share."
        return Result(NAME, level=LEVEL, n=n, period=side.period, status="thin", grade="C", caveats=(words,))
    found = ratio_of_sums((seen & counted)[kept].sum(axis=1), counted[kept].sum(axis=1), level=LEVEL,
                          seed=side.eng.config.seed)  # fmt: skip
    if found.low == found.high:  # every program alike: drawing them again knows no other
        found = wilson(n if found.value else 0, n, LEVEL)
    return Result(NAME, *found, level=LEVEL, n=n, period=side.period, method="bootstrap of programs", grade="B")


def _looked_at(
    spans: pd.DataFrame, rows: pd.DataFrame, sundays: pd.DatetimeIndex
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return, program by week end, whether it was in flight for two weeks, and whether it had been on an agenda in them."""
    earlier = pd.Timedelta(days=ROUND_DAYS)
    place = spans.index.get_indexer(pd.Index(rows["program_id"].astype("str")))
    counted, seen = (np.zeros((len(spans), len(sundays)), dtype=bool) for _ in range(2))
    for week, day in enumerate(sundays):
        counted[:, week] = (spans["start_on"] <= day - earlier) & (spans["end_on"] > day)
        recent = rows["on"].between(day - earlier, day, inclusive="right").to_numpy()
        seen[place[recent & (place >= 0)], week] = True
    return counted, seen


def first_monday(day: dt.date) -> dt.date:
    """Return the first Monday on or after a day.

    Examples
    --------
    >>> first_monday(dt.date(2026, 7, 1)).isoformat()
    '2026-07-06'
    """
    return day + dt.timedelta(days=-day.weekday() % 7)
