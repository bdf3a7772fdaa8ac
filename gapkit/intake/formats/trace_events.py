"""The events of a log: which column is the case, which the activity, which the moment, and each event with its moment read.

Names follow the XES standard (``case:concept:name``, ``concept:name``, ``time:timestamp``), which CSV logs borrow, and the
plain words other tools write. `fields:` of engagement.yml goes before them: ``program_id`` names the case, ``stage`` the
activity, ``left_at`` the moment of completion, ``entered_at`` that of the start, ``team`` the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.formats.columns import Names, fields_of
from gapkit.intake.reading.cells import Mask, as_text
from gapkit.intake.reading.complaints import refuse, unreadable_cells
from gapkit.intake.reading.dates import Order, count_votes, parse_moments
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.words import OTHERS, look_up, translate
from gapkit.labels import label_count
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "case": ("case_id", "case:concept:name", "case", "trace_id"),
    "activity": ("concept:name", "activity", "activity_name"),
    "at": ("time:timestamp", "timestamp", "complete_timestamp", "end_timestamp", "complete_time", "time"),
    "begun": ("start_timestamp", "start_time"),
    "transition": ("lifecycle:transition", "lifecycle", "transition"),
    "group": ("org:group", "org:role", "group", "role", "team", "department"),
    "person": ("org:resource", "resource", "user"),
    "name": ("case:concept:name",),
}
# What `fields:` calls them.
MAPPED: Final = {"case": "program_id", "activity": "stage", "at": "left_at", "begun": "entered_at"}
NEEDED: Final = ("case", "activity", "at")
SAYS: Final = {"program_id": "the case", "stage": "the activity", "left_at": "the moment"}


class TraceColumns(NamedTuple):
    """The columns of a log as it spells them; empty where it has none.

    Attributes
    ----------
    case, activity, at : str
        What every event needs.
    begun : str
        Moment of the start, where a row holds both moments of an activity.
    transition : str
        Whether the moment of a row is a start or a completion.
    team : str
        Group of who acted.
    name : str
        Name of the case, where it is not its id.
    is_person : bool
        Whether `team` names persons: then only those `teams:` maps to a group count.
    """

    case: str
    activity: str
    at: str
    begun: str
    transition: str
    team: str
    name: str
    is_person: bool


class TraceEvents(NamedTuple):
    """The events of a log that can be placed, and what is wrong with the others.

    Attributes
    ----------
    frame : pandas.DataFrame
        In order of case and moment, equal moments in order of the file: case, activity, begun, at (the latter two in UTC,
        one of them may be missing), transition, team (as written), unit (the team `teams:` makes of it), name, file, row.
    attributes : pandas.DataFrame
        The other columns of the same rows; none that names persons.
    is_local : bool
        Whether the log's moments have no time zone.
    notes : tuple of str
        What a reader should know, one sentence each.
    problems : tuple of Problem
        Events that cannot be placed.
    """

    frame: pd.DataFrame
    attributes: pd.DataFrame
    is_local: bool
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_columns(columns: Sequence[str], source: Source) -> TraceColumns:
    """Return which columns of a log are which.

    Examples
    --------
    >>> from gapkit.config import Source
    >>> find_columns(["Case ID", "Activity", "Timestamp", "Resource"], Source()).team
    ''
    >>> find_columns(["Case ID", "Activity", "Timestamp", "Resource"], Source(teams={"ana": "Legal"})).team
    'Resource'
    """
    found = fields_of(columns, NAMES)
    given = {ours: source.fields[theirs] for ours, theirs in MAPPED.items() if source.fields.get(theirs) in columns}
    found |= given
    person = found.get("person", "")
    team = source.fields.get("team", "")
    if not team or team not in columns:
        team = found.get("group", "") or (person if source.teams else "")
    name = found.get("name", "")
    return TraceColumns(
        case=found.get("case", ""), activity=found.get("activity", ""), at=found.get("at", ""),
        begun=found.get("begun", ""), transition=found.get("transition", ""), team=team,
        name=name if name != found.get("case") else "", is_person=_is_person(team),
    )  # fmt: skip


def _is_person(column: str) -> bool:
    return name_key(column) in {name_key(name) for name in NAMES["person"]}


def read_events(sheets: Sequence[Sheet], columns: TraceColumns, source: Source) -> TraceEvents:
    """Return the events of a log in order, and what is wrong with those that have no place in it.

    Parameters
    ----------
    sheets : sequence of Sheet
        One per file; one row per event.
    columns : TraceColumns
        Which of their columns are which.
    source : Source
        Its entry in engagement.yml.

    Raises
    ------
    InputError
        When the log lacks a column that every log needs.
    """
    raw, overlap = _gather(sheets, columns)
    _refuse_without(columns, raw, sheets[0].file)
    order = source.dates or count_votes(pd.concat([_cells(raw, columns.at), _cells(raw, columns.begun)])).order()
    at, begun = _read_moments(_cells(raw, columns.at), order), _read_moments(_cells(raw, columns.begun), order)
    frame = _frame(raw, columns, source).assign(at=at.read, begun=begun.read)
    zones = _zones(at, begun)
    is_readable = ~pd.Series(at.bad | begun.bad, index=frame.index)
    is_whole = frame[["case", "activity"]].notna().all(axis=1) & frame[["at", "begun"]].notna().any(axis=1)
    kept = frame.loc[is_readable & is_whole]
    kept = kept.assign(_when=kept["at"].fillna(kept["begun"])).sort_values(["case", "_when"], kind="stable")
    problems = [
        *(problem for sheet in sheets for problem in sheet.problems),
        *_unreadable(raw, columns.at, at),
        *_unreadable(raw, columns.begun, begun),
        *_lacking(frame.loc[is_readable], columns),
    ]
    notes = [*(note for sheet in sheets for note in sheet.notes), *overlap, *zones.notes]
    return TraceEvents(
        kept.drop(columns="_when").reset_index(drop=True),
        raw.loc[kept.index, _attributes(raw, columns)].reset_index(drop=True),
        zones.is_local,
        tuple(dict.fromkeys(notes)),
        tuple(problems),
    )


class _Moments(NamedTuple):
    """A column of moments in UTC, with the cells that have no zone, that cannot be read, that only lack an order."""

    read: pd.Series
    is_local: Mask
    bad: Mask
    undecided: Mask


class _Zones(NamedTuple):
    """Whether the moments of a log have no time zone, and what to say where only some have one."""

    is_local: bool
    notes: tuple[str, ...]


def _gather(sheets: Sequence[Sheet], columns: TraceColumns) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows of all files, with `_file` and `_row`; an event that stands in two files counts once."""
    frames = []
    for sheet in sheets:
        cells = sheet.cells.set_axis(list(sheet.columns), axis=1)
        cells = cells.drop(columns="", errors="ignore")  # a nameless column only numbers the rows
        frames.append(cells.assign(_file=sheet.file, _row=sheet.cells.index.to_numpy("int64")))
    raw = pd.concat(frames, ignore_index=True)
    if len(sheets) == 1:
        return raw, ()
    key = [column for column in dict.fromkeys(columns[:6]) if column in raw]
    # Two equal events in one file are two events.
    nth = raw.groupby([*key, "_file"], dropna=False).cumcount()
    again = raw.assign(_nth=nth).duplicated([*key, "_nth"])
    note = (f"{label_count(int(again.sum()), 'event')} in more than one file; each counts once.",) if again.any() else ()
    return raw.loc[~again].reset_index(drop=True), note


