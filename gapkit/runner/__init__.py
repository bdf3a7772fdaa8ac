"""Running engagements: each in a kernel of its own, several side by side if asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from gapkit.errors import InputError, Problem
from gapkit.runner.orders import Ended, Order
from gapkit.runner.phases import run_engagement
from gapkit.runner.progress import Progress, Silence
from gapkit.vocabulary import PHASES

__all__ = ["Ended", "Progress", "all_engagements", "find_notebooks", "run"]

WORKING_TREE = Path(__file__).parents[2]


def run(
    engagements: Sequence[str],
    *,
    phases: Sequence[str] = PHASES,
    as_of: str | None = None,
    out: Path = Path("reports"),
    jobs: int = 1,
    refreeze: bool = False,
    notebooks: Path | None = None,
    progress: Progress | None = None,
) -> Iterator[Ended]:
    """Run engagements and give each one's end as it comes.

    Parameters
    ----------
    engagements : sequence of str
        Names under ``engagements/``, or paths.
    phases : sequence of str
        Which phases; they run in the order of the roadmap.
    as_of : str, optional
        ISO date to read the data as of; the dates of the engagement unless given.
    out : Path
        Folder of all reports.
    jobs : int
        Engagements run at a time, each in a process of its own.
    refreeze : bool
        Whether frozen baselines are replaced by those of this run.
    notebooks : Path, optional
        Folder of the three notebooks; ``notebooks/`` unless given.
    progress : Progress, optional
        Told of each step.

    Yields
    ------
    Ended
        How one engagement's run ended. One that fails does not keep the others from running.

    Raises
    ------
    InputError
        When there are no notebooks.
    """
    folder = notebooks or find_notebooks()
    ordered = tuple(phase for phase in PHASES if phase in phases)
    orders = [Order(name, ordered, as_of, out, folder, refreeze) for name in dict.fromkeys(engagements)]
    if jobs == 1 or len(orders) == 1:
        return (run_engagement(order, progress or Silence()) for order in orders)
    return _side_by_side(orders, jobs, progress or Silence())


def _side_by_side(orders: Sequence[Order], jobs: int, progress: Progress) -> Iterator[Ended]:
    """Run orders in processes; started anew rather than forked, which is the same on every system."""
    with ProcessPoolExecutor(min(jobs, len(orders)), get_context("spawn"), initializer=_end_with_parent) as pool:
        running = {pool.submit(run_engagement, order, Silence()): order for order in orders}
        for number, future in enumerate(as_completed(running), start=1):
            progress.step("all", f"{number} of {len(orders)} engagements")
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Ended(
                    running[future].engagement, failure=f"{running[future].engagement}: its process ended by itself"
                )


def _end_with_parent() -> None:
    """Let this process end when the one that started it is gone, killed outright for instance; it would wait for ever."""

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def find_notebooks() -> Path:
    """Return the folder of the notebooks: in the current folder, else in the working tree gapkit is installed from.

    Raises
    ------
    InputError
        When there is none.
    """
    places = [Path("notebooks"), WORKING_TREE / "notebooks"]
    for place in places:
        if place.is_dir():
            return place.resolve()
    looked = ", ".join(str(place.resolve()) for place in places)
    remedy = "Run from the folder that holds notebooks/ and engagements/."
    raise InputError([Problem("no folder of notebooks", allowed=looked, remedy=remedy)])


def all_engagements() -> tuple[str, ...]:
    """Return the names of all engagements, in the current folder or else in the working tree gapkit is installed from.

    Raises
    ------
    InputError
        When there is none.
    """
    places = [Path("engagements"), WORKING_TREE / "engagements"]
    for place in places:
        if names := sorted(file.parent.name for file in place.glob("*/engagement.yml")):
            return tuple(names)
    looked = ", ".join(str(place.resolve()) for place in places)
    raise InputError(
        [Problem("no engagement to run", allowed=f"folders in {looked}", remedy="Make one with gapkit new NAME.")]
    )
