from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit import schema
from gapkit.config import EngagementConfig, load_config
from gapkit.errors import Problem
from gapkit.intake import Intake, read_tables

PROGRAMS = """program_id,name,type,team,status,current_start,current_end,budget_planned,owners_now
P1,Spring,campaign,Brand,delivered,2026-01-05,2026-02-20,1000,ana
P2,Fair,event,Field,in_progress,2026-03-01,2026-05-30,2500.50,ben;cy
P3,Site,web,Web,not_started,2026-06-01,,,
P4,Mail,email,Web,cancelled,,2026-04-30,300,ana
"""
VISITS = "program_id,stage,kind,entered_at,left_at\nP1,brief,work,2026-01-05T09:00:00Z,2026-01-07T09:00:00Z\n"


def one(intake: Intake) -> Problem:
    assert 1 == len(intake.problems), [str(problem) for problem in intake.problems]
    return intake.problems[0]


def test_tables_are_typed_conformed_and_traced(read: Callable[..., Intake]) -> None:
    """A canonical file becomes a table with every declared column, and each row knows its file and row."""
    intake = read({"data/programs.csv": PROGRAMS, "data/stage_visits.csv": VISITS})
    programs = intake.tables["programs"]

    assert () == intake.problems
    assert [field.name for field in schema.TABLES["programs"].fields()] == list(programs.columns[:-3])
    assert [("data/programs.csv", 2), ("data/programs.csv", 3)] == list(
        zip(programs["_source"], programs["_row"], strict=True)
    )[:2]
    assert [] == schema.validate(intake.tables)
    assert "datetime64[us, America/New_York]" == str(intake.tables["stage_visits"]["entered_at"].dtype)


def test_the_account_of_a_source(read: Callable[..., Intake]) -> None:
    """What was read, how, and what it was taken for can be checked by a person."""
    text = PROGRAMS.replace("team", "Squad").replace("name", "Title")
    yml = "sources:\n  - {file: data/plan.csv, fields: {team: Squad}, types: {'*': other}, teams: {Web: Digital}}\n"
    intake = read({"data/plan.csv": text.replace("email", "mailing")}, yml)
    (source,) = intake.sources

    assert ("programs", "csv", "utf-8", ",", 4, 4, "none") == (
        source.table,
        source.format,
        source.encoding,
        source.delimiter,
        source.rows_read,
        source.rows_used,
        source.history,
    )
    assert "Squad" == source.columns_mapped["team"]
    assert ("Title",) == source.columns_unknown
    assert {"type": (("mailing", 1),)} == source.caught
    assert ["Brand", "Field", "Digital", "Digital"] == intake.tables["programs"]["team"].tolist()


def excel(*rows: list[object], sheet: str = "Plan") -> dict[str, list[list[object]]]:
    return {sheet: list(rows)}


