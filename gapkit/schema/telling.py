"""Failures told as problems: where, what was seen, how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from gapkit.errors import Problem
from gapkit.labels import label_count

VALUES_NAMED: Final = 20  # different values named per kind of failure; the rest is counted
ROWS_NAMED: Final = 10  # row numbers named per value; the rest is counted
VALUE_WIDTH: Final = 80  # characters of a value that are printed


class Origin(Protocol):
    """Where the rows of a table came from and how the file spells its columns."""

    @property
    def table(self) -> str:
        """Canonical table."""

    @property
    def file(self) -> str:
        """Path relative to the engagement folder, as in the column ``_source``."""

    @property
    def columns_mapped(self) -> Mapping[str, str]:
        """Canonical column to the column of the file."""


class Failure(NamedTuple):
    """One kind of failure in one table, before it is told value by value.

    Attributes
    ----------
    columns : tuple of str
        The columns concerned; the first is the one named.
    rows : array of bool or None
        One per row of the table, True where it fails; None when the table as a whole is concerned.
    what, allowed, remedy : str
        As in `Problem`.
    """

    columns: tuple[str, ...]
    rows: npt.NDArray[np.bool_] | None
    what: str
    allowed: str
    remedy: str


def tell_failure(table: str, frame: pd.DataFrame, failure: Failure, origins: Iterable[Origin]) -> Iterator[Problem]:
    """Yield one problem per file and value seen, then one that counts the values not named.

    Parameters
    ----------
    table : str
        Name of the canonical table.
    frame : DataFrame
        The table, numbered from 0.
    failure : Failure
        What failed. Nothing is yielded when no row is marked.
    origins : iterable of Origin
        How the files spell the columns.
    """
    spelling = {origin.file: origin.columns_mapped for origin in origins if origin.table == table}

    def problem(what: str, file: str, sheet: str, row: int | None = None, value: str = "") -> Problem:
        column = spelling.get(file, {}).get(failure.columns[0], failure.columns[0])
        return Problem(what, file, sheet, row, column, value, failure.allowed, failure.remedy, table)

    if failure.rows is None:
        places = (
            _places(frame).drop_duplicates() if len(frame) else pd.DataFrame({"file": list(spelling) or [""], "sheet": ""})
        )
        yield from (problem(failure.what, file, sheet) for file, sheet in places.itertuples(index=False))
        return
    cells = _failing_cells(frame.loc[failure.rows], failure.columns)
    number = cells.groupby(["file", "sheet", "value"], sort=False).ngroup()
    for _, group in cells.loc[number < VALUES_NAMED].groupby(number):
        file, sheet, row, value = group.iloc[0]
        yield problem(f"{failure.what}{also_in(group['row'])}", file, sheet, row, value)
    rest = cells.loc[number >= VALUES_NAMED]
    if len(rest):
        values = label_count(int(number.max()) + 1 - VALUES_NAMED, "further value")
        what = f"{failure.what}: {values} in {label_count(len(rest), 'row')}, not listed"
        yield problem(what, rest["file"].iloc[0], rest["sheet"].iloc[0])


def _failing_cells(failing: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return file, sheet, row and value of failing rows."""
    # Without row numbers the table was made in memory: numbered as its CSV file would be, below one header row.
    rows = failing["_row"] if "_row" in failing else failing.index.to_series() + 2
    return _places(failing).assign(row=rows.astype(object).where(rows.notna(), None), value=_values(failing, columns))


def _places(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the file and the sheet of each row, empty where they are not known."""
    names = {"file": "_source", "sheet": "_sheet"}
    known = {place: frame[name].astype("str").fillna("") for place, name in names.items() if name in frame}
    return pd.DataFrame({"file": "", "sheet": ""} | known, index=frame.index)


def _values(failing: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """Return the values seen as text; those of several columns each behind the column's name."""
    texts = {name: _as_text(failing[name]).str.slice(0, VALUE_WIDTH) for name in columns}
    if len(columns) == 1:
        return texts[columns[0]]
    joined = pd.Series("", index=failing.index)
    for name, text in texts.items():
        joined += (f", {name} " + text).where(text != "", "")
    return joined.str.removeprefix(", ")


def _as_text(cells: pd.Series) -> pd.Series:
    """Return cells as a reader would write them: dates without midnight, whole numbers without .0, nothing for missing."""
    if cells.dtype.kind == "M" and cells.dt.tz is None and (cells.dropna() == cells.dropna().dt.normalize()).all():
        cells = cells.dt.strftime("%Y-%m-%d")
    elif cells.dtype.kind == "f":
        cells = cells.map("{:.10g}".format, na_action="ignore")
    return cells.astype("str").fillna("")


def also_in(rows: pd.Series) -> str:
    """Return how many rows share a value, and the first of them; nothing for a single one."""
    if len(rows) == 1:
        return ""
    named = ", ".join(str(row) for row in rows.iloc[:ROWS_NAMED].dropna())
    return f", in {label_count(len(rows), 'row')}: {named}{' …' if len(rows) > ROWS_NAMED else ''}"
