"""Workbooks whose layout says more than a header: their rows as they stand, and sheets made of rows told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import EXCEL, read_bytes
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.workbook import Rows, read_cells, require_sheet, with_text

if TYPE_CHECKING:
    from gapkit.intake.finding.export import Export


def read_rows(export: Export, sheet: str = "") -> dict[str, Rows]:
    """Return the rows of a workbook's sheets, up to the last one that holds anything.

    Parameters
    ----------
    export : Export
        The file.
    sheet : str
        The only sheet wanted; empty for all of them.

    Returns
    -------
    dict of str to list of tuple
        Per sheet its rows from the first one on, cells as stored: blank ones are None, text is stripped. Rows may differ in
        length.

    Raises
    ------
    InputError
        When the file is missing or no workbook, or has no such sheet.
    """
    if export.path.suffix.lower() not in EXCEL:
        remedy = "Export it as Excel (.xlsx)."
        refuse("this export is read from Excel workbooks", export.file, allowed=", ".join(EXCEL), remedy=remedy)
    sheets = read_cells(read_bytes(export.path, export.file), export.file)
    require_sheet(sheet, sheets, export.file)
    return {sheet: sheets[sheet]} if sheet else sheets


def sheet_of(
    file: str, title: str, records: Mapping[int, Mapping[str, Any]], columns: Iterable[str] = (), format: str = "excel"
) -> Sheet:
    """Return a sheet made of records.

    Parameters
    ----------
    file : str
        Path as the consultant knows it.
    title : str
        Name of the Excel sheet; empty for other files.
    records : mapping of int to mapping of str to object
        Row number to the cells of that row, by name of column; what is absent is blank.
    columns : iterable of str
        Columns that come first and are there even if no record has them; the others follow as they turn up.
    format : str
        ``"excel"`` or ``"json"``.

    Examples
    --------
    >>> sheet = sheet_of("data/board.xlsx", "Board", {4: {"Name": "Launch"}, 7: {"Name": "Web", "Owner": "Ana"}}, ["Name"])
    >>> sheet.columns, sheet.cells.index.tolist(), sheet.cells[1].tolist()
    (('Name', 'Owner'), [4, 7], [nan, 'Ana'])
    """
    names = tuple(dict.fromkeys([*columns, *(name for record in records.values() for name in record)]))
    cells = [[record.get(name) for name in names] for record in records.values()]
    index = pd.Index(list(records), dtype="int64", name="row")
    return Sheet(file, title, format, names, with_text(pd.DataFrame(cells, index, range(len(names)), dtype=object)))


def without_columns(sheet: Sheet, names: Iterable[str]) -> Sheet:
    """Return a sheet without some columns; upper and lower case, blanks and punctuation of their names do not matter.

    Examples
    --------
    >>> without_columns(sheet_of("data/a.xlsx", "A", {2: {"Name": "x", "Notes": "long"}}), ["notes"]).columns
    ('Name',)
    """
    dropped = {name_key(name) for name in names}
    kept = [place for place, name in enumerate(sheet.columns) if name_key(name) not in dropped]
    cells = sheet.cells.iloc[:, kept].set_axis(range(len(kept)), axis=1)
    return replace(sheet, columns=tuple(sheet.columns[place] for place in kept), cells=cells)
