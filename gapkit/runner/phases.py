"""One engagement through its phases: notebook after notebook in one kernel, each exported while the next computes."""

from __future__ import annotations

import importlib
import time
import traceback
from dataclasses import replace
from pathlib import Path

from gapkit.errors import InputError, Problem, RunError
from gapkit.runner.kernel import Kernel, KernelDiedError
from gapkit.runner.orders import Ended, Order, Subject
from gapkit.runner.progress import Progress


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
