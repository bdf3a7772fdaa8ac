"""Slip against the frozen date, finished, open or cancelled: mean days late within a horizon, early ones negative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.baseline.quantiles import least_for, thin_time
from gapkit.labels import label_count, label_days, label_number
from gapkit.measurement.effects.delivery import NONE_DUE, commitments_due
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.measurement.effects.needed import least_needed
from gapkit.measurement.effects.restricted import Compared, alone, compare_restricted
from gapkit.measurement.effects.undated import ended_on, thin_undated
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Comparison, Side

NAME: Final = "slip_restricted_mean_days"
NOT_COMPARABLE: Final = "The two windows were not watched long enough after the planned ends to compare."


def slips_due(side: Side) -> pd.DataFrame:
    """Return the slip of each commitment due in a window: known, still growing, or cut off by a cancellation.

    Returns
    -------
    DataFrame
        Indexed by program_id: slip_days (negative = early), is_event (False = at least so many days), is_cancelled. Left
        out: merged programs, which go on under another id, and those that ended on an unknown day.

    Notes
    -----
    A program cancelled so many days after its frozen date, or before it, was not delivered by then: its slip is at least
    that, and beyond it is taken to be like that of the others still open. Leaving it out would keep only those delivered
    before anybody could cancel them, so cancelling late work would read as less slip. What is cancelled because it would be
    later than the others still makes the mean too low; the on-time rate counts it as missed.
    """
    due = _due(side)
    due = due.loc[due["status"].ne("merged")]
    landed, cancelled = due["status"].eq("delivered"), due["status"].eq("cancelled")
    until = ended_on(due).where(landed | cancelled, pd.Timestamp(side.eng.as_of))
    days = (until - due["frozen_end"]).dt.days.astype(float)
    frame = pd.DataFrame({"slip_days": days, "is_event": landed, "is_cancelled": cancelled})
    return frame.dropna(subset=["slip_days"])


def _due(side: Side) -> pd.DataFrame:
    return commitments_due(side.judged, side.start, side.end, side.eng.as_of, side.eng.config.grace_days)


def _left_out(side: Side, units: pd.DataFrame, when: str = "") -> str:
    """Return how many commitments due have no slip; `when` says of which side."""
    due = len(_due(side))
    many = due - len(units)
    if not many:
        return ""
    sided = f"{when}: {label_number(many)} of {label_count(due, 'commitment')} due"
    return f"{sided if when else label_count(many, 'program')} left out (merged, or ended on an unknown day)."


def _cut_off(sides: Sequence[Side], units: Sequence[pd.DataFrame]) -> str:
    """Return how many were cancelled on both sides, and what that takes for granted; empty where none was."""
    many = [int(frame["is_cancelled"].sum()) for frame in units]
    if not any(many):
        return ""
    counts = [f"{label_number(n)} of {label_number(len(_due(side)))}" for n, side in zip(many, sides, strict=True)]
    return (
        f"Cancelled: {counts[0]} commitments due before, {counts[1]} after; counted up to that day, as if they would then "
        "have gone on like the others still open."
    )


def slip(comparison: Comparison) -> list[Draft]:
    """Compare the restricted mean slip of the commitments due in both windows."""
    config, sides = comparison.config, (comparison.before, comparison.after)
    units = [slips_due(side) for side in sides]
    thin = [_thin(frame, side) for frame, side in zip(units, sides, strict=True)]
    shift = 1.0 - min((float(frame["slip_days"].min()) for frame in units if len(frame)), default=0.0)
    spans = [frame.assign(exit=frame["slip_days"] + shift, entry=0.0) for frame in units]
    horizon = config.late_horizon_days + shift
    found = None if any(thin) else compare_restricted(spans[0], spans[1], horizon)
    own = [found if not any(thin) else alone(frame, horizon) for frame in spans]
    before, after = (thin[i] or _side(own[i], i, shift, units[i], side) for i, side in enumerate(sides))
    least = config.settings.min_n_median
    needed = least_needed(after, least, sides[1].start, sides[1].end, noun="commitment due", many="commitments due")
    if found is None:
        return [Draft(NAME, before, after, no_difference(before, after, "days"), better=-1, needed=needed)]
    gap, capped = found.difference, found.tau - shift
    difference = Result(
        f"{NAME}_difference", gap.value, gap.low, gap.high, n=after.n, unit="days", period=after.period,
        method=f"difference of mean slip, capped {capped:.0f} days after the frozen date (Kaplan–Meier)",
        caveats=_caveats(capped, config.late_horizon_days),
    ).with_caveats(
        _cut_off(sides, units), *(_left_out(side, units[i], ("Before", "After")[i]) for i, side in enumerate(sides))
    )  # fmt: skip
    return [Draft(NAME, before, after, difference, found.p_value, -1, None, needed)]


def _caveats(horizon: float, agreed: int) -> tuple[str, ...]:
    if horizon >= agreed:
        return ()
    return (f"Capped at {label_days(horizon)} and not at {agreed}: no program of both windows was watched for longer.",)


def _thin(units: pd.DataFrame, side: Side) -> Result | None:
    """Return why a window has no mean slip, None where it has one."""
    if not side.eng.records_delivery:
        return not_assessable(NAME, NO_DELIVERIES, unit="days", period=side.period)
    settings = side.eng.config.settings
    undated = thin_undated(NAME, _due(side), settings, side.period)
    if undated is None and units.empty:
        return not_assessable(NAME, NONE_DUE, unit="days", period=side.period)
    return undated or thin_time(
        NAME, len(units), int(units["is_event"].sum()), least_for(0.5, settings), side.period
    )  # fmt: skip


def _side(found: Compared | None, place: int, shift: float, units: pd.DataFrame, side: Side) -> Result:
    n, events = len(units), int(units["is_event"].sum())
    if found is None:
        return Result(NAME, n=n, events=events, unit="days", period=side.period, status="thin", grade="C",
                      caveats=(NOT_COMPARABLE,))  # fmt: skip
    mean = (found.before, found.after)[place]
    cancelled = int(units["is_cancelled"].sum())
    running = n - events - cancelled
    counted = (
        f"{label_count(running, 'program')} not delivered yet, counted with the slip so far." if running else "",
        f"{label_count(cancelled, 'program')} cancelled, counted with the slip up to that day." if cancelled else "",
    )
    return Result(
        NAME, mean.value - shift, mean.low - shift, mean.high - shift, n=n, events=events, unit="days",
        period=side.period, method="mean days after the frozen date, capped (Kaplan–Meier)", grade="B",
    ).with_caveats(*counted, _left_out(side, units))  # fmt: skip
