"""YAML nodes to checked values, every refusal with its line.

The file is composed into nodes and never constructed into objects: a node keeps its line and the text as typed, so
``weekmask: 0011111`` stays seven digits, ``client: No`` stays a name, and no tag can make Python run anything.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import Any, Final

import yaml

from gapkit.errors import InputError, Problem

FILE: Final = "engagement.yml"
EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(2100, 12, 31)
LISTED: Final = 30  # longer lists of allowed words are not printed; the nearest word still is

Read = Callable[[yaml.Node, str], Any]

_NULLS: Final = ("", "~", "null", "Null", "NULL")
_YES: Final = ("yes", "true", "on")
_NO: Final = ("no", "false", "off")


class NodeReader:
    """Reads nodes into values and gathers what it has to refuse.

    Each reading method takes a node and the key it stands under, and returns the value, or None after noting a problem.

    Parameters
    ----------
    folder : Path
        The engagement folder; no path may leave it.
    text : str
        The whole file, to quote lines from.

    Attributes
    ----------
    problems : list of Problem
        Everything refused so far.
    """

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def refuse(
        self, node: yaml.Node, key: str, what: str, *, allowed: str = "", remedy: str = "", value: str | None = None
    ) -> None:
        """Note a problem at the node's line; the value seen is the node's own unless given."""
        if value is None:
            value = node.value if isinstance(node, yaml.ScalarNode) else ""
        line = node.start_mark.line + 1
        self.problems.append(Problem(what, FILE, row=line, column=key, value=value, allowed=allowed, remedy=remedy))

    def mapping(self, node: yaml.Node, key: str, keys: Iterable[str] | None = None) -> dict[str, yaml.Node]:
        """Return the entries of a mapping; with `keys`, only those are allowed. Entries left empty count as absent."""
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, key, "not a group of entries", allowed="one 'name: value' per line, indented below the key")
            return {}
        allowed = tuple(keys) if keys is not None else None
        entries: dict[str, yaml.Node] = {}
        for name_node, value in node.value:
            name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else ""
            if name in entries:
                self.refuse(name_node, f"{key}.{name}".strip("."), "given twice", value="", remedy="Keep one of the two.")
            elif allowed is not None and name not in allowed:
                self.refuse(name_node, key, "unknown entry", allowed=_listed(allowed), remedy=did_you_mean(name, allowed))
            else:
                entries[name] = value
        return {name: value for name, value in entries.items() if not is_null(value)}

    def read(self, node: yaml.Node, key: str, readers: Mapping[str, Read]) -> dict[str, Any]:
        """Return the values of a mapping that could be read, each by the reader of its name; the rest has been refused."""
        values = {name: readers[name](value, f"{key}.{name}") for name, value in self.mapping(node, key, readers).items()}
        return {name: value for name, value in values.items() if value is not None}

    def sequence(self, node: yaml.Node, key: str, read: Read) -> tuple[Any, ...]:
        """Return the items of a list, each read by `read`; refused items are left out."""
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(node, key, "not a list", allowed="[one, two], or one '- item' per line")
            return ()
        items = [read(item, key) for item in node.value]
        return tuple(item for item in items if item is not None)

    def text(self, node: yaml.Node, key: str) -> str | None:
        """Return a scalar as typed, stripped."""
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(node, key, "not a single value", allowed="text", remedy="Put the value in quotes.")
            return None
        return str(node.value).strip()

    def texts(self, node: yaml.Node, key: str) -> dict[str, str]:
        """Return a mapping of free text to free text."""
        values = {name: self.text(value, f"{key}.{name}") for name, value in self.mapping(node, key).items()}
        return {name: value for name, value in values.items() if value is not None}

    def matching(self, node: yaml.Node, key: str, pattern: str, allowed: str, remedy: str = "") -> str | None:
        """Return text that matches a regular expression in full."""
        value = self.text(node, key)
        if value is not None and not re.fullmatch(pattern, value):
            self.refuse(node, key, "not of the form expected", allowed=allowed, remedy=remedy)
            return None
        return value

    def choice(self, node: yaml.Node, key: str, words: Sequence[str], what: str = "unknown word") -> str | None:
        """Return one of the given words."""
        value = self.text(node, key)
        if value is not None and value not in words:
            self.refuse(node, key, what, allowed=_listed(words), remedy=did_you_mean(value, words))
            return None
        return value

    def number(self, node: yaml.Node, key: str, low: float, high: float | None = None) -> float | None:
        """Return a number within limits, both included."""
        value = self.text(node, key)
        if value is None:
            return None
        number = _number(value)
        if number is None or not low <= number <= (number if high is None else high):
            self.refuse(node, key, "not a number within the limits", allowed=_limits("a number", low, high))
            return None
        return number

    def whole(self, node: yaml.Node, key: str, low: int = 0, high: int | None = None) -> int | None:
        """Return a whole number within limits, both included."""
        value = self.text(node, key)
        if value is None:
            return None
        number = _number(value)
        if number is None or not number.is_integer() or not low <= number <= (number if high is None else high):
            self.refuse(node, key, "not a whole number within the limits", allowed=_limits("a whole number", low, high))
            return None
        return int(number)

    def day(self, node: yaml.Node, key: str) -> dt.date | None:
        """Return a calendar date."""
        value = self.text(node, key)
        if value is None:
            return None
        allowed = "YYYY-MM-DD, for example 2026-03-31"
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            self.refuse(node, key, "not a date", allowed=allowed)
            return None
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.refuse(node, key, "there is no such day", allowed=allowed)
            return None
        if not EARLIEST <= day <= LATEST:
            self.refuse(node, key, "not a plausible year", allowed=f"{EARLIEST.year} to {LATEST.year}")
            return None
        return day

    def flag(self, node: yaml.Node, key: str) -> bool | None:
        """Return yes or no."""
        value = self.text(node, key)
        if value is not None and value.lower() not in _YES + _NO:
            self.refuse(node, key, "neither yes nor no", allowed="yes, no")
            return None
        return None if value is None else value.lower() in _YES

    def zone(self, node: yaml.Node, key: str) -> str | None:
        """Return a time zone by its IANA name."""
        name = self.text(node, key)
        if name is None:
            return None
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            near = difflib.get_close_matches(name, zoneinfo.available_timezones(), n=3, cutoff=0.5)
            remedy = f"Did you mean {' or '.join(near)}?" if near else ""
            self.refuse(node, key, "unknown time zone", allowed="an IANA name such as Europe/Berlin", remedy=remedy)
            return None
        return name

    def path(self, node: yaml.Node, key: str) -> str | None:
        """Return a path inside the engagement folder, relative to it and with forward slashes."""
        value = self.text(node, key)
        if value is None:
            return None
        path = value.replace("\\", "/")
        folder = self.folder.resolve()
        is_absolute = path.startswith(("/", "~")) or PureWindowsPath(path).drive != ""
        if is_absolute or not (folder / path).resolve().is_relative_to(folder):
            remedy = "Copy the file into the engagement folder, for example into data/."
            self.refuse(node, key, "outside the engagement folder", allowed="a path such as data/export.csv", remedy=remedy)
            return None
        return path

    def paths(self, node: yaml.Node, key: str) -> str | None:
        """Return the path of a file, of a folder or with * and ? in it, as `files_named` understands it."""
        path = self.path(node, key)
        if path == "":
            self.refuse(node, key, "names no file", allowed="a file, a folder, or a pattern such as data/*.json")
        if not path:
            return None
        try:
            found = files_named(self.folder, path)
        except ValueError:
            self.refuse(node, key, "not a pattern for files", allowed="a file, a folder, or a pattern such as data/*.json")
            return None
        folder = self.folder.resolve()
        stray = next((file for file in found if not file.resolve().is_relative_to(folder)), None)
        if stray is not None:
            remedy = "Copy the file itself into the engagement folder instead of a link to it."
            self.refuse(node, key, "outside the engagement folder", value=stray.as_posix(), remedy=remedy)
            return None
        return path


def compose(text: str, file: str) -> yaml.Node:
    """Return the root of a file; an empty file gives an empty mapping.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        Its name, for messages.

    Raises
    ------
    InputError
        When it is not valid YAML, with the line.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        what, mark = error.problem or error.context or "", error.problem_mark or error.context_mark
        remedy = "Check the indentation, and put text that holds : # @ % or & in quotes."
        if "\\t" in what:
            what, remedy = "a tab where only spaces may stand", "Use spaces, not tabs, at the start of a line."
        raise InputError(
            [Problem(f"not valid YAML: {what}", file, row=mark.line + 1 if mark else None, remedy=remedy)]
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        remedy = "Remove the invisible character on this line."
        raise InputError([Problem(f"not valid YAML: {error.reason}", file, row=line, remedy=remedy)]) from error
    return root if root is not None else yaml.MappingNode("tag:yaml.org,2002:map", [])


def files_named(folder: Path, file: str) -> tuple[Path, ...]:
    """Return the files meant by `file:` of a source, in order of name.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    file : str
        Relative to it, one of: a file, which comes back even if there is none; a folder, for the files directly in it; a
        path in which ``*`` and ``?`` stand for any characters and ``**`` for any folders. Hidden files and the lock files
        of office programs are not meant.

    Raises
    ------
    ValueError
        When ``**`` stands beside other characters.
    """
    path = folder / file
    if path.is_dir():
        found = path.iterdir()
    elif re.search("[*?]", file):
        found = folder.glob(file.replace("[", "[[]"))
    else:
        return (path,)
    return tuple(sorted(each for each in found if each.is_file() and not each.name.startswith((".", "~$"))))


def is_null(node: yaml.Node) -> bool:
    """Return whether an entry was left empty."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return a question naming the nearest of the words, or nothing when none is near.

    Examples
    --------
    >>> did_you_mean("clint", ["client", "as_of"]), did_you_mean("xyz", ["client"])
    ('Did you mean client?', '')
    """
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def _number(text: str) -> float | None:
    """Return a finite number, or None. Python's own spellings such as 1_000 and inf are no numbers here."""
    return float(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text) else None


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) if len(words) <= LISTED else ""


def _limits(kind: str, low: float, high: float | None) -> str:
    return f"{kind}, at least {low:g}" if high is None else f"{kind} from {low:g} to {high:g}"
