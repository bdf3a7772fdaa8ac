"""Cells as several trackers write them, brought to the one way the rest of intake reads.

Lists in one cell become items with ; between them, moments in UTC say so, an estimate of 0 is no estimate. Files are read
one by one, so that a bad one does not take the others with it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.columns import column_of, with_columns
from gapkit.intake.reading.cells import as_text, matches, on_distinct
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count

Read = TypeVar("Read")


def read_each(exports: Sequence[Export], read_one: Callable[[Export], Read]) -> tuple[list[Read], tuple[Problem, ...]]:
    """Read files one by one; return what was read, and the problems of the files that could not be.

    Raises
    ------
    InputError
        When none could be read.
    """
    found: list[Read] = []
    problems: list[Problem] = []
    for export in exports:
        try:
            found.append(read_one(export))
        except InputError as error:
            problems += error.problems
    if not found:
        raise InputError(problems)
    return found, tuple(problems)


def comma_lists(cells: pd.Series) -> pd.Series:
    """Return lists written with commas as lists with ; between items; an item in quotation marks may hold commas.

    Examples
    --------
    >>> comma_lists(pd.Series(["Ann, Bob", '"Lee, Kim",Ann', None], dtype="str")).tolist()
    ['Ann;Bob', 'Lee, Kim;Ann', nan]
    """
    return on_distinct(as_text(cells), lambda seen: [_joined(text) for text in seen], "str")


def _joined(text: str) -> str:
    items = next(csv.reader([" ".join(text.splitlines())], skipinitialspace=True))
    return ";".join(filter(None, (item.strip() for item in items)))


def in_utc(sheet: Sheet, names: Collection[str]) -> Sheet:
    """Return a sheet whose moments without a time zone, in the columns named, are marked as UTC.

    Examples
    --------
    >>> cells = pd.DataFrame({0: pd.Series(["2026-06-30 23:30:00", "2026-06-30"], dtype="str")})
    >>> in_utc(Sheet("data/a.csv", "", "csv", ("Closed",), cells), ["Closed"]).cells[0].tolist()
    ['2026-06-30 23:30:00Z', '2026-06-30']
    """
    marked = {}
    for name in sheet.columns:
        if name in names:
            cells = as_text(column_of(sheet, name))
            marked[name] = cells.mask(matches(cells, r".*\d[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"), cells + "Z")
    return with_columns(sheet, marked)


def without_zeros(sheet: Sheet, name: str) -> Sheet:
    """Return a sheet in which a size of 0 is blank, with a note that counts them; sizes of programs are above 0."""
    if name not in sheet.columns:
        return sheet
    cells = as_text(column_of(sheet, name))
    is_zero = matches(cells, r"0+(?:[.,]0*)?")
    if not is_zero.any():
        return sheet
    note = f'Column "{name}": {label_count(int(is_zero.sum()), "cell")} with 0, read as not estimated.'
    return replace(with_columns(sheet, {name: cells.mask(is_zero)}), notes=(*sheet.notes, note))
