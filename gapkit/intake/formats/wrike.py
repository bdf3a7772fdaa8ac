"""Wrike, folders and projects as Excel.

Built from the vendor's description of the sheet Wrike imports and exports. A row whose title stands between slashes is a
folder, or a project if it has a status, an owner or dates of its own; the tasks below belong to it. The key counts within
the file only, and a task that lies in several folders stands in each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np
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
from gapkit.intake.formats.tidy import comma_lists, read_each
from gapkit.intake.reading.cells import as_text, matches, on_distinct
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count, label_number

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "program_id": ("Permalink", "Task ID"),
    "name": ("Title",),
    "owners_now": ("Assigned To",),
    "current_start": ("Start Date",),
    "current_end": ("End Date",),
    "first_seen_on": ("Created Date", "Creation Date"),
    "updated_at": ("Updated Date", "Modified Date"),
    "closed_at": ("Completed Date", "Completion Date"),
}
LOCAL: Final[Names] = {
    "key": ("Key",), "parent": ("Parent Task",), "group": ("Status",), "custom": ("Custom Status",),
}  # fmt: skip
UNNEEDED: Final = ("Description", "Comments", "Author")
TELLING: Final = ("Status", "Custom Status", "Assigned To", "Start Date", "End Date", "Duration", "Depends On", "Workflow")

# The groups every status of a client belongs to; Active holds both what has begun and what has not.
GROUPS: Final = {
    "Completed": {"status": "delivered"}, "Deferred": {"status": "paused"}, "Cancelled": {"status": "cancelled"},
}  # fmt: skip
ROW_LIMIT: Final = 65_000

ID, PARENT, LEVEL, WORD, FOLDER = "key as id", "parent of the row", "level of the row", "status word", "Folder"


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Wrike export away."""
    return seen_in_header(glimpse, ("Key", "Title", "Parent Task"), TELLING)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read workbooks exported from Wrike."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    meanings = {word: meaning for _, known, _ in found for word, meaning in known.items()}
    notes = tuple(dict.fromkeys(note for _, _, said in found for note in said))
    return Extract(tuple(part for part, _, _ in found), meanings, notes, problems)


def _read_one(export: Export, source: Source) -> tuple[Part, Mapping[str, Mapping[str, str]], list[str]]:
    sheet = read_mapped(export, {**NAMES, **LOCAL}, source)
    n_rows = int(sheet.cells.index.max()) if len(sheet.cells) else 0
    sheet = without_columns(sheet, UNNEEDED)
    fields = mapped_fields(sheet, NAMES, source)
    if "name" not in fields:
        seen = ", ".join(filter(None, sheet.columns))
        remedy = 'Name it under fields: of this source, as name: "…".'
        refuse("there is no column of titles", export.file, sheet=sheet.sheet, allowed=f"one of: {seen}", remedy=remedy)
    rows = _rows(sheet, fields, fields_of(sheet.columns, LOCAL))
    words = _status_words(rows["custom"], rows["group"])
    made = {"program_id": fields.get("program_id", ID), "parent_id": PARENT, "status": WORD, "name": fields["name"]}
    added = {made["program_id"]: rows["id"], PARENT: rows["parent"], WORD: words, made["name"]: rows["name"]}
    if rows["level"].notna().any():
        made, added = {**made, "level": LEVEL}, {**added, LEVEL: rows["level"]}
    if "owners_now" in fields:
        added[fields["owners_now"]] = _names(column_of(sheet, fields["owners_now"]))
    sheet = with_columns(sheet, {**added, FOLDER: rows["path"]})
    is_item = rows["kind"].ne("folder")
    items, n_repeated = _each_once(replace(sheet, cells=sheet.cells.loc[is_item]), made["program_id"])
    notes = _notes(sheet.file, fields, n_folders=int((~is_item).sum()), n_repeated=n_repeated, n_rows=n_rows)
    return Part("programs", items, {**fields, **made}), _meanings(words, rows["group"]), notes


def _rows(sheet: Sheet, fields: Mapping[str, str], local: Mapping[str, str]) -> pd.DataFrame:
    """Return what the layout says of every row.

    Returns
    -------
    pandas.DataFrame
        kind (folder, project, task), path (folder or project the row is or lies in), name, key, id, parent, level (a task
        below another task is part of it), group and custom (the two words of its status).
    """
    columns = {"title": fields["name"], **local}
    columns |= {
        ours: fields[ours] for ours in ("program_id", "owners_now", "current_start", "current_end") if ours in fields
    }
    blank = pd.Series(None, index=sheet.cells.index, dtype="str")
    rows = pd.DataFrame(dict.fromkeys(LOCAL, blank) | {"program_id": blank})
    rows = rows.assign(**{name: as_text(column_of(sheet, column)) for name, column in columns.items()})
    title = rows["title"]
    is_folder = matches(title, "/.*/")
    facts = [name for name in ("group", "custom", "owners_now", "current_start", "current_end") if name in rows]
    is_project = is_folder & rows[facts].notna().any(axis=1).to_numpy()
    kind = pd.Series(np.where(is_project, "project", np.where(is_folder, "folder", "task")), index=title.index)
    rows = rows.assign(
        kind=kind,
        level=pd.Series("deliverable", index=title.index, dtype="str").where(rows["parent"].notna()),
        path=title.where(is_folder).ffill(),
        name=title.mask(is_folder, title.str.strip("/").str.rpartition("/")[2]),
    )
    return _with_parents(_with_ids(rows, PurePosixPath(sheet.file).stem))


