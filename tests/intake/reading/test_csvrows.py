from __future__ import annotations

import csv
import io
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.errors import InputError
from gapkit.intake.reading import csvrows
from gapkit.intake.reading.csvrows import Place, Rows, read_rows

PLACE = Place("data/x.csv", ",", 2)
NAMES = ("id", "name", "note")


def read(text: str, names: tuple[str, ...] = NAMES, delimiter: str = ",") -> Rows:
    return read_rows(memoryview(text.encode()), names, PLACE._replace(delimiter=delimiter))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a"), max_size=6)


@settings(max_examples=40)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from([16, csvrows.BLOCK]),
)
def test_every_cell_is_the_one_python_reads(
    rows: list[list[str]], delimiter: str, ending: str, is_open: bool, block: int
) -> None:
    """Whatever cells hold, however long rows are and wherever blocks end, all is as Python's own csv module reads it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=ending).writerows(rows)
    text = buffer.getvalue()[: -len(ending)] if is_open and rows else buffer.getvalue()
    read_by_python = dict(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=2))
    expected = {number: ([*map(str.strip, row), "", "", ""])[:3] for number, row in read_by_python.items()}

    with mock.patch.object(csvrows, "BLOCK", block):
        found = read(text, delimiter=delimiter)

    assert {number: row for number, row in expected.items() if any(row)} == {
        number: list(row) for number, *row in found.cells.fillna("").itertuples()
    }
    assert [number for number, row in read_by_python.items() if any(cell.strip() for cell in row[3:])] == [
        problem.row for problem in found.problems
    ]


def test_a_row_longer_than_a_block_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell may hold a book; the size in which Arrow reads must not be a limit."""
    monkeypatch.setattr(csvrows, "BLOCK", 64)

    book = "line\n" * 50 + "end"

    assert [book, "c"] == read(f'1,"{book}"\n2,c\n').cells[1].tolist()


@pytest.mark.parametrize("block", [8, csvrows.BLOCK])
def test_an_open_quotation_is_named_with_its_row(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It swallows the rest of the file, also across an even number of quotation marks and in the last cell of a row."""
    monkeypatch.setattr(csvrows, "BLOCK", block)

    with pytest.raises(InputError, match=r"row 3.*not closed"):
        read('1,a"b,c\n2,c,"d\n3,e,f\n')


def test_many_long_rows_are_counted_after_twenty() -> None:
    """A file with a stray separator in every row needs no thousand lines of complaint."""
    problems = read("1,2,3,4\n" * 30).problems

    assert 21 == len(problems)
    assert "10 more rows" in problems[-1].what
    assert 22 == problems[-1].row


def test_a_repeated_header_is_left_out_and_told() -> None:
    """Files put one below the other repeat it; a row that only begins like it is data."""
    found = read("1,a,b\nid,name,note\n\nid,name,\nid , name,note\n2,c,d\n")

    assert [2, 5, 7] == found.cells.index.tolist()
    assert ("data/x.csv repeats its header in 2 rows (3 and 6); they were left out.",) == found.notes


def test_a_column_of_one_word_is_no_repeated_header() -> None:
    """With a single name nothing tells a value from the header."""
    assert ["id", "id"] == read("id\nid\n", ("id",)).cells[0].tolist()


def test_no_rows_is_an_empty_table() -> None:
    """A header alone is a table without rows, all of its columns there."""
    assert (0, 3) == read("").cells.shape
    assert (0, 3) == read("\n,,\n").cells.shape


def test_empty_columns_share_their_memory() -> None:
    """Exports have hundreds of empty columns; they must be there and cost nothing."""
    cells = read("1,,\n2,,\n").cells

    assert {"str"} == set(cells.dtypes.astype(str))
    assert cells[1].array._pa_array.chunk(0).buffers()[1].address == cells[2].array._pa_array.chunk(0).buffers()[1].address
