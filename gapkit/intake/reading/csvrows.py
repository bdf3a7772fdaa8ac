"""The rows of a delimited text below its header, as columns of text.

Arrow reads them on all cores and makes no Python object of any cell, so that half a gigabyte takes seconds. Rows that are
shorter or longer than the header are then read once more by themselves: padded, or named.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from gapkit.errors import Problem
from gapkit.intake.reading.cells import Mask
from gapkit.intake.reading.complaints import LISTED, refuse
from gapkit.labels import label_count, label_list

Columns = list[pa.ChunkedArray]

# Bytes read at a time. Where a row is longer, the whole text is one block.
BLOCK: Final = 1 << 24
LARGEST_BLOCK: Final = (1 << 31) - 1
# A last row that is one cell too long: Arrow hands it back, unless an open quotation mark has swallowed it.
END: Final = "\x1aend"
TEXT: Final = pa.large_string()


class Rows(NamedTuple):
    """The rows below a header.

    Attributes
    ----------
    cells : DataFrame
        Text without surrounding blanks, columns numbered from 0, indexed by row as a spreadsheet counts. Blank rows and
        repetitions of the header are left out.
    problems : tuple of Problem
        Rows with filled cells beyond the header.
    notes : tuple of str
        Where the header was repeated.
    """

    cells: pd.DataFrame
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


class Place(NamedTuple):
    """Where the rows stand: the file, what separates its cells, and the number of the first row below the header."""

    file: str
    delimiter: str
    first_row: int


def read_rows(body: memoryview, names: Sequence[str], place: Place) -> Rows:
    r"""Read the rows below a header.

    Parameters
    ----------
    body : memoryview
        UTF-8 text of the rows.
    names : sequence of str
        The header; every row is brought to its width.
    place : Place
        Where the rows stand.

    Raises
    ------
    InputError
        A quoted cell is not closed.

    Examples
    --------
    >>> rows = read_rows(memoryview(b'1,"a\nb"\n\n2\n'), ("id", "name"), Place("data/x.csv", ",", 2))
    >>> rows.cells.index.tolist(), rows.cells[1].tolist()
    ([2, 4], ['a\nb', nan])
    """
    columns, ragged = _parse(body, len(names), place)
    problems: list[Problem] = []
    if ragged:
        columns, ragged = _parse(body, len(names), place, in_order=True)
        columns, problems = _with_ragged(columns, ragged, place)
    for number, column in enumerate(columns):  # one after the other, so that no second copy of the whole is held
        columns[number] = _tidy(column)
    rows = np.arange(place.first_row, place.first_row + len(columns[0]))
    repeats = _repeats(columns, names)
    kept = _filled(columns) & ~repeats
    if not kept.all():
        columns = [column.filter(pa.array(kept)) for column in columns]
    return Rows(_to_frame(columns, rows[kept]), tuple(problems), _tell(rows[repeats], place.file))


def _parse(body: memoryview, width: int, place: Place, *, in_order: bool = False) -> tuple[Columns, list[Any]]:
    """Return all cells as text, and apart from them the rows of another width; in order, these know their number."""
    table, ragged = _read_csv(body, width, place.delimiter, BLOCK, in_order=in_order)
    if table is None:
        table, ragged = _read_csv(body, width, place.delimiter, LARGEST_BLOCK, in_order=in_order)
    if table is None or not any(row.text.startswith(END) for row in ragged):
        row = place.first_row + table.num_rows + len(ragged) - 1 if table else None
        seen, remedy = "the file ends inside a quoted cell", 'Close the quotation mark ("), or export again.'
        refuse("a quoted cell is not closed", place.file, row=row, value=seen, remedy=remedy)
    return table.columns, [row for row in ragged if not row.text.startswith(END)]


def _read_csv(
    body: memoryview, width: int, delimiter: str, block: int, *, in_order: bool
) -> tuple[pa.Table | None, list[Any]]:
    """Return the rows of the right width and the others; no table when a row is longer than a block."""
    ragged: list[Any] = []

    def set_aside(row: Any) -> str:
        ragged.append(row)
        return "skip"

    names = [str(number) for number in range(width)]
    end = (END + delimiter * width).encode()
    texts = (body, end) if bytes(body[-1:]) in (b"", b"\n", b"\r") else (body, b"\n", end)
    options = {
        "read_options": csv.ReadOptions(
            use_threads=not in_order, block_size=min(block, len(body) + len(end) + 1), column_names=names
        ),
        "parse_options": csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=set_aside
        ),
        "convert_options": csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True, check_utf8=False
        ),
    }
    try:
        return csv.read_csv(_Joined(*texts), **options), ragged
    except pa.ArrowInvalid:
        return None, ragged


class _Joined(io.RawIOBase):
    """Two texts read as one, without a copy of them."""

    def __init__(self, *texts: bytes | memoryview) -> None:
        self._left = [memoryview(text) for text in texts]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the texts reach: a short answer would end a block in the middle of a row."""
        room = memoryview(buffer)
        while self._left and room:
            piece = self._left[0][: len(room)]
            room[: len(piece)] = piece
            room = room[len(piece) :]
            self._left[0] = self._left[0][len(piece) :]
            if not self._left[0]:
                del self._left[0]
        return len(buffer) - len(room)


