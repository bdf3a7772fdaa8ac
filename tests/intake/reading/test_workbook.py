from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from gapkit.errors import InputError
from gapkit.intake.reading.workbook import read_workbook

KNOWN = {"program_id", "name", "actual_end"}


@pytest.fixture
def book() -> Callable[..., bytes]:
    def make(**sheets: list[list[Any]]) -> bytes:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            page = made.create_sheet(title)
            for row in rows:
                page.append(row)
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()

    return make


def test_title_rows_are_skipped_and_rows_keep_their_number(book: Callable[..., bytes]) -> None:
    """Rows are named as Excel numbers them."""
    data = book(Plan=[["Plan name", "Launch"], [], ["Program ID", "Name"], ["1", "a"], [], ["2", "b"]])

    sheet = read_workbook(data, "x.xlsx", KNOWN)

    assert [4, 6] == sheet.cells.index.tolist()


def test_the_fitting_sheet_is_chosen_and_the_others_are_named(book: Callable[..., bytes]) -> None:
    """With several sheets the one that names most columns is read, aloud."""
    sheet = read_workbook(book(Notes=[["hello"]], Plan=[["Program ID", "Name"], ["1", "a"]]), "x.xlsx", KNOWN)

    assert "Plan" == sheet.sheet
    assert "Notes" in sheet.notes[0]


@pytest.mark.parametrize(
    ("sheets", "wanted", "word"),
    [
        ({"Plan": [["program_id"], ["1"]]}, "Staff", "no such sheet"),
        ({"A": [["program_id"], ["1"]], "B": [["program_id"], ["2"]]}, "", "several sheets"),
        ({"A": []}, "", "workbook is empty"),
        ({"A": [["foo"], ["1"]]}, "", "no header"),
    ],
)
def test_sheets_that_cannot_be_read_are_refused(
    book: Callable[..., bytes], sheets: dict[str, list[list[Any]]], wanted: str, word: str
) -> None:
    """A missing, ambiguous, empty or headless sheet is a problem with a remedy."""
    with pytest.raises(InputError, match=word):
        read_workbook(book(**sheets), "x.xlsx", KNOWN, wanted)


def test_cells_keep_their_kind(book: Callable[..., bytes]) -> None:
    """Numbers, moments and text of one column stay what they are in the workbook."""
    day = dt.datetime(2026, 3, 1)
    sheet = read_workbook(book(P=[["program_id", "actual_end"], [7, day], ["x", 46000.5], [" ", "soon "]]), "x.xlsx", KNOWN)

    assert [day, 46000.5, "soon"] == sheet.cells[1].tolist()
    assert [7, "x", None] == sheet.cells[0].tolist()


def test_a_cell_that_begins_with_an_equals_sign_is_text(book: Callable[..., bytes]) -> None:
    """A formula nobody calculated is shown as it is written, never run and never lost."""
    sheet = read_workbook(book(P=[["program_id", "name"], ["1", "=cmd|' /C calc'!A0"], ["2", "=1+1"]]), "x.xlsx", KNOWN)

    assert ["=cmd|' /C calc'!A0", "=1+1"] == sheet.cells[1].tolist()


def test_filled_cells_without_a_heading_are_named(book: Callable[..., bytes]) -> None:
    """Values to the right of the last heading would vanish otherwise."""
    sheet = read_workbook(book(P=[["program_id"], ["1", "left over"]]), "x.xlsx", KNOWN)

    assert [(2, "left over")] == [(problem.row, problem.value) for problem in sheet.problems]


def test_a_workbook_that_counts_from_1904_is_refused() -> None:
    """Numbers taken for days would be four years off."""
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append(["program_id"])
    stream = io.BytesIO()
    made.save(stream)

    with pytest.raises(InputError, match="1904"):
        read_workbook(stream.getvalue(), "x.xlsx", KNOWN)


def test_not_a_workbook_is_refused() -> None:
    """A CSV renamed .xlsx is named as such."""
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        read_workbook(b"program_id\n1\n", "x.xlsx", KNOWN)
