from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats import wrike
from gapkit.intake.formats.wrike import WRIKE

HEADER = ["Key", "Parent Task", "Title", "Status", "Custom Status", "Priority", "Assigned To", "Start Date", "Duration",
          "End Date", "Depends On", "Start Date Constraint", "Description", "Market"]  # fmt: skip
DAY = dt.datetime
ROWS = [
    [None, None, "/Marketing/"],
    [1, None, "Brand guide", "Active", "In Review", "Normal", "Ana Lima <ana@acme.example>", DAY(2026, 3, 2),
     "5 days 1 hour 30 minutes", DAY(2026, 3, 9), None, "As Soon As Possible", "long text", "US"],
    [None, None, "/Marketing/Spring launch/", "Green", None, None, "Ana Lima <ana@acme.example>", DAY(2026, 3, 1), None,
     DAY(2026, 4, 30)],
    [2, None, "Landing page", "Completed", "Live", "High", "Ben Roy <ben@acme.example>, <cy@acme.example>",
     DAY(2026, 3, 2), "3 days", DAY(2026, 3, 5), "1FS", None, None, "UK"],
    [3, 2, "Header image", "Cancelled", "Dropped"],
    [None, None, "/Marketing/Spring launch/Ads/"],
    [4, None, "Banner", "Deferred", "On ice"],
    [None, None, "/Sales/"],
    [1, None, "Brand guide", "Active", "In Review", "Normal", "Ana Lima <ana@acme.example>", DAY(2026, 3, 2),
     "5 days 1 hour 30 minutes", DAY(2026, 3, 9), None, "As Soon As Possible", "long text", "US"],
]  # fmt: skip
BOOK = {"Tasks": [HEADER, *ROWS]}


def read_file(write: Callable[..., Path], content: object, name: str = "data/wrike.xlsx", **source: Any) -> Extract:
    folder = write({name: content})
    return WRIKE.read([Export(folder / name, name)], Source(**source))


def column(extract: Extract, ours: str) -> list[object]:
    part = extract.parts[0]
    cells = part.sheet.cells.iloc[:, part.sheet.columns.index(part.fields.get(ours, ours))]
    return [None if pd.isna(cell) else cell for cell in cells]


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        (tuple(HEADER), True),
        (("Key", "Parent Task", "Title", "Status"), True),
        (("Task ID", "Name", "Section/Column", "Parent task", "Due Date"), False),
        (("Summary", "Issue key", "Issue id", "Status"), False),
        (("program_id", "name", "type", "team", "status"), False),
    ],
)
def test_an_export_is_known_by_key_parent_and_title(header: tuple[str, ...], is_one: bool) -> None:
    """Other trackers have none of these together."""
    assert is_one == bool(WRIKE.recognise(Glimpse("data/a.xlsx", ".xlsx", {"Tasks": (header,)})))


def test_folders_are_no_programs_and_projects_are(write: Callable[..., Path]) -> None:
    """A row between slashes is a folder unless it has a status, an owner or dates of its own."""
    extract = read_file(write, BOOK)

    assert ["Brand guide", "Spring launch", "Landing page", "Header image", "Banner"] == column(extract, "name")
    assert ["wrike 1", "/Marketing/Spring launch/", "wrike 2", "wrike 3", "wrike 4"] == column(extract, "program_id")
    assert any("3 folder rows left out" in note for note in extract.notes)


def test_tasks_belong_to_their_parent_or_project(write: Callable[..., Path]) -> None:
    """The key of a parent task goes before the project; a folder within a project belongs to it."""
    parents = column(read_file(write, BOOK), "parent_id")

    assert [None, None, "/Marketing/Spring launch/", "wrike 2", "/Marketing/Spring launch/"] == parents


def test_a_task_below_a_task_is_part_of_it(write: Callable[..., Path]) -> None:
    """A subtask is no program; a task that only lies in a project is one."""
    extract = read_file(write, BOOK)

    assert [None, None, None, "deliverable", None] == column(extract, "level")
    assert "level" not in read_file(write, "Key,Parent Task,Title,Status\n1,,A,Active\n", "data/w.csv").parts[0].fields


def test_a_task_in_several_folders_counts_once(write: Callable[..., Path]) -> None:
    """With both folders beside it, and a note."""
    extract = read_file(write, BOOK)

    assert ["/Marketing/;/Sales/", "/Marketing/Spring launch/", "/Marketing/Spring launch/", "/Marketing/Spring launch/",
            "/Marketing/Spring launch/Ads/"] == column(extract, "Folder")  # fmt: skip
    assert any("1 row repeats a task" in note for note in extract.notes)


def test_the_group_says_what_a_status_means(write: Callable[..., Path]) -> None:
    """Completed, deferred and cancelled are three things; active says only that none of them holds."""
    extract = read_file(write, BOOK)

    assert ["In Review", "Green", "Live", "Dropped", "On ice"] == column(extract, "status")
    assert {"Live": {"status": "delivered"}, "Dropped": {"status": "cancelled"}, "On ice": {"status": "paused"}} == (
        extract.meanings
    )


