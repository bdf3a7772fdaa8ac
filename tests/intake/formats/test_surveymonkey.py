from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.instrument import ITEMS, STRATEGY_QUESTIONS
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.surveymonkey import SURVEYMONKEY

TEXT = {item.id: item.text for item in ITEMS}
META = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
        "Last Name", "Custom Data 1"]  # fmt: skip
QUESTIONS = ["What is your level?", TEXT["OWN1"], "", STRATEGY_QUESTIONS["Q2"], "Rank our priorities", "",
             "How far do you agree with each statement?", ""]  # fmt: skip
OPTIONS = ["Response", "Response", "Other (please specify)", "Open-Ended Response", "RANK_PR01", "RANK_PR02",
           TEXT["MIS1"], f"BOT2. {TEXT['BOT2']}"]  # fmt: skip
ROWS = [
    ["118052219061", "446111201", "06/02/2026 09:00:00 AM", "06/02/2026 09:05:01 AM", "203.0.113.7", "ada@example.com",
     "Ada", "L", "emp-77", "Individual contributor", "Agree", "", "The brief", "2", "1", "Strongly agree", "Disagree"],
    ["118052219062", "446111201", "06/13/2026 09:00:00 AM", "06/13/2026 09:02:00 AM", "203.0.113.8", "", "", "", "",
     "Leadership", "Agree", "it depends on Bo", "", "1", "1", "Neither agree nor disagree", "N/A"],
]  # fmt: skip
SHEET = [[*META, *QUESTIONS], [*[""] * len(META), *OPTIONS], *ROWS]


def text(rows: list[list[str]] = SHEET) -> str:
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows) + "\n"


def extract(write: Callable[..., Path], content: object, file: str = "data/pulse.csv", **entry: object) -> Extract:
    folder = write({file: content})
    return SURVEYMONKEY.read([Export(folder / file, file)], Source(**entry))


def seen(part: Part, ours: str) -> list[object]:
    return part.sheet.cells[part.sheet.columns.index(part.fields[ours])].astype(object).fillna("").tolist()


def test_an_export_is_recognised() -> None:
    """By respondent and collector, however written; a table of respondents of our own has no collector."""
    for header in (META, ["RespondentID", "CollectorID", "StartDate", "EndDate"]):
        assert SURVEYMONKEY.recognise(Glimpse("a.csv", ".csv", {"": (tuple(header),)}))

    assert () == SURVEYMONKEY.recognise(Glimpse("a.csv", ".csv", {"": (("respondent_id", "wave", "level_band"),)}))


def test_two_rows_of_headings(write: Callable[..., Path]) -> None:
    """A question with one answer is known by itself, a row of a matrix by its own text; what "other" says is no answer."""
    respondents, answers, strategy, ranks = extract(write, text()).parts

    assert ["contributor", "leadership"] == seen(respondents, "level_band")
    assert [301.0, 120.0] == seen(respondents, "duration_s")
    assert ["OWN1", "MIS1", "BOT2"] * 2 == seen(answers, "item_id")
    assert [4.0, 5.0, 2.0, 4.0, 3.0, ""] == seen(answers, "value")
    assert [3, 3, 3, 4, 4, 4] == answers.sheet.cells.index.tolist()
    assert (["Q2"], ["The brief"]) == (seen(strategy, "question"), seen(strategy, "text"))
    assert ["PR01", "PR02"] * 2 == seen(ranks, "priority_id")
    assert [2.0, 1.0, 1.5, 1.5] == seen(ranks, "rank")


def test_a_workbook_gives_the_same(write: Callable[..., Path]) -> None:
    """The second row of headings is wider than the first, where a matrix comes last."""
    book = {"Sheet": [[cell or None for cell in row] for row in SHEET]}
    excel, plain = extract(write, book, "data/pulse.xlsx"), extract(write, text())

    for left, right in zip(plain.parts, excel.parts, strict=True):
        assert left.sheet.columns == right.sheet.columns
        assert left.sheet.cells.astype(object).fillna("").equals(right.sheet.cells.astype(object).fillna(""))


