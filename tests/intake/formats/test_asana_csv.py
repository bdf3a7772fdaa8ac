from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.asana_csv import read, recognise
from gapkit.intake.formats.columns import column_of

NEW = (
    "Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee", "Assignee Email",
    "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task", "Brand Name ", "Net..", "Status",
    "Blocked By (Dependencies)", "Blocking (Dependencies)",
)  # fmt: skip
OLD = (
    "TASK ID", "Created At", "Completed At", "Last Modified", "Name", "Assignee", "Assignee Email", "Start Date",
    "Due Date", "Tags", "Notes", "Projects", "Parent Task",
)  # fmt: skip
FILM = {
    "Task ID": "1201234567890123", "Created At": "2026-01-05", "Last Modified": "2026-03-02", "Name": "Film",
    "Section/Column": "Review", "Assignee": "Ana Silva", "Assignee Email": "ana@example.com", "Start Date": "2026-02-01",
    "Due Date": "2026-03-31", "Tags": "urgent, video", "Notes": "first line\nsecond, line", "Projects": "Spring, Brand",
    "Brand Name ": "Acme", "Net..": "4", "Status": "Waiting",
}  # fmt: skip


def text(*tasks: dict[str, Any], header: Sequence[str] = NEW, above: Sequence[Sequence[str]] = ()) -> str:
    """A file as Asana writes it."""
    stream = io.StringIO()
    csv.writer(stream).writerows([*above, header, *([task.get(name, "") for name in header] for task in tasks)])
    return stream.getvalue()


@pytest.fixture
def asana(write: Callable[..., Path]) -> Callable[..., Extract]:
    """The extract of one file with the tasks given, or of several files given by name."""

    def go(*tasks: dict[str, Any], header: Sequence[str] = NEW, files: dict[str, str] | None = None) -> Extract:
        named = files or {"data/a.csv": text(*tasks, header=header)}
        folder = write(named)
        return read([Export(folder / name, name) for name in named], Source(file="data/a.csv"))

    return go


def column(extract: Extract, ours: str) -> list[Any]:
    part = extract.parts[0]
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


def glimpse(*rows: Sequence[str]) -> Glimpse:
    return Glimpse("data/a.csv", ".csv", {"": tuple(tuple(row) for row in rows)})


@pytest.mark.parametrize("header", [NEW, OLD, [name.upper() for name in NEW]])
def test_headers_old_and_new_are_recognised(header: Sequence[str]) -> None:
    """Upper and lower case do not matter, nor do the rows of a Google sheet above the header."""
    above = (["", "", ""], ["", "", "https://app.asana.com/-/googleSheetsProjectCsv?domain=1"], [""])

    assert "last modified" in {name.casefold() for name in recognise(glimpse(*above, header))}


@pytest.mark.parametrize(
    "header",
    [
        "Task ID,Task Name,Bucket Name,Progress,Created Date,Start Date,Due Date,Late,Completed Date",
        "Task ID,Task Name,Task Content,Status,Date Created,Due Date,Parent ID,List Name",
        "ID,Team,Title,Description,Status,Created,Updated,Started,Completed,Canceled",
        "program_id,name,type,team,status,closed_at",
    ],
)
def test_other_files_are_not_recognised(header: str) -> None:
    """Planner, ClickUp, Linear and gapkit's own tables are something else."""
    assert () == recognise(glimpse(header.split(",")))


def test_a_task_is_read_as_the_file_has_it(asana: Callable[..., Extract]) -> None:
    """Ids stay text to the last digit, dates as written; tags and projects become lists; mail and notes stay out."""
    extract = asana(FILM)
    expected = {
        "program_id": "1201234567890123", "name": "Film", "status": "Review", "owners_now": "Ana Silva",
        "first_seen_on": "2026-01-05", "updated_at": "2026-03-02", "current_start": "2026-02-01",
        "current_end": "2026-03-31",
    }  # fmt: skip
    sheet = extract.parts[0].sheet

    assert expected == {ours: column(extract, ours)[0] for ours in expected}
    assert ["urgent;video", "Spring;Brand"] == [column_of(sheet, name)[2] for name in ("Tags", "Projects")]
    assert not {"Notes", "Assignee Email"} & set(sheet.columns)


def test_custom_and_dependency_columns_stay_under_their_names(asana: Callable[..., Extract]) -> None:
    """Blanks around a name go; the client's own Status is kept beside ours and does not decide."""
    extract = asana(FILM)
    sheet = extract.parts[0].sheet

    assert {"Brand Name", "Net..", "Status", "Blocked By (Dependencies)"} <= set(sheet.columns)
    assert (["Waiting"], ["Review"]) == (column_of(sheet, "Status").tolist(), column(extract, "status"))


