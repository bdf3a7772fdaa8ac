"""The words a before–after comparison may use, and nothing stronger.

The verdict follows from the interval, the agreed worthwhile change and, for measures other than the primary one, the
adjusted p-value. It is decided here, before anyone writes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["improved", "worsened", "no detectable change", "too little data", "not measured"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the qualification that goes with it.

    Attributes
    ----------
    verdict : str
        One of the verdict words.
    qualification : str
        What the interval says about size, ready to follow the verdict; empty when there is nothing to add.
    """

    verdict: Verdict
    qualification: str = ""


def judge_effect(
    low: float,
    high: float,
    worthwhile: float,
    *,
    is_primary: bool,
    adjusted_p: float | None = None,
    enough: bool = True,
    upper_words: str = "",
) -> Judgement:
    """Return the verdict for an effect whose good direction is positive.

    Parameters
    ----------
    low, high : float
        Limits of the 95 % interval of the effect, in the unit of `worthwhile`.
    worthwhile : float
        Smallest change agreed as worthwhile at day 30, positive.
    is_primary : bool
        The primary measure is judged by its interval; every other one by its Holm-adjusted p-value.
    adjusted_p : float, optional
        Needed when not primary.
    enough : bool
        False when either period is below the minimum n.
    upper_words : str
        The upper limit in words, for the qualification.

    Returns
    -------
    Judgement

    Examples
    --------
    >>> judge_effect(0.05, 0.43, 0.10, is_primary=True)
    Judgement(verdict='improved', qualification='size uncertain')
    >>> judge_effect(-0.08, 0.06, 0.10, is_primary=True).qualification
    'any improvement is smaller than agreed as worthwhile'
    """
    if not enough or high - low > 4 * worthwhile:
        return Judgement("too little data")
    confirmed = is_primary or (adjusted_p is not None and adjusted_p < 0.05)
    if low > 0 and confirmed:
        return Judgement("improved", "by a worthwhile amount" if low >= worthwhile else "size uncertain")
    if high < 0 and confirmed:
        return Judgement("worsened")
    if high < worthwhile:
        return Judgement("no detectable change", "any improvement is smaller than agreed as worthwhile")
    if low > 0 or high < 0:
        return Judgement("no detectable change", "not confirmed once several measures are looked at together")
    return Judgement("no detectable change", f"compatible with none and with up to {upper_words or high}")
