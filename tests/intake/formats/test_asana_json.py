from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake import Intake
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.asana_json import read, recognise
from gapkit.intake.formats.columns import column_of


def member(section: str, project: str = "Spring") -> dict[str, Any]:
    return {"project": {"gid": "p", "name": project}, "section": {"gid": "s", "name": section}}


FILM: dict[str, Any] = {
    "gid": "1201234567890123", "name": "Film", "assignee": {"gid": "7", "name": "Ana Silva"}, "completed": False,
    "completed_at": None, "created_at": "2026-01-05T08:30:00.000Z", "modified_at": "2026-03-02T17:00:00.000Z",
    "due_on": "2026-03-31", "due_at": None, "start_on": "2026-02-01", "notes": "long", "memberships": [member("Review")],
    "custom_fields": [], "tags": [{"gid": "t", "name": "urgent"}, {"gid": "u", "name": "video"}], "parent": None,
    "resource_subtype": "default_task", "permalink_url": "https://app.asana.com/0/p/1201234567890123",
}  # fmt: skip


@pytest.fixture
def asana(write: Callable[..., Path]) -> Callable[..., Extract]:
    """The extract of JSON contents, one file each."""

    def go(*contents: Any) -> Extract:
        files = {f"data/{n}.json": json.dumps(content) for n, content in enumerate(contents)}
        folder = write(files)
        return read([Export(folder / name, name) for name in files], Source(file="data/*.json"))

    return go


def column(extract: Extract, name: str) -> list[Any]:
    """A column by our name, or by its own."""
    part = extract.parts[0]
    return column_of(part.sheet, part.fields.get(name, name)).fillna("").tolist()


@pytest.mark.parametrize("content", [{"data": [FILM]}, [FILM], {"data": FILM}, FILM])
def test_tasks_are_recognised_however_they_are_wrapped(asana: Callable[..., Extract], content: Any) -> None:
    """Under "data", as a list, or one alone: the same task is read."""
    assert {"gid", "completed", "memberships"} <= set(recognise(Glimpse("a.json", ".json", json=content)))
    assert ["Film"] == column(asana(content), "name")


@pytest.mark.parametrize(
    "content",
    [
        {"issues": [{"key": "A-1", "fields": {}}], "total": 1},
        {"lists": [], "cards": [{"id": "1", "due": None, "dueComplete": False}], "actions": []},
        [{"number": 1, "title": "x", "state": "OPEN", "closedAt": None}],
        {"data": [{"gid": "1", "name": "Spring", "archived": False}]},
        {"data": []},
        [1, 2],
        None,
    ],
)
def test_other_json_is_not_recognised(content: Any) -> None:
    """Jira, Trello, GitHub, a list of Asana's projects, and nothing at all are something else."""
    assert () == recognise(Glimpse("a.json", ".json", json=content))


def test_a_task_is_read_as_the_file_has_it(asana: Callable[..., Extract]) -> None:
    """Moments keep their Z, the section is the status of an open task, lists are joined, the description stays out."""
    expected = {
        "program_id": "1201234567890123", "status": "Review", "owners_now": "Ana Silva", "current_start": "2026-02-01",
        "first_seen_on": "2026-01-05T08:30:00.000Z", "updated_at": "2026-03-02T17:00:00.000Z", "current_end": "2026-03-31",
        "tags": "urgent;video", "projects": "Spring",
    }  # fmt: skip
    extract = asana([FILM])

    assert expected == {name: column(extract, name)[0] for name in expected}
    assert "notes" not in extract.parts[0].sheet.columns
    assert [1] == extract.parts[0].sheet.cells.index.tolist()


def test_done_tasks_are_completed_and_open_ones_stand_in_their_first_section(asana: Callable[..., Extract]) -> None:
    """A task of several projects shows all its sections, the first one as its status."""
    done = FILM | {"gid": "2", "completed": True, "completed_at": "2026-03-30T10:00:00.000Z"}
    both = FILM | {"gid": "3", "memberships": [member("Brief"), member("Print", "Brand")]}
    extract = asana([done, both, FILM | {"gid": "4", "memberships": []}])

    assert ["Completed", "Brief", "Open"] == column(extract, "status")
    assert "Brief;Print" == column(extract, "section")[1]
    assert {"Completed": {"status": "delivered"}} == extract.meanings
    assert "they stand in Review (1)." in extract.notes[0]


def test_a_moment_serves_where_there_is_no_due_day(asana: Callable[..., Extract]) -> None:
    """due_at and start_at fill in for due_on and start_on."""
    moments = {"due_on": None, "due_at": "2026-04-01T02:00:00Z", "start_on": None, "start_at": "2026-02-02T00:00:00Z"}
    extract = asana([FILM | moments])

    assert ["2026-04-01T02:00:00Z"] == column(extract, "current_end")
    assert ["2026-02-02T00:00:00Z"] == column(extract, "current_start")


