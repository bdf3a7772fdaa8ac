from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from gapkit.config import load_config
from gapkit.errors import InputError
from gapkit.intake import Intake, read_tables
from gapkit.intake.finding.find import find_plans
from gapkit.intake.opening import open_source, with_meanings

PROGRAMS = "program_id,type,team,status\nP1,web,Web,in_progress\nP2,web,Web,in_progress\n"
SIGNED = "program_id,planned_end\nP1,2026-03-31\n"
GITLAB = "Title,Issue ID,URL,State,Milestone,Weight,Created At (UTC),Updated At (UTC),Closed At (UTC)\n"
ISSUE = "One,1,https://g/t/-/issues/1,Open,Web,3,2026-01-05 10:00:00,2026-01-05 10:00:00,\n"

Read = Callable[..., Intake]


def signed(intake: Intake) -> list[tuple[str, str | None]]:
    rows = intake.tables["signed_plan"]
    days = rows["signed_on"].dt.strftime("%Y-%m-%d")
    return [(program, None if pd.isna(day) else day) for program, day in zip(rows["program_id"], days, strict=True)]


def test_a_plan_is_signed_on_the_day_in_its_name(read: Read) -> None:
    """Where no column says it; what a row says itself goes first, however the column is spelled."""
    named = read({"data/programs.csv": PROGRAMS, "plan/2026-01-05 plan.csv": SIGNED})
    rows = "Program ID,Signed on,Planned end\nP1,2026-02-01,2026-03-31\nP2,,2026-03-31\n"
    mixed = read({"data/programs.csv": PROGRAMS, "plan/2026-01-05 plan.csv": rows})

    assert [("P1", "2026-01-05")] == signed(named)
    assert [("P1", "2026-02-01"), ("P2", "2026-01-05")] == signed(mixed)


@pytest.mark.parametrize("name", ["plan.csv", "2026-02-30.csv", "2026-13-45 plan.csv"])
def test_a_plan_without_a_day_is_one_problem(read: Read, name: str) -> None:
    """Not one for every row, and no guess: the file is named with what to do."""
    (problem,) = read({"data/programs.csv": PROGRAMS, f"plan/{name}": SIGNED}).problems

    assert (f"plan/{name}", "signed_on") == (problem.file, problem.column)
    assert "name of the file" in problem.remedy


def test_an_excel_plan_is_read_and_an_empty_one_is_said(read: Read) -> None:
    """A header without rows is no mistake; a scan beside the plan is listed, not refused."""
    book = {"Plan": [["Program ID", "Planned end"], ["P1", "2026-03-31"]]}
    whole = read({"data/programs.csv": PROGRAMS, "plan/2026-01-05.xlsx": book, "plan/2026-01-05 signed.pdf": "%PDF"})

    assert () == whole.problems
    assert [("P1", "2026-01-05")] == signed(whole)
    assert "plan/2026-01-05 signed.pdf" in whole.notes[0]


def test_an_empty_plan_counts_as_absent(read: Read) -> None:
    """A header without rows is no mistake."""
    empty = read({"data/programs.csv": PROGRAMS, "plan/x.csv": "program_id,planned_end\n"})

    assert () == empty.problems
    assert "The table signed_plan has a header and no rows; it counts as absent." in empty.notes


def test_a_plan_named_under_sources_is_read_once_and_with_its_columns(read: Read) -> None:
    """Both rules find it; the entry in engagement.yml knows its columns."""
    yml = "sources:\n  - {file: plan/2026-01-05.csv, table: signed_plan, fields: {program_id: Key, planned_end: Ende}}\n"
    intake = read({"data/programs.csv": PROGRAMS, "plan/2026-01-05.csv": "Key,Ende\nP1,2026-03-31\n"}, yml)

    assert () == intake.problems
    assert [("P1", "2026-01-05")] == signed(intake)


def test_what_engagement_yml_says_goes_word_by_word_before_what_the_export_says() -> None:
    """A kind added by the consultant leaves the status the tracker itself gives, however the word is spelled."""
    own = {"Done": {"status": "delivered"}, "DONE": {"status": "delivered"}, "Doing": {"status": "in_progress"}}
    given = {"doing": {"kind": "work"}, "Done": {"status": "cancelled"}, "Parked": {"status": "paused"}}

    assert {
        "Done": {"status": "cancelled"}, "DONE": {"status": "delivered"},
        "Doing": {"status": "in_progress", "kind": "work"}, "Parked": {"status": "paused"},
    } == with_meanings(own, given)  # fmt: skip


def test_columns_named_for_a_tracker_go_before_the_formats_own(read: Read) -> None:
    """However they are spelled; one the export does not have is a problem that names it."""
    yml = "sources:\n  - {file: data/gl.csv, format: gitlab-csv, fields: {team: milestone, size_points: Squad}}\n"
    intake = read({"data/gl.csv": GITLAB + ISSUE}, yml)

    assert ["Web"] == intake.tables["programs"]["team"].tolist()
    assert ["Squad"] == [problem.column for problem in intake.problems]


def test_a_table_the_export_does_not_hold_is_refused(read: Read) -> None:
    """Saying table: goals of what looks like an issue list is a mistake or a table in disguise; both have a remedy."""
    yml = "sources:\n  - {file: data/gl.csv, format: gitlab-csv, table: goals}\n"
    (problem,) = read({"data/gl.csv": GITLAB + ISSUE}, yml).problems

    assert ("engagement.yml", 6, "table", "goals", "programs") == (
        problem.file, problem.row, problem.column, problem.value, problem.allowed,
    )  # fmt: skip


def test_one_unreadable_day_does_not_hide_the_others(write: Callable[..., Path]) -> None:
    """What is wrong with a dated export is said, and the rest of the series is opened."""
    yml = "sources:\n  - {file: data/gl.csv, format: gitlab-csv}\n"
    folder = write({"data/snapshots/2026-01-05/gl.csv": "", "data/snapshots/2026-01-12/gl.csv": GITLAB + ISSUE}, yml)
    (plan,) = find_plans(folder, load_config(folder)).plans
    opened = open_source(plan)

    assert [1] == [len(part.cells) for _, part in opened.sheets["programs"]]
    assert ["data/snapshots/2026-01-05/gl.csv"] == [problem.file for problem in opened.problems]
    with pytest.raises(InputError):
        open_source(plan._replace(exports=plan.exports[:1]))


def test_rows_of_a_query_have_a_digest(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database returned is part of what a report was made from."""
    import sqlite3

    monkeypatch.setenv("ACME_DB", f"sqlite:///{write({}) / 'w.db'}")
    yml = 'sources:\n  - {sql: "select * from p", url_env: ACME_DB, table: programs}\n'

    def digest(*rows: tuple[str, str]) -> str:
        folder = write({}, yml)
        with sqlite3.connect(folder / "w.db") as database:
            database.execute("drop table if exists p")
            database.execute("create table p (program_id text, type text, team text, status text)")
            database.executemany("insert into p values (?, 'web', 'Web', ?)", rows)
        database.close()
        (source,) = read_tables(folder, load_config(folder)).sources
        assert () == source.files
        return source.digest

    one, other = digest(("P", "delivered"), ("Q", "paused")), digest(("Q", "paused"), ("P", "delivered"))

    assert one == other
    assert one != digest(("P", "delivered"), ("Q", "blocked"))
