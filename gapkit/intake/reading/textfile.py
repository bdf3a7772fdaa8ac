"""Text files: which characters, which separator, where the header is, and the rows as text.

Nothing is converted here. A row that has more filled cells than the header is a problem; a shorter one is padded.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from gapkit.intake.reading.complaints import refuse, refuse_without_header
from gapkit.intake.reading.csvrows import Place, read_rows
from gapkit.intake.reading.header import SEARCHED_ROWS, Header, find_header
from gapkit.intake.reading.records import Sheet

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
    """A text, brought to UTF-8, with the encoding it was read in and, where that was a choice, a note."""

    utf8: memoryview
    encoding: str
    note: str

    @property
    def text(self) -> str:
        """The text itself; of a large file only what must be seen as such should be asked for."""
        return str(self.utf8, "utf-8")


def read_text(data: bytes, file: str, expected: Collection[str]) -> Sheet:
    """Read a text file into a sheet.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its path as the consultant knows it.
    expected : collection of str
        Column names looked for, as `reading.header.name_key` gives them.

    Raises
    ------
    InputError
        The file is empty, is not text, or no header is in its first twenty rows.
    """
    decoded = decode(data, file)
    delimiter, header, above = _find_layout(decoded.utf8, file, expected)
    rows = read_rows(decoded.utf8[above:], header.names, Place(file, delimiter, header.row + 2))
    notes = (decoded.note,) if decoded.note else ()
    return Sheet(
        file=file, sheet="", format="csv", columns=header.names, cells=rows.cells, encoding=decoded.encoding,
        delimiter=delimiter, notes=(*notes, *rows.notes), problems=rows.problems,
    )  # fmt: skip


def decode(data: bytes, file: str) -> Decoded:
    """Return the text of a file: byte-order mark, else UTF-8, else UTF-16 without mark, else Windows-1252 with a note.

    Examples
    --------
    >>> decode("Zoë".encode("cp1252"), "data/programs.csv").encoding
    'windows-1252'
    >>> decode("Zoë".encode("utf-8-sig"), "data/programs.csv").text
    'Zoë'
    """
    for start, kind in MAGIC.items():
        if data.startswith(start):
            refuse(f"the file is {kind}, not text", file, remedy="Give it its right ending, or export it as CSV (UTF-8).")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _checked(_strict(memoryview(data)[len(mark) :], encoding, file), encoding, file)
    first_odd = _first_odd(data)
    return _checked(memoryview(data), "utf-8", file) if first_odd is None else _without_mark(data, file, first_odd)


def _first_odd(data: bytes) -> int | None:
    """Return the first byte no UTF-8 text has at its place; None when there is none."""
    if not _is_utf8(memoryview(data)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return error.start
    zero = data.find(b"\x00")
    return zero if zero >= 0 else None


def _is_utf8(data: memoryview) -> bool:
    """Return whether bytes are UTF-8; Arrow finds out without making text of them, which may take four times the room."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _without_mark(data: bytes, file: str, first_odd: int) -> Decoded:
    """Read what is not UTF-8: every second byte of Western UTF-16 is zero, Windows-1252 has none."""
    head = data[:4000]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = head[offset::2]
        if half and half.count(0) > 0.4 * len(half):
            return _checked(_strict(memoryview(data), encoding, file), encoding, file)
    text = _strict(memoryview(data), "windows-1252", file)
    row = data.count(b"\n", 0, first_odd) + 1
    note = f"Read as Windows-1252, because row {row} is not valid UTF-8; check the accents, or save the file as CSV UTF-8."
    return _checked(text, "windows-1252", file, note)


def _strict(data: memoryview, encoding: str, file: str) -> memoryview:
    """Return bytes in an encoding as UTF-8."""
    if encoding == "utf-8" and _is_utf8(data):
        return data
    try:
        return memoryview(str(data, encoding).encode())
    except UnicodeDecodeError as error:
        refuse(
            "the characters cannot be read",
            file,
            row=bytes(data[: error.start]).count(b"\n") + 1,
            value=" ".join(f"{byte:02x}" for byte in data[error.start : error.start + 4]),
            allowed="UTF-8, UTF-16 or Windows-1252 text",
            remedy="Save the file again as CSV UTF-8.",
        )


def _checked(utf8: memoryview, encoding: str, file: str, note: str = "") -> Decoded:
    if not re.search(rb"\S", utf8):
        refuse("the file is empty", file, remedy="Export it again, or delete the file if there is nothing to say.")
    if zero := re.search(rb"\x00", utf8):
        row = bytes(utf8[: zero.start()]).count(b"\n") + 1
        refuse("the file holds binary data", file, row=row, remedy="Save the file again as CSV UTF-8.")
    return Decoded(utf8, encoding, note)


def _find_layout(utf8: memoryview, file: str, expected: Collection[str]) -> tuple[str, Header, int]:
    """Return separator, header, and how many bytes there are up to the end of the header."""
    head = str(utf8[:SEARCHED_CHARACTERS], "utf-8", errors="ignore")  # a character may be cut in two at the end
    best, end = (",", Header(0, (), 0)), 0
    for delimiter in DELIMITERS:
        rows, ends = _first_rows(head, delimiter)
        header = find_header(rows, expected)
        if (header.matched, len(header.names)) > (best[1].matched, len(best[1].names)):
            best, end = (delimiter, header), ends[header.row]
    if best[1].matched == 0:
        refuse_without_header(file, "", _first_rows(head, ",")[0], expected)
    lines = itertools.islice(io.StringIO(head, newline=""), end)
    return *best, sum(len(line.encode()) for line in lines)


def _first_rows(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the first records, and the number of lines up to the end of each.

    Under a wrong separator a line of text can open a quotation that runs on beyond what the reader allows: rows end there.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in itertools.islice(reader, SEARCHED_ROWS):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass
    return rows, ends