def test_nested_subtasks_know_their_parent(asana: Callable[..., Extract]) -> None:
    """However deep; a subtask that names its parent keeps that, and rows are numbered as they come."""
    cut = FILM | {"gid": "3", "name": "Cut"}
    sound = FILM | {"gid": "2", "name": "Sound", "subtasks": [cut]}
    extract = asana([FILM | {"gid": "1", "subtasks": [sound]}, FILM | {"gid": "9", "parent": {"gid": "1", "name": "Film"}}])

    assert ["", "1", "2", "1"] == column(extract, "parent_id")
    assert [1, 2, 3, 4] == extract.parts[0].sheet.cells.index.tolist()


def test_subtasks_given_by_name_only_are_counted(asana: Callable[..., Extract]) -> None:
    """Whether they are done is not known, so they have no status, and the reader is told."""
    extract = asana([FILM | {"subtasks": [{"gid": "2", "name": "Cut", "resource_type": "task"}]}])

    assert ["Review", ""] == column(extract, "status")
    assert "1 task does not say whether" in extract.notes[0]


def test_sections_listed_as_tasks_are_left_out(asana: Callable[..., Extract]) -> None:
    """Old projects hold their sections among the tasks."""
    extract = asana([FILM, FILM | {"gid": "2", "name": "To do:", "resource_subtype": "section"}])

    assert (["Film"], "1 section is left out") == (column(extract, "name"), extract.notes[0][:21])


def test_custom_fields_of_every_type_become_columns(asana: Callable[..., Extract]) -> None:
    """Options, several options, people, numbers, text, dates and whatever Asana shows; one named like ours says so."""
    fields = [
        {"name": "Brand", "type": "enum", "enum_value": {"gid": "1", "name": "Acme"}, "display_value": "Acme"},
        {"name": "Markets", "type": "multi_enum", "multi_enum_values": [{"name": "US"}, {"name": "DE"}]},
        {"name": "Approvers", "type": "people", "people_value": [{"gid": "7", "name": "Ana"}]},
        {"name": "Story points", "type": "number", "number_value": 3.0},
        {"name": "Code", "type": "text", "text_value": "X-1"},
        {"name": "Go live", "type": "date", "date_value": {"date": "2026-04-01", "date_time": None}},
        {"name": "Formula", "type": "formula", "display_value": "12"},
        {"name": "section", "type": "text", "text_value": "north"},
        {"name": "Empty", "type": "text", "text_value": None},
    ]
    extract = asana([FILM | {"custom_fields": fields}])
    expected = {
        "Brand": "Acme", "Markets": "US;DE", "Approvers": "Ana", "Story points": "3", "Code": "X-1",
        "Go live": "2026-04-01", "Formula": "12", "section (custom field)": "north", "section": "Review",
    }  # fmt: skip

    assert expected == {name: column(extract, name)[0] for name in expected}
    assert "Empty" not in extract.parts[0].sheet.columns
    assert "Story points" == extract.parts[0].fields["size_points"]


def test_pages_of_a_project_are_one_table(asana: Callable[..., Extract]) -> None:
    """Rows of several files keep the file they are from and are numbered within it."""
    extract = asana({"data": [FILM], "next_page": {"offset": "x"}}, {"data": [FILM | {"gid": "2"}]})
    sheet = extract.parts[0].sheet

    assert ("data/0.json", "data/1.json") == sheet.files
    assert [1, 1] == sheet.cells.index.tolist()


def test_files_without_tasks_are_refused(asana: Callable[..., Extract]) -> None:
    """A file that holds something else is named with what is expected."""
    with pytest.raises(InputError, match="no tasks"):
        asana({"data": []})


def test_an_unreadable_page_does_not_take_the_others_with_it(write: Callable[..., Path]) -> None:
    """The problem names the file; the tasks of the others are read."""
    folder = write({"data/a.json": '{"data": [', "data/b.json": json.dumps([FILM])})
    extract = read([Export(folder / f"data/{n}.json", f"data/{n}.json") for n in "ab"], Source(file="data/*.json"))

    assert (["data/a.json"], ["Film"]) == ([problem.file for problem in extract.problems], column(extract, "name"))


def test_the_whole_way(read: Callable[..., Intake]) -> None:
    """Moments in UTC become days in the organisation's zone: done at 02:00 UTC is the day before in New York."""
    done = FILM | {"gid": "2", "completed": True, "completed_at": "2026-03-31T02:00:00.000Z"}
    intake = read({"data/a.json": json.dumps({"data": [FILM, done]})}, "sources:\n  - file: data/a.json\n")
    programs = intake.tables["programs"].set_index("program_id")

    assert () == intake.problems
    assert "asana-json" == intake.sources[0].format
    assert ("delivered", "2026-03-30") == (programs.loc["2", "status"], str(programs.loc["2", "actual_end"].date()))


def test_one_corrupted_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """It is named by the running number of its task."""
    tasks = [FILM | {"gid": str(n), "due_on": "2026-04-01" if n != 2 else "soon"} for n in (1, 2, 3)]
    intake = read({"data/a.json": json.dumps(tasks)}, "sources:\n  - file: data/a.json\n")

    assert [("data/a.json", 2, "due_on", "soon")] == [(p.file, p.row, p.column, p.value) for p in intake.problems]
