"""Whole sources through the pipeline: flat tables, trackers with and without a log, all of them together."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.config import load_config
from gapkit.intake import Intake, read_tables

PROGRAMS = """program_id,name,type,team,status,committed_at,current_start,current_end,actual_end,budget_planned,owners_now
P1,Spring,campaign,Brand,delivered,2025-12-20,2026-01-05,2026-02-20,2026-02-21,1000,ana
P2,Fair,event,Field,in_progress,2026-01-15,2026-03-01,2026-05-30,,2500.50,ben;cy
P3,Site,web,Web,not_started,,2026-06-01,,,,
"""
GITLAB = """Title,Issue ID,URL,State,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Weight
One,1,https://g/t/-/issues/1,Closed,Ann,2026-03-01,2026-01-05 10:00:00,2026-03-02 10:00:00,2026-03-02 09:00:00,3
Two,2,https://g/t/-/issues/2,Open,"Ann, Ben",2026-04-01,2026-01-06 10:00:00,2026-03-03 10:00:00,,1
Six,3,https://g/t/-/issues/3,Open,,,2026-01-07 10:00:00,2026-03-04 10:00:00,,
"""
LINEAR = """ID,Team,Title,Status,Estimate,Assignee,Created,Updated,Started,Completed,Canceled,Due Date,Parent issue
M-1,MKT,Mail,Done,2,b@x.co,2026-01-05T10:00:00Z,2026-02-05T10:00:00Z,2026-01-09T10:00:00Z,2026-02-05T10:00:00Z,,2026-02-01,
M-2,MKT,Film,Doing,5,,2026-01-06T10:00:00Z,2026-02-06T10:00:00Z,2026-01-20T10:00:00Z,,,2026-03-01,
M-3,MKT,Text,Doing,1,c@x.co,2026-01-07T10:00:00Z,2026-02-07T10:00:00Z,,,,,M-2
"""
FILES = {"data/programs.csv": PROGRAMS, "data/gl.csv": GITLAB, "data/lin.csv": LINEAR}
WORDS = (
    "statuses: {Doing: {status: in_progress, kind: work}, Check: {status: in_progress, kind: approval}, Live: delivered}"
)
FORMATS = {"gl.csv": "gitlab-csv", "lin.csv": "linear-csv", "board.json": "trello-json"}
SOURCES = [f"  - {{file: data/{name}, format: {form}, {WORDS}}}\n" for name, form in FORMATS.items()]


def card(number: int, due: str | None, at: str, members: list[str]) -> dict[str, object]:
    return {"id": f"5a00000{number}aaaaaaaaaaaaaaaa", "idShort": number, "name": f"Card {number}", "idList": at,
            "idMembers": members, "due": due, "dueComplete": False, "closed": False, "labels": [],
            "dateLastActivity": f"2026-03-0{number}T10:00:00.000Z"}  # fmt: skip


def action(number: int, kind: str, day: int, on: int, *, due: str = "", **data: object) -> dict[str, object]:
    about = {"id": f"5a00000{on}aaaaaaaaaaaaaaaa", "name": f"Card {on}", "due": due}
    return {"id": f"6b0000{number:02d}aaaaaaaaaaaaaaaa", "type": kind, "date": f"2026-01-{day:02d}T10:00:00.000Z",
            "memberCreator": {"id": "m1", "fullName": "Ann"}, "data": {"card": about, **data}}  # fmt: skip


def move(number: int, day: int, on: int, old: str, new: str) -> dict[str, object]:
    before, after = ({"id": f"l{name}", "name": name} for name in (old, new))
    return action(number, "updateCard", day, on, listBefore=before, listAfter=after, old={"idList": f"l{old}"})


BOARD = {
    "id": "b1", "name": "Board", "customFields": [], "checklists": [], "labels": [],
    "lists": [{"id": f"l{name}", "name": name, "closed": False} for name in ("Doing", "Check", "Live")],
    "members": [{"id": "m1", "fullName": "Ann"}, {"id": "m2", "fullName": "Ben"}],
    "cards": [card(1, "2026-02-01T12:00:00.000Z", "lLive", ["m1", "m2"]), card(2, None, "lDoing", ["m2"]),
              card(3, "2026-03-01T12:00:00.000Z", "lCheck", [])],
    "actions": [
        *(action(number, "createCard", number, number, list={"id": "lDoing", "name": "Doing"}) for number in (1, 2, 3)),
        move(4, 10, 1, "Doing", "Check"), move(5, 12, 1, "Check", "Doing"), move(6, 15, 1, "Doing", "Live"),
        move(7, 11, 3, "Doing", "Check"),
        action(8, "updateCard", 20, 3, old={"due": "2026-02-15T12:00:00.000Z"}, due="2026-03-01T12:00:00.000Z"),
    ],
}  # fmt: skip


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def arranged(rng: random.Random | None) -> tuple[dict[str, object], str]:
    """The same facts, with rows, columns, items of JSON and sources in any order."""

    def mixed(items: list[Any]) -> list[Any]:
        return items if rng is None else rng.sample(items, len(items))

    files: dict[str, object] = {}
    for name, text in FILES.items():
        head, *rows = rows_of(text)
        places = mixed(list(range(len(head))))
        files[name] = as_csv([[row[place] for place in places] for row in [head, *mixed(rows)]])
    lists = {key: mixed(value) for key, value in BOARD.items() if isinstance(value, list)}
    files["data/board.json"] = json.dumps({**BOARD, **lists})
    return files, "sources:\n" + "".join(mixed(SOURCES))


def without_rows(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: frame[sorted(frame.columns.drop("_row"))] for name, frame in tables.items()}


def read_all(folder: Path, files: Mapping[str, object], yml: str) -> Intake:
    head = "client: Acme\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"
    (folder / "data").mkdir(exist_ok=True)
    (folder / "engagement.yml").write_text(head + yml)
    for name, content in files.items():
        (folder / name).write_text(str(content))
    return read_tables(folder, load_config(folder))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """All sources as they are."""
    return read_all(tmp_path_factory.mktemp("whole"), *arranged(None))


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_order_of_rows_columns_and_sources_changes_nothing(whole: Intake, tmp_path: Path, rng: random.Random) -> None:
    """Two CSV exports, a board with its log and a table, arranged anyhow: the same tables, notes and words."""
    got = read_all(tmp_path, *arranged(rng))

    assert () == whole.problems == got.problems
    assert whole.tables.keys() == got.tables.keys()
    for (name, frame), other in zip(without_rows(whole.tables).items(), without_rows(got.tables).values(), strict=True):
        pdt.assert_frame_equal(frame, other, obj=name)
    assert [(source.file, source.notes, source.unmapped) for source in whole.sources] == [
        (source.file, source.notes, source.unmapped) for source in got.sources
    ]


DATED = {
    "data/programs.csv": ("committed_at", "current_start", "current_end", "actual_end", "budget_planned"),
    "data/gl.csv": ("Due Date", "Created At (UTC)", "Updated At (UTC)", "Closed At (UTC)", "Weight"),
    "data/lin.csv": ("Estimate", "Created", "Updated", "Started", "Completed", "Canceled", "Due Date"),
    "data/board.json": ("due", "start", "dateLastActivity"),
}
CELLS = st.sampled_from([(file, row, name) for file, names in DATED.items() for row in (1, 2, 3) for name in names])


def corrupted(file: str, row: int, name: str) -> dict[str, object]:
    """All files, one cell of them damaged."""
    files: dict[str, object] = {**FILES, "data/board.json": json.dumps(BOARD)}
    if file == "data/board.json":
        cards = [{**each, name: "~corrupt~"} if number == row else each for number, each in enumerate(BOARD["cards"], 1)]
        return {**files, file: json.dumps({**BOARD, "cards": cards})}
    rows = rows_of(FILES[file])
    rows[row][rows[0].index(name)] = "~corrupt~"
    return {**files, file: as_csv(rows)}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_one_corrupted_cell_is_one_problem_and_the_other_rows_stay(
    whole: Intake, tmp_path: Path, cell: tuple[str, int, str]
) -> None:
    """A date or number nobody can read is named with file, row, column and value; every other program reads as before."""
    file, row, name = cell
    damaged = read_all(tmp_path, corrupted(file, row, name), "sources:\n" + "".join(SOURCES))
    seen = row if file.endswith(".json") else row + 1  # items of JSON are numbered from 1, rows below a header from 2
    programs = whole.tables["programs"]
    touched = programs.loc[(programs["_source"] == file) & (programs["_row"] == seen), "program_id"].item()

    assert [(file, seen, name, "~corrupt~")] == [(p.file, p.row, p.column, p.value) for p in damaged.problems]
    for table, frame in whole.tables.items():
        before, after = (each.loc[each["program_id"] != touched] for each in (frame, damaged.tables[table]))
        pdt.assert_frame_equal(before.reset_index(drop=True), after.reset_index(drop=True), obj=table)