def test_custom_columns_of_a_usual_name_are_used(asana: Callable[..., Extract]) -> None:
    """A column Squad or Original due date of the client's own says the team and the plan as promised."""
    extract = asana(
        FILM | {"Squad": "Brand", "Original due date": "2026-03-01"}, header=[*NEW, "Squad", "Original due date"]
    )

    assert (["Brand"], ["2026-03-01"]) == (column(extract, "team"), column(extract, "baseline_end"))


def test_the_word_is_the_section_until_the_task_is_done(asana: Callable[..., Extract]) -> None:
    """Completed, Open without a section, and a section called Completed are three different things."""
    done = FILM | {"Task ID": "2", "Completed At": "2026-03-30"}
    bare, namesake = FILM | {"Task ID": "3", "Section/Column": ""}, FILM | {"Task ID": "4", "Section/Column": "Completed"}
    extract = asana(FILM, done, bare, namesake)

    assert ["Review", "Completed", "Open", "Completed (section)"] == column(extract, "status")
    assert ["", "2026-03-30", "", ""] == column(extract, "closed_at")
    assert {"Completed": {"status": "delivered"}} == extract.meanings
    assert "they stand in Review (1)." in extract.notes[0]


def test_parents_given_by_name_become_ids_where_one_task_has_it(asana: Callable[..., Extract]) -> None:
    """A name that several other tasks have, or none, leaves the parent blank, and both are counted."""
    rows = [("1", "Film", ""), ("2", "Cut", "Film"), ("3", "Twin", ""), ("4", "Twin", ""), ("5", "Mix", "Twin"),
            ("6", "Sound", "Gone"), ("7", "Cut", "Cut")]  # fmt: skip
    tasks = [{"Task ID": task_id, "Name": name, "Parent task": above} for task_id, name, above in rows]
    extract = asana(*tasks)

    assert ["", "1", "", "", "", "", "2"] == column(extract, "parent_id")
    assert "2 subtasks stay without a parent" in extract.notes[0]
    assert "1 of several tasks of that name, 1 not in the file" in extract.notes[0]
    assert () == asana(*tasks[:2]).notes


def test_a_task_in_several_projects_keeps_its_id(asana: Callable[..., Extract]) -> None:
    """The copies of a task, in one file or several, are left for merging, and are no ambiguous parents."""
    cut = {"Task ID": "9", "Name": "Cut", "Parent task": "Film"}
    extract = asana(FILM, FILM | {"Section/Column": "Print"}, cut)
    files = asana(files={"data/a.csv": text(FILM), "data/b.csv": text(FILM | {"Projects": "Brand"})})

    assert ["", "", "1201234567890123"] == column(extract, "parent_id")
    assert 2 == len(files.parts)


def test_sections_of_old_files_are_no_tasks(asana: Callable[..., Extract]) -> None:
    """Without a column for it, a row whose name ends with a colon and has nobody is the section of the rows below it."""
    rows = [("1", "Early", ""), ("2", "To do:", ""), ("3", "Film", "Ana"), ("4", "Call Bob:", "Ben"), ("5", "Done :", ""),
            ("6", "Print", "")]  # fmt: skip
    tasks = [{"TASK ID": task_id, "Name": name, "Assignee": who} for task_id, name, who in rows]
    extract = asana(*tasks, header=OLD)

    assert ["1", "3", "4", "6"] == column(extract, "program_id")
    assert ["Open", "To do", "To do", "Done"] == column(extract, "status")
    assert "2 rows whose names end with a colon" in extract.notes[0]


def test_names_with_a_colon_are_tasks_where_sections_have_a_column(asana: Callable[..., Extract]) -> None:
    """Newer files say the section, so nothing is guessed from names."""
    extract = asana({"Task ID": "1", "Name": "Launch:", "Section/Column": "Review"})

    assert (["1"], ()) == (column(extract, "program_id"), extract.notes)


def test_one_unreadable_file_is_a_problem_and_not_the_end(asana: Callable[..., Extract]) -> None:
    """Of several files the good ones are read."""
    extract = asana(files={"data/a.csv": "", "data/b.csv": text(FILM)})

    assert (["data/a.csv"], 1) == ([problem.file for problem in extract.problems], len(extract.parts))


