"""From the files of an engagement folder to its canonical tables, with every problem of every file collected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gapkit.errors import InputError, Problem
from gapkit.intake.events import tidy_event_values
from gapkit.intake.files import read_file
from gapkit.intake.find import Plan, find_plans
from gapkit.intake.mapping import ORIGIN, Mapped, expected_names, map_columns, word_mappings
from gapkit.intake.parse import Reading, Typed, parse_table
from gapkit.intake.records import Intake, Sheet, SourceRead
from gapkit.intake.snapshots import build_history
from gapkit.intake.words import fill_blanks
from gapkit.schema import TABLES, conform, validate
from gapkit.schema.telling import also_in

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig


class PlanRead(NamedTuple):
    """One source after reading: its tables, its account, its problems, and the cells already complained about."""

    frames: Mapping[str, pd.DataFrame]
    source: SourceRead
    problems: tuple[Problem, ...]
    bad: pd.DataFrame
    origins: tuple[SourceRead, ...]


def read_tables(folder: Path, config: EngagementConfig) -> Intake:
    """Read every table of an engagement folder.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml.

    Returns
    -------
    Intake
        Tables, one account per source, notes, and all problems at once. With problems the tables are incomplete: the cells
        that could not be read are missing in them.
    """
    found = find_plans(folder, config)
    reads: list[PlanRead] = []
    problems = list(found.problems)
    for plan in found.plans:
        try:
            reads.append(_read_plan(plan, config))
        except InputError as error:
            problems += error.problems
    problems += [problem for read in reads for problem in read.problems]
    tables, notes = _assemble(reads, config.tz)
    problems += _breaches(tables, reads)  # before the rows are put in order, so that messages name them in that of the file
    if "programs" not in tables and not any(problem.table in ("", "programs") for problem in problems):
        problems.append(_no_programs(folder))
    return Intake(
        tables={name: _in_order(name, frame) for name, frame in tables.items()},
        sources=tuple(sorted((read.source for read in reads), key=lambda source: (source.file, source.table))),
        notes=(*found.notes, *notes),
        problems=tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.sheet, p.row or 0, p.column, p.what))),
    )


def _no_programs(folder: Path) -> Problem:
    seen = ", ".join(sorted(path.name for path in folder.glob("data/*"))) if (folder / "data").is_dir() else ""
    return Problem(
        "there are no programs to work on",
        "data",
        value=seen[:120],
        allowed="data/programs.csv, .xlsx or .parquet with at least one row, or a source that feeds the table programs",
        remedy="Put the client's export there, or name it under sources: in engagement.yml.",
        table="programs",
    )


def _read_plan(plan: Plan, config: EngagementConfig) -> PlanRead:
    """Read all files of one source as one table."""
    sheets, mapped, problems = _open(plan)
    raw = pd.concat([part.cells for part in mapped], ignore_index=True) if len(mapped) > 1 else mapped[0].cells
    spelled = {name: column for part in reversed(mapped) for name, column in part.spelled.items()}
    reading = Reading(
        tz=config.tz,
        currency=config.currency,
        dates=plan.source.dates,
        delimiter=";" if any(sheet.delimiter == ";" for sheet in sheets) else "",
        words=word_mappings(plan.table, plan.source),
        mapped=frozenset(plan.source.fields),
    )
    typed = parse_table(raw, plan.table, spelled, reading)
    frames, notes, more = _to_frames(plan, typed, reading, config)
    account = _account(plan, sheets, mapped, typed, spelled, rows_used=_rows_used(plan, frames, raw), notes=notes)
    origins = tuple(_origin(plan, sheet, part) for sheet, part in zip(sheets, mapped, strict=True))
    lacking = [part.cells[["_source", "_row"]].assign(column=name) for part in mapped for name in part.missing]
    bad = pd.concat([typed.bad, *lacking], ignore_index=True)
    return PlanRead(frames, account, (*problems, *typed.problems, *more), bad, origins)


def _open(plan: Plan) -> tuple[list[Sheet], list[Mapped], list[Problem]]:
    """Return the sheets of a plan under canonical columns; raise only when none could be read."""
    sheets, mapped = [], []
    problems: list[Problem] = []
    expected = expected_names(plan.table, plan.source)
    for export in plan.exports:
        try:
            sheet = read_file(export.path, export.file, expected, plan.source.sheet)
        except InputError as error:
            problems += error.problems
            continue
        part = map_columns(sheet, plan.table, plan.source)
        cells = part.cells
        if plan.is_series:
            cells = cells.assign(_on=pd.Series(export.on, index=cells.index, dtype="datetime64[us]"))
        sheets.append(sheet)
        mapped.append(part._replace(cells=cells))
        problems += [*sheet.problems, *part.problems]
    if not sheets:
        raise InputError(problems)
    return sheets, mapped, problems


def _to_frames(
    plan: Plan, typed: Typed, reading: Reading, config: EngagementConfig
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...], tuple[Problem, ...]]:
    """Return the canonical tables a source gives, with notes and problems of its history."""
    if not plan.is_series:
        frame = fill_blanks(typed.frame, reading.words)
        if plan.table == "status_events":
            frame = tidy_event_values(frame, plan.source, reading)
        return {plan.table: frame}, (), ()
    if "program_id" not in typed.frame:
        return {}, (), ()  # said already: the column is missing
    rows = _date_present(typed.frame, pd.Timestamp(config.as_of))
    history = build_history(rows, reading.words, config.tz)
    return {"programs": history.programs, "status_events": history.events}, history.notes, history.problems


def _date_present(rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Date the present export: it shows the day the data is read, and replaces a snapshot of that same day."""
    is_present = rows["_on"].isna()
    on = max(as_of, rows["_on"].max()) if rows["_on"].notna().any() else as_of
    replaced = (rows["_on"] == on) & rows["program_id"].isin(rows.loc[is_present, "program_id"])
    return rows.assign(_on=rows["_on"].fillna(on).dt.as_unit("us")).loc[~replaced].reset_index(drop=True)


