"""From the files of an engagement folder to its canonical tables, with every problem of every file collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.find import find_plans
from gapkit.intake.history.settle import ASSUMED
from gapkit.intake.joining.links import with_links
from gapkit.intake.joining.together import each_change_once, one_row_each
from gapkit.intake.mapping import ORIGIN
from gapkit.intake.people.identity import with_identities
from gapkit.intake.reading.records import Intake, SourceRead
from gapkit.intake.sources import TableRead, read_source
from gapkit.labels import label_list
from gapkit.schema import TABLES, conform, validate
from gapkit.schema.telling import also_in

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

NO_PROGRAMS: Final = "there are no programs to work on"


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
    reads: list[TableRead] = []
    problems = list(found.problems)
    for plan in found.plans:
        try:
            reads += read_source(plan, config)
        except InputError as error:
            problems += error.problems
    problems += [problem for read in reads for problem in read.problems]
    tables, notes, clashes = _assemble(reads, config)
    problems += clashes
    problems += _breaches(tables, reads)  # before the rows are put in order, so that messages name them in that of the file
    if "programs" not in tables and not any(problem.table in ("", "programs") for problem in problems):
        problems.append(_no_programs(folder))
    return Intake(
        tables={name: _in_order(name, frame) for name, frame in tables.items()},
        sources=tuple(sorted(_accounts(reads), key=lambda source: (source.file, source.table))),
        notes=(*found.notes, *notes),
        problems=tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.sheet, p.row or 0, p.column, p.what))),
    )


def _accounts(reads: Sequence[TableRead]) -> list[SourceRead]:
    return [read.source for read in reads if not read.is_derived]


def _no_programs(folder: Path) -> Problem:
    seen = ", ".join(sorted(path.name for path in folder.glob("data/*"))) if (folder / "data").is_dir() else ""
    return Problem(
        NO_PROGRAMS,
        "data",
        value=seen[:120],
        allowed="data/programs.csv, .xlsx or .parquet with at least one row, or a source that feeds the table programs",
        remedy="Put the client's export there, or name it under sources: in engagement.yml.",
        table="programs",
    )


def _assemble(
    reads: Sequence[TableRead], config: EngagementConfig
) -> tuple[dict[str, pd.DataFrame], list[str], tuple[Problem, ...]]:
    """Return the tables of all sources together, typed, completed and in order, one row per program."""
    tables: dict[str, pd.DataFrame] = {}
    empty: list[str] = []
    for table in TABLES:
        of_table = [read for read in reads if read.table == table]
        filled = [read.frame for read in of_table if len(read.frame)]
        if of_table and not filled and not any(read.source.title for read in of_table):
            empty.append(table)
        if filled:
            tables[table] = _finish(table, filled, config.tz)
    tables, lost = with_links(tables, config.links)
    tables = with_identities(tables, config.owners)
    said: tuple[str, ...] = ()
    clashes: tuple[Problem, ...] = ()
    if "programs" in tables:
        fed = [read.source for read in reads if read.table == "programs"]
        tables["programs"], said, clashes = one_row_each(tables["programs"], fed, config)
    if "status_events" in tables:
        tables["status_events"] = each_change_once(tables["status_events"])
    return tables, [*_tell_empty(empty), *lost, *said], clashes


def _tell_empty(tables: Sequence[str]) -> list[str]:
    if not tables:
        return []
    one, their = ("has", "it counts") if len(tables) == 1 else ("have", "they count")
    noun = "table" if len(tables) == 1 else "tables"
    return [f"The {noun} {label_list(list(tables))} {one} a header and no rows; {their} as absent."]


def _finish(table: str, parts: Sequence[pd.DataFrame], tz: str) -> pd.DataFrame:
    """Return one typed frame whose columns do not depend on the order of files."""
    origin = {name: pd.CategoricalDtype(sorted({v for part in parts for v in part[name].unique()})) for name in ORIGIN[:2]}
    if any(ASSUMED in part for part in parts):  # what a table says itself is not assumed
        parts = [part if ASSUMED in part else part.assign(**{ASSUMED: _stated(part)}) for part in parts]
    parts = [part.astype({**origin, "_row": "Int64"}) for part in parts]
    together = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    declared = {field.name for field in TABLES[table].fields()}
    extra = sorted(name for name in together.columns if name not in declared and name not in ORIGIN)
    return conform(table, together[[*(n for n in together.columns if n in declared), *extra, *ORIGIN]], tz)


def _stated(part: pd.DataFrame) -> pd.Series:
    return pd.Series(False, index=part.index, dtype="boolean").mask(part["status"].isna())


def _in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in order of their key, then of all other columns (blank last), whatever order the files have.

    Resampling with a fixed seed then gives the same figures for the same facts.
    """
    names = [*TABLES[table].key, *(field.name for field in TABLES[table].fields())]
    keys = [name for name in dict.fromkeys(names) if name in frame]
    columns = pa.Table.from_pandas(frame[keys], preserve_index=False)
    order = pc.sort_indices(columns, sort_keys=[(name, "ascending") for name in keys]).to_numpy()
    return frame.take(order).reset_index(drop=True)


def _breaches(tables: Mapping[str, pd.DataFrame], reads: Sequence[TableRead]) -> list[Problem]:
    """Return what breaks the declaration of the tables, without what was said when the cells were read."""
    origins = [origin for read in reads for origin in read.origins]
    problems = validate(tables, origins)
    return [told for told in (_unsaid(problem, tables, reads) for problem in problems) if told is not None]


def _unsaid(problem: Problem, tables: Mapping[str, pd.DataFrame], reads: Sequence[TableRead]) -> Problem | None:
    """Return what of a problem was not said when the cells were read, None when all of it was.

    A required cell whose content could not be read is empty in the table; only the cells that are empty in the file are an
    empty cell to the consultant.
    """
    for read in reads:
        if problem.value or problem.row is None or read.table != problem.table:
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
