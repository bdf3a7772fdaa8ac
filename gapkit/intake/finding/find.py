"""What there is to read in an engagement folder, before any of it is opened.

A file in data/ named like a canonical table is that table. Anything else is read because engagement.yml names it under
`sources:`; what neither rule covers is listed, not passed over. A folder data/snapshots/YYYY-MM-DD/ holds the same files as
they were exported on that day.
"""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.config import Source, files_named
from gapkit.errors import Problem
from gapkit.intake.finding.dated import IGNORED, files_in, find_dated, share_out
from gapkit.intake.finding.detect import detect, glimpse
from gapkit.intake.finding.export import Export, Format
from gapkit.intake.formats import BY_NAME
from gapkit.intake.reading.files import READABLE
from gapkit.labels import label_list
from gapkit.schema import TABLES

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

__all__ = ["FLAT", "IGNORED", "PLAN_FOLDER", "SIGNED_PLAN", "Found", "Plan", "find_plans", "may_be_dated"]

# Format names of files that are tables already, columns to be mapped one by one; "" has the file decide.
FLAT: Final = ("flat", "csv", "excel", "parquet")
# Where a consultant's signed plan of record lies; each file may be named by the day it was signed.
PLAN_FOLDER: Final = "plan"
SIGNED_PLAN: Final = "signed_plan"


class Plan(NamedTuple):
    """One source to be read.

    Attributes
    ----------
    source : Source
        Its entry in engagement.yml, or a bare one for a file found by its name.
    table : str
        The canonical table it feeds; for a tracker's export the one that `fields:` speak of.
    exports : tuple of Export
        The present file or files first, then the snapshots in order of date; empty for a query.
    format : Format, optional
        How a tracker's export is read; None for a file that is a table already.
    reason : str
        Why it was taken for that format; empty when engagement.yml says so.
    """

    source: Source
    table: str
    exports: tuple[Export, ...]
    format: Format | None = None
    reason: str = ""

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
    snapshots, problems = find_dated(folder)
    refusals = [_refused(source) for source in config.sources]
    problems += [refusal for refusal in refusals if refusal]
    sources = [source for source, refusal in zip(config.sources, refusals, strict=True) if not refusal]
    dated, unclear = share_out(snapshots, [source for source in sources if may_be_dated(source)])
    problems += unclear
    plans = [_named(folder, source, dated.get(source.file, ()) if may_be_dated(source) else ()) for source in sources]
    claimed = {export.file for plan in plans for export in plan.exports} | {problem.file for problem in problems}
    present = [file for file in files_in(folder, folder / "data") if file not in claimed]
    # Dated exports of a source that does not ask for them must not turn up as a second table of the same programs.
    named = {PurePosixPath(source.file).name for source in config.sources}
    left_dated = [export for export in snapshots if PurePosixPath(export.file).name not in named]
    for table in TABLES:
        plan, doubled = _by_name(folder, table, present, left_dated)
        plans += [plan] if plan else []
        problems += doubled
    signed = [file for file in files_in(folder, folder / PLAN_FOLDER) if file not in claimed]
    plans += [_signed(folder, file) for file in signed if PurePosixPath(file).suffix.lower() in READABLE]
    claimed |= {export.file for plan in plans for export in plan.exports} | {problem.file for problem in problems}
    left = sorted({*present, *signed, *(export.file for export in snapshots)} - claimed)
    return Found(tuple(plans), _left_alone(left), tuple(problems))


def _refused(source: Source) -> Problem | None:
    """Return why a source cannot be read, if so."""

    def problem(what: str, column: str, value: str, allowed: str, remedy: str) -> Problem:
        return Problem(what, "engagement.yml", "", source.line or None, column, value[:80], allowed, remedy)

    if source.format and source.format not in (*FLAT, *BY_NAME):
        remedy = "Leave format: out to have it recognised; flat is a table whose columns stand under fields:."
        return problem("unknown format", "format", source.format, ", ".join((*FLAT, *BY_NAME)), remedy)
    if source.snapshots and _table_of(source) != "programs":
        remedy = "Leave snapshots: out for this source."
        return problem("snapshots are compared for programs only", "snapshots", source.file, "table: programs", remedy)
    return None


def _table_of(source: Source) -> str:
    stem = PurePosixPath(source.file).stem
    return source.table or (stem if stem in TABLES else "programs")


def may_be_dated(source: Source) -> bool:
    """Return whether dated exports of a source are read."""
    return bool(source.file) and _table_of(source) == "programs" and source.snapshots is not False


def _named(folder: Path, source: Source, dated: Sequence[Export]) -> Plan:
    """Return the plan of a source named in engagement.yml; its file is looked for even if absent, so that this is said."""
    table = _table_of(source)
    if source.sql:
        return Plan(source, table, ())
    present = _not_dated([Export(folder / file, file) for file in _present(folder, source.file)], dated)
    is_there = any(export.path.is_file() for export in present)
    exports = (*(present if is_there or not dated else ()), *dated)
    form, reason = _format_of(source, exports[0])
    return Plan(source, table, exports, form, reason)


def _not_dated(present: Sequence[Export], dated: Sequence[Export]) -> list[Export]:
    """Leave out what lies in data/ and is the export of a day that is filed already: it is that one, not today's."""
    return [export for export in present if not any(_is_same(export.path, each.path) for each in dated)]


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and one.stat().st_size == other.stat().st_size and filecmp.cmp(one, other, shallow=False)


def _present(folder: Path, file: str) -> list[str]:
    """Return the files a source names: one, those of a folder or of a pattern; its own name where there is none."""
    found = [path.relative_to(folder).as_posix() for path in files_named(folder, file)]
    return found or [PurePosixPath(file).as_posix()]


def _format_of(source: Source, export: Export) -> tuple[Format | None, str]:
    """Return how a source is read and why: as engagement.yml says, else as its first file looks."""
    if source.format in BY_NAME:
        return BY_NAME[source.format], ""
    if source.format in FLAT or not export.path.is_file():
        return None, ""
    found = detect(glimpse(export.path, export.file))
    return (found.format, found.reason) if found else (None, "")


def _signed(folder: Path, file: str) -> Plan:
    """Return the plan of a signed plan of record."""
    return Plan(Source(file=file, table=SIGNED_PLAN), SIGNED_PLAN, (Export(folder / file, file),))


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
    series = [export for export in dated if _is_named(export.file, table)] if table == "programs" else []
    exports = [*_not_dated([Export(folder / file, file) for file in files], series), *series]
    return (Plan(Source(file=exports[0].file, table=table), table, tuple(exports)) if exports else None), []


def _is_named(file: str, table: str) -> bool:
    path = PurePosixPath(file)
    return path.stem == table and path.suffix.lower() in READABLE


def _left_alone(files: Sequence[str]) -> tuple[str, ...]:
    if not files:
        return ()
    shown = label_list([*files[:5], *([f"{len(files) - 5} more"] if len(files) > 5 else [])])
    return (f"Not read, because no table has this name and no source asks for it: {shown}.",)
