"""The decisions as sheets the client's team works in: one for each section, every field that may be edited a column.

They are read from the record of the redesign, the content of `redesign.json`, like the registers of findings. What each
cell showed is kept in a hidden sheet, so that an edit can be told from what was there, wherever the file has been since.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from gapkit.labels import sentence_case
from gapkit.redesign.decisions.record import rules_of_record
from gapkit.redesign.decisions.rules import Rule
from gapkit.redesign.decisions.values import typed
from gapkit.report.cells import MOST_CHARACTERS
from gapkit.report.registers import Cell

KNOWN_AS: Final = "Known as"
TO_KNOW: Final = "To know"
MARK: Final = "gapkit decisions 1"
SHOWN: Final = "gapkit"
CHOICES: Final = "choices"
NAMES: Final = {
    "levers": "Decide levers", "owners": "Decide owners", "priorities": "Decide priorities", "tooling": "Decide tools",
    "slas": "Decide SLAs", "cadence": "Decide cadence", "inputs": "Decide inputs", "plan": "Decide plan",
    "targets": "Decide targets",
}  # fmt: skip
PURPOSES: Final = {
    "levers": "Which changes to the way of working are made, and how far.",
    "owners": "Who answers for each program: one person.",
    "priorities": "Which priorities hold, in which order, and what stops.",
    "tooling": "Which tooling gaps are closed.",
    "slas": "How long each wait and hand-off may take, and who answers.",
    "cadence": "Which meetings start and which stop.",
    "inputs": "What is watched every week, and who answers.",
    "plan": "Which actions are taken, by whom and when.",
    "targets": "What is promised and measured.",
}


class Row(NamedTuple):
    """One entry.

    Attributes
    ----------
    id, name : str
        Its id, and what people call it.
    fields : mapping
        Field to the value that is shown.
    held : tuple of str
        Fields that hold because somebody decided them; the others are today's proposal.
    remark : str
        What there is to know of it.
    """

    id: str
    name: str
    fields: Mapping[str, Any]
    held: tuple[str, ...]
    remark: str


class DecisionSheet(NamedTuple):
    """One section of the decisions.

    Attributes
    ----------
    name : str
        As on the tab.
    purpose : str
        What is decided here, one sentence.
    section : str
        Section of `decisions.yml`.
    rules : mapping
        Field to `Rule`, in the order of the columns.
    rows : tuple of Row
        Its entries.
    """

    name: str
    purpose: str
    section: str
    rules: Mapping[str, Rule]
    rows: tuple[Row, ...]


def decision_sheets(record: Mapping[str, Any]) -> Iterator[DecisionSheet]:
    """Yield the sheets of the sections that hold entries.

    Parameters
    ----------
    record : mapping
        Content of `redesign.json`; one without decisions gives no sheet.
    """
    decisions = record.get("decisions")
    if not decisions:
        return
    rules = rules_of_record(decisions)
    for section, entries in decisions["entries"].items():
        rows = tuple(Row(one["id"], one["name"], one["fields"], tuple(one["held"]), one["remark"]) for one in entries)
        if rows:
            yield DecisionSheet(NAMES[section], PURPOSES[section], section, rules[section], rows)


def cell_of(rule: Rule, value: Any) -> Cell:
    r"""Return a value as a cell: dates as dates, yes and no in words, one line for each item of a list.

    Examples
    --------
    >>> cell_of(Rule("flag", ""), True), cell_of(Rule("list", ""), ["a", "b"]), cell_of(Rule("date", ""), "2026-03-31")
    ('yes', 'a\nb', datetime.date(2026, 3, 31))
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(value)
    if rule.kind == "date":
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    if rule.kind == "share" and isinstance(value, int | float):
        return float(value)
    return value if isinstance(value, int | float) and rule.kind in {"whole", "number"} else str(typed(value))


def header_of(field: str) -> str:
    """Return the header of a field's column.

    Examples
    --------
    >>> header_of("due_on"), id_header("slas")
    ('Due on', 'Id (slas)')
    """
    return sentence_case(field.replace("_", " "))


def id_header(section: str) -> str:
    """Return the header of the column of ids, by which a sheet is known again even under another name."""
    return f"Id ({section})"


def header_key(text: Any) -> str:
    """Return a header reduced to what it is recognised by."""
    return " ".join(str(text or "").replace("_", " ").casefold().split())


def shown_rows(sheets: tuple[DecisionSheet, ...], engagement: str, client: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the hidden sheet: whose workbook it is, then what each cell showed.

    Ids and values stand there twice, as Excel shows them and as JSON without a sign Excel could change.
    """
    yield MARK, _safe(engagement), _safe(client)
    for sheet in sheets:
        for row in sheet.rows:
            for field, rule in sheet.rules.items():
                value = row.fields.get(field)
                cell = cell_of(rule, value)
                shown = cell if isinstance(cell, str) else ""
                held = "held" if field in row.held else ""
                yield sheet.section, row.id, _safe(row.id), field, shown, _safe(value), held, _safe(row.name)


def _safe(value: Any) -> str:
    """Return a value as JSON of plain signs; none for a text too long for a cell, which is then known by its beginning."""
    written = json.dumps(value).replace("_", "\\u005f")
    return written if len(written) <= MOST_CHARACTERS else "null"
