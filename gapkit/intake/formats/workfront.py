"""Adobe Workfront, a list or report as Excel or as CSV with tabs.

The vendor's glossary says what the dates mean; the layout was not seen. The columns are those of the view, in the user's
language. A report may have a title above its header, and, when it is grouped, rows that only name the group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    seen_in_header,
    with_columns,
)
from gapkit.intake.formats.mapped import mapped_fields, read_mapped
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "program_id": ("ID", "Reference Number"),
    "name": ("Name", "Project Name", "Task Name", "Issue Name"),
    "status": ("Status",),
    "owners_now": ("Assigned To", "Assignments", "Owner", "Project Owner"),
    "current_start": ("Planned Start Date", "Planned Start"),
    "current_end": ("Planned Completion Date", "Planned Completion", "Due On"),
    "actual_start": ("Actual Start Date", "Actual Start"),
    # Set when the work ends, however it ends; the status says whether that is a delivery.
    "closed_at": ("Actual Completion Date", "Actual Completion"),
    "first_seen_on": ("Entry Date",),
    "updated_at": ("Last Update Date",),
    "parent_id": ("Parent ID", "Parent: ID"),
    "budget_planned": ("Budget",),
}
TELLING: Final = (
    "Planned Start Date", "Actual Start Date", "Actual Completion Date", "Projected Completion Date",
    "Projected Start Date", "Commit Date", "Entry Date", "Approval Path Completion Date", "Reference Number",
)  # fmt: skip
UNNEEDED: Final = ("Description", "Last Note", "Notes", "Entered By", "Last Updated By")
GROUP: Final = "Group of the report"
PENDING: Final = r"\s+-\s+Pending Approval$"


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Workfront report away: its planned completion and one more name of its own."""
    ways = (seen_in_header(glimpse, (name,), TELLING) for name in ("Planned Completion Date", "Projected Completion Date"))
    found = max(ways, key=len)
    return found if len(found) > 1 else ()


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read lists and reports exported from Workfront."""
    found, problems = read_each(exports, lambda export: _read_one(export, source))
    parts = tuple(part for part, _ in found)
    notes = tuple(dict.fromkeys(note for _, said in found for note in said))
    return Extract(parts, _pending(parts), notes, problems)


def _read_one(export: Export, source: Source) -> tuple[Part, list[str]]:
    sheet = read_mapped(export, NAMES, source)
    sheet = without_columns(sheet, UNNEEDED)
    sheet, notes = _without_layout(sheet)
    fields = mapped_fields(sheet, NAMES, source)
    if "owners_now" in fields:
        sheet = with_columns(sheet, {fields["owners_now"]: comma_lists(column_of(sheet, fields["owners_now"]))})
    return Part("programs", sheet, fields), notes


def _without_layout(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """Return the items of a report: without headers that come again, without rows that only name a group.

    The group stands in a column of its own on the rows below it.
    """
    texts = sheet.cells.apply(as_text)
    is_header = texts.eq(list(sheet.columns)).sum(axis=1).gt(1)
    is_group = texts.notna().sum(axis=1).eq(1) & (len(sheet.columns) > 1)
    if not (is_header | is_group).any():
        return sheet, []
    name = texts.bfill(axis=1).iloc[:, 0].where(is_group)
    sheet = with_columns(sheet, {GROUP: name.ffill()}) if is_group.any() else sheet
    notes = []
    if is_group.any():
        rows = label_count(int(is_group.sum()), "row that only names", "rows that only name")
        notes.append(f'{sheet.file}: {rows} a group left out; the group of an item is in the column "{GROUP}".')
    return replace(sheet, cells=sheet.cells.loc[~(is_header | is_group)]), notes


def _pending(parts: Sequence[Part]) -> dict[str, dict[str, str]]:
    """Return what the export says of statuses that wait for an approval; the word before it says where they stand."""
    words = [as_text(column_of(part.sheet, part.fields["status"])).dropna() for part in parts if "status" in part.fields]
    seen = pd.concat(words) if words else pd.Series(dtype="str")
    waiting = seen.loc[seen.str.contains(PENDING, case=False, regex=True)].unique()
    return {str(word): {"kind": "approval"} for word in waiting}


WORKFRONT: Final = Format("workfront", "Adobe Workfront report", "workfront", recognise, read)
