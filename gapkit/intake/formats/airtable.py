"""Airtable, a view as CSV (the view's menu > Download CSV).

Not verified on a real export. Nothing in such a file says that it comes from Airtable: it is recognised only by the name
Airtable gives it (``Campaigns-Grid view.csv``), by addresses of attachments and by record ids; else `format:` names it. The
header is the names of the client's fields. Dates are written as each field displays them, so day and month are told apart
field by field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import column_of, with_columns
from gapkit.intake.formats.owntable import OwnTable, read_own_table, tidy_own_table
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each
from gapkit.intake.formats.titles import TITLES
from gapkit.intake.reading.cells import as_text, matches
from gapkit.intake.reading.dates import count_votes, parse_moments
from gapkit.intake.reading.files import read_bytes
from gapkit.intake.reading.header import name_key

if TYPE_CHECKING:
    from gapkit.config import Source

VIEW_FILE: Final = re.compile(r".*-(Grid view( \d+)?)\.csv", re.IGNORECASE)
RECORD: Final = re.compile(r"rec(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{14}")
ATTACHMENT: Final = r"\(https://[\w.]*(?:airtableusercontent\.com|dl\.airtable\.com)/"
# Dates of numbers, with or without a time, and without a time zone.
NUMBERS: Final = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:,? +\d{1,2}:\d{2}(?::\d{2})? ?(?:[AaPp][Mm])?)?"
LISTS: Final = ("owners_now", "parent_id")


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the few things that can give an Airtable export away."""
    if glimpse.ending != ".csv":
        return ()
    cells = [cell for rows in glimpse.rows.values() for row in rows[1:] for cell in row]
    by_name = VIEW_FILE.fullmatch(glimpse.file)
    attached = "attachments at Airtable" if any(re.search(ATTACHMENT, cell) for cell in cells) else ""
    record = next((cell for cell in cells if RECORD.fullmatch(cell)), "")
    signs = (f'"{by_name[1]}" in the file name' if by_name else "", attached, record and f"record id {record}")
    return tuple(filter(None, signs))


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Airtable CSV files."""
    tables, problems = read_each(exports, _read_one)
    parts = tuple(Part("programs", table.sheet, table.fields) for table in tables)
    meanings = {word: meaning for table in tables for word, meaning in table.meanings.items()}
    return Extract(parts, meanings, problems=problems)


def _read_one(export: Export) -> OwnTable:
    sheet = read_own_table(read_bytes(export.path, export.file), export.file)
    lists = {name_key(title) for ours in LISTS for title in TITLES[ours]}
    changed = {}
    attachments = []
    for name in sheet.columns[1:]:
        cells = as_text(column_of(sheet, name))
        if _is_attachment(cells):
            attachments.append(name)
        elif name_key(name) in lists:
            changed[name] = comma_lists(cells)
        else:
            changed[name] = in_own_order(cells)
    # The addresses of attachments open the client's files to whoever has them.
    return tidy_own_table(without_columns(with_columns(sheet, changed), attachments))


def _is_attachment(cells: pd.Series) -> bool:
    filled = cells.dropna()
    return len(filled) > 0 and bool(filled.str.contains(ATTACHMENT, regex=True).all())


def in_own_order(cells: pd.Series) -> pd.Series:
    """Return dates of numbers as YYYY-MM-DD where the field itself shows the order of day and month, else unchanged.

    Fields of one table may be displayed in different ways: what one field shows says nothing about the next.

    Examples
    --------
    >>> in_own_order(pd.Series(["3/4/2026", "3/25/2026 4:30pm"], dtype="str")).tolist()
    ['2026-03-04', '2026-03-25 16:30:00']
    >>> in_own_order(pd.Series(["3/4/2026"], dtype="str")).tolist()
    ['3/4/2026']
    """
    votes = count_votes(cells)
    if bool(votes.dmy) == bool(votes.mdy):
        return cells
    read = parse_moments(cells, "UTC", votes.order())
    written = read.read.dt.strftime("%Y-%m-%d %H:%M:%S").astype("str").str.removesuffix(" 00:00:00")
    return cells.mask(matches(cells, NUMBERS) & ~read.bad, written)


AIRTABLE: Final = Format("airtable-csv", "Airtable CSV", "airtable", recognise, read)
