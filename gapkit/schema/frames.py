"""Typed frames of a table: empty ones, completed ones, and lists kept in one cell."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from gapkit.schema.columns import DTYPES
from gapkit.schema.declare import Field
from gapkit.schema.tables import TABLES

SEPARATOR: Final = ";"


def empty(table: str, tz: str = "UTC") -> pd.DataFrame:
    """Return the table without rows, all columns present and typed.

    Parameters
    ----------
    table : str
        Name of a canonical table.
    tz : str
        Time zone of its timestamps.

    Examples
    --------
    >>> list(empty("goals").columns), len(empty("goals"))
    (['goal_id', 'label'], 0)
    """
    fields = TABLES[table].fields()
    return pd.DataFrame({field.name: pd.Series(dtype=_dtype(field, tz)) for field in fields})


def conform(table: str, frame: pd.DataFrame, tz: str = "UTC") -> pd.DataFrame:
    """Return the frame with the table's columns typed, completed and in order.

    Parameters
    ----------
    table : str
        Name of a canonical table.
    frame : pandas.DataFrame
        Some or all of its columns, perhaps others too. Not changed.
    tz : str
        Time zone timestamps are converted to; also that of absent ones.

    Returns
    -------
    pandas.DataFrame
        Declared columns first, in the order of the declaration, then the others as they were. Absent optional columns are
        added as null; absent required ones are not, so that `validate` can name them. A column that cannot be brought to
        its type without loss is left as it is, so that `validate` can say what is in it.

    Examples
    --------
    >>> goals = conform("goals", pd.DataFrame({"note": ["x"], "label": ["Grow"], "goal_id": [7]}))
    >>> list(goals.columns), goals["goal_id"].item()
    (['goal_id', 'label', 'note'], '7')
    """
    fields = TABLES[table].fields()
    columns = {field.name: _typed(frame, field, tz) for field in fields if field.name in frame or not field.required}
    extra = {name: frame[name] for name in frame.columns if name not in columns}
    return pd.DataFrame(columns | extra, index=frame.index)


def split_list(cells: pd.Series) -> pd.Series:
    """Return the items of each list cell as a tuple; an empty or missing cell gives an empty tuple.

    Items are stripped; repeated ones are named once, in the order in which they first appear.

    Examples
    --------
    >>> split_list(pd.Series(["ana; ben;ana", None, ""], dtype="str")).tolist()
    [('ana', 'ben'), (), ()]
    """
    distinct = cells.dropna().unique()
    items = {
        cell: tuple(dict.fromkeys(item.strip() for item in cell.split(SEPARATOR) if item.strip())) for cell in distinct
    }
    return pd.Series([items.get(cell, ()) for cell in cells], index=cells.index, name=cells.name, dtype=object)


def join_list(cells: pd.Series) -> pd.Series:
    """Return tuples of items as list cells, the reverse of `split_list`; an empty tuple gives a missing cell.

    Examples
    --------
    >>> join_list(pd.Series([("ana", "ben"), ()], dtype=object)).tolist()
    ['ana;ben', nan]
    """
    joined = [SEPARATOR.join(items) if items else None for items in cells]
    return pd.Series(joined, index=cells.index, name=cells.name, dtype="str")


def list_size(cells: pd.Series) -> pd.Series:
    """Return how many different items each list cell holds; 0 for an empty or missing one.

    Examples
    --------
    >>> list_size(pd.Series(["ana; ben;ana", None], dtype="str")).tolist()
    [2, 0]
    """
    sizes: pd.Series = split_list(cells).map(len).astype("int64")
    return sizes


def _dtype(field: Field, tz: str) -> Any:
    return pd.DatetimeTZDtype("us", tz) if field.kind == "timestamp" else DTYPES[field.kind]


def _typed(frame: pd.DataFrame, field: Field, tz: str) -> pd.Series:
    dtype = _dtype(field, tz)
    column: pd.Series = frame[field.name] if field.name in frame else pd.Series(None, index=frame.index, dtype=dtype)
    try:
        typed: pd.Series = column.astype(dtype)
    except (TypeError, ValueError, OverflowError):
        return column
    return typed
