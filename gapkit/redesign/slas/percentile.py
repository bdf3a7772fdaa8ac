"""How long waits last, for an agreed time to start from: their 85th percentile with its bounds, and their median."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy import stats

from gapkit.labels import label_count, label_days
from gapkit.results import Result
from gapkit.stats.kaplan_meier import kaplan_meier, survival_quantile

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.config import Settings
    from gapkit.stats.intervals import FloatArray
    from gapkit.stats.kaplan_meier import SurvivalCurve

SHARE: Final = 0.85  # kept from the first day, and broken often enough to be noticed
BOUND: Final = 0.95
# Each end of a 90 % interval is a bound that holds in 95 %.
LEVEL: Final = 0.90
SAME_DAY: Final = 0.5  # what was asked for and done on one day still took time
LATE: Final = "wait_late_bdays"
USUAL: Final = "wait_median_bdays"


class Lasting(NamedTuple):
    """How long waits last.

    Attributes
    ----------
    late, median : Result
        ``wait_late_bdays`` and ``wait_median_bdays`` in business days, with the ends of a 90 % interval, each of which is a
        bound that holds in 95 %. Thin below the completed waits an upper bound needs.
    """

    late: Result
    median: Result


def fewest_for_bound(share: float = SHARE, bound: float = BOUND) -> int:
    """Return how many completed waits there must be for any upper bound on a percentile.

    Parameters
    ----------
    share : float
        The percentile as a share, 0.85 for the 85th.
    bound : float
        Confidence of the bound.

    Notes
    -----
    The longest of n waits lies below the percentile with probability share^n, so it bounds it as soon as that is no more
    than 1 - bound.

    Examples
    --------
    >>> [fewest_for_bound(share) for share in (0.80, 0.85, 0.90)]
    [14, 19, 29]
    """
    return math.ceil(math.log(1 - bound) / math.log(share))


def measure_lasting(waits: pd.DataFrame, settings: Settings, *, period: str) -> Lasting:
    """Estimate how long waits of one place last.

    Parameters
    ----------
    waits : DataFrame
        Columns wait_bdays (business days so far) and is_open.
    settings : Settings
        Supplies the waits that must run together where a curve begins.
    period : str
        The window in words.

    Notes
    -----
    Kaplan-Meier with waits still running censored; the first time with S(t) < 1 - share. Without a running wait the limits
    are order statistics, by inversion of the binomial test (`scipy.stats.quantile_test`), else those of the curve on the
    complementary log-log scale.

    References
    ----------
    Conover, W. J. (1999). Practical nonparametric statistics, 3rd ed., section 3.2.
    """
    done = ~waits["is_open"].to_numpy(bool)
    n, completed, least = len(waits), int(done.sum()), fewest_for_bound()
    if completed < least:
        words = f"{label_count(completed, 'completed wait')}; {least} are needed for an upper bound."
        thin = Result(LATE, n=n, events=completed, level=LEVEL, unit="days", period=period, status="thin", grade="C",
                      caveats=(words,))  # fmt: skip
        return Lasting(thin, replace(thin, name=USUAL))
    lengths = np.maximum(waits["wait_bdays"].to_numpy(float), SAME_DAY)
    curve = kaplan_meier(lengths, done, start_at_risk=settings.min_at_risk)
    return Lasting(_quantile(LATE, lengths, done, curve, SHARE, period),
                   _quantile(USUAL, lengths, done, curve, 0.5, period))  # fmt: skip


def _quantile(name: str, lengths: FloatArray, done: np.ndarray, curve: SurvivalCurve, share: float, period: str) -> Result:
    found = survival_quantile(curve, share, LEVEL)
    value, low, high = found.value, found.low, found.high
    method, caveats = "Kaplan-Meier, open waits censored", list[str]()
    if done.all():
        tested: Any = stats.quantile_test(lengths, p=share)
        limits = tested.confidence_interval(LEVEL)
        # The strict rule above may take the next longer wait; the limits must hold it.
        low, high = min(float(limits.low), value), max(float(limits.high), value)
        method = "order statistics"
    if not math.isfinite(value):
        low = curve.reach
        caveats = [f"Not reached in the time observed: more than {label_days(low)}."]
    return Result(name, value, low, high, level=LEVEL, n=len(lengths), events=int(done.sum()), unit="days", period=period,
                  method=method, grade="B", caveats=tuple(caveats))  # fmt: skip
