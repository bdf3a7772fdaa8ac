"""What else could explain a change: the shape in which every other explanation leaves this room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from gapkit.labels import label_list, label_number

if TYPE_CHECKING:
    from gapkit.results import Result

Standing = Literal["ruled out", "does not explain it", "may explain it", "cannot be told"]
RULED_OUT: Final = "ruled out"
DOES_NOT: Final = "does not explain it"
MAY: Final = "may explain it"
UNKNOWN: Final = "cannot be told"
STANDINGS: Final = (MAY, UNKNOWN, DOES_NOT, RULED_OUT)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One other explanation of the change of the primary measure.

    Attributes
    ----------
    id : str
        Short name, the same in every edition.
    name : str
        The explanation in the reader's words.
    standing : str
        ``ruled out``: the comparison is made so that it cannot be. ``does not explain it``: looked at, and the finding
        stays as it is. ``may explain it``: looked at, and the finding does not stay. ``cannot be told``: not enough data.
    result : Result or None
        The figure it rests on; where it is a change of the primary measure, its unit is that of the primary difference.
    sentence : str
        What was found, with its number; where nothing can be told, why, and what would switch it on.
    guards : bool
        Whether a verdict of change falls where this may explain it.
    caveats : tuple of str
        What a reader must know besides.
    """

    id: str
    name: str
    standing: Standing
    result: Result | None
    sentence: str
    guards: bool = False
    caveats: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {
            "id": self.id,
            "name": self.name,
            "standing": self.standing,
            "result": None if self.result is None else {"name": self.result.name, **self.result.to_dict()},
            "sentence": self.sentence,
            "guards": self.guards,
            "caveats": list(self.caveats),
        }


@dataclass(frozen=True, slots=True)
class Explanations:
    """Every other explanation that was considered, in a fixed order; what happened besides comes last.

    Attributes
    ----------
    considered : tuple of Explanation
        All of them, whatever their standing.
    """

    considered: tuple[Explanation, ...]

    def of(self, name: str) -> Explanation:
        """Return the explanation of an id."""
        return {item.id: item for item in self.considered}[name]

    def standing(self, word: str) -> tuple[Explanation, ...]:
        """Return the explanations of one standing."""
        return tuple(item for item in self.considered if item.standing == word)

    @property
    def sentence(self) -> str:
        """How many explanations have which standing, and which may explain it.

        Examples
        --------
        >>> mix = Explanation("case_mix", "Another mix of work", "may explain it", None, "")
        >>> Explanations((mix,)).sentence
        'Of 1 other explanation looked at, 1 may explain it (another mix of work).'
        """
        counts = Counter(item.standing for item in self.considered)
        parts = [f"{label_number(counts[word])} {_plural(word, counts[word])}" for word in STANDINGS if counts[word]]
        if counts[MAY]:
            parts[0] += f" ({label_list([lower_first(item.name) for item in self.standing(MAY)])})"
        total = len(self.considered)
        return f"Of {label_number(total)} other explanation{'s' if total != 1 else ''} looked at, {label_list(parts)}."

    @property
    def caveats(self) -> tuple[str, ...]:
        """The sentences of what is not excluded, and every caveat."""
        still = [item.sentence for item in self.considered if item.standing in (MAY, UNKNOWN)]
        return tuple(dict.fromkeys([*still, *(text for item in self.considered for text in item.caveats)]))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {"sentence": self.sentence, "considered": [item.to_dict() for item in self.considered]}


def lower_first(name: str) -> str:
    """Return a name as it stands inside a sentence.

    Examples
    --------
    >>> lower_first("A rise before the window")
    'a rise before the window'
    """
    return f"{name[:1].lower()}{name[1:]}"


def _plural(word: str, count: int) -> str:
    """Return a standing as the end of a sentence about several explanations."""
    return {RULED_OUT: "is ruled out", DOES_NOT: "does not explain it"}.get(word, word) if count == 1 else {
        RULED_OUT: "are ruled out", DOES_NOT: "do not explain it"}.get(word, word)  # fmt: skip
