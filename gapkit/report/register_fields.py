"""From rows of a phase's record (the content of its JSON) to registers: where the cells of each column are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from gapkit.labels import sentence_case
from gapkit.report.registers import Amount, Cell, CellKind, Heading, Register
from gapkit.vocabulary import name_of

Row = Mapping[str, Any]
SIDES: Final = (("value", ""), ("low", ", low"), ("high", ", high"))


class Field(NamedTuple):
    """One column of a register and where its cells are in a row of the record.

    Attributes
    ----------
    name : str
        Header.
    path : str
        Keys joined by dots, as in ``"activity.low"``; what is absent on the way is blank.
    kind : str
        Kind of its cells. ``amount``: a number whose unit stands in the row.
    width : int
        In characters.
    """

    name: str
    path: str
    kind: CellKind = "text"
    width: int = 12


def register(name: str, purpose: str, fields: Sequence[Field], rows: Sequence[Row]) -> Register:
    """Return a register of rows of the record.

    Examples
    --------
    >>> rows = [{"a": {"share": 0.5}}, {"a": None}]
    >>> register("Shares", "What it lists.", [Field("Share", "a.share", "share")], rows).rows
    ((0.5,), (None,))
    """
    headings = tuple(Heading(field.name, field.kind, field.width) for field in fields)
    return Register(name, purpose, headings, tuple(tuple(_cell(row, field) for field in fields) for row in rows))


def _cell(row: Row, field: Field) -> Cell:
    found: Any = row
    *way, last = field.path.split(".")
    for key in way:
        found = (found or {}).get(key)
    value = (found or {}).get(last)
    if value is None:
        return None
    if field.kind == "amount":
        return Amount(float(value), str(found.get("unit", "")))
    if field.kind != "text":
        return float(value) if field.kind in {"share", "ratio"} else value
    return text_of(value)


def text_of(value: Any) -> str:
    """Return a value of the record as text: lists joined, yes and no for what is so or not.

    Examples
    --------
    >>> text_of(["a", "b"]), text_of(True), text_of(3)
    ('a; b', 'yes', '3')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def worded(rows: Sequence[Row], *keys: str) -> list[Row]:
    """Return rows with the words of the vocabulary under some keys replaced by their plain names."""
    return [{**row, **{key: sentence_case(name_of(str(row[key]))) for key in keys if row.get(key)}} for row in rows]


def measured(prefix: str, path: str, width: int = 12) -> tuple[Field, ...]:
    """Return the columns of a result: value and limits in its unit."""
    return tuple(Field(f"{prefix}{words}", f"{path}.{side}".lstrip("."), "amount", width) for side, words in SIDES)


def scored(name: str, path: str) -> tuple[Field, ...]:
    """Return the columns of a score from 0 to 100 with its limits."""
    return tuple(Field(f"{name}{words}", f"{path}.{side}", "number", 11) for side, words in SIDES)
