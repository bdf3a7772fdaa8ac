"""Event logs, whatever they are written in: cases and their events to programs, stays in stages, handoffs and history.

One case is one program. The tables keep the names the log gives its columns, so that `fields:` of engagement.yml and
messages mean the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.errors import InputError
from gapkit.intake.finding.export import Extract, Part
from gapkit.intake.formats.trace_events import TraceColumns, TraceEvents, find_columns, read_events
from gapkit.intake.formats.trace_steps import find_activities, find_changes, find_handoffs, find_visits
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.words import look_up
from gapkit.labels import label_count
from gapkit.vocabulary import OPEN_STATUSES

if TYPE_CHECKING:
    from gapkit.config import Source

COLUMNS: Final = {
    "programs": ("program_id", "team", "name", "status", "first_seen_on", "updated_at", "closed_at"),
    "stage_visits": ("program_id", "team", "stage", "kind", "entered_at", "left_at", "work_hours"),
    "status_events": ("event_id", "program_id", "at", "field", "old", "new"),
    "handoffs": ("program_id", "from_team", "to_team", "requested_at", "accepted_at", "completed_at"),
}
OPTIONAL: Final = ("team", "name", "closed_at", "work_hours", "accepted_at")
# Column of ours to the part a column of the log plays.
SPELLED: Final = {
    "program_id": "case", "stage": "activity", "status": "activity", "entered_at": "begun", "left_at": "at",
    "updated_at": "at", "team": "team", "name": "name",
}  # fmt: skip


def read_log(sheets: Sequence[Sheet], source: Source) -> Extract:
    """Read an event log.

    Parameters
    ----------
    sheets : sequence of Sheet
        One per file; one row per event, its columns named as XES names them or as `trace_events.NAMES` has them. Cases may
        run on from file to file.
    source : Source
        Its entry in engagement.yml.

    Returns
    -------
    Extract
        programs (one per case; its status is the last activity, and it is closed where `statuses:` says that activity ends
        it), stage_visits, handoffs where a column of groups exists, and status_events of the field ``stage``.

    Raises
    ------
    InputError
        When the log lacks a column that every log needs, or no event of it can be placed.
    """
    columns = find_columns([name for sheet in sheets for name in sheet.columns], source)
    events = read_events(sheets, columns, source)
    activities, notes = find_activities(events.frame)
    if activities.empty and events.problems:
        raise InputError(events.problems)
    if activities.empty:
        refuse("the log has no event that starts or ends an activity", sheets[0].file, remedy="Export all of its events.")
    programs, visits, handoffs = find_programs(activities, source), find_visits(activities), find_handoffs(activities)
    of_cases = _of_cases(events)
    per_event = events.attributes.drop(columns=of_cases.columns)
    lay_out = partial(_lay_out, columns=columns, is_local=events.is_local, like=sheets)
    parts = [
        lay_out("programs", programs, of_cases.reindex(programs["case"])),
        lay_out("stage_visits", visits, per_event.reindex(visits["place"])),
        lay_out("status_events", find_changes(activities)),
        lay_out("handoffs", handoffs),
    ]
    said = (*events.notes, *notes, *_time_notes(activities), *_team_notes(events.frame, columns, len(handoffs)))
    return Extract(tuple(part for part in parts if len(part.sheet.cells)), notes=said, problems=events.problems)


def find_programs(activities: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return one row per case.

    Parameters
    ----------
    activities : pandas.DataFrame
        From `find_activities`.
    source : Source
        `statuses:` says which activities end a case.

    Returns
    -------
    pandas.DataFrame
        case, name (missing where it is the id), status (the last activity), first_seen_on, updated_at, closed_at (missing
        unless its last activity is over and ends it), team (the one with most of its activities, as written; the earlier of
        equals), file and row of its first event.
    """
    last_logged = activities["ended"].fillna(activities["begun"])
    by_time = activities.assign(updated_at=last_logged).sort_values(["case", "updated_at"], kind="stable")
    last = by_time.groupby("case", sort=False).tail(1).set_index("case")
    first = activities.drop_duplicates("case").set_index("case")
    meanings = {seen: to["status"] for seen, to in source.statuses.items() if "status" in to}
    is_end = ~look_up(last["activity"], meanings).fillna(OPEN_STATUSES[0]).isin(OPEN_STATUSES)
    return pd.DataFrame({
        "name": first["name"].mask(first["name"] == first.index),
        "status": last["activity"],
        "first_seen_on": first["opened"],
        "updated_at": last["updated_at"],
        "closed_at": last["updated_at"].where(is_end & last["ended"].notna()),
        "team": _most_active(activities),
        "file": first["file"],
        "row": first["row"],
    }).rename_axis("case").reset_index()  # fmt: skip


