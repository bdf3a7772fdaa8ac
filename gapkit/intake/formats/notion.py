"""Notion, a database as CSV, or the zip as exported ("Markdown & CSV").

Header and habits from importers of others. Every file of an export carries the id of its page in its name
(``Campaigns 1a2b….csv``); beside the view that was exported there may be ``Campaigns 1a2b…_all.csv`` with all rows, which
is preferred. The first column is the title, all other columns are the client's own. A zip is read in memory: nothing is
unpacked, so no name in it can point anywhere.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.columns import column_of, seen_in_header, with_columns
from gapkit.intake.formats.owntable import read_own_table, tidy_own_table
from gapkit.intake.formats.tidy import comma_lists, read_each
from gapkit.intake.formats.titles import TITLES, is_of_kind
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import read_bytes
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

# "Campaigns 1a2b3c4d….csv", with all rows "Campaigns 1a2b3c4d…_all.csv".
PAGE_FILE: Final = re.compile(r"(?P<title>.*?)[ _-]?(?P<id>[0-9a-f]{32})(?P<all>_all)?\.csv", re.IGNORECASE)
# A large export is cut into parts, each a zip within the zip.
PART_FILE: Final = re.compile(r".*-Part-\d+\.zip", re.IGNORECASE)
LARGEST: Final = 2**30

# "Spring launch (https://www.notion.so/Spring-launch-1a2b…)", "Spring launch (Campaigns%201a2b…/Spring%201a2b….md)"
LINK: Final = r"\s*\((?:https?://[^\s()]*\bnotion\.[^\s()]+|[^()\n]*\.(?:md|csv)|[^\s()]*%20[^\s()]*)\)\s*(?:,\s*|$)"
RANGE: Final = re.compile(r"(.+?)\s*→\s*(.+)")
CLOCK: Final = r"\d{1,2}:\d{2}.*"
ZONE: Final = re.compile(r"\s*\([A-Z][^()]*\)$")


class Database(NamedTuple):
    """One database of a zip: its name as people know it, its file, whether that holds all rows, and the file's content."""

    title: str
    file: str
    is_all: bool
    data: bytes


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return what gives a Notion export away: names of files that carry a page id, and columns only Notion fills."""
    if glimpse.ending == ".zip":
        names = [_name(line) for line in glimpse.text.splitlines()]
        return tuple(name for name in names if PAGE_FILE.fullmatch(name) or PART_FILE.fullmatch(name))[:3]
    telling = ("Created time", "Created by", "Last edited by", "Parent item", "Sub-item", "Tags")
    columns = seen_in_header(glimpse, ("Last edited time",), telling) or seen_in_header(glimpse, ("Sub-item",), telling)
    by_name = ("page id in the file name",) if PAGE_FILE.fullmatch(_name(glimpse.file)) else ()
    return (*by_name, *columns)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Notion CSV files and zips; of a zip with several databases `sheet:` names the one to read."""
    tables, problems = read_each(exports, lambda export: tidy_own_table(_prepared(_open(export, source.sheet))))
    parts = tuple(Part("programs", table.sheet, table.fields) for table in tables)
    meanings = {word: meaning for table in tables for word, meaning in table.meanings.items()}
    return Extract(parts, meanings, problems=problems)


def _open(export: Export, wanted: str) -> Sheet:
    data = read_bytes(export.path, export.file)
    if export.path.suffix.lower() != ".zip":
        return read_own_table(data, export.file)
    databases = _preferred(_databases(data, export.file))
    chosen = _choose(databases, wanted, export.file)
    others = [database.title for database in databases if database is not chosen]
    note = f'{export.file}: the database "{chosen.title}" was read, not {", ".join(others)}.'
    sheet = read_own_table(chosen.data, export.file)
    return replace(sheet, sheet=chosen.title, notes=(*sheet.notes, *([note] if others and not wanted else [])))


def _name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name


