from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.intake.finding.export import Export
from gapkit.intake.formats.tidy import comma_lists, in_utc, read_each, without_zeros
from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet

NAMES = st.lists(st.text("abc .'", min_size=1).map(str.strip).filter(bool), min_size=1)


def sheet(name: str, *cells: str | None) -> Sheet:
    return Sheet("data/a.csv", "", "csv", (name,), pd.DataFrame({0: pd.Series(cells, dtype="str")}))


def read_one(export: Export) -> str:
    if export.file == "bad":
        refuse("not a table", export.file)
    return export.file


def test_a_bad_file_does_not_take_the_others_with_it() -> None:
    """What can be read is read; the bad file is a problem that names it."""
    found, problems = read_each([Export(Path(), name) for name in ("a", "bad", "b")], read_one)

    assert ["a", "b"] == found
    assert ["bad"] == [problem.file for problem in problems]


def test_nothing_readable_is_an_error() -> None:
    """When no file can be read there is nothing to go on with."""
    with pytest.raises(InputError, match="not a table"):
        read_each([Export(Path(), "bad")], read_one)


@given(NAMES)
def test_lists_survive_the_change_of_separator(names: list[str]) -> None:
    """Items without commas come out as they went in, however many there are."""
    written = pd.Series([", ".join(names)], dtype="str")

    assert [";".join(names)] == comma_lists(written).tolist()


def test_an_item_in_quotes_keeps_its_comma() -> None:
    """Quotation marks are there because of the comma; line breaks and empty items are nothing."""
    written = pd.Series(['"Lee, Kim",Ann', "Ann,\nBob,,", ",", None], dtype="str")

    assert ["Lee, Kim;Ann", "Ann;Bob", "", ""] == comma_lists(written).fillna("").tolist()


def test_only_times_without_a_zone_become_utc() -> None:
    """A day stays a day, a moment with a zone keeps it, another column is left alone."""
    cells = ["2026-03-31 23:30:00", "2026-03-31T23:30:00.120", "2026-03-31", "2026-03-31 23:30:00+02:00", None]

    marked = in_utc(sheet("Closed", *cells), ["Closed"]).cells.iloc[:, 0].fillna("").tolist()

    assert [f"{cells[0]}Z", f"{cells[1]}Z", cells[2], cells[3], ""] == marked
    assert cells[:2] == in_utc(sheet("Other", *cells), ["Closed"]).cells.iloc[:2, 0].tolist()


def test_an_estimate_of_zero_is_no_estimate() -> None:
    """Sizes are above 0; how many were 0 is said."""
    tidied = without_zeros(sheet("Points", "0", "0.0", "3", "10", None), "Points")

    assert ["", "", "3", "10", ""] == tidied.cells.iloc[:, 0].fillna("").tolist()
    assert ('Column "Points": 2 cells with 0, read as not estimated.',) == tidied.notes


def test_a_column_without_zeros_needs_no_note() -> None:
    """Neither does a file that has no such column."""
    assert () == without_zeros(sheet("Points", "3"), "Points").notes == without_zeros(sheet("Title", "0"), "Points").notes
