from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gapkit.config import load_config
from gapkit.intake.finding.find import Found, find_plans


def found(folder: Path) -> Found:
    return find_plans(folder, load_config(folder))


def test_tables_are_found_by_name_and_others_are_named(write: Callable[..., Path]) -> None:
    """A canonical name is enough; any other file is listed as not read; notes and hidden files are no data."""
    result = found(
        write(
            {"data/programs.csv": "x", "data/goals.xlsx": "x", "data/jira.csv": "x", "data/README.md": "x", "data/.x": ""}
        )
    )

    assert ["data/programs.csv", "data/goals.xlsx"] == [plan.exports[0].file for plan in result.plans]
    assert ("Not read, because no table has this name and no source asks for it: data/jira.csv.",) == result.notes


def test_a_source_claims_its_file(write: Callable[..., Path]) -> None:
    """What engagement.yml names is not read a second time by its name."""
    folder = write({"data/goals.csv": "x"}, "sources:\n  - {file: data/goals.csv, table: priorities}\n")

    assert ["priorities"] == [plan.table for plan in found(folder).plans]


def test_two_files_for_one_table_are_a_problem(write: Callable[..., Path]) -> None:
    """Which of the two counts cannot be guessed."""
    problems = found(write({"data/goals.csv": "x", "data/goals.parquet": "x"})).problems

    assert ["data/goals.csv", "data/goals.parquet"] == [problem.file for problem in problems]


def test_snapshots_come_in_order_of_date_after_the_present_file(write: Callable[..., Path]) -> None:
    """The exports of a series belong to one plan."""
    places = ("snapshots/2026-02-01/", "", "snapshots/2026-01-05/")
    folder = write({f"data/{place}programs.csv": place for place in places})
    (plan,) = found(folder).plans

    assert plan.is_series
    assert ["None", "2026-01-05", "2026-02-01"] == [str(export.on) for export in plan.exports]


def test_snapshots_of_a_named_source_need_no_present_file(write: Callable[..., Path]) -> None:
    """A source may exist as dated exports only."""
    yml = "sources:\n  - {file: data/plan.csv, snapshots: true}\n"
    (plan,) = found(write({"data/snapshots/2026-01-05/plan.csv": "x"}, yml)).plans

    assert ["data/snapshots/2026-01-05/plan.csv"] == [export.file for export in plan.exports]


def test_dated_exports_a_source_refuses_are_only_noted(write: Callable[..., Path]) -> None:
    """They must not be read as a second table of the same programs."""
    folder = write(
        {"data/programs.csv": "x", "data/snapshots/2026-01-05/programs.csv": "x"},
        "sources:\n  - {file: data/programs.csv, snapshots: no}\n",
    )
    result = found(folder)

    assert [["data/programs.csv"]] == [[export.file for export in plan.exports] for plan in result.plans]
    assert "data/snapshots/2026-01-05/programs.csv" in result.notes[0]


def test_odd_folders_and_unclaimed_snapshots_are_said(write: Callable[..., Path]) -> None:
    """A folder that is not a date is a problem; a dated file nobody claims is a note."""
    result = found(write({"data/snapshots/last week/programs.csv": "x", "data/snapshots/2026-01-05/jira.csv": "x"}))

    assert ["data/snapshots/last week"] == [problem.file for problem in result.problems]
    assert "data/snapshots/2026-01-05/jira.csv" in result.notes[0]


def test_dated_exports_of_a_source_belong_to_it(write: Callable[..., Path]) -> None:
    """The same export lying in dated folders is its history, whether it is one file or a folder of them."""
    dated = ["data/snapshots/2026-01-05/jira/a.json", "data/snapshots/2026-01-05/plan.csv"]
    yml = "sources:\n  - {file: data/plan.csv, format: flat}\n  - {file: data/jira/, format: flat}\n"
    names = ["data/plan.csv", "data/jira/a.json", "data/jira/b.json", *dated]
    result = found(write({name: f"x{number}" for number, name in enumerate(names)}, yml))

    assert [
        ["data/plan.csv", "data/snapshots/2026-01-05/plan.csv"],
        ["data/jira/a.json", "data/jira/b.json", "data/snapshots/2026-01-05/jira/a.json"],
    ] == [[export.file for export in plan.exports] for plan in result.plans]


def test_what_cannot_be_read_is_refused_with_its_line(write: Callable[..., Path]) -> None:
    """Unknown formats and snapshots of other tables are named, each at its place in engagement.yml."""
    yml = """sources:
  - {file: data/a.csv, format: yira-csv}
  - {file: data/b.csv, table: goals, snapshots: true}
"""
    problems = found(write({}, yml)).problems

    assert [("format", 6), ("snapshots", 7)] == [(problem.column, problem.row) for problem in problems]


def test_an_export_that_is_filed_already_is_not_read_as_todays(write: Callable[..., Path]) -> None:
    """What lies in data/ may be the same file as the last one filed; it would pass for an export of the day read."""
    dated = "data/snapshots/2026-01-05/plan.csv"
    folder = write({"data/plan.csv": "same", dated: "same"}, "sources:\n  - {file: data/plan.csv, format: flat}\n")
    (plan,) = found(folder).plans

    assert [dated] == [export.file for export in plan.exports]


def test_dated_exports_of_two_sources_of_one_name_do_not_mix(write: Callable[..., Path]) -> None:
    """Each source has the exports of its own place; one that could be of both is a problem that names them."""
    yml = "sources:\n" + "".join(f"  - {{file: data/{name}/x.csv, format: flat, table: programs}}\n" for name in "ab")
    places = ["data/a/x.csv", "data/b/x.csv", "data/snapshots/2026-01-05/a/x.csv", "data/snapshots/2026-01-05/b/x.csv"]
    clear = found(write({name: name for name in places}, yml))
    bare = found(write({"data/snapshots/2026-01-12/x.csv": "y"}, yml))

    assert [[places[0], places[2]], [places[1], places[3]]] == [
        [export.file for export in plan.exports] for plan in clear.plans
    ]
    assert ["data/snapshots/2026-01-12/x.csv"] == [problem.file for problem in bare.problems]


def test_a_plan_of_record_is_read_from_its_folder_or_by_its_name(write: Callable[..., Path]) -> None:
    """What engagement.yml names is not read twice; what cannot be read is listed."""
    yml = "sources:\n  - {file: plan/b.csv, table: signed_plan}\n"
    result = found(write({"plan/a.csv": "x", "plan/b.csv": "x", "plan/c.docx": "x", "data/signed_plan.csv": "x"}, yml))

    assert ["plan/b.csv", "data/signed_plan.csv", "plan/a.csv"] == [plan.exports[0].file for plan in result.plans]
    assert {"signed_plan"} == {plan.table for plan in result.plans}
    assert "plan/c.docx" in result.notes[0]


def test_a_canonical_table_that_is_filed_already_is_not_read_as_todays(write: Callable[..., Path]) -> None:
    """The same holds for programs.csv, which no entry names."""
    dated = "data/snapshots/2026-01-05/programs.csv"
    (plan,) = found(write({"data/programs.csv": "same", dated: "same"})).plans

    assert [dated] == [export.file for export in plan.exports]
