"""Client text as Markdown that shows letter by letter, and the few forms a manual is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
# What begins a list or a rule where it stands first on a line.
_OPENING: Final = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([-+=]))")


def escaped(value: Any) -> str:
    r"""Return text as Markdown shows it unchanged, on one line; empty for nothing.

    Examples
    --------
    >>> escaped("a|b *c* <d>"), escaped("1. first"), escaped("- x"), escaped(None)
    ('a\\|b \\*c\\* \\<d\\>', '1\\. first', '\\- x', '')
    """
    if value is None:
        return ""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())
    marked = _MARKUP.sub(r"\\\1", line)
    return _OPENING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", marked)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return a table as lines, every cell escaped.

    Examples
    --------
    >>> table(["Wait", "Days"], [("legal", 4)])
    ['| Wait | Days |', '| --- | --- |', '| legal | 4 |']
    """
    body = [[escaped(cell) for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (list(columns), ["---"] * len(columns), *body)]


def bullets(texts: Iterable[Any]) -> list[str]:
    """Return a list, one line each, every text escaped."""
    return [f"- {escaped(text)}" for text in texts]


def section(title: str, *parts: Sequence[str], level: int = 2) -> list[str]:
    """Return a section: its heading, then each part that is not empty, blank lines between."""
    lines = [f"{'#' * level} {title}", ""]
    for part in parts:
        if part:
            lines += [*part, ""]
    return lines
