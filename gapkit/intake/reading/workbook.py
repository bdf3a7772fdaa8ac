"""Excel workbooks: which sheet, where the header is, and the cells as stored.

A formula gives the value Excel saved with it; where none was saved, its text. Nothing is ever evaluated, and a cell whose
text begins with ``=`` is text.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np
import openpyxl
import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.reading.complaints import refuse, refuse_without_header
from gapkit.intake.reading.header import SEARCHED_ROWS, Header, find_header
from gapkit.intake.reading.records import Sheet

Rows = list[tuple[Any, ...]]


def read_workbook(data: bytes, file: str, expected: Collection[str], sheet: str = "") -> Sheet:
    """Read one sheet of a workbook.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its path as the consultant knows it.
    expected : collection of str
        Column names looked for, as `reading.header.name_key` gives them.
    sheet : str
        Name of the sheet; when empty, the one whose header names most of the expected columns.

    Raises
    ------
    InputError
        Not a workbook, no such sheet, no header found, or several sheets that fit equally well.
    """
    sheets = read_cells(data, file)
    require_sheet(sheet, sheets, file)
    headers = {name: find_header(rows, expected) for name, rows in sheets.items() if not sheet or name == sheet}
    chosen = _choose(headers, sheets, file, sheet, expected)
    others = [name for name in sheets if name != chosen and sheets[name]]
    notes = (f'{file}: sheet "{chosen}" was read, not {", ".join(others)}.',) if others and not sheet else ()
    rows, header = sheets[chosen], headers[chosen]
    width = max(place + 1 for place, name in enumerate(header.names) if name)
    beyond = tuple(_beyond(rows, header, width, file, chosen))
    below = _below(rows, header, width)
    return Sheet(file, chosen, "excel", header.names[:width], below, notes=notes, problems=beyond)


def read_cells(data: bytes, file: str) -> dict[str, Rows]:
    """Return the rows of every sheet of a workbook, up to the last one that holds anything, cells as stored.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its path as the consultant knows it.

    Raises
    ------
    InputError
        Not a workbook.
    """
    if not data:
        refuse("the file is empty", file, remedy="Export it again, or delete it.")
    try:
        with warnings.catch_warnings():  # openpyxl warns of styles and validations it does not keep; cells are all we read
            warnings.simplefilter("ignore")
            stored = _load(data, values=True)
            written = _load(data, values=False) if _has_formulas(data) else stored
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        remedy = "Open it in Excel and save it again as .xlsx, without a password."
        refuse("not a readable Excel workbook", file, value=str(error)[:120], remedy=remedy)
    return {name: _merge(rows, written[name]) for name, rows in stored.items()}


def require_sheet(sheet: str, sheets: Collection[str], file: str) -> None:
    """Raise `InputError` when a sheet asked for by name is not there."""
    if sheet and sheet not in sheets:
        remedy = "Correct sheet: of this source in engagement.yml."
        refuse("there is no such sheet", file, sheet=sheet, allowed=", ".join(sheets), remedy=remedy)


def _load(data: bytes, *, values: bool) -> dict[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        if book.epoch != openpyxl.utils.datetime.WINDOWS_EPOCH:
            raise ValueError("the workbook counts days from 1904; switch that off in Excel's options")
        return {page.title: _trimmed(_rows(page)) for page in book.worksheets}
    finally:
        book.close()


def _rows(page: Any) -> Iterator[tuple[Any, ...]]:
    page.reset_dimensions()  # the size written in the file is often wrong
    yield from page.iter_rows(values_only=True)


def _trimmed(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Return rows up to the last one that holds anything, blank text taken for empty."""
    kept = [tuple(_tidy(cell) for cell in row) for row in rows]
    while kept and all(cell is None for cell in kept[-1]):
        kept.pop()
    return kept


def _tidy(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return cell


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(b"<f>" in (text := archive.read(name)) or b"<f " in text for name in pages)


def _merge(stored: Rows, written: Rows) -> Rows:
    """Return stored values, and the text of formulas that were saved without one."""
    if stored is written:
        return stored
    filled = []
    for place, row in enumerate(written):
        value = stored[place] if place < len(stored) else ()
        filled.append(tuple(value[i] if i < len(value) and value[i] is not None else cell for i, cell in enumerate(row)))
    return filled


def _choose(headers: dict[str, Header], sheets: dict[str, Rows], file: str, sheet: str, expected: Collection[str]) -> str:
    """Return the sheet whose header fits best."""
    best = max((header.matched for header in headers.values()), default=0)
    fitting = [name for name, header in headers.items() if header.matched == best]
    if best == 0:
        if not any(sheets[name] for name in headers):
            remedy = "Export it again, or delete the file if there is nothing to say."
            refuse("the sheet is empty" if sheet else "the workbook is empty", file, sheet=sheet, remedy=remedy)
        refuse_without_header(file, sheet, sheets[next(name for name in headers if sheets[name])][:SEARCHED_ROWS], expected)
    if len(fitting) > 1:
        remedy = "Name the sheet to read under sheet: of this source in engagement.yml."
        refuse("several sheets fit equally well", file, allowed=", ".join(fitting), remedy=remedy)
    return fitting[0]


def _below(rows: Rows, header: Header, width: int) -> pd.DataFrame:
    """Return the rows below the header that hold anything, indexed by Excel's row number; all-text columns become text."""
    body = rows[header.row + 1 :]
    numbers = np.arange(header.row + 2, header.row + 2 + len(body))
    cells = [[*row[:width], *[None] * (width - len(row))] for row in body]
    frame = pd.DataFrame(cells, index=pd.Index(numbers, name="row"), columns=range(width), dtype=object)
    return with_text(frame.loc[frame.notna().any(axis=1)])


def with_text(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells whose columns become text where they hold nothing else."""
    columns = {place: column.astype("str") if _all_text(column) else column for place, column in cells.items()}
    return pd.DataFrame(columns, index=cells.index, columns=cells.columns)


def _all_text(column: pd.Series) -> bool:
    return all(cell is None or isinstance(cell, str) for cell in column)


def _beyond(rows: Rows, header: Header, width: int, file: str, sheet: str) -> list[Problem]:
    """Return one problem for filled cells to the right of the last named column, where there are any."""
    hit = [
        (number, row)
        for number, row in enumerate(rows[header.row + 1 :], start=header.row + 2)
        if any(cell is not None for cell in row[width:])
    ]
    if not hit:
        return []
    number, row = hit[0]
    seen = ", ".join(str(cell) for cell in row[width:] if cell is not None)
    what = f"{len(hit)} row{'s' if len(hit) > 1 else ''} with cells to the right of the last named column"
    remedy = "Give the column a name, or clear the cells."
    return [Problem(what, file, sheet, number, value=seen[:120], remedy=remedy)]
