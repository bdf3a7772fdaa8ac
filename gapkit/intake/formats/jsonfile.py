"""What the formats of JSON files share: opening them, reaching into them, and turning what they hold into sheets."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export, Part
from gapkit.intake.reading.cells import text_or_missing
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import read_bytes
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.textfile import decode

# What an object is called, in order of preference: a person (whose name may be that of the account), a status, an option.
CALLED: Final = ("displayName", "name", "value")


class Document(NamedTuple):
    """One JSON file: its name for messages and what it holds."""

    file: str
    content: Any


class Row(NamedTuple):
    """One row to be: the file it is from, its running number there, its cells by name of column."""

    file: str
    number: int
    cells: Mapping[str, str]


class Change(NamedTuple):
    """One change of a program, from a tracker's log.

    Attributes
    ----------
    file, number
        Where it stands, as in `Row`.
    event_id, program_id, at, field, old, new : str
        As the columns of status_events, cells as written.
    """

    file: str
    number: int
    event_id: str
    program_id: str
    at: str
    field: str
    old: str
    new: str


def read_documents(exports: Sequence[Export]) -> tuple[list[Document], list[Problem]]:
    """Return what JSON files hold, and one problem for each that cannot be read.

    Raises
    ------
    InputError
        When none of them can be read.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for export in exports:
        try:
            documents.append(Document(export.file, _load(export)))
        except InputError as error:
            problems += error.problems
    if problems and not documents:
        raise InputError(problems)
    return documents, problems


def _load(export: Export) -> Any:
    text = decode(read_bytes(export.path, export.file), export.file).text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        seen = text[error.pos : error.pos + 40] or "the end of the file"
        remedy = "Export it again; a file edited by hand or cut off on the way cannot be read."
        refuse(f"not valid JSON from row {error.lineno} on", export.file, row=error.lineno, value=seen, remedy=remedy)
    except RecursionError:
        refuse("its objects lie too deep in one another", export.file, remedy="Export it again.")


def dig(content: Any, *path: str) -> Any:
    """Return what lies at the end of a path of names, None where it breaks off.

    Examples
    --------
    >>> dig({"fields": {"status": {"name": "Done"}}}, "fields", "status", "name"), dig({"fields": None}, "fields", "status")
    ('Done', None)
    """
    for name in path:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def objects_in(content: Any, *path: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list at the end of a path, empty where there is no list."""
    found = dig(content, *path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def as_cell(value: Any) -> str:
    """Return a value as the cell of a table: an object by what it is called, a list with ; between, nothing as empty.

    Examples
    --------
    >>> as_cell([{"name": "Web"}, {"name": "Print"}]), as_cell(13.0), as_cell(True), as_cell({"self": "https://…"})
    ('Web;Print', '13', 'true', '')
    """
    if isinstance(value, str):
        return _whole(value.strip())
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, Mapping):
        return next((as_cell(value[name]) for name in CALLED if as_cell(value.get(name))), "")
    if isinstance(value, list):
        return ";".join(dict.fromkeys(filter(None, map(as_cell, value))))
    return "" if value is None else str(value)


def _whole(text: str) -> str:
    """Return text without halves of characters: JSON may hold the first half of one cut in two, and no column can."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def instant(written: Any) -> float:
    """Return a moment in seconds since 1970, to put moments in order; what cannot be read comes last.

    Examples
    --------
    >>> instant("1970-01-01T01:00:00.500+0100"), instant("soon")
    (0.5, inf)
    """
    try:
        moment = dt.datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return math.inf
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()


def is_moment(written: Any) -> bool:
    """Return whether a moment or a day can be read."""
    return math.isfinite(instant(written))


def whole_day_after(seconds: float) -> dt.date:
    """Return the first day that lies wholly after a moment, in UTC.

    Examples
    --------
    >>> whole_day_after(instant("2026-03-01T17:30:00Z"))
    datetime.date(2026, 3, 2)
    """
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date() + dt.timedelta(days=1)


def to_sheet(rows: Sequence[Row], first: Iterable[str], fallback: str) -> Sheet:
    """Return rows as a sheet; a column in which no row has a value is left out.

    Parameters
    ----------
    rows : sequence of Row
        In any order.
    first : iterable of str
        The columns that come first; the others follow by name.
    fallback : str
        File to name where there are no rows.
    """
    filled = {name for row in rows for name, cell in row.cells.items() if cell}
    leading = [name for name in first if name in filled]
    columns = (*leading, *sorted(filled - set(leading)))
    index = pd.Index([row.number for row in rows], name="row", dtype="int64")
    cells = {
        place: text_or_missing(pd.Series([row.cells.get(name) for row in rows], index=index, dtype="str"))
        for place, name in enumerate(columns)
    }
    files = tuple(row.file for row in rows)
    frame = pd.DataFrame(cells, index=index, columns=range(len(columns)))
    several = files if len(set(files)) > 1 else ()
    return Sheet(file=files[0] if files else fallback, sheet="", format="json", columns=columns, cells=frame, files=several)


def events_part(changes: Iterable[Change]) -> tuple[Part, ...]:
    """Return a log as a part for status_events, in order of program and moment; none where nothing is logged.

    A change that stands in several files is one change.
    """
    once = {change.event_id: change for change in sorted(changes)}
    ordered = sorted(once.values(), key=lambda change: (change.program_id, instant(change.at), change.event_id))
    names = Change._fields[2:]
    rows = [Row(change.file, change.number, dict(zip(names, change[2:], strict=True))) for change in ordered]
    return (Part("status_events", to_sheet(rows, names, ""), {}),) if rows else ()