def _with_ragged(columns: Columns, ragged: Sequence[Any], place: Place) -> tuple[Columns, list[Problem]]:
    """Return the columns with rows of another width in their places, and the rows that hold more than the header has."""
    width, mended = len(columns), list(columns)
    numbers: list[int] = []
    problems: list[Problem] = []
    for actual, group in groupby(sorted(ragged, key=attrgetter("actual_columns")), key=attrgetter("actual_columns")):
        rows = list(group)
        cells, _ = _parse(memoryview("\n".join(row.text for row in rows).encode()), actual, place, in_order=True)
        blank = pa.chunked_array([pa.nulls(len(rows), pa.string())])
        for number in range(width):
            more = cells[number] if number < actual else blank
            mended[number] = pa.chunked_array([*mended[number].chunks, *more.chunks])
        found = [row.number - 1 for row in rows]
        numbers += found
        problems += _beyond(cells[width:], found, width, place)
    others = np.setdiff1d(np.arange(len(mended[0])), numbers, assume_unique=True)
    order = pa.array(np.argsort(np.concatenate([others, numbers])))
    return [column.cast(TEXT).take(order) for column in mended], _listed(problems)


def _beyond(cells: Columns, numbers: Sequence[int], width: int, place: Place) -> list[Problem]:
    """Return one problem per row with filled cells to the right of the header."""
    tidy = [_tidy(column) for column in cells]
    problems = []
    for at in map(int, np.flatnonzero(_filled(tidy)) if tidy else ()):
        beyond = [text for column in tidy if (text := column[at].as_py())]
        problems.append(
            Problem(
                f"the row has {width + len(tidy)} cells, the header {width}",
                place.file,
                row=place.first_row + numbers[at],
                value=place.delimiter.join(beyond)[:120],
                allowed=f"{width} cells",
                remedy="Put cells that contain the separator in quotation marks, or remove the extra cells.",
            )
        )
    return problems


def _listed(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems in order of row, and one that counts the rest."""
    in_order = sorted(problems, key=lambda problem: problem.row or 0)
    rest = in_order[LISTED:]
    if not rest:
        return in_order
    what = f"{label_count(len(rest), 'more row')} with more cells than the header, from here on"
    remedy = "Mend the ones above first; the others are likely of the same kind."
    return [*in_order[:LISTED], Problem(what, rest[0].file, row=rest[0].row, remedy=remedy)]


def _tidy(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return text without surrounding blanks, nothing left of it missing, in one piece."""
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), TEXT)])
    text = pc.utf8_trim_whitespace(column.cast(TEXT))
    is_blank = pc.equal(text, "")
    if pc.any(is_blank).as_py():
        text = pc.if_else(is_blank, pa.scalar(None, TEXT), text)
    return pa.chunked_array([text.combine_chunks()], type=TEXT)


def _filled(columns: Columns) -> Mask:
    """Return which rows hold anything."""
    filled: Mask = np.zeros(len(columns[0]), dtype=bool)
    for column in sorted(columns, key=attrgetter("null_count")):
        if filled.all():
            break
        filled |= column.is_valid().to_numpy()
    return filled


def _repeats(columns: Columns, names: Sequence[str]) -> Mask:
    """Return which rows say the header again, as where files were put one below the other."""
    hit: Mask = np.full(len(columns[0]), sum(map(bool, names)) > 1)
    for column, name in zip(columns, names, strict=True):
        if name and hit.any():
            hit &= pc.equal(column, name).fill_null(False).to_numpy()
    return hit


def _tell(rows: np.ndarray[Any, Any], file: str) -> tuple[str, ...]:
    if not len(rows):
        return ()
    shown = [*map(str, rows[:5]), *(["others"] if len(rows) > 5 else [])]
    return (f"{file} repeats its header in {label_count(len(rows), 'row')} ({label_list(shown)}); they were left out.",)


def _to_frame(columns: Columns, rows: np.ndarray[Any, Any]) -> pd.DataFrame:
    """Return a frame on the same memory; empty columns, of which exports have hundreds, share theirs."""
    empty = pd.Series(pa.chunked_array([pa.nulls(len(rows), TEXT)]), dtype="str")
    series = [empty if column.null_count == len(column) else pd.Series(column, dtype="str") for column in columns]
    return pd.DataFrame(dict(enumerate(series)), copy=False).set_axis(pd.Index(rows, name="row"))
