"""Tables whose columns the client made: how they are read, and what can be told of them.

The header is the first row, whatever it says; the first column is the title; any other column has a meaning only where its
title is a usual one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final, NamedTuple

from gapkit.intake.formats.columns import join_repeated, with_columns
from gapkit.intake.formats.rows import without_columns
from gapkit.intake.formats.tidy import without_zeros
from gapkit.intake.formats.titles import (
    DONE,
    UNNEEDED,
    done_flag,
    fields_by_title,
    identify,
    with_notes,
    with_parents,
)
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.textfile import DELIMITERS, decode, read_text

LONGEST_HEADER: Final = 100_000
STATUS: Final = "Status by tick box"


class OwnTable(NamedTuple):
    """A client's own table: the sheet, canonical column to column of the sheet, and what it says of its statuses."""

    sheet: Sheet
    fields: Mapping[str, str]
    meanings: Mapping[str, Mapping[str, str]]


def read_own_table(data: bytes, file: str) -> Sheet:
    """Read a text file whose header is its first row, whatever its columns are called.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its path as the consultant knows it.
    """
    head = decode(data, file).utf8[:LONGEST_HEADER].tobytes().decode(errors="ignore")
    lines = [next(csv.reader(io.StringIO(head, newline=""), delimiter=mark), []) for mark in DELIMITERS]
    return join_repeated(read_text(data, file, {name_key(name) for line in lines for name in line if name_key(name)}))


def tidy_own_table(sheet: Sheet) -> OwnTable:
    """Return a table with ids, with parents as ids, with a status where there is only a tick box, and its columns placed.

    Parameters
    ----------
    sheet : Sheet
        As read: first column the title, lists with ; between items, ranges of dates split.
    """
    title = sheet.columns[0]
    sheet = without_columns(sheet, [name for name in UNNEEDED if name_key(name) != name_key(title)])
    fields = fields_by_title(sheet, [title])
    found = identify(sheet, title, fields.get("first_seen_on", ""))
    sheet = with_notes(found.sheet, found.notes)
    fields = {"program_id": found.column, "name": title} | fields
    if "parent_id" in fields:
        sheet = with_parents(sheet, fields["parent_id"], title, found.column)
    if "size_points" in fields:
        sheet = without_zeros(sheet, fields["size_points"])
    if f"{fields.get('current_end')} (start)" in sheet.columns:
        fields.setdefault("current_start", f"{fields['current_end']} (start)")
    flag = done_flag(sheet) if "status" not in fields else None
    if flag is None:
        return OwnTable(sheet, fields, {})
    return OwnTable(with_columns(sheet, {STATUS: flag}), fields | {"status": STATUS}, {DONE: {"status": "delivered"}})
