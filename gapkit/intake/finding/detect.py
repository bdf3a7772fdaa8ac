"""Which tracker a file comes from, told from its beginning alone, with the names that gave it away.

A file is recognised by what is in it, never by its name. What cannot be opened looks like nothing; why it cannot be opened
is said when it is read.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

import openpyxl
import pandas as pd
import pyarrow.parquet as pq

from gapkit.config import files_named
from gapkit.intake.finding.export import Format, Glimpse
from gapkit.intake.formats import FORMATS
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.files import EXCEL, PARQUET, TEXT
from gapkit.intake.reading.header import SEARCHED_ROWS, name_key
from gapkit.intake.reading.textfile import DELIMITERS, SEARCHED_CHARACTERS, decode
from gapkit.schema import TABLES, Table

SHOWN_CHARACTERS: Final = 20_000
# Of a folder, so many files are opened in search of one that shows anything.
FIRST_FILES: Final = 5
NAMED: Final = 5
ENOUGH: Final = 3

# Names nearly every tracker uses: they say the least about where a file comes from.
COMMON: Final = frozenset({
    "actions", "assigned_to", "assignee", "assignees", "cards", "comments", "completed", "created", "created_at", "data",
    "date", "description", "due", "due_date", "end_date", "fields", "id", "key", "labels", "lists", "members", "milestone",
    "name", "notes", "owner", "people", "person", "priority", "project", "projects", "start_date", "started", "state",
    "status", "summary", "tags", "task_id", "task_name", "team", "title", "type", "updated", "url",
})  # fmt: skip

Rows = tuple[tuple[str, ...], ...]


class Detection(NamedTuple):
    """What a file looks like.

    Attributes
    ----------
    format : Format
        The format.
    names : tuple of str
        The names found in the file that gave it away.
    reason : str
        Both in words: ``"looks like GitLab CSV: Author Username, Created At (UTC), Updated At (UTC), Closed At (UTC)"``.
    """

    format: Format
    names: tuple[str, ...]
    reason: str


def glimpse(path: Path, file: str) -> Glimpse:
    """Return the beginning of a file, empty when it cannot be opened.

    Parameters
    ----------
    path : Path
        The file, a folder, or a path with ``*`` in it; of several files the first that shows anything, by name.
    file : str
        Its path as the consultant knows it.
    """
    seen = Glimpse(file, "")
    for each in itertools.islice(_files(path), FIRST_FILES):
        seen = _glimpse_one(each, file)
        if seen.rows or seen.text or seen.json is not None:
            return seen
    return seen


def detect(glimpse: Glimpse, formats: Sequence[Format] = FORMATS) -> Detection | None:
    """Return what a file looks like, or None when no format knows it.

    Parameters
    ----------
    glimpse : Glimpse
        The beginning of the file.
    formats : sequence of Format
        In order of precedence, where several recognise the file by equally many names.

    Examples
    --------
    >>> header = ("Title", "URL", "State", "Author Username", "Created At (UTC)", "Updated At (UTC)", "Closed At (UTC)")
    >>> detect(Glimpse("data/a.csv", ".csv", {"": (header,)})).reason
    'looks like GitLab CSV: Author Username, Created At (UTC), Updated At (UTC), Closed At (UTC)'
    """
    if canonical_table(glimpse):
        return None
    hits = [(form, form.recognise(glimpse)) for form in formats]
    form, names = max(hits, key=lambda hit: len(hit[1]), default=(None, ()))
    if form is None or not names:
        return None
    return Detection(form, names, f"looks like {form.title}: {', '.join(_telling(names))}")


def canonical_table(glimpse: Glimpse) -> str:
    """Return which of gapkit's own tables a file is, empty when it is none.

    It is one when a row holds all required columns of it, spelled as ours, and ours are at least half of the row's names.
    """
    rows = [set(row) - {""} for rows in glimpse.rows.values() for row in rows]
    fits = {name: max((_shared(row, table) for row in rows), default=0) for name, table in TABLES.items()}
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] else ""


def _shared(row: set[str], table: Table) -> int:
    """Return how many names of a row are columns of a table, none when the row is not a header of it."""
    fields = table.fields()
    ours = {each.name for each in fields} & row
    is_header = {each.name for each in fields if each.required} <= ours and 2 * len(ours) >= len(row)
    return len(ours) if is_header else 0


def _telling(names: Sequence[str]) -> list[str]:
    """Return the names worth saying, those few trackers use first."""
    rare = [name for name in names if name_key(name) not in COMMON]
    common = [name for name in names if name not in rare]
    return rare[:NAMED] + common[: max(ENOUGH - len(rare), 0)]


def _files(path: Path) -> tuple[Path, ...]:
    """Return the files a path stands for, in order of name."""
    if path.is_dir():
        return files_named(path, ".")
    first = next((place for place, part in enumerate(path.parts) if "*" in part or "?" in part), None)
    if first is None or path.is_file():
        return (path,)
    return files_named(Path(*path.parts[:first]), "/".join(path.parts[first:]))


def _glimpse_one(path: Path, file: str) -> Glimpse:
    name = PurePosixPath(path.name.lower())
    ending = PurePosixPath(name.stem).suffix if name.suffix == ".gz" else name.suffix
    look = next((look for endings, look in LOOKS if ending in endings), _look_at_text)
    try:
        return replace(look(path), file=file, ending=ending)
    except Exception:  # a damaged file makes its reader raise almost anything; to recognition it looks like nothing
        return Glimpse(file, ending)


def _look_at_table(path: Path) -> Glimpse:
    text = decode(_head(path, SEARCHED_CHARACTERS), path.name).text
    rows = max((_split(text, delimiter) for delimiter in DELIMITERS), key=_tabular)
    return Glimpse("", "", rows={"": tuple(tuple(cell.strip() for cell in row) for row in rows)})


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), SEARCHED_ROWS))
    except csv.Error:  # with the wrong delimiter a cell may be longer than the reader allows
        return []


def _tabular(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return how many cells stand in rows of one width, and the width of the first row.

    A delimiter that only occurs within text gives few rows of one width; a single row of any width says nothing.
    """
    widths = [len(row) for row in rows]
    cells = (width * (widths.count(width) - (len(rows) > 1)) for width in set(widths) if width > 1)
    return max(cells, default=0), widths[0] if widths else 0


