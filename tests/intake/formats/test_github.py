from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse, Part
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.github import GITHUB, NO_TIMES

HOST = "https://github.com/acme/marketing/issues"


def issue(number: int, **others: Any) -> dict[str, Any]:
    common = {
        "number": number, "title": f"Issue {number}", "state": "OPEN", "stateReason": "", "url": f"{HOST}/{number}",
        "createdAt": "2026-01-05T09:00:00Z", "updatedAt": "2026-01-06T09:00:00Z", "closedAt": None, "assignees": [],
        "labels": [], "milestone": None, "body": "long", "author": {"login": "ann"}, "projectItems": [],
    }  # fmt: skip
    return common | others


ISSUES = [
    issue(1, state="CLOSED", stateReason="COMPLETED", closedAt="2026-04-01T01:00:00Z", updatedAt="2026-04-01T01:00:00Z",
          assignees=[{"login": "ann", "name": "Ann Lee"}, {"login": "bob", "name": ""}],
          labels=[{"name": "web"}, {"name": "brand"}], issueType={"name": "Campaign"},
          milestone={"number": 1, "title": "Q1", "dueOn": "2026-03-31T07:00:00Z"}),
    issue(2, state="CLOSED", stateReason="NOT_PLANNED", closedAt="2026-02-01T12:00:00Z"),
    issue(3, state="CLOSED", stateReason="DUPLICATE", closedAt="2026-02-01T12:00:00Z"),
    issue(4, projectItems=[{"title": "Empty", "status": None}, {"title": "Board", "status": {"name": "In review"}}],
          parent={"number": 1, "url": f"{HOST}/1"}),
    issue(5, stateReason="REOPENED"),
]  # fmt: skip
PROJECT = {
    "items": [
        {"id": "PVTI_1", "title": "Older title", "status": "Ready", "assignees": ["ann", "bob"], "labels": ["web"],
         "start date": "2026-03-01", "target Date": "2026-05-01", "estimate": 3, "sprint": {"title": "Sprint 5"},
         "milestone": {"title": "Q2", "dueOn": "2026-06-30T00:00:00Z", "description": ""}, "repository": "https://x",
         "content": {"type": "Issue", "title": "Issue 5", "number": 5, "url": f"{HOST}/5", "body": "long"}},
        {"id": "PVTI_2", "title": "Idea", "estimate": 0,
         "content": {"type": "DraftIssue", "title": "Idea", "body": "long"}},
    ],
    "totalCount": 2,
}  # fmt: skip


def extract(write: Callable[..., Path], *contents: Any) -> Extract:
    files = {
        f"data/gh{number}.json": each if isinstance(each, str | bytes) else json.dumps(each)
        for number, each in enumerate(contents)
    }
    folder = write(files)
    return GITHUB.read([Export(folder / file, file) for file in files], Source())


def seen(part: Part, ours: str) -> list[str]:
    return column_of(part.sheet, part.fields[ours]).fillna("").tolist()


def test_both_lists_are_recognised() -> None:
    """By the way the command line names things."""
    assert {"stateReason", "closedAt"} <= set(GITHUB.recognise(Glimpse("data/a.json", ".json", json=ISSUES)))
    assert ("items", "content", "DraftIssue", "Issue") == GITHUB.recognise(Glimpse("data/a.json", ".json", json=PROJECT))


@pytest.mark.parametrize(
    "content",
    [
        None, [], {}, {"items": []}, {"issues": [{"key": "A-1", "fields": {}}]}, {"data": [{"gid": "1", "name": "x"}]},
        {"items": [{"content": {"type": "Page"}}]}, [{"number": 1, "title": "x"}], [1, 2], "text",
    ],
)  # fmt: skip
def test_other_json_is_not(content: Any) -> None:
    """Jira, Asana, or nothing at all."""
    assert () == GITHUB.recognise(Glimpse("data/a.json", ".json", json=content))


def test_an_issue_is_one_program(write: Callable[..., Path]) -> None:
    """By its address; people by login, a milestone's day as a day, the parent by its address."""
    part = extract(write, ISSUES).parts[0]

    assert [f"{HOST}/{number}" for number in range(1, 6)] == seen(part, "program_id")
    assert "ann;bob" == seen(part, "owners_now")[0]
    assert ["2026-03-31", "", "", "", ""] == seen(part, "current_end")
    assert ["2026-04-01T01:00:00Z", "2026-02-01T12:00:00Z", "2026-02-01T12:00:00Z", "", ""] == seen(part, "closed_at")
    assert ["", "", "", f"{HOST}/1", ""] == seen(part, "parent_id")
    assert (["Campaign", "", "", "", ""], [1, 2, 3, 4, 5]) == (seen(part, "type"), part.sheet.cells.index.tolist())
    assert "web;brand" == column_of(part.sheet, "labels").iloc[0]
    assert not {"body", "author", "projectItems"} & set(part.sheet.columns)


def test_how_an_issue_ended_is_in_the_word(write: Callable[..., Path]) -> None:
    """Finished, given up and merged into another are three things; an open one stands where its board says."""
    told = extract(write, ISSUES)

    words = ["Closed", "Closed (not planned)", "Closed (duplicate)", "In review", "Open"]
    assert words == seen(told.parts[0], "status")
    assert ["delivered", "cancelled", "merged"] == [told.meanings[word]["status"] for word in words[:3]]
    assert not {"In review", "Open"} & set(told.meanings)