def _most_active(activities: pd.DataFrame) -> pd.Series:
    """Return the group with most activities of each case, as written where it first acts."""
    known = activities.loc[activities["unit"].notna()]
    groups = known.groupby(["case", "unit"], sort=False)
    counts = pd.DataFrame({"n": groups.size(), "first": groups["opened"].min(), "team": groups["team"].first()})
    ranked = counts.reset_index().sort_values(["case", "n", "first"], ascending=[True, False, True], kind="stable")
    return ranked.drop_duplicates("case").set_index("case")["team"]


def _of_cases(events: TraceEvents) -> pd.DataFrame:
    """Return, per case, the attributes in which its events never differ: they are facts about the case."""
    case = events.frame["case"]
    first = events.attributes.groupby(case, sort=False).first()
    same = [
        name for name in events.attributes.columns
        if (events.attributes[name].isna() | events.attributes[name].eq(case.map(first[name]))).all()
    ]  # fmt: skip
    return first[same]


def _lay_out(
    table: str, frame: pd.DataFrame, extra: pd.DataFrame | None = None, *, columns: TraceColumns, is_local: bool,
    like: Sequence[Sheet],
) -> Part:  # fmt: skip
    """Return a table under the names of the log's own columns where it has them, its attributes beside it."""
    cells: dict[str, pd.Series] = {}
    fields: dict[str, str] = {}
    frame = frame.rename(columns={"case": "program_id", "activity": "stage"})
    for ours in COLUMNS[table]:
        theirs = getattr(columns, SPELLED.get(ours, ""), "") or ours
        if ours in OPTIONAL and frame[ours].isna().all():
            continue
        fields[ours] = theirs if theirs not in cells else ours
        cells[fields[ours]] = _without_zone(frame[ours]) if is_local else frame[ours]
    if extra is not None:
        cells |= {name: extra[name].set_axis(frame.index) for name in extra.columns if name not in cells}
    rows = pd.DataFrame(dict(enumerate(cells.values()))).set_axis(pd.Index(frame["row"], name="row"))
    first = like[0]
    files = tuple(frame["file"]) if len(like) > 1 else ()
    sheet = Sheet(first.file, first.sheet, first.format, tuple(cells), rows, first.encoding, first.delimiter, files=files)
    return Part(table, sheet, fields)


def _without_zone(cells: pd.Series) -> pd.Series:
    return cells.dt.tz_localize(None) if isinstance(cells.dtype, pd.DatetimeTZDtype) else cells


def _time_notes(activities: pd.DataFrame) -> list[str]:
    """Say what the moments of the log leave open."""
    is_single = activities["begun"].isna()
    n_first = int((is_single & activities["before"].isna()).sum())
    n_within = int((is_single & (activities["before"] > activities["left"])).sum())
    notes = []
    if is_single.any():
        n = label_count(int(is_single.sum()), "activity", "activities")
        opens = f"{label_count(n_first, 'activity', 'activities')} that open a case have no stay"
        notes.append(f"{n} with one moment, taken for the end: the stay runs from the event before; {opens}.")
    if n_within:
        notes.append(f"{label_count(n_within, 'activity', 'activities')} within another one have no stay of their own.")
    if not is_single.all():
        notes.append("work_hours is the time from start to completion, nights and weekends included.")
    return notes


def _team_notes(events: pd.DataFrame, columns: TraceColumns, n_handoffs: int) -> list[str]:
    """Say where teams and handoffs come from, or why there are none."""
    if not columns.team:
        how = "name one under fields: (team: …), or say under teams: to which team each person belongs"
        return [f"No handoffs and no teams: the log has no column of groups (org:group, org:role); {how}."]
    n_blank = int(events["team"].isna().sum())
    notes = [f'Teams are those of the column "{columns.team}"; a program is of the team with most of its activities.']
    if n_blank:
        whose = " (persons whom teams: does not map)" if columns.is_person else ""
        notes.append(f"{label_count(n_blank, 'event')} without a team{whose}; handoffs to and from them are not counted.")
    return notes if n_handoffs else [*notes, "No handoffs: no case passes from one team to another."]
