from __future__ import annotations

from gapkit.intake.reading.header import SEARCHED_ROWS, find_header, name_key


def test_name_key_ignores_case_blanks_and_punctuation() -> None:
    """Spellings of one name must be the same name."""
    assert {"due_date"} == {name_key(name) for name in ("Due date", " DUE DATE ", "due-date", "Due_Date")}


def test_header_is_the_row_with_most_known_names() -> None:
    """A title that happens to hold one known word must not win over the header."""
    rows = [["Status of all programs"], ["status"], ["Program ID", "Status", "Team"], ["1", "open", "Web"]]

    assert 2 == find_header(rows, {"program_id", "status", "team"}).row


def test_header_is_looked_for_in_the_first_twenty_rows_only() -> None:
    """A header-like row deep in the data is data."""
    rows = [["x"]] * SEARCHED_ROWS + [["program_id"]]

    assert 0 == find_header(rows, {"program_id"}).matched
