"""Delivery rates of the frozen plan: the commitments due in the measure window against the frozen counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES, NO_SPEC
from gapkit.baseline.frozen import MEASURES, worthwhile_change
from gapkit.baseline.rates import estimate_rate
from gapkit.baseline.velocity import estimate_velocity
from gapkit.calendar import holds_whole_quarter, quarter_end, quarter_start
from gapkit.labels import label_count, label_date, label_period
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.measurement.effects.needed import rate_needed
from gapkit.results import Result, not_assessable
from gapkit.stats.differences import boschloo, newcombe_difference

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig
    from gapkit.measurement.comparison import Comparison

OUTCOME: Final = {"execution_rate": "delivered_by_quarter_end", "on_time_rate": "is_on_time", "otif_rate": "is_otif"}
NONE_DUE: Final = "No committed program was due in the measure window."
PART_OF_QUARTER: Final = (
    "The window holds no whole quarter, and the execution rate is read over whole quarters only. A window that holds one, "
    "or the on-time rate as the measure agreed on, would switch this on."
)
NOT_FROZEN: Final = "Not part of the frozen baseline."


def commitments_due(judged: pd.DataFrame, start: dt.date, end: dt.date, as_of: dt.date, grace_days: int) -> pd.DataFrame:
    """Return the frozen commitments whose planned end, plus grace, fell due in a window and has passed.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    start, end : date
        First and last day of the window, both included.
    as_of : date
        Later dues are left out, so that nothing is judged before its time.
    grace_days : int
        Days of grace after the planned end.
    """
    due = judged["frozen_end"]
    passed = due + pd.Timedelta(days=grace_days) <= pd.Timestamp(as_of)
    inside = due.between(pd.Timestamp(start), pd.Timestamp(end))
    return judged.loc[(judged["group"] == "committed") & inside & passed]


def measure_after(
    judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date, start: dt.date, end: dt.date, delivery_recorded: bool
) -> dict[str, Result]:
    """Estimate the frozen measures in the measure window, by the same definitions as the baseline.

    Returns
    -------
    dict of Result
        `MEASURES` and velocity_per_week.
    """
    period = label_period(start, end)
    due = commitments_due(judged, start, end, as_of, config.grace_days)
    whole, why_none = whole_quarters(judged, config, as_of, start, end)
    results: dict[str, Result] = {}
    for name in MEASURES:
        frame = whole if name == "execution_rate" else due
        if not delivery_recorded:
            results[name] = not_assessable(name, NO_DELIVERIES, period=period, n=len(frame))
        elif name == "otif_rate" and len(frame) and not frame["is_to_spec"].notna().any():
            results[name] = not_assessable(name, NO_SPEC, period=period, n=len(frame))
        elif name == "execution_rate" and why_none:
            results[name] = why_none
        else:
            missing = "" if len(frame) else NONE_DUE
            results[name] = estimate_rate(
                name, frame[OUTCOME[name]], frame["team"], config.settings, period=period, missing=missing
            )
    results["velocity_per_week"] = estimate_velocity(
        judged, start, min(end, as_of), config, period=period, delivery_recorded=delivery_recorded
    )
    return results


def whole_quarters(
    judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date, start: dt.date, end: dt.date
) -> tuple[pd.DataFrame, Result | None]:
    """Return the commitments of the quarters that lie whole inside the window and are over, and why there are none.

    A part of a quarter would be judged with another time to finish than the whole quarters of the baseline: what falls due
    in its first month has two more months, what falls due in its last has hardly any.
    """
    agreed = config.measure_end
    last = agreed if agreed is not None and config.measure_start == start else end
    period, month = label_period(start, end), config.fiscal_start_month
    plan = judged.loc[(judged["group"] == "committed") & judged["quarter"].notna()]
    inside = {q for q in plan["quarter"].unique() if quarter_start(q, month) >= start and quarter_end(q, month) <= last}
    over = {q for q in inside if quarter_end(q, month) <= as_of}
    cohort = plan.loc[plan["quarter"].isin(list(over))]
    if len(cohort):
        return cohort, None
    if holds_whole_quarter(start, last, month):
        waiting = int(plan["quarter"].isin(list(inside)).sum())
        when = label_date(min(quarter_end(q, month) for q in inside)) if inside else ""
        said = f"{label_count(waiting, 'commitment')} of the window; execution is read at the end of the quarter, {when}."
        why = said if inside else NONE_DUE
        return cohort, Result("execution_rate", period=period, status="thin", grade="C", caveats=(why,))
    return cohort, not_assessable("execution_rate", PART_OF_QUARTER, period=period)


def compare_rates(before: Result, after: Result) -> tuple[Result, float | None]:
    """Return the difference of two rates and its exact p-value.

    Notes
    -----
    Newcombe's method 10 without continuity correction (Newcombe 1998, Statistics in Medicine 17:873-890) and Boschloo's
    exact test. Programs of one team are alike, but the same teams stand on both sides, so the team effect cancels in the
    difference.
    """
    if not (before.is_ok and after.is_ok) or before.events is None or after.events is None:
        return no_difference(before, after, "pp"), None
    gap = newcombe_difference(after.events, after.n, before.events, before.n)
    p_value = boschloo(after.events, after.n, before.events, before.n).p_value
    return Result(f"{after.name}_difference", gap.value, gap.low, gap.high, n=after.n, unit="pp", period=after.period,
                  method="Newcombe interval for the difference of two rates"), p_value  # fmt: skip


def delivery_rates(comparison: Comparison) -> list[Draft]:
    """Compare execution, on-time and OTIF rate with the frozen counts."""
    side, config, frozen = comparison.after, comparison.config, comparison.frozen
    after = measure_after(side.judged, config, side.eng.as_of, side.start, side.end, side.eng.records_delivery)
    drafts = []
    for name in MEASURES:
        before = frozen.results.get(name) or not_assessable(name, NOT_FROZEN, period=comparison.before.period)
        difference, p_value = compare_rates(before, after[name])
        change = worthwhile_change(frozen.min_change, name)
        needed = rate_needed(before, after[name], change, side.start, side.end)
        drafts.append(Draft(name, before, after[name], difference, p_value, worthwhile=change, needed=needed))
    return drafts
