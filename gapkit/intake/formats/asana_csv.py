"""Asana, a project as CSV (project menu, Export/Print, CSV), also as Asana keeps it up to date in a Google sheet.

There is no status: a task is done when it has a day of completion, and stands in a section until then. A parent is given by
name, not by id. Built from descriptions of the file by several importers that agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.asana_words import DONE, MEANINGS, sections_of_done, status_word
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    fields_of,
    join_repeated,
    read_sheet,
    seen_in_header,
    with_columns,
)  # fmt: skip
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each, without_zeros
from gapkit.intake.formats.titles import fields_by_title
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.header import name_key
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source
    from gapkit.intake.reading.records import Sheet

NAMES: Final[Names] = {
    "program_id": ("Task ID",),
    "name": ("Name",),
    "owners_now": ("Assignee",),
    "first_seen_on": ("Created At",),
    "updated_at": ("Last Modified",),
    "closed_at": ("Completed At",),
    "current_start": ("Start Date",),
    "current_end": ("Due Date",),
}
SECTION: Final = "Section/Column"
OTHERS: Final[Names] = {"section": (SECTION,), "parent": ("Parent task",)}
LISTS: Final = ("Tags", "Projects")
# The address of the assignee beside the name, and the description.
DROPPED: Final = ("Assignee Email", "Notes")

# Columns made here, named so that no field of the client's is called the same.
STATUS: Final = "Section or Completed"
PARENT_ID: Final = "Parent task ID"


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give an Asana CSV away."""
    needed = ("Task ID", "Created At", "Completed At", "Last Modified", "Name")
    return seen_in_header(glimpse, needed, ("Section/Column", "Assignee Email", "Parent task", "Projects"))


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Asana CSV files, each a project of its own."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    parts = tuple(part for part, _ in found)
    notes = tuple(note for _, said in found for note in said)
    done = [section for part in parts for section in _done(part.sheet)]
    columns = [column for part in parts for column in fields_of(part.sheet.columns, {"section": (SECTION,)}).values()]
    return Extract(parts, MEANINGS, notes + sections_of_done(done, (*columns, SECTION)[0]), problems)


def _read_one(export: Export, source: Source) -> tuple[Part, list[str]]:
    sheet = join_repeated(read_sheet(export, {**NAMES, **OTHERS}, source.sheet))
    sheet = without_columns(sheet, DROPPED)
    known = fields_of(sheet.columns, {**NAMES, **OTHERS})
    sheet, sections, notes = _sections(sheet, known)
    made = {STATUS: _words(sections, _column(sheet, known, "closed_at").notna())}
    if "parent" in known:
        made[PARENT_ID], said = _parents(sheet, known)
        notes += said
    lists = [name for name in sheet.columns if name_key(name) in map(name_key, LISTS)]
    sheet = with_columns(sheet, made | {name: comma_lists(column_of(sheet, name)) for name in lists})
    fields = fields_of(sheet.columns, {**NAMES, "status": (STATUS,), "parent_id": (PARENT_ID,)})
    own = fields_by_title(sheet, [*known.values(), *made, *lists])
    sheet = without_zeros(sheet, own.get("size_points", ""))
    return Part("programs", sheet, {**own, **fields}), notes


def _done(sheet: Sheet) -> list[str]:
    """Return the sections of completed tasks."""
    known = fields_of(sheet.columns, OTHERS)
    return list(_column(sheet, known, "section").loc[column_of(sheet, STATUS) == DONE].fillna(""))


def _words(sections: pd.Series, is_done: pd.Series) -> pd.Series:
    words = [status_word(section, done) for section, done in zip(sections.fillna(""), is_done, strict=True)]
    return pd.Series(words, index=sections.index, dtype="str")


def _column(sheet: Sheet, known: Mapping[str, str], name: str) -> pd.Series:
    """Return a column as text, all missing where the file has none."""
    if name in known:
        return as_text(column_of(sheet, known[name]))
    return pd.Series(None, index=sheet.cells.index, dtype="str")


def _sections(sheet: Sheet, known: Mapping[str, str]) -> tuple[Sheet, pd.Series, list[str]]:
    """Return the tasks, the section of each, and what was read as a section.

    Old files have no column for it: a section is a row of its own, its name ends with a colon and nobody is assigned.
    """
    if "section" in known:
        return sheet, _column(sheet, known, "section"), []
    names = _column(sheet, known, "name")
    unused = [_column(sheet, known, name).isna() for name in ("owners_now", "current_end", "closed_at", "parent")]
    is_section = names.str.endswith(":").fillna(False).astype(bool) & pd.concat(unused, axis=1).all(axis=1)
    sections = names.where(is_section).str.removesuffix(":").str.strip().ffill()
    n_sections = int(is_section.sum())
    rows = label_count(n_sections, "row whose name ends with a colon was", "rows whose names end with a colon were")
    notes = [f"{sheet.file}: {rows} read as sections, not as tasks."] if n_sections else []
    return replace(sheet, cells=sheet.cells.loc[~is_section]), sections.loc[~is_section], notes


def _parents(sheet: Sheet, known: Mapping[str, str]) -> tuple[pd.Series, list[str]]:
    """Return the ids of parents, which the file gives by name, where one other task of the file has that name."""
    ids, names = _column(sheet, known, "program_id"), _column(sheet, known, "name")
    wanted = _column(sheet, known, "parent")
    by_name = pd.DataFrame({"name": names, "id": ids}).dropna().drop_duplicates().groupby("name")["id"].agg(list).to_dict()
    found = [
        [other for other in by_name.get(name, []) if other != own] for own, name in zip(ids, wanted.fillna(""), strict=True)
    ]
    parents = pd.Series([each[0] if len(each) == 1 else None for each in found], index=ids.index, dtype="str")
    several = sum(len(each) > 1 for each in found)
    lost = int(wanted.notna().sum()) - several - int(parents.notna().sum())
    reasons = [f"{several} of several tasks of that name"] * bool(several) + [f"{lost} not in the file"] * bool(lost)
    if not reasons:
        return parents, []
    tasks = label_count(several + lost, "subtask stays", "subtasks stay")
    return parents, [f"{sheet.file}: {tasks} without a parent, because Asana names it only ({', '.join(reasons)})."]


ASANA_CSV: Final = Format("asana-csv", "Asana CSV", "asana", recognise, read, stamps_ends=True, has_parts=True)
