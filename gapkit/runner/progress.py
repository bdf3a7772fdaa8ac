"""What a run tells while it works: on a terminal a line that moves, elsewhere one plain line per finished phase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress(Protocol):
    """Told of each step as it begins, and of each thing worth a line of its own."""

    def step(self, engagement: str, step: str) -> None:
        """Say that a step of the engagement begins."""

    def line(self, text: str) -> None:
        """Say in one line that something is finished."""

    def end(self, engagement: str) -> None:
        """Say that nothing more will come of the engagement."""


class Silence:
    """Tells nothing; for callers that only want the result."""

    def step(self, engagement: str, step: str) -> None:
        """Pass over the step."""

    def line(self, text: str) -> None:
        """Pass over the line."""

    def end(self, engagement: str) -> None:
        """Pass over the end."""


class Lines(Silence):
    """Prints the lines and leaves the steps out; for files, pipes and schedulers."""

    def line(self, text: str) -> None:
        """Print the line."""
        click.echo(text)


class Live:
    """Shows the step each engagement is at and its seconds, above which finished lines scroll by."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def step(self, engagement: str, step: str) -> None:
        """Replace the step shown for the engagement."""
        if engagement not in self._tasks:
            self._tasks[engagement] = self._bars.add_task(engagement, total=None, step=step)
        self._bars.update(self._tasks[engagement], step=step)

    def line(self, text: str) -> None:
        """Print the line above the moving ones."""
        self._bars.console.print(text, markup=False, highlight=False)

    def end(self, engagement: str) -> None:
        """Take the engagement's moving line away."""
        if engagement in self._tasks:
            self._bars.remove_task(self._tasks.pop(engagement))


@contextmanager
def shown() -> Iterator[Progress]:
    """Give the progress that fits where the output goes."""
    if not sys.stdout.isatty():
        yield Lines()
        return
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    what = TextColumn("{task.description}  {task.fields[step]}", markup=False)
    with Bars(SpinnerColumn(), what, TimeElapsedColumn(), transient=True) as bars:
        yield Live(bars)
