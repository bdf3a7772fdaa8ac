"""Names of months and weekdays, and the words for before and after noon, in the languages trackers are used in.

They come from the Unicode locale data (CLDR) that Babel carries. Trackers write them in upper or lower case, with or
without accents and dots, so all of that is taken off before they are compared. No name stands for two months.

References
----------
Unicode Common Locale Data Repository, https://cldr.unicode.org
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale

# Regional variants are listed where they add a spelling: Sept (en_GB), juill. (fr_CA), Jänner (de_AT).
LANGUAGES: Final = (
    "en", "en_GB", "es", "es_MX", "pt", "pt_PT", "fr", "fr_CA", "de", "de_AT", "it", "nl", "pl", "sv", "da", "nb", "nn",
    "fi", "cs", "tr",
)  # fmt: skip
# What Java wrote before it took over CLDR (version 9), and Excel writes still.
OLDER_MONTHS: Final = {"mrz": 3}
OLDER_HALVES: Final = {"vorm": "am", "nachm": "pm"}


def fold(texts: pa.Array) -> pa.Array:
    """Return texts in lower case, accents taken off, every kind of blank a plain one.

    Examples
    --------
    >>> fold(pa.array(["10/AOÛT/25 4:51\u202fp.\u00a0m.", "Kasım", None])).to_pylist()
    ['10/aout/25 4:51 p. m.', 'kasim', None]
    """
    lower = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKD"))
    return pc.replace_substring(pc.replace_substring_regex(lower, r"\p{M}+", ""), "ı", "i")


@cache
def months() -> Mapping[str, int]:
    """Return every folded name of a month, whole, abbreviated and inflected, and its number.

    Examples
    --------
    >>> [months()[name] for name in ("november", "nov", "marras", "listopada", "mrz")]
    [11, 11, 11, 11, 3]
    """
    return OLDER_MONTHS | {name: number for name, number in _named("months") if len(name) > 2}


@cache
def weekdays() -> frozenset[str]:
    """Return every folded name of a weekday.

    Examples
    --------
    >>> {"fri", "freitag", "viernes"} <= weekdays()
    True
    """
    return frozenset(name for name, _ in _named("days"))


@cache
def halves() -> Mapping[str, str]:
    """Return every folded word for a half of the day, dots and blanks taken out, and ``"am"`` or ``"pm"``.

    Examples
    --------
    >>> halves()["pm"], halves()["odp"], halves()["em"]
    ('pm', 'pm', 'pm')
    """
    words = (
        (half, word)
        for language in LANGUAGES
        for widths in Locale.parse(language).day_periods.values()
        for width, periods in widths.items()
        if width != "narrow"
        for half, word in periods.items()
        if half in ("am", "pm")
    )
    return OLDER_HALVES | {name.replace(" ", ""): half for half, name in _folded(words)}


def _named(kind: str) -> Iterator[tuple[str, int]]:
    """Yield folded name and number of the months or the days of all languages."""
    names = (
        pair
        for language in LANGUAGES
        for widths in getattr(Locale.parse(language), kind).values()
        for width, by_number in widths.items()
        if width != "narrow"
        for pair in by_number.items()
    )
    return ((name, number) for number, name in _folded(names))


def _folded(words: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    meanings, names = zip(*words, strict=True)
    return list(zip(meanings, pc.replace_substring(fold(pa.array(names)), ".", "").to_pylist(), strict=True))
