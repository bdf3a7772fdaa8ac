"""Text files: which characters, which separator, where the header is, and the rows as text.

Nothing is converted here. A row that has more filled cells than the header is a problem; a shorter one is padded.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Collection
from typing import Final, NamedTuple, NoReturn

import numpy as np
import pandas as pd

from gapkit.errors import Problem
from gapkit.intake.cells import text_or_missing
from gapkit.intake.complaints import refuse, refuse_without_header
from gapkit.intake.header import SEARCHED_ROWS, Header, find_header
from gapkit.intake.records import Sheet

# Twenty rows are found within this much text, whatever the size of the file.
SEARCHED_CHARACTERS: Final = 1_000_000
DELIMITERS: Final = (",", ";", "\t")

# What a file starts with, whatever its name says.
MAGIC: Final = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office file",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
}
BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Decoded(NamedTuple):
    """A text with the encoding it was read in and, where that was a choice, a note."""

    text: str
    encoding: str
    note: str


def read_text(data: bytes, file: str, expected: Collection[str]) -> Sheet:
    """Read a text file into a sheet.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its path as the consultant knows it.
    expected : collection of str
        Column names looked for, as `header.name_key` gives them.

    Raises
    ------
    InputError
        The file is empty, is not text, or no header is in its first twenty rows.
    """
    decoded = decode(data, file)
    delimiter, header, lines_above = _find_layout(decoded.text, file, expected)
    lines = io.StringIO(decoded.text, newline="")
    body = "".join(itertools.islice(lines, lines_above, None)) if lines_above else decoded.text
    rows, problems = _read_rows(body, delimiter, file, header)
    return Sheet(
        file=file, sheet="", format="csv", columns=header.names, cells=rows, encoding=decoded.encoding, delimiter=delimiter,
        notes=(decoded.note,) if decoded.note else (), problems=tuple(problems),
    )  # fmt: skip


def decode(data: bytes, file: str) -> Decoded:
    """Return the text of a file: byte-order mark, else UTF-8, else UTF-16 without mark, else Windows-1252 with a note.

    Examples
    --------
    >>> decode("Zoë".encode("cp1252"), "data/programs.csv").encoding
    'windows-1252'
    >>> decode("Zoë".encode("utf-8-sig"), "data/programs.csv")
    Decoded(text='Zoë', encoding='utf-8', note='')
    """
    for start, kind in MAGIC.items():
        if data.startswith(start):
            refuse(f"the file is {kind}, not text", file, remedy="Give it its right ending, or export it as CSV (UTF-8).")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, file), encoding, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _without_mark(data, file, error.start)
    return _checked(text, "utf-8", file) if "\x00" not in text else _without_mark(data, file, data.find(b"\x00"))


def _without_mark(data: bytes, file: str, first_odd: int) -> Decoded:
    """Read what is not UTF-8: every second byte of Western UTF-16 is zero, Windows-1252 has none."""
    head = data[:4000]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = head[offset::2]
        if half and half.count(0) > 0.4 * len(half):
            return _checked(_strict(data, encoding, file), encoding, file)
    text = _strict(data, "windows-1252", file)
    row = data.count(b"\n", 0, first_odd) + 1
    note = f"Read as Windows-1252, because row {row} is not valid UTF-8; check the accents, or save the file as CSV UTF-8."
    return _checked(text, "windows-1252", file, note)


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        refuse(
            "the characters cannot be read",
            file,
            row=data.count(b"\n", 0, error.start) + 1,
            value=" ".join(f"{byte:02x}" for byte in data[error.start : error.start + 4]),
            allowed="UTF-8, UTF-16 or Windows-1252 text",
            remedy="Save the file again as CSV UTF-8.",
        )


def _checked(text: str, encoding: str, file: str, note: str = "") -> Decoded:
    if not text.strip():
        refuse("the file is empty", file, remedy="Export it again, or delete the file if there is nothing to say.")
    if "\x00" in text:
        row = text.count("\n", 0, text.find("\x00")) + 1
        refuse("the file holds binary data", file, row=row, remedy="Save the file again as CSV UTF-8.")
    return Decoded(text, encoding, note)


def _find_layout(text: str, file: str, expected: Collection[str]) -> tuple[str, Header, int]:
    """Return separator, header, and how many lines stand above the header."""
    best = (",", Header(0, (), 0), 0)
    for delimiter in DELIMITERS:
        rows, starts = _first_rows(text, delimiter, file)
        header = find_header(rows, expected)
        if (header.matched, len(header.names)) > (best[1].matched, len(best[1].names)):
            best = (delimiter, header, starts[header.row])
    if best[1].matched == 0:
        refuse_without_header(file, "", _first_rows(text, ",", file)[0], expected)
    return best


def _first_rows(text: str, delimiter: str, file: str) -> tuple[list[list[str]], list[int]]:
    """Return the first records and the number of lines above each."""
    reader = csv.reader(io.StringIO(text[:SEARCHED_CHARACTERS], newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    starts: list[int] = []
    try:
        while len(rows) < SEARCHED_ROWS:
            starts.append(reader.line_num)
            rows.append(next(reader))
    except StopIteration:
        pass
    except csv.Error as error:
        _refuse_unclosed(file, reader.line_num, str(error))
    return rows, starts


def _refuse_unclosed(file: str, row: int | None, seen: str) -> NoReturn:
    refuse(
        "a quoted cell is not closed", file, row=row, value=seen, remedy='Close the quotation mark ("), or export again.'
    )


def _read_rows(body: str, delimiter: str, file: str, header: Header) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows below the header, all cells text, indexed by row number, and the rows that are too long."""
    first_row = header.row + 1
    problems: list[Problem] = []
    try:
        # The header goes in as data: its width then binds every row, and repeated names stay as they are.
        frame = pd.read_csv(
            io.StringIO(body, newline=""), header=None, dtype="str", sep=delimiter, keep_default_na=False, na_values=[""],
            skip_blank_lines=False, low_memory=False,
        )  # fmt: skip
    except pd.errors.ParserError as error:
        if "EOF inside string" in str(error):
            inside = re.search(r"row (\d+)", str(error))
            row = first_row + int(inside.group(1)) if inside else None
            _refuse_unclosed(file, row, "the file ends inside a quoted cell")
        frame, problems = _read_ragged(body, delimiter, file, header, first_row)
    frame.index = pd.Index(np.arange(first_row, first_row + len(frame)), name="row")
    frame = frame.iloc[1:, : len(header.names)].apply(text_or_missing)
    return frame.loc[frame.notna().any(axis=1)], problems


def _read_ragged(
    body: str, delimiter: str, file: str, header: Header, first_row: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read rows of unequal length one by one: padding short ones, naming those with filled cells beyond the header."""
    width = len(header.names)
    rows, problems = [], []
    for number, cells in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter), start=first_row):
        beyond = [cell for cell in cells[width:] if cell.strip()]
        if beyond:
            problems.append(
                Problem(
                    f"the row has {len(cells)} cells, the header {width}",
                    file,
                    row=number,
                    value=delimiter.join(beyond)[:120],
                    allowed=f"{width} cells",
                    remedy="Put cells that contain the separator in quotation marks, or remove the extra cells.",
                )
            )
        rows.append([cell if cell else None for cell in cells[:width]] + [None] * (width - len(cells)))
    return pd.DataFrame(rows, dtype="str"), problems
