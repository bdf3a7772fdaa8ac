"""Reading `decisions.yml`: what the client decided, or all that is wrong with the file at once, each with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from gapkit.config.nodes import LISTED, compose, did_you_mean, is_null
from gapkit.errors import InputError, Problem
from gapkit.redesign.decisions.decided import SECTIONS, Decided, holding
from gapkit.redesign.decisions.rules import Rule, Rules, ruled
from gapkit.redesign.decisions.text import DAY, FIRST, said
from gapkit.redesign.decisions.values import NotAllowedError, Typed, allowed_text, read_value

FILE: Final = "decisions.yml"

Fields = dict[str, Any]


def read_decisions(folder: Path, rules: Rules) -> Decided:
    """Read the decisions of an engagement.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    rules : mapping
        Section to field to `Rule`, as `sections.rules_of` gives them.

    Returns
    -------
    Decided
        Nothing decided where there is no file.

    Raises
    ------
    InputError
        With everything that is wrong: the line, the entry (``slas › legal review › days``), the value, what is allowed.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Decided()
    except UnicodeDecodeError:
        what, remedy = "not a UTF-8 text file", "Save it as UTF-8 in your editor."
    except OSError as error:
        what, remedy = f"cannot be read ({error.strerror})", "Check the file and its permissions."
    else:
        return parse_decisions(text, rules)
    raise InputError([Problem(what, FILE, remedy=remedy)])


def parse_decisions(text: str, rules: Rules) -> Decided:
    r"""Read the text of a file of decisions; what `read_decisions` does with the file itself.

    Examples
    --------
    >>> rules = {"slas": {"days": Rule("whole", "days it may take", lowest=1)}}
    >>> parse_decisions("slas:\n  legal: {status: agreed, days: 4}\n", rules).entry("slas", "legal")
    {'status': 'agreed', 'days': 4}
    """
    reader = _Reader({name: ruled(fields) for name, fields in rules.items()})
    parts = dict(reader.pairs(compose(text, FILE), "", (DAY, *SECTIONS, FIRST)))
    first = reader.first(parts.pop(FIRST, None))
    day = reader.day(parts.pop(DAY, None))
    written = {name: reader.section(name, node, first.get(name, {})) for name, node in parts.items()}
    if reader.problems:
        raise InputError(sorted(reader.problems, key=lambda problem: (problem.row or 0, problem.column)))
    values = {name: {key: dict(fields) for key, (fields, _) in entries.items()} for name, entries in first.items()}
    return Decided(holding(written, values), written, values, day, has_file=True)


def line_of(text: str, section: str, name: str) -> int | None:
    """Return the line on which an entry begins; None when the file does not have it."""
    node: yaml.Node | None = compose(text, FILE)
    line = None
    for key in (section, name):
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        line, node = next(((at.start_mark.line + 1, value) for at, value in pairs if at.value == key), (None, None))
    return line


