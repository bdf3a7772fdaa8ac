from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.smartsheet import SMARTSHEET

HEADER = ("Task Name", "Duration", "Start", "Finish", "Predecessors", "Assigned To", "% Complete", "Status",
          "Baseline Start", "Baseline Finish", "Variance", "Created", "Created By", "Modified", "Comments")  # fmt: skip
DAY = dt.datetime
ROWS = (
    (0, "Spring launch", "20d", DAY(2026, 3, 2), DAY(2026, 3, 27), None, "Ana Lima", 0.5, "In Progress",
     DAY(2026, 3, 2), DAY(2026, 3, 20), "-5d", DAY(2026, 2, 1, 9, 30), "ana@acme.example", DAY(2026, 3, 10, 8), "late"),
    (1, "Design", "5d", DAY(2026, 3, 2), DAY(2026, 3, 6), None, "Ben Roy, cy@acme.example", 1, "Complete"),
    (2, "Banner", "2d", DAY(2026, 3, 2), DAY(2026, 3, 3), None, "Ben Roy", 1, "Complete"),
    (1, "Build", "10d", DAY(2026, 3, 9), DAY(2026, 3, 20), "2", None, 0, "Not Started"),
    None,
    (0, "Newsletter", "1d", DAY(2026, 4, 1), DAY(2026, 4, 1), None, "Ana Lima", 0, "Not Started"),
)  # fmt: skip


def workbook(header: tuple[str, ...] = HEADER, rows: tuple[tuple[object, ...] | None, ...] = ROWS) -> bytes:
    """Return a workbook as Smartsheet writes it: rows indented by outline level, comments on a sheet of their own."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Plan"
    page.append(header)
    for number, row in enumerate(rows, start=2):
        if row is not None:
            page.append(row[1:])
            page.row_dimensions[number].outline_level = row[0]
        else:
            page.append([])
    comments = book.create_sheet("Comments")
    comments.append(["Row", "Comment", "Created By"])
    comments.append(["Row 2", "please hurry", "ana@acme.example"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_file(write: Callable[..., Path], content: str | bytes, name: str = "data/plan.xlsx", **source: Any) -> Extract:
    folder = write({name: content})
    return SMARTSHEET.read([Export(folder / name, name)], Source(**source))


def column(extract: Extract, ours: str) -> list[object]:
    part = extract.parts[0]
    cells = part.sheet.cells.iloc[:, part.sheet.columns.index(part.fields[ours])]
    return [None if pd.isna(cell) else cell for cell in cells]


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        (HEADER, True),
        (("Primary Column", "Column2", "Column3"), True),
        (("Task", "Baseline Start", "Baseline Finish", "Variance"), True),
        (("Task Name", "Start", "Finish", "Owner"), False),
        (("Task ID", "Task Name", "Bucket Name", "Progress", "Assigned To", "Start Date", "Due Date"), False),
        (("program_id", "name", "type", "team", "status"), False),
    ],
)
def test_a_sheet_is_known_by_its_project_columns(header: tuple[str, ...], is_one: bool) -> None:
    """Sheets with none of them, and other trackers, are something else."""
    assert is_one == bool(SMARTSHEET.recognise(Glimpse("data/a.xlsx", ".xlsx", {"Plan": (header,)})))


def test_indented_rows_belong_to_the_row_above(write: Callable[..., Path]) -> None:
    """The nearest row above that is indented less is the parent; blank rows stand for nothing."""
    extract = read_file(write, workbook())

    assert [f"Plan row {row}" for row in (2, 3, 4, 5, 7)] == column(extract, "program_id")
    assert [None, "Plan row 2", "Plan row 3", "Plan row 2", None] == column(extract, "parent_id")
    assert any("auto-number column" in note for note in extract.notes)


def test_project_columns_are_read(write: Callable[..., Path]) -> None:
    """Start and finish are the plan of today, the baseline that of then; several contacts are several owners."""
    extract = read_file(write, workbook())

    assert ["In Progress", "Complete", "Complete", "Not Started", "Not Started"] == column(extract, "status")
    assert ["Ana Lima", "Ben Roy;cy@acme.example", "Ben Roy", None, "Ana Lima"] == column(extract, "owners_now")
    assert {"current_start": "Start", "current_end": "Finish", "baseline_start": "Baseline Start",
            "baseline_end": "Baseline Finish", "first_seen_on": "Created",
            "updated_at": "Modified"}.items() <= extract.parts[0].fields.items()  # fmt: skip
    assert {"actual_start", "actual_end", "closed_at"}.isdisjoint(extract.parts[0].fields)


def test_comments_and_accounts_are_left_out(write: Callable[..., Path]) -> None:
    """The sheet of comments is named as not read; who created a row is nobody's business."""
    sheet = read_file(write, workbook()).parts[0].sheet

    assert {"Created By", "Comments"}.isdisjoint(sheet.columns)
    assert ('data/plan.xlsx: sheet "Plan" was read, not Comments.',) == sheet.notes


