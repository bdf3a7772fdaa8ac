"""Two trackers and a table in one engagement: copies, links, prefixes, and histories of different kinds side by side."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from gapkit.intake import Intake

PROGRAMS = """program_id,name,type,team,status,committed_at,current_end,actual_end
P1,Spring,campaign,Brand,in_progress,2026-01-02,2026-03-01,
P2,Fair,event,Field,delivered,2026-01-02,2026-04-01,2026-04-02
"""
GITLAB = "Title,Issue ID,URL,State,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone\n"
WORDS = "statuses: {Doing: {status: in_progress, kind: work}, Live: delivered}"
BOARD = {
    "id": "b", "name": "Board", "members": [], "customFields": [], "labels": [],
    "lists": [{"id": "l1", "name": "Doing"}, {"id": "l2", "name": "Live"}],
    "cards": [{"id": "5a0000010000000000000001", "name": "Spring!", "idList": "l2", "idMembers": [], "labels": [],
               "due": "2026-03-15T12:00:00.000Z", "dateLastActivity": "2026-03-09T15:00:00.000Z"}],
    "actions": [
        {"id": "6b02", "type": "updateCard", "date": "2026-03-09T15:00:00.000Z", "data": {
            "card": {"id": "5a0000010000000000000001"}, "old": {"idList": "l1"},
            "listBefore": {"id": "l1", "name": "Doing"}, "listAfter": {"id": "l2", "name": "Live"}}},
        {"id": "6b01", "type": "createCard", "date": "2026-01-09T15:00:00.000Z", "data": {
            "card": {"id": "5a0000010000000000000001"}, "list": {"id": "l1", "name": "Doing"}}},
    ],
}  # fmt: skip


def issue(number: int, title: str, updated: str = "2026-02-01 10:00:00", state: str = "Open", due: str = "") -> str:
    closed = updated if state == "Closed" else ""
    url = f"https://g/t/-/issues/{number}"
    return f"{title},{number},{url},{state},Ann,{due},2026-01-05 10:00:00,{updated},{closed},\n"


def statuses(intake: Intake) -> dict[str, str]:
    assert () == intake.problems, [str(problem) for problem in intake.problems]
    return dict(intake.tables["programs"].set_index("program_id")["status"])


def test_a_confirmed_link_makes_three_records_one_program(read: Callable[..., Intake]) -> None:
    """The record changed last counts and keeps its source; what it leaves blank, and the history, come from the others."""
    yml = f"""sources:
  - {{file: data/gl.csv, format: gitlab-csv}}
  - {{file: data/board.json, format: trello-json, {WORDS}}}
links: {{P1: ["https://g/t/-/issues/1", 5a0000010000000000000001]}}
"""
    files = {
        "data/programs.csv": PROGRAMS,
        "data/gl.csv": GITLAB + issue(1, "Spring"),
        "data/board.json": json.dumps(BOARD),
    }
    intake = read(files, yml)
    spring = intake.tables["programs"].set_index("program_id").loc["P1"]

    assert {"P1": "delivered", "P2": "delivered"} == statuses(intake)
    assert ["data/board.json", "Board", "campaign", pd.Timestamp("2026-01-02"), pd.Timestamp("2026-03-09")] == [
        spring[name] for name in ("_source", "team", "type", "committed_at", "actual_end")
    ]
    assert {"P1"} == set(intake.tables["stage_visits"]["program_id"])
    assert any(note.startswith("1 program stands in 3 rows; copies differ in ") for note in intake.notes)


def test_one_number_in_two_trackers_is_a_problem_until_it_is_decided(read: Callable[..., Intake]) -> None:
    """A prefix keeps them apart, in the changes read off dated exports too; a link says that they are one."""
    ours = PROGRAMS.replace("P1", "https://g/t/-/issues/1")
    files = {
        "data/programs.csv": ours,
        "data/snapshots/2026-02-02/gl.csv": GITLAB + issue(1, "Mail", due="2026-03-01"),
        "data/snapshots/2026-02-09/gl.csv": GITLAB + issue(1, "Mail", due="2026-04-01"),
    }
    entry = "sources:\n  - {{file: data/gl.csv, format: gitlab-csv{}}}\n"
    (clash,) = read(files, entry.format("")).problems
    apart = read(files, entry.format(", prefix: W-"))
    one = read(files, entry.format("") + 'links: {"https://g/t/-/issues/1": ["https://g/t/-/issues/1"]}\n')

    assert "Spring" in clash.what and "Mail" in clash.what
    assert {"P2", "https://g/t/-/issues/1", "W-https://g/t/-/issues/1"} == set(statuses(apart))
    assert {"snapshot 2026-02-09 W-https://g/t/-/issues/1 end"} <= set(apart.tables["status_events"]["event_id"])
    assert {"P2", "https://g/t/-/issues/1"} == set(statuses(one))


def test_two_exports_of_one_tracker_overlap(read: Callable[..., Intake]) -> None:
    """The same issue in two files is one program, as the file shows it in which it was changed last."""
    yml = "sources:\n  - {file: data/a.csv, format: gitlab-csv}\n  - {file: data/b.csv, format: gitlab-csv}\n"
    older, newer = issue(1, "One"), issue(1, "One", updated="2026-02-09 10:00:00", state="Closed")
    intake = read({"data/a.csv": GITLAB + newer, "data/b.csv": GITLAB + older + issue(2, "Two")}, yml)

    assert {"https://g/t/-/issues/1": "delivered", "https://g/t/-/issues/2": "not_started"} == statuses(intake)
    assert [1, 2] == [source.rows_used for source in intake.sources]


def test_a_log_of_one_source_beside_dated_exports_of_another(read: Callable[..., Intake]) -> None:
    """Linked programs have one history: what the board's log tells of stages the exports do not tell again."""
    yml = f"""sources:
  - {{file: data/gl.csv, format: gitlab-csv}}
  - {{file: data/board.json, format: trello-json, {WORDS}}}
links: {{"https://g/t/-/issues/1": [5a0000010000000000000001]}}
"""
    files = {
        "data/board.json": json.dumps(BOARD),
        "data/snapshots/2026-02-02/gl.csv": GITLAB + issue(1, "Spring") + issue(2, "Fair", due="2026-05-01"),
        "data/snapshots/2026-03-16/gl.csv": GITLAB
        + issue(1, "Spring", state="Closed", updated="2026-03-15 10:00:00")
        + issue(2, "Fair", due="2026-06-01"),
    }
    intake = read(files, yml)
    events = intake.tables["status_events"]
    of_linked = events.loc[events["program_id"] == "https://g/t/-/issues/1"]

    assert () == intake.problems
    assert not of_linked.loc[of_linked["field"] == "status", "event_id"].str.startswith("snapshot ").any()
    assert ["snapshot 2026-03-16 https://g/t/-/issues/2 end"] == events.loc[
        (events["field"] == "end") & events["event_id"].str.startswith("snapshot "), "event_id"
    ].tolist()
    assert "_on" not in events


def test_two_sites_that_number_their_changes_alike(read: Callable[..., Intake]) -> None:
    """An id of a change is distinct within its tracker only."""
    other = json.loads(json.dumps(BOARD).replace("5a0000010000000000000001", "5a0000020000000000000002"))
    yml = "sources:\n" + "".join(f"  - {{file: data/{name}.json, format: trello-json, {WORDS}}}\n" for name in "ab")
    intake = read({"data/a.json": json.dumps(BOARD), "data/b.json": json.dumps(other)}, yml)

    assert 2 == len(statuses(intake))
    assert intake.tables["status_events"]["event_id"].is_unique
