"""Linear, issues as CSV (Settings > Administration > Import and export > Export CSV, or a view's own export).

Two shapes are in use, of 30 and of 34 columns; what they hold was described by others from a census of 45 real exports.
Dates come in two spellings, ISO in UTC and the text JavaScript makes of a date. Completed and Canceled are two columns, so
the file itself says which of the client's statuses mean delivered and which cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import (
    Names,
    column_of,
    fields_of,
    join_repeated,
    read_sheet,
    seen_in_header,
    with_columns,
)
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import comma_lists, read_each, without_zeros
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.dates import parse_moments
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

NAMES: Final[Names] = {
    "program_id": ("ID",),
    "name": ("Title",),
    "status": ("Status",),
    "team": ("Team",),
    "owners_now": ("Assignee",),
    "current_end": ("Due Date",),
    "actual_start": ("Started",),
    "cancelled_at": ("Canceled",),
    "first_seen_on": ("Created",),
    "updated_at": ("Updated",),
    "closed_at": ("Completed",),
    "parent_id": ("Parent issue",),
    "size_points": ("Estimate",),
}
LISTS: Final = ("Labels", "Related to", "Blocked by")
UNNEEDED: Final = ("Description", "Creator")
GUARD: Final = r"^'(?=[=+\-@])"


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Linear export away."""
    needed = ("ID", "Team", "Title", "Status", "Cycle Number", "Canceled")
    telling = (
        "Triaged", "Cycle Start", "Cycle End", "Parent issue", "Initiatives", "Project Milestone ID", "SLA Status", "UUID",
        "Time in status (minutes)",
    )  # fmt: skip
    return seen_in_header(glimpse, needed, telling)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Linear CSV files."""
    parts, problems = read_each(exports, lambda export: _read_one(export, source))
    return Extract(tuple(parts), _meanings(parts), problems=problems)


def _read_one(export: Export, source: Source) -> Part:
    sheet = without_columns(join_repeated(read_sheet(export, NAMES, source.sheet)), UNNEEDED)
    sheet = without_zeros(_unguarded(sheet), "Estimate")
    changed = {name: comma_lists(column_of(sheet, name)) for name in sheet.columns if name in LISTS}
    if "Due Date" in sheet.columns:
        changed["Due Date"] = _day(column_of(sheet, "Due Date"))
    sheet = with_columns(sheet, changed)
    return Part("programs", sheet, fields_of(sheet.columns, NAMES))


def _unguarded(sheet: Sheet) -> Sheet:
    """Return a sheet without the apostrophe Linear puts before text that a spreadsheet would take for a formula."""
    cells = {place: as_text(cells).str.replace(GUARD, "", regex=True) for place, cells in sheet.cells.items()}
    return replace(sheet, cells=pd.DataFrame(cells, index=sheet.cells.index, columns=sheet.cells.columns))


def _day(cells: pd.Series) -> pd.Series:
    """Return due dates as days.

    A due date has no time in Linear; the export writes it as midnight of somebody's time zone, in UTC. The midnight nearest
    in UTC is that of the same day for every zone from -12:00 to +11:59.
    """
    moments = parse_moments(cells, "UTC").read
    days = (moments + pd.Timedelta(hours=12)).dt.strftime("%Y-%m-%d").astype("str")
    return days.where(moments.notna(), as_text(cells))


def _filled(sheet: Sheet, name: str) -> pd.Series:
    """Return a column, empty where the file has none of that name."""
    if name in sheet.columns:
        return as_text(column_of(sheet, name))
    return pd.Series(None, index=sheet.cells.index, dtype="str")


def _meanings(parts: Sequence[Part]) -> Mapping[str, Mapping[str, str]]:
    """Return what the file says of its statuses: those of which every issue was completed, or every one cancelled."""
    rows = pd.concat([
        pd.DataFrame({
            "status": _filled(part.sheet, "Status"),
            "completed": _filled(part.sheet, "Completed").notna(),
            "cancelled": _filled(part.sheet, "Canceled").notna(),
        })
        for part in parts
    ])  # fmt: skip
    share = rows.groupby("status")[["completed", "cancelled"]].mean()
    delivered = share.index[(share["completed"] == 1) & (share["cancelled"] == 0)]
    cancelled = share.index[(share["cancelled"] == 1) & (share["completed"] == 0)]
    return {str(word): {"status": "delivered"} for word in delivered} | {
        str(word): {"status": "cancelled"} for word in cancelled
    }


LINEAR: Final = Format("linear-csv", "Linear CSV", "linear", recognise, read, stamps_ends=True, has_parts=True)
