"""Cells as files hold them: telling text from numbers from moments, and writing any of them as text.

Text files give text only. Excel gives whatever a cell really holds, so one column may mix numbers, dates and text; what a
cell is decides how it may be read, never what it looks like.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.intp]

# A spreadsheet keeps 15 digits of a number; an id with more has lost its last ones.
EXACT_DIGITS: Final = 10**15


def text_or_missing(cells: pd.Series) -> pd.Series:
    """Return text without surrounding blanks; what is then empty is missing.

    Examples
    --------
    >>> text_or_missing(pd.Series([" a ", "  ", None], dtype="str")).tolist()
    ['a', nan, nan]
    """
    stripped = cells.astype("str").str.strip()
    return stripped.mask(stripped == "")


def is_text(cells: pd.Series) -> bool:
    """Return whether the whole column is text."""
    return isinstance(cells.dtype, pd.StringDtype)


def matches(texts: pd.Series, pattern: str) -> Mask:
    """Return which texts match a regular expression from end to end; missing ones do not.

    Arrow matches a million texts in the time Python takes for a few thousand; its digits are 0 to 9 only.

    Examples
    --------
    >>> matches(pd.Series(["12", "12 ", None], dtype="str"), "[0-9]+").tolist()
    [True, False, False]
    """
    found = pc.match_substring_regex(pa.array(texts, type=pa.large_string()), rf"\A(?:{pattern})\z")
    hit: Mask = found.fill_null(False).to_numpy(zero_copy_only=False).astype(bool)
    return hit


def is_among(ids: pd.Series, targets: pd.Series) -> Mask:
    """Return which ids occur among others; missing ones do not.

    Arrow's set membership takes seconds for ten million ids where `Series.isin` goes through Python for each.

    Examples
    --------
    >>> is_among(pd.Series(["a", None, "z"], dtype="str"), pd.Series(["a", None], dtype="str")).tolist()
    [True, False, False]
    """
    found = pc.is_in(pa.array(ids), value_set=pc.unique(pa.array(targets)), skip_nulls=True)
    among: Mask = found.to_numpy(zero_copy_only=False).astype(bool)
    return among


def as_text(cells: pd.Series) -> pd.Series:
    """Return every cell as the text a person would have typed: ``7`` not ``7.0``, dates as YYYY-MM-DD.

    Examples
    --------
    >>> as_text(pd.Series(["a ", 7.0, True, pd.Timestamp("2026-03-01"), None], dtype=object)).tolist()
    ['a', '7', 'true', '2026-03-01', nan]
    """
    if is_text(cells):
        return text_or_missing(cells)
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return text_or_missing(cells.astype("str"))
    return text_or_missing(on_distinct(cells, lambda distinct: [_written(cell) for cell in distinct], "str"))


def _written(cell: Any) -> str | None:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell)):
        return None
    if isinstance(cell, (bool, np.bool_)):
        return str(bool(cell)).lower()
    if isinstance(cell, (float, np.floating)) and float(cell).is_integer() and abs(float(cell)) < EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, (dt.datetime, pd.Timestamp)):
        return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(cell)


def distinct_cells(cells: pd.Series) -> tuple[Codes, list[Any]]:
    """Return each cell's place among the distinct values (−1 where missing), and those values.

    In a column of mixed cells values of different types stay apart, although Python holds 1, 1.0 and True for equal.
    """
    if cells.dtype != object:
        codes, found = pd.factorize(cells)
        return codes, list(found)
    keys = pd.Series([(type(cell).__name__, cell) for cell in cells], dtype=object).mask(cells.isna().to_numpy())
    codes, pairs = pd.factorize(keys)
    return codes, [cell for _, cell in pairs]


def on_distinct(cells: pd.Series, convert: Callable[[list[Any]], Any], dtype: Any) -> pd.Series:
    """Return a column converted by way of its distinct values, which are few where the rows are many.

    Parameters
    ----------
    cells : pandas.Series
        Any column; missing cells stay missing.
    convert : callable
        From the distinct values to as many results.
    dtype : dtype
        Of the result; must be able to hold missing values.
    """
    codes, distinct = distinct_cells(cells)
    converted: pd.Series = pd.Series(convert(distinct) if distinct else [], dtype=dtype).reindex(codes)
    return converted.set_axis(cells.index)
