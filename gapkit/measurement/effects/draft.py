"""A measure compared, before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gapkit.results import Result, Status, Unit

if TYPE_CHECKING:
    from gapkit.measurement.verdict import Better


NOT_COMPARED: Final = "Not compared: the other side has too little data."


@dataclass(frozen=True, slots=True)
class Draft:
    """What a family of measures hands over: figures, and nothing about whether they are good.

    Attributes
    ----------
    measure, before, after, difference, better, worthwhile, p_value
        As in `effect.Effect`.
    needed : str
        What would be needed to tell, in words; kept only where the verdict leaves it open.
    """

    measure: str
    before: Result
    after: Result
    difference: Result
    p_value: float | None = None
    better: Better = 1
    worthwhile: float | None = None
    needed: str = ""


def no_difference(before: Result, after: Result, unit: Unit, *caveats: str) -> Result:
    """Return the difference that cannot be formed, with the reasons of both sides.

    Parameters
    ----------
    before, after : Result
        At least one of them not ``ok``, or else `caveats` say why they cannot be compared.
    unit : str
        Unit the difference would have.
    *caveats : str
        Further reasons.

    Returns
    -------
    Result
        ``not_assessable`` when a side is, else ``thin``.

    Examples
    --------
    >>> from gapkit.results import not_assessable
    >>> none = not_assessable("otif_rate", "No acceptance recorded.")
    >>> no_difference(none, Result("otif_rate", 0.5, n=20, events=10), "pp").status
    'not_assessable'
    """
    status: Status = "not_assessable" if "not_assessable" in (before.status, after.status) else "thin"
    telling = [caveat for side in (after, before) if not side.is_ok for caveat in side.caveats]
    said = tuple(dict.fromkeys((*telling, *caveats)))
    return Result(f"{after.name}_difference", n=after.n, unit=unit, period=after.period, status=status, caveats=said)
