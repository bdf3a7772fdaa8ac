from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from gapkit.report import workbook
from gapkit.report.registers import Amount, Cell, CellKind, Heading, Register
from gapkit.report.workbook import write_workbook

AS_OF = dt.date(2026, 6, 30)
HEADINGS = (Heading("Name"), Heading("Rows", "number"), Heading("Day", "date"))


def register(*rows: tuple[object, ...]) -> Register:
    return Register("Words", "What it lists.", HEADINGS, rows)  # type: ignore[arg-type]


def test_every_register_is_a_sheet_with_filters_and_a_fixed_header(tmp_path: Path) -> None:
    """Text, numbers and dates stay what they are; blank stays blank."""
    path = tmp_path / "w.xlsx"
    write_workbook(path, [register(("a", 3, AS_OF), ("b", None, None))], title="T", as_of=AS_OF)
    sheet = openpyxl.load_workbook(path)["Words"]
    rows = list(sheet.iter_rows(values_only=True))

    assert [("Name", "Rows", "Day"), ("a", 3, dt.datetime(2026, 6, 30)), ("b", None, None)] == rows
    assert ("A2", "A1:C3") == (sheet.freeze_panes, sheet.auto_filter.ref)


@pytest.mark.parametrize(
    ("kind", "cell", "value", "shown"),
    [
        ("number", 1200, 1200, "#,##0"),
        ("number", 12.345, 12.345, "#,##0.0"),
        ("share", 0.4176, 0.4176, "0.0%"),
        ("ratio", 0.00482, 0.00482, "0.000"),
        ("amount", Amount(0.3, "share"), 0.3, "0.0%"),
        ("amount", Amount(-0.22, "pp"), -0.22, "+0.0%;-0.0%;0.0%"),
        ("amount", Amount(360478.2, "money"), 360478.2, "#,##0"),
        ("amount", Amount(3.5, "a unit nobody knows"), 3.5, "#,##0.0"),
    ],
)
def test_numbers_keep_their_digits_and_show_in_their_unit(
    tmp_path: Path, kind: CellKind, cell: Cell, value: float, shown: str
) -> None:
    """The cell holds the number itself, so that it can be computed with; the format rounds it for the eye."""
    path = tmp_path / "w.xlsx"
    write_workbook(path, [Register("Words", "", (Heading("N", kind),), ((cell,),))], title="T", as_of=AS_OF)
    found = openpyxl.load_workbook(path)["Words"]["A2"]

    assert (value, shown) == (found.value, found.number_format)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x", "{=1}"])
def test_client_text_is_never_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    """A cell that begins like a formula is written as the text it is."""
    path = tmp_path / "w.xlsx"
    write_workbook(path, [register((text, 1, None))], title="T", as_of=AS_OF)
    cell = openpyxl.load_workbook(path)["Words"]["A2"]

    assert (text, "s", None) == (cell.value, cell.data_type, cell.hyperlink)


def test_the_same_registers_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in the file depends on the clock."""
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        write_workbook(path, [register(("a", 3, AS_OF))], title="T", as_of=AS_OF)

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_an_empty_register_says_so_and_a_long_one_counts_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has an end; what does not fit is counted, not cut in silence."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    path = tmp_path / "w.xlsx"
    long = register(*((f"r{n}", n, None) for n in range(5)))._replace(name="Long")
    write_workbook(path, [register(), long], title="T", as_of=AS_OF)
    book = openpyxl.load_workbook(path)

    assert "Nothing to list." == book["Words"]["A2"].value
    assert "3 more rows do not fit into a sheet." == book["Long"]["A4"].value


def test_what_a_spreadsheet_cannot_hold_is_written_as_near_as_can_be(tmp_path: Path) -> None:
    """A typing slip of a year is shown as text, half a character as a mark, a text too long is cut where Excel would."""
    path = tmp_path / "w.xlsx"
    rows = (
        ("x\ud800y", 1, dt.date(206, 3, 1)),
        ("\N{GRINNING FACE}" * 20_000, 2, dt.date(1900, 3, 1)),
        ("a\x0bb", 3, None),
    )
    write_workbook(path, [register(*rows)], title="T", as_of=AS_OF)
    cells = list(openpyxl.load_workbook(path)["Words"].iter_rows(min_row=2, values_only=True))

    assert ("x\N{REPLACEMENT CHARACTER}y", 1, "0206-03-01") == cells[0]
    assert (16_383, dt.datetime(1900, 3, 1)) == (cells[1][0].count("\N{GRINNING FACE}"), cells[1][2])
    assert "a" == cells[2][0][0]
