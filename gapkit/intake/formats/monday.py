"""Monday, a board as an Excel workbook (Export board to Excel).

Columns are the client's own and known by their meaning; statuses too, so that none of them says anything by itself. Built
from the vendor's help and from what several importers make of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import Names, column_of, fields_of, with_columns
from gapkit.intake.formats.monday_board import Board, find_titles, has_own_column, is_alone, is_repeated, read_board
from gapkit.intake.formats.rows import read_rows, sheet_of, without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each, without_zeros
from gapkit.intake.formats.titles import TITLES, fields_by_title
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import EXCEL
from gapkit.intake.reading.header import name_key
from gapkit.labels import label_count, label_list

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.reading.records import Sheet

ID: Final[Names] = {"program_id": ("Item ID (auto generated)", "Item ID")}
# Filled by Monday itself; they say who before they say when.
LOGS: Final[Names] = {"first_seen_on": ("Creation log",), "updated_at": ("Last updated",)}
PARENT: Final = "parent item of the board"
DROPPED: Final = ("Subitems", "Description", "Long text", "Notes")
UPDATES: Final = "updates"

RANGE: Final = re.compile(r"(.+?)\s+[-–—→]\s+(.+)|(\d{4}-\d{2}-\d{2})\s*[-–—→]\s*(\d{4}-\d{2}-\d{2})")
ISO_RANGE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\s*[-–—→]\s*\d{4}-\d{2}-\d{2}")
# A log says who before it says when: Ana Silva May 2, 2024 3:04 PM.
MOMENT: Final = r"((?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/[A-Za-z]{3}/\d{4}).*)$"


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column titles of a sheet that is laid out as a Monday board.

    Its first row is a name standing alone, as is the row above the column titles; and the titles occur again, hold a column
    only Monday has, or name a status, a person and a day.
    """
    best: tuple[str, ...] = ()
    for rows in glimpse.rows.values() if glimpse.ending in EXCEL else ():
        place = find_titles(rows)
        if place < 2 or not (is_alone(rows[0]) and is_alone(rows[place - 1])):
            continue
        known = fields_of(rows[place], TITLES)
        is_plain = name_key(rows[place][0]) == "name" and {"status", "owners_now", "current_end"} <= set(known)
        if is_repeated(rows, place) or has_own_column(rows[place]) or is_plain:
            own = [title for title in rows[place] if has_own_column([title])]
            best = max(best, tuple(dict.fromkeys([rows[place][0], *own, *known.values()])), key=len)
    return best


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read boards exported to Excel, all sheets of a file that hold one."""
    found, problems = read_each(exports, lambda export: _read_file(export, source))
    parts = tuple(part for some, _ in found for part in some)
    return Extract(parts, notes=tuple(note for _, said in found for note in said), problems=problems)


def _read_file(export: Export, source: Source) -> tuple[list[Part], list[str]]:
    sheets = read_rows(export, source.sheet)
    talk = [title for title in sheets if name_key(title).split("_")[-1] == UPDATES and title != source.sheet]
    boards = {title: read_board(rows, title) for title, rows in sheets.items() if title not in talk}
    found = {title: board for title, board in boards.items() if board is not None}
    if not found:
        what = "no board of Monday was found: no row of column titles stands below the name of a group"
        refuse(what, export.file, allowed="the workbook as Monday writes it (Export board to Excel)",
               remedy="Export the board again and leave its rows as they are.")  # fmt: skip
    notes = [f'{export.file}: sheet "{title}" holds what people wrote and was not read.' for title in talk]
    others = [title for title, board in boards.items() if board is None and sheets[title]]
    notes += [f"{export.file}: no board is on {label_list(others)}."] if others else []
    parts: list[Part] = []
    for title, board in found.items():
        found_here, said = _read_one(export.file, title, board)
        parts += found_here
        notes += said
    return parts, notes


def _read_one(file: str, title: str, board: Board) -> tuple[list[Part], list[str]]:
    """Return the items and the subitems of a board, whose columns are not the same, each as a part."""
    ids, n_made = _ids(board)
    group, place = (_free(name, board.titles) for name in ("Group", "Board"))
    parts = []
    for columns, is_below in ((board.titles, False), (board.titles[:1], True)):
        items = [item for item in board.items if bool(item.under) == is_below]
        own = fields_of([*columns, *(name for item in items for name in item.cells)], ID).get("program_id", "Item ID")
        made = {item.row: {own: ids[item.row], group: item.group or None, place: board.name} for item in items}
        above = {item.row: {PARENT: ids.get(item.under)} if is_below else {} for item in items}
        records = {item.row: {**item.cells, **made[item.row], **above[item.row]} for item in items}
        if records or not is_below:
            parts.append(_part(sheet_of(file, title, records, columns), columns[0], own, (group, place)))
    by_group = "status" not in parts[0].fields
    if by_group:  # the groups are the stages, for subitems without a status too
        parts = [part._replace(fields={"status": group, **part.fields}) for part in parts]
    return parts, _notes(file, board, n_made, by_group)


def _part(sheet: Sheet, name: str, own: str, made: tuple[str, ...]) -> Part:
    sheet = _tidied(without_columns(sheet, [each for each in DROPPED if name_key(each) != name_key(name)]))
    fixed = {"program_id": own, "name": name} | ({"parent_id": PARENT} if PARENT in sheet.columns else {})
    fields = _planned(sheet, fields_by_title(sheet, (*fixed.values(), *made))) | fixed
    if status := fields.get("status") or _only_status(sheet.columns):
        fields["status"] = status
    if "owners_now" in fields:
        sheet = with_columns(sheet, {fields["owners_now"]: comma_lists(column_of(sheet, fields["owners_now"]))})
    if "size_points" in fields:
        sheet = without_zeros(sheet, fields["size_points"])
    return Part("programs", sheet, fields)


def _free(name: str, titles: Sequence[str]) -> str:
    """Return a name for a column of ours that is no title of the board's."""
    return f"{name} of the board" if name_key(name) in map(name_key, titles) else name


