"""LimeSurvey, responses as CSV or Excel.

One row of headings: codes ("MIS1", "BLK1[MIS1]"), wording ("How far … [I could explain …]"), or both ("BLK1[MIS1]. How
far …"). Answers are codes (A1, AO01) or wording. Layout from the vendor's own source code
(`application/helpers/admin/export/Writer.php`). A survey without date stamps gives every response the year 1980.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.answers import read_surveys, seen_with_items
from gapkit.intake.formats.questionnaire import Heading
from gapkit.intake.formats.survey_wide import Wide, place_of, time_taken
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.header import name_key

if TYPE_CHECKING:
    from gapkit.config import Source

WAYS: Final = (
    ("submitdate", "lastpage", "startlanguage"),
    ("Date submitted", "Last page", "Start language"),
    ("submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language"),
)
SENT: Final = ("submitdate", "Date submitted")
TELLING: Final = ("seed", "Seed", "startdate", "datestamp", "Date started", "Date last action")
CODE_AND_TEXT: Final = re.compile(r"(?P<code>[A-Za-z][\w\[\]]*)\. (?P<text>.+)", re.DOTALL)


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the column names that give a LimeSurvey export away."""
    return max((seen_with_items(glimpse, way, TELLING) for way in WAYS), key=len)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read LimeSurvey responses."""
    return read_surveys(exports, source, _open)


def _open(export: Export, source: Source) -> Wide:
    expected = frozenset(name_key(name) for way in WAYS for name in way)
    sheet = read_file(export.path, export.file, expected, source.sheet)
    headings = tuple(map(_heading, sheet.columns))
    end = place_of(headings, *SENT)
    return Wide(
        sheet,
        headings,
        response_id=place_of(headings, "id", "Response ID"),
        seconds=time_taken(
            sheet, headings, source, taken=("interviewtime", "Total time"), start=("startdate", "Date started"), end=SENT
        ),
        is_finished=as_text(sheet.cells.iloc[:, end]).notna() if end is not None else None,
        has_codes=True,
    )


def _heading(name: str) -> Heading:
    """Return a heading that may hold code and wording as both."""
    found = CODE_AND_TEXT.fullmatch(name)
    return Heading(name, (found["code"], found["text"]) if found else (name,))


LIMESURVEY: Final = Format("limesurvey", "LimeSurvey", "survey", recognise, read)
