"""What there is to read in an engagement folder, before any of it is opened.

A file in data/ named like a canonical table is that table. Anything else is read because engagement.yml names it under
`sources:`; what neither rule covers is listed, not passed over. A folder data/snapshots/YYYY-MM-DD/ holds the same files as
they were exported on that day.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.config import Source
from gapkit.errors import Problem
from gapkit.intake.files import READABLE
from gapkit.labels import label_list
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.config import EngagementConfig

# Format names a source may give; "" has the ending decide.
FLAT: Final = ("", "flat", "csv", "excel", "parquet")
IGNORED: Final = (".md", ".gitkeep", ".ds_store", ".license")


class Export(NamedTuple):
    """One file of a plan: where it is, its name for messages, and its day (None for the present export)."""

    path: Path
    file: str
    on: dt.date | None


class Plan(NamedTuple):
    """One source to be read.

    Attributes
    ----------
    source : Source
        Its entry in engagement.yml, or a bare one for a file found by its name.
    table : str
        The canonical table it feeds.
    exports : tuple of Export
        The present file first, then the snapshots in order of date.
    """

    source: Source
    table: str
    exports: tuple[Export, ...]

    @property
    def is_series(self) -> bool:
        """Whether the source has dated exports."""
        return any(export.on is not None for export in self.exports)


class Found(NamedTuple):
    """Everything to be read, with notes on files left alone and problems with the layout."""

    plans: tuple[Plan, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_plans(folder: Path, config: EngagementConfig) -> Found:
    """Return the sources of an engagement folder.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml.
    """
    snapshots, problems = _snapshots(folder)
    plans = []
    for source in config.sources:
        refusal = _refused(source)
        if refusal:
            problems.append(refusal)
        else:
            plans.append(_named(folder, source, snapshots))
    claimed = {export.file for plan in plans for export in plan.exports}
    present = [file for file in _files(folder, folder / "data") if file not in claimed]
    # Dated exports of a source that does not ask for them must not turn up as a second table of the same programs.
    named = {PurePosixPath(source.file).name for source in config.sources}
    dated = [export for export in snapshots if PurePosixPath(export.file).name not in named]
    for table in TABLES:
        plan, doubled = _by_name(folder, table, present, dated)
        plans += [plan] if plan else []
        problems += doubled
    claimed |= {export.file for plan in plans for export in plan.exports} | {problem.file for problem in problems}
    left = sorted({*present, *(export.file for export in snapshots)} - claimed)
    return Found(tuple(plans), _left_alone(left), tuple(problems))


def _refused(source: Source) -> Problem | None:
    """Return why a source cannot be read by this version, if so."""

    def problem(what: str, column: str, value: str, allowed: str, remedy: str) -> Problem:
        return Problem(what, "engagement.yml", "", source.line or None, column, value[:80], allowed, remedy)

    if source.sql:
        remedy = "Save the result of the query as CSV and name it under file:."
        return problem("queries are not run by this version", "sql", source.sql, "file: data/…", remedy)
    if source.format not in FLAT:
        remedy = "Leave format: out and map the columns under fields:."
        return problem("unknown format", "format", source.format, ", ".join(filter(None, FLAT)), remedy)
    if source.snapshots and _table_of(source) != "programs":
        remedy = "Leave snapshots: out for this source."
        return problem("snapshots are compared for programs only", "snapshots", source.file, "table: programs", remedy)
    return None


def _table_of(source: Source) -> str:
    stem = PurePosixPath(source.file).stem
    return source.table or (stem if stem in TABLES else "programs")


def _named(folder: Path, source: Source, snapshots: Sequence[Export]) -> Plan:
    """Return the plan of a source named in engagement.yml; its file is looked for even if absent, so that this is said."""
    wanted = PurePosixPath(source.file)
    dated = tuple(e for e in snapshots if source.snapshots and PurePosixPath(e.file).name == wanted.name)
    present = Export(folder / wanted, wanted.as_posix(), None)
    exports = (present, *dated) if not dated or present.path.is_file() else dated
    return Plan(source, _table_of(source), exports)


def _by_name(
    folder: Path, table: str, present: Sequence[str], dated: Sequence[Export]
) -> tuple[Plan | None, list[Problem]]:
    """Return the plan of a table whose files carry its name."""
    files = [file for file in present if _is_named(file, table)]
    if len(files) > 1:
        what = f"more than one file for the table {table}"
        remedy = "Keep one, or name each under sources: with its table."
        return None, [
            Problem(what, file, allowed="one of " + ", ".join(files), remedy=remedy, table=table) for file in files
        ]
    exports = [Export(folder / file, file, None) for file in files]
    exports += [e for e in dated if _is_named(e.file, table)] if table == "programs" else []
    return (Plan(Source(file=exports[0].file, table=table), table, tuple(exports)) if exports else None), []


def _is_named(file: str, table: str) -> bool:
    path = PurePosixPath(file)
    return path.stem == table and path.suffix.lower() in READABLE


def _files(folder: Path, within: Path) -> list[str]:
    """Return the files directly in a folder, hidden ones and those that explain rather than hold data left out."""
    if not within.is_dir():
        return []
    files = [path for path in sorted(within.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]
    return [path.relative_to(folder).as_posix() for path in files if path.suffix.lower() not in IGNORED]


def _snapshots(folder: Path) -> tuple[list[Export], list[Problem]]:
    """Return the files of all dated folders in order of date, and the folders whose name is no date."""
    root = folder / "data" / "snapshots"
    exports: list[Export] = []
    problems: list[Problem] = []
    for day_folder in sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else ():
        try:
            on = dt.date.fromisoformat(day_folder.name)
        except ValueError:
            what, remedy = "the folder of a snapshot is not named by its date", "Rename it to the day of the export."
            name = day_folder.relative_to(folder).as_posix()
            problems.append(Problem(what, name, value=day_folder.name, allowed="YYYY-MM-DD", remedy=remedy))
            continue
        exports += [Export(folder / file, file, on) for file in _files(folder, day_folder)]
    return exports, problems


def _left_alone(files: Sequence[str]) -> tuple[str, ...]:
    if not files:
        return ()
    shown = label_list([*files[:5], *([f"{len(files) - 5} more"] if len(files) > 5 else [])])
    return (f"Not read, because no table has this name and no source asks for it: {shown}.",)
