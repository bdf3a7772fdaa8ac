"""Reading edited sheets of decisions back: what was changed since they were written, or all that cannot be read, at once.

Sheets may be renamed or deleted, columns moved or added, rows sorted, filtered or deleted. What must be there is the header
with its columns, the ids, and the hidden sheet that says what every cell showed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from gapkit.config.nodes import did_you_mean
from gapkit.errors import InputError, Problem
from gapkit.intake.reading.workbook import Rows, read_cells
from gapkit.labels import label_count, label_list
from gapkit.redesign.decisions.decided import Section
from gapkit.redesign.decisions.merging import Edit, is_same
from gapkit.redesign.decisions.rules import Rule, Rules, ruled
from gapkit.redesign.decisions.text import said
from gapkit.redesign.decisions.values import NotAllowedError, Typed, allowed_text, read_value, typed
from gapkit.report.decision_sheets import CHOICES, KNOWN_AS, MARK, SHOWN, TO_KNOW, header_key, header_of, id_header

SEARCHED: Final = 20  # rows in which the header is looked for
ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_ANEW: Final = "Take the workbook of the last run and make the changes there."


class Edited(NamedTuple):
    """What was found in a workbook.

    Attributes
    ----------
    edits : tuple of Edit
        Entries that are not as they were shown.
    remarks : tuple of str
        What was passed over: sheets and rows that are not there, columns that are not ours.
    """

    edits: tuple[Edit, ...]
    remarks: tuple[str, ...]


@dataclass
class _Entry:
    """An entry as it was shown: what its cells held, as Excel shows text, and as values."""

    id: str | None  # None for one too long for a cell
    name: str
    texts: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)


Shown = dict[str, dict[str, list[_Entry]]]


def read_edits(data: bytes, file: str, rules: Rules, *, engagement: str, client: str) -> Edited:
    """Read the sheets of decisions of a workbook.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name, for messages.
    rules : mapping
        Section to field to `Rule`.
    engagement, client : str
        Whose decisions are to be changed; a workbook of somebody else is refused.

    Returns
    -------
    Edited

    Raises
    ------
    InputError
        With every cell that cannot be taken over: sheet, row, column, value, what is allowed, what to do.
    """
    pages = read_cells(data, file)
    shown = _shown(pages.get(SHOWN, []), file, engagement, client)
    full = {section: ruled(fields) for section, fields in rules.items()}
    reader = _Reader(file, full)
    reader.require_known(shown)
    for section, entries in shown.items():
        found = [(name, place) for name, rows in pages.items() if (place := _header(name, rows, section)) is not None]
        if not found:
            reader.remarks.append(f'There is no sheet with a column "{id_header(section)}": {section} stay as they are.')
        for name, place in found[:1]:
            reader.read(section, name, pages[name], place, entries)
        for name, _ in found[1:]:
            what = f"{section} stand on a second sheet; the first is {found[0][0]}"
            reader.problems.append(Problem(what, file, name, remedy="Keep one of the two sheets, delete the other."))
    if reader.problems:
        raise InputError(reader.problems)
    return Edited(tuple(reader.edits), tuple(reader.remarks))


def _shown(rows: Rows, file: str, engagement: str, client: str) -> Shown:
    """Return what every cell showed, by section and id as Excel shows it, if the workbook is of this engagement."""
    if not rows or len(rows[0]) < 3 or rows[0][0] != MARK:
        what = "this workbook does not hold decisions as gapkit wrote them: its hidden sheet is missing"
        raise InputError([Problem(what, file, SHOWN, remedy=_ANEW)])
    try:
        whose = tuple(json.loads(cell) for cell in rows[0][1:3])
        shown: Shown = {}
        for section, seen, identifier, column, text, value, held, name in (_padded(row, 8) for row in rows[1:]):
            same = shown.setdefault(section, {}).setdefault(str(seen), [])
            one = json.loads(identifier)
            entry = next((each for each in same if each.id == one), None)
            if entry is None:
                entry = _Entry(one, json.loads(name))
                same.append(entry)
            entry.texts[column], entry.values[column] = text, json.loads(value)
            entry.held |= {column} if held else set()
    except (TypeError, ValueError) as error:
        raise InputError([Problem("the hidden sheet of decisions was changed", file, SHOWN, remedy=_ANEW)]) from error
    if whose != (engagement, client):
        what = f"this workbook is of {said(whose[1])} ({said(whose[0])})"
        remedy = "Import it into that engagement."
        raise InputError([Problem(what, file, allowed=f"{client} ({engagement})", remedy=remedy)])
    return shown


def _padded(row: Sequence[Any], width: int) -> tuple[Any, ...]:
    return (*row, *[None] * width)[:width]


def _header(name: str, rows: Rows, section: str) -> int | None:
    """Return the row of headers of a section on a sheet; None when it is not there."""
    if name in (SHOWN, CHOICES):
        return None
    wanted = header_key(id_header(section))
    return next((place for place, row in enumerate(rows[:SEARCHED]) if wanted in map(header_key, row)), None)


class _Reader:
    """Reads sheets into edits and gathers what it has to refuse."""

    def __init__(self, file: str, rules: Mapping[str, Mapping[str, Rule]]) -> None:
        self.file, self.rules = file, rules
        self.edits: list[Edit] = []
        self.problems: list[Problem] = []
        self.remarks: list[str] = []

    def require_known(self, shown: Shown) -> None:
        """Refuse a workbook whose fields are not those of today."""
        fields = {
            (section, name) for section, ids in shown.items() for same in ids.values() for e in same for name in e.values
        }
        unknown = sorted(f"{section} › {name}" for section, name in fields if name not in self.rules.get(section, {}))
        if unknown:
            what = f"made by another version of gapkit: {label_list(unknown)}"
            raise InputError([Problem(what, self.file, remedy=_ANEW)])

    def read(self, section: str, sheet: str, rows: Rows, header: int, shown: dict[str, list[_Entry]]) -> None:
        """Read one sheet."""
        places = self.columns(section, sheet, rows[header], header + 1)
        if places is None:
            return
        seen: dict[str, int] = {}
        key = header_key(id_header(section))
        for number, row in enumerate(rows[header + 1 :], start=header + 2):
            cells = {name: row[place] if place < len(row) else None for name, place in places.items()}
            identifier = cells.pop(key)
            if identifier is None and all(cell is None for cell in cells.values()):
                continue
            same = shown.get(_text(identifier), [])
            if not same:
                self.unknown(section, sheet, number, identifier, tuple(shown))
            elif _text(identifier) in seen and len(same) == 1:
                what = f"given twice: the first is in row {seen[_text(identifier)]}"
                self.refuse(sheet, number, id_header(section), what, identifier, remedy="Keep one of the two rows.")
            else:
                self.entry(section, sheet, number, cells, same)
            seen.setdefault(_text(identifier), number)
        if gone := [each for each in shown if each not in seen]:
            count = label_count(len(gone), "entry", "entries")
            self.remarks.append(f'{count} of {section} not on the sheet "{sheet}" any more: nothing is changed there.')

    def columns(self, section: str, sheet: str, row: Sequence[Any], number: int) -> dict[str, int] | None:
        """Return where the columns stand, by the keys of their headers; None after noting what is missing or twofold."""
        found: dict[str, list[int]] = {}
        for place, cell in enumerate(row):
            if cell is not None:
                found.setdefault(header_key(cell), []).append(place)
        wanted = {header_key(id_header(section)): id_header(section)}
        wanted |= {header_key(name): header_of(name) for name in self.rules[section]}
        wrong = {"there is no such column": set(wanted) - set(found), "two columns of this name": set()}
        wrong["two columns of this name"] = {key for key in wanted if len(found.get(key, ())) > 1}
        extra = [
            str(row[places[0]])
            for key, places in found.items()
            if key not in {*wanted, *map(header_key, (KNOWN_AS, TO_KNOW))}
        ]
        for what, keys in wrong.items():
            for key in sorted(keys):
                near = did_you_mean(wanted[key], extra)
                remedy = near or ("Give the column its header again." if "no such" in what else "Delete one of the two.")
                self.refuse(sheet, number, wanted[key], what, None, remedy=remedy)
        if extra:
            self.remarks.append(f'Not read on the sheet "{sheet}": {label_list([said(name) for name in extra])}.')
        return None if any(wrong.values()) else {key: found[key][0] for key in wanted}

    def unknown(self, section: str, sheet: str, number: int, identifier: Any, known: tuple[str, ...]) -> None:
        """Refuse a row whose id nobody proposed."""
        header = id_header(section)
        if identifier is None:
            self.refuse(sheet, number, header, "no id", None, remedy="Write the id of the entry again, or clear the row.")
            return
        near = did_you_mean(_text(identifier), known)
        remedy = near or "Clear the row; a new entry goes into decisions.yml."
        self.refuse(sheet, number, header, "no such entry", identifier, allowed="an id of this sheet", remedy=remedy)

    def entry(self, section: str, sheet: str, number: int, cells: Mapping[str, Any], same: list[_Entry]) -> None:
        """Read a row; an entry that Excel cannot tell from another may not be changed there."""
        identifier = same[0].id
        if len(same) > 1 or identifier is None:
            if not any(self.is_unchanged(section, cells, entry) for entry in same):
                what, remedy = "an id too long for Excel, or like another there", "Change the entry in decisions.yml."
                self.refuse(sheet, number, id_header(section), what, identifier, remedy=remedy)
            return
        entry, now = same[0], dict(same[0].values)
        for name in entry.values:
            cell, rule = cells[header_key(name)], self.rules[section][name]
            if _is_as_shown(cell, entry.texts[name], entry.values[name], rule):
                continue
            try:
                now[name] = _read(rule, cell)
            except NotAllowedError as error:
                remedy = error.remedy
                if cell is None:
                    remedy = "Write a value; to have none of the entry, choose declined."
                self.refuse(sheet, number, header_of(name), error.what, cell, allowed=allowed_text(rule), remedy=remedy)
        edit = Edit(
            _section(section), identifier, entry.name, entry.values, frozenset(entry.held), now, self.file, sheet, number
        )
        if edit.touched:
            self.edits.append(edit)

    def is_unchanged(self, section: str, cells: Mapping[str, Any], entry: _Entry) -> bool:
        """Return whether a row shows an entry as it was."""
        rules = self.rules[section]
        return all(
            _is_as_shown(cells[header_key(name)], entry.texts[name], value, rules[name])
            for name, value in entry.values.items()
        )

    def refuse(
        self, sheet: str, row: int, column: str, what: str, value: Any, *, allowed: str = "", remedy: str = ""
    ) -> None:
        """Note a problem with a cell."""
        self.problems.append(Problem(what, self.file, sheet, row, column, said(_text(value)), allowed, remedy))


def _section(name: str) -> Section:
    section: Any = name
    return section  # type: ignore[no-any-return]


def _is_as_shown(cell: Any, text: Any, value: Any, rule: Rule) -> bool:
    if cell == text and (text is not None or value is None):
        return True
    try:
        return is_same(_read(rule, cell), value)
    except NotAllowedError:
        return False


def _read(rule: Rule, cell: Any) -> Any:
    """Return the value of a cell."""
    if isinstance(cell, str) and cell in ERRORS:
        raise NotAllowedError("a formula that gives an error", "Write the value itself.")
    return read_value(rule, tuple(_items(rule, cell)) if rule.kind == "list" else _typed(cell))


def _items(rule: Rule, cell: Any) -> Iterator[str]:
    """Yield the items of a list: one on a line; on a single line one before each semicolon."""
    text = _text(cell)
    if text in rule.allowed:
        yield text
    else:
        yield from (item.strip() for item in text.split("\n" if "\n" in text else ";") if item.strip())


def _typed(cell: Any) -> Typed:
    return _text(cell)


def _text(cell: Any) -> str:
    """Return a cell as somebody would type it."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes" if not cell.second and not cell.microsecond else "auto")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool | int | float):
        return str(typed(cell))
    return "" if cell is None else str(cell)
