"""The tables as they were known at the end of a day.

Two readings of the same folder must not differ because one was made later: the diagnosis of a past day may use nothing that
happened after it. Rows of later facts are left out, later stamps are emptied, and status, planned dates and owners are set
back to what the history says was in force. Where no history says it, today's value stays; the gate names that.

Rewinding to a day on which nothing was still to come changes nothing, and rewinding in two steps gives the same as in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from gapkit.calendar import midnight
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.reading.cells import Mask, is_among
from gapkit.schema import join_list, split_list

# When a row became known: the earliest of these moments.
KNOWN_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "programs": ("committed_at", "actual_start", "first_seen_on"),
    "signed_plan": ("signed_on",),
    "status_events": ("at",),
    "stage_visits": ("entered_at",),
    "handoffs": ("requested_at",),
    "reviews": ("scheduled_at", "held_at"),
    "decisions": ("asked_at",),
    "costs": ("incurred_at",),
    "tools": ("adopted_at",),
    "observations": ("noted_on",),
}
# Stamps that may come later than their row, and what is known only once they have passed.
LATER_STAMPS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "programs": {
        "committed_at": ("plan_quarter", "baseline_start", "baseline_end"),
        "brief_approved_at": (),
        "actual_start": (),
        "actual_end": ("spec_accepted", "to_spec", "intent_match", "budget_spent"),
        "cancelled_at": ("cancel_reason", "budget_spent"),
        "closed_at": (),
        "updated_at": (),
    },
    "stage_visits": {"left_at": ("work_hours", "returned")},
    "handoffs": {"accepted_at": (), "completed_at": ("returned",)},
    "reviews": {"held_at": ("decisions", "actions_opened", "actions_closed_on_time")},
    "decisions": {"decided_at": ("level", "criteria_recorded"), "reversed_at": ()},
    "kpis": {"target_set_at": ("target",)},
    "tools": {"retired_at": ()},
}
# Columns of programs whose value in force is told by events of a field.
IN_FORCE: Final = {
    "current_start": "start",
    "current_end": "end",
    "owners_now": "owner",
    "priority_id": "priority",
    "budget_planned": "budget",
    "spec_planned": "spec",
}

# Columns of a table that name programs: one each, or a list with ; between them.
NAMING: Final[Mapping[str, tuple[str, ...]]] = {"dependencies": ("from_id", "to_id")}
LISTING: Final[Mapping[str, str]] = {"kpis": "program_ids", "reviews": "program_ids"}

# Planned dates as promised, and the field whose first event may show that there was no such promise yet.
FIRST_SET: Final = {"baseline_start": "start", "baseline_end": "end"}


def rewind(tables: Mapping[str, pd.DataFrame], as_of: dt.date) -> dict[str, pd.DataFrame]:
    """Return the tables as known at the end of a day.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Canonical tables, stamps in the engagement's time zone.
    as_of : date
        The day, in that zone.

    Returns
    -------
    dict of DataFrame
        The same tables; those in which nothing changes are returned as they are.

    Notes
    -----
    A program is known from its commitment, its actual start or the first export that lists it, whichever comes first; one
    without any of the three is known always. One that ran before it was committed to counts as unplanned until then.
    Where anything of a program comes later, its status is that of the latest fact by then: its start, its end, its
    cancellation or a status event; without any it is not started. A program not known yet is not named either: neither as
    what waits for another nor in the lists of a measure or a review. Survey waves are not touched.
    """
    rewound = {name: _known_rows(name, frame, as_of) for name, frame in tables.items()}
    unknown = pd.Series(dtype="str")
    if "programs" in tables:
        unknown = tables["programs"].loc[_is_unknown("programs", tables["programs"], as_of), "program_id"]
        rewound["programs"] = _programs_at(rewound["programs"], tables.get("status_events"), as_of)
    rewound = {name: _emptied(name, _without(name, frame, unknown), as_of) for name, frame in rewound.items()}
    return {name: frame if frame is tables[name] else frame.reset_index(drop=True) for name, frame in rewound.items()}


def is_later(moments: pd.Series, as_of: dt.date) -> Mask:
    """Return which dates or moments lie after the end of a day; missing ones do not.

    Examples
    --------
    >>> moments = pd.Series(pd.to_datetime(["2026-03-31 23:59", "2026-04-01 00:00"]))
    >>> is_later(moments, dt.date(2026, 3, 31)).tolist()
    [False, True]
    """
    tomorrow = midnight(as_of + dt.timedelta(days=1), moments.dt.tz)
    later: Mask = (moments >= tomorrow).to_numpy(dtype=bool)
    return later


def _is_unknown(name: str, frame: pd.DataFrame, as_of: dt.date) -> Mask:
    """Return which rows were not known yet."""
    if name == "kpi_values":  # a reading nobody could see yet; without a record of that, one of a period not begun
        unseen = frame["available_at"].isna().to_numpy()
        return is_later(frame["available_at"], as_of) | (unseen & is_later(frame["period_start"], as_of))
    columns = [frame[column] for column in KNOWN_FROM.get(name, ()) if column in frame]
    unknown = np.zeros(len(frame), dtype=bool)
    for column in columns:
        unknown |= is_later(column, as_of)
    for column in columns if unknown.any() else ():
        unknown &= is_later(column, as_of) | column.isna().to_numpy()
    return unknown


def _known_rows(name: str, frame: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    unknown = _is_unknown(name, frame, as_of)
    return frame.loc[~unknown] if unknown.any() else frame


def _without(name: str, frame: pd.DataFrame, unknown: pd.Series) -> pd.DataFrame:
    """Leave out the rows of programs that were not known yet, and their names elsewhere."""
    if unknown.empty:
        return frame
    gone = np.zeros(len(frame), dtype=bool)
    for column in NAMING.get(name, ("program_id",) if "program_id" in frame else ()):
        gone |= is_among(frame[column], unknown)
    if name == "dependencies":
        gone &= frame["level"].fillna("program").eq("program").to_numpy()
    kept = frame.loc[~gone] if gone.any() else frame
    return _unlisted(kept, LISTING[name], unknown) if name in LISTING else kept


def _unlisted(frame: pd.DataFrame, column: str, unknown: pd.Series) -> pd.DataFrame:
    """Take programs out of the lists of a column; a list of nothing else becomes empty."""
    later, listed = set(unknown), split_list(frame[column])
    kept = listed.map(lambda names: tuple(name for name in names if name not in later))
    is_touched = kept.map(len) < listed.map(len)
    return frame.assign(**{column: frame[column].mask(is_touched, join_list(kept))}) if is_touched.any() else frame


def _emptied(name: str, frame: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Empty the stamps that had not passed, and what is known only with them."""
    changed: dict[str, pd.Series] = {}
    for stamp, others in LATER_STAMPS.get(name, {}).items():
        later = is_later(frame[stamp], as_of)
        if later.any():
            changed |= {column: changed.get(column, frame[column]).mask(later) for column in (stamp, *others)}
    return frame.assign(**changed) if changed else frame


