"""Spellings of one person, found for the consultant to confirm: nothing here changes any data.

A name is read as given names and family name whichever comes first, an address or an account by what such accounts are
usually made of. Where a short form fits two people nothing is proposed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from gapkit.intake.people.no_person import looks_like_no_person

_BRACKETS: Final = re.compile(r"\s*[\[(]([^\])]*)[\])]\s*")
_NAMED_ADDRESS: Final = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>\s]+@[^<>\s]+)>")
# Letters that no accent is taken off, and the two ways of writing an umlaut.
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_UMLAUTS: Final = re.compile("([aou])e")


class Spelling(NamedTuple):
    """One spelling of a proposal.

    Attributes
    ----------
    name : str
        As seen.
    n : int
        How often it was seen.
    reason : str
        Why it is taken for the same person.
    is_weak : bool
        Whether a short form only: it fits this person and no other one seen.
    """

    name: str
    n: int
    reason: str
    is_weak: bool = False


class Proposal(NamedTuple):
    """Spellings that are likely one person.

    Attributes
    ----------
    name : str
        The spelling to keep: the most frequent full name.
    n : int
        How often it was seen.
    others : tuple of Spelling
        The other spellings, the most frequent first.
    """

    name: str
    n: int
    others: tuple[Spelling, ...]


class _Read(NamedTuple):
    """A spelling taken apart: its words in the order given name first, folded."""

    seen: str
    n: int
    words: tuple[str, ...]
    is_account: bool
    is_reversed: bool
    address: str
    addition: str

    @property
    def is_full(self) -> bool:
        """Whether it has a given name written out and a family name."""
        return len(self.words) > 1 and all(len(word) > 1 for word in (self.words[0], self.words[-1]))


def named_address(text: str) -> tuple[str, str]:
    """Return name and address of "Anna Müller <a.mueller@acme.com>"; of any other text the text and nothing.

    Examples
    --------
    >>> named_address("Anna Müller <a.mueller@acme.com>"), named_address(" Anna ")
    (('Anna Müller', 'a.mueller@acme.com'), ('Anna', ''))
    """
    found = _NAMED_ADDRESS.fullmatch(text.strip())
    return (found["name"].strip(" \"'"), found["address"]) if found else (text.strip(), "")


def propose_same(names: Mapping[str, int]) -> tuple[Proposal, ...]:
    """Return the spellings that are likely one person.

    Parameters
    ----------
    names : mapping of str to int
        Owner as seen to the number of times; one owner each, no lists.

    Returns
    -------
    tuple of Proposal
        In order of the name to keep. Teams, committees, firms and words such as TBD are left out.

    Notes
    -----
    Equal but for case, accents (Mueller is Müller), blanks and hyphens; "Müller, Anna"; an address or account made of given
    and family name in full: these are strong. Weak, and proposed only where it fits one person seen: an initial with the
    family name, the given or the family name alone, family name first. Two given names that begin with different letters
    are never one person, nor are two people the tracker tells apart by an addition in brackets.

    Examples
    --------
    >>> seen = {"Anna Müller": 9, "Mueller, Anna": 2, "amueller": 1, "anna.mueller@acme.com": 3, "Bob Ross": 4}
    >>> [(each.name, [other.name for other in each.others]) for each in propose_same(seen)]
    [('Anna Müller', ['anna.mueller@acme.com', 'Mueller, Anna', 'amueller'])]
    """
    groups = _grouped(read for read in _read_all(names) if read.words and not _is_no_person(read.seen))
    people: list[list[_Read]] = []
    index = _Index()
    reasons: dict[str, tuple[str, bool]] = {}
    for group in sorted(groups, key=_rank):  # names in full first: accounts are fitted to them, then short forms to both
        fit = index.fit(group)
        if _rank(group) == 0 or fit is None:
            index.add(group, len(people))
            people.append(list(group))
        else:
            people[fit.place] += group
            reasons |= {read.seen: (fit.reason, fit.is_weak) for read in group}
    proposals = (_proposal(group, reasons) for group in people if len(group) > 1)
    return tuple(sorted(proposals, key=lambda proposal: (proposal.name.casefold(), proposal.name)))


def _is_no_person(name: str) -> bool:
    """Return whether a name stands for no person; of one who has left, marked in brackets, the name is one."""
    return looks_like_no_person(_BRACKETS.sub(" ", name) if _has_left(name) else name, ()) != ""


def _has_left(name: str) -> bool:
    return looks_like_no_person(name, ()) == "left"


def _rank(group: Sequence[_Read]) -> int:
    """Return 0 for people with a name in full, 1 for accounts made of one, 2 for short forms."""
    return 0 if any(read.is_full and not read.is_account for read in group) else 1 if group[0].is_full else 2


def _read_all(names: Mapping[str, int]) -> list[_Read]:
    """Return every spelling taken apart; "Name <address>" counts as its name, which it becomes without being asked."""
    counts: dict[str, int] = {}
    addresses: dict[str, set[str]] = {}
    for seen in sorted(names):
        name, address = named_address(seen)
        name = name or address
        counts[name] = counts.get(name, 0) + names[seen]
        addresses.setdefault(name, set()).update({address.casefold()} - {""})
    return [_read(name, n, min(addresses[name], default="")) for name, n in counts.items() if name]


def _read(seen: str, n: int, address: str) -> _Read:
    additions = (part for part in _BRACKETS.findall(seen) if not _has_left(f"somebody ({part})"))
    addition = " ".join(word for part in additions for word in _words_of(part))
    text = _BRACKETS.sub(" ", seen).strip()
    if re.fullmatch(r"\S+@\S+\.\S+", text):
        return _Read(seen, n, _words_of(re.split("[@+]", text)[0]), True, False, text.casefold(), addition)
    if re.search(r"\s", text) is None:  # an account, perhaps behind its domain: ACME\\amueller
        return _Read(seen, n, _words_of(text.split("\\")[-1]), True, False, address, addition)
    last, comma, first = text.partition(",")
    is_reversed = bool(comma) and bool(first.strip()) and "," not in first
    return _Read(seen, n, _words_of(f"{first} {last}" if is_reversed else text), False, is_reversed, address, addition)


def _words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents, apostrophes and hyphens."""
    letters = unicodedata.normalize("NFKD", re.sub("['’`´]", "", text.casefold()).translate(_LETTERS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(_UMLAUTS.sub(r"\1", word) for word in re.split(r"[\W_]+", plain) if word)


def _grouped(reads: Iterable[_Read]) -> list[list[_Read]]:
    """Return spellings of equal words together, in a fixed order; not where an addition or a firm tells them apart."""
    groups: dict[tuple[str, ...], list[_Read]] = {}
    for read in reads:
        groups.setdefault(read.words, []).append(read)
    together = []
    for _, group in sorted(groups.items()):
        additions = {read.addition for read in group} - {""}
        firms = {read.address.partition("@")[2] for read in group if not read.is_full} - {""}
        together += [group] if max(len(additions), len(firms)) < 2 else [[read] for read in group]
    return together


class _Fit(NamedTuple):
    """The one person a short form fits."""

    place: int
    reason: str
    is_weak: bool


class _Index:
    """People by what their accounts and short forms look like."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], set[int]] = {}

    def add(self, person: Sequence[_Read], place: int) -> None:
        """Enter a person; one without a name in full is known by addresses only."""
        forms: set[tuple[str, ...]] = {("address", read.address) for read in person if read.address}
        forms |= _forms(person[0].words) if any(read.is_full for read in person) else set()
        for form in forms:
            self._places.setdefault(form, set()).add(place)

    def fit(self, group: Sequence[_Read]) -> _Fit | None:
        """Return the one person a group fits; the strongest kind of evidence there is must fit one only."""
        words, joined = group[0].words, "".join(group[0].words)
        is_account, kind = group[0].is_account, _kind(group[0])
        short = ("short", joined) if is_account else ("initial", *words)
        evidence: tuple[tuple[set[tuple[str, ...]], str, bool], ...] = (
            ({("address", read.address) for read in group if read.address}, "the same address", False),
            ({("full", joined)} if is_account else set(), kind, False),
            ({short}, f"{kind} that fits nobody else", True),
        )
        for forms, reason, is_weak in evidence:
            places = set().union(*(self._places.get(form, set()) for form in forms))
            if places:
                return _Fit(min(places), reason, is_weak) if len(places) == 1 else None
        return None


def _forms(name: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return what stands for a full name: accounts made of all of it, accounts made of parts, an initial with the rest."""
    given, family, families = name[0], name[-1], "".join(name[1:])
    initials = {given[0] + family, given[0] + families, family + given[0], families + given[0], given + family[0]}
    short = {given, family, family + given, families + given} | initials
    full = {given + family, given + families}
    return {("full", each) for each in full} | {("short", each) for each in short} | {("initial", given[0], *name[1:])}


def _kind(read: _Read) -> str:
    if "@" in read.seen:
        return "an address"
    is_word = len(read.words) == 1 and read.seen[0].isupper() and "\\" not in read.seen
    return "an account" if read.is_account and not is_word else "a short form"


def _proposal(group: list[_Read], reasons: Mapping[str, tuple[str, bool]]) -> Proposal:
    def order(read: _Read) -> tuple[bool, bool, bool, int, str]:
        return not read.is_full or read.is_account, read.is_reversed, _is_added_to(read), -read.n, read.seen

    kept = min(group, key=order)
    others = [
        Spelling(read.seen, read.n, *reasons.get(read.seen, (_difference(read, kept), False)))
        for read in group
        if read is not kept
    ]
    return Proposal(kept.seen, kept.n, tuple(sorted(others, key=lambda other: (-other.n, other.name))))


def _difference(read: _Read, kept: _Read) -> str:
    """Say how a spelling of the same words differs from the one that is kept."""
    if read.is_account and not kept.is_account:
        return _kind(read)
    if read.is_reversed != kept.is_reversed:
        return "family name first"
    if _is_added_to(read) != _is_added_to(kept):
        return "an addition in brackets"
    return "only case, accents, blanks or punctuation differ"


def _is_added_to(read: _Read) -> bool:
    return _BRACKETS.search(read.seen) is not None
