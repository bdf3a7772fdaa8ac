"""The one shape in which a figure leaves the package.

Charts, sentences and JSON read only these objects, so a number cannot appear without its n and its interval.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Status = Literal["ok", "thin", "not_assessable"]
Grade = Literal["A", "B", "C", ""]
Unit = Literal["share", "days", "per_week", "points", "count", "money", "ratio", "pp"]


@dataclass(frozen=True, slots=True)
class Result:
    """One figure with everything needed to judge it.

    Attributes
    ----------
    name : str
        Name of the figure, one word in code, report and JSON (``execution_rate``).
    value : float or None
        Point estimate in the unit's base form (shares in 0..1, durations in days). None unless `status` is ``"ok"``,
        or when the quantity was not reached (a median beyond follow-up).
    low, high : float or None
        Limits of the interval; None when a limit does not exist (``not reached``) or status is not ``"ok"``.
    level : float
        Confidence level of the interval, 0.95 unless said otherwise.
    n : int
        Units counted (the denominator). Always given, also for thin results.
    events : int or None
        Units with the event (the numerator, or deliveries); None where there is no such count.
    unit : str
        ``share``, ``days``, ``per_week``, ``points``, ``count``, ``money``, ``ratio`` or ``pp``.
    period : str
        What time it speaks of, e.g. ``"2026Q1"`` or ``"2025Q4 and 2026Q1"``.
    method : str
        How value and interval were computed, short enough for a foot line.
    status : str
        ``"ok"``: the figure may be shown. ``"thin"``: measured, but below the minimum n; only the counts are shown.
        ``"not_assessable"``: not measured, the first caveat says what is missing.
    grade : str
        Evidence grade A, B or C; empty where grading does not apply.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    n: int = 0
    events: int | None = None
    unit: Unit = "share"
    period: str = ""
    method: str = ""
    status: Status = "ok"
    grade: Grade = ""
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Turn NaN and infinity into None, so that JSON holds null and no sentence prints 'nan'."""
        for field in ("value", "low", "high"):
            number = getattr(self, field)
            if number is not None:
                object.__setattr__(self, field, float(number) if math.isfinite(number) else None)
        object.__setattr__(self, "n", int(self.n))
        if self.events is not None:
            object.__setattr__(self, "events", int(self.events))

    @property
    def is_ok(self) -> bool:
        """Whether the figure may be shown as a number."""
        return self.status == "ok"

    def with_caveats(self, *caveats: str) -> Result:
        """Return a copy with further caveats (duplicates and empty ones left out)."""
        fresh = tuple(c for c in dict.fromkeys(caveats) if c and c not in self.caveats)
        return replace(self, caveats=self.caveats + fresh)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `<phase>.json` holds it (without the name, which is the key there).

        Examples
        --------
        >>> Result("execution_rate", 0.5, 0.4, float("inf"), n=40, events=20).to_dict()["high"] is None
        True
        """
        data = asdict(self)
        del data["name"]
        data["caveats"] = list(self.caveats)
        return data


def not_assessable(name: str, why: str, *, unit: Unit = "share", period: str = "", n: int = 0) -> Result:
    """Return the result for something that was not measured.

    Parameters
    ----------
    name, unit, period : str
        As in `Result`.
    why : str
        What is missing and what would switch the figure on; becomes the first caveat.
    n : int
        Units that would have been counted, if known.

    Examples
    --------
    >>> not_assessable("otif_rate", "No acceptance recorded.").status
    'not_assessable'
    """
    return Result(name, n=n, unit=unit, period=period, status="not_assessable", grade="", caveats=(why,))
