"""Slip: how many days after its frozen date a program lands.

Programs that are overdue and still open have slipped at least so far; leaving them out would make the plan look better the
more of it is unfinished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES, committed
from gapkit.baseline.quantiles import least_for, quantile_days, thin_time
from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.kaplan_meier import SurvivalCurve, kaplan_meier, survival_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapkit.config import EngagementConfig, Settings

MEDIAN, P85, LATE = "slip_median_days", "slip_p85_days", "slip_late_share"


@dataclass(frozen=True)
class Slip:
    """Slip of the frozen plan of some quarters.

    Attributes
    ----------
    results : dict of Result
        slip_median_days, slip_p85_days (negative = early), slip_late_share (share past the frozen date).
    curve : DataFrame or None
        Columns slip_days, landed, low, high (shares delivered by so many days after the frozen date); None when too little
        data.
    """

    results: dict[str, Result]
    curve: pd.DataFrame | None


def slips(judged: pd.DataFrame, quarters: Sequence[str], as_of: dt.date) -> pd.DataFrame:
    """Return the slip of each committed program, known or still growing.

    Returns
    -------
    DataFrame
        Indexed by program_id: slip_days, is_landed (False = at least so many days so far). Left out: cancelled and merged
        programs, which have no slip, and deliveries on an unknown day.
    """
    cohort = committed(judged, quarters)
    cohort = cohort.loc[~cohort["status"].isin(["cancelled", "merged"]) & cohort["frozen_end"].notna()]
    landed = cohort["status"] == "delivered"
    until = cohort["actual_end"].mask(~landed, pd.Timestamp(as_of))
    frame = pd.DataFrame({"slip_days": (until - cohort["frozen_end"]).dt.days.astype(float), "is_landed": landed})
    return frame.dropna(subset=["slip_days"])


def estimate_slip(
    judged: pd.DataFrame,
    quarters: Sequence[str],
    config: EngagementConfig,
    as_of: dt.date,
    *,
    delivery_recorded: bool,
    period: str,
) -> Slip:
    """Estimate slip against the frozen plan.

    Notes
    -----
    Kaplan-Meier on slip plus a constant that makes every value positive; open programs are censored at today's slip.
    Cancelled programs have no slip and are left out, with their number in the caveats.
    """
    names = (MEDIAN, P85, LATE)
    units = slips(judged, quarters, as_of)
    if not delivery_recorded or units.empty:
        why = _why_none(committed(judged, quarters)) if delivery_recorded else NO_DELIVERIES
        return Slip({name: not_assessable(name, why, unit="share" if name == LATE else "days", period=period)
                     for name in names}, None)  # fmt: skip
    shift = 1.0 - float(units["slip_days"].min())
    curve = kaplan_meier(units["slip_days"] + shift, units["is_landed"], start_at_risk=1)
    caveats = _left_out(committed(judged, quarters))
    results = {
        MEDIAN: _quantile(MEDIAN, curve, units, 0.5, shift, config.settings, period).with_caveats(*caveats),
        P85: _quantile(P85, curve, units, 0.85, shift, config.settings, period).with_caveats(*caveats),
        LATE: _late_share(curve, units, shift, config.settings, period).with_caveats(*caveats),
    }
    return Slip(results, _frame(curve, shift) if results[LATE].is_ok else None)


def _why_none(cohort: pd.DataFrame) -> str:
    """Return why no program has a slip."""
    if cohort.empty:
        return "No program was in the frozen plan."
    return " ".join(("No program of the frozen plan has a slip.", *_left_out(cohort)))


def _left_out(cohort: pd.DataFrame) -> tuple[str, ...]:
    """Return how many programs of the plan have no slip, and why."""
    undated = int((cohort["is_delivered"] & cohort["actual_end"].isna()).sum())
    counts = (
        (int((cohort["status"] == "cancelled").sum()), "cancelled program", "cancelled programs"),
        (undated, "delivered program without a date", "delivered programs without a date"),
    )
    return tuple(f"{label_count(count, one, many)} left out." for count, one, many in counts if count)


def _quantile(
    name: str, curve: SurvivalCurve, units: pd.DataFrame, share: float, shift: float, settings: Settings, period: str
) -> Result:
    method = "Kaplan–Meier on slip, open programs censored"
    thin = thin_time(name, len(units), int(units["is_landed"].sum()), least_for(share, settings), period)
    return thin or quantile_days(name, curve, share, settings, period=period, method=method, shift=shift)


def _late_share(curve: SurvivalCurve, units: pd.DataFrame, shift: float, settings: Settings, period: str) -> Result:
    late, n = int((units["slip_days"] > 0).sum()), len(units)
    if n < settings.min_n_rate:
        return Result(LATE, n=n, events=late, period=period, status="thin", grade="C",
                      caveats=(f"Only {label_count(n, 'program')} in the frozen plan.",))  # fmt: skip
    on_date = survival_at(curve, [shift])
    return Result(LATE, float(on_date.value[0]), float(on_date.low[0]), float(on_date.high[0]), n=n, events=late,
                  period=period, method="share not delivered by the frozen date (Kaplan–Meier)", grade="B")  # fmt: skip


def _frame(curve: SurvivalCurve, shift: float) -> pd.DataFrame:
    """Return the share landed by each day of slip, with limits, one row a day from the earliest to the last event."""
    last = curve.times[-1] if curve.times.size else shift
    days = np.arange(0.0, last + 1)
    band = survival_at(curve, days)
    return pd.DataFrame({"slip_days": days - shift, "landed": 1 - band.value, "low": 1 - band.high, "high": 1 - band.low})
