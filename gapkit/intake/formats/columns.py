"""What the formats of spreadsheets and CSV files share: columns known by name, columns made and columns joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gapkit.intake.finding.export import Export, Glimpse
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.header import find_header, name_key
from gapkit.intake.reading.records import Sheet

Names = Mapping[str, tuple[str, ...]]


def seen_in_header(glimpse: Glimpse, needed: Iterable[str], telling: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names a header gives a format away by, empty unless all of the needed ones are in one row.

    Parameters
    ----------
    glimpse : Glimpse
        The beginning of the file.
    needed : iterable of str
        Column names, all of which must stand in one row; upper and lower case, blanks and punctuation do not matter.
    telling : iterable of str
        Further names, which make the case stronger.

    Examples
    --------
    >>> rows = {"": (("Plan", "June"), ("Issue key", "Summary", "Issue id"))}
    >>> seen_in_header(Glimpse("data/a.csv", ".csv", rows), ["Issue id", "Issue key"], ["Summary", "Status Category"])
    ('Issue key', 'Summary', 'Issue id')
    """
    wanted = {name_key(name) for name in needed}
    known = wanted | {name_key(name) for name in telling}
    best: tuple[str, ...] = ()
    for rows in glimpse.rows.values():
        for row in rows:
            hit = tuple(dict.fromkeys(name for name in row if name_key(name) in known))
            if wanted <= {name_key(name) for name in hit} and len(hit) > len(best):
                best = hit
    return best


def read_sheet(export: Export, names: Names, sheet: str = "") -> Sheet:
    """Read a flat file whose header is known by the names a format gives its columns.

    Parameters
    ----------
    export : Export
        The file.
    names : mapping of str to tuple of str
        Canonical column to the names it goes by.
    sheet : str
        Sheet of an Excel file; empty for the one that fits best.
    """
    expected = {name_key(name) for spellings in names.values() for name in spellings}
    return read_file(export.path, export.file, expected, sheet)


def fields_of(columns: Sequence[str], names: Names) -> dict[str, str]:
    """Return canonical column to column of the file: the first name of each that the file has.

    Examples
    --------
    >>> fields_of(["Name", "Due date"], {"name": ("Title", "Name"), "current_end": ("Due Date",), "team": ("Team",)})
    {'name': 'Name', 'current_end': 'Due date'}
    """
    by_key = {name_key(column): column for column in reversed(columns)}
    found = {ours: next((by_key[name_key(name)] for name in spellings if name_key(name) in by_key), "")
             for ours, spellings in names.items()}  # fmt: skip
    return {ours: column for ours, column in found.items() if column}


def with_columns(sheet: Sheet, added: Mapping[str, pd.Series]) -> Sheet:
    """Return a sheet with columns added on the right; one whose name is there already replaces it.

    Parameters
    ----------
    sheet : Sheet
        As read.
    added : mapping of str to pandas.Series
        Name to cells, indexed as the sheet's.
    """
    kept = [place for place, name in enumerate(sheet.columns) if name not in added]
    cells = [sheet.cells.iloc[:, place] for place in kept] + list(added.values())
    columns = (*(sheet.columns[place] for place in kept), *added)
    frame = pd.DataFrame(dict(enumerate(cells)), index=sheet.cells.index, columns=range(len(cells)))
    return replace(sheet, columns=columns, cells=frame)


def column_of(sheet: Sheet, name: str) -> pd.Series:
    """Return the cells of a column by its name as spelled.

    Raises
    ------
    KeyError
        When the sheet has no such column.
    """
    if name not in sheet.columns:
        raise KeyError(name)
    return sheet.cells.iloc[:, sheet.columns.index(name)]


def join_repeated(sheet: Sheet) -> Sheet:
    """Return a sheet in which columns of one name are one column, its filled cells joined by ``;`` in order of place.

    Examples
    --------
    >>> cells = pd.DataFrame([["a", None, "b"], [None, "x", None]], dtype="str")
    >>> joined = join_repeated(Sheet("data/a.csv", "", "csv", ("Labels", "Key", "Labels"), cells))
    >>> joined.columns, joined.cells[0].tolist()
    (('Labels', 'Key'), ['a;b', nan])
    """
    places: dict[str, list[int]] = {}
    for place, name in enumerate(sheet.columns):
        places.setdefault(name, []).append(place)
    if len(places) == len(sheet.columns):
        return sheet
    joined = [_joined([sheet.cells.iloc[:, place] for place in same]) for same in places.values()]
    frame = pd.DataFrame(dict(enumerate(joined)), index=sheet.cells.index, columns=range(len(joined)))
    return replace(sheet, columns=tuple(places), cells=frame)


def _joined(columns: Sequence[pd.Series]) -> pd.Series:
    """Return columns as one. Most are empty in most exports; Arrow joins the rest in one go."""
    filled = [column for column in columns if column.notna().any()]
    if len(filled) < 2:
        return (filled or columns)[0]
    kind = pa.large_string()
    mark, nothing = pa.scalar(";", kind), pa.scalar("", kind)
    texts = (pa.array(as_text(column), type=kind) for column in filled)
    # Each filled cell brings its own mark: skipping missing ones, Arrow leaves out rows that have none filled.
    marked = [pc.binary_join_element_wise(mark, text, nothing).fill_null("") for text in texts]
    together = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*marked, nothing), 1)
    written = pc.if_else(pc.equal(together, ""), pa.scalar(None, kind), together)
    return pd.Series(written, dtype="str").set_axis(columns[0].index)


def header_of(glimpse: Glimpse, names: Iterable[str]) -> tuple[str, ...]:
    """Return the header row among a glimpse's rows that holds most of some names, as spelled; empty when none holds any."""
    keys = {name_key(name) for name in names}
    headers = [find_header(rows, keys) for rows in glimpse.rows.values()]
    best = max(headers, key=lambda header: header.matched, default=None)
    return best.names if best and best.matched else ()
