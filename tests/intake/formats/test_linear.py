from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.linear import LINEAR

WIDE = [
    "ID", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project ID", "Project", "Creator", "Assignee",
    "Labels", "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End", "Created", "Updated", "Started", "Triaged",
    "Completed", "Canceled", "Archived", "Due Date", "Parent issue", "Initiatives", "Project Milestone ID",
    "Project Milestone", "SLA Status", "UUID", "Time in status (minutes)", "Related to", "Blocked by", "Duplicate of",
]  # fmt: skip
NARROW = WIDE[:30]
ISSUES = (
    {"ID": "MKT-1", "Team": "Marketing", "Title": "'=Sum of parts", "Description": "Long\ntext", "Status": "Done",
     "Estimate": "3", "Creator": "ann@acme.test", "Assignee": "bob@acme.test", "Labels": "brand, web",
     "Created": "2026-01-05T09:00:00.000Z", "Updated": "2026-04-01T01:00:00.000Z", "Started": "2026-02-01T09:00:00.000Z",
     "Completed": "2026-04-01T01:00:00.000Z", "Due Date": "2026-03-31", "Time in status (minutes)": "120"},
    {"ID": "MKT-2", "Team": "Marketing", "Title": "Second", "Status": "Done", "Estimate": "0",
     "Created": "2026-01-05T09:00:00.000Z", "Completed": "2026-02-01T12:00:00.000Z", "Parent issue": "MKT-1"},
    {"ID": "MKT-3", "Team": "Marketing", "Title": "Third", "Status": "Won't do", "Created": "2026-01-05T09:00:00.000Z",
     "Canceled": "2026-03-01T12:00:00.000Z", "Due Date": "2026-06-30T00:00:00.000Z"},
    {"ID": "MKT-4", "Team": "Marketing", "Title": "-5% test", "Status": "In Review", "Created": "2026-01-05T09:00:00.000Z",
     "Started": "2026-02-01T09:00:00.000Z"},
)  # fmt: skip


def export(header: list[str] = WIDE, issues: tuple[dict[str, str], ...] = ISSUES) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", extrasaction="ignore", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(issues)
    return text.getvalue()


def in_javascript(issue: dict[str, str]) -> dict[str, str]:
    """The same issue with its moments as JavaScript writes them."""
    spelled = {
        name: pd.Timestamp(cell).strftime("%a %b %d %Y %H:%M:%S GMT+0000 (GMT+00:00)")
        for name, cell in issue.items()
        if name in ("Created", "Updated", "Started", "Completed", "Canceled")
    }
    return issue | spelled


def extract(write: Callable[..., Path], *texts: str) -> Extract:
    files = {f"data/linear{number}.csv": text for number, text in enumerate(texts)}
    folder = write(files)
    return LINEAR.read([Export(folder / file, file) for file in files], Source())


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


@pytest.mark.parametrize("header", [WIDE, NARROW], ids=["34 columns", "30 columns"])
def test_both_shapes_are_recognised_and_read(header: list[str], write: Callable[..., Path]) -> None:
    """They differ only in what no program needs."""
    part = extract(write, export(header)).parts[0]

    assert {"Triaged", "Cycle Number"} <= set(LINEAR.recognise(Glimpse("data/a.csv", ".csv", {"": (tuple(header),)})))
    assert ["MKT-1", "MKT-2", "MKT-3", "MKT-4"] == seen(part, "program_id")
    assert ["2026-02-01T09:00:00.000Z", "", "", "2026-02-01T09:00:00.000Z"] == seen(part, "actual_start")
    assert ("Time in status (minutes)" in part.sheet.columns) is (header is WIDE)


def test_a_file_with_few_columns_gives_what_it_has(write: Callable[..., Path]) -> None:
    """Somebody has taken columns out; what is missing means nothing."""
    told = extract(write, "ID,Title,Status\nMKT-1,First,Done\n")

    assert ({"program_id", "name", "status"}, {}) == (set(told.parts[0].fields), told.meanings)


def test_another_tracker_is_not_recognised() -> None:
    """ID, Team, Title and Status alone are anybody's."""
    assert () == LINEAR.recognise(Glimpse("data/a.csv", ".csv", {"": (("ID", "Team", "Title", "Status", "Completed"),)}))


def test_completed_and_canceled_are_two_days_and_two_meanings(write: Callable[..., Path]) -> None:
    """Which of the client's words mean delivered is in the file: every issue in them is completed, or cancelled."""
    told = extract(write, export())

    assert ["2026-04-01T01:00:00.000Z", "2026-02-01T12:00:00.000Z", "", ""] == seen(told.parts[0], "closed_at")
    assert ["", "", "2026-03-01T12:00:00.000Z", ""] == seen(told.parts[0], "cancelled_at")
    assert {"Done": {"status": "delivered"}, "Won't do": {"status": "cancelled"}} == told.meanings


