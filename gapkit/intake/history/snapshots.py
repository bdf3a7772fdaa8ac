"""Exports of several dates to a history: what the plan said when, from trackers that keep no history themselves.

Four rules, each visible in the notes of the source:

- A blank cell in a later export is "not stated", not "removed": the last value stated stays. Only the day on which a
  program ended goes, where a later export says that the program is open and does not repeat the day.
- A program absent from a later export is carried unchanged; exports are filtered, and an absence is no deletion.
- The first date stated is the plan as promised; the first export that states a planned end is the commitment, where no
  commitment date is recorded.
- A change is dated by the export that first shows it, so it may have been made any day since the export before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

import pandas as pd

from gapkit.calendar import localize
from gapkit.errors import Problem
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.words import fill_blanks
from gapkit.labels import label_count
from gapkit.vocabulary import OPEN_STATUSES

# How the ids of events begin that were read off dated exports: they show a change, not the moment it was made.
SEEN_LATER: Final = "snapshot "
ENDS: Final = ("closed_at", "actual_end", "cancelled_at")
PLANNED: Final = ("current_start", "current_end")

# Field of an event to the column of programs that holds its value.
TRACKED: Final = {
    "status": "status",
    "stage": "stage",
    "start": "current_start",
    "end": "current_end",
    "owner": "owners_now",
    "priority": "priority_id",
    "budget": "budget_planned",
    "spec": "spec_planned",
}


class History(NamedTuple):
    """What a series of exports tells.

    Attributes
    ----------
    programs : pandas.DataFrame
        One row per program, its latest stated values; the baseline columns and the commitment filled from the first ones;
        `first_seen_on`, the date of the first export that lists it. Rows without an id are left for the check to name.
    events : pandas.DataFrame
        Rows of status_events. The first export of a program gives its first status (`old` blank) and no other event.
    problems : tuple of Problem
        Programs that occur twice in one export.
    notes : tuple of str
        What was carried, assumed or left out, with counts.
    """

    programs: pd.DataFrame
    events: pd.DataFrame
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def build_history(
    rows: pd.DataFrame, words: Mapping[str, Mapping[str, str]], tz: str, logged: Collection[str] = ()
) -> History:
    """Turn the rows of all exports into programs and their history.

    Parameters
    ----------
    rows : pandas.DataFrame
        Typed rows of programs, with `_source`, `_sheet`, `_row` and `_on`, the date of the export.
    words : mapping of str to mapping
        Per column the client's words to ours; its ``"(blank)"`` entries say what a value never stated means.
    tz : str
        The organisation's time zone; events carry the first moment of the export's day.
    logged : collection of str
        Programs whose planned dates a change log tells: their first plan stands there, not in the first export, and a date
        the last export leaves blank was removed.
    """
    nameless = rows.loc[rows["program_id"].isna()].drop(columns="_on")
    rows = rows.loc[rows["program_id"].notna()].sort_values(["program_id", "_on", "_source", "_row"], ignore_index=True)
    repeated = rows.duplicated(["program_id", "_on"])
    problems = tuple(_repeated(rows.loc[repeated]))
    rows = rows.loc[~repeated].reset_index(drop=True)
    stated = [column for column in rows.columns if column not in (*ORIGIN, "_on", "program_id")]
    carried = rows[["program_id", *stated]].groupby("program_id", sort=False)[stated].ffill()
    kept = rows.assign(**{column: carried[column] for column in stated})
    states = fill_blanks(kept, words)
    programs, assumed = _programs(rows, states, logged)
    notes = (*_carried(rows, kept), *_absent(rows), *assumed)
    programs = pd.concat([programs, nameless], ignore_index=True) if len(nameless) else programs
    return History(programs, _events(states, tz), problems, notes)


def _repeated(rows: pd.DataFrame) -> list[Problem]:
    return [
        Problem(
            "the same program_id more than once in one export",
            row["_source"],
            row["_sheet"],
            int(row["_row"]),
            "program_id",
            row["program_id"],
            "each only once",
            "Keep one row, or give each its own id.",
            "programs",
        )
        for row in rows.to_dict("records")
    ]


def _programs(rows: pd.DataFrame, states: pd.DataFrame, logged: Collection[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the latest state of every program with its first plan, and notes on what was assumed."""
    is_last = ~states["program_id"].duplicated(keep="last")
    latest, stated = states.loc[is_last], rows.loc[is_last]
    by_log = latest["program_id"].isin(list(logged))
    removed = {name: latest[name].mask(by_log & stated[name].isna()) for name in PLANNED if name in latest}
    latest, clashes = _without_clash(_without_old_ends(latest.assign(**removed), stated), stated)
    latest = latest.set_index("program_id").drop(columns="_on")
    grouped = states.groupby("program_id", sort=False)
    seen = grouped["_on"].min()
    listed = grouped["first_seen_on"].min() if "first_seen_on" in states else seen
    latest["first_seen_on"] = listed.mask(~(listed <= seen), seen)
    notes = [clashes] if clashes else []
    planned = states.loc[~states["program_id"].isin(list(logged))]
    for plan in ("start", "end"):
        column = f"current_{plan}"
        if column in states:
            first = planned.groupby("program_id", sort=False)[column].first().reindex(latest.index)
            baseline = f"baseline_{plan}"
            latest[baseline] = latest[baseline].fillna(first) if baseline in latest else first
    if {"baseline_start", "baseline_end"} <= set(latest):
        crossed = latest["baseline_start"] > latest["baseline_end"]
        latest["baseline_start"] = latest["baseline_start"].mask(crossed)
        if crossed.any():
            count = label_count(int(crossed.sum()), "program")
            notes.append(f"{count}: the first start was stated after the first end had passed; it counts as unknown.")
    if "committed_at" not in states and "current_end" in states:
        dated = planned.loc[planned["current_end"].notna()].groupby("program_id", sort=False)["_on"].min()
        latest["committed_at"] = dated.reindex(latest.index)
        notes.append(f"No commitment date is recorded: the first export that states a planned end counts as it, for "
                     f"{label_count(len(dated), 'program')}.")  # fmt: skip
    return latest.reset_index(), notes


