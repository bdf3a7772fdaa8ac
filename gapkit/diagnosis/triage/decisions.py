"""How decisions are taken: how long they wait, how often they are taken back, whether their criteria are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.plans import local_day
from gapkit.baseline.quantiles import quantile_days
from gapkit.calendar import business_days
from gapkit.labels import label_count, label_period
from gapkit.results import Result, not_assessable
from gapkit.stats.kaplan_meier import kaplan_meier
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

REVERSAL_DAYS: Final = 60
SAME_DAY: Final = 0.5  # a decision asked for and taken on one day still took time
NO_LOG: Final = "No decisions asked for in the window. The table decisions would switch this on."
NO_CRITERIA: Final = "The column criteria_recorded of decisions would switch this on."


def asked_in_window(eng: Engagement, baseline: Baseline) -> pd.DataFrame:
    """Return the decisions asked for between the start of the baseline and the day the data is read at."""
    asked = local_day(eng.decisions["asked_at"])
    return eng.decisions.loc[asked.between(pd.Timestamp(baseline.start), pd.Timestamp(eng.as_of))]


def measure_decisions(eng: Engagement, baseline: Baseline) -> dict[str, Result]:
    """Measure the decisions of the window.

    Parameters
    ----------
    eng : Engagement
        Supplies the table decisions.
    baseline : Baseline
        Supplies the window.

    Returns
    -------
    dict of Result
        - decision_latency_days: median business days from asking to deciding (Kaplan-Meier, open ones censored);
        - reversal_share: taken back within 60 days / decisions that are 60 days old, or taken back already;
        - criteria_recorded_share: criteria written down before deciding / decisions of which that is known.
    """
    rows, period = asked_in_window(eng, baseline), label_period(baseline.start, eng.as_of)
    latency = measure_latency(eng, rows, period)
    decided, taken_back = local_day(rows["decided_at"]), local_day(rows["reversed_at"])
    within = (taken_back - decided).dt.days.le(REVERSAL_DAYS)
    can_tell = decided.notna() & ((pd.Timestamp(eng.as_of) - decided).dt.days.ge(REVERSAL_DAYS) | within)
    known = rows["criteria_recorded"].dropna().astype(bool)
    missing = NO_CRITERIA if len(rows) else NO_LOG
    fewest = eng.config.settings.min_n_rate
    return {
        latency.name: latency,
        "reversal_share": _share("reversal_share", within[can_tell], fewest, period, NO_LOG),
        "criteria_recorded_share": _share("criteria_recorded_share", known, fewest, period, missing),
    }


def measure_latency(eng: Engagement, rows: pd.DataFrame, period: str) -> Result:
    """Return the median business days from asking for a decision to taking it.

    Parameters
    ----------
    eng : Engagement
        Supplies the day of reading, calendar and settings.
    rows : DataFrame
        Rows of the table decisions.
    period : str
        The window they were asked in, in words.
    """
    name, settings = "decision_latency_days", eng.config.settings
    if rows.empty:
        return not_assessable(name, NO_LOG, unit="days", period=period)
    decided = local_day(rows["decided_at"])
    taken = int(decided.notna().sum())
    if len(rows) < settings.min_n_median or taken < settings.min_deliveries_median:
        words = (
            f"{label_count(len(rows), 'decision')}, {taken} of them taken; {settings.min_n_median} and "
            f"{settings.min_deliveries_median} are needed."
        )
        return Result(
            name, n=len(rows), events=taken, unit="days", period=period, status="thin", grade="C", caveats=(words,)
        )
    until = decided.fillna(pd.Timestamp(eng.as_of))
    days = business_days(local_day(rows["asked_at"]), until, eng.config.weekmask, eng.config.holidays)
    curve = kaplan_meier(np.maximum(days, SAME_DAY), decided.notna(), start_at_risk=settings.min_at_risk)
    method = "Kaplan–Meier over business days, open decisions censored"
    return quantile_days(name, curve, 0.5, settings, period=period, method=method)


def _share(name: str, hit: pd.Series, fewest: int, period: str, missing: str) -> Result:
    """Return a share of decisions with its Wilson interval, thin below the minimum n."""
    n, events = len(hit), int(hit.sum())
    if n == 0:
        return not_assessable(name, missing, period=period)
    if n < fewest:
        words = f"Only {label_count(n, 'decision')}; {fewest} are needed."
        return Result(name, n=n, events=events, period=period, status="thin", grade="C", caveats=(words,))
    rate = wilson(events, n)
    return Result(name, *rate, n=n, events=events, period=period, method="Wilson interval", grade="B")
