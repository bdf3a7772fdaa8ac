"""Asana, tasks as JSON (Export/Print, JSON, or pages of its API).

A file holds ``{"data": [task, …]}`` or the list alone; subtasks may lie within their task. Times are UTC with a ``Z``. What
people did with a task ("stories") is not in the file, so there is no history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.formats.asana_words import DONE, MEANINGS, sections_of_done, status_word
from gapkit.intake.formats.jsonfile import Row, as_cell, dig, objects_in, read_documents, to_sheet
from gapkit.intake.formats.tidy import without_zeros
from gapkit.intake.formats.titles import fields_by_title
from gapkit.intake.reading.complaints import refuse
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

Task = Mapping[str, Any]

# Canonical column to ours; the words of the first ones are Asana's.
FIELDS: Final = {
    "program_id": "gid",
    "name": "name",
    "status": "section or completed",
    "owners_now": "assignee",
    "first_seen_on": "created_at",
    "updated_at": "modified_at",
    "closed_at": "completed_at",
    "current_start": "start_on",
    "current_end": "due_on",
    "parent_id": "parent",
}
# An id alone is common; with these it is a task of Asana.
TELLING: Final = ("memberships", "completed_at", "due_on", "due_at", "modified_at", "resource_subtype", "permalink_url")
COLUMNS: Final = (*FIELDS.values(), "section", "projects", "tags", "resource_subtype", "permalink_url")


def recognise(glimpse: Glimpse) -> tuple[str, ...]:
    """Return the keys that give tasks of Asana away."""
    for task in _tasks_of(glimpse.json)[:20]:
        seen = tuple(name for name in TELLING if name in task)
        if "gid" in task and "completed" in task and len(seen) > 1:
            return ("gid", "completed", *seen)
    return ()


def read(exports: Sequence[Export], source: Source) -> Extract:
    """Read Asana JSON files; pages of one project and files of several are alike."""
    documents, problems = read_documents(exports)
    rows: list[Row] = []
    n_sections = n_bare = 0
    for document in documents:
        for number, (task, above) in enumerate(_walk(_tasks_of(document.content)), start=1):
            if task.get("resource_subtype") == "section":
                n_sections += 1
                continue
            n_bare += "completed" not in task
            rows.append(Row(document.file, number, _cells(task, above)))
    if not rows:
        allowed = '{"data": [{"gid": …, "name": …, "completed": …}]}'
        remedy = "Export the project as JSON, or ask the API for the tasks of a project with opt_fields."
        refuse("there are no tasks in it", exports[0].file, allowed=allowed, remedy=remedy)
    sheet = to_sheet(rows, COLUMNS, exports[0].file)
    fields = {ours: name for ours, name in FIELDS.items() if name in sheet.columns}
    own = fields_by_title(sheet, COLUMNS)
    sheet = without_zeros(sheet, own.get("size_points", ""))
    done = [row.cells["section"] for row in rows if row.cells["section or completed"] == DONE]
    notes = (*_notes(n_sections, n_bare), *sections_of_done(done, "section"))
    return Extract((Part("programs", sheet, {**own, **fields}),), MEANINGS, notes, tuple(problems))


def _tasks_of(content: Any) -> list[Task]:
    """Return the tasks a file lists: bare, under "data", or a single one."""
    found = content.get("data", content) if isinstance(content, Mapping) else content
    tasks = [task for task in (found if isinstance(found, list) else [found]) if isinstance(task, Mapping)]
    return tasks if any("gid" in task for task in tasks) else []


def _walk(tasks: Sequence[Task], above: str = "") -> Iterator[tuple[Task, str]]:
    """Give every task, its subtasks after it, each with the id of the task it lies in."""
    for task in tasks:
        yield task, above
        yield from _walk(objects_in(task, "subtasks"), as_cell(task.get("gid")))


def _cells(task: Task, above: str) -> dict[str, str]:
    sections = [as_cell(dig(each, "section")) for each in objects_in(task, "memberships")]
    projects = [as_cell(dig(each, "project")) for each in objects_in(task, "memberships")]
    cells = {name: as_cell(task.get(name)) for name in COLUMNS}
    return _custom(task, COLUMNS) | cells | {
        "assignee": as_cell(task.get("assignee")) or as_cell(dig(task, "assignee", "gid")),
        "start_on": as_cell(task.get("start_on")) or as_cell(task.get("start_at")),
        "due_on": as_cell(task.get("due_on")) or as_cell(task.get("due_at")),
        "parent": as_cell(dig(task, "parent", "gid")) or above,
        "section": _listed(sections),
        "projects": _listed(projects) or as_cell(task.get("projects")),
        "section or completed": _word(task, next(filter(None, sections), "")),
    }  # fmt: skip


def _listed(words: Sequence[str]) -> str:
    return ";".join(dict.fromkeys(filter(None, words)))


def _word(task: Task, section: str) -> str:
    """Return the status word; of a task given by its name only nothing is known."""
    if "completed" not in task:
        return DONE if task.get("completed_at") else ""
    return status_word(section, bool(task["completed"]))


def _custom(task: Task, taken: Sequence[str]) -> dict[str, str]:
    """Return the client's own fields by name; one called like a column of ours says that it is the client's."""
    fields: dict[str, str] = {}
    for field in objects_in(task, "custom_fields"):
        name, value = as_cell(field.get("name")), _value(field)
        name = f"{name} (custom field)" if name in taken else name
        if name and value:
            fields[name] = _listed([fields.get(name, ""), value])
    return fields


def _value(field: Mapping[str, Any]) -> str:
    """Return what a custom field holds, by its type; what Asana shows for it where the type is unknown."""
    for key in ("enum_value", "multi_enum_values", "people_value", "number_value", "text_value"):
        if value := as_cell(field.get(key)):
            return value
    day = dig(field, "date_value", "date_time") or dig(field, "date_value", "date")
    return as_cell(day) or as_cell(field.get("display_value"))


def _notes(n_sections: int, n_bare: int) -> tuple[str, ...]:
    notes = []
    if n_sections:
        sections = label_count(n_sections, "section is", "sections are")
        notes.append(f"{sections} left out; old projects list them as tasks.")
    if n_bare:
        bare = label_count(n_bare, "task does", "tasks do")
        notes.append(f"{bare} not say whether they are completed; ask for subtasks with all their fields (opt_fields).")
    return tuple(notes)


ASANA_JSON: Final = Format("asana-json", "Asana JSON", "asana", recognise, read, stamps_ends=True, has_parts=True)
