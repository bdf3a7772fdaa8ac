"""SurveyMonkey, all responses as CSV or Excel, columns condensed.

Two rows of headings: the question, which stands over the first of its columns only, and the row of a matrix, or "Response"
where the question has one answer. With expanded columns every possible answer has a column of its own; that is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.answers import read_surveys, seen_with_items
from gapkit.intake.formats.likert import LABELS, plain_words
from gapkit.intake.formats.questionnaire import Heading
from gapkit.intake.formats.survey_wide import Wide, one_row, place_of, time_taken
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.complaints import refuse, refuse_without_header
from gapkit.intake.reading.files import EXCEL, read_bytes, read_file
from gapkit.intake.reading.header import find_header, name_key
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.workbook import read_cells

if TYPE_CHECKING:
    from gapkit.config import Source

WAYS: Final = (("Respondent ID", "Collector ID"), ("RespondentID", "CollectorID"))
TELLING: Final = ("Start Date", "End Date", "StartDate", "EndDate", "IP Address", "Email Address", "Custom Data 1")
WHOLE: Final = ("", "response", "open ended response")
EXPANDED: Final = 3


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a SurveyMonkey export away."""
    return max((seen_with_items(glimpse, way, TELLING) for way in WAYS), key=len)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read SurveyMonkey responses."""
    return read_surveys(exports, source, _open)


def _open(export: Export, source: Source) -> Wide:
    sheet, options = _below_options(_read(export, source.sheet))
    if sum(plain_words(option) in LABELS for option in options) >= EXPANDED:
        remedy = "Export again with condensed columns (Export > All responses data > Columns: condensed)."
        refuse("every possible answer has a column of its own", export.file, sheet=sheet.sheet, remedy=remedy)
    headings = _headings(sheet.columns, options)
    seconds = time_taken(sheet, headings, source, start=("Start Date",), end=("End Date",))
    return Wide(sheet, headings, response_id=place_of(headings, "Respondent ID"), seconds=seconds)


def _below_options(sheet: Sheet) -> tuple[Sheet, tuple[str, ...]]:
    """Return the responses alone, and the second heading of every column: the row that is no respondent's."""
    respondent = place_of(one_row(sheet), "Respondent ID")
    first = tuple(as_text(sheet.cells.iloc[0]).fillna("")) if len(sheet.cells) else ()
    if not first or (respondent is not None and first[respondent]):
        return sheet, ("",) * len(sheet.columns)
    return replace(sheet, cells=sheet.cells.iloc[1:]), first


def _headings(questions: Sequence[str], options: Sequence[str]) -> tuple[Heading, ...]:
    """Return the headings of both rows as one each."""
    headings, question = [], ""
    for asked, option, then in zip(questions, options, [*questions[1:], "end"], strict=True):
        question = asked or question
        if plain_words(option) in WHOLE:
            headings.append(Heading(question, (question,)))
        elif asked and then:  # the question has this one column
            headings.append(Heading(question, (question, option)))
        else:
            headings.append(Heading(f"{question} [{option}]", (option,)))
    return tuple(headings)


def _read(export: Export, wanted: str) -> Sheet:
    """Read the file; in a workbook as far as the second row of headings goes, which is wider than the first."""
    expected = frozenset(name_key(name) for names in (*WAYS, TELLING) for name in names)
    if export.path.suffix.lower() not in EXCEL:
        return read_file(export.path, export.file, expected)
    pages = read_cells(read_bytes(export.path, export.file), export.file)
    if wanted and wanted not in pages:
        remedy = "Correct sheet: of this source in engagement.yml."
        refuse("there is no such sheet", export.file, sheet=wanted, allowed=", ".join(pages), remedy=remedy)
    best = max(pages, key=lambda name: (name == wanted, find_header(pages[name], expected).matched))
    rows = pages[best]
    header = find_header(rows, expected)
    if not header.matched:
        refuse_without_header(export.file, wanted, rows, expected)
    width = max(map(len, rows))
    body = [[*row, *[None] * (width - len(row))] for row in rows[header.row + 1 :]]
    first = header.row + 2
    cells = pd.DataFrame(body, index=pd.Index(np.arange(first, first + len(body)), name="row"), columns=range(width))
    names = (*header.names, *[""] * (width - len(header.names)))
    return Sheet(export.file, best, "excel", names, cells.dropna(how="all"))


SURVEYMONKEY: Final = Format("surveymonkey", "SurveyMonkey", "survey", recognise, read)
