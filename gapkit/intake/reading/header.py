"""Finding the header: the row, among the first twenty, that names most of the columns expected.

Exports put titles, export dates and blank lines above their header; the words a column is called by are the only thing to
go by. Names are compared without case, spaces and punctuation, so "Program ID" is ``program_id``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

SEARCHED_ROWS: Final = 20


class Header(NamedTuple):
    """Where a header was found.

    Attributes
    ----------
    row : int
        Position of the header among the rows given, from 0.
    names : tuple of str
        Its cells as spelled, stripped; empty where a cell is blank.
    matched : int
        How many expected names it holds; 0 when no row holds any.
    """

    row: int
    names: tuple[str, ...]
    matched: int


def name_key(name: str) -> str:
    """Return a column name or a word reduced to what makes it the same name: lower case, words joined by underscores.

    Examples
    --------
    >>> name_key("  Program ID "), name_key("Custom field (Squad)"), name_key("Section/Column")
    ('program_id', 'custom_field_squad', 'section_column')
    """
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def find_header(rows: Sequence[Sequence[object]], expected: Collection[str]) -> Header:
    """Return the row that holds most of the expected names; the first of equals.

    Parameters
    ----------
    rows : sequence of sequences
        The first rows of a file, cells as read.
    expected : collection of str
        Column names looked for, as `name_key` gives them.

    Examples
    --------
    >>> find_header([["Plan of June"], [], ["Program ID", "Team"], ["7", "Web"]], {"program_id", "team"})
    Header(row=2, names=('Program ID', 'Team'), matched=2)
    """
    best = Header(0, (), 0)
    for position, row in enumerate(rows[:SEARCHED_ROWS]):
        names = tuple("" if cell is None else str(cell).strip() for cell in row)
        matched = sum(key in expected for key in {name_key(name) for name in names if name})
        if matched > best.matched:
            best = Header(position, names, matched)
    return best
