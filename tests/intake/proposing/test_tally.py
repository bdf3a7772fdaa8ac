from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake.finding.export import Part
from gapkit.intake.proposing.tally import Column, Undecided, program_names, take_tally
from gapkit.intake.reading.records import Sheet


def part(cells: Mapping[str, list[object]], fields: Mapping[str, str] | None = None, table: str = "programs") -> Part:
    frame = pd.DataFrame(dict(enumerate(cells.values())))
    frame = frame.astype(
        {place: "str" for place in frame if frame[place].map(lambda cell: cell is None or isinstance(cell, str)).all()}
    )
    return Part(table, Sheet("data/a.csv", "", "csv", tuple(cells), frame), fields or {})


PROGRAMS = {
    "Key": ["A-1", "A-2", "A-3", "A-4"],
    "Name": ["Spring", "Fair", None, "Site"],
    "State": ["Open", "Done", "Open", None],
    "Who": ["Ana;Ben", "Ana", None, "Cy"],
}
FIELDS = {"program_id": "Key", "name": "Name", "status": "State", "owners_now": "Who"}


def test_words_are_counted_with_their_blanks() -> None:
    """Statuses, types and teams with the rows that have none; several owners in one cell are several."""
    tally = take_tally([part({**PROGRAMS, "team": ["Web", "Web", "Ops", None]}, FIELDS)], Source())

    assert {"Open": 2, "": 1, "Done": 1} == tally.statuses
    assert {"Web": 2, "": 1, "Ops": 1} == tally.teams
    assert {"Ana": 2, "Ben": 1, "Cy": 1} == tally.owners
    assert {} == tally.types
    assert {"A-1": "Spring", "A-2": "Fair", "A-4": "Site"} == tally.names
    assert tally.names == program_names([part(PROGRAMS, FIELDS)], Source())


def test_the_history_and_the_stays_have_words_too() -> None:
    """Stages of the change log and of stays are counted apart from the statuses of programs; other fields are no words."""
    log = {
        "event_id": ["1", "2", "3"],
        "program_id": ["A-1"] * 3,
        "field": ["stage", "stage", "end"],
        "new": ["QA", "QA", "2026-01-01"],
    }
    stays = {"program_id": ["A-1"], "stage": ["Legal"], "entered_at": ["2026-01-01T08:00:00Z"]}
    tally = take_tally(
        [part(PROGRAMS, FIELDS), part(log, table="status_events"), part(stays, table="stage_visits")], Source()
    )

    assert ({"QA": 2}, {"Legal": 1}) == (tally.steps, tally.stays)
    assert ("programs", "status_events", "stage_visits") == tally.tables


def test_several_files_are_counted_together_and_fields_of_the_source_go_first() -> None:
    """The same reading as when tables are made: what `fields:` says goes before what the format knows."""
    parts = [part({**PROGRAMS, "Squad": ["Web"] * 4}, FIELDS), part({**PROGRAMS, "Squad": ["Ops"] * 4}, FIELDS)]
    tally = take_tally(parts, Source(fields={"team": "Squad", "status": "Name"}))

    assert {"Ops": 4, "Web": 4} == tally.teams
    assert "Spring" in tally.statuses
    assert "Squad" == tally.mapped["team"]


@pytest.mark.parametrize(
    ("cells", "holds_dates"),
    [
        (["2026-01-02", None, "2026-03-04"], True),
        (["13/01/2026", "14.02.26", "15/03/2026"], True),
        (["March 12, 2024", "April 1, 2024", None], True),
        ([pd.Timestamp("2026-01-02"), None, pd.Timestamp("2026-01-03")], True),
        (["1203948571", "1203948572", "1203948573"], False),
        ([45000, 45001, 45002], False),
        (["soon", "2026-01-02", "later"], False),
        ([None, None, None], False),
    ],
)  # fmt: skip
def test_columns_of_dates_are_found(cells: list[object], holds_dates: bool) -> None:
    """Text and stored dates count; numbers do not, although any number could be a day."""
    tally = take_tally([part({"program_id": ["1", "2", "3"], "When": cells})], Source())

    assert holds_dates == ("When" in [column.name for column in tally.dates])


def test_columns_that_group_are_found() -> None:
    """Few values, each several times, those called like a team first; ids, dates, numbers and answers are left out."""
    rows = 12
    cells: dict[str, list[object]] = {
        "program_id": [str(n) for n in range(rows)],
        "Colour": ["red", "blue"] * 6,
        "Squad": ["Web", "Ops", None] * 4,
        "Done?": ["yes", "no"] * 6,
        "Score": ["1", "2"] * 6,
        "When": ["2026-01-01", "2026-01-02"] * 6,
        "Note": [f"text {n}" for n in range(rows)],
        "Rare": ["a", "b", *[None] * 10],
        "Constant": ["x"] * rows,
        "Board name": ["Marketing"] * rows,
        "Priority": ["high", "low"] * 6,
    }
    tally = take_tally([part(cells)], Source())

    assert ["Board name", "Squad", "Colour"] == [column.name for column in tally.groupings]
    assert Column("Squad", 8, (("Ops", 4), ("Web", 4))) == tally.groupings[1]


@pytest.mark.parametrize(
    ("created", "due", "expected"),
    [
        (["03/04/2026", "05/06/2026"], ["01/02/2026", None], Undecided("01/02/2026", 3)),
        (["03/04/2026", "25/06/2026"], ["01/02/2026", None], None),
        (["2026-04-03", "2026-04-04"], ["01/02/2026", None], Undecided("01/02/2026", 1)),
        (["2026-04-03", "2026-04-04"], ["2026-04-03", None], None),
    ],
)
def test_dates_that_wait_for_a_decision(created: list[object], due: list[object], expected: Undecided | None) -> None:
    """One cell of the export that allows a single reading decides for all; while none does, they are counted."""
    tally = take_tally([part({"program_id": ["1", "2"], "first_seen_on": created, "current_end": due})], Source())

    assert expected == tally.undecided


def test_an_export_without_programs_is_empty() -> None:
    """A survey has no statuses, and nothing fails for lack of them."""
    tally = take_tally([part({"respondent_id": ["a"], "item_id": ["MIS1"]}, table="survey_answers")], Source())

    assert ({}, {}, (), ("survey_answers",)) == (tally.statuses, tally.names, tally.groupings, tally.tables)


def test_a_column_that_parts_call_differently_has_the_name_of_the_first() -> None:
    """Items come before their subitems, whose titles are their own; a question must name a column of the items."""
    items = part({"Key": ["A-1"], "Due date": ["2026-03-31"]}, {"program_id": "Key", "current_end": "Due date"})
    subitems = part({"Key": ["A-2"], "Date": ["2026-03-31"]}, {"program_id": "Key", "current_end": "Date"})

    assert "Due date" == take_tally([items, subitems], Source()).mapped["current_end"]
