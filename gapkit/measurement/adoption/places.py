"""The agreed times: how many waits of each place kept them before, and how many do now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from gapkit.measurement.effects.places import waits_begun
from gapkit.measurement.effects.sla import waits_due
from gapkit.results import Result
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.redesign.targets.promises_file import AgreedTime

NO_TIMES: Final = "No agreed time stands in decisions.yml; with one, the waits of its place are counted."
NO_TABLE: Final = "The table stage_visits or handoffs would switch this on."
NONE_DUE: Final = "No wait began long enough ago to have gone over its agreed time."
COLUMNS: Final = ["place", "program_id", "is_kept"]
KEPT: Final = "waits that ended within the agreed time, of those begun long enough ago to have gone over it"


def kept_waits(side: Side, days: dict[str, float]) -> pd.DataFrame:
    """Return the waits of a window at some places, old enough to tell, each with whether it kept its time.

    Parameters
    ----------
    side : Side
        From `comparison.compare_windows`.
    days : dict of str to float
        Business days allowed, by place.

    Returns
    -------
    DataFrame
        Columns place, program_id, is_kept.
    """
    begun = waits_begun(side, list(days))
    # Without a wait there is nothing a time could be held against.
    return begun.assign(is_kept=False)[COLUMNS] if begun.empty else waits_due(begun, days)


def times_kept(comparison: Comparison, slas: tuple[AgreedTime, ...]) -> Part:
    """Return how many waits keep the times agreed, by place and in all.

    Notes
    -----
    A wait too young to be over its time is left out, also where it has ended. Waits of one program are alike, which the
    interval of all allows for. The mark of all places is the mean of theirs, weighted by waits. Where a time was agreed,
    those only proposed are listed and not counted; where none was, the part is of the proposed ones, and its name says so.
    """
    sides, days = (comparison.before, comparison.after), {one.id: one.days for one in slas}
    is_recorded = comparison.after.eng.has("stage_visits") or comparison.after.eng.has("handoffs")
    missing = NO_TIMES if not slas else NO_TABLE if not is_recorded else NONE_DUE
    before, after = (kept_waits(side, days) for side in sides)
    entries = tuple(
        Entry(one.id, _one(before, one.id, sides[0]), _one(after, one.id, sides[1]), _mark(one), one.standing)
        for one in slas
    )
    standings = {one.id: one.standing for one in slas}
    within = counted(standings)
    before, after = (frame.loc[frame["place"].isin(within)] for frame in (before, after))
    marks = after["place"].map({one.id: _mark(one) for one in slas}).astype(float)
    mark = round(float(marks.mean()), 6) if len(marks) else MARK
    pooled = [_all(frame, side, missing) for frame, side in zip((before, after), sides, strict=True)]
    others = left_out(standings, {one.id: one.id for one in slas})
    return Part("times_kept", f"waits within their {standing_word(standings)} time", KEPT, ("stage_visits", "handoffs"),
                pooled[0], pooled[1], mark, word_of(pooled[1], mark), entries, others)  # fmt: skip


def _mark(one: AgreedTime) -> float:
    return MARK if one.adherence is None else one.adherence


def _one(waits: pd.DataFrame, place: str, side: Side) -> Result:
    mine = waits.loc[waits["place"].eq(place), "is_kept"]
    settings = side.eng.config.settings
    return share(int(mine.sum()), len(mine), "wait", settings, period=side.period, missing=NONE_DUE)


def _all(waits: pd.DataFrame, side: Side, missing: str) -> Result:
    """Return the share over all places; waits of one program are alike."""
    settings = side.eng.config.settings
    plain = share(int(waits["is_kept"].sum()), len(waits), "wait", settings, period=side.period, missing=missing)
    if not plain.is_ok:
        return plain
    rate = clustered_wilson(waits["is_kept"].to_numpy(bool), waits["program_id"], LEVEL)
    return Result(NAME, rate.value, rate.low, rate.high, level=LEVEL, n=plain.n, events=plain.events, period=plain.period,
                  method="Wilson interval, waits of one program alike", grade="B")  # fmt: skip
