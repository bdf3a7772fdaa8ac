from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from gapkit.intake import Intake

GITLAB = "Title,Issue ID,URL,State,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Labels,Type\n"
LOG = "case_id,activity,timestamp\n1,brief,2026-01-05 10:00\n1,legal,2026-01-08 10:00\n1,launch,2026-01-12 10:00\n"
KINDS = "statuses: {brief: {kind: work}, legal: {kind: approval}, launch: {status: delivered, kind: work}}"

Read = Callable[..., Intake]


def issue(number: int, *, state: str = "Open", label: str = "", closed: str = "", kind: str = "") -> str:
    url, label = f"https://g/t/-/issues/{number}", f"workflow::{label}" if label else ""
    return f"N{number},{number},{url},{state},,,2026-01-05 10:00:00,2026-01-06 10:00:00,{closed},{label},{kind}\n"


def column(intake: Intake, name: str) -> list[object]:
    assert () == intake.problems, [str(problem) for problem in intake.problems]
    values = intake.tables["programs"].sort_values("name")[name]
    return [None if pd.isna(value) else value for value in values]


def test_a_program_taken_up_again_in_a_later_export_is_open(read: Read) -> None:
    """Its closing stamp is gone from the export: neither the stamp nor the day of delivery of before stays."""
    weeks = {
        "2026-02-02": issue(1, state="Closed", closed="2026-01-30 10:00:00") + issue(2, label="doing"),
        "2026-02-09": issue(1) + issue(2, label="strange"),
    }
    files = {f"data/snapshots/{day}/gl.csv": GITLAB + rows for day, rows in weeks.items()}
    intake = read(files, "sources:\n  - {file: data/gl.csv, format: gitlab-csv, statuses: {doing: in_progress}}\n")
    changes = intake.tables["status_events"].query("field == 'status'")

    assert ["in_progress", "in_progress"] == column(intake, "status")
    assert [None, None] == column(intake, "closed_at") == column(intake, "actual_end")
    assert [("delivered", "in_progress")] == [
        (event["old"], event["new"]) for event in changes.to_dict("records") if not pd.isna(event["old"])
    ]
    assert (("Open", 1), ("strange", 1)) == intake.sources[0].unmapped["status"]


def test_blank_and_star_are_answers_for_trackers_too(read: Read) -> None:
    """What an empty cell means, and what every word nobody named means; the words it caught are counted."""
    words = 'statuses: {"*": paused}, types: {"(blank)": web, Bug: ops}, teams: {"(blank)": Digital}'
    yml = f"sources:\n  - {{file: data/gl.csv, format: gitlab-csv, {words}, levels: {{Bug: deliverable}}}}\n"
    intake = read({"data/gl.csv": GITLAB + issue(1, label="odd", kind="Bug") + issue(2, label="odd")}, yml)

    assert ["paused", "paused"] == column(intake, "status")
    assert [["ops", "web"], ["Digital", "Digital"]] == [column(intake, "type"), column(intake, "team")]
    assert ["deliverable", None] == column(intake, "level")
    assert {"status": (("odd", 2),)} == intake.sources[0].caught


def test_levels_are_said_for_tables_too(read: Read) -> None:
    """By the type as the file has it, whatever it is translated to."""
    text = "program_id,name,type,team,status\nA,a,Asset,Web,paused\nB,b,web,Web,paused\n"
    yml = "sources:\n  - {file: data/programs.csv, types: {Asset: content}, levels: {Asset: deliverable}}\n"
    intake = read({"data/programs.csv": text}, yml)

    assert ["deliverable", None] == column(intake, "level")
    assert ["content", "web"] == column(intake, "type")
    assert "1 row is a part of a program" in intake.sources[0].notes[0]


def test_dated_exports_of_a_log_are_one_log(read: Read) -> None:
    """Each holds the whole past: a stay is counted once, as the last export shows it, and so is every change."""
    yml = f"sources:\n  - {{file: data/log.csv, format: event-log-csv, {KINDS}}}\n"
    later = LOG + "1,launch,2026-02-20 10:00\n"
    once = read({"data/log.csv": later}, yml)
    dated = read({"data/snapshots/2026-02-02/log.csv": LOG, "data/log.csv": later}, yml)

    for table in ("stage_visits", "status_events"):
        left, right = (
            each.tables[table][["program_id", *(name for name in each.tables[table] if not name.startswith("_"))][1:]]
            for each in (once, dated)
        )
        pd.testing.assert_frame_equal(left, right)
    assert () == dated.problems


def test_times_without_a_zone_are_those_of_the_source(read: Read) -> None:
    """A moment becomes the day it was in the organisation, in the history too; a day without a time stays that day."""
    programs = "program_id,type,team,status,actual_start,current_end\nP,web,Web,paused,2026-03-01 02:00,2026-03-01\n"
    events = "event_id,program_id,at,field,old,new\ne,P,2026-03-01 02:00,end,2026-03-01,2026-03-05 02:00\n"
    yml = "sources:\n  - {file: data/programs.csv, tz: UTC}\n  - {file: data/status_events.csv, tz: UTC}\n"
    intake = read({"data/programs.csv": programs, "data/status_events.csv": events}, yml)
    program, event = intake.tables["programs"].iloc[0], intake.tables["status_events"].iloc[0]

    assert ["2026-02-28", "2026-03-01"] == [f"{program[name]:%Y-%m-%d}" for name in ("actual_start", "current_end")]
    assert ["2026-02-28 21:00", "2026-03-01", "2026-03-04"] == [f"{event['at']:%Y-%m-%d %H:%M}", event["old"], event["new"]]


def test_a_log_without_old_values_is_followed(read: Read) -> None:
    """A board on which nothing moved yet knows where each card was made."""
    card = {"id": "5a0000010000000000000001", "name": "A", "idList": "l1", "idMembers": [], "labels": [], "due": None}
    made = {"id": "6b01", "type": "createCard", "date": "2026-01-09T15:00:00.000Z",
            "data": {"card": {"id": card["id"]}, "list": {"id": "l1", "name": "Doing"}}}  # fmt: skip
    board = {"id": "b", "name": "Board", "lists": [{"id": "l1", "name": "Doing"}], "cards": [card], "actions": [made]}
    yml = "sources:\n  - {file: data/b.json, format: trello-json, statuses: {Doing: {status: in_progress, kind: work}}}\n"
    intake = read({"data/b.json": json.dumps(board)}, yml)

    assert [pd.Timestamp("2026-01-09")] == column(intake, "actual_start")
    assert 1 == len(intake.tables["stage_visits"])
