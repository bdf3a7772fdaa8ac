"""Adding to engagement.yml without touching a character of what the consultant wrote.

The file is edited as text at places that its parse shows; every comment, quote and blank stays. Each edit is proved before
it is handed out: it must parse to what was there plus what was added, else it is refused with the lines to paste by hand.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from gapkit.config import places
from gapkit.config.nodes import FILE, is_null
from gapkit.config.places import STEP, Edit, UnsuitableError, content_of, entry_of, root_of
from gapkit.errors import InputError, Problem

SOURCES: Final = "sources"
# The commented example that a new engagement.yml holds.
EXAMPLE: Final = re.compile(r"^# ?sources:.*\n(?:#.*\n)*", re.MULTILINE)

Content = dict[str, Any]


def add_source(text: str, entry: str) -> str:
    r"""Return engagement.yml with one more source.

    Parameters
    ----------
    text : str
        The file as it is.
    entry : str
        The source as a group of entries from column 0, comments included.

    Returns
    -------
    str
        The file with the source as the last item of `sources:`; the key is made if absent, after the commented example of
        a new engagement.yml where that still stands.

    Raises
    ------
    InputError
        When `sources:` is written in a way that cannot be added to; it holds the lines to paste.

    Examples
    --------
    >>> print(add_source("client: Acme\nsources: []  # none yet\n", "file: data/a.csv\ntable: programs\n"), end="")
    client: Acme
    sources:  # none yet
      - file: data/a.csv
        table: programs
    """

    def expected(content: Content) -> Content:
        return {**content, SOURCES: [*(content.get(SOURCES) or ()), content_of(root_of(entry))]}

    item = _as_item(entry)
    return _proved(text, _ways_to_add(text, item), expected) or _refuse(f"one more item of {SOURCES}:", item)


def add_words(text: str, file: str, key: str, lines: Sequence[str]) -> str:
    r"""Return engagement.yml with words added to a mapping of one source; words that are there already stay as they are.

    Parameters
    ----------
    text : str
        The file as it is.
    file : str
        The source's `file:`.
    key : {"statuses", "types", "teams"}
        The mapping; made if absent.
    lines : sequence of str
        One ``"word": meaning`` each, a comment behind it if wanted.

    Raises
    ------
    InputError
        When there is not exactly one source of that file, or it is written in a way that cannot be added to.

    Examples
    --------
    >>> before = "sources:\n  - file: data/a.csv\n    statuses: {Live: delivered}\n"
    >>> print(add_words(before, "data/a.csv", "statuses", ['"Live": cancelled', '"QA":  # 7 rows']), end="")
    sources:
      - file: data/a.csv
        statuses: {Live: delivered,
          "QA": ,  # 7 rows
        }
    """
    place, source, there = _source_of(text, file, key, lines)
    words = {line: content_of(root_of(line)) for line in lines}
    new = {line: entry for line, entry in words.items() if not there & set(entry)}
    if not new:
        return text

    def expected(content: Content) -> Content:
        sources = list(content[SOURCES])
        added = {word: meaning for entry in new.values() for word, meaning in entry.items()}
        sources[place] = {**sources[place], key: {**(sources[place].get(key) or {}), **added}}
        return {**content, SOURCES: sources}

    way = partial(_edits_for_words, text, source, key, list(new))
    return _proved(text, [way], expected) or _refuse(f"{key}: of {file}", list(new))


def read_as_written(path: Path) -> str:
    """Return a file's text with its own line ends, so that writing it back changes nothing."""
    return path.read_bytes().decode("utf-8")


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace a file's text in one step, unless somebody has changed it since it was read.

    Parameters
    ----------
    path : Path
        The file.
    before : str
        Its text as `read_as_written` gave it.
    after : str
        Its new text.

    Raises
    ------
    InputError
        When the file is not as it was, or cannot be written; it is then untouched.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    try:
        with draft.open("xb") as file:
            file.write(after.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, draft)
        if read_as_written(target) != before:
            remedy = "Save your own changes in the editor, then run the command again."
            raise InputError([Problem("changed by somebody else in the meantime", path.name, remedy=remedy)])
        os.replace(draft, target)  # noqa: PTH105  # one step, also where the file exists
    except OSError as error:
        remedy = "Check the file and its permissions."
        raise InputError([Problem(f"cannot be written ({error.strerror})", path.name, remedy=remedy)]) from error
    finally:
        draft.unlink(missing_ok=True)


def _proved(text: str, ways: Iterable[Callable[[], list[Edit]]], expected: Callable[[Content], Content]) -> str:
    """Return the first edited text that parses to what is expected, empty when none does."""
    for way in ways:
        try:
            edited = places.apply(text, way())
            if content_of(root_of(edited)) == expected(content_of(root_of(text))):
                return edited
        except (UnsuitableError, yaml.YAMLError):
            continue
    return ""