HEADER = ["program_id", "type", "team", "status", "current_end"]
CASES = {
    "missing column": (
        {"data/programs.csv": PROGRAMS.replace("status", "state")},
        "",
        {"column": "status", "what": "missing"},
    ),
    "unknown status": (
        {"data/programs.csv": PROGRAMS.replace("in_progress", "In QA")},
        "",
        {"row": 3, "column": "status", "value": "In QA", "what": "unknown status", "remedy": "statuses:"},
    ),
    "duplicate id": (
        {"data/programs.csv": PROGRAMS.replace("P2", "P1")},
        "",
        {"row": 2, "value": "P1", "what": "more than once"},
    ),
    "end before start": (
        {"data/programs.csv": PROGRAMS.replace("2026-02-20", "2026-01-01")},
        "",
        {"row": 2, "what": "before the planned start"},
    ),
    "unreadable date": (
        {"data/programs.csv": PROGRAMS.replace("2026-05-30", "end of May")},
        "",
        {"row": 3, "column": "current_end", "value": "end of May", "what": "unreadable date"},
    ),
    "date order unknown": (
        {"data/programs.csv": PROGRAMS.replace("2026-05-30", "05/06/2026")},
        "",
        {"row": 3, "value": "05/06/2026", "what": "day and month", "remedy": "dates: dmy or dates: mdy"},
    ),
    "empty file": ({"data/programs.csv": ""}, "", {"file": "data/programs.csv", "what": "empty"}),
    "wrong encoding": (
        {"data/programs.csv": PROGRAMS.encode() + b"P9,\x81\x8d"},
        "",
        {"row": 6, "what": "characters cannot be read"},
    ),
    "Excel under a CSV name": ({"data/programs.csv": b"PK\x03\x04zip"}, "", {"what": "Excel workbook"}),
    "Excel with title rows and a bad cell": (
        {"data/programs.xlsx": excel(["My plan"], [], HEADER, ["P1", "web", "Web", "delivered", "soon"])},
        "",
        {"sheet": "Plan", "row": 4, "column": "current_end", "value": "soon"},
    ),
    "missing sheet": (
        {"data/plan.xlsx": excel(HEADER, ["P1", "web", "Web", "delivered", "2026-01-01"])},
        "sources:\n  - {file: data/plan.xlsx, sheet: Staff}\n",
        {"file": "data/plan.xlsx", "sheet": "Staff", "what": "no such sheet", "allowed": "Plan"},
    ),
    "file named and absent": (
        {"data/programs.csv": PROGRAMS},
        "sources:\n  - {file: data/visits.csv, table: stage_visits}\n",
        {"file": "data/visits.csv", "what": "no such file"},
    ),
    "no data": ({"data/README.md": "x"}, "", {"file": "data", "what": "no programs", "allowed": "data/programs.csv"}),
    "no rows": ({"data/programs.csv": PROGRAMS.splitlines()[0]}, "", {"what": "no programs"}),
    "foreign currency": (
        {"data/programs.csv": PROGRAMS.replace("2500.50", "€2500.50")},
        "",
        {"row": 3, "column": "budget_planned", "what": "amount"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_one_problem_with_place_value_and_remedy(read: Callable[..., Intake], case: str) -> None:
    """Whatever is wrong is named once, where it is, with what to do; nothing else is complained about."""
    files, yml, expected = CASES[case]
    problem = one(read(files, yml))

    assert problem.remedy
    for name, word in expected.items():
        seen = getattr(problem, name)
        assert word == seen if isinstance(word, int) else word in seen, str(problem)


def test_all_problems_of_all_files_come_at_once(read: Callable[..., Intake]) -> None:
    """A consultant mends everything in one go."""
    bad = (
        PROGRAMS.replace("in_progress", "In QA")
        .replace("P4", "P1")
        .replace("2026-02-20", "2025-01-01")
        .replace("300", "much")
    )
    files = {"data/programs.csv": bad, "data/goals.csv": "", "data/stage_visits.csv": VISITS.replace("work", "play")}

    problems = read(files).problems

    assert {"data/programs.csv": 4, "data/goals.csv": 1, "data/stage_visits.csv": 1} == pd.Series(
        [p.file for p in problems]
    ).value_counts().to_dict()


def test_nothing_is_dropped_in_silence(read: Callable[..., Intake]) -> None:
    """Files left alone, tables without rows and encodings chosen are all said."""
    files = {
        "data/programs.csv": PROGRAMS.replace("Spring", "Zoë").encode("cp1252"),
        "data/other.csv": "x",
        "data/goals.csv": "goal_id,label\n",
    }
    intake = read(files)

    assert any("data/other.csv" in note for note in intake.notes)
    assert any("goals has a header and no rows" in note for note in intake.notes)
    assert any("Windows-1252" in note for source in intake.sources for note in source.notes)
    assert "goals" not in intake.tables


@pytest.mark.parametrize("name", ["programs.csv", "programs.xlsx", "programs.parquet"])
def test_csv_excel_and_parquet_give_the_same_table(read: Callable[..., Intake], name: str) -> None:
    """The format of a file is no part of what it says."""
    frame = pd.read_csv(io.StringIO(PROGRAMS), parse_dates=["current_start", "current_end"])
    rows = [list(frame.columns), *frame.astype(object).where(frame.notna(), None).to_numpy().tolist()]
    content = {"programs.csv": PROGRAMS, "programs.xlsx": {"Sheet": rows}, "programs.parquet": frame}[name]

    intake = read({f"data/{name}": content})

    assert () == intake.problems
    columns = [field.name for field in schema.TABLES["programs"].fields()]
    expected = schema.conform("programs", frame, "America/New_York")[columns]
    pdt.assert_frame_equal(expected, intake.tables["programs"][columns])


def test_a_change_log_wins_over_snapshots(read: Callable[..., Intake]) -> None:
    """Where both tell of one field of a program the log is finer; for the others the snapshots speak."""
    head, first, second, *_ = PROGRAMS.splitlines(keepends=True)
    files = {
        "data/snapshots/2026-01-05/programs.csv": head + first + second,
        "data/snapshots/2026-03-02/programs.csv": head
        + (first + second).replace("2026-05-30", "2026-06-30").replace("2026-02-20", "2026-02-27"),
        "data/status_events.csv": "event_id,program_id,at,field,old,new\n"
        "e1,P2,2026-02-01T10:00:00Z,end,2026-05-30,2026-06-30\n",
    }
    intake = read(files)
    ends = intake.tables["status_events"].query("field == 'end'")

    assert () == intake.problems
    assert [("P2", "e1"), ("P1", "snapshot 2026-03-02 P1 end")] == list(
        zip(ends["program_id"], ends["event_id"], strict=True)
    )


def test_the_present_export_is_the_last_of_a_series(read: Callable[..., Intake]) -> None:
    """data/programs.csv beside snapshots shows the day the data is read."""
    moved = PROGRAMS.replace("2026-05-30", "2026-07-30")
    intake = read({"data/snapshots/2026-01-05/programs.csv": PROGRAMS, "data/programs.csv": moved})
    program = intake.tables["programs"].set_index("program_id").loc["P2"]
    (move,) = intake.tables["status_events"].query("field == 'end'").itertuples()

    assert ["2026-05-30", "2026-07-30"] == [f"{program[name]:%Y-%m-%d}" for name in ("baseline_end", "current_end")]
    assert "2026-06-30" == f"{move.at:%Y-%m-%d}"


def test_bad_event_values_are_named(read: Callable[..., Intake]) -> None:
    """A status or date inside the history is checked like one in a column."""
    log = "event_id,program_id,at,field,old,new\ne1,P1,2026-02-01,status,,Parked\ne2,P1,2026-02-01,end,,soon\n"

    problems = read({"data/programs.csv": PROGRAMS, "data/status_events.csv": log}).problems

    assert [("Parked", 2), ("soon", 3)] == [(p.value.split(", ")[0].removeprefix("new "), p.row) for p in problems]


CELLS = st.sampled_from([(row, column) for row in range(1, 5) for column in range(9)])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_one_corrupted_cell_is_one_problem_and_the_other_rows_stay(
    write: Callable[..., Path], cell: tuple[int, int]
) -> None:
    """Damage stays where it is: every other row reads as before."""
    row, column = cell
    lines = [line.split(",") for line in PROGRAMS.splitlines()]
    name = lines[0][column]
    lines[row][column] = "~corrupt~"
    folder = write({"data/programs.csv": PROGRAMS})
    whole = read_tables(folder, load_config(folder))
    write({"data/programs.csv": "\n".join(",".join(line) for line in lines)})
    damaged = read_tables(folder, load_config(folder))

    is_text = name in ("program_id", "name", "team", "owners_now")
    assert ([] if is_text else [(row + 1, name, "~corrupt~")]) == [(p.row, p.column, p.value) for p in damaged.problems]
    tables = [intake.tables["programs"].query(f"_row != {row + 1}").reset_index(drop=True) for intake in (whole, damaged)]
    pdt.assert_frame_equal(*tables)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_order_of_rows_columns_and_sources_changes_nothing(write: Callable[..., Path], rng: random.Random) -> None:
    """The same facts give the same tables, however the files are arranged."""
    frame = pd.read_csv(io.StringIO(PROGRAMS), dtype="str")
    halves = [frame.iloc[:2], frame.iloc[2:]]
    sources = ["  - {file: data/a.csv, table: programs}\n", "  - {file: data/b.csv, table: programs}\n"]

    def arranged(shuffle: Callable[[list[object]], object]) -> dict[str, pd.DataFrame]:
        files, order, yml = {}, [0, 1], list(sources)
        shuffle(order)
        shuffle(yml)
        for name, half in zip("ab", order, strict=True):
            rows, columns = list(range(2)), list(frame.columns)
            shuffle(rows)
            shuffle(columns)
            files[f"data/{name}.csv"] = halves[half].iloc[rows][columns].to_csv(index=False)
        folder = write(files, "sources:\n" + "".join(yml))
        return dict(read_tables(folder, load_config(folder)).tables)

    expected, got = arranged(lambda items: None), arranged(rng.shuffle)
    declared = [field.name for field in schema.TABLES["programs"].fields()]

    pdt.assert_frame_equal(expected["programs"][declared], got["programs"][declared])


def test_only_cells_empty_in_the_file_are_called_empty(tmp_path: Path) -> None:
    """Two unknown statuses are named as such; the one cell that is empty is named alone."""
    rows = "program_id,type,team,status\nP1,web,Web,Launched\nP2,web,Web,delivered\nP3,web,Web,Launched\nP4,web,Web,\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "programs.csv").write_text(rows, encoding="utf-8")
    config = EngagementConfig("A", dt.date(2026, 6, 30), "UTC", "USD")

    problems = read_tables(tmp_path, config).problems

    assert [("unknown status, in 2 rows", 2), ("an empty cell where a value is required", 5)] == [
        (problem.what, problem.row) for problem in problems
    ]


def test_dates_written_the_other_way_round_are_one_problem(tmp_path: Path) -> None:
    """Forty dates that can only be day first, and dates: mdy: one line that says so, not forty."""
    rows = ["Id;Art;Team;Stand;Zusage"] + [f"P{i};web;Web;delivered;{13 + i % 15}.06.2026" for i in range(40)]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "export.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "engagement.yml").write_text(
        "client: A\nas_of: 2026-06-30\ntz: UTC\ncurrency: EUR\nsources:\n  - file: data/export.csv\n    table: programs\n"
        "    dates: mdy\n    fields: {program_id: Id, type: Art, team: Team, status: Stand, committed_at: Zusage}\n",
        encoding="utf-8",
    )

    (problem,) = read_tables(tmp_path, load_config(tmp_path)).problems

    assert problem.what == "40 dates of this column can only be read with the day first, dates: mdy says the month first"
    assert ("data/export.csv", 2, "Zusage", "dates: dmy") == (problem.file, problem.row, problem.column, problem.allowed)
