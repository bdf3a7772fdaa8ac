from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.clickup import CLICKUP, NO_END
from gapkit.intake.formats.columns import column_of

OLDER = [
    "Task ID", "Task Name", "Task Content", "Status", "Date Created", "Date Created Text", "Due Date", "Due Date Text",
    "Start Date", "Start Date Text", "Parent ID", "Attachments", "Assignees", "Tags", "Priority", "List Name",
    "Folder Name", "Space Name", "Time Estimated", "Time Estimated Text", "Checklists", "Comments",
    "Assigned Comments", "Time Spent", "Time Spent Text", "Rolled Up Time", "Rolled Up Time Text",
]  # fmt: skip
NEWER = [
    *OLDER, "Task Custom ID", "Task Type", "Date Updated", "Date Closed", "Date Done", "Sprint Points",
    "Campaign (drop down)",
]  # fmt: skip


def ms(moment: str) -> str:
    """Milliseconds since 1970, the way pandas counts them."""
    return str(pd.Timestamp(moment, tz="UTC").value // 1_000_000)


TASKS = (
    {"Task ID": "86a1", "Task Name": "Spring launch", "Task Content": "long", "Status": "in review",
     "Date Created": ms("2026-01-05 09:00"), "Date Created Text": "1/5/2026, 2:30:00 PM GMT+5:30",
     "Due Date": ms("2026-06-29 22:30"), "Due Date Text": "6/30/2026, 4:00:00 AM GMT+5:30",
     "Start Date": ms("2026-06-01 12:15"), "Start Date Text": "6/1/2026, 5:45:00 PM GMT+5:30", "Parent ID": "null",
     "Attachments": '[{"title":"a.png","url":"https://x"}]', "Assignees": "[Ann Lee,bob@acme.test]", "Tags": "[brand,web]",
     "Priority": "null", "List Name": "Q2", "Folder Name": "Campaigns", "Space Name": "Marketing", "Checklists": "{}",
     "Comments": '[{"text":"hi","by":"ann@acme.test"}]', "Rolled Up Time": "NaN",
     "Task Type": "Campaign", "Date Updated": ms("2026-06-01 12:00"), "Date Closed": "null", "Date Done": "null",
     "Sprint Points": "0", "Campaign (drop down)": "Spring"},
    {"Task ID": "86a2", "Task Name": "null", "Status": "Closed", "Date Created": ms("2026-01-06 09:00"), "Assignees": "[]",
     "Due Date": ms("2026-03-31 09:00"), "Due Date Text": "3/31/2026, 4:00:00 AM GMT-5", "Parent ID": "86a1",
     "Space Name": "Marketing", "List Name": "Q2", "Date Updated": ms("2026-04-02 03:30"),
     "Date Closed": ms("2026-05-01 12:00"), "Date Done": ms("2026-04-02 03:30"), "Sprint Points": "5"},
    {"Task ID": "86a3", "Task Name": "Old flyer", "Status": "cancelled", "Date Created": ms("2026-01-07 09:00"),
     "Due Date": ms("2026-03-31 04:00"), "Due Date Text": "3/31/2026, 4:00:00 AM GMT", "Parent ID": "null",
     "Space Name": "Print", "List Name": "Q2", "Date Updated": ms("2026-02-01 12:00"),
     "Date Closed": ms("2026-02-01 12:00"), "Date Done": "null"},
)  # fmt: skip


def export(header: Sequence[str] = NEWER, tasks: Sequence[dict[str, str]] = TASKS) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(tasks)
    return text.getvalue()


def extract(write: Callable[..., Path], text: str) -> Extract:
    return CLICKUP.read([Export(write({"data/clickup.csv": text}) / "data/clickup.csv", "data/clickup.csv")], Source())


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


@pytest.mark.parametrize("header", [OLDER, NEWER, OLDER[:10]], ids=["older", "newer", "without a space"])
def test_exports_are_recognised(header: list[str]) -> None:
    """A view may leave columns out; the twins of dates give it away then."""
    assert {"Date Created Text"} <= set(CLICKUP.recognise(Glimpse("data/a.csv", ".csv", {"": (tuple(header),)})))


def test_other_trackers_of_tasks_are_not_recognised() -> None:
    """Planner and Asana have a Task ID as well, Planner a Task Name, Trello a List Name."""
    headers = (
        "Task ID,Task Name,Bucket Name,Progress",
        "Task ID,Created At,Name",
        "Card ID,Card Name,List Name,Board Name",
    )

    assert [()] * 3 == [
        CLICKUP.recognise(Glimpse("data/a.csv", ".csv", {"": (tuple(header.split(",")),)})) for header in headers
    ]


def test_null_is_nothing_save_in_a_name(write: Callable[..., Path]) -> None:
    """Parents and dates that are the text null are empty; a task may be called null."""
    part = extract(write, export()).parts[0]

    assert ["", "86a1", ""] == seen(part, "parent_id")
    assert ["Spring launch", "null", "Old flyer"] == seen(part, "name")
    assert ["", "", ""] == column_of(part.sheet, "Rolled Up Time").fillna("").tolist()


def test_people_and_tags_are_lists(write: Callable[..., Path]) -> None:
    """In square brackets, without quotes; empty brackets hold nobody."""
    part = extract(write, export()).parts[0]

    assert ["Ann Lee;bob@acme.test", "", ""] == seen(part, "owners_now")
    assert "brand;web" == column_of(part.sheet, "Tags").iloc[0]


def test_the_day_done_goes_before_the_day_closed(write: Callable[..., Path]) -> None:
    """Closing comes later, when somebody tidies up; a task closed without being done has that day only."""
    assert ["", ms("2026-04-02 03:30"), ms("2026-02-01 12:00")] == seen(extract(write, export()).parts[0], "closed_at")


def test_planned_days_are_days(write: Callable[..., Path]) -> None:
    """Four in the morning of whoever set it is a date without a time, in whatever zone; a date with a time keeps it."""
    part = extract(write, export()).parts[0]

    assert ["2026-06-30", "2026-03-31", "2026-03-31"] == seen(part, "current_end")
    assert [ms("2026-06-01 12:15"), "", ""] == seen(part, "current_start")


def test_without_a_twin_a_date_is_a_moment(write: Callable[..., Path]) -> None:
    """Nothing tells the zone then, and nothing is guessed."""
    header = [name for name in NEWER if name != "Due Date Text"]

    assert ms("2026-06-29 22:30") == seen(extract(write, export(header)).parts[0], "current_end")[0]


def test_only_what_serves_is_kept(write: Callable[..., Path]) -> None:
    """Texts, comments and the twins of dates go; the client's own fields stay; sizes are above 0."""
    part = extract(write, export()).parts[0]

    gone = {"Task Content", "Comments", "Attachments", "Checklists", "Date Created Text", "Due Date Text"}
    assert not gone & set(part.sheet.columns)
    assert {"Campaign (drop down)", "Folder Name", "List Name", "Time Estimated"} <= set(part.sheet.columns)
    assert ["", "5", ""] == seen(part, "size_points")


def test_an_export_without_a_day_of_completion_says_so(write: Callable[..., Path]) -> None:
    """Older exports, and those of a whole workspace, have none."""
    told = extract(write, export(OLDER))

    assert ((NO_END,), False) == (told.notes, "closed_at" in told.parts[0].fields)
    assert () == extract(write, export()).notes


def test_a_clickup_export_becomes_programs(read: Callable[..., Intake]) -> None:
    """Milliseconds are local days; no word means anything until somebody says so; a task in two lists is one program."""
    twice = (*TASKS, TASKS[1] | {"List Name": "Archive", "Date Updated": ms("2026-01-01 00:00"), "Assignees": "[Cy]"})
    mapping = "    statuses:\n      cancelled: {status: cancelled}\n"
    intake = read({"data/c.csv": export(tasks=twice)}, f"sources:\n  - file: data/c.csv\n{mapping}")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["86a1", "86a2", "86a3"] == programs.index.tolist()
    assert ("Cy", "2026-04-01") == (programs.loc["86a2", "owners_now"], str(programs.loc["86a2", "actual_end"].date()))
    assert "2026-02-01" == str(programs.loc["86a3", "cancelled_at"].date())
    assert ["Marketing", "Marketing", "Print"] == programs["team"].tolist()
    assert {("in review", 1), ("Closed", 2)} == set(intake.sources[0].unmapped["status"])