def _programs_at(programs: pd.DataFrame, events: pd.DataFrame | None, as_of: dt.date) -> pd.DataFrame:
    """Set plan, owners and status back to what was in force; stamps are emptied afterwards."""
    changed: dict[str, pd.Series] = {}
    if events is not None:
        told = {column: _value_in_force(programs, events, column, field, as_of) for column, field in IN_FORCE.items()}
        changed |= {column: values for column, values in told.items() if values is not None}
        for baseline, field in FIRST_SET.items():
            unplanned = is_among(programs["program_id"], _planned_later(events, field, as_of))
            if unplanned.any():
                changed[baseline] = programs[baseline].mask(unplanned)
    is_touched = np.logical_or.reduce(
        [is_later(programs[s], as_of) for s in ("actual_start", "actual_end", "cancelled_at")]
    )
    if events is not None:
        later_status = is_later(events["at"], as_of) & events["field"].eq("status").to_numpy()
        is_touched |= is_among(programs["program_id"], events.loc[later_status, "program_id"])
    if is_touched.any():
        changed["status"] = programs["status"].mask(is_touched, _status_at(programs, events, as_of))
        if ASSUMED in programs:  # what was read off today's word gives way to dated facts
            changed[ASSUMED] = programs[ASSUMED] & ~is_touched
    ran_before = is_later(programs["committed_at"], as_of)
    if ran_before.any():
        changed["origin"] = programs["origin"].mask(ran_before, "unplanned")
    return programs.assign(**changed) if changed else programs


