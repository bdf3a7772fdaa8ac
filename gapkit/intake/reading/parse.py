"""Cells to typed columns: one pass over a table, every cell that cannot be read named, every other one kept.

A cell that cannot be read becomes missing in the frame and a `Problem` in the list. How a column is written is decided for
the column, over all files of its source, so the same text never means two things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.calendar import local_date
from gapkit.errors import Problem
from gapkit.intake.reading.cells import Mask, as_text, matches, on_distinct
from gapkit.intake.reading.complaints import unknown_words, unreadable_cells, wrong_order
from gapkit.intake.reading.dates import Moments, Order, Votes, as_dates, count_votes, parse_moments
from gapkit.intake.reading.numbers import parse_numbers
from gapkit.intake.reading.records import ValueCount
from gapkit.intake.reading.words import count_words, translate
from gapkit.labels import label_count
from gapkit.schema import TABLES, Field

TRUE: Final = ("true", "yes", "y", "t", "1", "x")
FALSE: Final = ("false", "no", "n", "f", "0")


@dataclass(frozen=True, slots=True)
class Reading:
    """What must be known to read cells.

    Attributes
    ----------
    tz : str
        The organisation's time zone.
    currency : str
        The engagement's currency.
    dates : {"dmy", "mdy"} or None
        Order of day and month as set by the consultant.
    delimiter : str
        Separator of the files, empty where they have none.
    words : mapping of str to mapping
        Per column, the client's words to ours.
    mapped : frozenset of str
        Columns named under `fields:`; lists in them may be separated by commas.
    zone : str
        Time zone of moments without one; empty for the organisation's.
    is_lenient : bool
        Whether a word nobody knows is counted only, and no problem.
    """

    tz: str
    currency: str
    dates: Order | None = None
    delimiter: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mapped: frozenset[str] = frozenset()
    zone: str = ""
    is_lenient: bool = False


class Column(NamedTuple):
    """One column after reading: its values, its unreadable cells, those of them that wait for a decision, and a note."""

    read: pd.Series
    bad: Mask
    undecided: Mask
    note: str = ""


class Typed(NamedTuple):
    """A table after reading.

    Attributes
    ----------
    frame : pandas.DataFrame
        Typed columns, the columns nobody asked for, and `_source`, `_sheet`, `_row`.
    problems : tuple of Problem
        Cells that could not be read.
    bad : pandas.DataFrame
        Columns `_source`, `_row`, `column`: every cell that could not be read, listed or not.
    unmapped, caught : mapping of str to tuple of (value, count)
        Words nobody knows, and words only ``"*"`` caught, per column.
    notes : tuple of str
        What a reader should know about the reading.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    bad: pd.DataFrame
    unmapped: Mapping[str, tuple[ValueCount, ...]]
    caught: Mapping[str, tuple[ValueCount, ...]]
    notes: tuple[str, ...]


def parse_table(raw: pd.DataFrame, table: str, spelled: Mapping[str, str], reading: Reading) -> Typed:
    """Read the cells of a table.

    Parameters
    ----------
    raw : pandas.DataFrame
        Canonical columns with cells as the files hold them, other columns, and `_source`, `_sheet`, `_row`.
    table : str
        Name of the canonical table.
    spelled : mapping of str to str
        Canonical column to its name in the file, for messages.
    reading : Reading
        Time zone, currency, words and choices.
    """
    order = _date_order(raw, table, reading)
    columns: dict[str, pd.Series] = {}
    problems, bad, notes = [], [], []
    unmapped: dict[str, tuple[ValueCount, ...]] = {}
    caught: dict[str, tuple[ValueCount, ...]] = {}
    for spec in TABLES[table].fields():
        if spec.name not in raw:
            continue
        cells, name = raw[spec.name], spelled.get(spec.name, spec.name)
        if spec.kind == "category" or spec.name in reading.words:
            words = translate(as_text(cells), reading.words.get(spec.name, {}), spec.allowed)
            columns[spec.name] = words.read
            unmapped |= {spec.name: count_words(cells[words.unknown])} if words.unknown.any() else {}
            caught |= {spec.name: count_words(cells[words.caught])} if words.caught.any() else {}
            problems += [] if reading.is_lenient else unknown_words(raw, words.unknown, spec, name, table)
            bad.append(_bad_cells(raw, words.unknown, spec.name))
            continue
        column = parse_column(cells, spec, reading, order.get(spec.name))
        columns[spec.name] = column.read
        notes += [f'Column "{name}": {column.note}'] if column.note else []
        against = _against_order(cells, spec, reading)
        if against:
            problems.append(wrong_order(raw, column.bad, spec, name, table, reading.dates or "", against))
        else:
            problems += unreadable_cells(raw, column.bad, column.undecided, spec, name, table)
        bad.append(_bad_cells(raw, column.bad, spec.name))
    frame = pd.DataFrame({name: columns.get(name, raw[name]) for name in raw.columns}, index=raw.index)
    all_bad = pd.concat(bad, ignore_index=True) if bad else _bad_cells(raw, np.zeros(len(raw), bool), "")
    return Typed(frame, tuple(problems), all_bad, unmapped, caught, tuple(notes))


