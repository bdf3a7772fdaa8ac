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

from gapkit.report.cells import SHOWN, format_of, write_cell
from gapkit.report.decision_sheets import DecisionSheet
from gapkit.report.decision_writer import decision_formats, sources_of, write_decision_sheet, write_hidden
from gapkit.report.registers import Register

# A sheet of a workbook holds no more rows, its header included.
MOST_ROWS: Final = 1_048_576
_OPTIONS: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip


def write_workbook(
    path: Path, sheets: Iterable[Register | DecisionSheet], *, title: str, as_of: dt.date, whose: tuple[str, str] = ("", "")
) -> None:
    """Write registers and decisions as sheets of an Excel workbook, each with a fixed header and filters.

    Parameters
    ----------
    path : Path
        The file to write.
    sheets : iterable of Register or DecisionSheet
        One sheet each, in this order; a register without rows says so.
    title : str
        Title in the properties of the file.
    as_of : date
        Stands for the day of making, so that the same data gives the same file.
    whose : tuple of (str, str)
        Name of the engagement and of the client, by which decisions are brought back to where they belong.
    """
    pages = tuple(sheets)
    decisions = tuple(page for page in pages if isinstance(page, DecisionSheet))
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": title, "created": dt.datetime(as_of.year, as_of.month, as_of.day)})
        formats = {
            "header": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF3"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            **{kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in SHOWN.items()},
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        }
        if decisions:
            formats |= decision_formats(book)
        sources = sources_of(decisions)
        for page in pages:
            if isinstance(page, DecisionSheet):
                write_decision_sheet(book, page, formats, sources)
            else:
                _write_sheet(book, page, formats)
        if decisions:
            write_hidden(book, decisions, *whose)


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
            write_cell(sheet, number, place, cell, formats[format_of(cell, heading.kind)])
    if len(shown) < len(register.rows):
        rest = f"{len(register.rows) - len(shown):,} more rows do not fit into a sheet."
        sheet.write_string(len(shown) + 1, 0, rest, formats["text"])
    sheet.autofilter(0, 0, max(1, len(shown)), len(register.headings) - 1)
