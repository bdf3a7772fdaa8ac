"""What reading leaves behind: one sheet as the file holds it, one account per source, and all of it together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from gapkit.errors import Problem

History = Literal["none", "events", "snapshots"]

# One value seen in a column and how many cells hold it.
ValueCount = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One header with the rows below it, cells as the file holds them.

    Attributes
    ----------
    file : str
        Path relative to the engagement folder, with forward slashes.
    sheet : str
        Excel sheet; empty for other files.
    format : str
        ``csv``, ``excel`` or ``parquet``.
    columns : tuple of str
        The header as spelled in the file, one entry per column of `cells`.
    cells : pandas.DataFrame
        Columns numbered from 0; the index is the row number as a spreadsheet shows it (for Parquet the record number).
        Text files give text; Excel gives text, numbers and moments as stored; Parquet its own types. Blanks are missing.
    encoding, delimiter : str
        How a text file was read; empty for other files.
    notes : tuple of str
        What a reader should know about the reading, one sentence each.
    problems : tuple of Problem
        Rows that do not fit the header.
    files : tuple of str
        The file of every row, where a sheet gathers several; empty when all rows are from `file`.
    """

    file: str
    sheet: str
    format: str
    columns: tuple[str, ...]
    cells: pd.DataFrame
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRead:
    """The account of one source: what was found in it and what became of it.

    Attributes
    ----------
    file : str
        Path relative to the engagement folder; for snapshots the pattern with ``*`` for the date.
    files : tuple of str
        Every file read for it; none for a query.
    sheet : str
        Excel sheet; empty for other files.
    format : str
        ``csv``, ``excel``, ``parquet``, ``sql``, or the name of a tracker's format.
    table : str
        The canonical table it feeds.
    rows_read : int
        Rows with at least one filled cell.
    rows_used : int
        Rows that ended up in the table, or in its history.
    encoding, delimiter : str
        How a text file was read.
    columns_mapped : mapping of str to str
        Canonical column to column of the file.
    columns_unknown : tuple of str
        Columns of the file that no canonical column uses; they are kept as they are and ignored.
    unmapped : mapping of str to tuple of (value, count)
        Canonical column to the values found in it that neither a mapping nor the vocabulary knows.
    caught : mapping of str to tuple of (value, count)
        Canonical column to the values that only the ``*`` entry of a mapping caught.
    history : str
        ``"events"`` when the source is a change log, ``"snapshots"`` when history comes from repeated exports, else
        ``"none"``.
    notes : tuple of str
        What a reader should know, one sentence each.
    title : str
        The tracker's format as people call it; empty for a file that is a table already.
    reason : str
        Why it was taken for that format; empty when engagement.yml says so.
    is_verified : bool
        Whether reading this format was tried on a real export.
    history_from : date, optional
        Day from which its change log is complete, where the log is cut.
    digest : str
        SHA-256 of the rows a query returned; empty for files, whose bytes can be hashed.
    """

    file: str
    files: tuple[str, ...]
    sheet: str
    format: str
    table: str
    rows_read: int
    rows_used: int
    encoding: str = ""
    delimiter: str = ""
    columns_mapped: Mapping[str, str] = field(default_factory=dict)
    columns_unknown: tuple[str, ...] = ()
    unmapped: Mapping[str, tuple[ValueCount, ...]] = field(default_factory=dict)
    caught: Mapping[str, tuple[ValueCount, ...]] = field(default_factory=dict)
    history: History = "none"
    notes: tuple[str, ...] = ()
    title: str = ""
    reason: str = ""
    is_verified: bool = True
    history_from: dt.date | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything read from one engagement folder.

    Attributes
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical tables present in the folder, typed and conformed, rows in order of their key. Extra columns `_source`
        (file) and `_row` (row in it) say where each row came from.
    sources : tuple of SourceRead
        One account per source, in order of file name.
    notes : tuple of str
        What concerns no single source, one sentence each.
    problems : tuple of Problem
        All that must be mended before anything is computed; empty when the input is sound.
    """

    tables: Mapping[str, pd.DataFrame]
    sources: tuple[SourceRead, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
