"""What a client's word for a status or a sort of work probably means.

A guess is a proposal: it is written into engagement.yml for the consultant to confirm and never used unconfirmed. Where it
is in doubt it says which question settles it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from gapkit.intake.proposing.wordlists import MILD, NEGATIONS, PERIODS, SENSES, TYPES, Sense
from gapkit.intake.reading.calendarwords import months

# What a tracker's reader puts behind the name of a list that was archived.
ARCHIVED: Final = re.compile(r"\s*\(archived\)\s*$", re.IGNORECASE)
# Letters that do not fall apart into a plain one and an accent.
PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "'": "", "’": ""})
# German and Dutch write words together; a shorter ending would turn up by chance.
SHORTEST_ENDING: Final = 6

Tokens = tuple[str, ...]


class Guess(NamedTuple):
    """The probable meaning of a status.

    Attributes
    ----------
    status, kind, stage : str
        As `statuses:` of engagement.yml wants them, `kind` and `stage` empty before work begins and after it ends; all
        empty when nothing is known of the word.
    why : str
        The word it was told by, or, when in doubt, the question to ask.
    is_sure : bool
        Whether the word leaves no doubt.
    """

    status: str
    kind: str
    stage: str
    why: str
    is_sure: bool


class TypeGuess(NamedTuple):
    """The probable sort of work: a word of the vocabulary, the reason or the question, and whether it leaves no doubt."""

    type: str
    why: str
    is_sure: bool


class Hit(NamedTuple):
    """A known phrase found in a word, and what it stands for."""

    phrase: str
    sense: str


def guess_status(word: str) -> Guess:
    """Return what a status probably means.

    Parameters
    ----------
    word : str
        As seen in the tracker.

    Examples
    --------
    >>> guess_status("Zur Freigabe")
    Guess(status='in_progress', kind='approval', stage='Zur Freigabe', why='"zur freigabe": approval', is_sure=True)
    >>> guess_status("✔ Done: week 36").status, guess_status("TODO (archived)").why
    ('delivered', 'archived unfinished: given up, or only tidied away?')
    >>> guess_status("Marzipan")
    Guess(status='', kind='', stage='', why='what does it mean?', is_sure=False)
    """
    if ARCHIVED.search(word):
        return _archived(guess_status(ARCHIVED.sub("", word)))
    hits, left = _find(tokens_of(word), _status_index())
    hits = hits or _compounds(left)
    if not hits or NEGATIONS & set(left):
        return Guess("", "", "", "what does it mean?", is_sure=False)
    names = {hit.sense for hit in hits}
    sense = next(each for each in SENSES if each.name in names)
    doubt = _doubt(sense, names, left)
    told_by = next(hit.phrase for hit in hits if hit.sense == sense.name)
    return Guess(
        sense.status, sense.kind, word.strip() if sense.kind else "", doubt or f'"{told_by}": {sense.name}', not doubt
    )


def guess_type(word: str) -> TypeGuess:
    """Return which sort of work a type probably is.

    Examples
    --------
    >>> guess_type("Newsletters")
    TypeGuess(type='email', why='"newsletters": email', is_sure=True)
    >>> guess_type("Epic")
    TypeGuess(type='other', why='which sort of work is it?', is_sure=False)
    """
    hits, _ = _find(tokens_of(word), _type_index())
    names = {hit.sense for hit in hits}
    if not names:
        return TypeGuess("other", "which sort of work is it?", is_sure=False)
    found = next(name for name in TYPES if name in names)
    others = sorted(names - {found, "campaign"})
    if others:
        return TypeGuess(found, f"{found}, or {' or '.join(others)}?", is_sure=False)
    return TypeGuess(found, f'"{next(hit.phrase for hit in hits if hit.sense == found)}": {found}', is_sure=True)


def _archived(before: Guess) -> Guess:
    """Return what an archived list holds: lists of finished work are archived too, work in any other was left."""
    if before.status in ("delivered", "cancelled", "merged"):
        return before
    return Guess("cancelled", "", "", "archived unfinished: given up, or only tidied away?", is_sure=False)


def _doubt(sense: Sense, names: set[str], left: Sequence[str]) -> str:
    """Return what must be asked before a sense is taken; nothing when the word leaves no doubt."""
    if sense.doubt:
        return sense.doubt
    others = sorted(names - {sense.name} - (MILD if sense.kind not in ("", "work") else set()))
    if others:
        return f"{sense.name}, or {' or '.join(others)}?"
    beside = [token for token in left if not _is_period(token)]
    if sense.name == "done" and beside:
        return f"the whole program, or only {' '.join(beside)}?"
    if sense.name == "to do" and beside:
        return "has work really not begun?"
    return ""


def _is_period(token: str) -> bool:
    return token in PERIODS or token in months() or re.fullmatch(r"(kw|cw|w|q|fy|s)?\d+", token) is not None


def tokens_of(text: str) -> Tokens:
    """Return the words of a text, without accents, case and signs.

    Examples
    --------
    >>> tokens_of("✔ Won't-do (Réalisé)")
    ('wont', 'do', 'realise')
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", plain))


def _index(words: Mapping[str, str]) -> dict[Tokens, str]:
    return {
        tokens_of(phrase): name
        for name, phrases in words.items()
        for phrase in re.split("[,\n]", phrases)
        if phrase.strip()
    }


@cache
def _status_index() -> dict[Tokens, str]:
    return _index({sense.name: sense.words for sense in SENSES})


@cache
def _type_index() -> dict[Tokens, str]:
    return _index(TYPES)


def _find(tokens: Tokens, index: Mapping[Tokens, str]) -> tuple[list[Hit], list[str]]:
    """Return the known phrases in a text, longer ones first at each place, and the tokens in none of them."""
    hits: list[Hit] = []
    left: list[str] = []
    longest = max(map(len, index))
    place = 0
    while place < len(tokens):
        spans = (tokens[place : place + size] for size in range(min(longest, len(tokens) - place), 0, -1))
        span, sense = next(((span, index[form]) for span in spans for form in _forms(span) if form in index), ((), ""))
        if span:
            hits.append(Hit(" ".join(span), sense))
        else:
            left.append(tokens[place])
        place += len(span) or 1
    return hits, left


def _forms(span: Tokens) -> tuple[Tokens, ...]:
    """Return a phrase as it stands, and without a plural s at its end."""
    return (span, (*span[:-1], span[-1][:-1])) if span[-1].endswith("s") else (span,)


def _compounds(tokens: Sequence[str]) -> list[Hit]:
    """Return the words for approval, rework and work outside that a longer one ends with: "Kundenfreigabe".

    Not those for done: "unpublished" ends with one.
    """
    known = {sense.name for sense in SENSES if sense.kind in ("approval", "rework", "external")}
    endings = {form[0]: name for form, name in _status_index().items() if len(form) == 1 and name in known}
    return [
        Hit(ending, name)
        for token in tokens
        for ending, name in endings.items()
        if len(ending) >= SHORTEST_ENDING and token.endswith(ending) and token != ending
    ]
