from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.qualtrics import QUALTRICS

NAMES = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude",
    "LocationLongitude", "DistributionChannel", "UserLanguage",
)  # fmt: skip
TEXTS = (
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
    "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
    "External Data Reference", "Location Latitude", "Location Longitude", "Distribution Channel", "User Language",
)  # fmt: skip
TEXT = {item.id: item.text for item in ITEMS}
MATRIX = "How far do you agree with each statement? - "
ASKED = {
    "LEVEL": "What is your level?", "Q1": "Which office do you work in?", "Q5_MIS1": MATRIX + TEXT["MIS1"],
    "Q5_2": MATRIX + TEXT["BOT2"], "Q5_DO_MIS1": MATRIX + "Display Order", "Q9": STRATEGY_QUESTIONS["Q1"],
    "Q10": "Anything else?", "department": "department",
}  # fmt: skip
IDS = ("startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate", "_recordId")


def line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def response(key: str, *answers: str, status: str = "IP Address", finished: str = "True") -> list[str]:
    return [
        "2026-06-02 09:00:00", "2026-06-02 09:05:01", status, "203.0.113.7", "100", "301", finished, "2026-06-02 09:05:02",
        key, "Lovelace", "Ada", "ada@example.com", "", "52.5", "13.4", "email", "EN", *answers,
    ]  # fmt: skip


ROWS = (
    response("R_a1", "Leadership", "Berlin", "Strongly agree", "Somewhat disagree", "2", "Buyers, mostly", "no", "Brand"),
    response("R_b2", "Contributor", "Paris", "", "Somewhat agree", "1", "", "", "Web", finished="False"),
    response("R_c3", "Manager", "", "", "", "", "", "hello", "Web", finished="False"),
    response("R_d4", "Manager", "Paris", "Strongly agree", "Strongly agree", "", "", "", "Web", status="Survey Preview"),
    response("R_e5", "Manager", "Paris", "Strongly agree", "Strongly agree", "", "", "", "Web", status="Spam"),
)
IMPORT = [json.dumps({"ImportId": name, "timeZone": "Europe/Berlin"}) for name in (*IDS, *(f"QID{n}" for n in range(16)))]
CSV = "".join(map(line, ((*NAMES, *ASKED), (*TEXTS, *ASKED.values()), IMPORT, *ROWS)))


def extract(
    write: Callable[..., Path], content: object, source: Source | None = None, file: str = "data/wave1.csv"
) -> Extract:
    folder = write({file: content})
    return QUALTRICS.read([Export(folder / file, file)], source or Source())


def seen(part: Part, ours: str) -> list[object]:
    return part.sheet.cells[part.sheet.columns.index(part.fields[ours])].astype(object).fillna("").tolist()


def test_an_export_is_recognised() -> None:
    """By the names of its first row; the items beside them count too, so that no plainer reading wins."""
    rows = {"": ((*NAMES, *ASKED), (*TEXTS, *ASKED.values()))}

    assert {"StartDate", "ResponseId"} <= set(QUALTRICS.recognise(Glimpse("data/a.csv", ".csv", rows)))
    assert () == QUALTRICS.recognise(Glimpse("data/a.csv", ".csv", {"": (("StartDate", "EndDate", "Task ID"),)}))


def test_three_rows_of_headings_are_no_responses(write: Callable[..., Path]) -> None:
    """Names, texts and import ids are told from the first response; rows count as in a spreadsheet."""
    part = extract(write, CSV).parts[0]

    assert [4, 5] == part.sheet.cells.index.tolist()
    assert ["leadership", "contributor"] == seen(part, "level_band")
    assert ["Brand", "Web"] == seen(part, "group")
    assert [301.0, 301.0] == seen(part, "duration_s")
    assert ["wave1", "wave1"] == seen(part, "wave")


def test_answers_are_known_by_name_or_text(write: Callable[..., Path]) -> None:
    """MIS1 stands in the name of its column, BOT2 only in the text below it, after the question of the matrix."""
    part = extract(write, CSV).parts[1]

    assert ["MIS1", "BOT2", "MIS1", "BOT2"] == seen(part, "item_id")
    assert [5.0, 2.0, "", 4.0] == seen(part, "value")


def test_a_strategy_question_is_known_by_its_text(write: Callable[..., Path]) -> None:
    """Column Q1 is the office and column Q9 our first question, because Qualtrics numbers what it likes."""
    part = extract(write, CSV).parts[2]

    assert (["Q1"], ["Buyers, mostly"]) == (seen(part, "question"), seen(part, "text"))


