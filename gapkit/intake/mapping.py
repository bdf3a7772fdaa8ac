"""Columns of a file to columns of a canonical table, as engagement.yml says and as their names say.

`fields:` decides first; any other column whose name is that of a canonical one is taken as it; what is left is kept under
its own name and ignored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.words import BLANK, look_up
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.reading.records import Sheet

ORIGIN = ("_source", "_sheet", "_row")
TEAM_COLUMNS = ("team", "from_team", "to_team")


class Mapped(NamedTuple):
    """A sheet under canonical column names, cells still as the file holds them.

    Attributes
    ----------
    cells : pandas.DataFrame
        Canonical columns found, then the others under their own names, then where each row came from: `_source`, `_sheet`,
        `_row`.
    spelled : mapping of str to str
        Canonical column to its name in the file.
    unknown : tuple of str
        Names of the columns no canonical one uses.
    missing : tuple of str
        Required columns the file lacks; they stand in `cells` without a value.
    problems : tuple of Problem
        Columns that are named in `fields:` or required, and missing; columns that occur twice.
    notes : tuple of str
        Columns without a name that hold something.
    """

    cells: pd.DataFrame
    spelled: Mapping[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def expected_names(table: str, source: Source) -> frozenset[str]:
    """Return the column names looked for in a file, as `reading.header.name_key` gives them."""
    mapped = {name_key(column) for column in source.fields.values()}
    return frozenset(mapped | {field.name for field in TABLES[table].fields()})


def word_mappings(table: str, source: Source) -> dict[str, Mapping[str, str]]:
    """Return, per canonical column, the mapping of words a source gives.

    Examples
    --------
    >>> from gapkit.config import Source
    >>> word_mappings("programs", Source(statuses={"Live": {"status": "delivered", "stage": "market"}}))["stage"]
    {'Live': 'market'}
    """
    names = {field.name for field in TABLES[table].fields()}
    words: dict[str, Mapping[str, str]] = {column: source.teams for column in TEAM_COLUMNS if column in names}
    words |= {"type": source.types} if "type" in names else {}
    words |= {key: _meanings(source, key) for key in ("status", "stage")} if table == "programs" else {}
    return {column: mapping for column, mapping in words.items() if mapping}


def _meanings(source: Source, key: str) -> dict[str, str]:
    """Return, per status seen, what `statuses:` says under one key."""
    return {seen: meaning[key] for seen, meaning in source.statuses.items() if key in meaning}


def map_columns(sheet: Sheet, table: str, source: Source, *, is_lenient: bool = False) -> Mapped:
    """Bring a sheet under canonical column names.

    Parameters
    ----------
    sheet : Sheet
        As read.
    table : str
        The canonical table it feeds.
    source : Source
        Its entry in engagement.yml, or an empty one.
    is_lenient : bool
        Whether only a missing id is a problem: a tracker's export need not have the rest.
    """
    places, problems = _find_columns(sheet, table, source)
    cells = {column: sheet.cells.iloc[:, place] for column, place in places.items()}
    cells |= _stages_from_words(table, cells, source)
    missing = tuple(name for name in _missing_required(table, cells, source) if not is_lenient or _is_id(table, name))
    problems += [
        _missing(sheet, table, name, f"the table {table} requires it") for name in missing if name not in source.fields
    ]
    cells |= {column: pd.Series(None, index=sheet.cells.index, dtype="str") for column in missing}
    taken = {*(field.name for field in TABLES[table].fields()), *ORIGIN}
    extra, notes = _extra_columns(sheet, set(places.values()), taken)
    frame = pd.DataFrame(cells | extra, index=sheet.cells.index)
    origin = list(sheet.files) if sheet.files else sheet.file
    frame = frame.assign(_source=origin, _sheet=sheet.sheet, _row=sheet.cells.index.to_numpy("int64"))
    spelled = {column: sheet.columns[place] for column, place in places.items()}
    return Mapped(frame.reset_index(drop=True), spelled, tuple(sorted(extra)), missing, tuple(problems), notes)


def _find_columns(sheet: Sheet, table: str, source: Source) -> tuple[dict[str, int], list[Problem]]:
    """Return the place of every canonical column the sheet has."""
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for column in (field.name for field in TABLES[table].fields()):
        wanted = source.fields.get(column, column)
        found = _find(sheet.columns, wanted, exact=column in source.fields)
        if len(found) > 1:
            problems.append(_twice(sheet, table, wanted))
        if found:
            places[column] = found[0]
        elif column in source.fields:
            problems.append(missing_field(sheet, table, column, wanted))
    return places, problems


def _find(columns: tuple[str, ...], wanted: str, *, exact: bool) -> list[int]:
    """Return the places of a column name: as spelled if it occurs so, else by `name_key`."""
    spelled = [place for place, name in enumerate(columns) if name == wanted]
    if spelled and exact:
        return spelled
    return [place for place, name in enumerate(columns) if name_key(name) == name_key(wanted)]


def _missing_required(table: str, cells: Collection[str], source: Source) -> tuple[str, ...]:
    """Return the required columns a sheet lacks; one whose blank cells have a meaning may be absent."""
    words = word_mappings(table, source)
    needed = (field.name for field in TABLES[table].fields() if field.required)
    return tuple(column for column in needed if column not in cells and BLANK not in words.get(column, {}))


def _is_id(table: str, column: str) -> bool:
    return any(field.name == column and field.kind == "id" for field in TABLES[table].fields())


def missing_field(sheet: Sheet, table: str, column: str, wanted: str) -> Problem:
    """Return the problem of a column that `fields:` names and the file does not have."""
    return _missing(sheet, table, wanted, f"{column} is mapped to it under fields: in engagement.yml")


def _missing(sheet: Sheet, table: str, column: str, why: str) -> Problem:
    shown = [name for name in sheet.columns if name]
    return Problem(
        f"the column is missing; {why}",
        sheet.file,
        sheet.sheet,
        column=column,
        allowed="one of the columns in the file: " + ", ".join(shown[:15]) + (", …" if len(shown) > 15 else ""),
        remedy=f'Add the column, or name the one that holds it under fields: of this source ({column}: "…").',
        table=table,
    )


def _twice(sheet: Sheet, table: str, column: str) -> Problem:
    return Problem(
        "the column occurs more than once",
        sheet.file,
        sheet.sheet,
        column=column,
        allowed="one column of that name",
        remedy="Rename or remove the others, or choose one under fields: of this source.",
        table=table,
    )


def _stages_from_words(table: str, cells: Mapping[str, pd.Series], source: Source) -> dict[str, pd.Series]:
    """Return what `statuses:` adds: the stage of a program's status, the name and kind of the stages of visits."""
    column = {"programs": "status", "stage_visits": "stage"}.get(table, "")
    if column not in cells or not source.statuses:
        return {}
    seen = as_text(cells[column])
    stage, kind = look_up(seen, _meanings(source, "stage")), look_up(seen, _meanings(source, "kind"))
    if table == "programs":
        return {"stage": stage} if stage.notna().any() else {}
    given = as_text(cells["kind"]).fillna(kind) if "kind" in cells else kind
    return {"stage": stage.fillna(seen), "kind": given}


def _extra_columns(sheet: Sheet, used: set[int], taken: Collection[str]) -> tuple[dict[str, pd.Series], tuple[str, ...]]:
    """Return the columns nobody asked for, under names that collide with nothing, and a note on nameless ones."""
    extra: dict[str, pd.Series] = {}
    nameless = 0
    for place, name in enumerate(sheet.columns):
        if place in used:
            continue
        if not name:
            nameless += bool(sheet.cells.iloc[:, place].notna().any())
            continue
        free, count = name, 1
        while free in extra or free in taken:
            count += 1
            free = f"{name} ({count})"
        extra[free] = sheet.cells.iloc[:, place]
    note = f"{nameless} column{'s' if nameless > 1 else ''} without a name in {sheet.file} hold values and were not read."
    return extra, (note,) if nameless else ()