def test_a_status_has_no_meaning_when_its_issues_disagree(write: Callable[..., Path]) -> None:
    """Over all files of a day: one issue that is done without a date, or both done and cancelled, spoils it."""
    undated = ({"ID": "MKT-9", "Title": "Ninth", "Status": "Done"},)
    both = ({"ID": "MKT-8", "Title": "x", "Status": "Won't do", "Completed": "2026-01-01", "Canceled": "2026-01-02"},)

    assert {} == extract(write, export(), export(issues=undated + both)).meanings


def test_text_loses_its_guard_and_lists_their_commas(write: Callable[..., Path]) -> None:
    """The apostrophe stands before formulas only; labels are a list; owners stay e-mail addresses."""
    part = extract(write, export()).parts[0]

    assert ["=Sum of parts", "Second", "Third", "-5% test"] == seen(part, "name")
    assert "brand;web" == column_of(part.sheet, "Labels").iloc[0]
    assert ["bob@acme.test", "", "", ""] == seen(part, "owners_now")
    assert not {"Description", "Creator"} & set(part.sheet.columns)


def test_a_guard_before_anything_else_is_an_apostrophe(write: Callable[..., Path]) -> None:
    """'90s retro is a title."""
    issues = ({"ID": "MKT-1", "Title": "'90s retro", "Status": "Done"},)

    assert ["'90s retro"] == seen(extract(write, export(issues=issues)).parts[0], "name")


def test_due_dates_are_days_wherever_they_were_written(write: Callable[..., Path]) -> None:
    """Midnight in New York, London, Kolkata and UTC, in either spelling, is the day meant; what is no date stays."""
    due = ["2026-04-17T04:00:00.000Z", "Thu Jun 25 2026 23:00:00 GMT+0000 (GMT+00:00)", "2026-06-30T18:30:00.000Z",
           "2026-06-30T00:00:00.000Z", "2026-06-30", "soon", ""]  # fmt: skip
    issues = tuple({"ID": f"MKT-{row}", "Title": "x", "Status": "Todo", "Due Date": day} for row, day in enumerate(due))

    expected = ["2026-04-17", "2026-06-26", "2026-07-01", "2026-06-30", "2026-06-30", "soon", ""]
    assert expected == seen(extract(write, export(issues=issues)).parts[0], "current_end")


def test_rows_that_repeat_the_header_are_no_issues(write: Callable[..., Path]) -> None:
    """They are left out and counted; all other rows keep their numbers."""
    text = export() + export(issues=ISSUES[:1]).replace("MKT-1", "MKT-5")
    sheet = extract(write, text).parts[0].sheet

    assert [2, 3, 4, 5, 7] == sheet.cells.index.tolist()
    assert any("repeats its header in 1 row (6)" in note for note in sheet.notes)


def test_short_rows_are_padded(write: Callable[..., Path]) -> None:
    """Some files lack the last, empty column in every row below the header."""
    header, *lines = export().split("\r\n")
    text = "\r\n".join([header, *(line.removesuffix(',""') for line in lines)])
    told = extract(write, text)

    assert ((), ()) == (told.problems, told.parts[0].sheet.problems)
    assert extract(write, export()).parts[0].sheet.cells.equals(told.parts[0].sheet.cells)


def test_an_estimate_of_zero_is_no_size(write: Callable[..., Path]) -> None:
    """It is said how many there were."""
    part = extract(write, export()).parts[0]

    assert ["3", "", "", ""] == seen(part, "size_points")
    assert any("1 cell with 0" in note for note in part.sheet.notes)


@pytest.mark.parametrize("issues", [ISSUES, tuple(map(in_javascript, ISSUES))], ids=["iso", "javascript"])
def test_a_linear_export_becomes_programs(issues: tuple[dict[str, str], ...], read: Callable[..., Intake]) -> None:
    """Both spellings of dates give the same: local days, deliveries and cancellations by the file's own word."""
    intake = read({"data/linear.csv": export(issues=issues)}, "sources:\n  - file: data/linear.csv\n")
    programs = intake.tables["programs"].set_index("program_id")
    days = programs[["first_seen_on", "actual_start", "actual_end", "cancelled_at", "current_end"]]

    assert () == intake.problems
    assert ["delivered", "delivered", "cancelled", "in_progress"] == programs["status"].tolist()
    assert ["2026-01-05", "2026-02-01", "2026-03-31", "", "2026-03-31"] == days.loc["MKT-1"].dt.strftime("%F").fillna(
        ""
    ).tolist()
    assert "2026-03-01" == str(programs.loc["MKT-3", "cancelled_at"].date())
    assert (("In Review", 1),) == intake.sources[0].unmapped["status"]
    assert "MKT-1" == programs.loc["MKT-2", "parent_id"]


def test_the_order_of_rows_changes_nothing(write: Callable[..., Path]) -> None:
    """Meanings and cells are the same from the other end."""
    there, back = (extract(write, export(issues=issues)) for issues in (ISSUES, ISSUES[::-1]))

    assert there.meanings == back.meanings
    assert seen(there.parts[0], "closed_at") == seen(back.parts[0], "closed_at")[::-1]
