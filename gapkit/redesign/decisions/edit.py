"""Changing values in `decisions.yml` without touching anything else in it: comments, order and quotes stay.

The file is edited as text at places that its parse shows, and the outcome is proved before it is handed out: it must parse
to what was there with just these values changed, else the edit is refused with what to write by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

import yaml

from gapkit.config import places
from gapkit.config.nodes import is_null
from gapkit.config.places import STEP, Edit, UnsuitableError, content_of, root_of
from gapkit.errors import InputError, Problem
from gapkit.redesign.decisions.file import FILE
from gapkit.redesign.decisions.text import FIRST, entry_lines, first_lines, said, scalar
from gapkit.redesign.decisions.values import value_text

Values = Mapping[str, Any]
Entry = tuple[str, str]


def change_entries(
    text: str, changes: Mapping[Entry, Values], new: Mapping[Entry, tuple[Values, Values]], names: Mapping[Entry, str]
) -> str:
    r"""Return the file with the values of some entries changed, and some entries added.

    Parameters
    ----------
    text : str
        The file as it is.
    changes : mapping
        By section and id of an entry that is there: fields to their new values. A field that is not there is added.
    new : mapping
        By section and id of an entry that is not there: its fields with its status, and what was proposed for it.
    names : mapping
        By section and id, a name written beside a new entry.

    Returns
    -------
    str
        The file edited; as it was when there is nothing to do.

    Raises
    ------
    InputError
        When an entry is written in a way that cannot be edited (an alias, for instance), with what to write by hand.

    Examples
    --------
    >>> before = "slas:\n  legal:  # ours\n    status: proposed\n    days: 5  # weekdays\n"
    >>> print(change_entries(before, {("slas", "legal"): {"status": "agreed", "days": 4}}, {}, {}), end="")
    slas:
      legal:  # ours
        status: agreed
        days: 4  # weekdays
    """
    text = _alone_or_together(text, changes, _changed)
    return _alone_or_together(text, {entry: (*each, names.get(entry, "")) for entry, each in new.items()}, _extended)


def _alone_or_together(text: str, edits: Mapping[Entry, Any], way: Callable[[str, Mapping[Entry, Any]], str]) -> str:
    """Return the text after edits, all at once; where that fails, look for the entry that cannot be edited and tell it."""
    try:
        return way(text, edits)
    except (UnsuitableError, yaml.YAMLError):
        for entry, edit in edits.items():
            try:
                way(text, {entry: edit})
            except (UnsuitableError, yaml.YAMLError):
                _refuse(*entry, edit if isinstance(edit, Mapping) else edit[0])
        entry, edit = next(iter(edits.items()))
        _refuse(*entry, edit if isinstance(edit, Mapping) else edit[0])


def _changed(text: str, changes: Mapping[Entry, Values]) -> str:
    if not changes:
        return text
    root = root_of(text)
    expected, edits = content_of(root), []
    for (section, name), values in changes.items():
        entry = _at(root, section, name)
        if entry is None:
            edits.append(_below(text, root, section, name, values))
        elif isinstance(entry, yaml.MappingNode):
            edits += _edits(text, entry, values)
        else:
            raise UnsuitableError
        expected[section][name] = {**(expected[section][name] or {}), **_contents(values)}
    return _proved(places.apply(text, edits), expected)


def _extended(text: str, new: Mapping[Entry, tuple[Values, Values, str]]) -> str:
    """Return the text with entries added to their sections, and what was proposed for them to the first proposal."""
    for section in dict.fromkeys(section for section, _ in new):
        entries = {name: each for (of, name), each in new.items() if of == section}
        fields = [entry_lines(name, values, known) for name, (values, _, known) in entries.items()]
        text = _with(text, (section,), fields)
        text = _with(text, (FIRST, section), [first_lines(name, first) for name, (_, first, _) in entries.items() if first])
    return text


def _edits(text: str, entry: yaml.MappingNode, values: Values) -> Iterator[Edit]:
    """Yield the edits that set fields of an entry: the value where the field stands, else a line below the last."""
    added = []
    for field, value in values.items():
        found = places.entry_of(entry, field)
        if found is None:
            added.append(f"{field}: {scalar(value)}".rstrip())
        else:
            yield _instead(text, found[1], scalar(value))
    if not added:
        return
    if places.is_inline(entry):
        yield from places.insert_into_braces(text, entry, added)
    else:
        column = entry.value[0][0].start_mark.column
        yield places.insert_lines(text, places.below(text, entry, column - 1), places.indented(added, " " * column))


def _instead(text: str, node: yaml.Node, new: str) -> Edit:
    """Return the edit that puts a value in the place of another, a blank before it where none is."""
    last = places.last_part(node)
    start, end = node.start_mark.index, last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        start = len(text[:start].rstrip())  # a list below its key moves up behind it
    if not new:
        start = len(text[:start].rstrip(" "))
    return Edit(start, end, f"{' ' * (text[start - 1 : start] == ':' and new != '')}{new}")


def _below(text: str, root: yaml.Node, section: str, name: str, values: Values) -> Edit:
    """Return the edit that gives an entry without fields its first."""
    group = _at(root, section)
    found = places.entry_of(group, name) if group is not None else None
    if found is None:
        raise UnsuitableError
    key, value = found
    lines = [f"{field}: {scalar(each)}".rstrip() for field, each in values.items()]
    margin = " " * key.start_mark.column + STEP
    return places.insert_lines(text, places.end_of_line(text, value.end_mark.index), places.indented(lines, margin))


def _with(text: str, path: tuple[str, ...], entries: list[list[str]]) -> str:
    """Return the file with entries added at the end of a group, which is made if absent."""
    lines = [line for entry in entries for line in entry]
    if not lines:
        return text
    root = root_of(text)
    expected = content_of(root) or {}
    group = expected
    for key in path:
        if group.get(key) is None:
            group[key] = {}
        group = group[key]
    group.update(content_of(root_of("\n".join(lines))))
    return _proved(places.apply(text, [_added(text, root, path, lines)]), expected)


def _added(text: str, root: yaml.Node, path: tuple[str, ...], lines: list[str]) -> Edit:
    """Return the edit that adds an entry's lines to a group, or else the group itself to the group above it."""
    group = _at(root, *path)
    if isinstance(group, yaml.MappingNode) and group.value and not places.is_inline(group):
        column = group.value[-1][0].start_mark.column
        return places.insert_lines(text, places.below(text, group, column - 1), places.indented(lines, " " * column))
    if group is not None:
        raise UnsuitableError
    above = _at(root, *path[:-1])
    empty = places.entry_of(above, path[-1]) if above is not None else None
    if empty:
        margin = " " * empty[0].start_mark.column + STEP
        below = places.end_of_line(text, empty[1].end_mark.index)
        return places.insert_lines(text, below, places.indented(lines, margin))
    made = [f"{path[-1]}:", *places.indented(lines, STEP)]
    return _added(text, root, path[:-1], made) if len(path) > 1 else places.insert_lines(text, len(text), made)


def _at(root: yaml.Node, *path: str) -> yaml.Node | None:
    """Return the node at the end of a path of keys; None when nothing stands there."""
    node: yaml.Node | None = root
    for key in path:
        found = places.entry_of(node, key) if node is not None else None
        node = found[1] if found and not is_null(found[1]) else None
    return node


def _contents(values: Values) -> dict[str, Any]:
    return {field: content_of(root_of(f"x: {scalar(value)}"))["x"] for field, value in values.items()}


def _proved(edited: str, expected: Any) -> str:
    if content_of(root_of(edited)) != expected:
        raise UnsuitableError
    return edited


def _refuse(section: str, name: str, values: Values) -> NoReturn:
    wanted = ", ".join(f"{field}: {said(value_text(value))}" for field, value in values.items())
    what = "written in a way that gapkit does not edit"
    remedy = f"Write into this entry by hand: {wanted}. Then import again."
    raise InputError([Problem(what, FILE, column=f"{section} › {said(name)}", remedy=remedy)])