class _Reader:
    """Reads nodes into decisions and gathers what it has to refuse."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.problems: list[Problem] = []

    def refuse(
        self, node: yaml.Node, place: str, what: str, *, value: str = "", allowed: str = "", remedy: str = ""
    ) -> None:
        line = node.start_mark.line + 1 if node.start_mark else None
        self.problems.append(Problem(what, FILE, "", line, place, value, said(allowed, 500), said(remedy, 200)))

    def pairs(self, node: yaml.Node, place: str, keys: tuple[str, ...] | None = None) -> Iterator[tuple[str, yaml.Node]]:
        """Yield the entries of a mapping; with `keys`, only those are allowed. Nothing at all is an empty mapping."""
        if is_null(node):
            return
        if not isinstance(node, yaml.MappingNode):
            value = said(str(node.value)) if isinstance(node, yaml.ScalarNode) else ""
            allowed = "one 'name: value' per line, indented below the key"
            self.refuse(node, place or FILE, "not a group of entries", value=value, allowed=allowed)
            return
        seen = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                self.refuse(key, _joined(place, name), "given twice", remedy="Keep one of the two.")
            elif keys is not None and name not in keys:
                allowed = ", ".join(keys) if len(keys) <= LISTED else ""
                remedy = did_you_mean(name, keys) or "Delete it, or write it behind # as a remark."
                self.refuse(key, place or FILE, "unknown entry", value=name, allowed=allowed, remedy=remedy)
            else:
                yield name, value
            seen.add(name)

    def day(self, node: yaml.Node | None) -> dt.date | None:
        """Return the day of the proposal; nothing depends on it but a sentence."""
        if node is None or is_null(node):
            return None
        found = self.value(Rule("date", ""), node, DAY)
        return dt.date.fromisoformat(found) if found else None

    def first(self, node: yaml.Node | None) -> dict[str, dict[str, tuple[Fields, dict[str, Typed]]]]:
        """Return the proposal as first made: values, and the texts they stood as. Fields that are gone are passed over."""
        sections: dict[str, dict[str, tuple[Fields, dict[str, Typed]]]] = {}
        for section, entries in self.pairs(node, FIRST) if node is not None else ():
            rules = self.rules.get(section, {})
            found = sections.setdefault(section, {})
            for name, fields in self.pairs(entries, _joined(FIRST, section)):
                texts = {field: _typed(value) for field, value in self.pairs(fields, _joined(FIRST, section, name))}
                known = {field: text for field, text in texts.items() if text is not None and field in rules}
                found[name] = {field: _leniently(rules[field], text) for field, text in known.items()}, known
        return sections

    def section(
        self, section: str, node: yaml.Node, first: Mapping[str, tuple[Fields, dict[str, Typed]]]
    ) -> dict[str, Fields]:
        """Return the entries of a section."""
        nothing: tuple[Fields, dict[str, Typed]] = ({}, {})
        return {
            name: self.entry(section, name, fields, first.get(name, nothing)) for name, fields in self.pairs(node, section)
        }

    def entry(self, section: str, name: str, node: yaml.Node, first: tuple[Fields, dict[str, Typed]]) -> Fields:
        """Return the fields of an entry. What nobody touched is not held against today's rules while it does not hold."""
        rules = self.rules.get(section, {})
        nodes = dict(self.pairs(node, _joined(section, name), tuple(rules)))
        status = "proposed"
        if "status" in nodes and not is_null(nodes["status"]):
            status = self.value(rules["status"], nodes["status"], _joined(section, name, "status")) or status
        fields: Fields = {"status": status}
        for field, value in nodes.items():
            if field == "status":
                continue
            if status != "agreed" and field in first[1] and _typed(value) == first[1][field]:
                fields[field] = first[0][field]
            else:
                fields[field] = self.value(rules[field], value, _joined(section, name, field))
        return fields

    def value(self, rule: Rule, node: yaml.Node, place: str) -> Any:
        """Return the value of a field; None after noting a problem."""
        seen = _typed(node)
        if seen is None:
            self.refuse(node, place, "neither a value nor a list of values", allowed=allowed_text(rule))
            return None
        try:
            return read_value(rule, seen)
        except NotAllowedError as error:
            text = seen if isinstance(seen, str) else "; ".join(seen)
            self.refuse(node, place, error.what, value=said(text), allowed=allowed_text(rule), remedy=error.remedy)
            return None


def _leniently(rule: Rule, text: Typed) -> Any:
    """Return a value of the first proposal; as it stands there where today's rule would refuse it."""
    try:
        return read_value(rule, text)
    except NotAllowedError:
        return (text if isinstance(text, str) else list(text)) or None


def _typed(node: yaml.Node) -> Typed | None:
    """Return a node as typed; None when it is neither a value nor a list of values."""
    if isinstance(node, yaml.ScalarNode):
        return "" if is_null(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return tuple("" if is_null(item) else str(item.value) for item in node.value)
    return None


def _joined(*parts: str) -> str:
    return " › ".join(filter(None, map(said, parts)))
