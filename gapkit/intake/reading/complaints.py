"""Saying what cannot be read: a whole file at once, or cell by cell, with place, value and remedy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NoReturn

import pandas as pd

from gapkit.errors import InputError, Problem
from gapkit.intake.reading.cells import Mask, as_text
from gapkit.intake.reading.words import suggest
from gapkit.labels import label_count
from gapkit.schema import Field

# Beyond this many cells of one column (or words of one vocabulary) one line counts the rest.
LISTED: Final = 20


def refuse(what: str, file: str, **details: Any) -> NoReturn:
    """Raise `InputError` with one problem; `details` are further fields of `Problem`."""
    raise InputError([Problem(what, file, **details)])


def refuse_without_header(file: str, sheet: str, rows: Sequence[Sequence[object]], expected: Collection[str]) -> NoReturn:
    """Raise `InputError`: none of the first rows names a column we know."""
    filled = ([str(cell) for cell in row if cell not in (None, "")] for row in rows)
    names = sorted(expected)
    refuse(
        "no header row was found: none of the first rows names a known column",
        file,
        sheet=sheet,
        value=", ".join(next((row for row in filled if row), []))[:120],
        allowed=", ".join(names[:12]) + (", …" if len(names) > 12 else ""),
        remedy="Put the column names in one row, or name the columns under fields: of this source in engagement.yml (items "
        "of a survey under items:).",
    )


def unknown_words(raw: pd.DataFrame, unknown: Mask, spec: Field, name: str, table: str) -> list[Problem]:
    """Return one problem per unknown word, at the first cell that holds it.

    Parameters
    ----------
    raw : pandas.DataFrame
        Cells as the files hold them, with `_source`, `_sheet`, `_row`.
    unknown : array of bool
        The cells concerned.
    spec : Field
        The canonical column.
    name : str
        The column as the file spells it.
    table : str
        The canonical table.
    """
    cells = _cells(raw, unknown, spec.name)
    counts = cells["value"].value_counts()
    firsts = cells.drop_duplicates("value")
    problems = []
    for place in firsts.head(LISTED).to_dict("records"):
        word, count = place["value"], int(counts[place["value"]])
        what = f"unknown {spec.name}" + (f", in {count} rows" if count > 1 else "")
        problems.append(_problem(place, what, name, table, ", ".join(spec.allowed), _how_to_map(word, spec)))
    return problems + _rest(firsts, "more unknown words", name, table)


def unreadable_cells(raw: pd.DataFrame, bad: Mask, undecided: Mask, spec: Field, name: str, table: str) -> list[Problem]:
    """Return one problem per cell that cannot be read, and one for a column that waits for a decision.

    Parameters
    ----------
    raw, spec, name, table
        As in `unknown_words`.
    bad : array of bool
        Cells that could not be read.
    undecided : array of bool
        Of these, the ones that would be readable if the way of writing were known.
    """
    if not bad.any():
        return []
    cells = _cells(raw, bad & ~undecided, spec.name)
    problems = [_undecided(raw, undecided, spec, name, table)] if undecided.any() else []
    problems += [
        _problem(place, _what(spec), name, table, _allowed(spec), _remedy(spec))
        for place in cells.head(LISTED).to_dict("records")
    ]
    return problems + _rest(cells, "more cells like these", name, table)


def wrong_order(raw: pd.DataFrame, bad: Mask, spec: Field, name: str, table: str, given: str, proven: str) -> Problem:
    """Return the one problem of a column whose dates are written the other way round than `dates:` says.

    Parameters
    ----------
    raw, bad, spec, name, table
        As in `unreadable_cells`.
    given, proven : str
        What `dates:` says and what the cells can only mean: ``"dmy"`` or ``"mdy"``.
    """
    cells = _cells(raw, bad, spec.name)
    first = {"dmy": "the day", "mdy": "the month"}
    what = (
        f"{label_count(len(cells), 'date')} of this column can only be read with {first[proven]} first, dates: {given} says"
    )
    return _problem(cells.iloc[0].to_dict(), f"{what} {first[given]} first", name, table, f"dates: {proven}",
                    f"Set dates: {proven} for this source in engagement.yml.")  # fmt: skip


def _cells(raw: pd.DataFrame, chosen: Mask, column: str) -> pd.DataFrame:
    return raw.loc[chosen, ["_source", "_sheet", "_row"]].assign(value=as_text(raw.loc[chosen, column]))


def _problem(place: dict[Any, Any], what: str, name: str, table: str, allowed: str = "", remedy: str = "") -> Problem:
    value = str(place["value"])[:120]
    return Problem(what, place["_source"], place["_sheet"], int(place["_row"]), name, value, allowed, remedy, table)


def _rest(cells: pd.DataFrame, noun: str, name: str, table: str) -> list[Problem]:
    """Return one problem that counts what is not listed."""
    if len(cells) <= LISTED:
        return []
    place = cells.iloc[LISTED].to_dict()
    remedy = "Mend the ones above first; the others are likely of the same kind."
    return [_problem(place, f"{len(cells) - LISTED} {noun}, from here on", name, table, remedy=remedy)]


def _how_to_map(word: str, spec: Field) -> str:
    hint = suggest(word, spec.allowed)
    if spec.name in ("status", "type"):
        key = {"status": "statuses", "type": "types"}[spec.name]
        return f'{hint}Map it under {key}: of this source in engagement.yml, as "{word}": one of the allowed words.'
    return hint + ("Use one of the allowed words." if spec.required else "Use one of them, or leave the cell empty.")


def _undecided(raw: pd.DataFrame, undecided: Mask, spec: Field, name: str, table: str) -> Problem:
    cells = _cells(raw, undecided, spec.name)
    count = label_count(len(cells), "cell")
    if spec.kind in ("date", "timestamp"):
        what = f"day and month cannot be told apart in {count} of this column"
        allowed, remedy = "dates that leave no doubt", "Set dates: dmy or dates: mdy for this source in engagement.yml."
    else:
        what = f"the decimal mark cannot be told from the thousands separator in {count} of this column"
        allowed, remedy = "12000 or 12000.50", "Export the numbers without thousands separators, decimals after a point."
    return _problem(cells.iloc[0].to_dict(), what, name, table, allowed, remedy)


def _what(spec: Field) -> str:
    if spec.kind == "id":
        return "the id was turned into a rounded number"
    noun = {"date": "date", "timestamp": "moment", "boolean": "answer", "money": "amount"}.get(spec.kind, "number")
    return f"unreadable {noun}"


def _allowed(spec: Field) -> str:
    shapes = {
        "date": "a date such as 2026-06-24",
        "timestamp": "a moment such as 2026-06-24T17:39:00+02:00",
        "boolean": "yes, no, true, false, 1, 0",
        "id": "the id as text",
        "money": "an amount such as 1234.50, in the engagement's currency",
    }
    return shapes.get(spec.kind, spec.accepts())


def _remedy(spec: Field) -> str:
    if spec.kind == "id":
        return "Export again with this column formatted as text; the last digits are lost."
    return "Correct the cell." if spec.required else "Correct the cell, or leave it empty if unknown."
