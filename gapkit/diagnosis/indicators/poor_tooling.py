"""Poor tooling: manual work around the systems, double entry, work nobody tracks, records that disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.diagnosis.indicators.measured import About, Measured, share_of
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.basis import Basis

T1 = About(
    "T1", "of all working hours go into workarounds",
    "expected workaround hours a week, all people together / hours a week of everybody in the table people",
    ("workarounds", "people"), units="workarounds",
)  # fmt: skip
T2 = About(
    "T2", "of the steps of the written process type the same data in again",
    "steps with a workaround that re-enters data / steps of the types with a written process",
    ("workarounds", "process_steps"), units="steps",
)  # fmt: skip
T3 = About(
    "T3", "of started programs are not in the system of record",
    "programs without any entry in the change log / programs started in the window",
    ("status_events", "tools"),
)  # fmt: skip
T4 = About(
    "T4", "of entries in the tracker differ from what a second source says",
    "comparisons that do not match / comparisons, all fields",
    ("record_checks",),
)  # fmt: skip


def measure(basis: Basis) -> tuple[Measured, ...]:
    """Return T1 to T4."""
    return _workaround_hours(basis), _re_entry(basis), _outside(basis), _mismatch(basis)


def expected_hours(workarounds: pd.DataFrame) -> pd.Series:
    """Return the mean of each three-point estimate of hours a week: (low + 4·mode + high) / 6."""
    return (workarounds["hours_low"] + 4 * workarounds["hours_mode"] + workarounds["hours_high"]) / 6


def _workaround_hours(basis: Basis) -> Measured:
    eng = basis.eng
    if not eng.has("workarounds") or not eng.has("people"):
        return T1.missing("The tables workarounds and people would switch this on.")
    fte = eng.people["fte"]
    weekly = float(fte.fillna(1.0).sum()) * eng.config.settings.hours_per_week
    if not weekly:
        return T1.missing("Working time of the people (people.fte) is zero; a share of it cannot be told.")
    unknown = int(fte.isna().sum())
    words = f"Working time of {label_count(unknown, 'person', 'people')} not known, taken as full." if unknown else ""
    hours = expected_hours(eng.workarounds)
    return T1.measured(share_of("workaround", eng.workarounds["workaround_id"], hours, weekly / len(hours)), words)


def _re_entry(basis: Basis) -> Measured:
    eng = basis.eng
    if not eng.has("workarounds") or not eng.has("process_steps"):
        return T2.missing("The tables workarounds and process_steps would switch this on.")
    if eng.workarounds["re_entry"].isna().all():
        return T2.missing("The column re_entry of workarounds would switch this on.")
    steps = pd.Series(_key(eng.process_steps["step"]).unique())
    double = _key(eng.workarounds.loc[eng.workarounds["re_entry"].fillna(False), "step"])
    elsewhere = int((~double.drop_duplicates().isin(steps)).sum())
    words = f"{label_count(elsewhere, 'step')} with double entry not part of any written process." if elsewhere else ""
    return T2.measured(share_of("step", steps, steps.isin(double)), words)


def _key(steps: pd.Series) -> pd.Series:
    return steps.str.strip().str.casefold()


def is_outside_record(basis: Basis) -> pd.Series:
    """Return which programs have no entry in a change log."""
    events = basis.eng.status_events
    logged = events.loc[basis.is_logged(events["event_id"]), "program_id"]
    return ~basis.is_among(logged)


def keeps_log(basis: Basis) -> bool:
    """Return whether a system of record notes changes when they happen."""
    return bool(basis.is_logged(basis.eng.status_events["event_id"]).any())


def _outside(basis: Basis) -> Measured:
    if not keeps_log(basis):
        return T3.missing("The change log of the system of record (status_events) would switch this on.")
    named = basis.eng.tools["system_of_record"].fillna(False).any()
    words = "" if named else "No tool is named as the system of record; the one with a change log is taken as such."
    started = basis.has_started
    return T3.measured(share_of("program", started.index[started].to_series(), is_outside_record(basis)[started]), words)


def _mismatch(basis: Basis) -> Measured:
    checks = basis.eng.record_checks
    if checks.empty:
        return T4.missing("Entries compared with a second source (table record_checks) would switch this on.")
    return T4.measured(share_of("program", checks["program_id"], ~checks["match"].astype(bool)))