def test_a_google_sheet_is_read_below_its_address(read: Callable[..., Intake]) -> None:
    """Rows keep the number a spreadsheet shows, whatever stands above the header."""
    above = [["", ""], ["", "https://app.asana.com/-/googleSheetsProjectCsv?x=1"], ["", ""]]
    intake = read({"data/a.csv": text(FILM | {"Due Date": "soon"}, above=above)}, "sources:\n  - file: data/a.csv\n")

    assert [(5, "Due Date", "soon")] == [(p.row, p.column, p.value) for p in intake.problems]


def test_a_damaged_id_is_named(read: Callable[..., Intake]) -> None:
    """An id a spreadsheet has rounded is a problem with its row; a whole one of 16 digits is kept."""
    tasks = text(FILM, FILM | {"Task ID": "1.20123E+15", "Name": "Print"})
    intake = read({"data/a.csv": tasks}, "sources:\n  - file: data/a.csv\n")

    assert [(3, "Task ID")] == [(p.row, p.column) for p in intake.problems if "rounded" in p.what]


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """A done task is delivered on its day; a copy in another project is the same task; an open one is not started."""
    done = FILM | {"Completed At": "2026-03-30"}
    copy = done | {"Section/Column": "Print", "Last Modified": "2026-02-01"}
    files = {"data/asana/a.csv": text(done, FILM | {"Task ID": "2", "Name": "Print"}), "data/asana/b.csv": text(copy)}
    intake = read(files, "sources:\n  - file: data/asana/*.csv\n")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert {"1201234567890123": "delivered", "2": "not_started"} == programs["status"].to_dict()
    assert "2026-03-30" == str(programs.loc["1201234567890123", "actual_end"].date())
    assert (("Review", 1),) == intake.sources[0].unmapped["status"]


def test_sections_tell_what_was_given_up_where_the_consultant_says_so(read: Callable[..., Intake]) -> None:
    """With the section as status, completed tasks in a section that means given up are cancelled, not delivered."""
    stopped = FILM | {"Section/Column": "Stopped", "Completed At": "2026-03-30"}
    tasks = [stopped, stopped | {"Task ID": "2", "Section/Column": "Live"}]
    yml = (
        "sources:\n  - file: data/a.csv\n    fields: {status: Section/Column}\n"
        "    statuses: {Stopped: cancelled, Live: delivered}\n"
    )
    programs = read({"data/a.csv": text(*tasks)}, yml).tables["programs"]

    assert ["cancelled", "delivered"] == programs["status"].tolist()
    assert [True, False] == programs["cancelled_at"].notna().tolist()


def test_one_corrupted_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """It is named by file, row, column and value, and the other rows are read."""
    tasks = [FILM | {"Task ID": str(n), "Due Date": f"2026-04-0{n}" if n != 3 else "2026-04-99"} for n in range(1, 6)]
    intake = read({"data/a.csv": text(*tasks)}, "sources:\n  - file: data/a.csv\n")

    # The description of a task takes two lines of text, and one row of a spreadsheet.
    assert [("data/a.csv", 4, "Due Date", "2026-04-99")] == [(p.file, p.row, p.column, p.value) for p in intake.problems]
    assert ["1", "2", "4", "5"] == intake.tables["programs"].dropna(subset="current_end")["program_id"].tolist()


@settings(max_examples=20)
@given(st.permutations(range(5)))
def test_the_order_of_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    """Every task has the parent it would have in any other order."""
    rows = [("1", "Film", ""), ("2", "Cut", "Film"), ("3", "Twin", ""), ("4", "Twin", "Cut"), ("5", "Mix", "Twin")]
    tasks = [{"Task ID": task_id, "Name": name, "Parent task": above} for task_id, name, above in rows]
    path = tmp_path_factory.mktemp("asana") / "a.csv"
    path.write_text(text(*(tasks[n] for n in order)), encoding="utf-8", newline="")
    extract = read([Export(path, "data/a.csv")], Source(file="data/a.csv"))

    expected = {"1": "", "2": "1", "3": "", "4": "2", "5": ""}
    assert expected == dict(zip(column(extract, "program_id"), column(extract, "parent_id"), strict=True))


def test_a_size_of_zero_is_not_estimated(asana: Callable[..., Extract]) -> None:
    """Asana shows 0 where nobody has estimated; it must not stop the whole file."""
    tasks = [{**FILM, "Story points": "0"}, {**FILM, "Task ID": "1201234567890124", "Story points": "3"}]
    extract = asana(*tasks, header=(*NEW, "Story points"))

    assert ["", "3"] == column(extract, "size_points")
    assert ('Column "Story points": 1 cell with 0, read as not estimated.',) == extract.parts[0].sheet.notes
