"""Problems with the input, all at once: how many, and for each where it is, what was seen, what is allowed, what to do."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from gapkit.errors import Problem
from gapkit.labels import label_count


def show_problems(problems: Sequence[Problem], heading: str = "in the input") -> None:
    """Print problems to the error stream: as a table on a terminal, else one line each."""
    click.echo(f"{label_count(len(problems), 'problem')} {heading}", err=True)
    if sys.stderr.isatty():
        _show_table(problems)
    else:
        for problem in problems:
            click.echo(f"  {problem}", err=True)


def _show_table(problems: Sequence[Problem]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for heading in ("Where", "What", "Seen", "Allowed", "What to do"):
        table.add_column(heading, overflow="fold")
    for problem in problems:
        cells = problem.where(), problem.what, problem.value, problem.allowed, problem.remedy
        table.add_row(*map(Text, cells))
    Console(stderr=True).print(table)
