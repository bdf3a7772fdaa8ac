from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gapkit.errors import InputError
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.rows import read_rows, sheet_of, without_columns


def test_all_sheets_come_as_they_stand(write: Callable[..., Path]) -> None:
    """Cells keep their kind, blank ones are None, and rows above or between are not passed over."""
    day = dt.datetime(2026, 3, 1)
    folder = write({"data/a.xlsx": {"Board": [["Launch"], [], ["Name", 7, day, "  "]], "Empty": []}})
    rows = read_rows(Export(folder / "data/a.xlsx", "data/a.xlsx"))

    assert {"Board", "Empty"} == set(rows)
    assert ["Launch", None, "Name"] == [row[0] if row else None for row in rows["Board"]]
    assert ("Name", 7, day, None) == rows["Board"][2]
    assert [] == rows["Empty"]


def test_one_sheet_may_be_asked_for(write: Callable[..., Path]) -> None:
    """Asking for a sheet by name leaves the others out."""
    folder = write({"data/a.xlsx": {"One": [["x"]], "Two": [["y"]]}})

    assert {"Two": [("y",)]} == read_rows(Export(folder / "data/a.xlsx", "data/a.xlsx"), "Two")


@pytest.mark.parametrize(
    ("name", "sheet", "word"),
    [("a.xlsx", "Three", "no such sheet"), ("b.xlsx", "", "no such file"), ("c.csv", "", "Excel")],
)
def test_what_is_no_such_sheet_or_workbook_is_refused(write: Callable[..., Path], name: str, sheet: str, word: str) -> None:
    """A sheet, a file or a kind of file that is not there is a problem with a remedy."""
    folder = write({"data/a.xlsx": {"One": [["x"]]}, "data/c.csv": "x,y\n1,2\n"})

    with pytest.raises(InputError, match=word):
        read_rows(Export(folder / "data" / name, f"data/{name}"), sheet)


def test_records_become_a_sheet() -> None:
    """Columns named beforehand come first and stay when blank; text becomes text, anything else stays what it is."""
    sheet = sheet_of("a.json", "", {2: {"Size": 3, "Name": "a"}, 9: {"Name": "b"}}, ["Due", "Name"], "json")

    assert ("Due", "Name", "Size") == sheet.columns
    assert [2, 9] == sheet.cells.index.tolist()
    assert [3, None] == sheet.cells[2].tolist()
    assert ["str", "str", "object"] == [str(dtype) for dtype in sheet.cells.dtypes]


def test_columns_are_left_out_however_they_are_spelled() -> None:
    """The columns kept are numbered from 0 again, and the sheet given is not changed."""
    sheet = sheet_of("a.xlsx", "A", {2: {"Notes ": "long", "Name": "x"}})

    assert (("Name",), ["x"]) == ((kept := without_columns(sheet, ["notes"])).columns, kept.cells[0].tolist())
    assert ("Notes ", "Name") == sheet.columns
