"""Words against data: a title may only say the numbers and the direction its exhibit's data hold.

Sentences are written from the same results as the charts. This check is the net below: it reads the finished words and
compares each number and each word of movement with what the exhibit states as its `facts` and `direction`.

What counts as a number-word: every run of digits, with its sign and its unit (``%``, ``pp``, days, weeks); a number inside
a name or date (``2026Q1``, ``P85``, ``90-day``, ``2026-03-01``) with the letters around it; and the spelled numbers zero,
and two to twelve ("one" is too often a pronoun). Any of them passes only when the facts hold it.

What counts as a word of movement: the tuples below. A title or verdict with a word like "rose" must state a direction; in a
reading, which may speak of other things too, words of movement are checked only against a direction that is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from gapkit.errors import RunError

# Movement of the quantity itself, and towards or away from what is wanted.
UP_WORDS: Final = (
    "rose", "rise", "rises", "risen", "rising", "increase", "increases", "increased", "increasing", "grew", "grow", "grows",
    "grown", "growing", "climbed", "doubled", "tripled", "lengthened",
)  # fmt: skip
DOWN_WORDS: Final = (
    "fell", "fall", "falls", "fallen", "falling", "decrease", "decreases", "decreased", "decreasing", "dropped", "drop",
    "drops", "declined", "decline", "declines", "shrank", "shrunk", "halved", "shortened",
)  # fmt: skip
BETTER_WORDS: Final = ("improved", "improve", "improves", "improving", "improvement")
WORSE_WORDS: Final = ("worsened", "worsen", "worsens", "worsening", "deteriorated")
# Comparisons: checked only in a title that states a direction, and not before a bound ("more than 40 %", "up to 5").
COMPARISONS: Final = {
    "up": ("up", "higher", "more", "longer"),
    "down": ("down", "lower", "fewer", "less", "shorter"),
    "better": ("better", "faster"),
    "worse": ("worse", "slower"),
}

_SPELLED: Final = ("zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS: Final = {
    "%": "%", "percent": "%", "per cent": "%", "pp": "pp", "percentage point": "pp", "percentage points": "pp",
    "day": "day", "days": "day", "week": "week", "weeks": "week",
}  # fmt: skip
_UNIT: Final = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER: Final = re.compile(
    r"(?P<date>(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d))"
    rf"|(?<!\w)(?P<sign>[+-])?(?P<digits>\d+(?:\.\d+)?)(?!\.?\d)(?:\s?(?P<unit>{_UNIT})(?!\w)|(?!-?[^\W\d_]))"
    # P85, 2026Q1, 90-day, 3rd
    r"|(?P<name>(?:[^\W\d]+\d|\d+(?:\.\d+)?-?[^\W\d_])[\w-]*)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_NEGATIONS: Final = frozenset({"not", "no", "never", "neither", "nor", "without", "cannot", "hardly"})


class Disagreement(NamedTuple):
    """A word of the report that its data do not bear out.

    Attributes
    ----------
    block : str
        Name of the exhibit, or "answer".
    text : str
        The sentence it stands in.
    word : str
        The number or the word of movement.
    why : str
        What the data say instead.
    """

    block: str
    text: str
    word: str
    why: str

    def __str__(self) -> str:
        """Return all of it on one line."""
        return f"{self.block}: “{self.word}” in “{self.text}”: {self.why}"


class _Number(NamedTuple):
    """A number-word, brought to one spelling."""

    shown: str
    name: str
    sign: str
    size: Decimal
    unit: str


def disagreements(blocks: Iterable[Mapping[str, Any]]) -> list[Disagreement]:
    """Return every number and direction in titles, readings and verdicts that differs from the data.

    Parameters
    ----------
    blocks : iterable of mapping
        Blocks as plain data (``block.to_dict()``, or a document's ``blocks``); kinds other than exhibit and answer say
        nothing that is checked.

    Returns
    -------
    list of Disagreement
        Empty when words and data agree.

    Examples
    --------
    >>> from gapkit.report.blocks import Exhibit
    >>> right = Exhibit("rate", "On-time delivery fell to 31 %", facts=("31 %",), direction=-1)
    >>> wrong = Exhibit("rate", "On-time delivery rose to 37 %", facts=("31 %",), direction=-1)
    >>> disagreements([right.to_dict()]), [found.word for found in disagreements([wrong.to_dict()])]
    ([], ['37 %', 'rose'])
    """
    found: list[Disagreement] = []
    for block in blocks:
        if block["kind"] == "exhibit":
            found += _check(block["name"], block["title"], block, block["facts"])
            found += _check(block["name"], block["reading"], block, block["facts"], is_title=False)
        elif block["kind"] == "answer":
            shown = [tile[field] for tile in block["tiles"] for field in ("value", "interval", "note")]
            found += _check("answer", block["verdict"], block, [*block["facts"], *shown])
            found += _check("answer", block["detail"], block, [*block["facts"], *shown], is_title=False)
    return found


def require_agreement(document: Mapping[str, Any]) -> None:
    """Refuse a document whose words differ from its data.

    Parameters
    ----------
    document : mapping
        From `gapkit.report.document.read_document`.

    Raises
    ------
    RunError
        With every disagreement at once.
    """
    found = disagreements(document["blocks"])
    if found:
        settings = document["settings"]
        message = "the words of the report differ from its data:\n" + "\n".join(f"  {one}" for one in found)
        raise RunError(settings["client"] or settings["title"], settings["phase"] or "report", message)


def _check(
    name: str, text: str, block: Mapping[str, Any], facts: Sequence[str], *, is_title: bool = True
) -> list[Disagreement]:
    for quoted in sorted(block["quoted"], key=len, reverse=True):
        text = text.replace(quoted, "…")
    known = [number for fact in facts for number in numbers_in(fact)]
    held = ", ".join(filter(None, facts)) or "none"
    wrong = [
        Disagreement(name, text, number.shown, f"facts: {held[:300]}{'…' if len(held) > 300 else ''}")
        for number in numbers_in(text)
        if not any(_same(number, fact) for fact in known)
    ]
    return wrong + [Disagreement(name, text, word, why) for word, why in _wrong_ways(text, block, is_title)]


def numbers_in(text: str) -> list[_Number]:
    """Return the number-words of a text, with minus signs, thousands separators and units brought to one spelling.

    Parameters
    ----------
    text : str
        A sentence or a fact.

    Examples
    --------
    >>> [(number.sign, str(number.size), number.unit) for number in numbers_in("−3 pp of 1,234, 38–61 %")]
    [('-', '3', 'pp'), ('', '1234', ''), ('', '38', ''), ('', '61', '%')]
    >>> [number.name for number in numbers_in("2026Q1, the P85 and the 90-day plan")]
    ['2026q1', 'p85', '90-day']
    """
    plain = re.sub(r"(?<=\d)[,\u202f\u2009'’](?=\d{3}(?!\d))", "", text.replace("\u00a0", " "))
    plain = re.sub(r"(?<=\d)\s*–\s*(?=\d)", " to ", plain).replace("−", "-")
    found = [(match.start(), _number(match)) for match in _NUMBER.finditer(plain)]
    for match in _WORD.finditer(plain):
        word = match[0].lower()
        if word in _SPELLED:
            found.append((match.start(), _Number(match[0], "", "", Decimal(_SPELLED.index(word)), "")))
    return [number for _, number in sorted(found, key=lambda item: item[0])]


def _number(match: re.Match[str]) -> _Number:
    if name := match["date"] or match["name"]:
        return _Number(name, name.lower(), "", Decimal(0), "")
    unit = _UNITS.get((match["unit"] or "").lower(), "")
    return _Number(match[0], "", match["sign"] or "", Decimal(match["digits"]), unit)


def _same(number: _Number, fact: _Number) -> bool:
    """Return whether a fact bears a number out.

    An unsigned number may stand for either sign ("fell by 3 pp"), a signed one not; two different units never match, while
    a missing one does ("38 to 61 %").
    """
    if number.name or fact.name:
        return number.name == fact.name
    is_same_sign = not number.sign or (number.sign == "-") == (fact.sign == "-")
    is_same_unit = not (number.unit and fact.unit) or number.unit == fact.unit
    return number.size == fact.size and is_same_sign and is_same_unit


def _wrong_ways(text: str, block: Mapping[str, Any], is_title: bool) -> Iterator[tuple[str, str]]:
    """Yield each word of movement that goes another way than the data, with the reason."""
    direction: int | None = block["direction"]
    for word, way, is_comparison, is_negated in _movements(text, 1 if block["better"] == "up" else -1):
        if is_comparison and not is_title:
            continue
        if direction is None:
            if is_title and not is_comparison:
                yield word, "no direction is stated for this figure"
        elif (way == direction) == is_negated:
            yield word, {-1: "the figure went down", 0: "the figure did not move", 1: "the figure went up"}[direction]


def _movements(text: str, good: int) -> Iterator[tuple[str, int, bool, bool]]:
    """Yield each word of movement as (word, up or down, whether a comparison, whether negated)."""
    signs = {"up": 1, "down": -1, "better": good, "worse": -good}
    changes = {"up": UP_WORDS, "down": DOWN_WORDS, "better": BETTER_WORDS, "worse": WORSE_WORDS}
    ways = {word: signs[way] for way, words in changes.items() for word in words}
    comparisons = {word: signs[way] for way, words in COMPARISONS.items() for word in words}
    words = re.findall(r"[^\W\d_]+|\S", text.lower())
    for i, word in enumerate(words):
        is_negated = not _NEGATIONS.isdisjoint(words[max(0, i - 4) : i])
        if word in ways:
            yield word, ways[word], False, is_negated
        elif word in comparisons and words[i + 1 : i + 2] not in (["than"], ["to"]):
            yield word, comparisons[word], True, is_negated
