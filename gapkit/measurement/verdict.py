"""The words a before–after comparison may use, and nothing stronger.

The verdict follows from the interval, the agreed worthwhile change and, for measures other than the primary one, the
adjusted p-value. It is decided here, before anyone writes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal[
    "improved", "worsened", "no detectable change", "too little data", "not measured", "monitoring", "not judged"
]
Better = Literal[1, -1]
# An interval this many worthwhile changes wide leaves open whether things went well or badly.
WIDEST: Final = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the qualification that goes with it.

    Attributes
    ----------
    verdict : str
        One of the verdict words; ``monitoring`` before the agreed window is over, ``not judged`` for a detail of a measure
        that is judged as a whole.
    qualification : str
        What the interval says about size, ready to follow the verdict; empty when there is nothing to add.
    """

    verdict: Verdict
    qualification: str = ""


def judge_effect(
    low: float,
    high: float,
    worthwhile: float | None,
    *,
    is_primary: bool,
    adjusted_p: float | None = None,
    enough: bool = True,
    upper_words: str = "",
    lower_words: str = "",
    better: Better = 1,
) -> Judgement:
    """Return the verdict for an effect.

    Parameters
    ----------
    low, high : float
        Limits of the 95 % interval of the effect, in the unit of `worthwhile`.
    worthwhile : float or None
        Smallest change agreed as worthwhile at day 30, positive; None where none was agreed: then nothing is said about it.
    is_primary : bool
        The primary measure is judged by its interval; every other one by its Holm-adjusted p-value as well.
    adjusted_p : float, optional
        Needed when not primary.
    enough : bool
        False when either period is below the minimum n.
    upper_words, lower_words : str
        The limits on the good and on the bad side in words, for the qualification.
    better : {1, -1}
        Which way is good: 1 where more is better, −1 where less is.

    Returns
    -------
    Judgement

    Examples
    --------
    >>> judge_effect(0.05, 0.43, 0.10, is_primary=True)
    Judgement(verdict='improved', qualification='size uncertain')
    >>> judge_effect(-0.08, 0.06, 0.10, is_primary=True).qualification
    'any improvement is smaller than agreed as worthwhile'
    >>> judge_effect(-0.2, 0.15, 0.10, is_primary=True, upper_words="+15 pp", lower_words="−20 pp").qualification
    'compatible with none and with up to +15 pp; a change for the worse of up to −20 pp is possible too'
    >>> judge_effect(-9.0, -2.0, None, is_primary=False, adjusted_p=0.01, better=-1)
    Judgement(verdict='improved', qualification='')
    """
    if better < 0:
        low, high = -high, -low
    if not enough or (worthwhile is not None and high - low > WIDEST * worthwhile):
        return Judgement("too little data")
    confirmed = is_primary or (adjusted_p is not None and adjusted_p < 0.05)
    if low > 0 and confirmed:
        return Judgement("improved", _size(low, worthwhile))
    if high < 0 and confirmed:
        return Judgement("worsened")
    if low > 0 or high < 0:
        return Judgement("no detectable change", "not confirmed once several measures are looked at together")
    # A loss as large as the gain that was agreed as worthwhile is no detail: it is said wherever it is possible.
    loss = worthwhile is not None and low <= -worthwhile
    also = f"; a change for the worse of up to {lower_words or low} is possible too" if loss else ""
    if worthwhile is not None and high < worthwhile:
        return Judgement("no detectable change", f"any improvement is smaller than agreed as worthwhile{also}")
    return Judgement("no detectable change", f"compatible with none and with up to {upper_words or high}{also}")


def _size(low: float, worthwhile: float | None) -> str:
    """Return what the limit nearer to none says about the size of an improvement."""
    if worthwhile is None:
        return ""
    return "by a worthwhile amount" if low >= worthwhile else "size uncertain"
