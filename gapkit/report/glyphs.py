"""Which characters the report's fonts can print, and what to do with the others.

A typesetter that has no glyph leaves a hole; a reader of "launch in 東京" must see that something stands there.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Any, Final

from gapkit.plots.theme import FALLBACK_FAMILY, FONT_FOLDER, fallback_folder

REPLACEMENT: Final = "□"
# Variation selectors choose a style for the character before them and print nothing themselves.
_NO_SELECTORS: Final = dict.fromkeys(range(0xFE00, 0xFE10))


@functools.cache
def printable() -> frozenset[int]:
    """Return the code points at least one of the report's fonts has a glyph for."""
    from fontTools.ttLib import TTFont

    files = [FONT_FOLDER / "SourceSans3-Regular.ttf", fallback_folder() / f"{FALLBACK_FAMILY.replace(' ', '')}.ttf"]
    points: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            points |= font.getBestCmap().keys()
    return frozenset(points)


def replace_missing(text: str) -> tuple[str, int]:
    """Return a text with "□" for each character no font has, and how many there were.

    Parameters
    ----------
    text : str
        Any text. Formatting characters (joiners, direction marks, line breaks) have no glyph and are kept.

    Examples
    --------
    >>> replace_missing("launch in 東京"), replace_missing("Zürich −3 %")
    (('launch in □□', 2), ('Zürich −3 %', 0))
    """
    if text.isascii() and text.isprintable():
        return text, 0
    known = printable()
    shown = text.translate(_NO_SELECTORS)
    letters = [letter if _is_kept(letter, known) else REPLACEMENT for letter in shown]
    return "".join(letters), sum(a != b for a, b in zip(letters, shown, strict=True))


def _is_kept(letter: str, known: frozenset[int]) -> bool:
    return ord(letter) in known or letter in "\n\t" or unicodedata.category(letter) in {"Cf", "Zl", "Zp"}


def replace_everywhere(data: Any) -> tuple[Any, int]:
    """Return plain data with every string treated by `replace_missing`, and the count over all of them.

    Parameters
    ----------
    data : dict, list, tuple, str, number or None
        A document.

    Examples
    --------
    >>> replace_everywhere({"a": ["東", 1]})
    ({'a': ['□', 1]}, 1)
    """
    if isinstance(data, str):
        return replace_missing(data)
    if isinstance(data, dict):
        parts = {key: replace_everywhere(value) for key, value in data.items()}
        return {key: part for key, (part, _) in parts.items()}, sum(count for _, count in parts.values())
    if isinstance(data, list | tuple):
        items = [replace_everywhere(item) for item in data]
        return [item for item, _ in items], sum(count for _, count in items)
    return data, 0
