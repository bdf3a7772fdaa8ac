"""The files of one source opened: their sheets under canonical column names, cells still as written, table by table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.dated import day_in_name, exports_by_day
from gapkit.intake.finding.export import Extract, Part
from gapkit.intake.finding.find import SIGNED_PLAN, Plan
from gapkit.intake.formats.columns import column_of, with_columns
from gapkit.intake.mapping import Mapped, expected_names, map_columns, missing_field
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.sql import digest_of, read_query
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.config import Source

Meanings = Mapping[str, Mapping[str, str]]
SIGNED_ON = "signed_on"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the files of one source hold.

    Attributes
    ----------
    sheets : mapping of str to list of (Sheet, Mapped)
        Per canonical table its sheets, as read and under canonical columns.
    meanings : mapping of str to mapping
        Status as seen to what the files themselves say of it.
    notes : tuple of str
        What a reader should know of the files.
    problems : tuple of Problem
        What must be mended in them.
    history_from : date, optional
        Day from which a change log is complete, where one is cut.
    digest : str
        SHA-256 of the rows a query returned; empty for files.
    """

    sheets: Mapping[str, list[tuple[Sheet, Mapped]]]
    meanings: Meanings
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    history_from: dt.date | None = None
    digest: str = ""


def open_source(plan: Plan) -> Opened:
    """Open all files of a source, or run its query.

    Parameters
    ----------
    plan : Plan
        What to read.

    Raises
    ------
    InputError
        When nothing could be read; what is wrong with single files is in the result.
    """
    if plan.source.sql:
        sheet = read_query(plan.source)
        part = map_columns(sheet, plan.table, plan.source)
        problems = (*sheet.problems, *part.problems)
        return Opened({plan.table: [(sheet, part)]}, {}, (), problems, digest=digest_of(sheet))
    return _open_tables(plan) if plan.format is None else _open_exports(plan)


def types_seen(opened: Opened) -> pd.Series:
    """Return the type of every row of programs as its file has it, in the order of the sheets."""
    parts = [part.cells for _, part in opened.sheets.get("programs", [])]
    texts = [
        as_text(cells["type"]) if "type" in cells else pd.Series(None, index=cells.index, dtype="str") for cells in parts
    ]
    return pd.concat(texts, ignore_index=True) if texts else pd.Series(dtype="str")


def _open_tables(plan: Plan) -> Opened:
    """Open files that are tables already; raise only when none could be read."""
    sheets: list[tuple[Sheet, Mapped]] = []
    problems: list[Problem] = []
    expected = expected_names(plan.table, plan.source)
    for export in plan.exports:
        try:
            sheet = read_file(export.path, export.file, expected, plan.source.sheet)
            if plan.table == SIGNED_PLAN:
                sheet = _signed_on(sheet, plan.source.fields.get(SIGNED_ON, SIGNED_ON))
        except InputError as error:
            problems += error.problems
            continue
        part = map_columns(sheet, plan.table, plan.source)
        sheets.append((sheet, _on_day(part, plan, export.on)))
        problems += [*sheet.problems, *part.problems]
    if not sheets:
        raise InputError(problems)
    return Opened({plan.table: sheets}, {}, (), tuple(problems))


def _signed_on(sheet: Sheet, column: str) -> Sheet:
    """Return a signed plan with the day in the name of its file as the day it was signed, where no cell says it."""
    found = next((name for name in sheet.columns if name_key(name) == name_key(column)), "")
    days = as_text(column_of(sheet, found)) if found else pd.Series(None, index=sheet.cells.index, dtype="str")
    day = day_in_name(PurePosixPath(sheet.file).name)
    if day is None and not found and len(sheet.cells):
        refuse(
            "nothing says when this plan was signed", sheet.file, column=column, table=SIGNED_PLAN,
            allowed=f"a column {column}, or a file name that begins with the day, such as 2026-01-05 plan.csv",
            remedy="Add the day to the name of the file.",
        )  # fmt: skip
    if found and (day is None or days.notna().all()):
        return sheet
    cells = column_of(sheet, found).astype(object) if found else days
    return with_columns(sheet, {found or column: cells.mask(days.isna(), day.isoformat() if day else None)})


