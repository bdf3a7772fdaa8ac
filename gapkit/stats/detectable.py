"""What change the numbers at hand would probably show: of how fast programs are delivered, and of how many.

For rates see `differences.minimum_detectable_difference`; the other way round, from a change to the numbers it takes, see
`needed`. All by a two-sided test at 5 % with 80 % power.
"""

from __future__ import annotations

import math
from typing import Final

from scipy import stats

from gapkit.stats.differences import DETECTION_LEVEL, DETECTION_POWER

_Z: Final = float(stats.norm.isf((1 - DETECTION_LEVEL) / 2)) + float(stats.norm.ppf(DETECTION_POWER))


def detectable_hazard_ratio(deliveries_before: int, deliveries_after: int) -> float:
    """Return the smallest true hazard ratio of delivery above 1 that a comparison would probably show.

    Parameters
    ----------
    deliveries_before, deliveries_after : int
        Deliveries on each side.

    Returns
    -------
    float
        After over before; infinite without deliveries on either side.

    Notes
    -----
    The log hazard ratio has variance 1/d₁ + 1/d₂ (Schoenfeld 1981, Biometrika 68, 316-319).

    Examples
    --------
    >>> [round(detectable_hazard_ratio(total // 2, total - total // 2), 2) for total in (631, 191, 66)]
    [1.25, 1.5, 1.99]
    """
    if min(deliveries_before, deliveries_after) < 1:
        return math.inf
    return math.exp(_Z * math.sqrt(1 / deliveries_before + 1 / deliveries_after))


def detectable_velocity_ratio(count_before: int, length: float) -> float:
    """Return the smallest true ratio of velocities above 1 that a comparison would probably show.

    Parameters
    ----------
    count_before : int
        Deliveries of the baseline.
    length : float
        Length of the time after in lengths of the baseline.

    Returns
    -------
    float
        After over before; infinite without deliveries before or time after.

    Notes
    -----
    Square roots of Poisson counts have variance 1/4 whatever the rate.

    Examples
    --------
    >>> [round(detectable_velocity_ratio(count, 1), 2) for count in (282, 78, 23)]
    [1.25, 1.5, 2.0]
    """
    if count_before < 1 or length <= 0:
        return math.inf
    return (1 + _Z / 2 * math.sqrt((1 + 1 / length) / count_before)) ** 2
