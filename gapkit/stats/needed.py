"""How much must be seen after a change before a comparison would probably show it: programs, deliveries, time.

The other side of `differences.minimum_detectable_difference`: there the numbers are given and the change is asked for, here
the change is given and the number is asked for. All by a two-sided test at 5 % with 80 % power.
"""

from __future__ import annotations

import math
from typing import Final

from scipy import stats

from gapkit.stats.differences import DETECTION_LEVEL, DETECTION_POWER, minimum_detectable_difference

MOST: Final = 1_000_000
_Z: Final = float(stats.norm.isf((1 - DETECTION_LEVEL) / 2)) + float(stats.norm.ppf(DETECTION_POWER))


def programs_needed(n_before: int, rate_before: float, change: float) -> int | None:
    """Return how many programs after would show an improvement of a rate.

    Parameters
    ----------
    n_before : int
        Programs before, at least 1.
    rate_before : float
        Rate before (0..1, exclusive).
    change : float
        True improvement (0.1 = 10 percentage points).

    Returns
    -------
    int or None
        None where no number would do: the change is none, cannot come true, or the baseline itself is too small.

    Examples
    --------
    >>> programs_needed(60, 0.55, 0.25), programs_needed(20, 0.55, 0.05)
    (50, None)
    """
    if change <= 0 or rate_before + change > 1 or minimum_detectable_difference(n_before, MOST, rate_before) > change:
        return None
    low, high = 0, MOST  # too few, enough
    while high - low > 1:
        middle = (low + high) // 2
        enough = minimum_detectable_difference(n_before, middle, rate_before) <= change
        low, high = (low, middle) if enough else (middle, high)
    return high


def deliveries_needed(deliveries_before: int, ratio: float) -> int | None:
    """Return how many deliveries after would show that programs are delivered so many times as fast.

    Parameters
    ----------
    deliveries_before : int
        Deliveries before, at least 1.
    ratio : float
        Hazard ratio of delivery, after to before; where times are exponential, the median before over the median after.

    Returns
    -------
    int or None
        None where no number would do.

    Notes
    -----
    The log hazard ratio has variance 1/d₁ + 1/d₂ with d deliveries on each side (Schoenfeld).

    References
    ----------
    Schoenfeld, D. (1981). The asymptotic properties of nonparametric tests for comparing survival distributions. Biometrika
    68, 316-319.

    Examples
    --------
    >>> 33 + deliveries_needed(33, 2)  # 66 in all show a hazard ratio of 2
    66
    """
    if ratio <= 1:
        return None
    room = (math.log(ratio) / _Z) ** 2 - 1 / deliveries_before
    return math.ceil(1 / room) if room > 1 / MOST else None


def time_needed(count_before: int, ratio: float) -> float | None:
    """Return how long must be watched to show that deliveries come so many times as often.

    Parameters
    ----------
    count_before : int
        Deliveries of the baseline, at least 1.
    ratio : float
        Velocity after over velocity before, above 1.

    Returns
    -------
    float or None
        Length of the time after in lengths of the baseline; None where no time would do.

    Notes
    -----
    Square roots of Poisson counts have variance 1/4 whatever the rate.

    Examples
    --------
    >>> round(time_needed(100, 1.5), 2)
    0.64
    """
    if ratio <= 1:
        return None
    room = 4 * count_before * (math.sqrt(ratio) - 1) ** 2 / _Z**2 - 1
    return 1 / room if room > 0 else None
