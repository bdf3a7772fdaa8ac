from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config import Source
from gapkit.intake.formats.questionnaire import Heading
from gapkit.intake.formats.survey_wide import Wide, as_seconds, one_row, place_of, seconds_between, time_taken
from gapkit.intake.reading.records import Sheet


def text(*cells: object) -> pd.Series:
    return pd.Series(cells, dtype="str")


def sheet(columns: dict[str, list[object]]) -> Sheet:
    cells = pd.DataFrame(dict(enumerate(columns.values())), dtype=object)
    return Sheet("data/a.csv", "", "csv", tuple(columns), cells)


def seconds(start: object, end: object, **entry: object) -> list[float]:
    return (
        seconds_between(pd.Series([start], dtype=object), pd.Series([end], dtype=object), Source(**entry))
        .fillna(-1)
        .tolist()
    )


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [
        ("2026-06-02 09:00:00", "2026-06-02 09:05:01", 301),
        ("2026-06-02T09:00:00Z", "2026-06-02T11:05:01+02:00", 301),
        (pd.Timestamp("2026-06-02 09:00"), pd.Timestamp("2026-06-02 09:01"), 60),
        ("2026-03-29 01:59:00", "2026-03-29 03:01:00", 3720),
        ("2026-06-02 09:05:01", "2026-06-02 09:00:00", -1),
        ("", "2026-06-02 09:00:00", -1),
        ("soon", "2026-06-02 09:00:00", -1),
    ],
)
def test_seconds_between_two_moments(start: object, end: object, taken: float) -> None:
    """With and without a time zone, across the change to summer time by the clock on the wall; never below none."""
    assert [taken] == seconds(start or None, end)


def test_the_cells_of_both_columns_settle_day_and_month() -> None:
    """13 June can be read one way only, and settles the other moment too."""
    start, end = text("6/12/26 23:00", "6/1/26 9:00"), text("6/13/26 1:00", "6/1/26 9:01")

    assert [7200.0, 60.0] == seconds_between(start, end, Source()).tolist()


def test_seconds_are_read_with_either_decimal_mark() -> None:
    """What is no number, or below none, is missing rather than zero."""
    assert [301, 8.5, 8.5, 0, -1, -1, -1] == as_seconds(text("301", "8.5", "8,5", "0", "-3", "2 min", None)).fillna(
        -1
    ).tolist()


def test_a_column_of_seconds_goes_before_the_moments() -> None:
    """The tool's own count leaves out the time the survey lay open."""
    one = sheet({"Start": ["2026-06-02 09:00"], "End": ["2026-06-03 09:00"], "Taken": ["301"]})
    ask = {"taken": ["taken"], "start": ["start"], "end": ["END"]}

    assert [301.0] == time_taken(one, one_row(one), Source(), **ask).tolist()
    assert [86400.0] == time_taken(one, one_row(one), Source(), start=["start"], end=["END"]).tolist()
    assert time_taken(one, one_row(one), Source(), start=["start"], end=["sent"]) is None


def test_columns_are_found_by_any_of_their_headings() -> None:
    """The first name that is there wins, whatever its case, blanks and punctuation."""
    headings = (Heading("Q1", ("Q1", "Response ID")), Heading("id", ("id",)))

    assert (1, 0, None) == tuple(
        place_of(headings, *names) for names in (("ID", "Response-Id"), ("ResponseId", "id"), ("token",))
    )


def test_an_export_that_says_nothing_of_a_response_doubts_none() -> None:
    """Without a column for it no response is a test, and none was broken off."""
    one = sheet({"MIS1": ["4", "5"]})
    silent = Wide(one, one_row(one))
    told = silent._replace(is_test=pd.Series([True, False]), is_finished=pd.Series([True, False]))

    assert ([False, False], [False, False]) == (silent.tests().tolist(), silent.unfinished().tolist())
    assert ([True, False], [False, True]) == (told.tests().tolist(), told.unfinished().tolist())
