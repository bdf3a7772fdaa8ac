"""Dated exports: the files of data/snapshots/YYYY-MM-DD/, and which source each is an export of.

A dated folder is laid out like data/ itself: the export of ``data/jira/export.csv`` lies in
``data/snapshots/2026-01-05/jira/export.csv``. Its bare name will do where no other source has it.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from gapkit.errors import Problem
from gapkit.intake.finding.export import Export

if TYPE_CHECKING:
    from gapkit.config import Source

SNAPSHOTS: Final = PurePosixPath("data/snapshots")
# Files that explain rather than hold data.
IGNORED: Final = (".md", ".gitkeep", ".ds_store", ".license")
_DAY: Final = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def files_in(folder: Path, within: Path) -> list[str]:
    """Return the files directly in a folder, hidden ones and those that explain left out.

    Parameters
    ----------
    folder : Path
        The engagement folder, to which the names are relative.
    within : Path
        The folder looked into; it may be absent.
    """
    if not within.is_dir():
        return []
    files = [path for path in sorted(within.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]
    return [path.relative_to(folder).as_posix() for path in files if path.suffix.lower() not in IGNORED]


def find_dated(folder: Path) -> tuple[list[Export], list[Problem]]:
    """Return the files of all dated folders in order of date, and the folders whose name is no date.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    """
    root = folder / SNAPSHOTS
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
        inside = sorted(path for path in day_folder.rglob("*") if path.is_dir())
        for part in (day_folder, *inside):
            exports += [Export(folder / file, file, on) for file in files_in(folder, part)]
    return exports, problems


def share_out(exports: Sequence[Export], sources: Sequence[Source]) -> tuple[dict[str, tuple[Export, ...]], list[Problem]]:
    """Return the dated exports of each source, by its `file:`, and those that several sources could mean.

    Parameters
    ----------
    exports : sequence of Export
        From `find_dated`.
    sources : sequence of Source
        The sources that may have dated exports.
    """
    shared: dict[str, list[Export]] = {}
    problems = []
    for export in exports:
        within = PurePosixPath(*PurePosixPath(export.file).parts[len(SNAPSHOTS.parts) + 1 :])
        grades = {source.file: _fit(within, source.file) for source in sources}
        best = max(grades.values(), default=0)
        files = [file for file, grade in grades.items() if grade == best and best]
        if len(files) > 1:
            problems.append(_unclear(export, files))
        for file in files[:1]:
            shared.setdefault(file, []).append(export)
    return {file: tuple(found) for file, found in shared.items()}, problems


def below_data(file: str) -> PurePosixPath:
    """Return where the export of a source lies within a dated folder.

    Examples
    --------
    >>> below_data("data/jira/export.csv").as_posix(), below_data("plan/a.csv").as_posix()
    ('jira/export.csv', 'plan/a.csv')
    """
    path = PurePosixPath(file)
    return path.relative_to("data") if path.is_relative_to("data") else path


def is_fitting(name: str, file: str) -> bool:
    """Return whether a file is called like the one, or like those, that a source names.

    Examples
    --------
    >>> is_fitting("a.json", "data/jira/*.json"), is_fitting("plan [1].csv", "data/plan [1].csv")
    (True, True)
    """
    return _is_at(PurePosixPath(name), PurePosixPath(PurePosixPath(file).name))


def day_in_name(name: str) -> dt.date | None:
    """Return the first day a file name holds, None when it holds none.

    Examples
    --------
    >>> day_in_name("plan 2026-01-05 signed"), day_in_name("export_20260301"), day_in_name("2026-02-30")
    (datetime.date(2026, 1, 5), datetime.date(2026, 3, 1), None)
    """
    return next(_days(name), None)


def without_day(name: str) -> str:
    """Return a file name without the day in it, so that the exports of every week have one name.

    Examples
    --------
    >>> without_day("programs 2026-05-04"), without_day("20260504"), without_day("plan")
    ('programs', '20260504', 'plan')
    """
    return _DAY.sub("", name, count=1).strip(" _-.()") or name if day_in_name(name) else name


def _days(name: str) -> Iterator[dt.date]:
    for found in _DAY.finditer(name):
        try:
            yield dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            continue


def _fit(within: PurePosixPath, file: str) -> int:
    """Return how well the place of a dated file fits a source: 2 the same place, 1 the same name, 0 not at all."""
    place = below_data(file)
    if _is_at(within, place):
        return 2
    return int(_is_at(within, PurePosixPath(place.name)))


def _is_at(within: PurePosixPath, place: PurePosixPath) -> bool:
    """Return whether a file is the one, in the folder, or among the files of the pattern that a source names."""
    if within == place or within.parent == place:
        return True
    if "**" not in place.parts and len(within.parts) != len(place.parts):
        return False
    pattern = place.as_posix().replace("[", "[[]").replace("**/", "*")
    return fnmatch.fnmatchcase(within.as_posix(), pattern)


def _unclear(export: Export, files: Sequence[str]) -> Problem:
    example = (SNAPSHOTS / str(export.on) / below_data(files[0])).as_posix()
    return Problem(
        "several sources could mean this dated export",
        export.file,
        allowed="an export of one of " + ", ".join(files),
        remedy=f"Lay the dated folder out like data/: {example}.",
    )


def exports_by_day(exports: Sequence[Export]) -> Mapping[dt.date | None, tuple[Export, ...]]:
    """Return exports by their day, the present ones under None."""
    days: dict[dt.date | None, list[Export]] = {}
    for export in exports:
        days.setdefault(export.on, []).append(export)
    return {day: tuple(of_day) for day, of_day in days.items()}
