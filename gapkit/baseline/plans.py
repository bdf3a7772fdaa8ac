"""The plan that was in force: what a program had promised on a given day.

Every judgement of delivery stands on this. A date that was moved after the plan was frozen changes nothing here; a program
whose tracker keeps no history is judged on the earliest date known, and says so.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from gapkit.calendar import local_date
from gapkit.intake.history.signed import SIGNED

# Where a frozen date came from, best first. The last rests on what is known today, not on what was known then.
SOURCES: Final = ("history", "baseline column", "earliest date known")


def local_day(stamps: pd.Series) -> pd.Series:
    """Return the calendar day of time-zone-aware stamps in the zone they carry, which is the engagement's."""
    return local_date(stamps, str(stamps.dt.tz))


def plan_changes(status_events: pd.DataFrame, field: str) -> pd.DataFrame:
    """Return every recorded change of one planned date.

    Parameters
    ----------
    status_events : DataFrame
        Canonical table, stamps in the engagement's zone.
    field : str
        ``"end"`` or ``"start"``.

    Returns
    -------
    DataFrame
        Columns program_id, changed_on (local day), old_on, new_on (dates, missing where unreadable or empty), is_signed
        (whether a signed plan says it, which shows nothing of what the tracker says since), in order of time; ties keep the
        order of `event_id`.
    """
    chosen = status_events.loc[status_events["field"] == field, ["event_id", "program_id", "at", "old", "new"]]
    chosen = chosen.sort_values(["at", "event_id"], kind="stable")
    return pd.DataFrame({
        "program_id": chosen["program_id"],
        "changed_on": local_day(chosen["at"]),
        "old_on": _as_dates(chosen["old"]),
        "new_on": _as_dates(chosen["new"]),
        "is_signed": chosen["event_id"].str.startswith(SIGNED).fillna(False).astype(bool),
    }).reset_index(drop=True)  # fmt: skip


def _as_dates(texts: pd.Series) -> pd.Series:
    """Return the day of ISO dates or stamps written as text; anything else is missing."""
    days = pd.to_datetime(texts.astype("str").str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    return days.astype("datetime64[us]")


def first_known(programs: pd.DataFrame, changes: pd.DataFrame, field: str) -> pd.Series:
    """Return the earliest planned date known for each program, indexed by program_id.

    The value before the first recorded change, else the baseline column, else the first value ever set, else today's
    planned date.
    """
    by_id = programs.set_index("program_id")
    firsts = changes.drop_duplicates("program_id").set_index("program_id")
    known = firsts["old_on"].reindex(by_id.index)
    for fallback in (by_id[f"baseline_{field}"], firsts["new_on"].reindex(by_id.index), by_id[f"current_{field}"]):
        known = known.fillna(fallback)
    return known


def plan_in_force(programs: pd.DataFrame, changes: pd.DataFrame, field: str, on: pd.Series) -> pd.Series:
    """Return the planned date in force at the end of a day.

    Parameters
    ----------
    programs : DataFrame
        Canonical table; program_id is unique.
    changes : DataFrame
        From `plan_changes`.
    field : str
        ``"end"`` or ``"start"``.
    on : Series of datetime64
        The day asked about, indexed by program_id; programs with a missing day are answered with the first known date.

    Returns
    -------
    Series of datetime64
        Indexed by program_id. Where a program has history, the last change on or before the day, else its first known date.
    """
    start = first_known(programs, changes, field)
    asked = on.dropna().rename("on_day").astype("datetime64[us]").rename_axis("program_id").reset_index()
    if changes.empty or asked.empty:
        return start
    last = pd.merge_asof(
        asked.sort_values("on_day", kind="stable"),
        changes[["program_id", "changed_on", "new_on"]],
        left_on="on_day",
        right_on="changed_on",
        by="program_id",
    ).set_index("program_id")
    changed = last["changed_on"].notna().reindex(start.index, fill_value=False)
    # A change to "no date" (new_on missing) is a real state: the program had no plan on that day.
    return start.mask(changed, last["new_on"].reindex(start.index))


def latest_known(programs: pd.DataFrame, changes: pd.DataFrame, field: str) -> pd.Series:
    """Return the planned date in force now, by program_id: the last change, else today's column, else the baseline.

    A plan signed once more is not the last word where the tracker shows a date today.
    """
    by_id = programs.set_index("program_id")
    today = by_id[f"current_{field}"]
    last = changes.drop_duplicates("program_id", keep="last").set_index("program_id").reindex(by_id.index)
    moved = last["changed_on"].notna() & ~(last["is_signed"].eq(True).fillna(False) & today.notna())
    return today.fillna(by_id[f"baseline_{field}"]).mask(moved, last["new_on"])


def plan_source(programs: pd.DataFrame, changes: pd.DataFrame, field: str, on: pd.Series) -> pd.Series:
    """Return where each program's date on a day comes from: one of `SOURCES`, missing where it has no date.

    Parameters
    ----------
    programs, changes, field
        As in `plan_in_force`.
    on : Series of datetime64
        The day asked about, indexed by program_id.
    """
    by_id = programs.set_index("program_id")
    firsts = changes.drop_duplicates("program_id").set_index("program_id").reindex(by_id.index)
    # A change says what held before it only if it names the old date; otherwise it says so from its own day on.
    is_history = firsts["old_on"].notna() | (firsts["changed_on"] <= on.reindex(by_id.index))
    has_date = first_known(programs, changes, field).notna()
    source = pd.Series(pd.NA, index=by_id.index, dtype="str").mask(has_date, SOURCES[2])
    source = source.mask(by_id[f"baseline_{field}"].notna(), SOURCES[1])
    return source.mask(is_history, SOURCES[0])
