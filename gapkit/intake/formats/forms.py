"""Google Forms and Microsoft Forms, responses as CSV or Excel.

One row of headings, which are the questions as asked; a row of a Google grid stands in brackets after its question, a row
of a Microsoft Likert question stands alone. Google gives the moment of sending only, Microsoft start and end. Nothing but
these moments is common to all forms, so a file is taken for a survey only when items of the survey are among its headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse
from gapkit.intake.formats.answers import read_surveys, seen_with_items
from gapkit.intake.formats.columns import seen_in_header
from gapkit.intake.formats.questionnaire import ENOUGH, expected_in, items_in
from gapkit.intake.formats.survey_wide import Wide, one_row, time_taken
from gapkit.intake.reading.files import read_file
from gapkit.intake.reading.header import name_key

if TYPE_CHECKING:
    from gapkit.config import Source

# English, German, French, Spanish, Italian, Portuguese, Dutch.
SENT: Final = (
    "Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "Informazioni cronologiche", "Carimbo de data/hora",
    "Tijdstempel",
)  # fmt: skip
STARTED: Final = (
    "Start time", "Startzeit", "Heure de début", "Hora de inicio", "Ora di inizio", "Hora de início", "Begintijd",
)  # fmt: skip
FINISHED: Final = (
    "Completion time", "Fertigstellungszeit", "Heure de fin", "Hora de finalización", "Ora di completamento",
    "Hora de conclusão", "Tijd van voltooien",
)  # fmt: skip
WAYS: Final = (*((name,) for name in SENT), *zip(STARTED, FINISHED, strict=True))


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the names that give a form away: its moments, with enough items of the survey beside them."""
    if len(items_in(glimpse)) < ENOUGH:
        return ()
    return max((seen_with_items(glimpse, way, ("Id", "Email", "Name")) for way in WAYS), key=len)


def looks_like_form(glimpse: Glimpse) -> bool:
    """Return whether a file has the moments of a form where forms have them, whatever it asks."""
    sent = {name_key(name) for name in SENT}
    firsts = {name_key(row[0]) for rows in glimpse.rows.values() for row in rows if row}
    return bool(firsts & sent) or any(seen_in_header(glimpse, way) for way in WAYS if len(way) > 1)


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read the responses of forms."""
    return read_surveys(exports, source, _open)


def _open(export: Export, source: Source) -> Wide:
    expected = expected_in(source, (*SENT, *STARTED, *FINISHED))
    sheet = read_file(export.path, export.file, expected, source.sheet)
    headings = one_row(sheet)
    seconds = time_taken(sheet, headings, source, start=STARTED, end=FINISHED)
    # Google numbers nothing; Microsoft's running number stands first.
    is_numbered = name_key(sheet.columns[0]) == "id"
    return Wide(sheet, headings, response_id=0 if is_numbered else None, seconds=seconds)


FORMS: Final = Format("forms", "Google or Microsoft Forms", "survey", recognise, read)
