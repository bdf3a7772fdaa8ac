from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.intake import Intake
from gapkit.intake.finding.detect import glimpse
from gapkit.intake.finding.export import Export, Extract, Glimpse
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.planner import MEANINGS, NAMES, exported_on, read, recognise

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "planner-export" / "test_plan.xlsx"
ENGLISH = (
    "Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Created By", "Created Date",
    "Start Date", "Due Date", "Is Recurring", "Late", "Completed Date", "Completed By", "Description",
    "Completed Checklist Items", "Checklist Items", "Labels",
)  # fmt: skip
SPANISH = (
    "Id. de tarea", "Nombre de la tarea", "Nombre del depósito", "Progreso", "Priority", "Asignado a", "Creado por",
    "Fecha de creación", "Fecha de inicio", "Fecha de vencimiento", "Es periódica", "Con retraso", "Fecha de finalización",
    "Completado por", "Elementos de la lista de comprobación", "Etiquetas", "Descripción",
)  # fmt: skip
PORTUGUESE = (
    "Identificação da tarefa", "Nome da tarefa", "Nome do Bucket", "Progresso", "Prioridade", "Atribuído a", "Criado por",
    "Criado em", "Data de início", "Data de conclusão", "É Recorrente", "Atrasados", "Concluído em", "Descrição",
)  # fmt: skip
FRENCH = (
    "ID de tâche", "Nom de tâche", "Catégorie", "But", "Statut", "Priorité", "Attribué à", "Créé par", "Date de création",
    "Date d’échéance", "Date de début", "Est périodique", "En retard", "Date de fin", "Exécuté par", "Étiquettes",
    "Commentaires",
)  # fmt: skip


@pytest.fixture
def real() -> Path:
    """A plan exported by Planner in 2020, with sample contents."""
    if not REAL.is_file():
        pytest.skip(f"the published file is not at {REAL}")
    return REAL


@pytest.fixture
def plan(write: Callable[..., Path]) -> Callable[..., Extract]:
    """The extract of a plan made of rows, given as dicts by the English names of columns."""

    def go(*tasks: dict[str, Any], exported: str = "", header: Sequence[str] = ENGLISH, **entries: Any) -> Extract:
        about = [["Plan name", "Spring"], ["Plan ID", "x1"], ["Date of export", exported], []]
        rows = [[task.get(name) for name in header] for task in tasks]
        folder = write({"data/plan.xlsx": {"Tasks": [*about, list(header), *rows]}})
        return read([Export(folder / "data/plan.xlsx", "data/plan.xlsx")], Source(file="data/plan.xlsx", **entries))

    return go


def column(extract: Extract, ours: str) -> list[Any]:
    part = extract.parts[0]
    return column_of(part.sheet, part.fields[ours]).tolist()


def original(path: Path) -> pd.DataFrame:
    """The tasks of the published file, read cell by cell."""
    rows = [list(row) for row in openpyxl.load_workbook(path)["Tasks"].iter_rows(values_only=True)]
    return pd.DataFrame(rows[5:], columns=rows[4]).replace("", None)


def test_the_real_plan_has_the_figures_of_its_source(real: Path, read: Callable[..., Intake]) -> None:
    """32 tasks; 23 not started, 5 in progress, 4 delivered; 10 due dates; months first (SOURCE.md beside the file)."""
    yml = "sources:\n  - file: data/plan.xlsx\n    dates: mdy\n"
    intake = read({"data/plan.xlsx": real.read_bytes()}, yml)
    programs, tasks = intake.tables["programs"], original(real)

    assert () == intake.problems
    assert 32 == len(programs) == len(tasks)
    assert {"not_started": 23, "in_progress": 5, "delivered": 4} == Counter(programs["status"])
    assert {"Test Plan"} == set(programs["team"])
    for ours, theirs in (("current_end", "Due Date"), ("actual_end", "Completed Date"), ("first_seen_on", "Created Date")):
        expected = pd.to_datetime(tasks.set_index("Task Name")[theirs], format="%m/%d/%Y").sort_index()
        actual = programs.set_index("name")[ours].sort_index()
        assert expected.dropna().tolist() == actual.dropna().tolist()
        assert expected.isna().tolist() == actual.isna().tolist()
    assert tasks["Assigned To"].tolist() == programs.set_index("name")["owners_now"].loc[tasks["Task Name"]].tolist()


