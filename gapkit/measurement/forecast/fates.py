"""What became of every program, on the clocks a forecast reads: days since it was promised, started, ended, and was due.

Everything is in whole days since the day the data is read at (0 is that day, earlier days are negative), so that a landmark
in the life of a past program is plain arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.vocabulary import OPEN_STATUSES

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig
    from gapkit.stats.intervals import FloatArray

OPEN, DELIVERED, CANCELLED = 0, 1, 2
NOT_STARTED, STARTED, ANY = 0, 1, 2
STATES: Final = ("not started", "started", "")
# Promised once: in the frozen plan, added to it, or withdrawn before the freeze. The last count as cancelled promises.
PROMISED: Final = ("committed", "added", "withdrawn")


def read_fates(judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date) -> pd.DataFrame:
    """Return the facts of each program in days before and after the day the data is read at.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    config : EngagementConfig
        Supplies the grace days and the share of missing facts that is too large.
    as_of : date
        The day.

    Returns
    -------
    DataFrame
        Indexed by program_id:

        - promised: day of the commitment; −inf where it is not recorded, missing for programs never promised.
        - limit: last day on time (frozen end + grace); missing without a promise or a date.
        - begun: day of the actual start, +inf for none, missing for a start on an unknown day.
        - ended: day of delivery or cancellation, +inf while open.
        - fate: 0 open, 1 delivered, 2 cancelled.
        - is_open: neither delivered, cancelled nor merged.
        - is_promise: ever promised, with a date, and not delivered on an unknown day.
        - state: 0 not started, 1 started, 2 not known, today.
    """
    fate = pd.Series(OPEN, index=judged.index).mask(judged["status"] == "delivered", DELIVERED)
    fate = fate.mask(judged["status"] == "cancelled", CANCELLED)
    ended = judged["actual_end"].where(fate == DELIVERED, judged["cancelled_at"]).mask(fate == OPEN)
    is_promised = judged["group"].isin(PROMISED) & judged["frozen_end"].notna()
    undated = (fate == DELIVERED) & judged["actual_end"].isna()
    begun = _begun(judged, fate, config, as_of)
    frame = pd.DataFrame({
        "promised": np.where(is_promised, _days(judged["committed_at"], as_of, missing=-np.inf), np.nan),
        "limit": np.where(is_promised, _days(judged["frozen_end"], as_of) + config.grace_days, np.nan),
        "begun": begun,
        "ended": _days(ended, as_of, missing=np.inf),
        "fate": fate,
        "is_open": judged["status"].isin(OPEN_STATUSES),
        "is_promise": is_promised & ~undated,
    }, index=judged.index)  # fmt: skip
    # What runs was started, if nobody knows when; where starts are hardly recorded at all, the state says nothing.
    runs = judged["status"].isin(["in_progress", "blocked", "paused"]) & (not np.isnan(begun).all())
    state = np.where(np.isnan(begun), ANY, np.where(begun <= 0, STARTED, NOT_STARTED))
    return frame.assign(state=np.where(runs, STARTED, state))


def _begun(judged: pd.DataFrame, fate: pd.Series, config: EngagementConfig, as_of: dt.date) -> FloatArray:
    """Return the day each program was started; all unknown where the client hardly records starts."""
    started = judged["actual_start"]
    delivered = fate == DELIVERED
    if not delivered.any() or started[delivered].isna().mean() > config.settings.large_unknown_share:
        return np.full(len(judged), np.nan)
    never = started.isna() & ~delivered & judged["status"].isin(["not_started", "cancelled", "merged"])
    days = _days(started, as_of)
    days[never.to_numpy()] = np.inf
    return days


def _days(dates: pd.Series, as_of: dt.date, *, missing: float = np.nan) -> FloatArray:
    """Return dates as days from a day, negative before it."""
    days = (dates - pd.Timestamp(as_of)).dt.days.astype("float64").to_numpy(np.float64)
    return np.where(np.isnan(days), missing, days)