def _without_clash(latest: pd.DataFrame, stated: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Drop a carried planned date that contradicts one stated later; two stated together are left for the check to name."""
    if not set(PLANNED) <= set(latest):
        return latest, ""
    crossed = latest["current_start"] > latest["current_end"]
    old_start, old_end = (crossed & stated[column].isna() for column in PLANNED)
    count = int((old_start | old_end).sum())
    note = (
        f"{label_count(count, 'program')}: a planned date carried from an earlier export contradicts a later one; dropped."
    )
    mended = latest.assign(
        current_start=latest["current_start"].mask(old_start),
        current_end=latest["current_end"].mask(old_end),
    )
    return mended, note if count else ""


def _without_old_ends(latest: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Drop the carried day of an end from programs the last export shows as open: they were taken up again."""
    if "status" not in stated:
        return latest
    is_open = stated["status"].isin(OPEN_STATUSES)
    return latest.assign(
        **{column: latest[column].mask(is_open & stated[column].isna()) for column in ENDS if column in latest}
    )


def _carried(rows: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    """Return a note on blank cells read as not stated."""
    counts = {
        column: int((rows[column].isna() & kept[column].notna()).sum()) for column in TRACKED.values() if column in rows
    }
    said = ", ".join(f"{column} {count}" for column, count in counts.items() if count)
    return [f"Blank in a later export, read as not stated, the earlier value kept: {said}."] if said else []


def _absent(rows: pd.DataFrame) -> list[str]:
    """Return a note on programs the latest export does not list."""
    last_seen = rows.groupby("program_id", sort=False)["_on"].max()
    count = int((last_seen < rows["_on"].max()).sum())
    are = "is" if count == 1 else "are"
    return [f"{label_count(count, 'program')} {are} absent from the latest export and carried unchanged."] if count else []


def _events(states: pd.DataFrame, tz: str) -> pd.DataFrame:
    """Return every change from one export to the next as status_events."""
    first = ~states["program_id"].duplicated()
    pieces = [_changes(states, field, column, first) for field, column in TRACKED.items() if column in states]
    events = pd.concat(pieces, ignore_index=True)
    on = events.pop("_on")
    event_id = SEEN_LATER + on.dt.strftime("%Y-%m-%d") + " " + events["program_id"] + " " + events["field"]
    return events.assign(event_id=event_id.astype("str"), at=localize(on, tz))


def _changes(states: pd.DataFrame, field: str, column: str, first: pd.Series) -> pd.DataFrame:
    values = states[column]
    before = values.groupby(states["program_id"], sort=False).shift()
    changed = (values.notna() & (before.isna() | (values != before).fillna(False).astype(bool))) & (
        ~first | (field == "status")
    )
    rows = states.loc[changed, ["program_id", *ORIGIN, "_on"]]
    return rows.assign(field=field, old=_as_event_text(before[changed]), new=_as_event_text(values[changed]))


def _as_event_text(values: pd.Series) -> pd.Series:
    """Return values as events write them: dates as YYYY-MM-DD, whole numbers without decimals."""
    if pd.api.types.is_datetime64_any_dtype(values):
        days: pd.Series = values.dt.strftime("%Y-%m-%d").astype("str")
        return days
    return as_text(values)
