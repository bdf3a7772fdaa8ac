"""What the measure window will be able to show: said at the freeze, before anything is promised.

A comparison of few programs shows only large changes. How large follows from counts that are known on the day of the
freeze: those of the baseline, and as many afterwards as the agreed window should bring at the client's own pace.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Final

from gapkit.calendar import quarter_end, quarter_start
from gapkit.stats.detectable import detectable_hazard_ratio, detectable_velocity_ratio
from gapkit.stats.differences import minimum_detectable_difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapkit.config import EngagementConfig
    from gapkit.results import Result

DAY: Final = dt.timedelta(days=1)
TIME_TO_MARKET: Final = "time_to_market_restricted_mean_days"
RATES: Final = ("execution_rate", "on_time_rate", "otif_rate")


def window_length(config: EngagementConfig, quarters: Sequence[str]) -> float:
    """Return how long the measure window is, in lengths of the baseline; while none is agreed, that of one quarter.

    Examples
    --------
    >>> from gapkit.config import EngagementConfig
    >>> config = EngagementConfig("Acme", dt.date(2026, 9, 30), "UTC", "EUR", measure_start=dt.date(2026, 7, 1),
    ...                           measure_end=dt.date(2026, 9, 30))
    >>> round(window_length(config, ("2025Q4", "2026Q1")), 3)
    0.505
    """
    start, end = config.measure_start, config.measure_end
    if start is None or end is None:
        return 1 / len(quarters)
    month = config.fiscal_start_month
    baseline = sum((quarter_end(one, month) - quarter_start(one, month) + DAY).days for one in quarters)
    return float((end - start + DAY).days / baseline)


def detectable_rate(baseline: Result | None, length: float) -> dict[str, Any] | None:
    """Return the smallest true improvement of a rate that can be seen (80 % power, two-sided 5 %).

    Parameters
    ----------
    baseline : Result or None
        A share with its count.
    length : float
        Length of the measure window in lengths of the baseline; as many programs are expected.

    Returns
    -------
    dict or None
        Keys n_before, n_after, change (a share; None where not even a rate of 1 would show). None without a baseline, and
        where it is none or all: its variance is not known.
    """
    if baseline is None or baseline.value is None or baseline.unit != "share" or not 0 < baseline.value < 1:
        return None
    n_after = max(1, round(baseline.n * length))
    change = minimum_detectable_difference(baseline.n, n_after, baseline.value)
    return {"n_before": baseline.n, "n_after": n_after, "change": _finite(change)}


def detectable_changes(results: Mapping[str, Result], length: float) -> dict[str, dict[str, Any]]:
    """Return, for each measure of a baseline, the smallest true change that can be seen.

    Parameters
    ----------
    results : mapping of str to Result
        Baseline figures by name.
    length : float
        Length of the measure window in lengths of the baseline.

    Returns
    -------
    dict of str to dict
        Measure to counts ("programs" or "deliveries"), n_before, n_after (expected at the pace of the baseline) and, of
        rates, change (a share); of velocity and time-to-market, ratio (after over before: how many times as many
        deliveries a week, how many times as fast to market); None where no change could be seen.

    Notes
    -----
    Time-to-market: the hazard ratio of delivery, from the deliveries inside the baseline quarters where these are counted.
    """
    found: dict[str, dict[str, Any]] = {}
    for name in RATES:
        rate = detectable_rate(results.get(name), length)
        if rate is not None:
            found[name] = {"counts": "programs", **rate}
    velocity, mean = results.get("velocity_per_week"), results.get(TIME_TO_MARKET)
    pace = velocity.events if velocity is not None and velocity.is_ok else None
    if pace:
        ratio = detectable_velocity_ratio(pace, length)
        found["velocity_per_week"] = _ratio(pace, round(pace * length), ratio)
    if mean is not None and mean.is_ok and mean.events:
        before = min(pace or mean.events, mean.events)
        after = round(before * length)
        found[TIME_TO_MARKET] = _ratio(before, after, detectable_hazard_ratio(before, after))
    return found


def _ratio(before: int, after: int, ratio: float) -> dict[str, Any]:
    return {"counts": "deliveries", "n_before": before, "n_after": after, "ratio": _finite(ratio)}


def _finite(number: float) -> float | None:
    return round(number, 3) if math.isfinite(number) else None