def test_the_real_plan_repeats_ids_and_loses_no_task(real: Path) -> None:
    """Four ids for 32 tasks: every task of a repeated id gets a number behind it, in order of name, and it is said."""
    extract = read([Export(real, "data/plan.xlsx")], Source(file="data/plan.xlsx"))
    tasks = original(real)
    ids = dict(zip(column(extract, "name"), column(extract, "program_id"), strict=True))

    assert (4, 32) == (tasks["Task ID"].nunique(), len(set(ids.values())))
    for task_id, group in tasks.groupby("Task ID"):
        names = sorted(group["Task Name"])
        expected = [f"{task_id} ({n})" for n in range(1, len(names) + 1)] if len(names) > 1 else [task_id]
        assert expected == [ids[name] for name in names]
    assert "3 task ids stand for 31 tasks of different names" in extract.notes[0]


def test_the_real_plan_leaves_day_and_month_open(real: Path, read: Callable[..., Intake]) -> None:
    """All its dates allow both orders, its day of export too: one problem per column asks, and no date is guessed."""
    intake = read({"data/plan.xlsx": real.read_bytes()}, "sources:\n  - file: data/plan.xlsx\n")

    assert exported_on(glimpse(real, "data/plan.xlsx")) is None
    assert {"Created Date", "Due Date", "Completed Date"} == {problem.column for problem in intake.problems}
    assert all("day and month cannot be told apart" in problem.what for problem in intake.problems)


def test_the_real_plan_is_recognised(real: Path, read: Callable[..., Intake]) -> None:
    """The file is told by its columns, whatever it is called."""
    intake = read({"data/x.xlsx": real.read_bytes()}, "sources:\n  - file: data/x.xlsx\n    dates: mdy\n")

    assert "planner-excel" == intake.sources[0].format
    assert "Bucket Name" in intake.sources[0].reason


@pytest.mark.parametrize("header", [ENGLISH, SPANISH, PORTUGUESE, FRENCH])
def test_each_language_known_is_recognised_and_read(write: Callable[..., Path], header: Sequence[str]) -> None:
    """Spanish, Portuguese and French headers give the same columns as the English one."""
    folder = write({"data/plan.xlsx": {"Tasks": [list(header), [f"cell {n}" for n in range(len(header))]]}})
    export = Export(folder / "data/plan.xlsx", "data/plan.xlsx")
    fields = read([export], Source(file="data/plan.xlsx")).parts[0].fields

    assert {*NAMES} == {*fields}
    assert len(set(fields.values())) == len(fields)
    assert recognise(glimpse(export.path, export.file))


@pytest.mark.parametrize(
    "header",
    [
        "Task ID,Task Name,Task Content,Status,Date Created,Due Date,Start Date,Parent ID,Assignees,List Name",
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Due Date",
        "program_id,name,type,team,status,current_end",
        "Key,Parent Task,Title,Status,Priority,Assigned To,Start Date,Duration,End Date",
    ],
)
def test_other_files_are_not_recognised(header: str) -> None:
    """ClickUp, Asana, gapkit's own tables and Wrike are something else."""
    assert () == recognise(Glimpse("data/a.csv", ".csv", {"": (tuple(header.split(",")),)}))


def test_words_of_progress_carry_their_meaning(plan: Callable[..., Extract]) -> None:
    """Planner has three words, in each language known; nothing else has a meaning of its own."""
    extract = plan({"Task ID": "a", "Task Name": "A", "Progress": "In progress"})

    assert {"status": "in_progress"} == extract.meanings["In progress"] == extract.meanings["Em andamento"]
    assert {"status": "delivered"} == MEANINGS["Completed"] == MEANINGS["Completado"] == MEANINGS["Terminées"]
    assert ["In progress"] == column(extract, "status")