def test_one_word_in_two_groups_is_two_words(write: Callable[..., Path]) -> None:
    """Two workflows may both have a "Closed": what was completed is kept apart from what was cancelled."""
    text = "Key,Parent Task,Title,Status,Custom Status\n1,,A,Completed,Closed\n2,,B,Cancelled,Closed\n3,,C,Active,New\n"
    extract = read_file(write, text, "data/w.csv")

    assert ["Closed (Completed)", "Closed (Cancelled)", "New"] == column(extract, "status")
    assert {
        "Closed (Completed)": {"status": "delivered"},
        "Closed (Cancelled)": {"status": "cancelled"},
    } == extract.meanings


def test_without_workflows_the_group_is_the_status(write: Callable[..., Path]) -> None:
    """The file then has no column for custom statuses."""
    extract = read_file(write, "Key,Parent Task,Title,Status\n1,,A,Completed\n2,,B,Active\n", "data/w.csv")

    assert ["Completed", "Active"] == column(extract, "status")
    assert {"Completed": {"status": "delivered"}} == extract.meanings


def test_people_are_named_without_their_addresses(write: Callable[..., Path]) -> None:
    """Where only the address is known it stands; several people are several owners."""
    owners = column(read_file(write, BOOK), "owners_now")

    assert ["Ana Lima", "Ana Lima", "Ben Roy;cy@acme.example", None, None] == owners


def test_what_the_file_cannot_tell_is_said(write: Callable[..., Path]) -> None:
    """Keys are local and there is no day of completion, unless the export has them."""
    plain = read_file(write, BOOK)
    text = (
        "Permalink,Key,Parent Task,Title,Status,Completed Date\n"
        "https://www.wrike.com/open.htm?id=7,1,,A,Completed,2026-03-01\nhttps://www.wrike.com/open.htm?id=8,2,1,B,Active,\n"
    )
    full = read_file(write, text, "data/w.csv")

    assert any("keys count within one file only" in note for note in plain.notes)
    assert any("no date of completion" in note for note in plain.notes)
    assert () == full.notes
    assert "Completed Date" == full.parts[0].fields["closed_at"]
    assert [None, "https://www.wrike.com/open.htm?id=7"] == column(full, "parent_id")


def test_a_task_without_a_key_is_called_by_its_row(write: Callable[..., Path]) -> None:
    """And a parent that is not in the file keeps its key."""
    extract = read_file(write, "Key,Parent Task,Title,Status\n,,A,Active\n5,9,B,Active\n", "data/w.csv")

    assert ["w row 2", "w 5"] == column(extract, "program_id")
    assert [None, "w 9"] == column(extract, "parent_id")


def test_a_file_as_long_as_wrike_writes_is_likely_cut(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of 65,000 rows is named; here it is set to three."""
    monkeypatch.setattr(wrike, "ROW_LIMIT", 3)
    extract = read_file(write, "Key,Parent Task,Title,Status\n1,,A,Active\n2,,B,Active\n", "data/w.csv")

    assert any("3 rows; Wrike stops at 3, so some are likely missing" in note for note in extract.notes)


def test_descriptions_are_left_out_and_other_columns_stay(write: Callable[..., Path]) -> None:
    """Long text is not needed; the client's own columns are."""
    columns = read_file(write, BOOK).parts[0].sheet.columns

    assert "Description" not in columns
    assert {"Market", "Duration", "Depends On"} <= set(columns)


def test_a_file_without_titles_is_refused(write: Callable[..., Path]) -> None:
    """Unless fields: says which column holds them."""
    text = "Key,Parent Task,Titel,Status\n1,,/Ordner/,\n2,,A,Active\n"
    with pytest.raises(InputError, match="no column of titles"):
        read_file(write, text, "data/w.csv")

    assert ["A"] == column(read_file(write, text, "data/w.csv", fields={"name": "Titel"}), "name")


def test_an_export_through_the_whole_of_intake(read: Callable[..., Intake]) -> None:
    """Groups decide, dates are typed, active words wait for the consultant."""
    intake = read({"data/wrike.xlsx": BOOK}, "sources: [{file: data/wrike.xlsx}]\n")
    programs = intake.tables["programs"].set_index("program_id")
    account = next(source for source in intake.sources if source.table == "programs")

    assert () == intake.problems
    assert {"wrike 2": "delivered", "wrike 3": "cancelled", "wrike 4": "paused"} == (
        programs["status"].drop(["wrike 1", "/Marketing/Spring launch/"]).to_dict()
    )
    assert pd.Timestamp("2026-04-30") == programs.loc["/Marketing/Spring launch/", "current_end"]
    assert (("Green", 1), ("In Review", 1)) == account.unmapped["status"]
    assert programs["actual_end"].isna().all()
