"""A claim about execution, tested on the client's own data: its shape, and the only words a verdict may use."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from gapkit.plain import plain
from gapkit.results import Result, Unit

Verdict = Literal["supported on your data", "contradicted", "not shown", "too little data", "not assessable"]
Family = Literal["Holm", "Benjamini–Hochberg"]

SUPPORTED: Final = "supported on your data"
CONTRADICTED: Final = "contradicted"
NOT_SHOWN: Final = "not shown"
TOO_LITTLE: Final = "too little data"
NOT_ASSESSABLE: Final = "not assessable"
# Why nothing can go with an outcome that does not vary: an interval read off such data would have no width.
ENDED_ALIKE: Final = "All these programs ended alike, so nothing can go with how they ended."
# Chance of a false "supported" that is accepted, within each family of claims.
ERROR_RATE: Final = 0.05


class About(NamedTuple):
    """What a claim says and how it is tested, before any data are seen.

    Attributes
    ----------
    id : str
        As in docs/method.md, "Claims": ``"C1"``.
    name : str
        The claim in a few words, as a leader would say it.
    statement : str
        The claim as a clause that can follow "whether"; ``{outcome}`` stands for what counts as success.
    method : str
        Effect, interval and test, for a foot line.
    direction : int
        Side of no effect on which the claim places the effect: 1 above, −1 below.
    family : str
        Claims of one family are corrected together.
    no_effect : float
        Value of the effect if the claim is not true: 0 for differences, 1 for ratios.
    per : str
        What follows the value of the effect in words: "per further owner", "in 100 pairs"; empty for plain differences.
    unit : str
        Unit of the effect: ``pp`` for differences of rates, ``ratio`` for ratios and for rank correlations, ``share``.
    """

    id: str
    name: str
    statement: str
    method: str
    direction: Literal[1, -1]
    family: Family = "Benjamini–Hochberg"
    no_effect: float = 0.0
    per: str = ""
    unit: Unit = "pp"

    @property
    def needs_outcome(self) -> bool:
        """Whether the claim speaks of success, so that it cannot be tested where deliveries are not recorded."""
        return "{outcome}" in self.statement


class Figure(NamedTuple):
    """One figure with the words that say what it is.

    Attributes
    ----------
    label : str
        Words for a table row.
    result : Result
        The figure.
    """

    label: str
    result: Result


@dataclass(frozen=True, slots=True)
class Trial:
    """One claim put to the data, before it is judged beside the others.

    Attributes
    ----------
    about : About
        The claim.
    outcome : str
        What counts as success, in words; empty where success is not what is measured.
    exposure : str
        How programs were divided, and when that was read.
    groups : tuple of Figure
        What was found in each group, in order.
    effect : Result
        What the verdict rests on; status ``thin`` below the minimum n, ``not_assessable`` where something is missing: its
        first caveat says so.
    p_value : float or None
        Two-sided unless the method says otherwise; None without effect.
    facts : str
        The counts as a clause, to begin the sentence; empty without effect.
    adjusted : tuple of Figure
        The same association with other things held equal.
    sensitivity : Result or None
        The effect without programs cancelled by decision before their planned start; None where there were none, or where
        cancellations play no part.
    secondary : tuple of Figure
        Other outcomes, not judged.
    is_exploratory : bool
        Whether the exposure is known only as of today, so that it may be a consequence.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    about: About
    outcome: str
    exposure: str
    groups: tuple[Figure, ...]
    effect: Result
    p_value: float | None = None
    facts: str = ""
    adjusted: tuple[Figure, ...] = ()
    sensitivity: Result | None = None
    secondary: tuple[Figure, ...] = ()
    is_exploratory: bool = False
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, judged.

    Attributes
    ----------
    id, name : str
        As in docs/method.md, "Claims", and in the words of a leader.
    statement : str
        What was tested, as a clause that can follow "whether".
    method : str
        Effect, interval, test and correction.
    outcome, exposure : str
        What counts as success (empty where something else is measured), and how programs were divided.
    groups : tuple of Figure
        What was found in each group.
    effect : Result
        What the verdict rests on.
    claimed_direction : int
        1 if the claim places the effect above no effect, −1 if below.
    no_effect : float
        Value of the effect that means none: 0 for differences, 1 for ratios, 0.5 for "unlikely".
    per : str
        What follows the value of the effect in words.
    p_value, adjusted_p : float or None
        As tested, and corrected for the other claims of its family; None without effect.
    verdict : str
        One of the verdict words.
    facts : str
        The counts as a clause; empty without effect.
    sentence : str
        What was tested, both counts, interval and verdict, for a reader who knows no statistics.
    adjusted, sensitivity, secondary, is_exploratory, caveats
        As in `Trial`.
    """

    id: str
    name: str
    statement: str
    method: str
    outcome: str
    exposure: str
    groups: tuple[Figure, ...]
    effect: Result
    claimed_direction: int
    no_effect: float
    per: str
    p_value: float | None
    adjusted_p: float | None
    verdict: Verdict
    facts: str
    sentence: str
    adjusted: tuple[Figure, ...]
    sensitivity: Result | None
    secondary: tuple[Figure, ...]
    is_exploratory: bool
    caveats: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `claims` of `diagnose.json` holds it."""
        data: dict[str, Any] = plain(self)
        return data


def judge(effect: Result, about: About, adjusted_p: float | None) -> Verdict:
    """Return the verdict on a claim.

    Parameters
    ----------
    effect : Result
        Its interval.
    about : About
        Where the claim places the effect.
    adjusted_p : float or None
        Corrected p-value.

    Notes
    -----
    Supported: the interval lies on the claimed side of no effect, and the corrected p-value is below .05. Contradicted: it
    lies on the other side. Else not shown, which is no proof of the contrary.

    Examples
    --------
    >>> about = About("C1", "", "", "", -1)
    >>> judge(Result("x", -0.3, -0.46, -0.11, unit="pp"), about, 0.004)
    'supported on your data'
    >>> judge(Result("x", -0.3, -0.46, -0.01, unit="pp"), about, 0.08), judge(Result("x", 0.2, 0.1, 0.3), about, 0.01)
    ('not shown', 'contradicted')
    """
    if not effect.is_ok:
        return NOT_ASSESSABLE if effect.status == "not_assessable" else TOO_LITTLE
    low = -math.inf if effect.low is None else effect.low
    high = math.inf if effect.high is None else effect.high
    nearest, farthest = (low, high) if about.direction > 0 else (-high, -low)
    none = about.no_effect * about.direction
    if nearest > none and adjusted_p is not None and adjusted_p < ERROR_RATE:
        return SUPPORTED
    return CONTRADICTED if farthest < none else NOT_SHOWN
