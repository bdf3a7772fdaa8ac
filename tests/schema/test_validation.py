"""Each way in which tables can be wrong, planted one at a time: found, told once, with place, value and remedy."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import pytest
from pandera.errors import SchemaError

from gapkit import schema
from gapkit.errors import Problem
from gapkit.schema import validation


class Read(NamedTuple):
    """Where a table came from, as intake says it."""

    table: str
    file: str
    columns_mapped: dict[str, str]


def programs(*changes: dict[str, Any]) -> pd.DataFrame:
    """Two sound programs from rows 2 and 3 of a file, changed as told, row by row."""
    sound = [
        {"program_id": "P1", "type": "email", "team": "CRM", "status": "delivered", "_row": 2, "actual_start": "2026-01-05",
         "actual_end": "2026-02-01", "baseline_start": "2026-01-05", "baseline_end": "2026-01-31"},
        {"program_id": "P2", "type": "event", "team": "Field", "status": "not_started", "_row": 3},
    ]  # fmt: skip
    rows = [{**row, **change, "_source": "data/plan.csv"} for row, change in zip(sound, [*changes, {}, {}], strict=False)]
    return schema.conform("programs", pd.DataFrame(rows))


def visits(**change: Any) -> pd.DataFrame:
    entered = pd.Timestamp("2026-01-05 09:00", tz="UTC")
    row = {"program_id": "P1", "stage": "legal", "kind": "approval", "entered_at": entered, **change}
    return schema.conform("stage_visits", pd.DataFrame([row]))


def only(problems: list[Problem]) -> Problem:
    assert 1 == len(problems), [str(problem) for problem in problems]
    return problems[0]


def test_sound_tables_pass() -> None:
    """Nothing is wrong with sound tables."""
    assert [] == schema.validate({"programs": programs(), "stage_visits": visits()})


def test_extra_columns_and_the_order_of_rows_do_not_matter() -> None:
    """Unknown columns are kept and ignored; a shuffled table with a repeated index is as sound as before."""
    frame = programs().assign(squad="x").iloc[::-1].set_axis([0, 0])

    assert [] == schema.validate({"programs": frame})


@pytest.mark.parametrize(
    ("change", "row", "column", "value", "what"),
    [
        ({"status": "Done"}, 2, "status", "Done", "unknown word"),
        ({"team": None}, 2, "team", "", "an empty cell where a value is required"),
        ({"program_id": None}, 2, "program_id", "", "an empty cell where a value is required"),
        ({"spec_planned": 0}, 2, "spec_planned", "0", "out of range"),
        ({"intent_match": 4.5}, 2, "intent_match", "4.5", "out of range"),
        ({"size_points": 0}, 2, "size_points", "0", "out of range"),
        ({"budget_planned": -1234567}, 2, "budget_planned", "-1234567", "out of range"),
        ({"plan_quarter": "Q1/26"}, 2, "plan_quarter", "Q1/26", "not of the form YYYYQn"),
        ({"committed_at": "1900-01-01"}, 2, "committed_at", "1900-01-01", "not a plausible year"),
        ({"committed_at": "2026-01-02 10:30"}, 2, "committed_at", "2026-01-02 10:30:00", "a time of day where only a date"),
    ],
)
def test_a_wrong_cell_is_one_problem_with_its_place(
    change: dict[str, Any], row: int, column: str, value: str, what: str
) -> None:
    """One wrong cell gives one problem with file, row, column, value, what is allowed and what to do."""
    problem = only(schema.validate({"programs": programs(change)}))

    assert ("data/plan.csv", row, column, value) == (problem.file, problem.row, problem.column, problem.value)
    assert problem.what.startswith(what)
    assert problem.allowed
    assert problem.remedy
    assert "programs" == problem.table


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"baseline_end": "2026-01-01"}, "baseline_end", "baseline_end 2026-01-01, baseline_start 2026-01-05"),
        ({"actual_end": "2026-01-01"}, "actual_end", "actual_end 2026-01-01, actual_start 2026-01-05"),
    ],
)
def test_an_end_before_its_start_is_refused(change: dict[str, Any], column: str, value: str) -> None:
    """Dates in the wrong order are shown side by side, at the later one's column."""
    problem = only(schema.validate({"programs": programs(change)}))

    assert (2, column, value) == (problem.row, problem.column, problem.value)


def test_an_end_on_the_day_of_its_start_is_sound() -> None:
    """Same-day work exists."""
    assert [] == schema.validate({"programs": programs({"actual_end": "2026-01-05"})})


def test_a_repeated_id_names_all_its_rows_once() -> None:
    """Both rows are named in one problem."""
    problem = only(schema.validate({"programs": programs({}, {"program_id": "P1"})}))

    assert (2, "program_id", "P1") == (problem.row, problem.column, problem.value)
    assert problem.what.endswith("in 2 rows: 2, 3")


def test_empty_ids_are_not_also_repeated() -> None:
    """Two empty ids are empty, and told so once."""
    problem = only(schema.validate({"programs": programs({"program_id": None}, {"program_id": None})}))

    assert "an empty cell where a value is required, in 2 rows: 2, 3" == problem.what


def test_a_blank_may_be_part_of_a_key() -> None:
    """A priority without a first day is one row; the same priority a second time without one is a repetition."""
    once = schema.conform(
        "priorities", pd.DataFrame({"priority_id": ["A", "A"], "label": "Grow", "from": [None, "2026-01-01"]})
    )

    assert [] == schema.validate({"priorities": once})
    assert 1 == len(schema.validate({"priorities": pd.concat([once, once.head(1)])}))


