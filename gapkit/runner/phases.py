"""One engagement through its phases: notebook after notebook in one kernel, each exported while the next computes."""

from __future__ import annotations

import importlib
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gapkit.errors import InputError, Problem, RunError
from gapkit.runner.kernel import Kernel, KernelDiedError
from gapkit.runner.progress import Progress

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
        What could not be printed as it was, each with its phase.
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


def run_engagement(order: Order, progress: Progress) -> Ended:
    """Run one engagement and publish its reports; what goes wrong is told in the result, not raised.

    The phases ordered are published together or not at all: when one fails, the reports before stay as they were.
    """
    started = time.monotonic()
    try:
        ended = _run(order, progress)
    except InputError as error:
        ended = Ended(order.engagement, problems=error.problems)
    except RunError as error:
        code = [f"    {line}" for line in error.source.splitlines()]
        ended = Ended(order.engagement, failure="\n".join([str(error), *code]))
    except KernelDiedError as error:
        ended = Ended(order.engagement, failure=f"{order.engagement}: {error}")
    except Exception:  # a fault of gapkit or of the machine (a full disk); the other engagements still run
        ended = Ended(order.engagement, failure=f"{order.engagement}: {traceback.format_exc()}")
    finally:
        progress.end(order.engagement)
    return replace(ended, seconds=time.monotonic() - started)


def _run(order: Order, progress: Progress) -> Ended:
    with Kernel() as kernel:
        progress.step(order.engagement, "reading the data")
        reading = kernel.send("check", order.engagement, order.as_of)
        kernel.send("warm")
        # Notebooks, typesetter and exporters take a second to import; the kernel reads the data meanwhile.
        pipeline = importlib.import_module("gapkit.runner.pipeline")
        subject = _subject(order, kernel, reading)
        ended: Ended = pipeline.run_phases(order, subject, kernel, progress)
        return ended


def _subject(order: Order, kernel: Kernel, reading: str) -> Subject:
    """Return the engagement as the kernel read it.

    Raises
    ------
    InputError
        When anything is wrong with its folder.
    """
    try:
        read = kernel.answer(reading)
    except RuntimeError as error:
        raise RunError(order.engagement, "reading the data", str(error)) from error
    if read["problems"]:
        raise InputError(Problem(**problem) for problem in read["problems"])
    return Subject(read["name"], Path(read["folder"]), tuple(read["inputs"]), order.out / read["name"])
