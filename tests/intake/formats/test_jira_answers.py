from __future__ import annotations

from typing import Any

import pytest

from gapkit.intake.formats.jira_answers import Found, kind_of, signs_of, sort_out
from gapkit.intake.formats.jsonfile import Document

STATUSES = [{"id": "3", "name": "Done", "statusCategory": {"key": "done"}}]
BOARD = {"id": 1, "name": "SP board", "columnConfig": {"columns": []}}
LOG = {"self": "https://x.atlassian.net/rest/api/3/issue/SP-1/changelog?startAt=0", "total": 2, "values": [{"id": "1"}]}


def issue(key: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"1{key[3:]}",
        "key": key,
        "fields": {"status": {"name": "Done"}, "updated": "2026-03-01T00:00:00.000+0000"},
        **more,
    }


def page(*issues: Any, **more: Any) -> dict[str, Any]:
    return {"issues": list(issues), **more}


def found(*contents: Any) -> Found:
    return sort_out([Document(f"data/{number}.json", content) for number, content in enumerate(contents, start=1)])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (issue("SP-1"), "issues"),
        ([issue("SP-1"), issue("SP-2")], "issues"),
        (page(issue("SP-1")), "issues"),
        ([page(issue("SP-1")), page(issue("SP-2"))], "issues"),
        (page(), "issues"),
        (STATUSES, "statuses"),
        (BOARD, "board"),
        (LOG, "log"),
        ([], ""),
        (None, ""),
        ({"data": [{"gid": "1"}]}, ""),
        ([{"number": 1, "title": "A GitHub issue", "state": "OPEN"}], ""),
        ({"lists": [], "cards": [], "labelNames": {}}, ""),
    ],
)
def test_answers_are_told_apart(content: Any, kind: str) -> None:
    """Every answer of Jira's that can lie in a folder is known for what it is, other files are not."""
    assert kind == kind_of(content)


@pytest.mark.parametrize(
    "content", [issue("SP-1"), [issue("SP-1")], page(issue("SP-1")), STATUSES, BOARD, LOG, page(maxResults=50)]
)
def test_jira_is_recognised(content: Any) -> None:
    """Whichever file of a folder is looked at first, it gives Jira away."""
    assert signs_of(content)


@pytest.mark.parametrize(
    "content",
    [
        page(),
        {"key": "a", "fields": {"title": "x"}},
        [{"name": "x", "statusCategory": "DONE"}],
        {"values": [], "self": "https://x"},
    ],
)
def test_what_only_resembles_jira_is_not(content: Any) -> None:
    """Issues, keys and fields are words others use too."""
    assert () == signs_of(content)


def test_every_way_to_list_issues() -> None:
    """Single issues, lists, pages and lists of pages give their issues with their running numbers."""
    answers = found(
        issue("SP-1"), [issue("SP-2"), issue("SP-3")], page(issue("SP-4")), [page(issue("SP-5")), page(issue("SP-6"))]
    )

    assert [
        ("data/1.json", 1, "SP-1"),
        ("data/2.json", 1, "SP-2"),
        ("data/2.json", 2, "SP-3"),
        ("data/3.json", 1, "SP-4"),
        ("data/4.json", 1, "SP-5"),
        ("data/4.json", 2, "SP-6"),
    ] == sorted((copy.file, copy.number, copy.key) for copy in answers.copies)


def test_the_copy_changed_last_comes_last() -> None:
    """Copies are in order of their last change, whatever the files are called; without a date they are the oldest."""
    older = issue("SP-1", fields={"updated": "2026-03-01T12:00:00.000+0100", "status": {}})
    newer = issue("SP-1", fields={"updated": "2026-03-01T11:30:00.000+0000", "status": {}})
    undated = issue("SP-1", fields={"status": {}})

    assert ["data/3.json", "data/2.json", "data/1.json"] == [copy.file for copy in found(newer, older, undated).copies]


def test_names_of_fields_come_with_a_search_or_an_issue() -> None:
    """A search names its fields once, a single issue its own."""
    answers = found(
        page(issue("SP-1"), names={"customfield_1": "Squad"}), issue("SP-2", names={"customfield_2": "Start date"})
    )

    assert {"customfield_1": "Squad", "customfield_2": "Start date"} == answers.names


def test_logs_are_kept_whole_or_not() -> None:
    """An issue without a log has no total; one whose log is empty has had nothing happen to it."""
    logs = {"histories": [{"id": "1"}], "total": 140}
    bare, empty, cut = found(
        issue("SP-1"), issue("SP-2", changelog={"histories": []}), issue("SP-3", changelog=logs)
    ).copies

    assert [None, 0, 140] == [bare.total, empty.total, cut.total]


def test_pages_of_a_log_name_their_issue() -> None:
    """The address of a page of a change log says whose it is, by key or by id."""
    by_id = {**LOG, "self": "https://x.atlassian.net/rest/api/2/issue/10008/changelog"}

    assert {"SP-1": [LOG], "10008": [by_id]} == found(issue("SP-1"), LOG, by_id).logs


def test_settings_of_a_board_are_a_note() -> None:
    """A board's settings in the folder are no mistake."""
    answers = found(issue("SP-1"), BOARD)

    assert () == answers.problems
    assert "settings of a board in data/2.json" in answers.notes[0]


def test_strange_files_and_bare_issues_are_problems() -> None:
    """A file of another kind is named; issues that came without their fields are named once per file."""
    answers = found(page(issue("SP-1"), {"id": "2"}, {"id": "3"}), {"gid": "1"})

    assert [("data/2.json", None), ("data/1.json", 2)] == [(each.file, each.row) for each in answers.problems]
    assert "2 issues without key or fields" in answers.problems[1].what


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([page(issue("SP-1"), startAt=0, total=3)], "A search found 3 issues, and the files hold 1"),
        ([page(issue("SP-1"), startAt=0, total=2), page(issue("SP-2"), startAt=1, total=2)], ""),
        ([page(issue("SP-1"), nextPageToken="a")], "No page of the search is the last one"),
        ([page(issue("SP-1"), nextPageToken="a", isLast=False), page(issue("SP-2"), isLast=True)], ""),
        ([page(issue("SP-1"), isLast=True)], ""),
        ([issue("SP-1")], ""),
    ],
)
def test_missing_pages_are_said(pages: list[Any], said: str) -> None:
    """A search that says there is more is believed; a complete one leaves no note."""
    notes = found(*pages).notes

    assert bool(said) == bool(notes)
    assert said in "".join(notes)
