from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gapkit.errors import InputError
from gapkit.intake.reading.files import read_file


@pytest.mark.parametrize(
    ("name", "word"), [("x.pdf", "this kind"), ("x.csv", "no such file"), ("x.parquet", "no such file")]
)
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str, word: str) -> None:
    """Missing files and foreign kinds are problems, not tracebacks."""
    with pytest.raises(InputError, match=word):
        read_file(tmp_path / name, name, {"program_id"})


@pytest.mark.parametrize(("data", "word"), [(b"", "empty"), (b"program_id\n1", "not a readable Parquet")])
def test_broken_parquet_is_refused(tmp_path: Path, data: bytes, word: str) -> None:
    """A Parquet file that is none is named."""
    (tmp_path / "x.parquet").write_bytes(data)

    with pytest.raises(InputError, match=word):
        read_file(tmp_path / "x.parquet", "x.parquet", {"program_id"})


def test_parquet_types_arrive_as_pandas_holds_them_best(tmp_path: Path) -> None:
    """Dates are dates, lists become ; lists, whole numbers and booleans keep their blanks."""
    table = pa.table(
        {
            "text": pa.array(["a", None]).dictionary_encode(),
            "day": pa.array([dt.date(2026, 3, 1), None]),
            "owners": pa.array([["ana", "ben"], None]),
            "count": pa.array([1, None]),
            "amount": pa.array([Decimal("1.50"), None]),
            "flag": pa.array([True, None]),
        }
    )
    pq.write_table(table, tmp_path / "x.parquet")

    cells = read_file(tmp_path / "x.parquet", "x.parquet", set()).cells

    assert ["a", dt.datetime(2026, 3, 1), "ana;ben", 1, 1.5, True] == cells.loc[1].tolist()
    assert cells.loc[2].isna().all()
    assert ["Int64", "boolean"] == [str(cells[3].dtype), str(cells[5].dtype)]
