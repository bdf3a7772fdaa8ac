from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake.finding.export import Extract, Part
from gapkit.intake.formats.trace import read_log
from gapkit.intake.reading.records import Sheet

COLUMNS = ("case_id", "case:concept:name", "activity", "timestamp", "org:group", "case:budget", "cost", "region")
ROWS = (
    ("7", "Spring", "brief", "2026-01-01", "Brand", "10", "1", "North"),
    ("7", "Spring", "legal", "2026-01-04", "Legal", "10", "2", "North"),
    ("7", "Spring", "launch", "2026-01-09", "Brand", "10", "3", "North"),
    ("8", "8", "brief", "2026-01-02", "Brand", "20", "4", None),
    ("8", "8", "legal", "2026-01-03", "Legal", "20", "5", "South"),
)


def sheet(
    rows: tuple[tuple[str | None, ...], ...] = ROWS, columns: tuple[str, ...] = COLUMNS, file: str = "data/l.csv"
) -> Sheet:
    index = pd.RangeIndex(2, len(rows) + 2, name="row")
    return Sheet(file, "", "csv", columns, pd.DataFrame(list(rows), index, range(len(columns)), dtype="str"))


def part(extract: Extract, table: str) -> Part:
    return next(part for part in extract.parts if part.table == table)


def cells(extract: Extract, table: str, ours: str) -> list[Any]:
    one = part(extract, table)
    found = one.sheet.cells.iloc[:, one.sheet.columns.index(one.fields[ours])]
    return [None if pd.isna(cell) else cell for cell in found]


def test_a_case_is_a_program() -> None:
    """Its status is the last activity, its name that of the case where it is not the id."""
    found = read_log([sheet()], Source())

    assert ["7", "8"] == cells(found, "programs", "program_id")
    assert ["Spring", None] == cells(found, "programs", "name")
    assert ["launch", "legal"] == cells(found, "programs", "status")
    assert [1, 2] == [at.day for at in cells(found, "programs", "first_seen_on")]
    assert [9, 3] == [at.day for at in cells(found, "programs", "updated_at")]


def test_a_program_is_closed_only_where_the_consultant_says_so() -> None:
    """A last activity that statuses: calls delivered closes its case; nothing else does."""
    open_ = read_log([sheet()], Source())
    closed = read_log([sheet()], Source(statuses={"launch": {"status": "delivered"}, "legal": {"status": "in_progress"}}))

    assert "closed_at" not in part(open_, "programs").fields
    assert [9, None] == [at.day if at else None for at in cells(closed, "programs", "closed_at")]


def test_an_activity_under_way_closes_nothing() -> None:
    """The start of the last activity is not its end."""
    columns = ("case_id", "activity", "timestamp", "lifecycle:transition")
    rows = (("1", "brief", "2026-01-01", "complete"), ("1", "launch", "2026-01-02", "start"))
    found = read_log([sheet(rows, columns)], Source(statuses={"launch": {"status": "delivered"}}))

    assert ["launch"] == cells(found, "programs", "status")
    assert "closed_at" not in part(found, "programs").fields


def test_the_team_of_a_program_has_most_of_its_activities() -> None:
    """The earlier of equals; written as the log writes it, for teams: to translate."""
    found = read_log([sheet()], Source())

    assert ["Brand", "Brand"] == cells(found, "programs", "team")
    assert "org:group" == part(found, "programs").fields["team"]


def test_facts_about_a_case_stand_with_it() -> None:
    """An attribute that never differs within a case is one of the program, any other one of the activity."""
    found = read_log([sheet()], Source())

    assert ("case:budget", "region") == part(found, "programs").sheet.columns[-2:]
    assert ("cost",) == part(found, "stage_visits").sheet.columns[-1:]
    assert ["2", "3", "5"] == part(found, "stage_visits").sheet.cells.iloc[:, -1].tolist()