def test_buckets_stay_and_are_pointed_out(plan: Callable[..., Extract]) -> None:
    """A bucket may be the stage: it is kept under its name and the consultant is told how to use it."""
    extract = plan({"Task ID": "a", "Task Name": "A", "Bucket Name": "Review", "Description": "long"})

    assert ["Review"] == column_of(extract.parts[0].sheet, "Bucket Name").tolist()
    assert "Description" not in extract.parts[0].sheet.columns
    assert 'status: "Bucket Name"' in extract.notes[0]


def test_lists_and_team_come_with_the_plan(plan: Callable[..., Extract]) -> None:
    """Several people are separated by ; already, and the plan is the team."""
    extract = plan({"Task ID": "a", "Task Name": "A", "Assigned To": "Ana Silva;Ben Roy"})

    assert (["Ana Silva;Ben Roy"], ["Spring"]) == (column(extract, "owners_now"), column(extract, "team"))


def test_alike_rows_are_one_task_and_others_of_one_id_stay_apart(plan: Callable[..., Extract]) -> None:
    """Rows alike in every cell count once; an id with two names gives two ids; a changed copy keeps the id for merging."""
    task = {"Task ID": "a", "Task Name": "Film", "Progress": "Not started"}
    other = {"Task ID": "b", "Task Name": "Print", "Progress": "Not started"}
    extract = plan(task, task, task | {"Task Name": "Edit"}, other, other | {"Progress": "Completed"})

    assert ["a (2)", "a (1)", "b", "b"] == column(extract, "program_id")
    assert [6, 8, 9, 10] == extract.parts[0].sheet.cells.index.tolist()
    assert "1 row repeats another one in every cell" in extract.notes[0]
    assert "1 task id stands for 2 tasks" in extract.notes[1]


def test_the_day_of_export_tells_day_from_month_where_nothing_else_does(plan: Callable[..., Extract]) -> None:
    """Ambiguous dates follow an unambiguous day of export; the cell that is none stays as it is for the parser to name."""
    tasks = [{"Task ID": n, "Task Name": n, "Due Date": day} for n, day in (("a", "03/04/2026"), ("b", "soon"))]

    assert ["2026-04-03", "soon"] == column(plan(*tasks, exported="26/03/2026"), "current_end")
    assert ["2026-03-04", "soon"] == column(plan(*tasks, exported="03/26/2026"), "current_end")
    assert ["03/04/2026", "soon"] == column(plan(*tasks, exported="04/05/2026"), "current_end")
    assert ["03/04/2026", "soon"] == column(plan(*tasks, exported="26/03/2026", dates="mdy"), "current_end")


def test_dates_that_speak_for_themselves_need_no_day_of_export(plan: Callable[..., Extract]) -> None:
    """The columns' own evidence goes before that of the day of export."""
    tasks = [{"Task ID": n, "Task Name": n, "Due Date": day} for n, day in (("a", "03/04/2026"), ("b", "25/04/2026"))]

    assert ["03/04/2026", "25/04/2026"] == column(plan(*tasks, exported="03/26/2026"), "current_end")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"Tasks": (("Plan name", "X"), ("Date of export", "26/10/2020"))}, dt.date(2020, 10, 26)),
        ({"Tasks": (("Date of export", "03/04/2020"), ("Task ID", "Due Date"), ("a", "12/25/2020"))}, dt.date(2020, 3, 4)),
        ({"Tareas": (("Id. de tarea",),), "Plan": (("Fecha de exportación", "2026-03-04"),)}, dt.date(2026, 3, 4)),
        ({"Plan": (("ID du plan", "Nom du plan", "Date d'exportation"), ("p", "X", "2026-03-04"))}, dt.date(2026, 3, 4)),
        ({"Tasks": (("Date of export", "03/04/2020"),)}, None),
        ({"Tasks": (("Date of export", ""), ("Plan ID", "7"))}, None),
        ({"Tasks": (("Task ID", "Task Name"),)}, None),
    ],
)
def test_the_day_of_export_is_read_where_the_file_says_it(rows: dict[str, Any], expected: dt.date | None) -> None:
    """It stands beside its label, or below it in later exports; without a decided order there is none."""
    assert expected == exported_on(Glimpse("data/plan.xlsx", ".xlsx", rows))


