from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.errors import InputError
from gapkit.intake.formats.trace_events import TraceEvents, find_columns, read_events
from gapkit.intake.reading.records import Sheet

COLUMNS = ("Case ID", "Activity", "Timestamp", "Resource", "Department", "Costs")


def sheet(*rows: tuple[str | None, ...], columns: tuple[str, ...] = COLUMNS, file: str = "data/log.csv") -> Sheet:
    padded = [(*row, *[None] * (len(columns) - len(row))) for row in rows]
    index = pd.RangeIndex(2, len(rows) + 2, name="row")
    return Sheet(file, "", "csv", columns, pd.DataFrame(padded, index, range(len(columns)), dtype="str"))


def read(*sheets: Sheet, source: Source | None = None) -> TraceEvents:
    source = source or Source()
    return read_events(sheets, find_columns([name for one in sheets for name in one.columns], source), source)


def test_events_come_in_order_of_case_and_moment() -> None:
    """Equal moments keep the order of the file; the row is that of the file."""
    events = read(
        sheet(("2", "b", "2026-01-05"), ("1", "z", "2026-01-03"), ("1", "y", "2026-01-03"), ("1", "a", "2026-01-01"))
    ).frame

    assert [("1", "a", 5), ("1", "z", 3), ("1", "y", 4), ("2", "b", 2)] == list(
        zip(events["case"], events["activity"], events["row"], strict=True)
    )


@pytest.mark.parametrize(
    ("columns", "fields", "teams", "team", "is_person"),
    [
        (("case_id", "activity", "timestamp", "org:group", "org:role", "org:resource"), {}, {}, "org:group", False),
        (("case_id", "activity", "timestamp", "org:role", "org:resource"), {}, {}, "org:role", False),
        (("case_id", "activity", "timestamp", "Desk", "org:group"), {"team": "Desk"}, {}, "Desk", False),
        (("case_id", "activity", "timestamp", "org:resource"), {}, {}, "", False),
        (("case_id", "activity", "timestamp", "org:resource"), {}, {"ann": "Legal"}, "org:resource", True),
        (("case_id", "activity", "timestamp", "Resource"), {"team": "Resource"}, {}, "Resource", True),
    ],
)
def test_teams_are_groups(
    columns: tuple[str, ...], fields: dict[str, str], teams: dict[str, str], team: str, is_person: bool
) -> None:
    """A column of groups is a team by itself, one of persons only where teams: says who belongs where."""
    found = find_columns(columns, Source(fields=fields, teams=teams))

    assert (team, is_person) == (found.team, found.is_person)


def test_a_person_is_no_team() -> None:
    """Persons whom teams: does not map belong to none, unless it says what all others are."""
    rows = (("1", "a", "2026-01-01", "ann"), ("1", "b", "2026-01-02", "ben"))
    columns = COLUMNS[:4]
    some = read(sheet(*rows, columns=columns), source=Source(teams={"ann": "Legal"})).frame
    everyone = read(sheet(*rows, columns=columns), source=Source(teams={"ann": "Legal", "*": "Web"})).frame

    assert ["Legal", None] == [None if pd.isna(unit) else unit for unit in some["unit"]]
    assert ["ann", None] == [None if pd.isna(word) else word for word in some["team"]]
    assert ["Legal", "Web"] == everyone["unit"].tolist()


def test_persons_are_not_kept() -> None:
    """Attributes of events stay under their own names; a column that names persons does not."""
    assert ["Costs"] == list(read(sheet(("1", "a", "2026-01-01", "ann", "Web", "7"))).attributes.columns)


def test_the_consultant_names_the_columns() -> None:
    """`fields:` goes before the names known."""
    columns = ("Nr", "Schritt", "Anfang", "Ende", "Case ID")
    source = Source(fields={"program_id": "Nr", "stage": "Schritt", "entered_at": "Anfang", "left_at": "Ende"})
    events = read(sheet(("7", "Brief", "2026-01-01", "2026-01-04", "x"), columns=columns), source=source)

    assert [("7", "Brief", 1, 4)] == [(e.case, e.activity, e.begun.day, e.at.day) for e in events.frame.itertuples()]
    assert ["Case ID"] == list(events.attributes.columns)