def _refuse_without(columns: TraceColumns, raw: pd.DataFrame, file: str) -> None:
    lacking = [MAPPED[name] for name in NEEDED if getattr(columns, name) not in raw]
    if lacking:
        refuse(
            "no column of the log says " + " and ".join(SAYS[name] for name in lacking),
            file,
            allowed="one of: " + ", ".join(name for name in raw.columns if not name.startswith("_")),
            remedy="Name it under fields: of this source, as " + ", ".join(f'{name}: "…"' for name in lacking) + ".",
        )


def _cells(raw: pd.DataFrame, column: str) -> pd.Series:
    return raw[column] if column in raw else pd.Series(None, index=raw.index, dtype="str")


def _frame(raw: pd.DataFrame, columns: TraceColumns, source: Source) -> pd.DataFrame:
    wanted = ("case", "activity", "transition", "team", "name")
    texts = {name: as_text(_cells(raw, getattr(columns, name))) for name in wanted}
    team, unit = _teams(texts["team"], columns, source)
    texts |= {"transition": texts["transition"].str.casefold(), "team": team, "unit": unit}
    return pd.DataFrame({**texts, "file": raw["_file"], "row": raw["_row"]})


def _teams(words: pd.Series, columns: TraceColumns, source: Source) -> tuple[pd.Series, pd.Series]:
    """Return groups as written and as `teams:` calls them; a person whom it does not map belongs to none."""
    unit = translate(words, source.teams).read
    if not columns.is_person or OTHERS in source.teams:
        return words, unit
    is_mapped = look_up(words, source.teams).notna()
    return words.where(is_mapped), unit.where(is_mapped)


def _read_moments(cells: pd.Series, order: Order | None) -> _Moments:
    found = parse_moments(cells, "UTC", order)
    # A moment without a zone is another one when read in another zone.
    is_local = found.read.ne(parse_moments(cells, "Etc/GMT+1", order).read) & found.read.notna()
    return _Moments(found.read, is_local.to_numpy(), found.bad, found.undecided)


def _zones(at: _Moments, begun: _Moments) -> _Zones:
    n_local = int(at.is_local.sum() + begun.is_local.sum())
    if 0 < n_local < int(at.read.notna().sum() + begun.read.notna().sum()):
        moments = label_count(n_local, "moment")
        return _Zones(False, (f"{moments} without a time zone in a log whose others have one; read as UTC.",))
    return _Zones(n_local > 0, ())


def _unreadable(raw: pd.DataFrame, column: str, moments: _Moments) -> list[Problem]:
    """Return one problem per moment that cannot be read."""
    cells = pd.DataFrame({"at": _cells(raw, column), "_source": raw["_file"], "_sheet": "", "_row": raw["_row"]})
    spec = next(field for field in TABLES["status_events"].fields() if field.name == "at")
    return unreadable_cells(cells, moments.bad, moments.undecided, spec, column, "status_events")


def _lacking(frame: pd.DataFrame, columns: TraceColumns) -> list[Problem]:
    """Return a problem for events without a case, an activity or a moment, at the first of each."""
    blank = {name: frame[name].isna() for name in ("case", "activity")}
    blank["at"] = frame["at"].isna() & frame["begun"].isna()
    problems = []
    for name, hit in blank.items():
        if hit.any():
            first = frame.loc[hit].iloc[0]
            what = f"{label_count(int(hit.sum()), 'event')} without {SAYS[MAPPED[name]]}"
            remedy = "Fill it in, or delete the row."
            place = {"row": int(first["row"]), "column": getattr(columns, name), "remedy": remedy}
            problems.append(Problem(what, first["file"], **place, table="status_events"))
    return problems


def _attributes(raw: pd.DataFrame, columns: TraceColumns) -> list[str]:
    """Return the columns that play no part here, those that name persons left out."""
    used = {*columns[:7], "_file", "_row"}
    return [name for name in raw.columns if name not in used and not _is_person(name)]
