from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.finding.export import Glimpse
from gapkit.intake.formats.columns import column_of, fields_of, header_of, join_repeated, seen_in_header, with_columns
from gapkit.intake.reading.records import Sheet

CELL = st.one_of(st.none(), st.text("ab;, ", min_size=1, max_size=3))


def sheet(columns: list[str], rows: list[list[object]], dtype: object = "str") -> Sheet:
    return Sheet("data/a.csv", "", "csv", tuple(columns), pd.DataFrame(rows, columns=range(len(columns)), dtype=dtype))  # type: ignore[arg-type]


@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=8))
def test_repeated_columns_are_joined_row_by_row(rows: list[list[str | None]]) -> None:
    """However many cells of a row are filled, they stand in their order; a row without any stays empty and in its place."""
    joined = join_repeated(sheet(["Key", "Label", "Label", "Label"], rows))

    kept = [[cell.strip() for cell in row[1:] if cell and cell.strip()] for row in rows]
    assert ("Key", "Label") == joined.columns
    assert len(rows) == len(joined.cells)
    # A column that stands alone is left as it is; only where two hold something is anything joined.
    if sum(any(row[place] for row in rows) for place in (1, 2, 3)) > 1:
        assert [";".join(cells) for cells in kept] == joined.cells[1].fillna("").tolist()


def test_joined_columns_keep_the_numbers_of_their_rows() -> None:
    """Messages name rows; blank ones were left out before."""
    given = sheet(["A", "A"], [["x", "y"], [None, None]])
    numbered = Sheet(given.file, "", "csv", given.columns, given.cells.set_axis([4, 9]))

    assert {4: "x;y", 9: ""} == join_repeated(numbered).cells[0].fillna("").to_dict()


def test_cells_of_a_workbook_are_joined_as_they_would_be_typed() -> None:
    """Excel stores numbers as numbers."""
    assert ["7;x"] == join_repeated(sheet(["A", "A"], [[7.0, "x"]], dtype=object)).cells[0].tolist()


def test_names_are_found_whatever_their_spelling() -> None:
    """Case, blanks and punctuation of a header differ between versions of a tool."""
    glimpse = Glimpse("data/a.csv", ".csv", {"": (("Report",), ("ISSUE KEY", "Issue Id", "x"))})

    assert ("ISSUE KEY", "Issue Id") == seen_in_header(glimpse, ["Issue key"], ["Issue id"])
    assert () == seen_in_header(glimpse, ["Issue key", "Summary"])
    assert ("ISSUE KEY", "Issue Id", "x") == header_of(glimpse, ["issue key"])
    assert {"name": "Name"} == fields_of(["Name", "Due"], {"name": ("Title", "name"), "team": ("Team",)})


def test_a_column_is_replaced_or_added() -> None:
    """The sheet given stays as it was."""
    given = sheet(["A", "B"], [["x", "y"]])

    changed = with_columns(given, {"B": pd.Series(["z"], dtype="str"), "C": pd.Series(["w"], dtype="str")})

    assert ("A", "B", "C") == changed.columns
    assert ["x", "z", "w"] == changed.cells.iloc[0].tolist()
    assert "y" == column_of(given, "B").item()
    with pytest.raises(KeyError):
        column_of(given, "C")
