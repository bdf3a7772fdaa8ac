"""Qualtrics, responses as CSV, TSV or Excel.

Up to three rows of headings: names ("Q5_MIS1"), texts ("How far do you agree? - …"), and in text files a row of JSON with
the ids of import. The names of the columns about the response are English in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.answers import read_surveys, seen_with_items
from gapkit.intake.formats.questionnaire import Heading
from gapkit.intake.formats.survey_wide import Wide, place_of, time_taken
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.dates import parse_moments
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source

NEEDED: Final = ("StartDate", "EndDate", "ResponseId")
TELLING: Final = ("Status", "Progress", "Finished", "RecordedDate", "DistributionChannel", "UserLanguage")
IMPORT_ID: Final = '{"ImportId"'
TEST_WORDS: Final = r"(?i)preview|test|spam"
# As a number the status adds up 1 preview, 2 test, 4 imported, 8 spam, 16 offline, 32 employee experience.
TEST_CODES: Final = tuple(str(code) for code in range(64) if code & (1 | 2 | 8))


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a Qualtrics export away."""
    return seen_with_items(glimpse, NEEDED, TELLING)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Qualtrics responses."""
    return read_surveys(exports, source, _open)


def _open(export: Export, source: Source) -> Wide:
    expected = frozenset(map(name_key, (*NEEDED, *TELLING)))
    sheet, texts = _below_headings(read_file(export.path, export.file, expected, source.sheet))
    names = zip(sheet.columns, texts, strict=True)
    headings = tuple(Heading(name, (name, text) if text and text != name else (name,)) for name, text in names)
    status, finished = place_of(headings, "Status"), place_of(headings, "Finished")
    return Wide(
        sheet,
        headings,
        response_id=place_of(headings, "ResponseId"),
        seconds=time_taken(
            sheet, headings, source, taken=("Duration (in seconds)",), start=("StartDate",), end=("EndDate",)
        ),
        is_test=_is_test(sheet.cells.iloc[:, status]) if status is not None else None,
        is_finished=_is_true(sheet.cells.iloc[:, finished]) if finished is not None else None,
    )


def _below_headings(sheet: Sheet) -> tuple[Sheet, tuple[str, ...]]:
    """Return the responses alone, and the second heading of every column, empty where there is none."""
    texts = ("",) * len(sheet.columns)
    cells = sheet.cells
    if len(cells) and not _is_response(sheet, cells.iloc[0]):
        texts = tuple(as_text(cells.iloc[0]).fillna(""))
        cells = cells.iloc[1:]
    if len(cells) and as_text(cells.iloc[0]).str.startswith(IMPORT_ID).fillna(False).any():
        cells = cells.iloc[1:]
    return replace(sheet, cells=cells), texts


def _is_response(sheet: Sheet, row: pd.Series) -> bool:
    """Return whether a row has a date, or nothing, where responses have the date of their end."""
    places = [place for place, name in enumerate(sheet.columns) if name_key(name) == "enddate"]
    return not parse_moments(row.iloc[places], "UTC", "mdy").bad.any()


def _is_test(status: pd.Series) -> pd.Series:
    texts = as_text(status)
    return texts.isin(TEST_CODES) | texts.str.contains(TEST_WORDS).fillna(False)


def _is_true(cells: pd.Series) -> pd.Series:
    return ~as_text(cells).str.casefold().isin(["false", "0"])


QUALTRICS: Final = Format("qualtrics", "Qualtrics", "survey", recognise, read)
