"""The account of a source: what was found in it and what became of it, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gapkit.intake.finding.find import Plan
from gapkit.intake.mapping import Mapped
from gapkit.intake.opening import Opened
from gapkit.intake.reading.records import Sheet, SourceRead
from gapkit.intake.reading.sql import query_name
from gapkit.intake.source_tables import SourceTables, Told, spelled


def accounts_of(plan: Plan, opened: Opened, told: Mapping[str, Told], tables: SourceTables) -> dict[str, SourceRead]:
    """Return the account of every table a source holds.

    Parameters
    ----------
    plan : Plan
        What was read.
    opened : Opened
        Its sheets.
    told : mapping of str to Told
        Its cells.
    tables : SourceTables
        What became of them. What follows from other tables (a history, stays in stages) is told in the account of the
        source's main table, which also has what concerns the source as a whole.
    """
    found = {table: _account(plan, table, opened, told[table], tables) for table in opened.sheets}
    main = main_table(plan, opened)
    derived = [table for table in {**tables.notes, **tables.unmapped} if table not in found]
    more = [note for table in derived for note in tables.notes.get(table, ())]
    lacking = {column: words for table in derived for column, words in tables.unmapped.get(table, {}).items()}
    first = found[main]
    found[main] = replace(
        first,
        notes=tuple(dict.fromkeys([*first.notes, *opened.notes, *more])),
        unmapped={**first.unmapped, **lacking},
        digest=opened.digest,
    )
    return found


def main_table(plan: Plan, opened: Opened) -> str:
    """Return the table a source is chiefly about."""
    return plan.table if plan.table in opened.sheets else next(iter(opened.sheets))


def origins_of(table: str, opened: Opened) -> tuple[SourceRead, ...]:
    """Return, per file of a table, what is needed to name its columns as the file spells them."""
    return tuple(_origin(table, sheet, part) for sheet, part in opened.sheets.get(table, []))


def _account(plan: Plan, table: str, opened: Opened, told: Told, tables: SourceTables) -> SourceRead:
    parts, typed = opened.sheets[table], told.typed
    sheets, mapped = [sheet for sheet, _ in parts], [part for _, part in parts]
    said = [note for sheet in sheets for note in sheet.notes] + [note for part in mapped for note in part.notes]
    is_log = table == "status_events"
    return SourceRead(
        file=_name(plan),
        files=_files(plan, sheets),
        sheet=sheets[0].sheet,
        format=plan.format.name if plan.format else sheets[0].format,
        table=table,
        rows_read=len(typed.frame),
        rows_used=_rows_used(plan, table, typed.frame.shape[0], tables),
        encoding=sheets[-1].encoding,
        delimiter=sheets[-1].delimiter,
        columns_mapped=spelled(mapped),
        columns_unknown=tuple(sorted({column for part in mapped for column in part.unknown})),
        unmapped={**typed.unmapped, **tables.unmapped.get(table, {})},
        caught=typed.caught,
        history="snapshots" if _is_dated(plan, table) else "events" if is_log else "none",
        notes=tuple(dict.fromkeys([*said, *typed.notes, *tables.notes.get(table, ())])),
        title=plan.format.title if plan.format else "",
        reason=plan.reason,
        is_verified=plan.format.is_verified if plan.format else True,
        history_from=opened.history_from if is_log else None,
    )


def _files(plan: Plan, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the files read: all a tracker's export consists of, else those that could be opened; none for a query."""
    if plan.format:
        return tuple(export.file for export in plan.exports)
    return tuple(sheet.file for sheet in sheets) if plan.exports else ()


def _is_dated(plan: Plan, table: str) -> bool:
    return plan.is_series and len({export.on for export in plan.exports}) > 1 and table == "programs"


def _rows_used(plan: Plan, table: str, rows_read: int, tables: SourceTables) -> int:
    """Return how many rows ended up in a table or its history; copies are merged, a log of stages tells statuses too."""
    if table == "programs" or plan.is_series:
        return rows_read
    return min(rows_read, len(tables.frames.get(table, ())))


def _name(plan: Plan) -> str:
    """Return what a source is called: its file, folder or pattern, or the dated exports of it."""
    if not plan.exports:
        return query_name(plan.source)
    if plan.exports[0].on is None:
        return plan.source.file if len(plan.exports) > 1 and plan.exports[1].on is None else plan.exports[0].file
    return "/".join(["data/snapshots/*", *plan.exports[0].file.split("/")[3:]])


def _origin(table: str, sheet: Sheet, part: Mapped) -> SourceRead:
    rows = len(part.cells)
    return SourceRead(sheet.file, (sheet.file,), sheet.sheet, sheet.format, table, rows, rows, columns_mapped=part.spelled)
