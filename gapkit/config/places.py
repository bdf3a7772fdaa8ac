"""Where in a YAML text something stands, and where more of it can be written: the ground under `gapkit.config.edit`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import yaml

from gapkit.config.nodes import is_null

STEP: Final = "  "


class Edit(NamedTuple):
    """Text to put in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


class UnsuitableError(Exception):
    """The text is written in a way that cannot be added to."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after edits at different places; of two at one place the first stands first."""
    for edit in sorted(edits, key=lambda edit: edit.start)[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def root_of(text: str) -> yaml.Node:
    """Return the root of a text; of an empty one a mapping without entries."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return root if root is not None else yaml.MappingNode("tag:yaml.org,2002:map", [])


def content_of(node: yaml.Node) -> Any:
    """Return what a node says, whatever way it is written: value and tag of a scalar, None for an entry left empty.

    Raises
    ------
    UnsuitableError
        When an entry is given twice.
    """
    if isinstance(node, yaml.MappingNode):
        content = {str(name.value): content_of(value) for name, value in node.value}
        if len(content) < len(node.value):
            raise UnsuitableError
        return content
    if isinstance(node, yaml.SequenceNode):
        return [content_of(item) for item in node.value]
    return None if is_null(node) else (node.value, node.tag)


def entry_of(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return key and value of an entry of a mapping, None when there is none."""
    if not isinstance(node, yaml.MappingNode):
        raise UnsuitableError
    found: tuple[yaml.Node, yaml.Node] | None = next((pair for pair in node.value if pair[0].value == name), None)
    if found and found[1].start_mark.index < found[0].end_mark.index:
        raise UnsuitableError  # an alias: what is meant stands elsewhere
    return found


def is_inline(node: yaml.Node) -> bool:
    """Return whether a list or a mapping is written in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def last_part(node: yaml.Node) -> yaml.Node:
    """Return the part of a node that is written last: a scalar, or a whole collection in brackets."""
    if isinstance(node, yaml.MappingNode) and not is_inline(node) and node.value:
        before, last = node.value[-1]
    elif isinstance(node, yaml.SequenceNode) and not is_inline(node) and node.value:
        before, last = node, node.value[-1]
    else:
        return node
    if last.end_mark.index < before.start_mark.index:
        raise UnsuitableError  # an alias: what is meant stands elsewhere
    return last_part(last)


def end_of_entry(line: str) -> int:
    """Return where an entry on a line of its own ends and its comment begins.

    Examples
    --------
    >>> line = '"Done #2": delivered  # 12 rows'
    >>> line[:end_of_entry(line)]
    '"Done #2": delivered'
    """
    return int(last_part(root_of(line)).end_mark.index)


def end_of_line(text: str, place: int) -> int:
    """Return where the next line begins."""
    end = text.find("\n", place)
    return end + 1 if end >= 0 else len(text)


def below(text: str, node: yaml.Node, column: int) -> int:
    """Return where the line after a node begins, behind comments indented to more than a column: they belong to it."""
    last = last_part(node)
    end = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        end = len(text[:end].rstrip())
    place = end_of_line(text, end)
    belonging = re.compile(rf"(?:[ \t]*\r?\n)*[ ]{{{column + 1},}}#.*(?:\n|\Z)")
    while found := belonging.match(text, place):
        place = found.end()
    return place


def indented(lines: Iterable[str], margin: str) -> list[str]:
    """Return lines with a margin; blank ones stay blank."""
    return [f"{margin}{line}" if line else line for line in lines]


def insert_lines(text: str, place: int, lines: Iterable[str]) -> Edit:
    """Return the edit that puts whole lines where a line begins, or behind a last line that does not end."""
    is_open = place > 0 and text[place - 1] != "\n"
    return Edit(place, place, line_break(text) * is_open + joined(text, lines))


def line_break(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def joined(text: str, lines: Iterable[str]) -> str:
    """Return lines as the text writes them."""
    return "".join(line + line_break(text) for line in lines)


def cut(text: str, node: yaml.Node) -> Edit:
    """Return the edit that takes a value away, with the blanks before it."""
    start = len(text[: node.start_mark.index].rstrip(" "))
    return Edit(start, node.end_mark.index, "")


def beside_items(text: str, sequence: yaml.SequenceNode) -> str:
    """Return what stands in a list beside its items: brackets, commas, comments."""
    ends = [sequence.start_mark.index, *(item.end_mark.index for item in sequence.value)]
    starts = [*(item.start_mark.index for item in sequence.value), sequence.end_mark.index]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def insert_into_braces(text: str, mapping: yaml.MappingNode, lines: Sequence[str]) -> list[Edit]:
    """Return the edits that put entries, one per line, before the closing brace of a mapping, a comma behind each."""
    brace = mapping.end_mark.index - 1
    line = text[text.rfind("\n", 0, mapping.start_mark.index) + 1 :]
    margin = " " * (len(line) - len(line.lstrip(" -")))
    edits = []
    if mapping.value:
        end = mapping.value[-1][1].end_mark.index
        if "," not in re.sub(r"#.*", "", text[end:brace]):
            edits.append(Edit(end, end, ","))
    new = joined(text, indented((_with_comma(each) for each in lines), margin + STEP))
    own_line = text.rfind("\n", 0, brace) + 1
    if not text[own_line:brace].strip():
        return [*edits, Edit(own_line, own_line, new)]
    return [*edits, Edit(brace, brace, line_break(text) + new + margin)]


def _with_comma(line: str) -> str:
    """Return an entry with a comma behind it; behind an empty value a blank keeps colon and comma apart."""
    end = end_of_entry(line)
    return f"{line[:end]}{' ' * line[:end].endswith(':')},{line[end:]}"