def _refuse(place: str, lines: Sequence[str], what: str = "written in a way that gapkit does not add to") -> NoReturn:
    remedy = f"Paste this by hand as {place}\n" + "\n".join(lines)
    raise InputError([Problem(what, FILE, column=SOURCES, remedy=remedy)])


def _as_item(entry: str) -> list[str]:
    """Return an entry's lines as an item of a list; comments above its first key stay above the dash."""
    lines = entry.rstrip("\n").split("\n")
    first = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *places.indented(lines[first + 1 :], STEP)]


def _ways_to_add(text: str, item: Sequence[str]) -> list[Callable[[], list[Edit]]]:
    """Return how a source can be added: into the list there is, else as a new list after the example, else at the end."""
    spots = [*(example.end() for example in EXAMPLE.finditer(text)), len(text)]
    return [partial(_edits_for_item, text, item), *(partial(_edits_for_list, text, item, spot) for spot in spots)]


def _edits_for_list(text: str, item: Sequence[str], spot: int) -> list[Edit]:
    root = root_of(text)
    if places.is_inline(root):
        raise UnsuitableError
    margin = " " * (root.start_mark.column if root.value else 0)
    return [places.insert_lines(text, spot, [f"{margin}{SOURCES}:", *places.indented(item, margin + STEP)])]


def _edits_for_item(text: str, item: Sequence[str]) -> list[Edit]:
    """Return the edits that add an item to the list of sources, whichever way it is written."""
    found = entry_of(root_of(text), SOURCES)
    if found is None:
        raise UnsuitableError
    key, value = found
    margin = " " * key.start_mark.column + STEP
    if is_null(value):
        return _instead(text, value, places.indented(item, margin))
    if not isinstance(value, yaml.SequenceNode):
        raise UnsuitableError
    if value.flow_style:
        if re.search(r"[^\s,\[\]]", places.beside_items(text, value)):
            raise UnsuitableError  # a comment between the items would be lost
        old = [f"- {text[each.start_mark.index : each.end_mark.index]}" for each in value.value]
        return _instead(text, value, places.indented([*old, *item], margin))
    if text[value.start_mark.index] != "-":
        raise UnsuitableError  # an anchor stands before the first item
    below = places.below(text, value, key.start_mark.column)
    return [places.insert_lines(text, below, places.indented(item, " " * value.start_mark.column))]


def _instead(text: str, value: yaml.Node, lines: Sequence[str]) -> list[Edit]:
    """Return the edits that take a value away and put lines below its line."""
    return [places.cut(text, value), places.insert_lines(text, places.end_of_line(text, value.end_mark.index), lines)]


def _source_of(text: str, file: str, key: str, lines: Sequence[str]) -> tuple[int, yaml.MappingNode, set[str]]:
    """Return the source of a file with its place in the list, and the words that stand under a key of it."""
    try:
        found = entry_of(root_of(text), SOURCES)
        items = found[1].value if found and isinstance(found[1], yaml.SequenceNode) else []
        named = [(place, item) for place, item in enumerate(items) if _file_of(item) == file]
        if len(named) != 1:
            _refuse(f"{key}: of the source", lines, f"{'more than one' if named else 'no'} source of the file {file}")
        mapping = entry_of(named[0][1], key)
        return *named[0], set(content_of(mapping[1]) or ()) if mapping else set()
    except UnsuitableError:
        _refuse(f"{key}: of {file}", lines)


def _file_of(source: yaml.Node) -> str:
    pairs = source.value if isinstance(source, yaml.MappingNode) else ()
    return next((str(value.value).strip().replace("\\", "/") for name, value in pairs if name.value == "file"), "")


def _edits_for_words(text: str, source: yaml.MappingNode, key: str, lines: Sequence[str]) -> list[Edit]:
    """Return the edits that add lines to a mapping of a source, whichever way the two are written."""
    found = entry_of(source, key)
    if found is None and places.is_inline(source):
        within = ", ".join(line[: places.end_of_entry(line)] for line in lines)
        return places.insert_into_braces(text, source, [f"{key}: {{{within}}}"])
    if found is None:
        column = source.value[0][0].start_mark.column
        new = [f"{key}:", *places.indented(lines, STEP)]
        return [places.insert_lines(text, places.below(text, source, column - 1), places.indented(new, " " * column))]
    name, value = found
    if isinstance(value, yaml.MappingNode) and value.flow_style:
        return places.insert_into_braces(text, value, lines)
    if is_null(value) and not places.is_inline(source):
        return _instead(text, value, places.indented(lines, " " * name.start_mark.column + STEP))
    if not isinstance(value, yaml.MappingNode):
        raise UnsuitableError
    below = places.below(text, value, name.start_mark.column)
    return [places.insert_lines(text, below, places.indented(lines, " " * value.value[0][0].start_mark.column))]
