"""Any other survey: one row per response, one row of headings, named with ``format: survey-csv``.

It is recognised by itself only where the ids of the items stand in the headings, alone or before the wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.answers import read_surveys
from gapkit.intake.formats.questionnaire import ENOUGH, IDS, expected_in
from gapkit.intake.formats.survey_wide import Wide, one_row, place_of, time_taken
from gapkit.intake.reading.files import read_file

if TYPE_CHECKING:
    from gapkit.config import Source

ID_NAMES: Final = ("respondent_id", "Response ID", "token")
TIME_NAMES: Final = ("duration_s", "Duration (in seconds)")


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the ids of items that begin the headings of one row, empty where they are few."""
    rows = (row for rows in glimpse.rows.values() for row in rows)
    best = max((tuple(dict.fromkeys(filter(None, map(_first_id, row)))) for row in rows), key=len, default=())
    return best if len(best) >= ENOUGH else ()


def _first_id(name: str) -> str:
    """Return the id a heading is or begins with ("MIS1", "MIS1. I could …", "[MIS1] I could …"); empty without one."""
    first = re.match(r"\W*(\w+)(?:\W|$)", name)
    return first[1] if first and first[1] in IDS else ""


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read survey answers laid out one row per response."""
    return read_surveys(exports, source, _open)


def _open(export: Export, source: Source) -> Wide:
    sheet = read_file(export.path, export.file, expected_in(source, (*ID_NAMES, *TIME_NAMES)), source.sheet)
    headings = one_row(sheet)
    seconds = time_taken(sheet, headings, source, taken=TIME_NAMES)
    return Wide(sheet, headings, response_id=place_of(headings, *ID_NAMES), seconds=seconds)


SURVEY_CSV: Final = Format("survey-csv", "Survey, one row per response", "survey", recognise, read, is_verified=True)
