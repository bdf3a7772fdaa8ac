"""What to run and how it ended: plain data that crosses from one process to another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gapkit.errors import Problem

NOTEBOOKS: Final = {"diagnose": "1_diagnose.ipynb", "redesign": "2_redesign.ipynb", "measure": "3_measure.ipynb"}


@dataclass(frozen=True, slots=True)
class Order:
    """What to run for one engagement.

    Attributes
    ----------
    engagement : str
        Name under ``engagements/``, or a path.
    phases : tuple of str
        Which phases, in the order of the roadmap.
    as_of : str or None
        ISO date to read the data as of; None for the dates of the engagement.
    out : Path
        Folder of all reports; those of the engagement go to the folder of its name in it.
    notebooks : Path
        Folder of the three notebooks.
    refreeze : bool
        Whether the frozen baseline is replaced by that of this run.
    """

    engagement: str
    phases: tuple[str, ...]
    as_of: str | None
    out: Path
    notebooks: Path
    refreeze: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How an engagement's run ended: plain data, so that it can cross from one process to another.

    Attributes
    ----------
    engagement : str
        Its name; as given in the order while it could not be read.
    reports : tuple of (str, Path)
        Phases published, each with its PDF.
    skipped : tuple of (str, str)
        Phases without data, each with what is absent.
    notes : tuple of (str, str)
        What could not be printed as it was, and what was recorded in the engagement folder, each with its phase.
    problems : tuple of Problem
        What is wrong with the input.
    failure : str
        What failed, with the cell's code and error; empty when nothing did.
    seconds : float
        Wall time.
    """

    engagement: str
    reports: tuple[tuple[str, Path], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """The engagement that is run.

    Attributes
    ----------
    name : str
        Its name.
    folder : Path
        Its folder.
    inputs : tuple of str
        The files read, relative to the folder.
    reports : Path
        Where its reports go.
    """

    name: str
    folder: Path
    inputs: tuple[str, ...]
    reports: Path
