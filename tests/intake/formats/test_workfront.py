from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.workfront import WORKFRONT

HEADER = ["Reference Number", "Name", "Status", "Assigned To", "Planned Start Date", "Planned Completion Date",
          "Actual Start Date", "Actual Completion Date", "Projected Completion Date", "Commit Date", "Entry Date",
          "Approval Path Completion Date", "Description"]  # fmt: skip
DAY = dt.datetime
GROUPED = {"Report": [
    ["Marketing work, all portfolios"],
    [],
    HEADER,
    ["Portfolio: Brand"],
    [101, "Spring launch", "In Progress", "Ana Lima, Ben Roy", DAY(2026, 3, 2), DAY(2026, 3, 27), DAY(2026, 3, 4), None,
     DAY(2026, 4, 3), DAY(2026, 3, 30), DAY(2026, 2, 1), None, "long"],
    [102, "Brand film", "Complete - Pending Approval", "Ben Roy", DAY(2026, 1, 5), DAY(2026, 2, 27), DAY(2026, 1, 5),
     DAY(2026, 3, 6), DAY(2026, 3, 6), None, DAY(2025, 12, 1), None, None],
    HEADER,
    ["Portfolio: Web"],
    [103, "Landing page", "Complete", "Cy Poe", DAY(2026, 1, 5), DAY(2026, 2, 6), DAY(2026, 1, 7), DAY(2026, 2, 11),
     DAY(2026, 2, 11), None, DAY(2025, 12, 2), DAY(2026, 2, 10), None],
    [104, "Old banner", "Dead", None, DAY(2026, 1, 5), DAY(2026, 2, 6), None, DAY(2026, 1, 20), None, None,
     DAY(2025, 12, 3), None, None],
]}  # fmt: skip
TABBED = "\n".join(
    "\t".join(row)
    for row in [
        ["Name", "ID", "Status", "Planned Completion Date", "Actual Completion Date", "Entry Date"],
        ["Spring launch", "5f1", "Current", "3/27/26", "", "2/1/26"],
        ["Landing page", "5f2", "Complete", "2/6/26", "2/11/26", "12/2/25"],
    ]
)


def read_file(write: Callable[..., Path], content: object, name: str = "data/report.xlsx", **source: Any) -> Extract:
    folder = write({name: content})
    return WORKFRONT.read([Export(folder / name, name)], Source(**source))


def column(extract: Extract, ours: str) -> list[object]:
    part = extract.parts[0]
    cells = part.sheet.cells.iloc[:, part.sheet.columns.index(part.fields.get(ours, ours))]
    return [None if pd.isna(cell) else cell for cell in cells]


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        (tuple(HEADER), True),
        (("Name", "Planned Completion Date", "Entry Date"), True),
        (("Name", "Projected Completion Date", "Commit Date"), True),
        (("Name", "Planned Completion Date"), False),
        (("Task Name", "Start Date", "Due Date", "Completed Date"), False),
        (("program_id", "name", "type", "team", "status"), False),
    ],
)
def test_a_report_is_known_by_its_dates(header: tuple[str, ...], is_one: bool) -> None:
    """Planned and projected completion together with one more name of Workfront's."""
    assert is_one == bool(WORKFRONT.recognise(Glimpse("data/a.xlsx", ".xlsx", {"Report": (("A title",), header)})))


def test_titles_groups_and_repeated_headers_are_no_items(write: Callable[..., Path]) -> None:
    """The group stands beside its items, the rows keep their numbers."""
    extract = read_file(write, GROUPED)

    assert [5, 6, 9, 10] == extract.parts[0].sheet.cells.index.tolist()
    assert ["Portfolio: Brand"] * 2 + ["Portfolio: Web"] * 2 == column(extract, "Group of the report")
    assert any("2 rows that only name a group left out" in note for note in extract.notes)


def test_the_dates_mean_what_the_vendor_says(write: Callable[..., Path]) -> None:
    """Planned is the plan, actual what happened; what is only projected or hoped for stays under its own name."""
    part = read_file(write, GROUPED).parts[0]

    assert {"current_start": "Planned Start Date", "current_end": "Planned Completion Date",
            "actual_start": "Actual Start Date", "closed_at": "Actual Completion Date",
            "first_seen_on": "Entry Date"}.items() <= part.fields.items()  # fmt: skip
    assert {"Projected Completion Date", "Commit Date", "Approval Path Completion Date"} <= set(part.sheet.columns)
    assert {"actual_end", "committed_at", "baseline_end"}.isdisjoint(part.fields)


def test_a_pending_approval_is_what_the_status_says(write: Callable[..., Path]) -> None:
    """The word is kept; that somebody's approval is awaited is all the export says of it."""
    extract = read_file(write, GROUPED)

    assert ["In Progress", "Complete - Pending Approval", "Complete", "Dead"] == column(extract, "status")
    assert {"Complete - Pending Approval": {"kind": "approval"}} == extract.meanings


def test_several_names_are_several_owners(write: Callable[..., Path]) -> None:
    """Joined by a comma in the report; descriptions are left out."""
    extract = read_file(write, GROUPED)

    assert ["Ana Lima;Ben Roy", "Ben Roy", "Cy Poe", None] == column(extract, "owners_now")
    assert "Description" not in extract.parts[0].sheet.columns


def test_a_plain_list_needs_no_group(write: Callable[..., Path]) -> None:
    """CSV from Workfront is separated by tabs; the id is the client's own, nothing is left out or added."""
    extract = read_file(write, TABBED, "data/report.csv")

    assert ["5f1", "5f2"] == column(extract, "program_id")
    assert () == extract.notes
    assert "Group of the report" not in extract.parts[0].sheet.columns


def test_a_header_in_another_language_is_mapped(write: Callable[..., Path]) -> None:
    """The consultant names the columns; they are found although none of their names is known."""
    text = "Bericht\nNummer\tTitel\tGeplantes Abschlussdatum\n7\tSpring\t27.03.26\n"
    fields = {"program_id": "Nummer", "name": "Titel", "current_end": "Geplantes Abschlussdatum"}
    extract = read_file(write, text, "data/report.csv", fields=fields)

    assert (["7"], ["Spring"], ["27.03.26"]) == tuple(column(extract, name) for name in fields)


def test_a_report_through_the_whole_of_intake(read: Callable[..., Intake]) -> None:
    """A dead project was closed as well, and is not delivered; day and month are decided by the file."""
    yml = "sources: [{file: data/report.xlsx, statuses: {Complete: delivered, Dead: cancelled}}]\n"
    intake = read({"data/report.xlsx": GROUPED}, yml)
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert pd.Timestamp("2026-02-11") == programs.loc["103", "actual_end"]
    assert pd.Timestamp("2026-01-20") == programs.loc["104", "cancelled_at"]
    assert pd.isna(programs.loc["104", "actual_end"])
    assert pd.Timestamp("2026-03-04") == programs.loc["101", "actual_start"]
    assert pd.Timestamp("2026-03-27") == programs.loc["101", "current_end"]


def test_a_tabbed_report_through_the_whole_of_intake(read: Callable[..., Intake]) -> None:
    """M/D/YY is told from D/M/YY by a day above 12."""
    intake = read({"data/report.csv": TABBED}, "sources: [{file: data/report.csv, statuses: {Complete: delivered}}]\n")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert pd.Timestamp("2026-02-11") == programs.loc["5f2", "actual_end"]
    assert pd.Timestamp("2025-12-02") == programs.loc["5f2", "first_seen_on"]
