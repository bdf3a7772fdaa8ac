"""Writing the sheets of decisions: what may be edited is white and offers what is allowed, the rest is grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gapkit.config.nodes import EARLIEST, LATEST
from gapkit.redesign.decisions.rules import Rule
from gapkit.redesign.decisions.values import allowed_text, limits
from gapkit.report.cells import write_cell
from gapkit.report.decision_sheets import (
    CHOICES,
    KNOWN_AS,
    SHOWN,
    TO_KNOW,
    DecisionSheet,
    cell_of,
    header_of,
    id_header,
    shown_rows,
)

HEADER: Final = 1  # the row of headers, counted from 0; above it stands the line of help
_WIDTHS: Final = {
    "text": 30,
    "list": 30,
    "id": 22,
    "choice": 20,
    "date": 12,
    "whole": 11,
    "number": 11,
    "share": 11,
    "flag": 9,
}
# Text stays text in Excel too: 10:00, 1/2 and 007 are not made into something else while they are typed.
_SHOWN_AS: Final = {"share": "share", "date": "date", "whole": "plain", "number": "plain"}
_MESSAGE, _TITLE = 250, 32  # Excel shows no more


def write_decision_sheet(
    book: Any, sheet: DecisionSheet, formats: Mapping[str, Any], sources: Mapping[tuple[str, ...], str]
) -> None:
    """Write one section: a line of help, the header, the entries; filters, and for each column what it may hold.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        The workbook being written.
    sheet : DecisionSheet
        The section.
    formats : mapping
        Formats by name, those of `decision_formats` among them.
    sources : mapping
        Lists of values to choose from, each with the cells of `write_hidden` that hold it.
    """
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(HEADER + 1, 2)
    page.hide_gridlines(2)
    page.write_string(0, 0, f"{sheet.purpose} White cells are yours to edit; grey ones are there to read.", formats["help"])
    headers = [id_header(sheet.section), KNOWN_AS, *map(header_of, sheet.rules), TO_KNOW]
    widths = [22, 28, *(_WIDTHS[rule.kind] for rule in sheet.rules.values()), 50]
    shown = ["grey", "grey", *(_SHOWN_AS.get(rule.kind, "words") for rule in sheet.rules.values()), "grey"]
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        page.set_column(place, place, width, None if shown[place] == "grey" else formats[shown[place]])
        page.write_string(HEADER, place, header, formats["header"])
    last = HEADER + len(sheet.rows)
    for number, row in enumerate(sheet.rows, start=HEADER + 1):
        for place, text in ((0, row.id), (1, row.name)):
            write_cell(page, number, place, text or " ", formats["grey"])
        for place, (field, rule) in enumerate(sheet.rules.items(), start=2):
            cell = cell_of(rule, row.fields.get(field))
            write_cell(page, number, place, cell, formats["words" if isinstance(cell, str) else shown[place]])
        write_cell(page, number, len(headers) - 1, row.remark or " ", formats["grey"])
    for place, (field, rule) in enumerate(sheet.rules.items(), start=2):
        page.data_validation(HEADER + 1, place, last, place, _validation(field, rule, sources))
    page.autofilter(HEADER, 0, last, len(headers) - 1)


def decision_formats(book: Any) -> dict[str, Any]:
    """Return the formats the sheets of decisions have besides those of registers."""
    grey = {"text_wrap": True, "valign": "top", "bg_color": "#F0F0F0", "font_color": "#555555"}
    return {
        "plain": book.add_format({"valign": "top"}),
        "words": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "grey": book.add_format(grey),
        "help": book.add_format({"italic": True, "font_color": "#555555"}),
    }


def sources_of(sheets: tuple[DecisionSheet, ...]) -> dict[tuple[str, ...], str]:
    """Return every list of values to choose from, with the cells that will hold it."""
    lists = dict.fromkeys(_choices(rule) for sheet in sheets for rule in sheet.rules.values() if _choices(rule))
    return {words: f"={CHOICES}!${_letters(place)}$1:${_letters(place)}${len(words)}" for place, words in enumerate(lists)}


def write_hidden(book: Any, sheets: tuple[DecisionSheet, ...], engagement: str, client: str) -> None:
    """Write the hidden sheets: the lists to choose from, and what every cell showed."""
    page = book.add_worksheet(CHOICES)
    page.hide()
    lists = list(sources_of(sheets))
    for number in range(max(map(len, lists), default=0)):
        for place, words in enumerate(lists):
            if number < len(words):
                write_cell(page, number, place, words[number], None)
    page = book.add_worksheet(SHOWN)
    page.very_hidden()
    for number, row in enumerate(shown_rows(sheets, engagement, client)):
        for place, text in enumerate(row):
            write_cell(page, number, place, text, None)


def _choices(rule: Rule) -> tuple[str, ...]:
    """Return the words a cell offers; a cell that holds a list offers none, as choosing one would replace the others."""
    if rule.kind == "flag":
        return ("yes", "no")
    return rule.allowed if rule.kind in {"choice", "id"} else ()


def _validation(field: str, rule: Rule, sources: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    message = f"{rule.help}\nAllowed: {allowed_text(rule)}"
    return {
        **_what(rule, sources),
        "ignore_blank": True,
        "input_title": header_of(field)[:_TITLE],
        "input_message": message if len(message) <= _MESSAGE else f"{message[: _MESSAGE - 1]}…",
        "error_title": "Not allowed here",
        "error_message": f"Allowed: {allowed_text(rule)}"[:_MESSAGE],
    }


def _what(rule: Rule, sources: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """Return what a cell may hold, as Excel checks it."""
    if words := _choices(rule):
        return {"validate": "list", "source": sources[words]}
    if rule.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if rule.kind not in {"whole", "number", "share"}:
        return {"validate": "any"}
    low, high = limits(rule)
    between = {"criteria": "between", "minimum": -1e15 if low is None else low, "maximum": 1e15 if high is None else high}
    return {"validate": "integer" if rule.kind == "whole" else "decimal", **between}


def _letters(place: int) -> str:
    """Return the letters of a column, counted from 0."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
