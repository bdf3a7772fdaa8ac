"""Rows as a database hands them out to columns, every cell what it was.

Rows come in parts: as Python objects they take ten times the room, so each part becomes columns before the next is fetched.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd


def columns_of(parts: Iterable[Sequence[Sequence[Any]]], is_json: Sequence[bool]) -> list[pd.Series]:
    """Return the columns of rows that come in parts.

    Parameters
    ----------
    parts : iterable of sequences of rows
        Cells as the driver gives them.
    is_json : sequence of bool
        For each column whether it holds JSON, whose lists look like arrays otherwise.

    Returns
    -------
    list of pandas.Series
        Text as ``str``, whole numbers as ``Int64`` (as text where they are longer), other numbers as ``float64``,
        ``boolean``, dates and moments as ``datetime64[us]`` (in UTC where they have a zone). Arrays are lists with ;
        between, JSON and all other types are text. A column of several types keeps them as objects.

    Examples
    --------
    >>> columns = columns_of([[(Decimal("7"), ["a", "b"])], [(Decimal("2.5"), None)]], [False, False])
    >>> [column.tolist() for column in columns]
    [[7.0, 2.5], ['a;b', nan]]
    """
    writers = [_json_text if json_column else _plain for json_column in is_json]
    columns = [
        [_column(cells, write) for cells, write in zip(zip(*rows, strict=True), writers, strict=True)] for rows in parts
    ]
    if not columns:
        return [pd.Series([], dtype="str") for _ in writers]
    return [_together([part[place] for part in columns]) for place in range(len(writers))]


def _column(cells: Sequence[Any], write: Callable[[Any], Any]) -> pd.Series:
    """Return one column of some rows in the narrowest type that keeps every cell as it is."""
    values = [None if cell is None else write(cell) for cell in cells]
    types = {type(value) for value in values if value is not None}
    if types <= {str}:
        return pd.Series(values, dtype="str")
    if types == {bool}:
        return pd.Series(values, dtype="boolean")
    if types <= {int, float}:
        return _numbers(values, is_whole=types == {int})
    if types == {dt.date}:
        return pd.Series(np.array(values, dtype="datetime64[us]"))
    if types == {dt.datetime}:
        return _moments(values)
    return pd.Series(values, dtype=object)


def _numbers(values: list[Any], *, is_whole: bool) -> pd.Series:
    if not is_whole:
        return pd.Series(values, dtype="float64")
    if max(abs(value) for value in values if value is not None) < 2**63:
        return pd.Series(values, dtype="Int64")
    return pd.Series([None if value is None else str(value) for value in values], dtype="str")


def _moments(values: list[dt.datetime | None]) -> pd.Series:
    zoned = {value.tzinfo is not None for value in values if value is not None}
    if len(zoned) > 1:
        return pd.Series(values, dtype=object)
    utc = [
        value.astimezone(dt.UTC).replace(tzinfo=None) if value is not None and value.tzinfo else value for value in values
    ]
    moments = pd.Series(np.array(utc, dtype="datetime64[us]"))
    return moments.dt.tz_localize("UTC") if zoned == {True} else moments


def _together(parts: list[pd.Series]) -> pd.Series:
    """Return the parts of a column as one; where their types differ every cell keeps its own."""
    filled = [part for part in parts if part.notna().any()] or parts[:1]
    dtypes = {str(part.dtype) for part in filled}
    dtype: Any = "float64" if dtypes == {"Int64", "float64"} else filled[0].dtype if len(dtypes) == 1 else object
    return pd.concat(
        [part.astype(dtype) if part.notna().any() else pd.Series(index=part.index, dtype=dtype) for part in parts],
        ignore_index=True,
    )


def _plain(cell: Any) -> Any:
    """Return a cell as text, number, boolean, date or moment."""
    if isinstance(cell, (str, bool, int, float, dt.date)):  # a moment is a date as well
        return cell
    if isinstance(cell, Decimal):
        return _from_decimal(cell)
    if isinstance(cell, (list, tuple, set, frozenset)):
        return ";".join(_item(item) for item in _items(cell)) or None
    if isinstance(cell, dict):
        return _json_text(cell)
    if isinstance(cell, (bytes, bytearray, memoryview)):
        return bytes(cell).hex()
    return str(cell)


def _from_decimal(number: Decimal) -> int | float | None:
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() and number.as_tuple().exponent == 0 else float(number)


def _items(cells: Iterable[Any]) -> list[Any]:
    """Return the items of an array, those of arrays in it too, empty ones left out."""
    deep = [_items(cell) if isinstance(cell, (list, tuple)) else [cell] for cell in cells if cell is not None]
    return [item for items in deep for item in items]


def _item(cell: Any) -> str:
    plain = _plain(cell)
    if isinstance(plain, dt.datetime):
        return plain.isoformat(" ")
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def _json_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
