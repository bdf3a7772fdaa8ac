"""Yes-or-no outcomes to a `Result`: one gate for every rate in the product.

The gate keeps three answers apart: not measured (no outcome recorded at all), too little data (below the minimum n) and a
rate with its interval, which may well be zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.labels import label_count, label_share
from gapkit.results import Grade, Result, not_assessable
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    from gapkit.config import Settings


def estimate_rate(
    name: str, outcome: pd.Series, cluster: pd.Series, settings: Settings, *, period: str = "", missing: str = ""
) -> Result:
    """Estimate a rate with its interval from three-valued outcomes.

    Parameters
    ----------
    name : str
        Name of the result.
    outcome : Series of nullable boolean
        One value per program of the denominator; missing means the outcome is unknown.
    cluster : Series of str
        Team of each program; programs of one team are alike, so the interval is widened for it.
    settings : Settings
        Supplies the minimum n.
    period : str
        What time the rate speaks of.
    missing : str
        What to say when no outcome at all is known.

    Returns
    -------
    Result
        Unknown outcomes count as "no" in the value. When they are more than `max_unknown_share` of n, the interval runs
        from the lower limit with all of them "no" to the upper limit with all of them "yes" (Manski bounds), and a caveat
        says so.

    References
    ----------
    Wilson interval: Newcombe (1998), Statistics in Medicine 17:857-872. Cluster correction: docs/method.md.
    """
    n = len(outcome)
    known = int(outcome.notna().sum())
    if n == 0:
        return not_assessable(
            name, missing or f"No program was in the frozen plan of {period or 'this period'}.", period=period
        )
    if known == 0:
        return not_assessable(name, missing or f"No outcome is known of {label_count(n, 'program')}.", period=period, n=n)
    yes = outcome.fillna(False).to_numpy(bool)
    events, unknown = int(yes.sum()), n - known
    if n < settings.min_n_rate:
        words = f"Only {label_count(n, 'program')}: fewer than the {settings.min_n_rate} a percentage needs."
        shown = events if n >= settings.min_n_counts else None  # of a handful not even "x of n" is said
        return Result(name, n=n, events=shown, period=period, method="count", status="thin", grade="C", caveats=(words,))
    teams = cluster.fillna("").to_numpy(str)
    estimate = clustered_wilson(yes, teams)
    low, high, caveats = estimate.low, estimate.high, []
    if unknown > settings.max_unknown_share * n:
        best = clustered_wilson(outcome.fillna(True).to_numpy(bool), teams)
        high = best.high
        caveats.append(
            f"{label_count(unknown, 'outcome')} of {n} unknown: the rate lies between {label_share(events / n, n)} (none "
            f"of them met) and {label_share((events + unknown) / n, n)} (all met)."
        )
    elif unknown:
        caveats.append(f"{label_count(unknown, 'unknown outcome')} of {n} counted as not met.")
    if estimate.sensitivity is not None:
        caveats.append(
            "Fewer than five teams of three programs: if programs of a team are alike, the interval would be about "
            f"{label_share(estimate.sensitivity.low, n)} to {label_share(estimate.sensitivity.high, n)}."
        )
    return Result(
        name, events / n, low, high, n=n, events=events, period=period, method=estimate.method,
        grade=_grade(high - low), caveats=tuple(caveats),
    )  # fmt: skip


def _grade(width: float) -> Grade:
    """Return B, since a tracker alone is one source and A needs behaviour and perception; C when wide."""
    return "B" if width <= 0.5 else "C"