def test_the_kind_of_a_stage_is_left_to_the_mapping() -> None:
    """Stays have a blank kind, to be filled from statuses:; the row is that of the event that ended the stay."""
    found = read_log([sheet()], Source())

    assert [None, None, None] == cells(found, "stage_visits", "kind")
    assert [3, 4, 6] == part(found, "stage_visits").sheet.cells.index.tolist()


def test_columns_keep_the_names_of_the_log() -> None:
    """So that what fields: names is found in every table, and messages name what the file holds."""
    columns = ("Nr", "Schritt", "Ende", "Gruppe")
    source = Source(fields={"program_id": "Nr", "stage": "Schritt", "left_at": "Ende", "team": "Gruppe"})
    found = read_log([sheet((("1", "a", "2026-01-01", "X"), ("1", "b", "2026-01-02", "Y")), columns)], source)

    assert {"program_id": "Nr", "stage": "Schritt", "left_at": "Ende", "team": "Gruppe"}.items() <= (
        part(found, "stage_visits").fields.items()
    )
    assert all("Nr" == one.fields["program_id"] for one in found.parts)


def test_the_activity_may_say_the_team() -> None:
    """Where the role stands in the name of the activity, teams: turns it into a team, and no column is there twice."""
    columns = ("case_id", "activity", "timestamp")
    rows = (("1", "sent by staff", "2026-01-01"), ("1", "approved by boss", "2026-01-02"))
    source = Source(fields={"team": "activity"}, teams={"sent by staff": "Staff", "approved by boss": "Management"})
    found = read_log([sheet(rows, columns)], source)

    assert ["sent by staff"] == cells(found, "handoffs", "from_team")
    assert [1] * 4 == [one.sheet.columns.count("activity") for one in found.parts[:2] for _ in range(2)]


@pytest.mark.parametrize(
    ("columns", "source", "said"),
    [
        (("case_id", "activity", "timestamp", "org:resource"), Source(), "has no column of groups"),
        (("case_id", "activity", "timestamp", "org:group"), Source(), "no case passes from one team to another"),
        (("case_id", "activity", "timestamp", "user"), Source(teams={"x": "Web", "z": "Web"}), "persons whom teams:"),
    ],
)
def test_missing_handoffs_are_explained(columns: tuple[str, ...], source: Source, said: str) -> None:
    """No table of handoffs is never silent."""
    rows = (("1", "a", "2026-01-01", "x"), ("1", "b", "2026-01-02", "x" if columns[3] == "org:group" else "y"))
    found = read_log([sheet(rows, columns)], source)

    assert "handoffs" not in [one.table for one in found.parts]
    assert any(said in note for note in found.notes)


def test_moments_without_a_zone_stay_without_one() -> None:
    """The organisation's zone is not known here; moments with a zone keep their instant."""
    local = read_log([sheet()], Source())
    zoned = read_log([sheet((("1", "a", "2026-01-01T01:00:00+02:00"),), COLUMNS[:1] + COLUMNS[2:4])], Source())

    assert isinstance(
        part(local, "programs").sheet.cells.dtypes.iloc[4], type(pd.Series([pd.Timestamp("2026-01-01")]).dtype)
    )
    assert [pd.Timestamp("2025-12-31T23:00:00Z")] == cells(zoned, "programs", "first_seen_on")


def test_cases_run_on_from_file_to_file() -> None:
    """Each row names its file."""
    found = read_log([sheet(ROWS[:1], file="data/a.csv"), sheet(ROWS[1:], file="data/b.csv")], Source())

    assert ["launch", "legal"] == cells(found, "programs", "status")
    assert ("data/a.csv", "data/b.csv") == part(found, "programs").sheet.files
    assert ("data/b.csv",) * 3 == part(found, "stage_visits").sheet.files


def test_a_log_without_events_is_refused() -> None:
    """With what is wrong with each event where something is."""
    with pytest.raises(InputError, match="no event"):
        read_log([sheet(())], Source())
    with pytest.raises(InputError, match="unreadable moment"):
        read_log([sheet((("1", "1", "a", "soon", None, None, None, None),))], Source())