def _with_ids(rows: pd.DataFrame, stem: str) -> pd.DataFrame:
    """Fill the ids: the path of a project, else the key (or the number of the row) with the file's name before it."""
    number = pd.Series([f"row {row}" for row in rows.index], index=rows.index, dtype="str")
    own = (
        rows["program_id"]
        .fillna(rows["title"].where(rows["kind"] == "project"))
        .fillna(f"{stem} " + rows["key"].fillna(number))
    )
    by_key = dict(zip(rows["key"], own, strict=True))
    parent = rows["parent"].map(lambda key: by_key.get(key, f"{stem} {key}"), na_action="ignore").astype("str")
    return rows.assign(id=own, parent=parent)


def _with_parents(rows: pd.DataFrame) -> pd.DataFrame:
    """Give tasks without a parent, and projects, the nearest project above them."""
    projects = rows.loc[rows["kind"] == "project"].drop_duplicates("title").set_index("title")["id"]
    above = rows["path"].where(rows["kind"] == "task", rows["path"].str.replace("[^/]*/$", "", regex=True))
    nearest = on_distinct(above, lambda seen: [_project_of(path, projects.index) for path in seen], "str")
    return rows.assign(parent=rows["parent"].fillna(nearest.map(projects).astype("str")))


def _project_of(path: str, projects: Collection[str]) -> str | None:
    """Return the nearest project a path lies in, itself included; None when none of its folders is one."""
    while len(path) > 1:
        if path in projects:
            return path
        path = path[: path.rstrip("/").rindex("/") + 1]
    return None


def _status_words(custom: pd.Series, group: pd.Series) -> pd.Series:
    """Return the status as a person reads it; a word of more than one group has the group added."""
    word = custom.fillna(group)
    n_groups = group.groupby(word).transform("nunique")
    return word.mask(n_groups > 1, word + " (" + group + ")")


def _meanings(words: pd.Series, group: pd.Series) -> dict[str, dict[str, str]]:
    """Return what the groups say of the words."""
    return {str(word): GROUPS[of] for word, of in zip(words, group, strict=True) if of in GROUPS}


def _names(cells: pd.Series) -> pd.Series:
    """Return people by name, without their mail addresses where both are given.

    Examples
    --------
    >>> _names(pd.Series(["Ana Lima <ana@acme.example>, <ben@acme.example>"], dtype="str")).tolist()
    ['Ana Lima;ben@acme.example']
    """
    bare = as_text(cells).str.replace(r"([^\s,;][^,;<]*?)\s*<[^>]*>", r"\1", regex=True)
    return comma_lists(bare.str.replace(r"[<>]", "", regex=True))


def _each_once(sheet: Sheet, column: str) -> tuple[Sheet, int]:
    """Return each task once, with all the folders it lies in, and how many rows that saved."""
    ids = column_of(sheet, column)
    repeated = ids.duplicated()
    if not repeated.any():
        return sheet, 0
    folders = column_of(sheet, FOLDER)
    joined = folders.dropna().groupby(ids).agg(lambda paths: ";".join(dict.fromkeys(paths)))
    sheet = with_columns(sheet, {FOLDER: ids.map(joined).astype("str")})
    return replace(sheet, cells=sheet.cells.loc[~repeated]), int(repeated.sum())


def _notes(file: str, fields: Mapping[str, str], *, n_folders: int, n_repeated: int, n_rows: int) -> list[str]:
    notes = []
    if n_folders:
        folders = label_count(n_folders, "folder row")
        notes.append(f'{file}: {folders} left out; the folder of a task stands in the column "{FOLDER}".')
    if n_repeated:
        rows = label_count(n_repeated, "row repeats", "rows repeat")
        notes.append(f"{file}: {rows} a task that lies in several folders; it counts once.")
    if "program_id" not in fields:
        notes.append(
            f"{file}: keys count within one file only, so exports of different days cannot be matched by them. Add the "
            "permalink of the tasks to the export."
        )
    if "closed_at" not in fields:
        notes.append(f"{file}: no date of completion; ask for a Wrike report with the completed date.")
    if n_rows >= ROW_LIMIT:
        limit = label_number(ROW_LIMIT)
        notes.append(f"{file}: {label_number(n_rows)} rows; Wrike stops at {limit}, so some are likely missing.")
    return notes


WRIKE: Final = Format("wrike", "Wrike", "wrike", recognise, read)
