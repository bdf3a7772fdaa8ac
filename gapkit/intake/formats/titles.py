"""Columns a client has named himself, known by what people usually call them and by what is in them.

Some trackers are empty tables to begin with (Notion, Airtable, the fields of a GitHub project): their columns are the
client's. A column is taken for ours only if its title is a usual one and its cells are of the kind wanted, so a "Completed"
that is a tick box is not taken for a date. Everything else is the consultant's to map.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from gapkit.intake.formats.columns import Names, column_of, with_columns
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.dates import parse_moments
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.numbers import parse_numbers
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count
from gapkit.schema import TABLES

# In order of preference. Words that may mean a plan or a fact ("Launch date", "End date" of what?) count as the plan:
# nearly every such column is filled before the work is done.
TITLES: Final[Names] = {
    "status": ("Status", "Stage", "State", "Phase"),
    "team": ("Team", "Squad", "Department"),
    "type": ("Type", "Program type", "Project type", "Campaign type", "Content type", "Category"),
    "owners_now": (
        "Owner", "Owners", "Assignee", "Assignees", "Assigned to", "Project owner", "Campaign owner", "Project lead",
        "Lead", "Responsible", "DRI", "Person", "People",
    ),
    "baseline_start": ("Baseline start", "Baseline start date", "Original start", "Original start date"),
    "baseline_end": (
        "Baseline end", "Baseline end date", "Baseline due date", "Original end", "Original end date", "Original due date",
        "Original deadline",
    ),
    "actual_start": ("Actual start", "Actual start date", "Started on", "Started at"),
    "actual_end": ("Actual end", "Actual end date", "Delivered on", "Went live on"),
    "current_start": ("Planned start", "Planned start date", "Start date", "Start", "Starts"),
    "current_end": (
        "Planned end", "Planned end date", "Due date", "Due", "Deadline", "Target date", "End date", "Launch date",
        "Go-live date", "Go-live", "Publish date", "Timeline", "Dates", "Date",
    ),
    "first_seen_on": ("Created time", "Created", "Created at", "Created on", "Date created", "Creation date"),
    "updated_at": (
        "Last edited time", "Last edited", "Last modified time", "Last modified", "Last updated", "Updated at", "Updated",
    ),
    "closed_at": (
        "Completed on", "Completed at", "Completed date", "Completion date", "Date completed", "Completed", "Closed on",
        "Closed at", "Closed date", "Date closed", "Closed", "Done on", "Finished on",
    ),
    "parent_id": ("Parent item", "Parent task", "Parent project", "Parent record", "Parent"),
    "size_points": ("Story points", "Points", "Estimate"),
}  # fmt: skip
ID_TITLES: Final = (
    "Record ID", "Unique ID", "ID", "Autonumber", "Auto number", "Program ID", "Project ID", "Campaign ID", "Task ID",
    "Item ID", "Key", "Number",
)  # fmt: skip
DONE_TITLES: Final = ("Done", "Completed", "Complete", "Finished", "Delivered", "Launched")
# Long or personal, and never needed.
UNNEEDED: Final = (
    "Description", "Notes", "Comments", "Body", "Created by", "Last edited by", "Last modified by",
)  # fmt: skip
TICKED, UNTICKED = ("yes", "checked", "true"), ("no", "false")
DONE, NOT_DONE = "Done", "Not done"

KINDS: Final = {field.name: field.kind for field in TABLES["programs"].fields()}


class Identified(NamedTuple):
    """A sheet whose rows have ids: the sheet, the column that holds them, and what a reader should know."""

    sheet: Sheet
    column: str
    notes: tuple[str, ...]


def fields_by_title(sheet: Sheet, taken: Collection[str] = ()) -> dict[str, str]:
    """Return canonical column to column of the sheet, as titles and contents say.

    Parameters
    ----------
    sheet : Sheet
        As read, ranges of dates split already.
    taken : collection of str
        Columns that are spoken for; no column serves twice.

    Examples
    --------
    >>> cells = pd.DataFrame([["Spring", "Yes", "March 3, 2026"], ["Fall", "No", None]], dtype="str")
    >>> fields_by_title(Sheet("data/a.csv", "", "csv", ("Name", "Completed", "Due"), cells), ["Name"])
    {'current_end': 'Due'}
    """
    by_key = {name_key(column): column for column in reversed(sheet.columns) if column and column not in taken}
    found: dict[str, str] = {}
    for ours, titles in TITLES.items():
        columns = [by_key[name_key(title)] for title in titles if name_key(title) in by_key]
        free = [column for column in columns if column not in found.values()]
        column = next((column for column in free if is_of_kind(column_of(sheet, column), KINDS[ours])), "")
        found |= {ours: column} if column else {}
    return found


def is_of_kind(cells: pd.Series, kind: str) -> bool:
    """Return whether at least half of the filled cells are dates or numbers as the kind asks, and not ticks of a box."""
    filled = as_text(cells).dropna()
    if filled.empty:
        return True
    if is_tick_box(filled):
        return False
    if kind in ("date", "timestamp"):
        read = parse_moments(filled, "UTC")
        return bool((read.bad & ~read.undecided).mean() <= 0.5)
    if kind in ("number", "integer", "money"):
        numbers = parse_numbers(filled, kind=kind)
        return bool((numbers.bad & ~numbers.undecided).mean() <= 0.5)
    return True


def is_tick_box(cells: pd.Series) -> bool:
    """Return whether a column holds nothing but ticks."""
    words = {word.casefold() for word in as_text(cells).dropna().unique()}
    return bool(words) and words <= {*TICKED, *UNTICKED}


def done_flag(sheet: Sheet) -> pd.Series | None:
    """Return "Done" or "Not done" per row from a tick box of such a name; None when the sheet has none."""
    keys = {name_key(title) for title in DONE_TITLES}
    boxes = [name for name in sheet.columns if name_key(name) in keys and is_tick_box(column_of(sheet, name))]
    if not boxes:
        return None
    is_done = as_text(column_of(sheet, boxes[0])).str.casefold().isin(TICKED)
    return pd.Series(DONE, index=sheet.cells.index, dtype="str").where(is_done, NOT_DONE)


def identify(sheet: Sheet, title: str, moment: str = "") -> Identified:
    """Return a sheet whose rows have ids: from a column of ids that is filled and distinct, else from their titles.

    Parameters
    ----------
    sheet : Sheet
        As read.
    title : str
        The column of titles.
    moment : str
        A column that tells rows of one title apart, such as the time of creation; empty for none.

    Notes
    -----
    A row without a title is called by its number; of rows that nothing tells apart the second gets " (2)".
    """
    keys = {name_key(name): place for place, name in enumerate(sheet.columns)}
    for name in (name for name in ID_TITLES if name_key(name) in keys):
        ids = as_text(sheet.cells.iloc[:, keys[name_key(name)]])
        if ids.notna().all() and ids.is_unique:
            return Identified(sheet, sheet.columns[keys[name_key(name)]], ())
    texts = as_text(column_of(sheet, title))
    numbers = pd.Series([f"row {row}" for row in sheet.cells.index], index=sheet.cells.index, dtype="str")
    ids, notes = texts.fillna(numbers), []
    if texts.isna().any():
        notes.append(f"{label_count(int(texts.isna().sum()), 'row')} without a title; called by row number.")
    is_repeated = ids.duplicated(keep=False)
    if is_repeated.any():
        count = label_count(int(is_repeated.sum()), "row")
        notes.append(f"{count} with a title that occurs more than once; told apart by a number.")
        ids = _told_apart(ids, is_repeated, as_text(column_of(sheet, moment)) if moment else None)
    column = f"{title} (as id)"
    said = f'The file has no column of ids: "{title}" serves as one, and a renamed item counts as a new one.'
    return Identified(with_columns(sheet, {column: ids}), column, (said, *notes))


def _told_apart(ids: pd.Series, is_repeated: pd.Series, moments: pd.Series | None) -> pd.Series:
    if moments is not None:
        ids = ids.mask(is_repeated & moments.notna(), ids + " (" + moments + ")")
    nth = ids.groupby(ids).cumcount() + 1
    return ids.mask(nth > 1, ids + " (" + nth.astype("str") + ")")


def with_parents(sheet: Sheet, parent: str, title: str, ids: str) -> Sheet:
    """Return a sheet whose parents, written as titles, are the ids of the rows of that title, where there is just one."""
    by_title = pd.Series(as_text(column_of(sheet, ids)).to_numpy(), index=as_text(column_of(sheet, title)), dtype="str")
    by_title = by_title.loc[by_title.index.notna() & ~by_title.index.duplicated(keep=False)]
    named = as_text(column_of(sheet, parent))
    return with_columns(sheet, {parent: named.map(by_title).astype("str").fillna(named)})


def with_notes(sheet: Sheet, notes: Collection[str]) -> Sheet:
    """Return a sheet that says more of itself."""
    return replace(sheet, notes=(*sheet.notes, *notes))