def test_later_exports_keep_the_plan_on_a_sheet_of_its_own(write: Callable[..., Path]) -> None:
    """The sheet with the tasks is found among the others, the plan's name on another one, and labels in a row work too."""
    about = [["ID du plan", "Nom du plan", "Date d'exportation"], ["p1", "Lancement", "2026-03-04"]]
    tasks = [list(FRENCH), ["t1", "Film", "Revue", None, "Terminées", None, "Ana"]]
    buckets = [["ID de compartiment", "Nom du compartiment"], ["b1", "Revue"]]
    folder = write({"data/plan.xlsx": {"Plan": about, "Catégories": buckets, "Données consolidées": tasks}})
    extract = read([Export(folder / "data/plan.xlsx", "data/plan.xlsx")], Source(file="data/plan.xlsx"))

    assert [["Lancement"], ["t1"], ["Terminées"]] == [column(extract, name) for name in ("team", "program_id", "status")]
    assert 'status: "Catégorie"' in extract.notes[0]


def test_columns_in_a_language_unknown_are_named_by_the_consultant(write: Callable[..., Path]) -> None:
    """With format: and fields: a plan in any language is read."""
    folder = write({"data/plan.xlsx": {"Aufgaben": [["Plan", "X"], ["Nr", "Titel"], ["a", "Film"]]}})
    source = Source(file="data/plan.xlsx", fields={"program_id": "Nr", "name": "Titel"})
    extract = read([Export(folder / "data/plan.xlsx", "data/plan.xlsx")], source)

    assert ("Nr", "Titel") == extract.parts[0].sheet.columns


def test_one_unreadable_file_is_a_problem_and_not_the_end(write: Callable[..., Path]) -> None:
    """Of several files the good ones are read."""
    folder = write({"data/a.xlsx": b"no workbook", "data/b.xlsx": {"Tasks": [list(ENGLISH), ["a", "A"]]}})
    extract = read([Export(folder / f"data/{n}.xlsx", f"data/{n}.xlsx") for n in "ab"], Source(file="data/*.xlsx"))

    assert (["data/a.xlsx"], 1) == ([problem.file for problem in extract.problems], len(extract.parts))


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    """Every task has the id it would have in any other order."""
    tasks = [(f"id {n % 2}", f"task {n % 4}", "Review") for n in range(6)]
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    book = openpyxl.Workbook()
    for row in [("Task ID", "Task Name", "Bucket Name"), *(tasks[n] for n in order)]:
        book.active.append(row)
    book.save(path)
    extract = read([Export(path, "data/plan.xlsx")], Source(file="data/plan.xlsx"))

    expected = {("id 0 (1)", "task 0"), ("id 1 (1)", "task 1"), ("id 0 (2)", "task 2"), ("id 1 (2)", "task 3")}
    assert expected == set(zip(column(extract, "program_id"), column(extract, "name"), strict=True))
    assert 4 == len(extract.parts[0].sheet.cells)


def test_one_corrupted_cell_is_one_problem(read: Callable[..., Intake]) -> None:
    """It is named by file, row, column and value, and the other rows are read."""
    rows: list[list[Any]] = [[f"t{n}", f"Task {n}", *[None] * 5, "2026-03-01", None, f"2026-04-0{n}"] for n in range(1, 6)]
    rows[2][9] = "2026-04-99"
    intake = read({"data/p.xlsx": {"Tasks": [list(ENGLISH), *rows]}}, "sources:\n  - file: data/p.xlsx\n")

    assert [("data/p.xlsx", 4, "Due Date", "2026-04-99")] == [(p.file, p.row, p.column, p.value) for p in intake.problems]
    assert ["t1", "t2", "t4", "t5"] == intake.tables["programs"].dropna(subset="current_end")["program_id"].tolist()
