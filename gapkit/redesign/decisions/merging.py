"""Bringing edits made elsewhere together with `decisions.yml` as it is now: taken over, there already, or in conflict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gapkit.errors import Problem
from gapkit.redesign.decisions.decided import Decided, Section
from gapkit.redesign.decisions.file import FILE, line_of
from gapkit.redesign.decisions.text import said
from gapkit.redesign.decisions.values import value_text


class Edit(NamedTuple):
    """One entry somebody edited in a copy of the decisions.

    Attributes
    ----------
    section, id, name : str
        Which entry, and what people call it.
    shown : mapping
        Its fields as the copy showed them, ``status`` among them.
    held : frozenset of str
        Fields that held when the copy was made because somebody had decided them; the others were proposed.
    now : mapping
        Its fields as edited.
    file, sheet : str
        Where it was edited.
    row : int
        The row there.
    """

    section: Section
    id: str
    name: str
    shown: Mapping[str, Any]
    held: frozenset[str]
    now: Mapping[str, Any]
    file: str
    sheet: str
    row: int

    @property
    def touched(self) -> dict[str, Any]:
        """The fields that are not as they were shown."""
        return {field: value for field, value in self.now.items() if not is_same(value, self.shown.get(field))}


class Merged(NamedTuple):
    """What edits come to.

    Attributes
    ----------
    changes : mapping
        By section and id of an entry in the file: fields to their new values.
    new : mapping
        By section and id of an entry the file does not have: its fields with its status, and what was proposed for it.
    edits : tuple of Edit
        Those taken over.
    conflicts : tuple of Problem
        Entries that were edited differently in both places.
    """

    changes: Mapping[tuple[str, str], Mapping[str, Any]]
    new: Mapping[tuple[str, str], tuple[Mapping[str, Any], Mapping[str, Any]]]
    edits: tuple[Edit, ...]
    conflicts: tuple[Problem, ...]


def merge(edits: Iterable[Edit], decided: Decided, text: str) -> Merged:
    """Bring edits together with the decisions as they are.

    An entry is taken as a whole: who agrees to a hand-off time agrees to the days that stood beside it. So where the entry
    was decided otherwise in the file since the copy was made, nothing is mixed; the two must be made to agree.

    Parameters
    ----------
    edits : iterable of Edit
        Entries edited in a copy.
    decided : Decided
        The decisions as they are now.
    text : str
        The file they stand in, for its line numbers.

    Returns
    -------
    Merged
    """
    changes: dict[tuple[str, str], Mapping[str, Any]] = {}
    new: dict[tuple[str, str], tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    taken, conflicts = [], []
    for edit in edits:
        written = decided.written.get(edit.section, {}).get(edit.id)
        if not edit.touched or _is_there(edit, decided):
            continue
        if not _is_as_shown(edit, decided):
            conflicts.append(_conflict(edit, decided, text))
        elif written is None:
            fields = {field: value for field, value in edit.now.items() if value is not None}
            proposed = {field: value for field, value in edit.shown.items() if value is not None and field != "status"}
            new[edit.section, edit.id] = fields, proposed
            taken.append(edit)
        else:
            changes[edit.section, edit.id] = _to_write(edit, written)
            taken.append(edit)
    return Merged(changes, new, tuple(taken), tuple(conflicts))


def describe_edits(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield a line for each field taken over: from what to what."""
    for edit in edits:
        known = f" ({said(edit.name)})" if edit.name and edit.name != edit.id else ""
        for field, value in edit.touched.items():
            was = said(value_text(edit.shown.get(field)))
            yield f"{edit.section} › {said(edit.id)}{known} › {field}: {was} → {said(value_text(value))}"


def is_same(one: Any, other: Any) -> bool:
    """Return whether two values are one; spreadsheets keep 15 digits of a number.

    Examples
    --------
    >>> is_same(0.1 + 0.2, 0.3), is_same(True, 1), is_same(["a"], ["a"])
    (True, False, True)
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-12)
    return bool(one == other)


def _is_as_shown(edit: Edit, decided: Decided) -> bool:
    """Return whether what is decided of an entry is what was decided when the copy was made."""
    then = {"status": edit.shown.get("status"), **{field: edit.shown.get(field) for field in edit.held}}
    now = {"status": "proposed", **decided.entry(edit.section, edit.id)}
    return then.keys() == now.keys() and all(is_same(then[field], now[field]) for field in then)


def _is_there(edit: Edit, decided: Decided) -> bool:
    """Return whether the file says already what the edit says."""
    now = {"status": "proposed", **decided.entry(edit.section, edit.id)}
    wanted = {**{field: edit.now.get(field) for field in now}, **edit.touched}
    return all(field in now and is_same(value, now[field]) for field, value in wanted.items())


def _to_write(edit: Edit, written: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields to write: those touched; with a decision also those the file does not show as the copy did."""
    wanted = edit.touched
    if edit.now.get("status") != "proposed":
        wanted = {field: value for field, value in edit.now.items() if value is not None or field in edit.touched}
    return {field: value for field, value in wanted.items() if not is_same(value, written.get(field))}


def _conflict(edit: Edit, decided: Decided, text: str) -> Problem:
    now = {"status": "proposed", **decided.entry(edit.section, edit.id)}
    fields = [field for field in dict.fromkeys((*edit.touched, *now)) if not is_same(edit.now.get(field), now.get(field))]
    here = ", ".join(f"{field} {said(value_text(edit.now.get(field)))}" for field in fields)
    there = ", ".join(f"{field} {said(value_text(now[field])) if field in now else 'as proposed'}" for field in fields)
    line = line_of(text, edit.section, edit.id)
    place = f"{FILE}, line {line}" if line else f"{FILE}, where the entry is gone"
    what = f"{edit.section} › {said(edit.id)} was changed here and in {FILE} since this workbook was made"
    remedy = f"Write in one of the two places what shall hold, then import again. {place}: {there}."
    return Problem(what, edit.file, edit.sheet, edit.row, value=here, remedy=remedy)
