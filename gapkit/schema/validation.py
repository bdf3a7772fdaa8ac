"""All that is wrong with a set of tables, found at once and said so that it can be mended.

`validate` runs every table through its declaration and turns each failure into a `Problem` with file, row, column and
value. What is merely doubtful (`Table.caveats`, ids that point nowhere) stops nothing and is left to the quality gate.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from gapkit.errors import Problem
from gapkit.schema.columns import EARLIEST, IMPLAUSIBLE, LATEST
from gapkit.schema.declare import Field, Rule, Table
from gapkit.schema.tables import TABLES
from gapkit.schema.telling import Failure, Origin, tell_failure

Mask = npt.NDArray[np.bool_]

_MISTYPED: Final = (SchemaErrorReason.WRONG_DATATYPE, SchemaErrorReason.DATATYPE_COERCION)
_MAPPED: Final = "Use one of these words, or say under {}: of this source in engagement.yml what yours means."
_REMEDIES: Final = {("programs", "status"): _MAPPED.format("statuses"), ("programs", "type"): _MAPPED.format("types")}


def validate(frames: Mapping[str, pd.DataFrame], origins: Iterable[Origin] = ()) -> list[Problem]:
    """Return everything that breaks the declaration of the tables.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Canonical tables by name, as `conform` leaves them. The columns ``_row`` (row number in the file), ``_source`` (path
        of the file) and ``_sheet``, where present, say where a row came from.
    origins : iterable of Origin
        What was read from where, so that columns are named as the file spells them.

    Returns
    -------
    list of Problem
        Empty when all is well. Covered: missing required columns, wrong types, empty required cells, unknown words, numbers
        and dates out of range, repeated keys, and the rules across columns (an end before its start, a three-point estimate
        out of order, weights above 1). Equal values of one kind are one problem that counts its rows; after twenty
        different values the rest is counted in one line.
    """
    known = tuple(origins)
    problems: list[Problem] = []
    for name, frame in frames.items():
        rows = frame.reset_index(drop=True)
        for failure in _breaches(TABLES[name], rows):
            problems += tell_failure(name, rows, failure, known)
    return problems


def _breaches(table: Table, frame: pd.DataFrame) -> Iterator[Failure]:
    """Run the declaration and sort out what it collected."""
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        mistyped = {error.column_name for error in errors.schema_errors if error.reason_code in _MISTYPED}
        for error in errors.schema_errors:
            yield from _breach(table, frame, error, mistyped)


def _breach(table: Table, frame: pd.DataFrame, error: SchemaError, mistyped: set[str]) -> Iterator[Failure]:
    """Turn one of pandera's errors into a failure; nothing when another error tells the same already."""
    column, reason = error.column_name, error.reason_code
    if reason is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
        yield _missing(table.field(error.failure_cases), frame)
    elif reason is SchemaErrorReason.DUPLICATES:
        yield _repeated(table, frame)
    elif reason is SchemaErrorReason.SERIES_CONTAINS_NULLS:
        what, remedy = "an empty cell where a value is required", "Fill it in."
        yield Failure((column,), frame[column].isna().to_numpy(), what, table.field(column).accepts(), remedy)
    elif reason in _MISTYPED:
        yield _mistyped(table.field(column), frame)
    elif column in mistyped or (reason is SchemaErrorReason.CHECK_ERROR and mistyped):
        return  # the check could not run, or says nothing new: the column holds the wrong type altogether
    elif reason is SchemaErrorReason.DATAFRAME_CHECK:
        # The check saw only the filled cells of a column; empty ones are judged apart.
        failed = ~error.check_output.reindex(frame.index, fill_value=True).to_numpy(dtype=bool)
        rule = next((rule for rule in table.rules if rule.name == error.check.name), None)
        yield _from_rule(rule, failed) if rule else _from_check(table, column, error.check.error, failed)
    else:
        raise error


def _from_rule(rule: Rule, failed: Mask) -> Failure:
    return Failure(rule.columns, failed, rule.what, rule.allowed, rule.remedy)


def _from_check(table: Table, column: str, what: str, failed: Mask) -> Failure:
    field = table.field(column)
    remedy = _REMEDIES.get((table.name, column), "")
    if not remedy:
        remedy = "Correct it, or leave the cell empty if it is unknown." if field.nullable else "Correct it."
    allowed = f"{EARLIEST.year} to {LATEST.year}" if what == IMPLAUSIBLE else field.accepts()
    return Failure((column,), failed, what, allowed, remedy)


def _missing(field: Field, frame: pd.DataFrame) -> Failure:
    extra = [name for name in frame.columns if not str(name).startswith("_")]
    near = difflib.get_close_matches(field.name, map(str, extra), n=1, cutoff=0.7)
    hint = f" Is it {near[0]}?" if near else ""
    remedy = f"Add the column, or say under fields: in engagement.yml which column holds it.{hint}"
    return Failure((field.name,), None, "a required column is missing", field.accepts(), remedy)


def _mistyped(field: Field, frame: pd.DataFrame) -> Failure:
    """Return the first filled cell of a column of the wrong type, as an example of what is in it."""
    cells = frame[field.name]
    first = np.zeros(len(frame), dtype=bool)
    first[np.flatnonzero(cells.notna())[:1]] = True
    is_zoneless = field.kind == "timestamp" and cells.dtype.kind == "M"
    what = "moments without a time zone" if is_zoneless else "a column that cannot be read"
    remedy = "The first value is shown; correct the column."
    return Failure((field.name,), first if first.any() else None, what, field.accepts(), remedy)


def _repeated(table: Table, frame: pd.DataFrame) -> Failure:
    """Return the rows whose key occurs more than once; one with an empty required cell counts as empty, not as repeated."""
    required = [name for name in table.key if table.field(name).required]
    failed = frame.duplicated(list(table.key), keep=False) & frame[required].notna().all(axis=1)
    what = f"the same {' and '.join(table.key)} more than once"
    remedy = "Keep one row, or give each its own id." if len(table.key) == 1 else "Keep one row."
    return Failure(table.key, failed.to_numpy(), what, "each only once", remedy)
