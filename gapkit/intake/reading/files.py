"""Any flat file to a sheet, by its ending: CSV and other text, Excel, Parquet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gapkit.intake.reading.complaints import refuse
from gapkit.intake.reading.records import Sheet
from gapkit.intake.reading.textfile import read_text
from gapkit.intake.reading.workbook import read_workbook

TEXT: Final = (".csv", ".tsv", ".txt")
EXCEL: Final = (".xlsx", ".xlsm")
PARQUET: Final = (".parquet",)
READABLE: Final = TEXT + EXCEL + PARQUET


def read_file(path: Path, file: str, expected: Collection[str], sheet: str = "") -> Sheet:
    """Read one file into a sheet.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        Its path as the consultant knows it, for messages.
    expected : collection of str
        Column names looked for, as `reading.header.name_key` gives them.
    sheet : str
        Sheet of an Excel file; empty for the one that fits best.

    Raises
    ------
    InputError
        When the file is missing, empty, of another kind than its name says, or has no header.
    """
    ending = path.suffix.lower()
    if ending not in READABLE:
        remedy = "Save it as CSV (UTF-8) or .xlsx."
        refuse("files of this kind are not read", file, value=ending, allowed=", ".join(READABLE), remedy=remedy)
    if ending in PARQUET:
        with _opening(file):
            return _read_parquet(path, file)
    data = read_bytes(path, file)
    return read_workbook(data, file, expected, sheet) if ending in EXCEL else read_text(data, file, expected)


def read_bytes(path: Path, file: str) -> bytes:
    """Return a whole file as it is.

    Parameters
    ----------
    path : Path
        Where it is.
    file : str
        Its path as the consultant knows it, for messages.

    Raises
    ------
    InputError
        When the file is missing or cannot be opened.
    """
    with _opening(file):
        return path.read_bytes()


@contextmanager
def _opening(file: str) -> Iterator[None]:
    """Say it when a file is missing or cannot be opened."""
    try:
        yield
    except FileNotFoundError:
        refuse("there is no such file", file, remedy="Put the file there, or correct its name in engagement.yml.")
    except OSError as error:
        refuse("the file cannot be opened", file, value=str(error.strerror), remedy="Check the file and its permissions.")


def _read_parquet(path: Path, file: str) -> Sheet:
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, ValueError):
        is_empty = path.stat().st_size == 0
        refuse("the file is empty" if is_empty else "not a readable Parquet file", file, remedy="Export it again.")
    columns = {place: _to_pandas(column) for place, column in enumerate(table.columns)}
    rows = pd.RangeIndex(1, table.num_rows + 1, name="row")
    cells = pd.DataFrame(columns, copy=False).set_axis(rows) if columns else pd.DataFrame(index=rows)
    return Sheet(file=file, sheet="", format="parquet", columns=tuple(table.column_names), cells=cells)


def _to_pandas(column: pa.ChunkedArray) -> pd.Series:
    """Return a Parquet column as pandas holds it best: text as str, dates as datetimes, lists joined by ;."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), ";")
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pd.Series(column.cast(pa.large_string()), dtype="str")  # on the same memory; to_pandas makes Python objects
    # Whole numbers and booleans with blanks would become floats and objects.
    nullable = {pa.bool_(): pd.BooleanDtype()} | ({kind: pd.Int64Dtype()} if pa.types.is_integer(kind) else {})
    series: pd.Series = column.to_pandas(date_as_object=False, types_mapper=nullable.get)
    return series
