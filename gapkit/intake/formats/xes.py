"""Event logs in XES, the XML of the IEEE 1849 standard, plain or gzipped.

The file is read event by event and never held as a tree. A log needs no document type, and a file that declares one, or
entities, is refused: both only serve to blow a file up or to reach out of it.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from xml.parsers import expat

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.trace import read_log
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

CASE: Final = "case:"
GZIPPED: Final = b"\x1f\x8b"
SIGNS: Final = ("<log", "<trace", "<event", "concept:name", "time:timestamp")


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return what gives an XES log away: its elements and the keys of its events."""
    if "<log" not in glimpse.text or not ("<trace" in glimpse.text or "xes" in glimpse.text):
        return ()
    return tuple(sign.lstrip("<") for sign in SIGNS if sign in glimpse.text)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read XES files; cases may run on from file to file."""
    return read_log([read_xes(export.path, export.file) for export in exports], source)


def read_xes(path: Path, file: str) -> Sheet:
    """Read one file into a sheet of one row per event.

    Parameters
    ----------
    path : Path
        Where it is; gzipped or not, whatever its name says.
    file : str
        Its path as the consultant knows it.

    Returns
    -------
    Sheet
        Columns are the keys of the events and, with ``case:`` before them, those of their traces; all text. The index is
        the line on which the event begins.

    Raises
    ------
    InputError
        Not XML or broken, declares entities or a document type, or holds no event.
    """
    reader = _Reader(file)
    try:
        with _open(path) as stream:
            reader.parser.ParseFile(stream)
    except FileNotFoundError:
        refuse("there is no such file", file, remedy="Put the file there, or correct its name in engagement.yml.")
    except expat.ExpatError as error:
        seen, remedy = expat.ErrorString(error.code), "Export the log again."
        refuse("the XML is broken", file, row=error.lineno, value=seen, allowed="a complete XES log", remedy=remedy)
    except (EOFError, zlib.error, OSError) as error:
        refuse("the file cannot be unpacked or read", file, value=str(error)[:120], remedy="Export or copy it again.")
    if not reader.lines:
        refuse("no event was found", file, allowed="a log of traces with events", remedy="Export the log again, as XES.")
    return reader.sheet()


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        is_gzipped = file.read(2) == GZIPPED
    return cast("BinaryIO", gzip.open(path)) if is_gzipped else path.open("rb")


class _Reader:
    """What is known while a file streams by: the open elements, the trace and event being read, and the events so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[int] = []
        self.n_empty = 0
        self._open: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._first = 0
        self._cells: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_declaration
        self.parser.EntityDeclHandler = self._refuse_declaration

    def sheet(self) -> Sheet:
        """Return the events read."""
        rows = range(len(self.lines))
        columns = [pd.Series(cells, dtype="str").reindex(rows) for cells in self._cells.values()]
        frame = pd.DataFrame(dict(enumerate(columns))).set_axis(pd.Index(self.lines, name="row"))
        empty = f"{label_count(self.n_empty, 'case')} without events in {self.file}; left out."
        return Sheet(self.file, "", "xes", tuple(self._cells), frame, notes=(empty,) if self.n_empty else ())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent, name = self._open[-1] if self._open else "", name.rpartition(":")[2]
        self._open.append(name)
        if name == "trace":
            self._trace, self._first = {}, len(self.lines)
        elif name == "event" and parent == "trace":
            self._event = {}
            self.lines.append(self.parser.CurrentLineNumber)
        elif parent in ("trace", "event") and "key" in attributes and attributes.get("value", ""):
            (self._trace if parent == "trace" else self._event)[attributes["key"]] = attributes["value"]

    def _end(self, name: str) -> None:
        name = self._open.pop()
        if name == "event" and self._open[-1] == "trace":
            self._keep(self._event, range(len(self.lines) - 1, len(self.lines)), "")
        elif name == "trace":  # its own attributes may stand below its events
            self._keep(self._trace, range(self._first, len(self.lines)), CASE)
            self.n_empty += self._first == len(self.lines)

    def _keep(self, attributes: dict[str, str], rows: range, prefix: str) -> None:
        for key, value in attributes.items():
            cells, text = self._cells[prefix + key], sys.intern(value)
            for row in rows:
                cells[row] = text

    def _refuse_declaration(self, *_: object) -> None:
        refuse(
            "the XML declares a document type or entities", self.file, row=self.parser.CurrentLineNumber,
            allowed="a plain XES log", remedy="Export the log again; do not open files of this kind from unknown senders.",
        )  # fmt: skip


XES: Final = Format("event-log-xes", "XES event log", "event-log", recognise, read, history=True, is_verified=True)
