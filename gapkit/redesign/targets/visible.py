"""Whether a promised change can be told from chance in the measure window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from gapkit.stats.differences import minimum_detectable_difference
from gapkit.stats.needed import deliveries_needed, programs_needed, time_needed

if TYPE_CHECKING:
    from gapkit.results import Result


class Visible(NamedTuple):
    """What it takes to see a change.

    Attributes
    ----------
    counts : {"programs", "deliveries", "decisions"}
        What is counted.
    n_before : int
        How many the baseline rests on.
    n_expected : int
        How many the measure window is expected to hold, at the pace of the baseline.
    n_needed : int or None
        How many it would take (80 % power, two-sided 5 %); None where no number would do.
    smallest_change : float or None
        Of a rate: the smallest change that could be seen with `n_expected`; None otherwise.
    is_enough : bool
        Whether as many are expected as are needed.
    """

    counts: str
    n_before: int
    n_expected: int
    n_needed: int | None
    smallest_change: float | None
    is_enough: bool


def visible(baseline: Result, change: float, length: float) -> Visible:
    """Return whether a change can be seen.

    Parameters
    ----------
    baseline : Result
        A rate, a velocity, or a median time, with a value.
    change : float
        As promised: a difference of shares, a relative change of velocity, a difference in days.
    length : float
        Length of the measure window in lengths of the baseline.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> found = visible(Result("execution_rate", 0.55, n=80, events=44), 0.25, length=0.5)
    >>> found.n_expected, found.n_needed, found.is_enough
    (40, 42, False)
    """
    if baseline.unit == "share":
        return _of_rate(baseline, change, length)
    deliveries = baseline.events if baseline.events is not None else baseline.n
    counts = "decisions" if baseline.name == "decision_latency_days" else "deliveries"
    expected, value = round(deliveries * length), baseline.value or 0.0
    if baseline.unit == "per_week":
        expected = max(0, round(expected * (1 + change)))
        longer = time_needed(deliveries, 1 + change) if deliveries else None
        needed = None if longer is None else math.ceil(deliveries * longer * (1 + change))
    else:
        after = value + change
        needed = deliveries_needed(deliveries, value / after) if deliveries and after > 0 else None
    return Visible(counts, deliveries, expected, needed, None, needed is not None and needed <= expected)


def _of_rate(baseline: Result, change: float, length: float) -> Visible:
    rate, expected = baseline.value or 0.0, round(baseline.n * length)
    if not 0 < rate < 1:  # the variance of a baseline of none or all is not known
        return Visible("programs", baseline.n, expected, None, None, False)
    smallest = minimum_detectable_difference(baseline.n, expected, rate) if expected else math.inf
    needed = programs_needed(baseline.n, rate, change)
    is_enough = needed is not None and needed <= expected
    return Visible("programs", baseline.n, expected, needed, smallest if math.isfinite(smallest) else None, is_enough)
