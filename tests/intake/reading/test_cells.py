from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from gapkit.intake.reading.cells import as_text, distinct_cells, is_among, on_distinct


def test_numbers_in_text_columns_are_written_as_typed() -> None:
    """An id 7 that Excel stores as 7.0 is the id "7"; a date is its day; yes/no keep their word."""
    cells = pd.Series(
        [7, 7.0, 7.5, True, dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 1, 9), " x ", "", None], dtype=object
    )

    written = as_text(cells)

    assert ["7", "7", "7.5", "true", "2026-03-01", "2026-03-01 09:00:00", "x"] == written.iloc[:7].tolist()
    assert written.iloc[7:].isna().all()


def test_values_that_python_takes_for_equal_stay_apart() -> None:
    """1, 1.0, True and "1" are four things a cell can hold."""
    codes, distinct = distinct_cells(pd.Series([1, 1.0, True, "1", 1, None], dtype=object))

    assert [0, 1, 2, 3, 0, -1] == codes.tolist()
    assert [int, float, bool, str] == [type(value) for value in distinct]


def test_conversion_by_distinct_values_keeps_the_index() -> None:
    """Rows keep their labels and blanks stay blank."""
    cells = pd.Series(["a", np.nan, "b", "a"], index=[9, 8, 7, 6], dtype="str")

    done = on_distinct(cells, lambda seen: [word.upper() for word in seen], "str")

    assert {9: "A", 7: "B", 6: "A"} == done.dropna().to_dict()


def test_membership_ignores_missing_ids() -> None:
    """A blank id is in no table."""
    ids = pd.Series(["a", None, "c"], dtype="str")

    assert [True, False, False] == is_among(ids, pd.Series(["a", "b", None], dtype="str")).tolist()