def test_a_workbook_without_that_sheet_is_refused(write: Callable[..., Path]) -> None:
    """By the name engagement.yml gives it."""
    with pytest.raises(InputError, match="there is no such sheet"):
        extract(write, {"Sheet": SHEET}, "data/pulse.xlsx", sheet="Data")


def test_a_question_of_one_column_is_known_by_either_row(write: Callable[..., Path]) -> None:
    """Where a tool set to another language has its own word for "Response" below the question."""
    rows = [
        [*META, TEXT["OWN1"], TEXT["FB1"]],
        [*[""] * len(META), "Antwort", "Antwort"],
        [*ROWS[0][: len(META)], "4", "5"],
    ]

    assert ["OWN1", "FB1"] == seen(extract(write, text(rows)).parts[1], "item_id")


def test_one_row_of_headings_is_taken_as_it_is(write: Callable[..., Path]) -> None:
    """Where somebody took off the second row, the first respondent is not taken for it."""
    rows = [[*META, TEXT["OWN1"]], [*ROWS[0][: len(META)], "Agree"], [*ROWS[1][: len(META)], "Disagree"]]

    assert [4.0, 2.0] == seen(extract(write, text(rows)).parts[1], "value")


def test_a_workbook_of_something_else_is_refused(write: Callable[..., Path]) -> None:
    """No row of it names the respondent."""
    with pytest.raises(InputError, match="no header row was found"):
        extract(write, {"Sheet": [["Task", "Owner"], ["a", "b"]]}, "data/pulse.xlsx")


def test_expanded_columns_are_refused(write: Callable[..., Path]) -> None:
    """A column per possible answer cannot be told from several questions; the way out is one setting of the export."""
    rows = [
        [*META, TEXT["OWN1"], "", "", "", ""],
        [*[""] * len(META), "Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
        [*ROWS[0][: len(META)], "", "", "", "Agree", ""],
    ]

    with pytest.raises(InputError, match="condensed"):
        extract(write, text(rows))


def test_an_export_of_another_survey_is_refused(write: Callable[..., Path]) -> None:
    """With the headings it has, and how to name the items."""
    rows = [[*META, "Lunch?"], [*[""] * len(META), "Response"], [*ROWS[0][: len(META)], "Yes"]]

    with pytest.raises(InputError, match=r"no column is an item of the survey.*items:"):
        extract(write, text(rows))


def test_who_answered_stays_behind(write: Callable[..., Path]) -> None:
    """No id of the tool, address, name, employee number, moment or comment is in a table."""
    found = extract(write, text())
    cells = " ".join(part.sheet.cells.to_csv() for part in found.parts)

    for secret in ("118052", "446111201", "203.0.113", "@", "emp-77", "2026", "it depends on Bo"):
        assert secret not in cells
    note = next(note for note in found.parts[0].sheet.notes if note.startswith("Left behind"))
    assert all(f'"{name}"' in note for name in META)


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """Recognised by itself, to typed tables without a problem; columns are named as the file has them."""
    found = read(
        {
            "data/pulse.csv": text(),
            "data/programs.csv": "program_id,type,team,status\nP1,web,Web,in_progress\n",
            "data/priorities.csv": "priority_id,label\nPR01,Grow\nPR02,Keep\n",
        },
        "sources:\n  - file: data/pulse.csv\n",
    )
    account = next(source for source in found.sources if source.table == "survey_respondents")

    assert () == found.problems
    assert [2, 2] == found.tables["survey_respondents"].groupby("wave").size().tolist() * 2
    assert [1.0, 1.5, 1.5, 2.0] == sorted(found.tables["priority_rankings"]["rank"])
    assert "What is your level?" == account.columns_mapped["level_band"]
