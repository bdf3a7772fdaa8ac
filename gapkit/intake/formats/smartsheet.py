"""Smartsheet, a sheet as Excel or CSV (File > Export).

Two things are documented by the vendor: Excel keeps the indentation of rows as row groups and loses the formatting; CSV
loses the indentation as well. The columns are the client's own, apart from those of project sheets (Start, Finish,
% Complete, Predecessors, the baseline) and the system columns (Created, Modified and by whom).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import openpyxl
import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    fields_of,
    seen_in_header,
    with_columns,
)
from gapkit.intake.formats.mapped import mapped_fields, read_mapped
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each, without_zeros
from gapkit.intake.formats.titles import fields_by_title
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "program_id": ("Row ID", "ID", "Task ID", "Project ID", "Auto Number", "Key"),
    "name": ("Task Name", "Primary Column", "Task", "Project Name", "Name", "Title"),
    "status": ("Status",),
    "owners_now": ("Assigned To", "Owner", "Contact"),
    "current_start": ("Start", "Start Date"),
    "current_end": ("Finish", "Finish Date", "End Date", "Due Date"),
    "baseline_start": ("Baseline Start",),
    "baseline_end": ("Baseline Finish",),
    "first_seen_on": ("Created", "Created Date"),
    "updated_at": ("Modified", "Modified Date"),
}
SHARE: Final[Names] = {"share": ("% Complete", "Percent Complete")}
UNNEEDED: Final = ("Created By", "Modified By", "Comments", "Latest Comment", "Description", "Notes", "Attachments")
TELLING: Final = ("Task Name", "Predecessors", "Duration", "Baseline Start", "Baseline Finish", "Variance", "Modified By")

ROW_ID, PARENT, PROGRESS = "row as id", "parent row", "progress"
# What the share of completion says where the client keeps no status.
NOT_BEGUN, PARTLY, ALL = "0 % complete", "partly complete", "100 % complete"
MEANINGS: Final = {
    NOT_BEGUN: {"status": "not_started"}, PARTLY: {"status": "in_progress"}, ALL: {"status": "delivered"},
}  # fmt: skip


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Smartsheet export away; sheets without project columns have none that do."""
    ways = (("Start", "Finish", "% Complete", "Assigned To"), ("Primary Column",), ("Baseline Finish", "Variance"))
    return max((seen_in_header(glimpse, needed, TELLING) for needed in ways), key=len)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read sheets exported from Smartsheet."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    notes = tuple(dict.fromkeys(note for _, said in found for note in said))
    return Extract(tuple(part for part, _ in found), MEANINGS, notes, problems)


def _read_one(export: Export, source: Source) -> tuple[Part, list[str]]:
    sheet = read_mapped(export, {**NAMES, **SHARE}, source)
    sheet = without_columns(sheet, UNNEEDED)
    fields = mapped_fields(sheet, NAMES, source)
    fields = {**fields_by_title(sheet, tuple(fields.values())), **fields}
    sheet, notes = _identified(sheet, fields, is_mapped="program_id" in source.fields)
    fields |= {"program_id": ROW_ID} if ROW_ID in sheet.columns else {}
    sheet, lost = _with_parents(sheet, export, fields)
    fields |= {"parent_id": PARENT} if PARENT in sheet.columns else {}
    if "owners_now" in fields:
        sheet = with_columns(sheet, {fields["owners_now"]: comma_lists(column_of(sheet, fields["owners_now"]))})
    sheet = without_zeros(sheet, fields.get("size_points", ""))
    share = fields_of(sheet.columns, SHARE).get("share")
    if share and "status" not in fields:
        sheet = with_columns(sheet, {PROGRESS: _progress(column_of(sheet, share))})
        fields["status"] = PROGRESS
    return Part("programs", sheet, fields), [*notes, *lost]


def _identified(sheet: Sheet, fields: Mapping[str, str], *, is_mapped: bool) -> tuple[Sheet, list[str]]:
    """Return the sheet with its row numbers as ids, unless a column of ids is mapped, or filled and distinct."""
    if "program_id" in fields:
        ids = as_text(column_of(sheet, fields["program_id"]))
        if is_mapped or (ids.notna().all() and ids.is_unique):
            return sheet, []
    prefix = sheet.sheet or PurePosixPath(sheet.file).stem
    rows = pd.Series([f"{prefix} row {row}" for row in sheet.cells.index], index=sheet.cells.index, dtype="str")
    note = (
        f'{sheet.file} has no column of ids, filled and distinct: rows are told apart by number ("{prefix} row …"). '
        "Sorting, adding or deleting rows between two exports mixes them up; an auto-number column in Smartsheet "
        "prevents it."
    )
    return with_columns(sheet, {ROW_ID: rows}), [note]


def _with_parents(sheet: Sheet, export: Export, fields: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    """Return the sheet with the id of the row each row is indented under."""
    if sheet.format != "excel":
        return sheet, [f"{sheet.file}: CSV loses which row is indented under which; export Excel to keep parent rows."]
    levels = _outline_levels(export, sheet.sheet)
    if not levels:
        return sheet, []
    ids = as_text(column_of(sheet, fields["program_id"]))
    return with_columns(sheet, {PARENT: _parents(ids, levels)}), []


def _outline_levels(export: Export, title: str) -> dict[int, int]:
    """Return the depth of every indented row by its number.

    Row groups are not to be had while streaming; a sheet of Smartsheet's largest size (500,000 cells) takes 200 MB.
    """
    with warnings.catch_warnings():  # as in reading the cells: styles and validations that openpyxl does not keep
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(export.path, keep_links=False)
    return {row: depth for row, place in book[title].row_dimensions.items() if (depth := int(place.outline_level or 0))}


def _parents(ids: pd.Series, levels: Mapping[int, int]) -> pd.Series:
    """Return, per row, the id of the nearest row above that is indented less."""
    above: list[tuple[int, str]] = []
    parents: list[str | None] = []
    for row, own in ids.items():
        level = levels.get(int(str(row)), 0)
        while above and above[-1][0] >= level:
            above.pop()
        parents.append(above[-1][1] if above else None)
        above.append((level, own))
    return pd.Series(parents, index=ids.index, dtype="str")


def _progress(cells: pd.Series) -> pd.Series:
    """Return the share of completion in words; it is a fraction in Excel and a percentage in CSV."""
    texts = as_text(cells)
    numbers = pd.to_numeric(texts.str.removesuffix("%").str.strip(), errors="coerce")
    shares = numbers.mask(texts.str.endswith("%").fillna(False).astype(bool), numbers / 100)
    words = pd.Series(PARTLY, index=cells.index, dtype="str").mask(shares <= 0, NOT_BEGUN).mask(shares >= 1, ALL)
    return words.where(shares.notna())


SMARTSHEET: Final = Format("smartsheet", "Smartsheet", "smartsheet", recognise, read)