def _rows_used(plan: Plan, frames: Mapping[str, pd.DataFrame], raw: pd.DataFrame) -> int:
    return len(raw) if plan.is_series else len(frames.get(plan.table, ()))


def _account(
    plan: Plan, sheets: Sequence[Sheet], mapped: Sequence[Mapped], typed: Typed, spelled: Mapping[str, str], *,
    rows_used: int, notes: Iterable[str],
) -> SourceRead:  # fmt: skip
    """Return the account of a source."""
    dates = {export.on for export in plan.exports}
    is_history = plan.is_series and len(dates) > 1
    name = plan.exports[0].file
    if plan.is_series and plan.exports[0].on is not None:
        name = f"data/snapshots/*/{Path(name).name}"
    said = [note for sheet in sheets for note in sheet.notes] + [note for part in mapped for note in part.notes]
    return SourceRead(
        file=name,
        files=tuple(sheet.file for sheet in sheets),
        sheet=sheets[0].sheet,
        format=sheets[0].format,
        table=plan.table,
        rows_read=len(typed.frame),
        rows_used=rows_used,
        encoding=sheets[-1].encoding,
        delimiter=sheets[-1].delimiter,
        columns_mapped=dict(spelled),
        columns_unknown=tuple(sorted({column for part in mapped for column in part.unknown})),
        unmapped=typed.unmapped,
        caught=typed.caught,
        history="snapshots" if is_history else "events" if plan.table == "status_events" else "none",
        notes=tuple(dict.fromkeys([*said, *typed.notes, *notes])),
    )


def _origin(plan: Plan, sheet: Sheet, part: Mapped) -> SourceRead:
    """Return what the check of the tables needs to name a column of one file as the file spells it."""
    rows = len(part.cells)
    return SourceRead(
        sheet.file, (sheet.file,), sheet.sheet, sheet.format, plan.table, rows, rows, columns_mapped=part.spelled
    )


