"""The layout of a Monday board in a workbook: which row is what, and each item with its group and the item it is under.

Board name, perhaps a description; then per group its name, the column titles, the items, a row of sums, a blank row.
Subitems follow their item under titles of their own, which begin with the word Subitems, and are indented by one column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

from gapkit.intake.reading.header import name_key

Kind = Literal["blank", "name", "titles", "subtitles", "item", "subitem", "sums", "other"]
Row = Sequence[Any]

SUBITEMS: Final = "subitems"
ITEM_ID: Final = ("item_id", "item_id_auto_generated")
# What a row of sums may hold where the name of a subitem would stand: 34, 2/5, 40 %.
SUM: Final = re.compile(r"[\d.,/%\s-]+")


class Item(NamedTuple):
    """An item or subitem.

    Attributes
    ----------
    row : int
        Its row as Excel numbers it.
    group : str
        Name of the group it stands in; empty above the first one.
    under : int
        Row of the item it is a subitem of; 0 for items.
    cells : mapping of str to object
        Filled cells by column title; the name stands under the first title of the board.
    """

    row: int
    group: str
    under: int
    cells: Mapping[str, Any]


class Board(NamedTuple):
    """A board.

    Attributes
    ----------
    name : str
        As in the first row; that of the sheet where the first row is something else.
    titles : tuple of str
        Column titles of its items.
    items : tuple of Item
        Items and subitems in order.
    n_sums : int
        Rows that hold sums of a group.
    """

    name: str
    titles: tuple[str, ...]
    items: tuple[Item, ...]
    n_sums: int


def find_titles(rows: Sequence[Row]) -> int:
    """Return the position of the first row of column titles, −1 when there is none.

    It is the row below a name standing alone, which begins with ``Name``, holds a column only Monday has, or occurs again
    below another name; failing that, the first row that begins with ``Name``, or the first one below a name.
    """
    below = [place for place in range(1, len(rows)) if is_alone(rows[place - 1]) and _may_be_titles(rows[place])]
    again = [place for place in below if is_repeated(rows, place)]
    named = [place for place in below if name_key(str(rows[place][0])) == "name" or has_own_column(rows[place])]
    first = [place for place, row in enumerate(rows) if _may_be_titles(row) and name_key(str(row[0])) == "name"]
    return min([*again, *named], default=(first or below or [-1])[0])


def is_repeated(rows: Sequence[Row], place: int) -> bool:
    """Return whether a row of titles occurs more than once, each time below a name standing alone."""
    wanted = _texts(rows[place])
    return sum(_texts(row) == wanted for above, row in pairwise(rows) if is_alone(above)) > 1


def is_alone(row: Row) -> bool:
    """Return whether only the first cell of a row is filled, as with the names of boards and groups."""
    return len(row) > 0 and _is_filled(row[0]) and not any(map(_is_filled, row[1:]))


def has_own_column(row: Row) -> bool:
    """Return whether titles hold a column that Monday adds by itself."""
    keys = {name_key(text) for text in _texts(row)}
    return SUBITEMS in keys or bool(keys & set(ITEM_ID))


def read_board(rows: Sequence[Row], title: str) -> Board | None:
    """Return the board in the rows of a sheet, None when they hold no column titles.

    Parameters
    ----------
    rows : sequence of sequences
        All rows of the sheet, blank cells None.
    title : str
        Name of the sheet.
    """
    first = find_titles(rows)
    if first < 0:
        return None
    kinds = _kinds(rows, first)
    titles = _texts(rows[first])
    name = str(rows[0][0]) if first > 1 and is_alone(rows[0]) else title
    return Board(name, titles, tuple(_items(rows, kinds, titles)), kinds.count("sums"))


def _kinds(rows: Sequence[Row], first: int) -> list[Kind]:
    titles = _texts(rows[first])
    kinds: list[Kind] = []
    for place, row in enumerate(rows):
        after = rows[place + 1] if place + 1 < len(rows) else ()
        kinds.append(_kind(row, after, kinds, titles) if place >= first or is_alone(row) else "other")
    return kinds


def _kind(row: Row, after: Row, before: Sequence[Kind], titles: Sequence[str]) -> Kind:
    """Return what a row is, by its cells, the row after it and what the rows before it are."""
    last: Kind = before[-1] if before else "blank"
    is_below = next((kind == "subtitles" for kind in reversed(before) if kind not in ("subitem", "sums")), False)
    if not any(map(_is_filled, row)):
        return "blank"
    if _are_titles(row, titles):
        return "titles"
    if _are_subtitles(row, is_below):
        return "subtitles"
    if is_alone(row):  # an item may have nothing but its name, but a group's name has titles or another name after it
        return "item" if last in ("titles", "item", "subtitles", "subitem") and not _are_titles(after, titles) else "name"
    if _is_filled(row[0]):
        return "item"
    is_sum = not any(map(_is_filled, after)) and bool(SUM.fullmatch(str(row[1])))
    return "subitem" if is_below and _is_filled(row[1]) and not is_sum else "sums"


def _are_titles(row: Row, titles: Sequence[str]) -> bool:
    texts = _texts(row)
    if texts == tuple(titles):
        return True
    is_name = bool(texts) and name_key(texts[0]) == name_key(titles[0]) == "name"
    return is_name and len(set(texts) & set(titles)) > len(titles) / 2


def _are_subtitles(row: Row, is_below: bool) -> bool:
    keys = [name_key(text) for text in _texts(row)[:2]]
    if keys[0] == SUBITEMS:
        return True
    return keys[0] == "" and len(keys) > 1 and (keys[1] == SUBITEMS or (is_below and keys[1] == "name"))


def _items(rows: Sequence[Row], kinds: Sequence[Kind], titles: Sequence[str]) -> list[Item]:
    items: list[Item] = []
    group, above = "", 0
    below: Sequence[str] = ()
    for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), start=1):
        if kind == "name":
            group, above = str(row[0]), 0
        elif kind == "subtitles":  # the second cell heads their names, whatever it says
            below = ("", titles[0], *_texts(row)[2:])
        elif kind == "item":
            above = number
            items.append(Item(number, group, 0, _cells(row, titles)))
        elif kind == "subitem":
            items.append(Item(number, group, above, _cells(row, below)))
    return items


def _cells(row: Row, titles: Sequence[str]) -> dict[str, Any]:
    """Return the filled cells by title; those of columns with one title are joined."""
    cells: dict[str, Any] = {}
    for title, cell in zip(titles, row, strict=False):
        if title and _is_filled(cell):
            cells[title] = f"{cells[title]};{cell}" if title in cells else cell
    return cells


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _may_be_titles(row: Row) -> bool:
    filled = [cell for cell in row if _is_filled(cell)]
    return len(filled) > 1 and _is_filled(row[0]) and all(isinstance(cell, str) for cell in filled)


def _texts(row: Row) -> tuple[str, ...]:
    """Return the cells as text, without blank ones at the end."""
    texts = ["" if cell is None else str(cell).strip() for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