def _on_day(part: Mapped, plan: Plan, on: dt.date | None) -> Mapped:
    if not plan.is_series:
        return part
    return part._replace(cells=part.cells.assign(_on=pd.Series(on, index=part.cells.index, dtype="datetime64[us]")))


def _open_exports(plan: Plan) -> Opened:
    """Open a tracker's exports, all files of one day together; raise only when nothing could be read."""
    assert plan.format is not None
    sheets: dict[str, list[tuple[Sheet, Mapped]]] = {}
    extracts: list[Extract] = []
    problems: list[Problem] = []
    unfound = dict.fromkeys(plan.source.fields)
    for on, exports in exports_by_day(plan.exports).items():
        try:
            extract = plan.format.read(exports, plan.source)
        except InputError as error:
            problems += error.problems
            continue
        extracts.append(extract)
        problems += extract.problems
        for part in extract.parts:
            given = _given(part, plan.source)
            used = replace(plan.source, fields={**part.fields, **given})
            mapped = map_columns(part.sheet, part.table, used, is_lenient=True)
            unfound = {name: None for name in unfound if name not in given}
            sheets.setdefault(part.table, []).append((part.sheet, _on_day(mapped, plan, on)))
            problems += [*part.sheet.problems, *mapped.problems]
    if not sheets:
        raise InputError(problems or [_nothing(plan)])
    if plan.source.table and plan.source.table not in sheets:
        problems.append(_no_such_table(plan, list(sheets)))
    main = sheets.get(plan.table) or next(iter(sheets.values()))
    problems += [missing_field(main[0][0], plan.table, name, plan.source.fields[name]) for name in unfound]
    notes = tuple(dict.fromkeys(note for extract in extracts for note in extract.notes))
    cut = max((extract.history_from for extract in extracts if extract.history_from), default=None)
    return Opened(sheets, _joined(extract.meanings for extract in extracts), notes, tuple(problems), cut)


def _nothing(plan: Plan) -> Problem:
    file = plan.exports[0].file
    return Problem("there is nothing in this export", file, remedy="Export it again, with every item in it.")


def _no_such_table(plan: Plan, held: Sequence[str]) -> Problem:
    assert plan.format is not None
    remedy = "Leave table: out, or say format: flat if the file is that table with columns of its own."
    what = f"taken for a {plan.format.title} export, which does not hold this table"
    line = plan.source.line or None
    return Problem(what, "engagement.yml", "", line, "table", plan.source.table, ", ".join(held), remedy, plan.source.table)


def _joined(meanings: Iterable[Meanings]) -> dict[str, Mapping[str, str]]:
    return {seen: meaning for each in meanings for seen, meaning in each.items()}


def _given(part: Part, source: Source) -> dict[str, str]:
    """Return the columns engagement.yml names for a part, as far as it has them."""
    keys = {name_key(column) for column in part.sheet.columns}
    ours = {field.name for field in TABLES[part.table].fields()}
    return {name: column for name, column in source.fields.items() if name in ours and name_key(column) in keys}


def with_meanings(own: Meanings, given: Meanings) -> dict[str, Mapping[str, str]]:
    """Return what statuses mean: as engagement.yml says, and where it is silent as the export itself says.

    Examples
    --------
    >>> with_meanings({"In Review": {"status": "in_progress"}}, {"in review": {"kind": "approval"}})
    {'In Review': {'status': 'in_progress', 'kind': 'approval'}}
    """
    keyed: dict[str, list[str]] = {}
    for seen in own:
        keyed.setdefault(name_key(seen), []).append(seen)
    meant = {seen: dict(meaning) for seen, meaning in own.items()}
    exact = {seen: [seen] for seen in given if seen in own}
    for seen, meaning in given.items():
        others = [word for word in keyed.get(name_key(seen), []) if word not in exact]
        for word in exact.get(seen, others or [seen]):
            meant[word] = {**meant.get(word, {}), **meaning}
    return dict(meant)