def _assemble(reads: Sequence[PlanRead], tz: str) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Return the tables of all sources together, typed, completed and in order."""
    tables: dict[str, pd.DataFrame] = {}
    notes: list[str] = []
    for table in TABLES:
        parts = [read.frames[table] for read in reads if table in read.frames]
        if table == "status_events":
            parts = _logged_first(parts, [read for read in reads if table in read.frames])
        filled = [part for part in parts if len(part)]
        if parts and not filled:
            notes.append(f"The table {table} has a header and no rows; it counts as absent.")
        if filled:
            tables[table] = _finish(table, filled, tz)
    return tables, notes


def _logged_first(parts: list[pd.DataFrame], reads: Sequence[PlanRead]) -> list[pd.DataFrame]:
    """Leave out what snapshots tell about a program's field where a change log tells it too."""
    logs = [part for part, read in zip(parts, reads, strict=True) if read.source.history == "events"]
    if not logs or len(logs) == len(parts):
        return parts
    logged = pd.MultiIndex.from_frame(pd.concat([log[["program_id", "field"]] for log in logs]).drop_duplicates())
    kept = []
    for part, read in zip(parts, reads, strict=True):
        is_told = pd.MultiIndex.from_frame(part[["program_id", "field"]]).isin(logged)
        kept.append(part if read.source.history == "events" else part.loc[~is_told])
    return kept


def _finish(table: str, parts: Sequence[pd.DataFrame], tz: str) -> pd.DataFrame:
    """Return one typed frame whose columns do not depend on the order of files."""
    origin = {name: pd.CategoricalDtype(sorted({v for part in parts for v in part[name].unique()})) for name in ORIGIN[:2]}
    parts = [part.astype({**origin, "_row": "Int64"}) for part in parts]
    together = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    declared = {field.name for field in TABLES[table].fields()}
    extra = sorted(name for name in together.columns if name not in declared and name not in ORIGIN)
    return conform(table, together[[*(n for n in together.columns if n in declared), *extra, *ORIGIN]], tz)


def _in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in order of their key, then of all other columns (blank last), whatever order the files have.

    Resampling with a fixed seed then gives the same figures for the same facts.
    """
    names = [*TABLES[table].key, *(field.name for field in TABLES[table].fields())]
    keys = [name for name in dict.fromkeys(names) if name in frame]
    columns = pa.Table.from_pandas(frame[keys], preserve_index=False)
    order = pc.sort_indices(columns, sort_keys=[(name, "ascending") for name in keys]).to_numpy()
    return frame.take(order).reset_index(drop=True)


def _breaches(tables: Mapping[str, pd.DataFrame], reads: Sequence[PlanRead]) -> list[Problem]:
    """Return what breaks the declaration of the tables, without what was said when the cells were read."""
    origins = [origin for read in reads for origin in read.origins]
    problems = validate(tables, origins)
    return [told for told in (_unsaid(problem, tables, reads) for problem in problems) if told is not None]


def _unsaid(problem: Problem, tables: Mapping[str, pd.DataFrame], reads: Sequence[PlanRead]) -> Problem | None:
    """Return what of a problem was not said when the cells were read, None when all of it was.

    A required cell whose content could not be read is empty in the table; only the cells that are empty in the file are an
    empty cell to the consultant.
    """
    for read in reads:
        if problem.value or problem.row is None or read.source.table != problem.table:
            continue
        columns = {read.source.columns_mapped.get(name, name): name for name in tables[problem.table].columns}
        column = columns.get(problem.column, problem.column)
        bad = read.bad.loc[(read.bad["_source"] == problem.file) & (read.bad["column"] == column), "_row"]
        if bad.empty or column not in tables[problem.table]:
            continue
        frame = tables[problem.table]
        empty = frame.loc[(frame["_source"] == problem.file) & frame[column].isna(), "_row"]
        left = sorted(int(row) for row in empty[~empty.isin(bad)])
        if not left:
            return None
        what = problem.what.split(", in ")[0] + also_in(pd.Series(left))
        return replace(problem, what=what, row=left[0])
    return problem
