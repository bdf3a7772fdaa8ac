"""The client's words turned into ours: statuses, types, teams and every other fixed vocabulary.

A word is looked up in the mapping of engagement.yml first, then in the vocabulary itself (without regard to case, blanks
and underscores: "In progress" is ``in_progress``), then under ``"*"``, which stands for every other word. ``"(blank)"``
says what an empty cell means. Nothing else is guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.intake.reading.cells import Mask, as_text, on_distinct
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import ValueCount

OTHERS: Final = "*"
BLANK: Final = "(blank)"


class Words(NamedTuple):
    """A column of words after translation.

    Attributes
    ----------
    read : pandas.Series
        Our words; missing where the cell was blank or its word is unknown.
    unknown : numpy.ndarray of bool
        Cells whose word is neither mapped nor in the vocabulary.
    caught : numpy.ndarray of bool
        Cells only the ``"*"`` entry of the mapping could place.
    """

    read: pd.Series
    unknown: Mask
    caught: Mask


def translate(texts: pd.Series, mapping: Mapping[str, str], allowed: Collection[str] = ()) -> Words:
    """Translate a column of words.

    Parameters
    ----------
    texts : pandas.Series of str
        Words as seen, stripped.
    mapping : mapping of str to str
        Word as seen to our word.
    allowed : collection of str
        The vocabulary; when empty, words that are not mapped stay as they are.

    Examples
    --------
    >>> seen = pd.Series(["In progress", "Live", "QA"], dtype="str")
    >>> words = translate(seen, {"live": "delivered"}, ("in_progress", "delivered"))
    >>> words.read.tolist(), words.unknown.tolist()
    (['in_progress', 'delivered', nan], [False, False, True])
    """
    values = look_up(texts, mapping, allowed)
    missed = (values.isna() & texts.notna()).to_numpy()
    none = np.zeros(len(texts), dtype=bool)
    if OTHERS in mapping:
        return Words(values.mask(missed, mapping[OTHERS]), none, missed)
    return Words(values, missed, none) if allowed else Words(values.fillna(texts), none, none)


def look_up(texts: pd.Series, mapping: Mapping[str, str], allowed: Collection[str] = ()) -> pd.Series:
    """Return our word for each of theirs, missing where neither the mapping nor the vocabulary has it."""
    exact = {seen: word for seen, word in mapping.items() if seen not in (OTHERS, BLANK)}
    loose = {name_key(word): word for word in allowed} | {name_key(seen): word for seen, word in exact.items()}
    return on_distinct(texts, lambda distinct: [exact.get(seen, loose.get(name_key(seen))) for seen in distinct], "str")


def fill_blanks(frame: pd.DataFrame, words: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return the frame with empty cells replaced by what the mapping says they mean.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed columns.
    words : mapping of str to mapping
        Column to its mapping; only the ``"(blank)"`` entry is used. A column the frame lacks is created.
    """
    meant = {column: mapping[BLANK] for column, mapping in words.items() if BLANK in mapping}
    filled = {
        column: frame[column].fillna(word) if column in frame else pd.Series(word, index=frame.index, dtype="str")
        for column, word in meant.items()
    }
    return frame.assign(**filled)


def count_words(cells: pd.Series) -> tuple[ValueCount, ...]:
    """Return the distinct words of a column with their counts, the most frequent first.

    Examples
    --------
    >>> count_words(pd.Series(["QA", "Doing", "QA", None], dtype="str"))
    (('QA', 2), ('Doing', 1))
    """
    counts = as_text(cells).value_counts()
    return tuple(sorted(((str(word), int(count)) for word, count in counts.items()), key=lambda pair: (-pair[1], pair[0])))


def suggest(word: str, allowed: Sequence[str]) -> str:
    """Return a "Did you mean" sentence for an unknown word, empty when nothing is near.

    Examples
    --------
    >>> suggest("Deliverd", ("delivered", "cancelled"))
    'Did you mean delivered? '
    """
    near = difflib.get_close_matches(name_key(word), allowed, n=1, cutoff=0.75)
    return f"Did you mean {near[0]}? " if near else ""
