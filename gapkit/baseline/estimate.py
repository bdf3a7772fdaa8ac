"""The whole baseline of one engagement, computed once and read by all three phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from gapkit.baseline import execution, flow, gap_map, load, replanning, velocity
from gapkit.baseline.cohorts import counted_programs
from gapkit.baseline.coverage import records_begin, uncovered
from gapkit.baseline.outcomes import judge_programs
from gapkit.baseline.slip import estimate_slip
from gapkit.baseline.time_to_market import Curves, estimate_time_to_market
from gapkit.calendar import quarter_end, quarter_start
from gapkit.errors import InputError, Problem
from gapkit.labels import label_date, label_list, label_period
from gapkit.results import not_assessable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gapkit.config import EngagementConfig
    from gapkit.engagement import Engagement
    from gapkit.results import Result


@dataclass(frozen=True)
class Baseline:
    """Everything measured about planned against delivered, as known on one day.

    Attributes
    ----------
    as_of : date
        The day the data was read at.
    quarters : tuple of str
        The baseline quarters, pooled in `results`.
    start, end : date
        First and last day of the baseline quarters.
    results : mapping of str to Result
        Pooled figures, by result name.
    by_quarter : mapping of str to mapping of str to Result
        The delivery rates of each complete quarter with a frozen plan, oldest first.
    by_type : mapping of str to Result
        Execution rate of the baseline quarters by program type.
    judged : DataFrame
        From `outcomes.judge_programs`.
    category : Series
        Gap-map category of each program, indexed like `judged`.
    gap_map : DataFrame
        From `gap_map.gap_map`.
    n_merged : int
        Merged programs counted under their survivor.
    weekly : DataFrame
        Deliveries by week over the baseline quarters, from `velocity.weekly_deliveries`.
    working_weeks : float
        Working weeks of the baseline quarters.
    time_to_market : Curves or None
        Curves; None when not measured.
    slip : DataFrame or None
        Share landed by days after the frozen date, from `slip.estimate_slip`; None when not measured.
    stage_time : DataFrame
        From `flow.stage_time`, over the window.
    kind_time : DataFrame
        From `flow.kind_time`, over the window.
    daily_wip : Series
        Programs in progress on each day of the window.
    balance : FlowBalance or None
        None without recorded starts.
    ageing_limit_days : float or None
        Age beyond which an open program counts as old; None when time-to-market does not say.
    ageing : DataFrame
        Open programs that have grown old.
    moves : DataFrame
        From `replanning.plan_moves`.
    """

    as_of: dt.date
    quarters: tuple[str, ...]
    start: dt.date
    end: dt.date
    results: Mapping[str, Result]
    by_quarter: Mapping[str, Mapping[str, Result]]
    by_type: Mapping[str, Result]
    judged: pd.DataFrame
    category: pd.Series
    gap_map: pd.DataFrame
    n_merged: int
    weekly: pd.DataFrame
    working_weeks: float
    time_to_market: Curves | None
    slip: pd.DataFrame | None
    stage_time: pd.DataFrame
    kind_time: pd.DataFrame
    daily_wip: pd.Series
    balance: load.FlowBalance | None
    ageing_limit_days: float | None
    ageing: pd.DataFrame
    moves: pd.DataFrame


def estimate_baseline(eng: Engagement) -> Baseline:
    """Estimate the baseline of an engagement.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`; its tables hold only what was known at `eng.as_of`.

    Returns
    -------
    Baseline
        Deterministic: the same engagement and seed give the same figures.

    Raises
    ------
    InputError
        When a baseline quarter was not over on the day the data is read at.
    """
    config, settings, seed = eng.config, eng.config.settings, eng.config.seed
    _refuse_unfinished_baseline(config, eng.as_of)
    quarters = tuple(config.baseline_quarters)
    month = config.fiscal_start_month
    start, end = quarter_start(quarters[0], month), quarter_end(quarters[-1], month)
    judged, n_merged = judge_programs(eng.programs, eng.status_events, config, eng.as_of)
    recorded = eng.records_delivery
    category = gap_map.categorise(judged, gap_map.last_activity(eng.status_events, eng.stage_visits), config, eng.as_of)

    pooled = label_list(list(quarters))
    window = label_period(start, eng.as_of)
    trend = execution.complete_quarters(judged, pd.Timestamp(eng.as_of))
    ttm = estimate_time_to_market(judged, config, start, eng.as_of, delivery_recorded=recorded, period=window)
    slip = estimate_slip(judged, quarters, config, eng.as_of, delivery_recorded=recorded, period=pooled)
    visits = flow.visits_in_window(eng.stage_visits, start, eng.as_of, judged["actual_end"].fillna(judged["cancelled_at"]))
    begin = records_begin(eng.programs, eng.status_events)
    spans = load.in_progress_spans(judged, eng.as_of)
    daily = load.daily_wip(spans, max(start, begin or start), eng.as_of)
    has_starts = bool(len(spans))
    moves = replanning.plan_moves(counted_programs(eng.programs)[0], eng.status_events)
    results = {
        **execution.execution_rates(judged, quarters, settings, seed=seed, delivery_recorded=recorded),
        "undated_share": execution.undated_share(judged, settings, period=f"until {label_date(eng.as_of)}"),
        **_velocities(judged, start, end, config, period=pooled, delivery_recorded=recorded, gap=uncovered(begin, start)),
        **ttm.results,
        **slip.results,
        "flow_efficiency": flow.flow_efficiency(visits, settings, seed=seed, period=window),
        "wip": load.estimate_wip(daily, people=len(eng.people), period=window, has_starts=has_starts),
        **replanning.replanning_results(moves, settings, period=f"first seen until {label_date(eng.as_of)}"),
    }
    return Baseline(
        as_of=eng.as_of,
        quarters=quarters,
        start=start,
        end=end,
        results=results,
        by_quarter={
            quarter: execution.execution_rates(judged, (quarter,), settings, seed=seed, delivery_recorded=recorded)
            for quarter in trend
        },
        by_type=execution.rates_by(judged, quarters, "type", settings) if recorded else {},
        judged=judged,
        category=category,
        gap_map=gap_map.gap_map(judged, category),
        n_merged=n_merged,
        weekly=velocity.weekly_deliveries(judged, start, end),
        working_weeks=velocity.working_weeks(start, end, config),
        time_to_market=ttm.curves,
        slip=slip.curve,
        stage_time=flow.stage_time(visits, settings, seed=seed),
        kind_time=flow.kind_time(visits, settings, seed=seed),
        daily_wip=daily,
        balance=load.check_balance(spans, start, eng.as_of, settings) if has_starts else None,
        ageing_limit_days=ttm.ageing_limit_days,
        ageing=load.ageing(judged, spans, ttm.ageing_limit_days, eng.as_of),
        moves=moves,
    )


def _velocities(
    judged: pd.DataFrame, start: dt.date, end: dt.date, config: EngagementConfig, *, period: str, delivery_recorded: bool,
    gap: str,
) -> dict[str, Result]:  # fmt: skip
    """Return both velocities; neither where the records begin after the window did."""
    if gap and delivery_recorded:
        return {name: not_assessable(name, gap, unit="per_week", period=period) for name in velocity.VELOCITIES}
    estimators = (velocity.estimate_velocity, velocity.estimate_points_velocity)
    return {
        name: estimate(judged, start, end, config, period=period, delivery_recorded=delivery_recorded)
        for name, estimate in zip(velocity.VELOCITIES, estimators, strict=True)
    }


def _refuse_unfinished_baseline(config: EngagementConfig, known_on: dt.date) -> None:
    """Refuse a day on which the baseline quarters were not over: their rates would be judged before their time."""
    last = config.baseline_quarters[-1]
    over = quarter_end(last, config.fiscal_start_month)
    if over > known_on:
        raise InputError([
            Problem(f"the baseline quarter {last} was not over on the day the data is read at", value=known_on.isoformat(),
                    allowed=f"{over.isoformat()} or later",
                    remedy="Choose a later day, or other baseline_quarters in engagement.yml.")
        ])  # fmt: skip
