from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.jsonfile import (
    Change,
    Row,
    as_cell,
    dig,
    events_part,
    instant,
    is_moment,
    objects_in,
    read_documents,
    to_sheet,
    whole_day_after,
)


def exports_of(folder: Path, *names: str) -> list[Export]:
    return [Export(folder / name, name) for name in names]


def test_a_file_that_cannot_be_read_leaves_the_others(write: Callable[..., Path]) -> None:
    """A damaged file is named with the row of the damage; what the other files hold is there."""
    folder = write({"a.json": '{"key":\n"SP-1",\n', "b.json": '{"key": "SP-2"}'})

    documents, problems = read_documents(exports_of(folder, "a.json", "b.json"))

    assert [("b.json", {"key": "SP-2"})] == [tuple(document) for document in documents]
    assert [("a.json", 3, "not valid JSON from row 3 on")] == [(each.file, each.row, each.what) for each in problems]


def test_nothing_readable_is_refused(write: Callable[..., Path]) -> None:
    """Where no file can be read all of them are named at once, with what to do."""
    folder = write({"a.json": "not json", "b.json": b"\xff\xfe\x00"})

    with pytest.raises(InputError) as caught:
        read_documents(exports_of(folder, "a.json", "b.json", "gone.json"))

    assert ["a.json", "b.json", "gone.json"] == [problem.file for problem in caught.value.problems]
    assert all(problem.remedy for problem in caught.value.problems)


def test_objects_too_deep_are_refused_in_words(write: Callable[..., Path]) -> None:
    """A file made to exhaust the reader is a problem of that file, not a crash."""
    folder = write({"a.json": "[" * 200_000})

    with pytest.raises(InputError, match="too deep"):
        read_documents(exports_of(folder, "a.json"))


def test_a_byte_order_mark_is_taken_off(write: Callable[..., Path]) -> None:
    """PowerShell and editors put a mark before the first brace."""
    folder = write({"a.json": '\ufeff{"name": "Zoë"}'})

    assert {"name": "Zoë"} == read_documents(exports_of(folder, "a.json"))[0][0].content


def test_paths_break_off_quietly() -> None:
    """What is not there is None, whatever stands in its place."""
    content = {"fields": {"assignee": None, "labels": ["a"]}}

    assert dig(content, "fields", "assignee", "displayName") is None
    assert dig(content, "fields", "labels", "name") is None
    assert [] == objects_in(content, "fields", "labels")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (" a ", "a"),
        (None, ""),
        (0, "0"),
        (3.0, "3"),
        (2.5, "2.5"),
        (False, "false"),
        ({"name": "jdoe", "displayName": "Jane Doe", "emailAddress": "jane@example.com"}, "Jane Doe"),
        ({"value": "Print"}, "Print"),
        ({"name": "", "value": "Print"}, "Print"),
        ({"type": "doc", "version": 1, "content": []}, ""),
        ([{"name": "Web"}, {"self": "…"}, {"name": "Web"}, "Print"], "Web;Print"),
    ],
)
def test_values_become_cells(value: object, cell: str) -> None:
    """A person is called by name and never by e-mail, a list has ; between, what has no name is empty."""
    assert cell == as_cell(value)


@given(st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2100, 1, 1)), st.integers(-14 * 4, 14 * 4))
def test_moments_are_read_with_any_offset(moment: dt.datetime, quarters: int) -> None:
    """An offset without a colon, as Jira writes it, gives the same moment as Python's own arithmetic."""
    zone = dt.timezone(dt.timedelta(minutes=15 * quarters))
    aware = moment.replace(tzinfo=zone)
    written = aware.strftime("%Y-%m-%dT%H:%M:%S.%f%z")

    assert aware.timestamp() == pytest.approx(instant(written), abs=1e-5)


def test_what_is_no_moment_comes_last() -> None:
    """Unreadable, absent and odd values sort behind every moment."""
    seen = ["soon", None, 7, "2026-03-01T00:00:00Z"]

    assert "2026-03-01T00:00:00Z" == sorted(seen, key=instant)[0]
    assert [False, False, False, True] == [is_moment(each) for each in seen]


def test_the_first_whole_day_follows() -> None:
    """A log that begins at noon does not hold that day whole."""
    assert dt.date(2026, 3, 2) == whole_day_after(instant("2026-03-01T12:00:00Z"))


def test_rows_become_a_sheet() -> None:
    """Columns asked for come first, empty ones are left out; every row keeps its file and its number there."""
    rows = [Row("a.json", 2, {"name": "x", "z": "1", "none": ""}), Row("b.json", 1, {"name": " ", "b": "2"})]

    sheet = to_sheet(rows, ("id", "name"), "a.json")

    assert ("name", "b", "z") == sheet.columns
    assert ("a.json", "b.json") == sheet.files
    assert [2, 1] == sheet.cells.index.tolist()
    expected = pd.DataFrame({0: ["x", None], 1: [None, "2"], 2: ["1", None]}, dtype="str")
    pd.testing.assert_frame_equal(expected, sheet.cells.reset_index(drop=True), check_column_type=False)


def test_no_rows_are_a_sheet_of_their_file() -> None:
    """An export without a single item still says which file it was."""
    sheet = to_sheet([], ("id",), "a.json")

    assert ("a.json", (), ()) == (sheet.file, sheet.columns, sheet.files)


def test_a_log_is_in_order_and_tells_a_change_once() -> None:
    """The order of files and entries changes nothing; a change that stands in two exports is one change."""
    first = Change("a.json", 9, "7", "SP-1", "2026-03-01T10:00:00Z", "stage", "", "Backlog")
    later = Change("a.json", 3, "8", "SP-1", "2026-03-01T11:30:00+0100", "stage", "Backlog", "Done")
    again = later._replace(file="b.json", number=1)

    (part,) = events_part([later, again, first])

    assert ["7", "8"] == part.sheet.cells[part.sheet.columns.index("event_id")].tolist()
    assert () == events_part([])


def test_half_a_character_is_replaced() -> None:
    """A tracker that cuts a name in the middle of an emoji writes JSON that is valid and text that is not."""
    assert "cut \N{REPLACEMENT CHARACTER}" == as_cell("cut \ud83d")
    assert "\N{GRINNING FACE} é" == as_cell("\N{GRINNING FACE} é")
