"""Trello, cards of a board as CSV (paid plans: board menu, Print, export and share, Export as CSV).

Header and habits from importers and descriptions by others. There is no history in it and no date of creation; the card id
holds that. Archived is not delivered.
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
from gapkit.intake.formats.tidy import comma_lists, in_utc, read_each
from gapkit.intake.formats.trello_words import made_at, meanings_of, word_of
from gapkit.intake.reading.cells import as_text, on_distinct
from gapkit.intake.reading.parse import TRUE
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

CREATED: Final = "Created (from the card id)"
NAMES: Final[Names] = {
    "program_id": ("Card ID",),
    "name": ("Card Name",),
    "status": ("List Name",),
    "team": ("Board Name",),
    "owners_now": ("Members",),
    "first_seen_on": (CREATED,),
    "current_start": ("Start Date",),
    "current_end": ("Due Date",),
    "updated_at": ("Last Activity Date",),
}
LISTS: Final = ("Members", "Labels")
MOMENTS: Final = ("Start Date", "Due Date", "Last Activity Date")
UNNEEDED: Final = ("Card Description",)


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Trello export away."""
    telling = (
        "Card URL",
        "Card Description",
        "List ID",
        "Archived",
        "Due Complete",
        "Board ID",
        "Checklist Item Total Count",
    )
    return seen_in_header(glimpse, ("Card ID", "Card Name", "List Name", "Board Name"), telling)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Trello CSV files."""
    parts, problems = read_each(exports, lambda export: _read_one(export, source))
    lists = [as_text(column_of(part.sheet, part.fields["status"])) for part in parts if "status" in part.fields]
    words = {word for each in lists for word in each.dropna()}
    return Extract(tuple(parts), meanings_of(words, source), problems=problems)


def _read_one(export: Export, source: Source) -> Part:
    sheet = without_columns(join_repeated(read_sheet(export, NAMES, source.sheet)), UNNEEDED)
    sheet = in_utc(sheet, MOMENTS)
    lists = {name: comma_lists(column_of(sheet, name)) for name in sheet.columns if name in LISTS}
    sheet = _with_made(with_columns(sheet, lists | _words(sheet)))
    return Part("programs", sheet, fields_of(sheet.columns, NAMES))


def _words(sheet: Sheet) -> dict[str, pd.Series]:
    """Return the lists, those of archived cards told apart."""
    if not {"List Name", "Archived"} <= set(sheet.columns):
        return {}
    lists, archived = (
        as_text(column_of(sheet, "List Name")),
        as_text(column_of(sheet, "Archived")).str.casefold().isin(TRUE),
    )
    words = [word_of(name, is_away) for name, is_away in zip(lists.fillna(""), archived, strict=True)]
    return {"List Name": pd.Series(words, index=lists.index, dtype="str").mask(lists.isna())}


def _with_made(sheet: Sheet) -> Sheet:
    if "Card ID" not in sheet.columns:
        return sheet
    ids = as_text(column_of(sheet, "Card ID"))
    return with_columns(sheet, {CREATED: on_distinct(ids, lambda seen: [made_at(each) or None for each in seen], "str")})


TRELLO_CSV: Final = Format("trello-csv", "Trello CSV", "trello", recognise, read)
