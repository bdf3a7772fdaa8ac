"""A weekly forum and the log of decisions: how long a decision waits when the next weekly date is the latest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gapkit.baseline.plans import local_day
from gapkit.calendar import business_days
from gapkit.diagnosis.triage.decisions import asked_in_window
from gapkit.redesign.what_if.edits import WEEK
from gapkit.redesign.what_if.offsets import kaplan_meier_quantile
from gapkit.redesign.what_if.prediction import LEVEL
from gapkit.results import Result

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.baseline import Baseline
    from gapkit.engagement import Engagement

NAME: Final = "decision_latency_days"
REPLICATES: Final = 1000
SAME_DAY: Final = 0.5


def decision_latency(eng: Engagement, baseline: Baseline, adherence: float) -> dict[str, Result]:
    """Estimate how a weekly forum changes the median business days from asking for a decision to taking it.

    Parameters
    ----------
    eng : Engagement
        Supplies the table decisions.
    baseline : Baseline
        Supplies the window.
    adherence : float
        Share of decisions really taken at the next weekly date.

    Returns
    -------
    dict of Result
        ``decision_latency_days``; empty without enough decisions on record.

    Notes
    -----
    Kaplan-Meier median, open decisions censored, with the forum less without, over decisions drawn again. The weekly date
    is as likely on any day after asking; what is decided sooner without the forum stays so.
    """
    rows, settings, seed = asked_in_window(eng, baseline), eng.config.settings, eng.config.seed
    decided = local_day(rows["decided_at"])
    taken = decided.notna().to_numpy()
    if len(rows) < settings.min_n_median or taken.sum() < settings.min_deliveries_median:
        return {}
    usual = np.maximum(_business_days(eng, local_day(rows["asked_at"]), decided), SAME_DAY)
    rng = np.random.default_rng(seed)
    draws = np.empty(REPLICATES)
    for number in range(REPLICATES):
        pick = rng.integers(0, len(rows), len(rows))
        cap = np.where(rng.random(len(rows)) < adherence, np.maximum(WEEK * rng.random(len(rows)), SAME_DAY), np.inf)
        before, known = usual[pick], taken[pick]
        after = kaplan_meier_quantile(np.minimum(before, cap), known | (cap <= before), 0.5)
        draws[number] = after - kaplan_meier_quantile(before, known, 0.5)
    found = draws[np.isfinite(draws)]
    if len(found) < REPLICATES / 2:
        return {}
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    method = "Kaplan–Meier median of decisions drawn again, with a weekly date and without, 90 % interval"
    return {NAME: Result(f"{NAME}_change", float(found.mean()), float(low), float(high), level=LEVEL, n=len(rows),
                         events=int(taken.sum()), unit="days", method=method, grade="B")}  # fmt: skip


def _business_days(eng: Engagement, asked: pd.Series, decided: pd.Series) -> np.ndarray:
    until = decided.fillna(np.datetime64(eng.as_of, "us"))
    return business_days(asked, until, eng.config.weekmask, eng.config.holidays)