def _planned_later(events: pd.DataFrame, field: str, as_of: dt.date) -> pd.Series:
    """Return the programs whose first planned date was set after a day: before that there was nothing to promise."""
    about = events.loc[events["field"].eq(field)].sort_values(["at", "event_id"], kind="stable")
    first = about.drop_duplicates("program_id")
    later: pd.Series = first.loc[first["old"].isna() & is_later(first["at"], as_of), "program_id"]
    return later


def _value_in_force(
    programs: pd.DataFrame, events: pd.DataFrame, column: str, field: str, as_of: dt.date
) -> pd.Series | None:
    """Return a column with the value in force where it changed later; None when it did nowhere."""
    about = events.loc[events["field"].eq(field), ["event_id", "program_id", "at", "old", "new"]]
    later_ids = about.loc[is_later(about["at"], as_of), "program_id"].drop_duplicates()
    if later_ids.empty:
        return None
    about = about.loc[is_among(about["program_id"], later_ids)].sort_values(["at", "event_id"], kind="stable")
    later = is_later(about["at"], as_of)
    before_first = about.loc[later].drop_duplicates("program_id").set_index("program_id")["old"]
    last = about.loc[~later].drop_duplicates("program_id", keep="last").set_index("program_id")["new"]
    text = last.reindex(before_first.index).where(before_first.index.isin(last.index), before_first)
    in_force = _read_as(text, programs[column])
    is_told = is_among(programs["program_id"], later_ids)
    values = programs[column].copy()
    values.loc[is_told] = in_force.reindex(programs.loc[is_told, "program_id"]).array
    return values


def _read_as(texts: pd.Series, like: pd.Series) -> pd.Series:
    """Return the texts of events in the type of a column; what cannot be read is unknown."""
    if like.dtype.kind == "M":
        return pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").astype(like.dtype)
    if pd.api.types.is_numeric_dtype(like):
        return pd.to_numeric(texts, errors="coerce").astype("float64").astype(like.dtype)
    return texts.astype(like.dtype)


def _status_at(programs: pd.DataFrame, events: pd.DataFrame | None, as_of: dt.date) -> pd.Series:
    """Return the status after the latest fact of each program up to a day.

    Facts of one day count in this order: start, status event, end, cancellation.
    """
    status = pd.Series("not_started", index=programs.index, dtype="str")
    since = pd.Series(pd.NaT, index=programs.index, dtype="datetime64[us]")
    facts: list[tuple[pd.Series, pd.Series | str]] = [(programs["actual_start"], "in_progress")]
    if events is not None:
        last = _last_status(events, as_of).reindex(programs["program_id"]).set_axis(programs.index)
        facts.append((last["on"], last["new"]))
    facts += [(programs["actual_end"], "delivered"), (programs["cancelled_at"], "cancelled")]
    for on, word in facts:
        counts = on.notna() & ~is_later(on, as_of) & ~(on < since)
        status, since = status.mask(counts, word), since.mask(counts, on)
    return status


def _last_status(events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return day and new status of each program's last status event up to a day, by program_id."""
    known = events.loc[events["field"].eq("status") & events["new"].notna() & ~is_later(events["at"], as_of)]
    last = known.sort_values(["at", "event_id"], kind="stable").drop_duplicates("program_id", keep="last")
    days = last["at"].dt.tz_localize(None).dt.normalize()
    return pd.DataFrame({"on": days, "new": last["new"]}).set_axis(pd.Index(last["program_id"]))