def test_ids_of_the_client_are_used_where_they_are_whole(write: Callable[..., Path]) -> None:
    """A column of ids that is blank somewhere, or repeats one, is none; one that fields: names is taken as it is."""
    header = ("Row ID", *HEADER)
    rows = [(row[0], f"T{n}", *row[1:]) for n, row in enumerate(filter(None, ROWS))]
    whole = read_file(write, workbook(header, tuple(rows)))
    blank = read_file(write, workbook(header, (*rows[:-1], (0, None, *rows[-1][2:]))))
    named = read_file(write, workbook(header, tuple(rows)), fields={"program_id": "Task Name"})

    assert (["T0", "T1", "T2", "T3", "T4"], ()) == (column(whole, "program_id"), whole.notes)
    assert [None, "T0", "T1", "T0", None] == column(whole, "parent_id")
    assert "Plan row 2" == column(blank, "program_id")[0]
    assert "Spring launch" == column(named, "program_id")[0]


def test_the_share_of_completion_stands_in_for_a_status(write: Callable[..., Path]) -> None:
    """Only where the sheet has no status; a fraction in Excel, a percentage in CSV."""
    header = tuple(name for name in HEADER if name != "Status")
    rows = tuple((*row[:8], *row[9:]) if row else None for row in ROWS)
    excel = read_file(write, workbook(header, rows))
    text = (
        "Task Name,Start,Finish,Assigned To,% Complete\nA,03/16/26,03/20/26,Ana,100%\nB,03/16/26,03/20/26,Ben,7%\nC,,,,\n"
    )
    csv = read_file(write, text, "data/Launch plan.csv")

    assert ["partly complete", "100 % complete", "100 % complete", "0 % complete", "0 % complete"] == column(
        excel, "status"
    )
    assert ["100 % complete", "partly complete", None] == column(csv, "status")
    assert "delivered" == csv.meanings["100 % complete"]["status"]


def test_csv_loses_the_hierarchy(write: Callable[..., Path]) -> None:
    """Which is said; the name of the file stands before the number of the row."""
    text = "Task Name,Start,Finish,Assigned To,% Complete\nA,03/16/26,03/20/26,Ana,100%\n"
    extract = read_file(write, text, "data/Launch plan.csv")

    assert ["Launch plan row 2"] == column(extract, "program_id")
    assert "parent_id" not in extract.parts[0].fields
    assert any("CSV loses which row is indented" in note for note in extract.notes)


def test_other_columns_are_known_by_usual_titles(write: Callable[..., Path]) -> None:
    """The columns are the client's own; what fields: says goes before what they are called."""
    text = "Primary Column,Team,Owner,Due Date,Deadline\nA,Web,Ana,2026-03-20,2026-03-01\n"
    plain = read_file(write, text, "data/a.csv")
    mapped = read_file(write, text, "data/a.csv", fields={"current_end": "Deadline"})

    assert {"name": "Primary Column", "team": "Team", "owners_now": "Owner", "current_end": "Due Date"}.items() <= (
        plain.parts[0].fields.items()
    )
    assert "Deadline" == mapped.parts[0].fields["current_end"]


def test_one_bad_file_does_not_take_the_others_with_it(write: Callable[..., Path]) -> None:
    """Its problem is told; when none can be read, that is refused."""
    folder = write({"data/a.xlsx": workbook(), "data/b.xlsx": b"no workbook"})
    good, bad = (Export(folder / name, name) for name in ("data/a.xlsx", "data/b.xlsx"))
    extract = SMARTSHEET.read([good, bad], Source())

    assert (1, ["data/b.xlsx"]) == (len(extract.parts), [problem.file for problem in extract.problems])
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        SMARTSHEET.read([bad], Source())


def test_a_sheet_through_the_whole_of_intake(read: Callable[..., Intake]) -> None:
    """Statuses mapped, dates typed, parents kept."""
    yml = """sources:
  - file: data/plan.xlsx
    statuses: {Complete: delivered}
"""
    intake = read({"data/plan.xlsx": workbook()}, yml)
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["in_progress", "delivered", "delivered", "not_started", "not_started"] == programs["status"].tolist()
    assert pd.Timestamp("2026-03-20") == programs.loc["Plan row 2", "baseline_end"]
    assert pd.Timestamp("2026-03-27") == programs.loc["Plan row 2", "current_end"]
    assert pd.Timestamp("2026-02-01") == programs.loc["Plan row 2", "first_seen_on"]
    assert "Plan row 3" == programs.loc["Plan row 4", "parent_id"]
