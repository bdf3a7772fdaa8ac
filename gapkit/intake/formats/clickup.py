"""ClickUp, tasks as CSV (Settings > Import/Export > Export, or a view's Export).

Header and habits from importers and descriptions by others. Dates are Unix milliseconds, each with a twin for people that
names the time zone; people and tags stand in square brackets without quotes; ``null`` is text and means empty.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from gapkit.intake.reading.cells import as_text, matches
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

CLOSED: Final = "Date Done, else Date Closed"
NAMES: Final[Names] = {
    "program_id": ("Task ID",),
    "name": ("Task Name",),
    "status": ("Status",),
    "team": ("Space Name",),
    "type": ("Task Type",),
    "owners_now": ("Assignees",),
    "current_start": ("Start Date",),
    "current_end": ("Due Date",),
    "first_seen_on": ("Date Created",),
    "updated_at": ("Date Updated",),
    "closed_at": (CLOSED,),
    "parent_id": ("Parent ID",),
    "size_points": ("Sprint Points", "Points"),
}
LISTS: Final = ("Assignees", "Tags")
PLANNED: Final = ("Start Date", "Due Date")
ENDS: Final = ("Date Done", "Date Closed")
UNNEEDED: Final = ("Task Content", "Attachments", "Checklists", "Comments", "Assigned Comments", "Latest Comment")
NO_END: Final = (
    "The export has no day of completion (Date Done, Date Closed): the statuses say what is done, nothing says since when."
)
# A planned date without a time is four in the morning where the person was who set it.
NO_TIME: Final = 4 * 3600


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a ClickUp export away."""
    telling = (
        "Task Content", "Date Created Text", "Due Date Text", "List Name", "Folder Name", "Folder Name/Path", "Space Name",
        "Assigned Comments", "Time Estimated", "Rolled Up Time", "Task Custom ID",
    )  # fmt: skip
    by_space = seen_in_header(glimpse, ("Task ID", "Task Name", "List Name", "Space Name"), telling)
    return by_space or seen_in_header(glimpse, ("Task ID", "Task Name", "Date Created Text"), telling)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read ClickUp CSV files."""
    parts, problems = read_each(exports, lambda export: _read_one(export, source))
    notes = () if any(CLOSED in part.sheet.columns for part in parts) else (NO_END,)
    return Extract(tuple(parts), notes=notes, problems=problems)


def _read_one(export: Export, source: Source) -> Part:
    sheet = without_columns(_without_null(join_repeated(read_sheet(export, NAMES, source.sheet))), UNNEEDED)
    for points in NAMES["size_points"]:
        sheet = without_zeros(sheet, points)
    changed = {name: _items(column_of(sheet, name)) for name in sheet.columns if name in LISTS}
    for name in PLANNED:
        if {name, f"{name} Text"} <= set(sheet.columns):
            changed[name] = _day_without_time(column_of(sheet, name), column_of(sheet, f"{name} Text"))
    ends = [as_text(column_of(sheet, name)) for name in ENDS if name in sheet.columns]
    if ends:
        changed[CLOSED] = ends[0].fillna(ends[-1])
    # The twins for people say the same again in the language and zone of whoever exported.
    twins = [name for name in sheet.columns if name.endswith(" Text") and name.removesuffix(" Text") in sheet.columns]
    sheet = without_columns(with_columns(sheet, changed), twins)
    return Part("programs", sheet, fields_of(sheet.columns, NAMES))


def _without_null(sheet: Sheet) -> Sheet:
    """Return a sheet in which the text null is an empty cell, save in names, where it may be one."""
    others = [name for name in sheet.columns if name != "Task Name"]
    cells = {name: as_text(column_of(sheet, name)) for name in others}
    return with_columns(sheet, {name: texts.mask(texts.isin(["null", "NaN"])) for name, texts in cells.items()})


def _items(cells: pd.Series) -> pd.Series:
    """Return ``[a,b]`` as ``a;b``."""
    return comma_lists(as_text(cells).str.replace(r"^\[(.*)\]$", r"\1", regex=True))


def _day_without_time(stamps: pd.Series, texts: pd.Series) -> pd.Series:
    """Return dates without a time as days, in the time zone their twin for people names; dates with a time as they are."""
    stamps, texts = as_text(stamps), as_text(texts)
    zone = texts.str.extract(r"GMT(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?$")
    sign = zone["sign"].eq("-").map({True: -1, False: 1})
    ahead = sign * (3600 * _number(zone["hours"]) + 60 * _number(zone["minutes"]))
    is_stamp = matches(stamps, r"\d{12,13}") & texts.str.contains("GMT", regex=False).fillna(False).to_numpy(dtype=bool)
    local = pd.to_numeric(stamps.where(is_stamp)) / 1000 + ahead
    is_day = local.mod(86400).eq(NO_TIME)
    days = pd.to_datetime(local.where(is_day), unit="s").dt.strftime("%Y-%m-%d").astype("str")
    return stamps.mask(is_day, days)


def _number(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts).fillna(0)


CLICKUP: Final = Format("clickup-csv", "ClickUp CSV", "clickup", recognise, read, stamps_ends=True, has_parts=True)
