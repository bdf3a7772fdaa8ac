from __future__ import annotations

import pytest

from gapkit.errors import InputError
from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.owntable import STATUS, read_own_table, tidy_own_table


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_first_row_is_the_header_whatever_it_says(mark: str) -> None:
    """Not one of the titles need be known, and a later row that holds known names is data."""
    data = "\n".join(mark.join(row) for row in (("Vorhaben", "Wann"), ("Status", "Owner"), ("x", "y"))).encode("utf-8-sig")

    sheet = read_own_table(data, "data/a.csv")

    assert ("Vorhaben", "Wann") == sheet.columns
    assert [2, 3] == sheet.cells.index.tolist()


def test_an_empty_file_is_refused() -> None:
    """With its name."""
    with pytest.raises(InputError, match=r"data/a\.csv: the file is empty"):
        read_own_table(b"\n", "data/a.csv")


def test_a_table_gets_ids_parents_and_planned_dates() -> None:
    """Title and description apart, all columns stay; sizes of 0 go."""
    data = b"Name,ID,Status,Due,Due (start),Parent,Points,Notes,Theme\n" + (
        b"Spring,1,Live,2026-03-01,2026-01-01,,0,long,red\nWeb,2,Draft,,,Spring,3,long,blue\n"
    )
    table = tidy_own_table(read_own_table(data, "data/a.csv"))

    assert table.fields == {
        "program_id": "ID", "name": "Name", "status": "Status", "current_start": "Due (start)", "current_end": "Due",
        "parent_id": "Parent", "size_points": "Points",
    }  # fmt: skip
    assert ["", "1"] == column_of(table.sheet, "Parent").fillna("").tolist()
    assert ["", "3"] == column_of(table.sheet, "Points").fillna("").tolist()
    assert "Theme" in table.sheet.columns
    assert "Notes" not in table.sheet.columns
    assert {} == table.meanings


def test_a_tick_box_is_the_status_where_there_is_no_other() -> None:
    """What is ticked is delivered: the table itself says so."""
    table = tidy_own_table(read_own_table(b"Task,Done,Due\na,Yes,2026-03-01\nb,No,\n", "data/a.csv"))

    assert ["Done", "Not done"] == column_of(table.sheet, table.fields["status"]).tolist()
    assert (STATUS, {"Done": {"status": "delivered"}}) == (table.fields["status"], table.meanings)


def test_a_status_goes_before_a_tick_box() -> None:
    """The box is kept as it is."""
    table = tidy_own_table(read_own_table(b"Task,Done,Status\na,Yes,Live\n", "data/a.csv"))

    assert ("Status", {}) == (table.fields["status"], table.meanings)
    assert "Done" in table.sheet.columns


def test_a_title_called_notes_is_still_the_title() -> None:
    """The first column is never dropped."""
    assert "Notes" == tidy_own_table(read_own_table(b"Notes,Status\na,Live\n", "data/a.csv")).fields["name"]