def _databases(data: bytes, file: str, depth: int = 0) -> list[Database]:
    """Return the tables of a zip, those of the zips within it included."""
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if _is_wanted(_name(each.filename))]
            if sum(each.file_size for each in members) > LARGEST:
                refuse("the zip holds more than can be read at once", file, remedy="Export one database at a time.")
            for each in members:
                name = _name(each.filename)
                if not PART_FILE.fullmatch(name):
                    found.append(_database(name, archive.read(each)))
                elif depth == 0:
                    found += _databases(archive.read(each), file, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        remedy = "Download the export again; it must not have a password."
        refuse("not a readable zip archive", file, value=str(error)[:120], remedy=remedy)
    return found


def _is_wanted(name: str) -> bool:
    """Return whether a member of a zip is a table or a part of the export; what macOS adds begins with a point."""
    return not name.startswith(".") and (name.lower().endswith(".csv") or PART_FILE.fullmatch(name) is not None)


def _database(name: str, data: bytes) -> Database:
    found = PAGE_FILE.fullmatch(name)
    if not found:
        return Database(PurePosixPath(name).stem, name, False, data)
    return Database(found["title"].strip() or name, found["title"] + found["id"], bool(found["all"]), data)


def _preferred(databases: Sequence[Database]) -> list[Database]:
    """Return one file per database: the one with all rows where there is one."""
    by_file: dict[str, Database] = {}
    for database in databases:
        if database.file not in by_file or database.is_all:
            by_file[database.file] = database
    return list(by_file.values())


def _choose(databases: Sequence[Database], wanted: str, file: str) -> Database:
    """Return the database named, else the one whose columns have most of the usual titles."""
    titles = ", ".join(sorted(database.title for database in databases))
    if not databases:
        remedy = 'Export the database itself, as "Markdown & CSV"; a page alone has no table.'
        refuse("the zip holds no table", file, remedy=remedy)
    fitting = [database for database in databases if wanted in ("", database.title)]
    if not fitting:
        remedy = "Correct sheet: of this source in engagement.yml."
        refuse("there is no such database in the zip", file, value=wanted, allowed=titles, remedy=remedy)
    best = max(_known_titles(database.data) for database in fitting)
    fitting = [database for database in fitting if _known_titles(database.data) == best]
    if len(fitting) > 1:
        remedy = "Name the database to read under sheet: of this source in engagement.yml, or send it alone."
        refuse("several databases in the zip fit equally well", file, allowed=titles, remedy=remedy)
    return fitting[0]


def _known_titles(data: bytes) -> int:
    known = {name_key(title) for titles in TITLES.values() for title in titles}
    header = next(csv.reader(io.StringIO(data[:100_000].decode("utf-8-sig", errors="replace"), newline="")), [])
    return len(known & {name_key(name) for name in header})


def _prepared(sheet: Sheet) -> Sheet:
    """Return a sheet with relations as titles, lists of people as lists, and ranges of dates as starts and ends."""
    people = {name_key(title) for title in TITLES["owners_now"]}
    changed: dict[str, pd.Series] = {}
    for name in sheet.columns[1:]:
        cells = as_text(column_of(sheet, name))
        if cells.str.contains(LINK, regex=True).fillna(False).any():
            changed[name] = as_text(cells.str.replace(LINK, ";", regex=True).str.strip(";"))
        elif name_key(name) in people:
            changed[name] = comma_lists(cells)
        elif cells.str.contains("→", regex=False).fillna(False).any():
            changed |= _split(name, cells)
    return with_columns(sheet, changed)


def _split(name: str, cells: pd.Series) -> dict[str, pd.Series]:
    """Return a column of date ranges as its ends, under its own name, and its starts; a starting date keeps the start."""
    pairs = [split_range(text) for text in cells.fillna("")]
    starts = as_text(pd.Series([start for start, _ in pairs], index=cells.index, dtype="str"))
    ends = as_text(pd.Series([end for _, end in pairs], index=cells.index, dtype="str"))
    if not is_of_kind(ends, "date"):
        return {}
    is_start = name_key(name) in {name_key(title) for title in TITLES["current_start"] + TITLES["actual_start"]}
    return {name: starts.fillna(ends) if is_start else ends, f"{name} (start)": starts}


def split_range(text: str) -> tuple[str, str]:
    """Return start and end of a range of dates; the start is empty where there is only one date.

    An end that is only a time is of the same day, and a time zone written once holds for both.

    Examples
    --------
    >>> split_range("March 12, 2024 3:00 PM → 4:45 PM (GMT+3)")
    ('March 12, 2024 3:00 PM (GMT+3)', 'March 12, 2024 4:45 PM (GMT+3)')
    >>> split_range("March 12, 2024")
    ('', 'March 12, 2024')
    """
    found = RANGE.fullmatch(text)
    if not found:
        return "", text
    start, end = found.groups()
    if re.fullmatch(CLOCK, end):
        end = f"{re.sub(rf'[ ,T]+{CLOCK}$', '', start)} {end}"
    zones = [zone.group() for side in (start, end) if (zone := ZONE.search(side))]
    if len(zones) == 1:
        start, end = (side if ZONE.search(side) or not re.search(CLOCK, side) else side + zones[0] for side in (start, end))
    return start, end


NOTION: Final = Format("notion-csv", "Notion CSV or zip", "notion", recognise, read, has_parts=True)
