"""Answers in people's own words: only coded ones, only where there are enough, and with names taken out.

No order, team or level goes with a text, and none is chosen for being extreme.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from gapkit.survey.anonymity import Gate
    from gapkit.survey.responses import Rows
    from gapkit.survey.strategy import Coded

NAME: Final = "[name]"
VERBATIM_COLUMNS: Final = ("question", "code", "text")
# Words of names shorter than this are taken out only where they are written like a name, with a capital letter, if they are
# also words of common languages: no text would be left of "we", "in" and "de".
SHORTEST: Final = 3
_COMMON: Final = """
    ab ad ai al am an as at au be by ca ce da de di do du ed el em en er es et eu go he hi if il im in is it ja je la le lo
    ma me mi mo my na ne ni no nu of oh ok on op or os ou se si so su ta te to tu um un up us va ve vi vo we wo ya yo zu
"""
COMMON: Final = frozenset(_COMMON.split())
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w[\w.-]*|\+?\d[\d /()-]{6,}\d")


def edit_names(text: str, names: Iterable[str]) -> str:
    """Return a text with names, mail addresses, handles and telephone numbers taken out.

    Parameters
    ----------
    text : str
        In the respondent's own words.
    names : iterable of str
        Names to take out: whole, and each word of two letters or more alone, whatever the case and the accents. A name
        that is a word as well (Mark, Will) is taken out wherever that word stands; one of two letters that is a common
        word (So, Do) only with a capital letter, and not where the name itself has a small one (de Vries).

    Examples
    --------
    >>> edit_names("Ask Zoë, or ZOE.AMARI@acme.com; zoe's plan", ["Zoe Amari"])
    "Ask [name], or [name]; [name]'s plan"
    >>> edit_names("So ask Li, ng or Do what to do", ["Li Ng", "Anh Do"])
    'So ask [name], [name] or [name] what to do'
    """
    without = _ADDRESS.sub(NAME, text)
    parts = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    common = {_bare(part) for part in parts if len(part) < SHORTEST and part[0].isupper()} & COMMON
    words = {_bare(part) for part in parts if len(part) > 1} - COMMON

    def is_name(word: str) -> bool:
        return _bare(word) in words or (word[0].isupper() and _bare(word) in common)

    edited = re.sub(r"[^\W_]+", lambda found: NAME if is_name(found[0]) else found[0], without)
    # "[name]" itself holds a word; a client with a person called Name is not worth a broken bracket.
    edited = edited.replace(f"[{NAME}]", NAME)
    return re.sub(rf"{re.escape(NAME)}(?:[ .-]+{re.escape(NAME)})+", NAME, edited)


def _bare(word: str) -> str:
    spelled = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in spelled if not unicodedata.combining(sign))


def verbatims(gate: Gate, rows: Rows, read: Mapping[str, Coded], names: Iterable[str]) -> pd.DataFrame:
    """Return the texts that may be shown.

    Parameters
    ----------
    gate : Gate
        Of the wave.
    rows : Rows
        The respondents counted.
    read : mapping of str to Coded
        Their codes, from `strategy.read_codes`.
    names : iterable of str
        Names to take out.

    Returns
    -------
    DataFrame
        Columns question, code, text; questions with enough coded texts only, in alphabetical order of the text, so that
        nothing tells whose it is or which came last.
    """
    known = tuple(names)
    found = []
    for question, coded in read.items():
        written = rows.strategy.loc[rows.strategy["question"].eq(question)].dropna(subset=["text"])
        mine = written.loc[coded.is_coded[written["row"]]].drop_duplicates("row")
        has_text = np.isin(np.arange(len(rows)), mine["row"])
        if gate.may_show_spread(has_text) and coded.may_show_spread(gate):
            codes = [coded.codes[at] for at in coded.place()[mine["row"]]]
            texts = [(question, code, edit_names(text, known)) for code, text in zip(codes, mine["text"], strict=True)]
            found += sorted(texts, key=lambda one: (_bare(one[2]), one[1]))
    return pd.DataFrame(found, columns=list(VERBATIM_COLUMNS))
