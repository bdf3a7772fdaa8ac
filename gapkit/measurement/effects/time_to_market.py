"""Time-to-market by period: only the time at risk inside each window counts, on both sides alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.baseline.quantiles import least_for, quantile_days, thin_time
from gapkit.baseline.time_to_market import CANCELLED, CLOCKS, DELIVERED, MEAN, durations
from gapkit.labels import label_days, label_result
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.measurement.effects.needed import pace_needed
from gapkit.measurement.effects.restricted import Compared, alone, compare_restricted
from gapkit.measurement.effects.undated import thin_undated, undated_words
from gapkit.results import Result, not_assessable
from gapkit.stats.log_rank import log_rank

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig
    from gapkit.measurement.comparison import Comparison, Side

NOTHING_COMMON: Final = "The two windows have no stretch of program life in common that was watched in both."


def durations_within(judged: pd.DataFrame, clock: str, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Return how long each program was watched inside a window, whatever became of it afterwards.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    clock : str
        Column in which the clock starts.
    start, end : date
        The window. Programs already running enter at their age; what ends after `end` is still running at `end`.

    Returns
    -------
    DataFrame
        Indexed by program_id: entry, exit, is_event (delivered inside the window), is_cancelled; a cancellation ends the
        watching. Left out: what `durations` leaves out, among it programs that ended on an unknown day.
    """
    ended = judged["actual_end"].where(judged["status"].eq("delivered"), judged["cancelled_at"])
    is_later = ended.gt(pd.Timestamp(end)) & judged["status"].isin(["delivered", "cancelled"])
    units = durations(judged.assign(status=judged["status"].mask(is_later, "in_progress")), clock, start, end)
    return units.assign(is_event=units["cause"].eq(DELIVERED), is_cancelled=units["cause"].eq(CANCELLED))


def time_to_market(comparison: Comparison) -> list[Draft]:
    """Compare the restricted mean time-to-market of both windows."""
    config, sides = comparison.config, (comparison.before, comparison.after)
    clock = CLOCKS[config.ttm_clock]
    missing = [_missing(side, clock) for side in sides]
    units = [durations_within(side.judged, clock, side.start, side.end) for side in sides]
    undated = [thin_undated(MEAN, _watchable(side, clock), config.settings, side.period) for side in sides]
    thin = [missing[i] or undated[i] or _thin(units[i], side, config) for i, side in enumerate(sides)]
    horizon, least = config.ttm_horizon_days, config.settings.min_at_risk
    found = None if any(thin) else compare_restricted(units[0], units[1], horizon, start_at_risk=least)
    own = [found if not any(thin) else alone(frame, horizon, start_at_risk=least) for frame in units]
    before, after = (thin[i] or _side(own[i], i, units[i], side, clock) for i, side in enumerate(sides))
    change = abs(float(comparison.frozen.min_change["ttm"]))
    # Where days are lost, more programs of that kind would not help.
    needed = "" if any(undated) else pace_needed(before, after, change, sides[1].start, sides[1].end)
    if found is None:
        why = () if any(thin) else (NOTHING_COMMON,)
        return [Draft(MEAN, before, after, no_difference(before, after, "days", *why), better=-1, needed=needed)]
    difference = Result(
        f"{MEAN}_difference", found.difference.value, found.difference.low, found.difference.high, n=after.n, unit="days",
        period=after.period, method=f"difference of mean days within the first {found.tau:.0f}; p by log-rank",
        caveats=_caveats(found, config),
    )  # fmt: skip
    p_value = same_curve_p(units[0], units[1], found.start)
    return [Draft(MEAN, before, after, difference, p_value, -1, change * found.before.value, needed)]


def _missing(side: Side, clock: str) -> Result | None:
    if side.eng.records_delivery and side.judged[clock].notna().any():
        return None
    why = f"No source records {clock}, the day on which the clock starts."
    return not_assessable(MEAN, why if side.eng.records_delivery else NO_DELIVERIES, unit="days", period=side.period)


def _watchable(side: Side, clock: str) -> pd.DataFrame:
    """Return the programs that a window could watch within the horizon, by the start of their clock alone."""
    first = pd.Timestamp(side.start) - pd.Timedelta(days=side.eng.config.ttm_horizon_days)
    began = side.judged[clock]
    return side.judged.loc[began.gt(first) & began.le(pd.Timestamp(side.end))]


def _thin(units: pd.DataFrame, side: Side, config: EngagementConfig) -> Result | None:
    return thin_time(MEAN, len(units), int(units["is_event"].sum()), least_for(0.5, config.settings), side.period)


def _side(found: Compared | None, place: int, units: pd.DataFrame, side: Side, clock: str) -> Result:
    n, events = len(units), int(units["is_event"].sum())
    if found is None:
        return Result(MEAN, n=n, events=events, unit="days", period=side.period, status="thin", grade="C",
                      caveats=(NOTHING_COMMON,))  # fmt: skip
    mean = (found.before, found.after)[place]
    median = quantile_days("time_to_market_median_days", found.curves[place], 0.5, side.eng.config.settings,
                           period=side.period, method="Kaplan–Meier with delayed entry, if not cancelled")  # fmt: skip
    return Result(MEAN, mean.value, mean.low, mean.high, n=n, events=events, unit="days", period=side.period, grade="B",
                  method=f"mean days to market within the first {found.tau:.0f} days, time inside the window only",
                  caveats=(f"Median: {label_result(median)}.",),
                  ).with_caveats(undated_words(_watchable(side, clock)))  # fmt: skip


def _caveats(found: Compared, config: EngagementConfig) -> tuple[str, ...]:
    said = []
    if found.tau < config.ttm_horizon_days:
        said.append(f"Within the first {label_days(found.tau)}: neither window was watched up to the agreed "
                    f"{config.ttm_horizon_days} on both sides.")  # fmt: skip
    if found.start > 0:
        said.append(f"Given not delivered before day {found.start:.0f}: younger programs were too few in one window.")
    return tuple(said)


def same_curve_p(before: pd.DataFrame, after: pd.DataFrame, start: float) -> float | None:
    """Return the p-value of equal curves with delayed entry; None where the windows never meet."""
    rows = pd.concat([before.assign(side="before"), after.assign(side="after")])
    rows = rows.loc[rows["exit"] > start]
    try:
        return log_rank(rows["exit"], rows["is_event"], rows["side"], rows["entry"].clip(lower=start)).p_value
    except ValueError:
        return None