def test_without_a_reason_nothing_says_how_it_ended(write: Callable[..., Path]) -> None:
    """A field that was not exported is another thing than one that is empty."""
    bare = [{name: value for name, value in each.items() if name != "stateReason"} for each in ISSUES[:1]]
    told = extract(
        write, bare, [issue(9, state="CLOSED", stateReason=None)], [issue(8, state="CLOSED", stateReason="LATER")]
    )

    assert ["Closed (reason not exported)", "Closed", "Closed (later)"] == [seen(part, "status")[0] for part in told.parts]
    assert not {"Closed (reason not exported)", "Closed (later)"} & set(told.meanings)


def test_a_cut_or_half_a_list_is_said(write: Callable[..., Path]) -> None:
    """gh gives 30 open issues, or 30 items, unless told otherwise."""
    contents = ([issue(number) for number in range(30)], ISSUES, PROJECT | {"totalCount": 57})
    cut, whole, project = (" ".join(extract(write, content).parts[0].sheet.notes) for content in contents)

    assert "exactly 30 issues" in cut
    assert "no closed issue is listed" in cut
    assert "" == whole
    assert "2 of 57 items; export again with --limit 57" in project


def test_without_an_address_the_number_is_the_id(write: Callable[..., Path]) -> None:
    """And that it is distinct within one repository only is said."""
    part = extract(write, [{name: value for name, value in issue(7).items() if name != "url"}]).parts[0]

    assert ["7"] == seen(part, "program_id")
    assert any("within one repository only" in note for note in part.sheet.notes)


def test_a_project_list_gives_planned_dates(write: Callable[..., Path]) -> None:
    """By the usual titles of its fields, upper and lower case as they come; a draft is known by its own id."""
    told = extract(write, PROJECT)
    part = told.parts[0]

    assert [f"{HOST}/5", "PVTI_2"] == seen(part, "program_id")
    assert (["Issue 5", "Idea"], ["Ready", ""]) == (seen(part, "name"), seen(part, "status"))
    assert (["2026-03-01", ""], ["2026-05-01", ""]) == (seen(part, "current_start"), seen(part, "current_end"))
    assert (["3", ""], ["ann;bob", ""]) == (seen(part, "size_points"), seen(part, "owners_now"))
    assert ["Sprint 5", "2026-06-30"] == [column_of(part.sheet, name).iloc[0] for name in ("sprint", "milestone dueOn")]
    assert (NO_TIMES,) == told.notes


def test_a_milestone_is_the_plan_where_no_field_is(write: Callable[..., Path]) -> None:
    """Its day counts as it is written, whatever midnight it was."""
    item = {name: value for name, value in PROJECT["items"][0].items() if name not in ("target Date", "estimate")}
    part = extract(write, {"items": [item | {"urgent": True}]}).parts[0]

    assert (["2026-06-30"], ["true"]) == (seen(part, "current_end"), column_of(part.sheet, "urgent").tolist())


def test_an_open_issue_stands_where_the_project_list_says(write: Callable[..., Path]) -> None:
    """Unless the issue list says so itself; a closed one is closed."""
    closed = PROJECT | {"items": [PROJECT["items"][0] | {"content": {"type": "Issue", "url": f"{HOST}/1"}}]}
    told = extract(write, ISSUES, PROJECT, closed)

    assert ["Closed", "In review", "Ready"] == [seen(told.parts[0], "status")[row] for row in (0, 3, 4)]
    assert () == told.notes


def test_what_is_not_of_github_is_named(write: Callable[..., Path]) -> None:
    """A bad file does not take the good one with it; nothing but bad ones is an error."""
    told = extract(write, ISSUES, {"issues": []}, "[{")

    assert 1 == len(told.parts)
    assert ["data/gh1.json", "data/gh2.json"] == sorted(problem.file for problem in told.problems)
    with pytest.raises(InputError, match="neither a list of issues"):
        extract(write, {"issues": []})


def test_what_windows_writes_is_read(write: Callable[..., Path]) -> None:
    """PowerShell redirects into UTF-16."""
    assert 5 == len(extract(write, json.dumps(ISSUES).encode("utf-16")).parts[0].sheet.cells)


def test_github_lists_become_programs(read: Callable[..., Intake]) -> None:
    """The issue in both lists is one program: closings from one, planned dates from the other."""
    files = {"data/gh/issues.json": json.dumps(ISSUES), "data/gh/project.json": json.dumps(PROJECT)}
    intake = read(files, "sources:\n  - file: data/gh\n")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert ["delivered", "cancelled", "merged"] == programs.loc[[f"{HOST}/{n}" for n in (1, 2, 3)], "status"].tolist()
    assert "2026-03-31" == str(programs.loc[f"{HOST}/1", "actual_end"].date())
    assert ("2026-05-01", "2026-01-05") == tuple(
        str(programs.loc[f"{HOST}/5", name].date()) for name in ("current_end", "first_seen_on")
    )
    assert {"PVTI_2"} == set(programs.index) - {f"{HOST}/{number}" for number in range(1, 6)}
    assert {("In review", 1), ("Ready", 2)} == set(intake.sources[0].unmapped["status"])
