from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.reading.numbers import parse_numbers


def numbers(*cells: object, kind: str = "number", **more: str) -> list[float]:
    return parse_numbers(pd.Series(list(cells), dtype=object), kind=kind, **more).read.tolist()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1 234,5", 1234.5),
        ("1'234.50", 1234.5),
        ("-3", -3),
        ("−3", -3),
        ("(1,234.50)", -1234.5),
        ("1e3", 1000),
        ("1.5E-2", 0.015),
        (".5", 0.5),
        ("1,234,567", 1234567),
    ],
)
def test_ways_of_writing_numbers(written: str, read: float) -> None:
    """Separators that prove themselves need no setting."""
    assert [read] == numbers(written)


@pytest.mark.parametrize("written", ["$1,234.50", "USD 1234.50", "1234.50 USD", "$ -1,234.50"])
def test_money_may_carry_its_currency(written: str) -> None:
    """The engagement's own currency, as sign or code, is no obstacle."""
    assert 1234.5 == abs(numbers(written, kind="money", currency="USD")[0])


@pytest.mark.parametrize("written", ["€1,234.50", "EUR 12", "12 %", "twelve", "12k", "1,2,3", "12-5"])
def test_other_currencies_and_words_are_bad(written: str) -> None:
    """Amounts of another currency must not be added up as if they were dollars."""
    found = parse_numbers(pd.Series([written], dtype="str"), kind="money", currency="USD")

    assert found.bad.all()


def test_percentages_are_shares() -> None:
    """45 % in a column of shares is 0.45; an integer cannot be a percentage."""
    assert [0.45, 0.5] == numbers("45 %", "0.5")
    assert np.isnan(numbers("45 %", kind="integer")).all()


@pytest.mark.parametrize("kind", ["money", "integer"])
def test_a_thousand_or_one_is_asked(kind: str) -> None:
    """12.000 is twelve to one half of the world and twelve thousand to the other: the column waits."""
    found = parse_numbers(pd.Series(["12.000", "7"], dtype="str"), kind=kind)

    assert [True, False] == found.undecided.tolist()


@pytest.mark.parametrize(
    ("cells", "delimiter", "read"),
    [
        (["12.000", "1,5"], ",", [12000, 1.5]),
        (["12.000", "1.55"], ",", [12, 1.55]),
        (["12.000"], ";", [12000]),
        (["1,234"], ",", [1234]),
    ],
)
def test_the_column_or_the_file_decides(cells: list[str], delimiter: str, read: list[float]) -> None:
    """One cell that allows a single reading decides the column; semicolon files come from comma-decimal countries."""
    assert read == numbers(*cells, kind="money", delimiter=delimiter)


def test_whole_numbers_must_be_whole() -> None:
    """3.5 pieces cannot be counted; 3.0 can."""
    found = parse_numbers(pd.Series([3.0, 3.5, np.nan]), kind="integer")

    assert [False, True, False] == found.bad.tolist()


def test_infinity_and_booleans_are_no_numbers() -> None:
    """A figure built on either would be nonsense."""
    assert parse_numbers(pd.Series([np.inf]), kind="number").bad.all()
    assert parse_numbers(pd.Series([True], dtype=object), kind="number").bad.all()


@pytest.mark.parametrize("kind", ["number", "money", "integer"])
@given(
    cells=st.lists(
        st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,4})?|\.[0-9]{1,4}|[0-9]\.[0-9]{1,3}e-?[0-9]", fullmatch=True),
        min_size=1,
        max_size=6,
    )
)
def test_the_fast_way_reads_what_the_slow_way_reads(kind: str, cells: list[str]) -> None:
    """Columns of plain numbers are read at once; text of mixed cells goes one by one, and both must agree."""
    fast = parse_numbers(pd.Series(cells, dtype="str"), kind=kind)
    slow = parse_numbers(pd.Series(cells, dtype=object), kind=kind)

    pd.testing.assert_series_equal(slow.read, fast.read)
    assert [slow.bad.tolist(), slow.undecided.tolist()] == [fast.bad.tolist(), fast.undecided.tolist()]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30))
def test_what_programs_write_comes_back(values: list[float]) -> None:
    """Numbers written with any number of decimals are read as they are in a column of numbers."""
    found = parse_numbers(pd.Series([repr(value) for value in values], dtype="str"), kind="number")

    assert values == found.read.tolist()