def test_a_log_without_a_needed_column_is_refused() -> None:
    """The message names what is lacking, what there is and what to write."""
    with pytest.raises(InputError) as error:
        read(sheet(("1", "a"), columns=("Case ID", "What")))

    assert ("no column of the log says the activity and the moment", "one of: Case ID, What") == (
        error.value.problems[0].what,
        error.value.problems[0].allowed,
    )
    assert 'stage: "…", left_at: "…"' in error.value.problems[0].remedy


def test_a_moment_that_cannot_be_read_is_one_problem() -> None:
    """It names file, row, column and value; the events of other rows stay."""
    found = read(sheet(("1", "a", "2026-01-01"), ("1", "b", "soon"), ("1", "c", "2026-01-03")))

    assert ["a", "c"] == found.frame["activity"].tolist()
    assert [("data/log.csv", 3, "Timestamp", "soon")] == [(p.file, p.row, p.column, p.value) for p in found.problems]


def test_blank_cells_are_one_problem_each() -> None:
    """An event without a case, an activity or a moment cannot be placed."""
    found = read(sheet((None, "a", "2026-01-01"), ("1", None, "2026-01-02"), ("1", "c", None), ("1", "d", "2026-01-03")))

    assert ["d"] == found.frame["activity"].tolist()
    assert ["1 event without the case", "1 event without the activity", "1 event without the moment"] == [
        problem.what for problem in found.problems
    ]
    assert [2, 3, 4] == [problem.row for problem in found.problems]


def test_day_and_month_are_decided_once_for_the_log() -> None:
    """One cell that leaves no doubt decides for all; without one nothing is read and the consultant is asked."""
    decided = read(sheet(("1", "a", "03/04/2026 10:00"), ("1", "b", "25/04/2026 10:00")))
    asked = read(sheet(("1", "a", "03/04/2026 10:00"), ("1", "b", "05/04/2026 10:00")))
    said = read(sheet(("1", "a", "03/04/2026 10:00")), source=Source(dates="mdy"))

    assert [(4, 3), (4, 25)] == [(at.month, at.day) for at in decided.frame["at"]]
    assert asked.frame.empty
    assert ["Set dates: dmy or dates: mdy for this source in engagement.yml."] == [p.remedy for p in asked.problems]
    assert [(3, 4)] == [(at.month, at.day) for at in said.frame["at"]]


def test_moments_without_a_zone_are_known_as_such() -> None:
    """A log without zones is local; where only some moments lack one they are read as UTC, and that is said."""
    local = read(sheet(("1", "a", "2026-01-01 10:00"), ("1", "b", "2026-01-02")))
    zoned = read(sheet(("1", "a", "2026-01-01T10:00:00+01:00")))
    mixed = read(sheet(("1", "a", "2026-01-01T10:00:00+01:00"), ("1", "b", "2026-01-01 09:30")))

    assert (True, False, False) == (local.is_local, zoned.is_local, mixed.is_local)
    assert ((), ()) == (local.notes, zoned.notes)
    assert ("1 moment without a time zone in a log whose others have one; read as UTC.",) == mixed.notes
    assert ["a", "b"] == mixed.frame["activity"].tolist()


def test_an_event_in_two_files_counts_once() -> None:
    """Monthly exports overlap; two equal events in one file are two events."""
    january = sheet(("1", "a", "2026-01-01"), ("1", "b", "2026-01-31"), ("1", "b", "2026-01-31"), file="data/january.csv")
    february = sheet(("1", "b", "2026-01-31"), ("1", "c", "2026-02-02"), file="data/february.csv")
    found = read(january, february)

    assert ["a", "b", "b", "c"] == found.frame["activity"].tolist()
    assert ["data/january.csv"] * 3 + ["data/february.csv"] == found.frame["file"].tolist()
    assert ("1 event in more than one file; each counts once.",) == found.notes


def test_nameless_columns_only_number_the_rows() -> None:
    """An index column without a name is no attribute."""
    found = read(sheet(("0", "1", "a", "2026-01-01"), columns=("", "case_id", "activity", "timestamp")))

    assert ["a"] == found.frame["activity"].tolist()
    assert [] == list(found.attributes.columns)
