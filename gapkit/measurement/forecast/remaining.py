"""When a program lands: the time that past programs still took from where this one stands today.

Every past program is watched from the day it had as many days left to its promised day (or was as many days past it), still
open and started or not as this one is. Those that are open themselves count for as long as they have lasted; a cancelled
one never lands, so its probability stands beside the dates, which hold if the program is not cancelled. Programs without a
promised day are compared by their age instead.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from gapkit.measurement.forecast.fates import DELIVERED
from gapkit.measurement.forecast.pools import Spans, cover_counts, find_spans, nearest_pool
from gapkit.stats.competing import cumulative_incidence
from gapkit.stats.kaplan_meier import kaplan_meier, survival_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gapkit.config import Settings
    from gapkit.stats.intervals import FloatArray


class Remaining(NamedTuple):
    """What is left for a program that stands somewhere.

    Attributes
    ----------
    p50_days, p85_days : float
        Days from today until half (85 %) of such programs have landed, if not cancelled; infinite where so many were never
        seen to land, missing where there are too few.
    seen_days : float
        Days from today up to which such programs were watched; missing where there are too few.
    p_cancelled, p_landed : float
        Probability of being cancelled within `seen_days`, and of landing within the horizon; missing likewise.
    n_pool : int
        Past programs it rests on; 0 where there are too few.
    """

    p50_days: float
    p85_days: float
    seen_days: float
    p_cancelled: float
    p_landed: float
    n_pool: int


UNKNOWN = Remaining(math.nan, math.nan, math.nan, math.nan, math.nan, 0)


class Watched(NamedTuple):
    """Past and present programs as they can be watched on one clock.

    Attributes
    ----------
    limit, ended : numpy.ndarray
        Day on which the clock stands at 0 days left, and day of the end (infinite while open).
    fate : numpy.ndarray
        0 open, 1 delivered, 2 cancelled.
    spans : Spans
        Days left between which each was open and can be watched on.
    """

    limit: FloatArray
    ended: FloatArray
    fate: FloatArray
    spans: Spans


def watch(fates: pd.DataFrame, settings: Settings) -> Watched:
    """Return the programs that can be watched by days left to their `limit`.

    Programs that ended on an unknown day and merged ones are left out: nobody can say how long they took.
    """
    is_known = (fates["fate"] == 0).eq(np.isinf(fates["ended"]))
    is_merged = (fates["fate"] == 0) & ~fates["is_open"]
    kept = fates.loc[is_known & ~is_merged & fates["limit"].notna() & fates["promised"].notna()]
    # Today itself is no landmark for anyone: from there nothing has been watched yet.
    spans = find_spans(kept, np.full(len(kept), -1.0))
    most = kept["limit"].to_numpy(float) + settings.forecast_history_days
    spans = Spans(spans.low, np.minimum(spans.high, most))
    return Watched(kept["limit"].to_numpy(float), kept["ended"].to_numpy(float), kept["fate"].to_numpy(float), spans)


def by_age(fates: pd.DataFrame, origin: pd.Series) -> pd.DataFrame:
    """Return programs on the clock of their age: days left is the age with a minus sign."""
    return fates.assign(promised=origin, limit=origin)


def remaining_times(places: pd.DataFrame, watched: Watched, settings: Settings, horizon_days: int) -> pd.DataFrame:
    """Return what is left for programs at some places.

    Parameters
    ----------
    places : DataFrame
        Columns days_left (whole numbers, negative once past the day) and state, one row per place.
    watched : Watched
        From `watch`.
    settings : Settings
        Supplies minimum numbers and how far days left may differ.
    horizon_days : int
        Within which `p_landed` is read.

    Returns
    -------
    DataFrame
        The fields of `Remaining`, with the index of `places`.
    """
    if places.empty or not watched.limit.size:
        return pd.DataFrame([UNKNOWN] * len(places), index=places.index, columns=list(Remaining._fields), dtype=float)
    reach = settings.forecast_reach_days
    first, last = int(places["days_left"].min()) - reach, int(places["days_left"].max()) + reach
    counts = np.stack(
        [cover_counts(watched.spans.low[state], watched.spans.high[state], first, last) for state in range(3)]
    )
    found = {
        (days, state): _remaining(watched, counts, int(days), int(state), first, settings, horizon_days)
        for days, state in places[["days_left", "state"]].drop_duplicates().itertuples(index=False)
    }
    rows = [found[days, state] for days, state in places[["days_left", "state"]].itertuples(index=False)]
    return pd.DataFrame(rows, index=places.index, columns=list(Remaining._fields))


def _remaining(
    watched: Watched,
    counts: NDArray[np.int64],
    days_left: int,
    state: int,
    first: int,
    settings: Settings,
    horizon_days: int,
) -> Remaining:
    place = nearest_pool(counts, days_left - first, state, settings.min_n_median, settings.forecast_reach_days)
    if place is None:
        return UNKNOWN
    days, chosen = place[0] + first, place[1]
    inside = watched.spans.holds(chosen, days)
    landmark = watched.limit[inside] - days
    time = np.minimum(watched.ended[inside], 0.0) - landmark
    cause = watched.fate[inside].astype(np.int64)
    return read_curves(time, cause, settings, horizon_days)


def read_curves(time: FloatArray, cause: NDArray[np.int64], settings: Settings, horizon_days: int) -> Remaining:
    """Return what the remaining times of a pool say.

    Parameters
    ----------
    time : numpy.ndarray
        Days each took from the landmark to its end or, while open, to today; above 0.
    cause : numpy.ndarray of int
        0 open, 1 delivered, 2 cancelled.
    settings : Settings
        Supplies minimum numbers.
    horizon_days : int
        Within which `p_landed` is read.

    Notes
    -----
    Dates: Kaplan-Meier with cancellation as censoring, "if not cancelled". Probabilities: Aalen-Johansen, both fates side
    by side, drawn in by the rule of succession so that none is 0 or 1.
    """
    n, delivered = time.size, int((cause == DELIVERED).sum())
    if delivered < settings.min_deliveries_median:
        return UNKNOWN
    curve = kaplan_meier(time, cause == DELIVERED, start_at_risk=settings.min_at_risk)
    fates = cumulative_incidence(time, cause, start_at_risk=settings.min_at_risk)
    share_landed, share_cancelled = (_last(fates.times, fates.incidence[row], until)
                                     for row, until in ((0, float(horizon_days)), (1, curve.reach)))  # fmt: skip
    has_p85 = n >= settings.min_n_p85 and delivered >= settings.min_deliveries_p85
    p50 = survival_quantile(curve, 0.5)
    p85 = survival_quantile(curve, 0.85)
    late = p85.value if p85.at_risk >= settings.min_at_risk else math.inf
    return Remaining(
        p50.value if p50.value <= curve.reach else math.inf, late if has_p85 else math.nan, curve.reach,
        _drawn_in(share_cancelled, n), _drawn_in(share_landed, n), n,
    )  # fmt: skip


def _last(times: FloatArray, shares: FloatArray, until: float) -> float:
    place = int(np.searchsorted(times, until, side="right"))
    return float(shares[place - 1]) if place else 0.0


def _drawn_in(share: float, n: int) -> float:
    """Return a share by the rule of succession: never 0, never 1."""
    return (share * n + 1) / (n + 2)
