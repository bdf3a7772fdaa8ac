"""Flat exports whose columns engagement.yml may name: the mapping helps to find the header and goes before what we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.intake.finding.export import Export
from gapkit.intake.formats.columns import Names, fields_of, join_repeated, read_sheet
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source


def read_mapped(export: Export, names: Names, source: Source) -> Sheet:
    """Read a flat file whose header is known by the names a format gives its columns, or by those `fields:` names.

    Parameters
    ----------
    export : Export
        The file.
    names : mapping of str to tuple of str
        Canonical column to the names it goes by.
    source : Source
        Its entry in engagement.yml.

    Returns
    -------
    Sheet
        No column name occurs twice.
    """
    asked = {f"{ours} as mapped": (theirs,) for ours, theirs in source.fields.items()}
    return join_repeated(read_sheet(export, {**names, **asked}, source.sheet))


def mapped_fields(sheet: Sheet, names: Names, source: Source) -> dict[str, str]:
    """Return canonical column to column of the sheet: as `fields:` says, else the first name that the sheet has."""
    asked = {ours: theirs for ours, theirs in source.fields.items() if theirs in sheet.columns}
    return {**fields_of(sheet.columns, names), **asked}