def parse_column(cells: pd.Series, spec: Field, reading: Reading, order: Order | None = None) -> Column:
    """Read one column by its kind (categories are `reading.words.translate`'s)."""
    if spec.kind in ("date", "timestamp"):
        zone = reading.zone or reading.tz
        moments = parse_moments(cells, zone, order)
        if spec.kind == "date":
            return Column(_days(moments, zone, reading.tz), moments.bad, moments.undecided)
        note = f"{label_count(moments.n_naive, 'moment')} without a time zone, read as local time ({zone})."
        here = moments.read.dt.tz_convert(reading.tz)
        return Column(here, moments.bad, moments.undecided, note if moments.n_naive else "")
    if spec.kind in ("integer", "number", "money"):
        numbers = parse_numbers(cells, kind=spec.kind, delimiter=reading.delimiter, currency=reading.currency)
        return Column(numbers.read.astype("Int64" if spec.kind == "integer" else "float64"), numbers.bad, numbers.undecided)
    none = np.zeros(len(cells), dtype=bool)
    if spec.kind == "boolean":
        return _parse_booleans(cells, none)
    texts = as_text(cells)
    if spec.kind == "list":
        return Column(parse_lists(texts, commas=spec.name in reading.mapped), none, none)
    if spec.kind == "id":
        damaged = _lost_digits(cells, texts)
        return Column(texts.mask(damaged), damaged, none)
    return Column(texts, none, none)


def _days(moments: Moments, zone: str, tz: str) -> pd.Series:
    """Return the organisation's calendar day of each moment; a day without a time is that day everywhere."""
    there = as_dates(moments, zone)
    if zone == tz:
        return there
    is_day = moments.read.dt.tz_localize(None).eq(there)
    return there.where(is_day, local_date(moments.read, tz))


def _parse_booleans(cells: pd.Series, none: Mask) -> Column:
    if pd.api.types.is_bool_dtype(cells):
        return Column(cells.astype("boolean"), none, none)
    meaning = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
    texts = as_text(cells)
    values = on_distinct(texts, lambda seen: [meaning.get(word.casefold()) for word in seen], "boolean")
    return Column(values, (values.isna() & texts.notna()).to_numpy(), none)


def parse_lists(texts: pd.Series, *, commas: bool) -> pd.Series:
    """Return lists with ; between stripped, distinct items; commas separate where no ; occurs in a mapped column."""
    by_comma = commas and not texts.str.contains(";", regex=False).any()

    def tidy(seen: Sequence[str]) -> list[str | None]:
        items = [[item.strip() for item in text.split("," if by_comma else ";")] for text in seen]
        return [";".join(dict.fromkeys(filter(None, parts))) or None for parts in items]

    return on_distinct(texts, tidy, "str")


def _lost_digits(cells: pd.Series, texts: pd.Series) -> Mask:
    """Return the ids a spreadsheet has turned into a number too long for it to hold."""
    is_number = np.ones(len(cells), bool) if pd.api.types.is_float_dtype(cells) else np.zeros(len(cells), bool)
    if cells.dtype == object:
        is_number = np.array([isinstance(cell, float) for cell in cells])
    shown = matches(texts, r"\d(?:[.,]\d+)?[eE]\+?\d+")
    long = texts.str.len().gt(15).fillna(False).to_numpy(dtype=bool)
    return shown | (is_number & long)


def _against_order(cells: pd.Series, spec: Field, reading: Reading) -> Order | None:
    """Return the order of day and month a date column proves where `dates:` says the other one and no cell bears it out."""
    if spec.kind not in ("date", "timestamp") or not reading.dates:
        return None
    votes = count_votes(cells)
    proven = votes.order()
    contrary = votes.mdy if reading.dates == "mdy" else votes.dmy
    return proven if proven != reading.dates and not contrary else None


def _date_order(raw: pd.DataFrame, table: str, reading: Reading) -> dict[str, Order | None]:
    """Return the order of day and month per column: as set, else as its own cells prove, else as the other columns' do."""
    columns = [spec.name for spec in TABLES[table].fields() if spec.kind in ("date", "timestamp") and spec.name in raw]
    if reading.dates:
        return dict.fromkeys(columns, reading.dates)
    votes = {column: count_votes(raw[column]) for column in columns}
    together = Votes(*(sum(counts) for counts in zip(*votes.values(), strict=True))) if votes else Votes(0, 0, 0)
    return {column: own.order() or together.order() for column, own in votes.items()}


def _bad_cells(raw: pd.DataFrame, bad: Mask, column: str) -> pd.DataFrame:
    return raw.loc[bad, ["_source", "_row"]].assign(column=column)
