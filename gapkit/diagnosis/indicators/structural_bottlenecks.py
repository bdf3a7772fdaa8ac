"""Structural bottlenecks: work that waits for others, above all for approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.baseline.flow import NO_VISITS, visits_in_window
from gapkit.baseline.plans import local_day
from gapkit.diagnosis.indicators.measured import About, Measured, share_of

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

B1 = About(
    "B1", "of the time programs spent in process was waiting",
    "waiting, approval, blocked and external time / all time in process, inside the window, open visits up to the last day",
    ("stage_visits",),
)  # fmt: skip
B2 = About(
    "B2", "of the planned time went into waiting for approvals, partners and blockers",
    "business days in approval, external and blocked stages / planned business days, mean over programs delivered in the "
    "window; unfinished and cancelled ones against the time elapsed, where that is shorter",
    ("stage_visits", "programs"),
)  # fmt: skip
B3 = About(
    "B3", "of approvals took longer than agreed",
    "approval visits longer than the time agreed (5 business days where none is) / approval visits begun in the window; "
    "open ones already over count",
    ("stage_visits",),
)  # fmt: skip
B4 = About(
    "B4", "of approvals sent the work back",
    "approval visits sent back / approval visits begun in the window and completed",
    ("stage_visits",),
)  # fmt: skip
HELD_UP = ("approval", "external", "blocked")


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return B1 to B4."""
    if not basis.eng.has("stage_visits"):
        return tuple(about.missing(NO_VISITS) for about in (B1, B2, B3, B4))
    return _waiting(basis), _held_up(basis), _over_time(basis), _returned(basis)


def _waiting(basis: Basis) -> Measured:
    visits = visits_in_window(basis.eng.stage_visits, basis.start.date(), basis.as_of.date(), basis.ended_on)
    return B1.measured(
        share_of("program", visits["program_id"], visits["days"].where(~visits["is_active"], 0.0), visits["days"])
    )


def _days_in(basis: Basis, visits: pd.DataFrame) -> pd.Series:
    """Return the business days of each visit; an open one lasts to the end of its program, or to the last day."""
    ended = basis.ended_on.reindex(visits["program_id"]).set_axis(visits.index)
    left = local_day(visits["left_at"]).fillna(ended).fillna(basis.as_of)
    return pd.Series(np.maximum(basis.business_days(local_day(visits["entered_at"]), left), 0), index=visits.index)


def _held_up(basis: Basis) -> Measured:
    judged = basis.judged
    planned = pd.Series(basis.business_days(judged["frozen_start"], judged["frozen_end"]), index=judged.index)
    visits = basis.eng.stage_visits.loc[basis.eng.stage_visits["kind"].isin(HELD_UP)]
    held = _days_in(basis, visits).groupby(visits["program_id"]).sum().reindex(judged.index, fill_value=0.0)
    ended = basis.ended_on.fillna(basis.as_of)
    elapsed = pd.Series(basis.business_days(judged["actual_start"], ended), index=judged.index)
    # An unfinished program has not had its whole plan's time yet.
    base = planned.where(basis.is_delivered, np.minimum(planned, elapsed))
    counted = basis.is_delivered | basis.is_in_flight | basis.in_window(judged["cancelled_at"])
    counted &= planned.gt(0) & base.gt(0) & basis.is_among(basis.eng.stage_visits["program_id"])
    if not counted.any():
        return B2.missing("Programs with stage history, planned start and planned end would switch this on.")
    return B2.measured(share_of("program", judged.index[counted].to_series(), (held / base)[counted]))


def _approvals(basis: Basis) -> pd.DataFrame:
    """Return the approval visits begun in the window: no longer one is likelier to be among them than a shorter one."""
    visits = basis.eng.stage_visits
    return visits.loc[visits["kind"].eq("approval") & basis.in_window(local_day(visits["entered_at"]))]


def _over_time(basis: Basis) -> Measured:
    visits = _approvals(basis)
    agreed = visits["sla_days"].fillna(basis.eng.config.settings.default_sla_bdays)
    silent = bool(visits["sla_days"].isna().all())
    words = f"No time is agreed for any approval; {basis.eng.config.settings.default_sla_bdays} business days stand in."
    return B3.measured(share_of("program", visits["program_id"], _days_in(basis, visits) > agreed), words if silent else "")


def _returned(basis: Basis) -> Measured:
    visits = _approvals(basis)
    done = visits.loc[visits["left_at"].notna() & visits["returned"].notna()]
    if done.empty:
        return B4.missing("The column returned of stage_visits would switch this on.")
    return B4.measured(share_of("program", done["program_id"], done["returned"].astype(float)))