def _ids(board: Board) -> tuple[dict[int, Any], int]:
    """Return the id of every item by its row, and how many were made of board, group and name."""
    ids: dict[int, Any] = {}
    names = {item.row: item.cells.get(board.titles[0]) for item in board.items}
    made: Counter[str] = Counter()
    for item in board.items:
        if column := fields_of(list(item.cells), ID).get("program_id"):
            ids[item.row] = item.cells[column]
            continue
        steps = (board.name, item.group, names.get(item.under), names[item.row])
        name = " / ".join(str(step) for step in steps if step)
        made[name] += 1
        ids[item.row] = name if made[name] == 1 else f"{name} ({made[name]})"
    return ids, made.total()


def _only_status(columns: Sequence[str]) -> str:
    """Return the column whose title has the word status in it; empty when there are several or none."""
    found = [column for column in columns if "status" in name_key(column).split("_")]
    return found[0] if len(found) == 1 else ""


def _planned(sheet: Sheet, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with the ends of the timeline as plan, where no column has a better title than "Date".

    A period of another name serves as well, if it is the only one.
    """
    ends = [name for name in sheet.columns if name.endswith(" - End") and f"{name[:-3]}Start" in sheet.columns]
    ends = [name for name in ends if name_key(name) == "timeline_end"] or ends
    logs = fields_of(sheet.columns, LOGS)
    if len(ends) != 1:
        return {**logs, **fields}
    is_vague = name_key(fields.get("current_end", "")) in ("", "date", "dates")
    end = ends[0] if is_vague else fields["current_end"]
    return {**logs, "current_start": f"{ends[0][:-3]}Start", **fields, "current_end": end}


def _tidied(sheet: Sheet) -> Sheet:
    """Return the sheet with periods split, tags as lists, and logs without the person they name."""
    sheet = _split_periods(sheet)
    lists = [name for name in sheet.columns if name_key(name) in ("tags", "tag")]
    made = {name: comma_lists(column_of(sheet, name)) for name in lists}
    for log in fields_of(sheet.columns, LOGS).values():
        texts = as_text(column_of(sheet, log))
        when = texts.str.extract(MOMENT, expand=False).str.replace(r" UTC$", "Z", regex=True)
        made[log] = when.fillna(texts)
    return with_columns(sheet, made)


def _split_periods(sheet: Sheet) -> Sheet:
    """Return the sheet with columns of periods split into first and last day.

    A cell that is no period stays whole, as first day: whoever reads the column will name it.
    """
    split: dict[str, pd.Series] = {}
    periods = []
    for title in sheet.columns:
        texts = as_text(column_of(sheet, title))
        pattern = RANGE if name_key(title) == "timeline" else ISO_RANGE
        n_periods = sum(bool(pattern.fullmatch(text)) for text in texts.dropna())
        if n_periods and 2 * n_periods >= texts.notna().sum():
            periods.append(title)
            days = [_period(text) for text in texts.fillna("")]
            split[f"{title} - Start"] = pd.Series([start or None for start, _ in days], index=texts.index, dtype="str")
            split[f"{title} - End"] = pd.Series([end or None for _, end in days], index=texts.index, dtype="str")
    return with_columns(without_columns(sheet, periods), split)


def _period(text: str) -> tuple[str, str]:
    found = RANGE.fullmatch(text)
    if not found:
        return (text, text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else (text, "")
    return found[1] or found[3], found[2] or found[4]


def _notes(file: str, board: Board, n_made: int, by_group: bool) -> list[str]:
    name = f'{file}, board "{board.name}"'
    notes = []
    if n_made:
        programs = label_count(n_made, "program is", "programs are")
        notes.append(
            f"{name}: without an item id {programs} known by board, group and name; one that is renamed or moved to "
            "another group becomes a new program. Add the column Item ID to the board before the next export."
        )
    if by_group:
        notes.append(f"{name} has no column for the status; the group serves as one.")
    if board.n_sums:
        notes.append(f"{name}: {label_count(board.n_sums, 'row')} of sums left out.")
    return notes


MONDAY: Final = Format("monday-excel", "Monday Excel", "monday", recognise, read, has_parts=True)
