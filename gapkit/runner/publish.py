"""From a staging folder to the reports: all files of a run at once, one run at a time, nothing left lying about.

`gapkit.report.atomic` exchanges the files; here is where they wait, who cleans up after a run that was killed, and what a
failed run leaves.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gapkit.errors import InputError, Problem, RunError
from gapkit.report import atomic

STAGING = ".staging-"
LOCK = ".lock"
FAILED = "failed"


@contextmanager
def staging(reports: Path) -> Iterator[Path]:
    """Give an empty folder inside the reports folder, which no other run uses meanwhile.

    What killed runs have left there is finished (a publication cut short) or cleared away (everything before it).

    Parameters
    ----------
    reports : Path
        ``reports/NAME``; made when absent.

    Raises
    ------
    InputError
        When the folder cannot be written.
    RunError
        When another run is writing there.
    """
    with _locked(reports):
        atomic.recover(reports)
        for left in reports.glob(f"{STAGING}*"):
            shutil.rmtree(left, ignore_errors=True)
        stage = Path(tempfile.mkdtemp(prefix=STAGING, dir=reports))
        try:
            yield stage
        finally:
            # If an error cut the publication short, the rest of its files is still here.
            atomic.recover(reports)
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _locked(reports: Path) -> Iterator[None]:
    """Hold the reports folder; the system lets go of it when the process ends, however that is."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
        file = (reports / LOCK).open("ab")
    except OSError as error:
        remedy = "Choose another folder with --out, or make this one writable."
        raise InputError([Problem(f"reports cannot be written ({error.strerror})", str(reports), remedy=remedy)]) from error
    with file:
        try:
            _lock(file)
        except OSError:
            raise RunError(reports.name, "reports", f"another run is writing to {reports}; let it finish first") from None
        yield


def _lock(file: IO[bytes]) -> None:
    """Lock an open file against other processes; raise OSError when one of them holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def publish(
    stage: Path,
    reports: Path,
    names: Sequence[str],
    phases: Sequence[str],
    outside: Mapping[str, Path] = atomic.NOTHING,
) -> None:
    """Exchange the reports for the staged files, and forget earlier failures of the phases that have succeeded now.

    Parameters
    ----------
    stage, reports : Path
        Where the files wait, and where they shall stand.
    names : sequence of str
        Files of the reports.
    phases : sequence of str
        Those that have succeeded.
    outside : mapping of str to Path
        Further staged files that are published with them, each with its place.
    """
    atomic.publish(stage, reports, names, outside)
    for phase in phases:
        _failed(reports, phase).unlink(missing_ok=True)


def keep_failed(notebook: str, reports: Path, phase: str) -> Path:
    """Keep the notebook of a failed run beside the reports, and return where."""
    path = _failed(reports, phase)
    path.parent.mkdir(exist_ok=True)
    atomic.write_atomically(path, notebook.encode("utf-8"))
    return path


def _failed(reports: Path, phase: str) -> Path:
    return reports / FAILED / f"{phase}.ipynb"
