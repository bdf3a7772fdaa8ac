"""What `gapkit run` says of each engagement when it has ended, and the exit status that follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from gapkit.cli import FAILED, WRONG_INPUT
from gapkit.cli.problems import show_problems
from gapkit.labels import label_count
from gapkit.runner import Ended


def describe_end(ended: Ended) -> Iterator[str]:
    """Yield the lines to print while other engagements still run."""
    for phase, path in ended.reports:
        yield f"{ended.engagement}, {phase}: {path}"
    for phase, why in ended.skipped:
        yield f"{ended.engagement}, {phase}: skipped — {why}"
    for phase, note in ended.notes:
        yield f"{ended.engagement}, {phase}: note — {note}"
    if ended.problems:
        yield f"{ended.engagement}: not run, {label_count(len(ended.problems), 'problem')} in the input"
    elif ended.failure:
        yield f"{ended.engagement}: failed after {ended.seconds:.1f} s, its reports are as they were"
    else:
        yield f"{ended.engagement}: done in {ended.seconds:.1f} s"


def show_errors(ends: Sequence[Ended]) -> int:
    """Print what went wrong, engagement by engagement, and return the exit status: a failed run outweighs wrong input."""
    for ended in ends:
        if ended.problems:
            show_problems(ended.problems, f"in the input of {ended.engagement}")
        if ended.failure:
            click.echo(ended.failure, err=True)
    if any(ended.failure for ended in ends):
        return FAILED
    return WRONG_INPUT if any(ended.problems for ended in ends) else 0
