"""A signed plan of record as plan history, for programs of which no tracker remembers what was planned.

What was signed first is the plan as promised; every later signing is an approved change of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import pandas as pd

from gapkit.calendar import localize, midnight
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.reading.cells import is_among
from gapkit.schema import conform

SIGNED: Final = "signed "
PLANS: Final = {"start": "planned_start", "end": "planned_end"}


def with_signed_plan(tables: Mapping[str, pd.DataFrame], tz: str, as_of: dt.date) -> dict[str, pd.DataFrame]:
    """Return the tables with what the plans signed by a day say, where no history of planned dates says more.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Canonical tables; `signed_plan` may be absent.
    tz : str
        The organisation's time zone; a signing counts from the first moment of its day.
    as_of : date
        The day; later signings and later changes are not known yet.

    Returns
    -------
    dict of str to DataFrame
        In programs without any recorded change of a planned date: baseline_start and baseline_end as signed first, whatever
        the tracker's own baseline columns say; committed_at, where blank, the day of the first signing; and in
        status_events one event per date that a later signing changed.
    """
    signed, programs = tables.get("signed_plan"), tables.get("programs")
    if signed is None or programs is None:
        return dict(tables)
    signed = signed.loc[signed["program_id"].notna() & (signed["signed_on"] <= pd.Timestamp(as_of))]
    signed = signed.sort_values(["program_id", "signed_on", *ORIGIN[::2]], kind="stable", ignore_index=True)
    events = tables.get("status_events")
    if events is not None:
        is_known = events["at"] < midnight(as_of + dt.timedelta(days=1), tz)
        told = events.loc[is_known & events["field"].isin(list(PLANS)), "program_id"]
        signed = signed.loc[~is_among(signed["program_id"], told)].reset_index(drop=True)
    if signed.empty:
        return dict(tables)
    changes = pd.concat([_changes(signed, field, column) for field, column in PLANS.items()], ignore_index=True)
    together = [frame for frame in (events, _as_events(changes, tz)) if frame is not None and len(frame)]
    found = {**tables, "programs": _with_promise(programs, signed)}
    if together:
        found["status_events"] = conform("status_events", pd.concat(together, ignore_index=True), tz)
    return found


def _with_promise(programs: pd.DataFrame, signed: pd.DataFrame) -> pd.DataFrame:
    """Fill the plan as promised and the day of commitment from the first signing."""
    first = signed.groupby("program_id", sort=False).agg(
        signed_on=("signed_on", "min"), planned_start=("planned_start", "first"), planned_end=("planned_end", "first")
    )
    found = first.reindex(programs["program_id"]).set_axis(programs.index)
    start = found["planned_start"].fillna(programs["baseline_start"])
    end = found["planned_end"].fillna(programs["baseline_end"])
    # A start and an end of two plans need not fit together; the end is what a program is held to, where it was signed.
    crossed = start > end
    return programs.assign(
        baseline_start=start.mask(crossed & found["planned_end"].notna()),
        baseline_end=end.mask(crossed & found["planned_end"].isna()),
        committed_at=programs["committed_at"].fillna(found["signed_on"]),
    )


def _changes(signed: pd.DataFrame, field: str, column: str) -> pd.DataFrame:
    """Return the signings that changed a planned date."""
    stated = signed.groupby("program_id", sort=False)[column].ffill()
    before = stated.groupby(signed["program_id"], sort=False).shift()
    changed = signed[column].notna() & before.notna() & (signed[column] != before)
    rows = signed.loc[changed]
    as_text = {"old": before[changed], "new": rows[column]}
    return rows[["program_id", "signed_on", *ORIGIN]].assign(
        field=field, **{name: days.dt.strftime("%Y-%m-%d").astype("str") for name, days in as_text.items()}
    )


def _as_events(changes: pd.DataFrame, tz: str) -> pd.DataFrame:
    day = changes["signed_on"].dt.strftime("%Y-%m-%d")
    event_id = (SIGNED + day + " " + changes["program_id"] + " " + changes["field"]).astype("str")
    return changes.drop(columns="signed_on").assign(event_id=event_id, at=localize(changes["signed_on"], tz))
