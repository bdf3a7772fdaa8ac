"""Promises overwritten later: whether anything but today's columns remembers what was promised.

A tracker in which unfinished work is moved to the next quarter, promise included, shows finished work only.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline.execution import redating_flattery
from gapkit.baseline.plan_history import plan_history
from gapkit.baseline.plans import SOURCES
from gapkit.calendar import freeze_date, next_quarter, quarter_end, quarter_of_date
from gapkit.labels import label_count, label_number, label_pp
from gapkit.measurement.explanations.explanation import DOES_NOT, MAY, RULED_OUT, UNKNOWN, Explanation
from gapkit.measurement.explanations.pace import is_pace
from gapkit.measurement.explanations.ways import Counts, commitments, is_rate, strict_standing, way_of
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, share_words
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.effect import Effect

ID = "plan_record"
LOGGED = ("L2", "L3")
NO_PROMISE = "Deliveries count on the day they were made; no promised date enters the pace."
SWITCH_ON = "A change log, dated exports (gapkit snapshot) or a signed plan would keep the promises."


def plan_record(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether promises of the window may have been overwritten, so that finished work only was left.

    Parameters
    ----------
    comparison : Comparison
        Both sides.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    A promise is protected by a change log, dated exports or a signed plan. Where too many are not, the worst is assumed:
    every unprotected program committed by the freeze of a quarter, dated beyond its end today and not delivered in it,
    counts as promised for that quarter and missed, on both sides. A gain has to hold under that. Overwriting flatters; it
    does not explain a loss. A rate by the day can also be moved inside the window, which nothing shows: it cannot be told.
    """
    if is_pace(primary):
        return Explanation(ID, NAMES[ID], RULED_OUT, None, NO_PROMISE)
    if not primary.difference.is_ok or not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY if primary.difference.is_ok else TOO_LITTLE)
    after = commitments(comparison, primary.measure)[1]
    safe = protected(comparison.after)
    kept = Counts(int(after.index.isin(safe).sum()), len(after))
    said = f"The promised date of {share_words(kept)} is known from a change log, dated exports or a signed plan."
    caveats = _flattery(comparison)
    if kept.n - kept.x <= comparison.config.settings.max_unknown_share * kept.n:
        return Explanation(ID, NAMES[ID], RULED_OUT, None, said, guards=True, caveats=caveats)
    if way_of(primary.difference.low, primary.difference.high) < 0:
        text = f"{said} Overwriting takes failures out of the window; it does not make a rate lower."
        return Explanation(ID, NAMES[ID], DOES_NOT, None, text, guards=True, caveats=caveats)
    if after.loc[~after.index.isin(safe), "committed_at"].isna().all():
        return Explanation(ID, NAMES[ID], MAY, None, f"{said} The others rest on today's columns, which may have been "
                           f"overwritten. {SWITCH_ON}", guards=True, caveats=caveats)  # fmt: skip
    result, moved = _worst_case(comparison, primary, safe)
    text = (
        f"{said} At worst {label_count(moved[1], 'program')} dated beyond the window today were promised for it (before: "
        f"{label_number(moved[0])}); counted as missed, the change is {figure(result)}."
    )
    standing = strict_standing(primary.difference, result)
    if primary.measure != "execution_rate" and standing == DOES_NOT:
        standing, text = UNKNOWN, f"{text} {_on_the_day(comparison, primary, safe)}"
    return Explanation(ID, NAMES[ID], standing, result, text, guards=True, caveats=(*caveats, SWITCH_ON))


def _on_the_day(comparison: Comparison, primary: Effect, safe: pd.Index) -> str:
    """Return that dates moved inside the window cannot be seen, and the trace such moves often leave.

    A date set to the day of delivery once it is known makes a program on time; so does punctual work.
    """
    told = []
    for side in commitments(comparison, primary.measure):
        open_to_it = side.loc[~side.index.isin(safe)]
        exact = open_to_it["actual_end"].eq(open_to_it["frozen_end"])
        told.append(f"{label_number(int(exact.sum()))} of {label_number(len(open_to_it))}")
    return (
        "Dates moved inside the window leave no trace here; among programs whose promise is not protected, "
        f"{told[0]} before and {told[1]} after ended exactly on their promised day."
    )


def protected(side: Side) -> pd.Index:
    """Return the programs whose promise is remembered by more than today's columns."""
    eng = side.eng
    level = plan_history(eng.programs, eng.status_events, eng.signed_plan, eng.sources)["level"]
    logged = level.index[level.isin(LOGGED)]
    remembered = side.judged.index[side.judged["plan_source"] == SOURCES[0]]
    return logged.union(remembered)


def _worst_case(comparison: Comparison, primary: Effect, safe: pd.Index) -> tuple[Result, tuple[int, int]]:
    """Return the change with every program that may have been moved out counted as missed, and how many these are."""
    before, after = primary.before, primary.after
    assert before.events is not None and after.events is not None, "both sides of a rate that is ok have counts"
    month = comparison.config.fiscal_start_month
    spans = [(quarter, quarter_end(quarter, month)) for quarter in comparison.frozen.quarters]
    moved_before = sum(_may_have_moved(comparison.before, quarter, end, safe) for quarter, end in spans)
    quarter = last_quarter(comparison.after.start, comparison.after.end, month)
    moved_after = _may_have_moved(comparison.after, quarter, comparison.after.end, safe)
    change = newcombe_difference(after.events, after.n + moved_after, before.events, before.n + moved_before)
    result = Result(f"{primary.measure}_difference_worst_case", *change, n=after.n + moved_after, unit="pp",
                    period=after.period, method="Newcombe, programs that may have moved counted as missed")  # fmt: skip
    return result, (moved_before, moved_after)


def last_quarter(start: dt.date, end: dt.date, fiscal_start_month: int) -> str:
    """Return the last quarter that lies whole inside a window, or the one it begins in: by its freeze all was promised.

    Examples
    --------
    >>> [last_quarter(dt.date(2026, 7, 1), end, 1) for end in (dt.date(2026, 12, 31), dt.date(2026, 10, 20))]
    ['2026Q4', '2026Q3']
    """
    quarter = quarter_of_date(start, fiscal_start_month)
    while quarter_end(next_quarter(quarter), fiscal_start_month) <= end:
        quarter = next_quarter(quarter)
    return quarter


def _may_have_moved(side: Side, quarter: str, end: dt.date, safe: pd.Index) -> int:
    """Count the unprotected programs committed by a quarter's freeze, dated beyond a day and not delivered by it."""
    judged = side.judged
    last = pd.Timestamp(end)
    early = judged["committed_at"].le(pd.Timestamp(freeze_date(quarter, side.eng.config)))
    open_then = ~(judged["is_delivered"].fillna(False).astype(bool) & judged["actual_end"].le(last))
    gone = judged["cancelled_at"].le(last)
    return int((early & judged["frozen_end"].gt(last) & open_then & ~gone & ~judged.index.isin(safe)).sum())


def _flattery(comparison: Comparison) -> tuple[str, ...]:
    """Return by how much re-dating would flatter either side, where both can be told."""
    settings, seed = comparison.config.settings, comparison.config.seed
    told = []
    for side, cohort in zip((comparison.before, comparison.after), commitments(comparison, "execution_rate"), strict=True):
        latest = cohort.loc[cohort["is_latest_quarter_over"]]
        found = redating_flattery(cohort, latest, settings, seed=seed, period=side.period)
        if found.value is None:
            return ()
        told.append(label_pp(found.value))
    return (f"By the latest instead of the promised date, the rate would differ by {told[0]} before and {told[1]} after.",)
