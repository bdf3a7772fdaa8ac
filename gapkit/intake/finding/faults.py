"""Why a file shows nothing to recognise: it is empty, damaged, or of another kind than its name says."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from gapkit.errors import InputError, Problem
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.jsonfile import read_documents
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.files import EXCEL, PARQUET, TEXT, read_bytes, read_file
from gapkit.intake.reading.textfile import decode
from gapkit.intake.reading.workbook import read_cells

# So much of a file tells what it is.
HEAD: Final = 2_000
JSON, ZIP, GZIP = ".json", ".zip", ".gz"


class Kind(NamedTuple):
    """What a file is by its first bytes: in words, the endings that fit, and the one to give it."""

    what: str
    start: re.Pattern[bytes]
    endings: tuple[str, ...]
    ending: str


KINDS: Final = (
    Kind("an Excel workbook or a zip archive", re.compile(rb"PK\x03\x04"), (*EXCEL, ZIP), ".xlsx or .zip"),
    Kind("a Parquet file", re.compile(rb"PAR1"), PARQUET, ".parquet"),
    Kind("packed (gzip)", re.compile(rb"\x1f\x8b"), (GZIP,), ".gz"),
    Kind("JSON", re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d])"), (JSON,), ".json"),
    Kind("a web page", re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table)\b"), (".html",), ""),
    Kind("XML", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|log)\b"), (".xes", ".xml"), ".xes, if it is an event log"),
)
# Endings whose files begin in a known way: with any other beginning they are not what their name says.
TYPICAL: Final = (*TEXT, *EXCEL, *PARQUET, JSON, ZIP, GZIP, ".xes")


def find_fault(export: Export) -> tuple[Problem, ...]:
    """Return why a file that no format recognises shows nothing, empty where nothing is wrong with the file itself.

    Parameters
    ----------
    export : Export
        The file.

    Notes
    -----
    Only what can be said without knowing what the file should hold: a table with unknown columns is no fault.
    """
    try:
        _check(export)
    except InputError as error:
        return error.problems
    return ()


def _check(export: Export) -> None:
    """Raise `InputError` when a file is not what its name says or cannot be opened."""
    ending = PurePosixPath(export.file).suffix.lower()
    if ending not in TYPICAL:
        return
    with export.path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        refuse("the file is empty", export.file, remedy="Export it again, or move it out of data/.")
    kind = next((kind for kind in KINDS if kind.start.match(head)), None)
    if kind and ending not in kind.endings:
        remedy = f"Give it the ending {kind.ending}." if kind.ending else "Ask for the export as CSV, Excel or JSON."
        refuse(f"the file is {kind.what} by what is in it", export.file, value=ending, remedy=remedy)
    if kind is None and ending in EXCEL and b"\x00" not in head:
        remedy = "Give it the ending .csv, or export it as .xlsx."
        refuse("the file is text by what is in it", export.file, value=ending, remedy=remedy)
    _open(export, ending)


def _open(export: Export, ending: str) -> None:
    """Open a file as what its name says, without asking what its columns are called."""
    if ending == JSON:
        read_documents([export])
    elif ending in (ZIP, GZIP):
        _unpack(export, ending)
    elif ending in PARQUET:
        read_file(export.path, export.file, ())
    elif ending in EXCEL:
        read_cells(read_bytes(export.path, export.file), export.file)
    elif ending in TEXT:
        decode(read_bytes(export.path, export.file), export.file)


def _unpack(export: Export, ending: str) -> None:
    try:
        if ending == ZIP:
            with zipfile.ZipFile(export.path) as archive:
                archive.testzip()
        else:
            gzip.decompress(read_bytes(export.path, export.file))
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, RuntimeError, NotImplementedError):
        remedy = "Download or export it again; a file cut off on the way cannot be read."
        refuse("the archive is damaged or protected by a password", export.file, remedy=remedy)
