"""One part of the new way of working: how far it ran before and after, and the word it earns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from gapkit.diagnosis.signs.thresholds import IN_PLACE, MISSING
from gapkit.labels import label_count, label_list
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.config import Settings

Verdict = Literal["in place", "partly in place", "missing", "too little data", "not measured"]
NAME: Final = "adoption_share"
# As for the levers of the diagnosis: their score stands between its 5 % and 95 % limits.
LEVEL: Final = 0.90
MARK: Final = IN_PLACE / 100
LOWEST: Final = MISSING / 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One series, place or input of a part.

    Attributes
    ----------
    name : str
        As the client calls it.
    before, after : Result
        Share kept in the baseline quarters and in the measure window, 90 % interval.
    mark : float
        Share that was agreed, or from which on it counts as in place.
    standing : str
        ``agreed`` or ``proposed``.
    """

    name: str
    before: Result
    after: Result
    mark: float
    standing: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        sides = {"before": self.before.to_dict(), "after": self.after.to_dict()}
        return {"name": self.name, **sides, "mark": self.mark, "standing": self.standing}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the new way of working.

    Attributes
    ----------
    id, name : str
        Its word, and what is counted in words.
    definition : str
        Numerator and denominator.
    tables : tuple of str
        Canonical tables it is read from.
    before, after : Result
        All of it in the baseline quarters and in the measure window, 90 % interval; of entries only those that count.
    mark : float
        Share from which on it is in place: as agreed, else 80 %.
    verdict : str
        ``in place``, ``partly in place``, ``missing``, ``too little data`` or ``not measured``.
    entries : tuple of Entry
        The same one by one, where there are several; those only proposed do not count where others were agreed.
    caveats : tuple of str
        What a reader must know, one sentence each.
    sentence : str
        The finding in words.
    """

    id: str
    name: str
    definition: str
    tables: tuple[str, ...]
    before: Result
    after: Result
    mark: float
    verdict: Verdict
    entries: tuple[Entry, ...] = ()
    caveats: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def is_measured(self) -> bool:
        """Whether there is a word for it."""
        return self.verdict not in ("too little data", "not measured")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `adoption` of `measure.json` holds it."""
        return {
            "id": self.id,
            "name": self.name,
            "definition": self.definition,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "mark": self.mark,
            "verdict": self.verdict,
            "entries": [one.to_dict() for one in self.entries],
            "caveats": list(self.caveats),
            "sentence": self.sentence,
        }


def share(kept: int, n: int, units: str, settings: Settings, *, period: str, missing: str) -> Result:
    """Return how often something was kept, with its Wilson interval.

    Parameters
    ----------
    kept, n : int
        Times it was kept, and times it could have been.
    units : str
        What is counted, in the singular.
    settings : Settings
        Supplies the least number for a share.
    period : str
        The window in words.
    missing : str
        What would switch it on, said where nothing was counted.

    Examples
    --------
    >>> from gapkit.config import Settings
    >>> found = share(12, 13, "review", Settings(), period="2026Q3", missing="")
    >>> round(found.value, 3), found.level, found.n
    (0.923, 0.9, 13)
    """
    if not n:
        return not_assessable(NAME, missing, period=period)
    if n < settings.min_n_rate:
        words = f"{label_count(n, units)}; {settings.min_n_rate} are needed for a share."
        return Result(NAME, level=LEVEL, n=n, events=kept, period=period, status="thin", grade="C", caveats=(words,))
    rate = wilson(kept, n, LEVEL)
    return Result(NAME, *rate, level=LEVEL, n=n, events=kept, period=period, method="Wilson interval", grade="B")


def counted(standings: Mapping[str, str]) -> tuple[str, ...]:
    """Return which entries of a part count: those agreed; where none is, all of them.

    Parameters
    ----------
    standings : mapping of str to str
        ``agreed`` or ``proposed``, by entry.

    Examples
    --------
    >>> counted({"weekly": "agreed", "monthly": "proposed"}), counted({"weekly": "proposed", "monthly": "proposed"})
    (('weekly',), ('weekly', 'monthly'))
    """
    agreed = tuple(name for name, standing in standings.items() if standing == "agreed")
    return agreed or tuple(standings)


def standing_word(standings: Mapping[str, str]) -> str:
    """Return what the entries that count are called; agreed ones where nothing stands yet."""
    return "proposed" if standings and "agreed" not in standings.values() else "agreed"


def left_out(standings: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the caveat that names the entries that were only proposed, where others were agreed.

    Parameters
    ----------
    standings : mapping of str to str
        ``agreed`` or ``proposed``, by entry.
    names : mapping of str to str
        The same in the reader's words.
    """
    others = [names[name] for name in standings if name not in counted(standings)]
    return (f"Proposed only, so listed and not counted: {label_list(others)}.",) if others else ()


def word_of(after: Result, mark: float) -> Verdict:
    """Return the word a share earns by the limits of its interval.

    Notes
    -----
    In place: the lower limit reaches the mark. Missing: the upper limit is below 50 %. Partly in place: anything between.

    Examples
    --------
    >>> limits = (0.81, 1), (0.7, 1), (0, 0.1)
    >>> [word_of(Result("x", 0.5, low, high, n=40), 0.8) for low, high in limits]
    ['in place', 'partly in place', 'missing']
    """
    if after.status == "not_assessable":
        return "not measured"
    if not after.is_ok or after.low is None or after.high is None:
        return "too little data"
    if after.low >= mark:
        return "in place"
    return "missing" if after.high < LOWEST else "partly in place"
