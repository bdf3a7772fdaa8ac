"""One reading of a folder serves all phases of a run.

Reading and checking the files is most of the work of `load`, and the three notebooks of a run load the same folder one
after another. The last reading is kept, and used again only while engagement.yml and all files of the folder stay as they
are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gapkit.config import EngagementConfig
from gapkit.intake import Intake, read_tables

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Reading:
    folder: Path
    stamp: Stamp
    config: EngagementConfig
    intake: Intake


_last: list[_Reading] = []


def read_once(folder: Path, config: EngagementConfig) -> Intake:
    """Return `read_tables` of a folder, from memory when nothing in it has changed since.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml, as just read.

    Returns
    -------
    Intake
        With shallow copies of its tables: a column set in one of them (which pandas copies on write) stays there.
    """
    stamp = stamp_of(folder)
    for reading in _last:
        if (reading.folder, reading.stamp, reading.config) == (folder, stamp, config):
            return _shallow(reading.intake)
    intake = read_tables(folder, config)
    _last[:] = [_Reading(folder, stamp, config, _shallow(intake))]
    return intake


def stamp_of(folder: Path) -> Stamp:
    """Return path, size and time of the last change of every file in a folder, in order of path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


def _shallow(intake: Intake) -> Intake:
    return replace(intake, tables={name: table.copy(deep=False) for name, table in intake.tables.items()})