def test_a_missing_column_is_named_with_its_likely_self() -> None:
    """The column's kind and the nearest column of the file help to map it."""
    frame = programs().drop(columns="team").assign(Team="x")

    problem = only(schema.validate({"programs": frame}))

    assert ("data/plan.csv", None, "team") == (problem.file, problem.row, problem.column)
    assert "Is it Team?" in problem.remedy


def test_a_table_with_a_header_alone_names_its_file_by_its_origin() -> None:
    """Without rows the file is known from what was read."""
    origin = Read("goals", "data/goals.csv", {"goal_id": "Goal"})

    problem = only(schema.validate({"goals": schema.empty("goals").drop(columns="label")}, [origin]))

    assert ("data/goals.csv", "label") == (problem.file, problem.column)


def test_columns_are_named_as_the_file_spells_them() -> None:
    """A consultant looks for the client's column, not for ours."""
    origin = Read("programs", "data/plan.csv", {"status": "Progress"})

    assert "Progress" == only(schema.validate({"programs": programs({"status": "Done"})}, [origin])).column


def test_the_sheet_is_named_where_there_is_one() -> None:
    """Rows of a workbook carry their sheet into the message."""
    frame = programs({"status": "Done"}).assign(_sheet="Plan")

    assert 'data/plan.csv, sheet "Plan", row 2, column "status"' == only(schema.validate({"programs": frame})).where()


def test_files_may_be_categories() -> None:
    """Millions of rows carry their file as a category; it is told as its name."""
    frame = programs({"status": "Done"}).astype({"_source": "category"})

    assert "data/plan.csv" == only(schema.validate({"programs": frame})).file


def test_a_table_made_in_memory_is_numbered_as_its_file_would_be() -> None:
    """Without row numbers the first row is row 2, below the header, and the table's name stands for the file."""
    frame = programs({"status": "Done"}).drop(columns=["_row", "_source"])

    assert 'programs, row 2, column "status"' == only(schema.validate({"programs": frame})).where()


def test_a_column_of_the_wrong_type_is_one_problem() -> None:
    """No rule or range is told on top of a column that cannot be read at all."""
    frame = programs().assign(baseline_end="soon", spec_planned="many")

    problems = schema.validate({"programs": frame})

    assert [("baseline_end", "soon", 2), ("spec_planned", "many", 2)] == [(p.column, p.value, p.row) for p in problems]


def test_a_column_of_the_wrong_type_without_values_is_told_as_well() -> None:
    """Even empty, a column of another type would fail later."""
    frame = programs().assign(spec_planned=pd.Series([None, None], dtype=object))

    assert "spec_planned" == only(schema.validate({"programs": frame})).column


def test_moments_without_a_zone_are_refused() -> None:
    """A naive column must be localized on reading, never here by guess."""
    frame = visits().assign(entered_at=pd.Series(pd.to_datetime(["2026-01-05 09:00"])).astype("datetime64[us]"))

    assert "moments without a time zone" == only(schema.validate({"stage_visits": frame})).what


def test_leaving_before_entering_is_refused() -> None:
    """A visit cannot end before it began."""
    problem = only(schema.validate({"stage_visits": visits(left_at=pd.Timestamp("2026-01-05 08:00", tz="UTC"))}))

    assert "leaving the stage before entering the stage" == problem.what


def test_all_failures_of_all_tables_come_at_once() -> None:
    """One report, not one per run."""
    frames = {"programs": programs({"status": "Done", "team": None}, {"type": "mail"}), "stage_visits": visits(kind="idle")}

    problems = schema.validate(frames)

    assert {"team", "type", "status", "kind"} == {problem.column for problem in problems}


def test_equal_values_are_one_problem_that_counts_its_rows() -> None:
    """A status used throughout is told once, with its first rows and their number."""
    frame = pd.DataFrame({"program_id": [str(i) for i in range(40)], "type": "email", "team": "CRM", "status": "Done"})

    problem = only(schema.validate({"programs": schema.conform("programs", frame)}))

    assert "unknown word, in 40 rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …" == problem.what


def test_what_is_not_listed_is_counted() -> None:
    """After twenty different values one line says how many more there are, and in how many rows."""
    frame = pd.DataFrame({"program_id": [str(i) for i in range(60)], "type": "email", "team": "CRM",
                          "status": [f"S{i % 25}" for i in range(60)]})  # fmt: skip

    problems = schema.validate({"programs": schema.conform("programs", frame)})

    assert 21 == len(problems)
    assert "unknown word: 5 further values in 10 rows, not listed" == problems[-1].what


def test_a_broken_rule_is_not_taken_for_broken_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that fails on well-typed data is our mistake and must surface as such."""

    def fail(*_: object) -> pd.Series:
        raise ZeroDivisionError

    rule = validation.TABLES["goals"].schema.columns["label"]
    monkeypatch.setattr(
        rule, "checks", [schema.TABLES["programs"].schema.columns["plan_quarter"].checks[0].__class__(fail)]
    )
    goals = schema.conform("goals", pd.DataFrame({"goal_id": ["1"], "label": ["Grow"]}))

    with pytest.raises(SchemaError):
        schema.validate({"goals": goals})
