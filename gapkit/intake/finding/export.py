"""What a tracker's export is to the rest of intake: how a format is recognised, and what reading it leaves behind.

A format knows one kind of file and nothing of the others. It brings the file into sheets, cells still as written, and says
which of its columns are ours; statuses, types, dates, numbers and owners are read afterwards, alike for all formats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gapkit.errors import Problem
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source


class Export(NamedTuple):
    """One file to be read: where it is, its name for messages, and its day (None for the present export)."""

    path: Path
    file: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The beginning of a file, which is all that recognising it may look at.

    Attributes
    ----------
    file : str
        Path relative to the engagement folder.
    ending : str
        Its ending in lower case, ``".gz"`` left out: ``".csv"``, ``".xes"``.
    rows : mapping of str to tuple of tuple of str
        Per sheet (``""`` for text files) the first twenty rows, cells stripped.
    json : object
        The whole file when it is JSON, else None.
    text : str
        The first characters of any other text.
    """

    file: str
    ending: str
    rows: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    json: Any = None
    text: str = ""


class Part(NamedTuple):
    """One canonical table as an export holds it.

    Attributes
    ----------
    table : str
        Name of the canonical table.
    sheet : Sheet
        The cells; no column name occurs twice.
    fields : mapping of str to str
        Canonical column to column of the sheet, as the format knows it; `fields:` of engagement.yml goes before it.
    """

    table: str
    sheet: Sheet
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Extract:
    """What reading one export leaves behind.

    Attributes
    ----------
    parts : tuple of Part
        Its tables. A change log is a part for ``status_events`` whose rows of the field ``stage`` hold the client's own
        status names, the first one of a program at its creation with `old` blank.
    meanings : mapping of str to mapping
        Status as seen to what the export itself says of it (keys status, stage, kind); `statuses:` of engagement.yml goes
        before it. The status ``open`` says that it is neither delivered nor cancelled, and no more.
    notes : tuple of str
        What a reader should know, one sentence each.
    problems : tuple of Problem
        What must be mended.
    history_from : date, optional
        Day from which the change log is complete, where it is cut.
    """

    parts: tuple[Part, ...]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    history_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of export.

    Attributes
    ----------
    name : str
        As written under `format:`: ``"jira-csv"``.
    title : str
        As people call it: ``"Jira CSV"``.
    tracker : str
        Name of its page in docs/trackers: ``"jira"``.
    recognise : callable
        From a glimpse to the names that gave it away, empty when it is something else.
    read : callable
        From the files of one day (one, or all of a folder) and their entry in engagement.yml to an extract; raises
        `InputError` when nothing can be read.
    history : bool
        Whether it carries a change log of stages.
    is_verified : bool
        Whether it was tried on a real export.
    stamps_ends : bool
        Whether it stamps whatever ends, so that an item without a closing moment is open for certain.
    has_parts : bool
        Whether an item with a parent is a part of it, as a subtask is, and no program of its own.
    """

    name: str
    title: str
    tracker: str
    recognise: Callable[[Glimpse], tuple[str, ...]]
    read: Callable[[Sequence[Export], Source], Extract]
    history: bool = False
    is_verified: bool = False
    stamps_ends: bool = False
    has_parts: bool = False
