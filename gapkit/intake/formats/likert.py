"""Reading the answers of a survey: numbers, the words of seven languages, and scales of another length.

What a word stands for is known or it is not; an answer nobody knows stays blank and is counted, never guessed at. "Agree"
is the fourth of five points and something else on a longer scale, so the words known here count only where there are five.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.intake.reading.cells import Mask, distinct_cells

POINTS: Final = 5
# No scale in use has more points; what lies beyond is a code such as 99.
MOST_POINTS: Final = 11

# Per point: English, German, French, Spanish, Italian, Portuguese, Dutch.
_PLAIN: Final = {
    1: (
        "strongly disagree", "completely disagree", "totally disagree",
        "stimme überhaupt nicht zu", "stimme gar nicht zu", "stimme ganz und gar nicht zu",
        "pas du tout d'accord", "tout à fait en désaccord", "fortement en désaccord",
        "totalmente en desacuerdo", "muy en desacuerdo", "completamente en desacuerdo",
        "fortemente in disaccordo", "per niente d'accordo", "completamente in disaccordo", "totalmente in disaccordo",
        "discordo totalmente", "discordo completamente", "discordo fortemente",
        "helemaal mee oneens", "helemaal niet mee eens", "zeer mee oneens", "sterk mee oneens", "volledig mee oneens",
    ),
    2: (
        "disagree", "stimme nicht zu", "lehne ab", "pas d'accord", "en désaccord", "en desacuerdo", "in disaccordo",
        "non d'accordo", "discordo", "mee oneens", "oneens", "niet mee eens",
    ),
    3: (
        "neither agree nor disagree", "neither", "neutral", "undecided",
        "weder noch", "teils teils", "unentschieden", "stimme weder zu noch nicht zu", "stimme weder zu noch lehne ich ab",
        "ni d'accord ni pas d'accord", "ni d'accord ni en désaccord", "ni en accord ni en désaccord", "neutre",
        "ni de acuerdo ni en desacuerdo",
        "né d'accordo né in disaccordo", "neutrale",
        "nem concordo nem discordo", "não concordo nem discordo", "neutro",
        "niet mee eens niet mee oneens", "niet mee eens en niet mee oneens", "noch mee eens noch mee oneens", "neutraal",
    ),
    4: ("agree", "stimme zu", "d'accord", "de acuerdo", "d'accordo", "concordo", "mee eens", "eens"),
    5: (
        "strongly agree", "completely agree", "totally agree",
        "stimme voll und ganz zu", "stimme voll zu", "stimme völlig zu", "stimme vollkommen zu",
        "tout à fait d'accord", "totalement d'accord", "fortement d'accord",
        "totalmente de acuerdo", "muy de acuerdo", "completamente de acuerdo",
        "fortemente d'accordo", "pienamente d'accordo", "completamente d'accordo", "totalmente d'accordo",
        "concordo totalmente", "concordo completamente", "concordo fortemente",
        "helemaal mee eens", "zeer mee eens", "sterk mee eens", "volledig mee eens",
    ),
}  # fmt: skip
# The same second and fourth point in other scales of five; beside the plain words they are points of a longer one.
_SOFT: Final = {
    2: (
        "somewhat disagree", "slightly disagree", "tend to disagree", "stimme eher nicht zu", "plutôt pas d'accord",
        "plutôt en désaccord", "algo en desacuerdo", "piuttosto in disaccordo", "poco d'accordo", "discordo parcialmente",
        "discordo em parte", "enigszins mee oneens", "een beetje mee oneens",
    ),
    4: (
        "somewhat agree", "slightly agree", "tend to agree", "stimme eher zu", "plutôt d'accord", "algo de acuerdo",
        "piuttosto d'accordo", "abbastanza d'accordo", "concordo parcialmente", "concordo em parte", "enigszins mee eens",
        "een beetje mee eens",
    ),
}  # fmt: skip
_NO_ANSWER: Final = (
    "n/a", "na", "not applicable", "does not apply", "don't know", "do not know", "no answer", "no opinion", "cannot say",
    "prefer not to say", "keine Angabe", "k.A.", "weiß nicht", "nicht anwendbar", "kann ich nicht beurteilen", "entfällt",
    "sans objet", "non applicable", "ne s'applique pas", "ne sait pas", "je ne sais pas", "sans réponse", "sans opinion",
    "no aplica", "no aplicable", "no sé", "no lo sé", "no sabe", "sin respuesta", "ns/nc",
    "non applicabile", "non so", "nessuna risposta", "não se aplica", "não aplicável", "não sei", "sem resposta",
    "niet van toepassing", "n.v.t.", "weet niet", "weet ik niet", "geen mening", "geen antwoord",
)  # fmt: skip

NUMBER: Final = re.compile(r"(?P<sign>[-−]?)(?P<whole>\d+)(?P<rest>[.,]\d+)?")
# "5 strongly agree" and "strongly agree 5", after all else than letters and digits is gone.
NUMBERED: Final = re.compile(r"(?P<first>\d{1,2}) (?P<label>\D.*)|(?P<words>\D.*) (?P<last>\d{1,2})")
CODE: Final = re.compile(r"ao?0*(?P<point>\d{1,2})")


def plain_words(text: str) -> str:
    """Return a text in lower case, without accents, and everything but letters and digits taken for one blank.

    Examples
    --------
    >>> plain_words("  N/A "), plain_words("Tout à fait d’accord"), plain_words("5 – stimme völlig zu!")
    ('n a', 'tout a fait d accord', '5 stimme vollig zu')
    """
    bare = (sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", "".join(bare)).strip()


def _by_words(labels: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    return {plain_words(label): point for point, spellings in labels.items() for label in spellings}


PLAIN: Final = _by_words(_PLAIN)
SOFT: Final = _by_words(_SOFT)
LABELS: Final = {**PLAIN, **SOFT}
NO_ANSWER: Final = frozenset(map(plain_words, _NO_ANSWER))


class Answers(NamedTuple):
    """Answers after reading.

    Attributes
    ----------
    points : pandas.Series
        1 to 5, ``float64``; missing where blank, not applicable, or not understood.
    unknown : numpy.ndarray of bool
        Cells that hold something nobody knows.
    beyond : numpy.ndarray of bool
        Cells with a point the scale does not have.
    is_mixed : bool
        Whether plain and softened words stand side by side (agree, somewhat agree), as only longer scales have them. None
        of these is read then.
    """

    points: pd.Series
    unknown: Mask
    beyond: Mask
    is_mixed: bool


def read_answers(texts: pd.Series, own: Mapping[str, float], points: int = POINTS, *, has_codes: bool = False) -> Answers:
    """Read the answers to all items of one export.

    Parameters
    ----------
    texts : pandas.Series of str
        As the file holds them, stripped.
    own : mapping of str to float
        Answer as written to its point on the scale, as the consultant says; goes before everything known here.
    points : int
        How many points the scale has. The result is on 1 to 5 whatever they are: 1 + 4·(point − 1)/(points − 1).
    has_codes : bool
        Whether A1, AO02 … are the points in order.

    Examples
    --------
    >>> seen = pd.Series(["5 - Strongly agree", "stimme zu", "2", "n/a", "well"], dtype="str")
    >>> answers = read_answers(seen, {})
    >>> answers.points.tolist(), answers.unknown.tolist()
    ([5.0, 4.0, 2.0, nan, nan], [False, False, False, False, True])
    >>> read_answers(pd.Series(["1", "2", "6"], dtype="str"), {}, 6).points.tolist()
    [1.0, 1.8, 5.0]
    """
    codes, distinct = distinct_cells(texts)
    mine = {**{plain_words(word): point for word, point in own.items()}, **own}
    is_mixed = points == POINTS and _is_mixed([text for text in distinct if _own(text, mine) is None])
    known = _known(points, is_mixed=is_mixed)
    read = [_point(text, mine, known, points if has_codes else 0) for text in distinct]
    point = np.array([np.nan if found is None else found for found in read] + [np.nan])
    is_none = np.array([found is None for found in read] + [False])
    unknown = is_none | (point < 1) | (point > MOST_POINTS)
    beyond = (point > points) & ~unknown
    scaled = 1 + (POINTS - 1) * (np.where(unknown | beyond, np.nan, point) - 1) / (points - 1)
    read_points = pd.Series(scaled[codes], index=texts.index, dtype="float64")
    return Answers(read_points, unknown[codes], beyond[codes], is_mixed)


def _own(text: str, own: Mapping[str, float]) -> float | None:
    """Return the point the consultant gave an answer, as spelled or by its plain words."""
    return own.get(text, own.get(plain_words(text)))


def _is_mixed(texts: Sequence[str]) -> bool:
    """Return whether answers hold softened words and the plain ones for the same points."""
    words = {_split(text)[1] for text in texts}
    return any(word in SOFT for word in words) and any(PLAIN.get(word) in _SOFT for word in words)


def _known(points: int, *, is_mixed: bool) -> dict[str, int]:
    """Return the words that stand for a point, which they do on a scale of five only."""
    if points != POINTS:
        return {}
    return {word: point for word, point in LABELS.items() if not (is_mixed and point in _SOFT)}


def _split(text: str) -> tuple[int | None, str]:
    """Return the number before or after the words of an answer, and the words."""
    words = plain_words(text)
    found = NUMBERED.fullmatch(words)
    if not found:
        return None, words
    return int(found["first"] or found["last"]), found["label"] or found["words"]


def _point(text: str, own: Mapping[str, float], known: Mapping[str, int], last_code: int) -> float | None:
    """Return the point an answer stands for: NaN when it says that none applies, None when nobody knows.

    Words go before the number beside them: "1 - strongly agree" comes from a scale that was numbered backwards.
    """
    given = _own(text, own)
    if given is not None:
        return given
    if written := NUMBER.fullmatch(text):
        is_whole = not written["sign"] and not (written["rest"] or "").strip(".,0")
        return float(written["whole"]) if is_whole else None
    number, words = _split(text)
    if words in known:
        return known[words]
    if words in NO_ANSWER:
        return np.nan
    code = CODE.fullmatch(words)
    if code and int(code["point"]) <= last_code:
        return float(code["point"])
    return number
