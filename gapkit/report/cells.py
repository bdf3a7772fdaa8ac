"""Cells of a workbook: values, never formulas, each shown in its unit."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from gapkit.report.registers import Amount, Cell

MOST_CHARACTERS: Final = 32_767
# Excel's calendar has a day too many before, and none before 1900.
FIRST_DAY: Final = dt.date(1900, 3, 1)
# How numbers are shown, by the kind of a column or the unit of an amount; the cell holds all digits.
SHOWN: Final = {
    "whole": "#,##0", "number": "#,##0.0", "share": "0.0%", "ratio": "0.000", "pp": "+0.0%;-0.0%;0.0%", "days": "#,##0.0",
    "per_week": "#,##0.00", "points": "#,##0.0", "count": "#,##0.0", "money": "#,##0",
}  # fmt: skip


def format_of(cell: Cell, kind: str) -> str:
    """Return which format shows a cell: whole numbers without decimals, amounts in their unit."""
    if kind == "amount":
        return cell.unit if isinstance(cell, Amount) and cell.unit in SHOWN else "number"
    return "whole" if kind == "number" and isinstance(cell, int) else kind


def write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Write a cell; nothing and empty text leave it blank."""
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
        sheet.write_string(row, column, fitting(cell), style)


def fitting(text: str) -> str:
    """Return text as a cell can hold it: its characters counted as Excel does, halves of characters replaced."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "replace")
