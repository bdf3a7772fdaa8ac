from __future__ import annotations

import pandas as pd
import pytest

from gapkit.intake.formats.columns import column_of
from gapkit.intake.formats.titles import (
    ID_TITLES,
    TITLES,
    UNNEEDED,
    done_flag,
    fields_by_title,
    identify,
    is_of_kind,
    is_tick_box,
    with_parents,
)
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet
from gapkit.schema import TABLES


def table(columns: dict[str, list[str | None]]) -> Sheet:
    cells = pd.DataFrame({place: pd.Series(column, dtype="str") for place, column in enumerate(columns.values())})
    cells.index = pd.RangeIndex(2, len(cells) + 2, name="row")
    return Sheet("data/a.csv", "", "csv", tuple(columns), cells)


def test_titles_are_of_columns_we_have_and_mean_one_thing_each() -> None:
    """A title that stood for two columns would be taken by whichever comes first."""
    names = {field.name for field in TABLES["programs"].fields()}
    keys = [name_key(title) for titles in (*TITLES.values(), ID_TITLES, UNNEEDED) for title in titles]

    assert set(TITLES) <= names
    assert sorted(set(keys)) == sorted(keys)


def test_columns_are_known_by_title_and_contents() -> None:
    """Case and punctuation do not matter, a tick box is no date, words are no date, and no column serves twice."""
    sheet = table({
        "Campaign": ["Spring", "Fall", "Winter"],
        "STATUS": ["Live", "Draft", "Draft"],
        "Completed": ["Yes", "No", "No"],
        "Due date": ["Q3", "Q4", "2026-03-01"],
        "Deadline": ["03/04/2026", None, "TBC"],
        "Assigned to": ["Ann", "Bob", None],
        "Points": ["XL", "S", "3"],
        "Estimate": ["5", "3", None],
        "Created time": [None, None, None],
    })  # fmt: skip

    found = fields_by_title(sheet, ["Campaign"])

    assert found == {
        "status": "STATUS", "owners_now": "Assigned to", "current_end": "Deadline", "first_seen_on": "Created time",
        "size_points": "Estimate",
    }  # fmt: skip


def test_a_column_that_is_spoken_for_is_not_taken() -> None:
    """The title of a table may be called Project, its state may be its title."""
    assert {} == fields_by_title(table({"Status": ["a"]}), ["Status"])


@pytest.mark.parametrize(
    ("cells", "kind", "expected"),
    [
        (["2026-03-01", "soon"], "date", True),
        (["2026-03-01", "soon", "later"], "date", False),
        (["03/04/2026"], "timestamp", True),
        (["12.000"], "number", True),
        (["L", "XL"], "number", False),
        (["anything"], "text", True),
        (["Yes", "No"], "text", False),
        ([None], "date", True),
    ],
)
def test_a_column_is_of_a_kind_if_half_of_it_is(cells: list[str | None], kind: str, expected: bool) -> None:
    """What only waits for the order of day and month is a date all the same; an empty column may be anything."""
    assert is_of_kind(pd.Series(cells, dtype="str"), kind) is expected


def test_tick_boxes_hold_ticks_only() -> None:
    """An empty column is no tick box."""
    columns = (["Yes", "No", None], ["checked", None], ["Yes", "Maybe"], [None])

    assert [True, True, False, False] == [is_tick_box(pd.Series(cells, dtype="str")) for cells in columns]


def test_a_box_called_done_tells_what_is_done() -> None:
    """An empty cell is not ticked; a date column of that name is no box."""
    boxed = done_flag(table({"Name": ["a", "b", "c"], "Launched": ["checked", None, None]}))

    assert boxed is not None
    assert ["Done", "Not done", "Not done"] == boxed.tolist()
    assert done_flag(table({"Name": ["a"], "Completed": ["2026-03-01"]})) is None


def test_a_column_of_ids_serves_if_it_is_filled_and_distinct() -> None:
    """Nothing is added then."""
    sheet = table({"Name": ["Launch", "Launch"], "ID": ["MKT-1", "MKT-2"]})

    assert ("ID", (), sheet) == (
        identify(sheet, "Name").column,
        identify(sheet, "Name").notes,
        identify(sheet, "Name").sheet,
    )


@pytest.mark.parametrize("ids", [["7", "7", "8"], ["7", None, "8"]])
def test_an_id_that_is_missing_or_repeated_is_none(ids: list[str | None]) -> None:
    """Titles serve then, and that is said."""
    found = identify(table({"Name": ["a", "b", "c"], "ID": ids}), "Name")

    assert ["a", "b", "c"] == column_of(found.sheet, found.column).tolist()
    assert "no column of ids" in found.notes[0]


def test_rows_of_one_title_are_told_apart() -> None:
    """By the time they were created where it is known, else by a number; a row without a title is called by its row."""
    sheet = table({
        "Name": ["Web", "Web", "Web", "Web", None, "Print"],
        "Created": ["2026-01-01", "2026-02-01", None, None, None, "2026-03-01"],
    })  # fmt: skip
    found = identify(sheet, "Name", "Created")

    expected = ["Web (2026-01-01)", "Web (2026-02-01)", "Web", "Web (2)", "row 6", "Print"]
    assert expected == column_of(found.sheet, found.column).tolist()
    assert ["1 row without a title; called by row number.",
            "4 rows with a title that occurs more than once; told apart by a number."] == list(found.notes[1:])  # fmt: skip


def test_without_a_moment_a_number_tells_rows_apart() -> None:
    """In order of the file."""
    found = identify(table({"Name": ["Web", "Web", "Print"]}), "Name")

    assert ["Web", "Web (2)", "Print"] == column_of(found.sheet, found.column).tolist()


def test_parents_written_as_titles_become_ids() -> None:
    """Where two rows have the title, or none, it stays as written."""
    sheet = table({
        "Name": ["Spring", "Web", "Twin", "Twin", "Lost"],
        "ID": ["1", "2", "3", "4", "5"],
        "Parent": [None, "Spring", "Twin", None, "Elsewhere"],
    })  # fmt: skip

    parents = column_of(with_parents(sheet, "Parent", "Name", "ID"), "Parent").fillna("").tolist()

    assert ["", "1", "Twin", "", "Elsewhere"] == parents
