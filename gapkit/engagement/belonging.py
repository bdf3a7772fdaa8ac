"""Which source a downloaded export belongs to, which day it is of, and where it is filed."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.dated import below_data, day_in_name, is_fitting, without_day
from gapkit.intake.finding.detect import detect, glimpse
from gapkit.intake.finding.find import Plan
from gapkit.intake.formats.planner import exported_on


def refused(what: str, path: Path, *, value: str = "", allowed: str = "", remedy: str = "") -> InputError:
    """Return the error of one file that cannot be filed."""
    return InputError([Problem(what, str(path), value=value, allowed=allowed, remedy=remedy)])


def day_of(path: Path, zone: zoneinfo.ZoneInfo) -> tuple[dt.date, str]:
    """Return the day of an export and what it was taken from: the file itself, else its name, else its last change."""
    stated = exported_on(glimpse(path, path.name))
    if stated:
        return stated, "stated in the file"
    named = day_in_name(path.stem)
    if named:
        return named, "in its name"
    return dt.datetime.fromtimestamp(path.stat().st_mtime, zone).date(), "of its last change"


def source_of(path: Path, plans: Mapping[str, Plan], folder: Path, wanted: str = "") -> str:
    """Return the `file:` of the source an export belongs to; empty when there is none.

    Parameters
    ----------
    path : Path
        The export.
    plans : mapping of str to Plan
        The sources it may belong to, by their `file:`.
    folder : Path
        The engagement folder.
    wanted : str
        The source as the consultant names it; else the one at the place of the file, of its name, or the only one of its
        format.

    Raises
    ------
    InputError
        When no source has the name given, or several could be meant.
    """
    if wanted:
        chosen = [file for file in plans if wanted in (file, PurePosixPath(file).name)]
        if len(chosen) != 1:
            what = "several sources have this name" if chosen else "engagement.yml has no such source"
            raise refused(what, path, value=wanted, allowed=", ".join(chosen or plans))
        return chosen[0]
    here = [file for file in plans if (folder / file).resolve() == path.resolve()]
    named = here or [file for file in plans if is_fitting(path.name, file) or is_fitting(_plain_name(path), file)]
    if len(named) == 1:
        return named[0]
    seen = detect(glimpse(path, path.name))
    alike = [file for file in named or plans if seen and _format_name(plans[file]) == seen.format.name]
    if len(alike) > 1 or (named and not alike):
        what = f"several sources are {seen.format.title} exports" if seen else "several sources have this name"
        raise refused(what, path, allowed=", ".join(alike or named), remedy="Say which one with --source.")
    return alike[0] if alike else ""


def place_of(source: str, path: Path, folder: Path) -> str:
    """Return where an export is filed below a dated folder: as its source lies below data/, so that it is one series.

    Parameters
    ----------
    source : str
        From `source_of`; of an export without a source the day in its name is left out.
    path : Path
        The export.
    folder : Path
        The engagement folder.

    Raises
    ------
    InputError
        When the source names its files by a pattern that the name does not fit.
    """
    if not source:
        return _plain_name(path)
    place = below_data(source)
    if (folder / source).is_dir() or source.endswith("/"):
        return (place / path.name).as_posix()
    if not set("*?") & set(place.name):
        return place.as_posix()
    if not is_fitting(path.name, source):
        what = "the name does not fit file: of its source"
        raise refused(what, path, value=path.name, allowed=source, remedy="Rename the file.")
    return (place.parent / path.name).as_posix()


def _plain_name(path: Path) -> str:
    return without_day(path.stem) + path.suffix


def _format_name(plan: Plan) -> str:
    return plan.format.name if plan.format else plan.source.format
