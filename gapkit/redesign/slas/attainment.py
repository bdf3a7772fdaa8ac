"""How often an agreed time is kept: the same figure when it is proposed and when it is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.config import Settings

NAME: Final = "sla_attainment"
NONE_DUE: Final = "No wait began long enough ago to have gone over the agreed time."


def attainment(waits: pd.DataFrame, sla_days: float, settings: Settings, *, period: str) -> Result:
    """Return the share of waits that kept an agreed time.

    Parameters
    ----------
    waits : DataFrame
        Of one place, from `slas.places.stage_waits` or `handoff_waits`: wait_bdays, is_open, follow_up_bdays.
    sla_days : float
        The agreed time in business days.
    settings : Settings
        Supplies the waits needed for a share.
    period : str
        The window in words.

    Returns
    -------
    Result
        ``sla_attainment``: ended within the time / begun long enough ago to have gone over it; Wilson interval. Thin below
        the minimum n.

    Notes
    -----
    A wait that began too recently to be over is not counted even where it has ended: among the recent ones only the short
    have ended, and they would flatter the share. Several waits of one program count singly.

    Examples
    --------
    >>> import pandas as pd
    >>> from gapkit.config import Settings
    >>> waits = pd.DataFrame({"wait_bdays": [2.0] * 9 + [8.0] * 3, "is_open": [False] * 11 + [True],
    ...                       "follow_up_bdays": 30.0})
    >>> found = attainment(waits, 3, Settings(), period="2026Q1")
    >>> found.value, found.events, found.n
    (0.75, 9, 12)
    """
    due = waits.loc[waits["follow_up_bdays"] > sla_days]
    n, kept = len(due), int((due["wait_bdays"].le(sla_days) & ~due["is_open"].astype(bool)).sum())
    if not n:
        return not_assessable(NAME, NONE_DUE, period=period)
    if n < settings.min_n_rate:
        words = f"{label_count(n, 'wait')}; {settings.min_n_rate} are needed for a share."
        return Result(NAME, n=n, events=kept, period=period, status="thin", grade="C", caveats=(words,))
    share = wilson(kept, n)
    return Result(NAME, share.value, share.low, share.high, n=n, events=kept, period=period, method="Wilson interval",
                  grade="B")  # fmt: skip