def _look_at_workbook(path: Path) -> Glimpse:
    with warnings.catch_warnings():  # as in reading: styles and validations that openpyxl does not keep
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            return Glimpse("", "", rows={page.title: _first_rows(page) for page in book.worksheets})
        finally:
            book.close()


def _first_rows(page: Any) -> Rows:
    page.reset_dimensions()  # the size written in the file is often wrong
    rows = page.iter_rows(max_row=SEARCHED_ROWS, values_only=True)
    return tuple(tuple(as_text(pd.Series(row, dtype=object)).fillna("")) for row in rows)


def _look_at_parquet(path: Path) -> Glimpse:
    return Glimpse("", "", rows={"": (tuple(pq.read_schema(path).names),)})


def _look_at_json(path: Path) -> Glimpse:
    return Glimpse("", "", json=json.loads(decode(path.read_bytes(), path.name).text))


def _look_at_zip(path: Path) -> Glimpse:
    with zipfile.ZipFile(path) as archive:
        return Glimpse("", "", text="\n".join(archive.namelist()))


def _look_at_text(path: Path) -> Glimpse:
    text = decode(_head(path, 4 * SHOWN_CHARACTERS), path.name).text  # no character takes more than four bytes
    return Glimpse("", "", text=text[:SHOWN_CHARACTERS])


def _head(path: Path, limit: int) -> bytes:
    """Return the first bytes of a file, unpacked, cut where no character is torn apart."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        data = file.read(limit)
    if len(data) < limit:
        return data
    if b"\n" not in data:
        return data.decode("utf-8", errors="ignore").encode()
    cut = data[: data.rindex(b"\n")]
    return cut[: len(cut) // 2 * 2] if b"\x00" in cut else cut  # UTF-16 takes two bytes for the end of a line


LOOKS: Final[tuple[tuple[tuple[str, ...], Callable[[Path], Glimpse]], ...]] = (
    (TEXT, _look_at_table),
    (EXCEL, _look_at_workbook),
    (PARQUET, _look_at_parquet),
    ((".json",), _look_at_json),
    ((".zip",), _look_at_zip),
)
