"""The workbook: every register in full, for people who work in a spreadsheet.

Cells hold values, never formulas: a client's text that begins with = + - or @ stays text. The same registers give the same
bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from gapkit.report.registers import Amount, Cell, Register

# A sheet of a workbook holds no more rows, its header included.
MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
# Excel's calendar has a day too many before, and none before 1900.
FIRST_DAY: Final = dt.date(1900, 3, 1)
# How numbers are shown, by the kind of a column or the unit of an amount; the cell holds all digits.
_SHOWN: Final = {
    "whole": "#,##0", "number": "#,##0.0", "share": "0.0%", "ratio": "0.000", "pp": "+0.0%;-0.0%;0.0%", "days": "#,##0.0",
    "per_week": "#,##0.00", "points": "#,##0.0", "count": "#,##0.0", "money": "#,##0",
}  # fmt: skip
_OPTIONS: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip


def write_workbook(path: Path, registers: Iterable[Register], *, title: str, as_of: dt.date) -> None:
    """Write registers as sheets of an Excel workbook, each with a fixed header and filters.

    Parameters
    ----------
    path : Path
        The file to write.
    registers : iterable of Register
        One sheet each, in this order; one without rows says so.
    title : str
        Title in the properties of the file.
    as_of : date
        Stands for the day of making, so that the same data gives the same file.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": title, "created": dt.datetime(as_of.year, as_of.month, as_of.day)})
        formats = {
            "header": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            **{kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in _SHOWN.items()},
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        }
        for register in registers:
            _write_sheet(book, register, formats)


def _write_sheet(book: Any, register: Register, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(register.name)
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    for place, heading in enumerate(register.headings):
        sheet.set_column(place, place, heading.width)
        sheet.write_string(0, place, heading.name, formats["header"])
    if not register.rows:
        sheet.write_string(1, 0, "Nothing to list.", formats["text"])
    shown = register.rows[: MOST_ROWS - 2]
    for number, row in enumerate(shown, start=1):
        for place, (heading, cell) in enumerate(zip(register.headings, row, strict=True)):
            _write_cell(sheet, number, place, cell, formats[_format_of(cell, heading.kind)])
    if len(shown) < len(register.rows):
        rest = f"{len(register.rows) - len(shown):,} more rows do not fit into a sheet."
        sheet.write_string(len(shown) + 1, 0, rest, formats["text"])
    sheet.autofilter(0, 0, max(1, len(shown)), len(register.headings) - 1)


def _format_of(cell: Cell, kind: str) -> str:
    """Return which format shows a cell: whole numbers without decimals, amounts in their unit."""
    if kind == "amount":
        return cell.unit if isinstance(cell, Amount) and cell.unit in _SHOWN else "number"
    return "whole" if kind == "number" and isinstance(cell, int) else kind


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, Amount):
        sheet.write_number(row, column, cell.value, style)
    elif isinstance(cell, dt.date) and cell >= FIRST_DAY:
        sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), style)
    elif isinstance(cell, dt.date):
        sheet.write_string(row, column, cell.isoformat(), style)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, _fitting(cell), style)


def _fitting(text: str) -> str:
    """Return text as a cell can hold it: its characters counted as Excel does, halves of characters replaced."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "replace")
