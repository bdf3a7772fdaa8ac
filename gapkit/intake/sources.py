"""One source to canonical tables: its files opened, their cells read, its gaps settled, an account of all of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.accounts import accounts_of, main_table, origins_of
from gapkit.intake.finding.find import Plan
from gapkit.intake.opening import Opened, open_source, with_meanings
from gapkit.intake.reading.records import SourceRead
from gapkit.intake.source_tables import Told, as_given, read_cells, settled

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig


class TableRead(NamedTuple):
    """One table of one source after reading.

    Attributes
    ----------
    table : str
        Its name.
    frame : DataFrame
        Typed rows.
    source : SourceRead
        The account of the source, as far as this table goes.
    problems : tuple of Problem
        What must be mended.
    bad : DataFrame
        Columns `_source`, `_row`, `column`: cells complained about already.
    origins : tuple of SourceRead
        Per file how its columns are spelled, for the check of the tables.
    is_derived : bool
        Whether it follows from other tables of the source; `source` is then the account of the main one.
    """

    table: str
    frame: pd.DataFrame
    source: SourceRead
    problems: tuple[Problem, ...]
    bad: pd.DataFrame
    origins: tuple[SourceRead, ...]
    is_derived: bool = False


def read_source(plan: Plan, config: EngagementConfig) -> list[TableRead]:
    """Read all files of one source.

    Parameters
    ----------
    plan : Plan
        What to read.
    config : EngagementConfig
        The engagement's settings.

    Raises
    ------
    InputError
        When none of its files could be read; what is wrong with single rows and cells is in the result.
    """
    opened = open_source(plan)
    source = replace(plan.source, statuses=with_meanings(opened.meanings, plan.source.statuses))
    told = read_cells(opened, plan, source, config)
    tables = (settled if plan.format else as_given)(told, opened, plan, source, config)
    accounts = accounts_of(plan, opened, told, tables)
    main = accounts[main_table(plan, opened)]
    reads = [
        TableRead(
            table,
            frame,
            accounts.get(table, main),
            told[table].typed.problems if table in told else (),
            _bad(told.get(table), table, opened),
            origins_of(table, opened),
            is_derived=table not in accounts,
        )
        for table, frame in tables.frames.items()
    ]
    return [reads[0]._replace(problems=(*opened.problems, *reads[0].problems, *tables.problems)), *reads[1:]]


def _bad(told: Told | None, table: str, opened: Opened) -> pd.DataFrame:
    """Return the cells complained about: unreadable ones, and those of columns a file lacks."""
    lacking = [
        part.cells[["_source", "_row"]].assign(column=name)
        for _, part in opened.sheets.get(table, [])
        for name in part.missing
    ]
    none = pd.DataFrame(columns=["_source", "_row", "column"])
    return pd.concat([told.typed.bad if told else none, *lacking], ignore_index=True)
