"""Client text as lines of YAML: quoted so that it comes back as it was, counted behind, never more than one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from gapkit.labels import label_count, label_number

# Signs JSON leaves alone and YAML does not take as they are: controls, line ends of Unicode, halves of surrogate pairs.
ODD: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# YAML reads no key of more than 1,024 characters.
LONGEST_KEY: Final = 1000
WIDTH: Final = 120


class Line(NamedTuple):
    """One word with its proposed meaning.

    Attributes
    ----------
    word : str
        As seen.
    meaning : str
        As YAML; empty when nothing can be proposed.
    n : int
        How often it was seen.
    times : str
        The same in words, with where.
    doubt : str
        What must be asked of it; empty when the meaning leaves no doubt.
    """

    word: str
    meaning: str
    n: int
    times: str
    doubt: str = ""

    @property
    def text(self) -> str:
        """The line: an entry, or a comment when the word is too long for one."""
        entry = f"{quoted(self.word)}:" + (f" {self.meaning}" if self.meaning else "")
        said = ": ".join(filter(None, (self.times, self.doubt)))
        if len(quoted(self.word)) > LONGEST_KEY:
            return f"# too long to be mapped: {quoted(self.word[:60])}…, {said}"
        return f"{entry}  # {said}"


def quoted(text: str) -> str:
    r"""Return text in double quotes, as YAML reads it back unchanged.

    Examples
    --------
    >>> print(quoted('say "Ü"\n\x85'))
    "say \"Ü\"\n\u0085"
    """
    return ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def remark(text: str) -> str:
    r"""Return text fit for a comment: on one line, without signs YAML allows nowhere.

    Examples
    --------
    >>> remark("looks like Jira CSV: Issue\nkey\x00")
    'looks like Jira CSV: Issue key'
    """
    return " ".join(re.sub(r"[\x00-\x1f]", " ", ODD.sub(" ", text)).split())


def inline(entries: Mapping[str, str]) -> str:
    """Return a mapping on one line; words of ours stand bare, everything else in quotes.

    Examples
    --------
    >>> inline({"status": "in_progress", "stage": "In Review"})
    '{status: in_progress, stage: "In Review"}'
    """
    return "{" + ", ".join(f"{bare(key)}: {bare(value)}" for key, value in entries.items()) + "}"


def bare(text: str) -> str:
    """Return a word of ours as it is, any other text in quotes."""
    return (
        text
        if re.fullmatch("[a-z]+(?:_[a-z]+)*", text) and text not in ("yes", "no", "on", "off", "null")
        else quoted(text)
    )


def capped(lines: Sequence[Line], most: int) -> list[str]:
    """Return the lines of the most frequent words, and how many others stay unmapped."""
    rest = lines[most:]
    said = [] if not rest else [
        f"# … and {len(rest)} more, {label_count(sum(line.n for line in rest), 'row')}: they stay unmapped"
    ]  # fmt: skip
    return [line.text for line in lines[:most]] + said


def wrapped(start: str, words: Sequence[str]) -> list[str]:
    """Return words as comment lines of readable width.

    Examples
    --------
    >>> wrapped("owners seen:", ['"Ana" (3)', '"Bo" (1)'])
    ['# owners seen: "Ana" (3), "Bo" (1)']
    """
    lines, line = [], f"# {start}"
    for place, word in enumerate(words):
        sign = "," if place + 1 < len(words) else ""
        if len(line) + len(word) + 2 > WIDTH and line.strip("# "):
            lines.append(line)
            line = "#  "
        line += f" {word}{sign}"
    return [*lines, line]


def listed(counts: Mapping[str, int], most: int) -> list[str]:
    """Return words in quotes with their counts, the most frequent ones only, and how many others there are."""
    shown = [quoted(word) + (f" ({label_number(n)})" if n else "") for word, n in list(counts.items())[:most]]
    return shown + ([f"… and {len(counts) - most} more"] if len(counts) > most else [])
