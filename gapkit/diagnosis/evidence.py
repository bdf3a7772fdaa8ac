"""What the diagnosis finds, and the evidence under it: the shapes every killer, fracture, cause, pitfall and lever shares.

A finding joins two kinds of evidence. *Behaviour* is what the tables show: indicators, each scored from 0 (at or below its
healthy anchor) to 100 (at or above its severe one). *Perception* is what people answered. Both are shown side by side and
joined as *activity*. Which of them a finding rests on is always said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from gapkit.plain import plain
from gapkit.results import Grade, Status, Unit
from gapkit.stats.intervals import Interval

Family = Literal["killer", "fracture", "cause", "pitfall", "lever"]

CLEARLY_ACTIVE: Final = "clearly active"
PROBABLY_ACTIVE: Final = "probably active"
POSSIBLE: Final = "possible"
NOT_SHOWN: Final = "not shown"
NOT_ASSESSABLE: Final = "not assessable"
# The words for a killer or fracture, the strongest first.
VERDICTS: Final = (CLEARLY_ACTIVE, PROBABLY_ACTIVE, POSSIBLE, NOT_SHOWN, NOT_ASSESSABLE)

BEHAVIOUR: Final = "behaviour"
PERCEPTION: Final = "perception"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured sign of a killer or fracture.

    Attributes
    ----------
    id : str
        As in docs/method.md, appendix A: ``"O1"``.
    name : str
        What is measured, in words that follow the value: "programs without one named owner at planned start".
    value : float or None
        Point estimate in the unit's base form; None unless `status` is ``"ok"``.
    low, high : float or None
        Limits of the 95 % bootstrap interval of `value`; None unless `status` is ``"ok"``, and for figures without
        sampling error.
    n : int
        Units counted, also when too few for a figure.
    unit : str
        Unit of `value`, as in `gapkit.results`.
    healthy, severe : float or None
        Anchors: the value that scores 0 and the value that scores 100. None where a rule of its own judges the value.
    score : float or None
        100·clip((value − healthy)/(severe − healthy), 0, 1); None without value or anchors.
    status : str
        ``"ok"``; ``"thin"``: measured on too few units, and left out of every score; ``"not_assessable"``: not measured,
        the first caveat says what would switch it on.
    source : tuple of str
        Canonical tables it is read from.
    definition : str
        Numerator and denominator.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    id: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: Unit
    healthy: float | None
    severe: float | None
    score: float | None
    status: Status
    source: tuple[str, ...]
    definition: str
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One killer, fracture, cause, pitfall or lever, judged.

    Attributes
    ----------
    id : str
        Word of the vocabulary: ``"unclear_ownership"``.
    family : str
        ``killer``, ``fracture``, ``cause``, ``pitfall`` or ``lever``.
    name : str
        Its plain name.
    verdict : str
        For killers and fractures one of `VERDICTS`; the other families have words of their own.
    activity, behaviour, perception : Interval or None
        Scores from 0 to 100 with their 5 % and 95 % limits; None where not assessable.
    p_rank1, p_top2 : float or None
        Probability of being the most active of its family, and of being among the two most active; None where nothing is
        ranked.
    rank : tuple of int or None
        Lowest and highest rank (1 is the most active) of the 90 % rank interval; None where nothing is ranked.
    sources : tuple of str
        What it rests on: ``"behaviour"``, ``"perception"``, both or neither.
    grade : str
        A, B or C; empty when not assessable.
    sentence : str
        The finding in words, with its n and interval.
    caveats : tuple of str
        What a reader must know, one sentence each.
    indicators : tuple of Indicator
        The indicators under it, assessable or not.
    p_active : float or None
        Killers and fractures: probability that the activity reaches the mark of probable activity; None where not
        assessable.
    difference : Interval or None
        Killers and fractures: behaviour minus perception in points, with its 5 % and 95 % limits; None unless both are
        known.
    n_answers : int
        Killers and fractures: respondents behind perception; 0 without.
    """

    id: str
    family: Family
    name: str
    verdict: str
    activity: Interval | None
    behaviour: Interval | None
    perception: Interval | None
    p_rank1: float | None
    p_top2: float | None
    rank: tuple[int, int] | None
    sources: tuple[str, ...]
    grade: Grade
    sentence: str
    caveats: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    p_active: float | None = None
    difference: Interval | None = None
    n_answers: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `findings` of `diagnose.json` holds it.

        Examples
        --------
        >>> finding = Finding("cadence", "fracture", "cadence", NOT_ASSESSABLE, None, None, None, None, None, None, (), "",
        ...                   "Not assessable.")
        >>> finding.to_dict()["activity"] is None
        True
        """
        data: dict[str, Any] = plain(self)
        return data


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What happened and what people say, apart by more than chance.

    Attributes
    ----------
    id : str
        Killer or fracture.
    difference : Interval
        Behaviour minus perception in points, with its 5 % and 95 % limits: above 0, records show more than people say.
    sentence : str
        The same in words.
    """

    id: str
    difference: Interval
    sentence: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The findings of one family, compared with each other.

    Attributes
    ----------
    findings : tuple of Finding
        The most active first, those not assessable last.
    tied_set : tuple of str
        Ids of those that may be the most active (rank interval includes 1); empty where nothing is ranked.
    before : tuple of (str, str, float)
        For each two: probability that the first is more active than the second; empty where nothing is ranked.
    sentence : str
        What may be said about the order: the most active, the two most active, or the tied set.
    disagreements : tuple of Disagreement
        Where behaviour and perception disagree; each is a finding of its own.
    guard : str
        Empty, or why perception does not tell one from another: discontent is general.
    behaviour_only : tuple of (str, Interval)
        Activity with behaviour alone by id, to be shown beside `findings` when discontent is general; else empty.
    caveats : tuple of str
        What holds for the family as a whole, one sentence each.
    """

    findings: tuple[Finding, ...]
    tied_set: tuple[str, ...]
    before: tuple[tuple[str, str, float], ...]
    sentence: str
    disagreements: tuple[Disagreement, ...]
    guard: str
    behaviour_only: tuple[tuple[str, Interval], ...]
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what stands beside `findings` in `diagnose.json`."""
        data: dict[str, Any] = plain(self)
        del data["findings"]
        return data
