"""The open commitments of one day, each with its probability of being on time, from nothing but what was known then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from gapkit.baseline.outcomes import judge_programs
from gapkit.measurement.forecast.fates import ANY, DELIVERED, STATES, read_fates
from gapkit.measurement.forecast.pools import Share, count_pools, past_promises, share_of
from gapkit.measurement.forecast.totals import Luck, read_luck

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig
    from gapkit.engagement import Engagement


class Outlook(NamedTuple):
    """Open commitments and the past they are compared with.

    Attributes
    ----------
    programs : DataFrame
        One row per open commitment, by due date, indexed by program_id: name, team, quarter, due_on, days_left (to due_on,
        negative once it has passed), limit_days (the same with the grace days), is_overdue, is_frozen (whether the plan of
        its quarter is), state, state_code, p_on_time (0 for overdue ones, missing where there is too little data),
        p_cancelled (by the last day on time), n_pool, pool_days_left, pool_state.
    fates : DataFrame
        From `fates.read_fates`: every program.
    luck : Luck
        How much past quarters differ.
    n_past, on_time_past : int
        Past commitments whose last day on time has passed, and those of them that were on time.
    """

    programs: pd.DataFrame
    fates: pd.DataFrame
    luck: Luck
    n_past: int
    on_time_past: int

    @property
    def weekly_due(self) -> float:
        """Commitments that fell due a week, over the past looked back on; 0 where none did."""
        limits = self.fates.loc[self.fates["is_promise"] & (self.fates["limit"] <= 0), "limit"]
        return 7 * len(limits) / (1 - float(limits.min())) if len(limits) else 0.0


def judge(eng: Engagement) -> pd.DataFrame:
    """Return the programs of an engagement judged on its day."""
    return judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)[0]


def look_ahead(judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date) -> Outlook:
    """Return the open commitments of a day with their probabilities.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    config : EngagementConfig
        Supplies grace days and thresholds.
    as_of : date
        The day.

    Notes
    -----
    On time by the rule of succession, (k + 1) / (n + 2) for k of n; of the rest, cancelled in proportion.
    """
    fates = read_fates(judged, config, as_of)
    past = past_promises(fates, config.settings)
    made_it = (past["fate"] == DELIVERED) & (past["ended"] <= past["limit"])
    quarters = made_it.astype(float).groupby(judged["quarter"].reindex(past.index)).agg(["sum", "count"])
    luck = read_luck(*quarters.to_numpy(np.float64).T)
    programs = _open(judged, fates, config, as_of)
    chances = _chances(programs, past, config)
    return Outlook(pd.concat([programs, chances], axis=1), fates, luck, len(past), int(made_it.sum()))


def _open(judged: pd.DataFrame, fates: pd.DataFrame, config: EngagementConfig, as_of: dt.date) -> pd.DataFrame:
    """Return the open commitments by due date."""
    kept = fates["is_open"] & fates["is_promise"] & (fates["promised"] <= 0)
    rows, mine = judged.loc[kept], fates.loc[kept]
    limit = mine["limit"].astype(int)
    frame = pd.DataFrame({
        "name": rows["name"], "team": rows["team"], "quarter": rows["quarter"], "due_on": rows["frozen_end"],
        "days_left": limit - config.grace_days, "limit_days": limit, "is_overdue": limit <= 0,
        "is_frozen": rows["frozen_on"].le(pd.Timestamp(as_of)),
        "state": mine["state"].map(dict(enumerate(STATES))), "state_code": mine["state"],
    })  # fmt: skip
    order = np.lexsort((frame.index.to_numpy(), frame["due_on"].to_numpy()))
    return frame.iloc[order]


def _chances(programs: pd.DataFrame, past: pd.DataFrame, config: EngagementConfig) -> pd.DataFrame:
    """Return the probabilities of each open commitment, looked up once per days left and state."""
    settings = config.settings
    # Where every one is long overdue there is nothing ahead to look at.
    furthest = max(0, int(programs["limit_days"].max())) if len(programs) else 0
    pools = count_pools(past, furthest + settings.forecast_reach_days)
    places = list(zip(programs["limit_days"].tolist(), programs["state_code"].tolist(), strict=True))
    shares = {(days, state): share_of(pools, days, state, settings) for days, state in set(places) if days > 0}
    rows = [_chance(shares.get(place)) for place in places]
    columns = ["p_on_time", "p_cancelled", "n_pool", "pool_days_left", "pool_state"]
    frame = pd.DataFrame(rows, index=programs.index, columns=columns)
    return frame.astype({"p_on_time": float, "p_cancelled": float, "n_pool": int, "pool_days_left": int, "pool_state": int})


def _chance(share: Share | None) -> tuple[float, float, int, int, int]:
    if share is None:  # overdue: a fact, not a forecast
        return 0.0, np.nan, 0, 0, ANY
    if not share.n:
        return np.nan, np.nan, 0, share.days_left, share.state
    p = (share.on_time + 1) / (share.n + 2)
    dropped = (share.cancelled + 0.5) / (share.n - share.on_time + 1)
    return p, (1 - p) * dropped, share.n, share.days_left, share.state
