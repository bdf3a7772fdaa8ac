"""How far each program's effort is lost: wholly when it was cancelled, in part when it is stalled and may still arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from gapkit.baseline.time_to_market import CANCELLED, CLOCKS, DELIVERED, durations
from gapkit.stats.competing import cumulative_incidence

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.baseline import Baseline
    from gapkit.config import EngagementConfig
    from gapkit.stats.competing import IncidenceCurves
    from gapkit.stats.intervals import FloatArray

LOST_STATUSES = ("cancelled", "merged")
# A probability read off few programs is never taken as certain.
NEVER, ALWAYS = 0.02, 0.98


@dataclass(frozen=True)
class Fates:
    """What becomes of each program's effort.

    Attributes
    ----------
    is_lost : Series of bool
        Cancelled, or merged into nobody knows what.
    delivery : Series
        Of stalled programs: the probability of being delivered within the horizon. Missing for all others.
    error : Series
        Standard error of its logit, indexed like `delivery`.
    is_estimated : bool
        Whether the probability could be estimated. If not, nothing of the stalled programs counts as lost.
    """

    is_lost: pd.Series
    delivery: pd.Series
    error: pd.Series
    is_estimated: bool

    def lost_share(self, deviation: float = 0.0) -> FloatArray:
        """Return the share of each program's effort that is lost.

        Parameters
        ----------
        deviation : float
            How many standard errors the delivery of stalled programs lies off its estimate, the same for all of them:
            their common uncertainty is in the curve.
        """
        delivered = expit(logit(self.delivery.to_numpy(float)) + deviation * self.error.to_numpy(float))
        lost = np.where(np.isnan(delivered), self.is_lost.to_numpy(float), 1 - delivered)
        return np.asarray(lost, dtype=np.float64)


def judge_fates(baseline: Baseline, config: EngagementConfig) -> Fates:
    """Return what becomes of each program's effort.

    Parameters
    ----------
    baseline : Baseline
        Its programs and their categories.
    config : EngagementConfig
        Supplies the clock of time-to-market and the horizon.

    Notes
    -----
    For a program open at age a, ``(I(a + h) - I(a)) / S(a)``: I is the Aalen-Johansen share delivered by that age, S the
    share still open, h the horizon. A program older than any from which h days of others were watched is read at the last
    age that allows it.
    """
    judged = baseline.judged
    is_lost = judged["status"].isin(LOST_STATUSES)
    stalled = judged.index[(baseline.category == "stalled").to_numpy() & ~is_lost.to_numpy()]
    nothing = pd.Series(np.nan, index=judged.index)
    column = CLOCKS[config.ttm_clock]
    curves = _curves(judged, column, baseline.start, baseline.as_of, config)
    if curves is None or stalled.empty:
        return Fates(is_lost, nothing, nothing, is_estimated=stalled.empty)
    age = (pd.Timestamp(baseline.as_of) - judged.loc[stalled, column]).dt.days.fillna(0).to_numpy(float)
    delivery, error = _conditional(curves, age, config.settings.stalled_horizon_days)
    return Fates(
        is_lost,
        nothing.fillna(pd.Series(delivery, index=stalled)),
        nothing.fillna(pd.Series(error, index=stalled)),
        is_estimated=True,
    )


def _curves(
    judged: pd.DataFrame, column: str, start: dt.date, as_of: dt.date, config: EngagementConfig
) -> IncidenceCurves | None:
    """Return the two fates over time, None where too few programs were watched."""
    if judged[column].isna().all():
        return None
    units = durations(judged, column, start, as_of)
    curves = cumulative_incidence(
        units["exit"], units["cause"], units["entry"], causes=(DELIVERED, CANCELLED),
        start_at_risk=config.settings.min_at_risk,
    )  # fmt: skip
    return curves if curves.times.size else None


def _conditional(curves: IncidenceCurves, age: FloatArray, horizon: float) -> tuple[FloatArray, FloatArray]:
    """Return the probability of delivery within the horizon for programs open at an age, with the error of its logit."""
    at = np.clip(np.minimum(age, curves.reach - horizon), curves.start, None)
    survival = np.concatenate([[1.0], curves.survival])
    delivered = np.concatenate([[0.0], curves.incidence[0]])
    now, later = (np.searchsorted(curves.times, moments, side="right") for moments in (at, at + horizon))
    chance = (delivered[later] - delivered[now]) / np.maximum(survival[now], 1e-9)
    chance = np.clip(chance, NEVER, ALWAYS)
    watched = np.concatenate([curves.at_risk, curves.at_risk[-1:]])[now]
    return chance, 1 / np.sqrt(np.maximum(watched, 1.0) * chance * (1 - chance))
