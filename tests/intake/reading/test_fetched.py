from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.reading.fetched import columns_of

NAIVE, ZONED = (
    dt.datetime(2026, 3, 31, 23, 30),
    dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4))),
)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False), st.text(),
    st.dates(), st.datetimes(), st.datetimes(timezones=st.just(dt.UTC)),
)  # fmt: skip


def column(*cells: Any, is_json: bool = False) -> pd.Series:
    """One column fetched in one part."""
    (found,) = columns_of([[(cell,) for cell in cells]], [is_json])
    return found


@pytest.mark.parametrize(
    ("cells", "dtype", "expected"),
    [
        (["a", "b"], "str", ["a", "b"]),
        ([True, False], "boolean", [True, False]),
        ([9007199254740993], "Int64", [9007199254740993]),
        ([2**63, 7], "str", ["9223372036854775808", "7"]),
        ([1, 2.5], "float64", [1.0, 2.5]),
        ([Decimal("7"), Decimal("8")], "Int64", [7, 8]),
        ([Decimal("7.00")], "float64", [7.0]),
        ([dt.date(2026, 3, 31)], "datetime64[us]", [pd.Timestamp("2026-03-31")]),
        ([NAIVE], "datetime64[us]", [pd.Timestamp("2026-03-31 23:30")]),
        ([ZONED], "datetime64[us, UTC]", [pd.Timestamp("2026-04-01 03:30", tz="UTC")]),
        ([NAIVE, ZONED], "object", [NAIVE, ZONED]),
        (["a", 7], "object", ["a", 7]),
        ([[1, None, [2]], ["x"]], "str", ["1;2", "x"]),
        ([[NAIVE], [True]], "str", ["2026-03-31 23:30:00", "true"]),
        ([{"a": [1]}], "str", ['{"a": [1]}']),
        ([memoryview(b"\x00\xff")], "str", ["00ff"]),
        ([dt.time(17, 39)], "str", ["17:39:00"]),
    ],
)
def test_cells_stay_what_they_are(cells: list[Any], dtype: str, expected: list[Any]) -> None:
    """Each kind of cell has its column; a blank in it changes nothing."""
    found = column(*cells, None)

    assert dtype == str(found.dtype)
    assert expected == found.tolist()[:-1]
    assert pd.isna(found.iloc[-1])


def test_json_stays_text() -> None:
    """A JSON list is no list of ours, and JSON that is text already is left alone."""
    assert ["[1, 2]", '{"a"}'] == column([1, 2], '{"a"}', is_json=True).tolist()


@pytest.mark.parametrize("empty", [[None], [Decimal("NaN")], [[]], [[None]]])
def test_what_says_nothing_is_missing(empty: list[Any]) -> None:
    """No number, and a list of nothing."""
    assert column(*empty).isna().all()


def test_no_rows_leave_empty_columns() -> None:
    """As many as there are."""
    assert [0, 0] == [len(found) for found in columns_of([], [False, False])]


@given(st.lists(CELLS, min_size=1, max_size=8), st.lists(st.integers(1, 3), max_size=4))
def test_the_size_of_the_parts_changes_no_cell(cells: list[Any], sizes: list[int]) -> None:
    """However the rows are fetched, the column holds the same."""
    cuts = [0, *itertools.accumulate(sizes), len(cells)]
    parts = [[(cell,) for cell in cells[low:high]] for low, high in itertools.pairwise(cuts) if cells[low:high]]

    (found,) = columns_of(parts, [False])

    whole = column(*cells)
    assert whole.isna().tolist() == found.isna().tolist()
    assert whole.dropna().map(_told).tolist() == found.dropna().map(_told).tolist()


def _told(cell: Any) -> str:
    """A cell as a person reads it, whatever column holds it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(pd.Timestamp(cell)) if isinstance(cell, (dt.date, pd.Timestamp)) else str(cell)