def test_tests_and_empty_responses_are_left_out_and_counted(write: Callable[..., Path]) -> None:
    """A preview and spam are nobody's answer; who broke off counts with what was answered."""
    notes = extract(write, CSV).parts[0].sheet.notes

    assert {
        "2 preview, test or spam responses left out.",
        "1 response without any answer left out.",
        "1 response broken off; the answers given are kept.",
    } <= set(notes)


@pytest.mark.parametrize(
    ("code", "kept"), [("0", 1), ("4", 1), ("16", 1), ("32", 1), ("1", 0), ("8", 0), ("9", 0), ("17", 0)]
)
def test_status_as_a_number(code: str, kept: int, write: Callable[..., Path]) -> None:
    """Numbers add up: 1 is a preview, 8 spam, 16 offline, 17 a preview offline."""
    row = response("R_a1", "", "", "5", "4", "", "", "", "", status=code, finished="1")
    text = "".join(map(line, ((*NAMES, *ASKED), (*TEXTS, *ASKED.values()), IMPORT, row)))

    assert kept == len(extract(write, text).parts[0].sheet.cells)


def test_a_workbook_has_two_rows_of_headings(write: Callable[..., Path]) -> None:
    """Excel exports have no row of import ids and give the same tables."""
    rows = [[*NAMES, *ASKED], [*TEXTS, *ASKED.values()], *ROWS]
    excel, text = extract(write, {"Sheet0": rows}, file="data/wave1.xlsx"), extract(write, CSV)

    assert [3, 4] == excel.parts[0].sheet.cells.index.tolist()
    for name in ("respondent_id", "level_band", "duration_s"):
        assert seen(text.parts[0], name) == seen(excel.parts[0], name)
    assert seen(text.parts[1], "value") == seen(excel.parts[1], "value")


def test_one_row_of_headings_is_taken_as_it_is(write: Callable[..., Path]) -> None:
    """Where somebody took off the other two, the first response is not taken for one of them."""
    text = "".join(map(line, ((*NAMES, *ASKED), *ROWS)))

    assert [2, 3] == extract(write, text).parts[0].sheet.cells.index.tolist()


def test_without_a_duration_the_moments_tell(write: Callable[..., Path]) -> None:
    """End less start, in seconds."""
    text = CSV.replace("Duration (in seconds)", "Elsewhere")

    assert [301.0, 301.0] == seen(extract(write, text).parts[0], "duration_s")


def test_who_answered_stays_behind(write: Callable[..., Path]) -> None:
    """No table holds a name, an address, a place or a moment; one note names the columns that held them."""
    found = extract(write, CSV)
    cells = {str(cell) for part in found.parts for column in part.sheet.cells for cell in part.sheet.cells[column]}
    told = [note for note in found.parts[0].sheet.notes if note.startswith("Left behind")]

    assert not cells & {"Lovelace", "Ada", "ada@example.com", "203.0.113.7", "52.5", "R_a1", "Berlin", "no"}
    assert not any("2026-06-02" in cell for cell in cells)
    assert 1 == len(told)
    for name in ("RecipientEmail", "IPAddress", "LocationLatitude", "ResponseId", "StartDate", "Q10"):
        assert f'"{name}"' in told[0]


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """From the file in data/ to typed tables, a level nobody knows being counted and no problem."""
    rows = (*ROWS, response("R_f6", "Wizard", "Paris", "4", "4", "", "", "", "Web"))
    text = "".join(map(line, ((*NAMES, *ASKED), (*TEXTS, *ASKED.values()), IMPORT, *rows)))
    found = read(
        {"data/wave1.csv": text, "data/programs.csv": "program_id,type,team,status\nP1,web,Web,in_progress\n"},
        "sources:\n  - file: data/wave1.csv\n    wave: Baseline\n",
    )
    account = next(source for source in found.sources if source.table == "survey_respondents")

    assert () == found.problems
    assert ["contributor", "leadership", ""] == sorted(
        found.tables["survey_respondents"]["level_band"].fillna(""), key=lambda band: (not band, band)
    )
    assert {"Baseline"} == set(found.tables["survey_respondents"]["wave"])
    assert [2, 4, 4, 4, 5] == sorted(found.tables["survey_answers"]["value"].dropna())
    assert "looks like Qualtrics" in account.reason
    assert (("Wizard", 1),) == account.unmapped["level_band"]
    assert any(note.startswith("Left behind") for note in account.notes)
