from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake.mapping import expected_names, map_columns, word_mappings
from gapkit.intake.reading.records import Sheet

REQUIRED = {"program_id": "1", "type": "web", "team": "Web", "status": "delivered"}


def sheet(**columns: str) -> Sheet:
    cells = pd.DataFrame([list(columns.values())], index=pd.Index([4], name="row"), dtype="str")
    return Sheet("data/x.csv", "", "csv", tuple(columns), cells)


def test_fields_come_first_and_names_second() -> None:
    """A mapped column wins over one that carries the canonical name; that one is kept as an extra."""
    mapped = map_columns(sheet(**REQUIRED, Squad="A"), "programs", Source(fields={"team": "Squad"}))

    assert "A" == mapped.cells["team"].item()
    assert {"team": "Squad", "status": "status"}.items() <= dict(mapped.spelled).items()
    assert ("team (2)",) == mapped.unknown


def test_names_are_matched_without_case_and_punctuation() -> None:
    """ "Program ID" is program_id."""
    mapped = map_columns(
        sheet(**{"Program ID": "7", "Type": "web", "TEAM": "x", "Status ": "delivered"}), "programs", Source()
    )

    assert ["7", 4, "data/x.csv"] == mapped.cells[["program_id", "_row", "_source"]].iloc[0].tolist()
    assert () == mapped.problems


def test_one_column_may_feed_two() -> None:
    """A tracker's only date can be baseline and current plan at once."""
    both = Source(fields={"baseline_end": "Due", "current_end": "Due"})

    cells = map_columns(sheet(**REQUIRED, Due="2026-01-01"), "programs", both).cells

    assert ["2026-01-01"] * 2 == cells[["baseline_end", "current_end"]].iloc[0].tolist()


@pytest.mark.parametrize(
    ("columns", "fields", "column", "word"),
    [
        ({"program_id": "1", "type": "web", "team": "x"}, {}, "status", "requires it"),
        (REQUIRED, {"name": "Title"}, "Title", "is mapped to it"),
        (REQUIRED | {"Status": "x"}, {}, "status", "more than once"),
    ],
)
def test_missing_and_repeated_columns_are_named(
    columns: dict[str, str], fields: dict[str, str], column: str, word: str
) -> None:
    """Each is one problem that says what is in the file and what to do."""
    problems = map_columns(sheet(**columns), "programs", Source(fields=fields)).problems

    assert [column] == [problem.column for problem in problems]
    assert word in problems[0].what


def test_a_column_whose_blanks_have_a_meaning_may_be_absent() -> None:
    """(blank) in types: stands in for a type column the tracker lacks."""
    lacking = {name: cell for name, cell in REQUIRED.items() if name != "type"}

    assert () == map_columns(sheet(**lacking), "programs", Source(types={"(blank)": "other"})).problems


def test_values_without_a_heading_are_noted() -> None:
    """A nameless column is not read, and that is said."""
    assert "1 column without a name" in map_columns(sheet(**REQUIRED, **{"": "x"}), "programs", Source()).notes[0]


def test_statuses_give_stages_to_programs_and_kinds_to_visits() -> None:
    """One mapping serves the status of programs and the stages of a stage log."""
    statuses = {"In review": {"status": "in_progress", "stage": "review", "kind": "approval"}, "QA": {"kind": "work"}}
    program = map_columns(sheet(**REQUIRED | {"status": "in review"}), "programs", Source(statuses=statuses)).cells
    visit = {"program_id": "1", "stage": "In Review", "entered_at": "2026-01-01"}
    visits = map_columns(sheet(**visit), "stage_visits", Source(statuses=statuses)).cells
    other = map_columns(sheet(**visit | {"stage": "QA"}), "stage_visits", Source(statuses=statuses)).cells

    assert "review" == program["stage"].item()
    assert ["review", "approval"] == visits[["stage", "kind"]].iloc[0].tolist()
    assert ["QA", "work"] == other[["stage", "kind"]].iloc[0].tolist()


def test_expected_names_hold_the_columns_of_the_file() -> None:
    """The header is looked for by the mapped names as well as by the canonical ones."""
    assert {"squad_2", "team", "program_id"} <= expected_names("programs", Source(fields={"team": "Squad (2)"}))


def test_word_mappings_fit_the_table() -> None:
    """Teams apply wherever a team stands; statuses only to programs."""
    source = Source(teams={"a": "b"}, statuses={"x": {"status": "delivered"}}, types={"y": "web"})

    assert {"from_team", "to_team"} == set(word_mappings("handoffs", source))
    assert {"team", "status", "type"} == set(word_mappings("programs", source))
