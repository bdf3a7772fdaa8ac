"""The execution rate and its sisters: planned against delivered, quarter by quarter and pooled.

One denominator, the frozen plan (cohort C_q), serves execution, on-time and OTIF, so the three can be read side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gapkit.baseline.rates import estimate_rate
from gapkit.labels import label_count, label_list
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import ratio_of_sums
from gapkit.stats.resample import resampled_totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapkit.config import Settings

NO_DELIVERIES: Final = (
    "No source tells which programs were delivered. An actual end date per program, or a confirmed meaning for every "
    "status, would switch this on."
)
NO_SPEC: Final = (
    "No source records whether the delivery met its specification. The columns spec_planned and spec_accepted, or to_spec, "
    "would switch this on."
)


def committed(judged: pd.DataFrame, quarters: Sequence[str]) -> pd.DataFrame:
    """Return the frozen plan of the given quarters: the denominator of every rate here."""
    return judged.loc[(judged["group"] == "committed") & judged["quarter"].isin(list(quarters))]


def execution_rates(
    judged: pd.DataFrame, quarters: Sequence[str], settings: Settings, *, seed: int, delivery_recorded: bool
) -> dict[str, Result]:
    """Estimate every delivery rate of the frozen plan of some quarters, pooled.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    quarters : sequence of str
        Complete fiscal quarters, e.g. ``("2025Q4", "2026Q1")``.
    settings : Settings
        Minimum n and bootstrap size.
    seed : int
        For the intervals of weighted rates and of the difference.
    delivery_recorded : bool
        Whether any source could tell that a program was delivered; if not, nothing here is measured.

    Returns
    -------
    dict of Result
        execution_rate, on_time_rate, otif_rate, to_spec_rate, within_horizon_rate, execution_rate_latest_plan,
        redating_flattery (pp as a share), execution_rate_budget_weighted, execution_rate_points_weighted.

    Notes
    -----
    execution rate = delivered by quarter end / n; on time = actual end ≤ frozen end + grace / n whose grace is over; OTIF =
    on time and to spec, over the same; to spec is over delivered programs with known spec; within horizon over programs
    whose horizon has passed. The rate against the latest plan judges the same programs by the quarter of their latest
    planned end and leaves out those whose quarter is not over, as a status report would; re-dating flattery is that rate
    minus the execution rate.
    """
    cohort, period = committed(judged, quarters), label_list(list(quarters))
    names = ("execution_rate", "on_time_rate", "otif_rate", "to_spec_rate", "within_horizon_rate",
             "execution_rate_latest_plan", "redating_flattery", "execution_rate_budget_weighted",
             "execution_rate_points_weighted")  # fmt: skip
    if not delivery_recorded:
        return {name: not_assessable(name, NO_DELIVERIES, period=period, n=len(cohort)) for name in names}
    delivered = cohort.loc[cohort["is_delivered"] & cohort["is_to_spec"].notna()]
    # Until its days of grace are over a promise is neither kept nor broken: such programs are in no rate by the day.
    ripe = cohort.loc[cohort["is_grace_over"]]
    due, latest = cohort.loc[cohort["is_horizon_over"]], cohort.loc[cohort["is_latest_quarter_over"]]

    def rate(name: str, frame: pd.DataFrame, column: str, missing: str = "") -> Result:
        return estimate_rate(name, frame[column], frame["team"], settings, period=period, missing=missing)

    spec_known = cohort["is_to_spec"].notna().any()
    otif = rate("otif_rate", ripe, "is_otif") if spec_known else not_assessable("otif_rate", NO_SPEC, period=period)
    return {
        "execution_rate": rate("execution_rate", cohort, "delivered_by_quarter_end"),
        "on_time_rate": rate("on_time_rate", ripe, "is_on_time"),
        "otif_rate": otif,
        "to_spec_rate": rate("to_spec_rate", delivered, "is_to_spec", NO_SPEC),
        "within_horizon_rate": rate("within_horizon_rate", due, "within_horizon"),
        "execution_rate_latest_plan": rate("execution_rate_latest_plan", latest, "delivered_by_latest_quarter_end"),
        "redating_flattery": redating_flattery(cohort, latest, settings, seed=seed, period=period),
        "execution_rate_budget_weighted": _weighted(cohort, "budget", settings, seed=seed, period=period),
        "execution_rate_points_weighted": _weighted(cohort, "size_points", settings, seed=seed, period=period),
    }


def undated_share(judged: pd.DataFrame, settings: Settings, *, period: str) -> Result:
    """Estimate the share of commitments that have no planned date: itself a sign of weak planning.

    Returns
    -------
    Result
        Undated programs over all programs that were ever committed, of every quarter.
    """
    planned = judged.loc[judged["group"] != "unplanned"]
    undated = (planned["group"] == "undated").astype("boolean")
    return estimate_rate("undated_share", undated, planned["team"], settings, period=period)


def redating_flattery(cohort: pd.DataFrame, latest: pd.DataFrame, settings: Settings, *, seed: int, period: str) -> Result:
    """Estimate how many points the latest plan adds to the execution rate of the same frozen plan.

    Returns
    -------
    Result
        value, low and high are shares (0.12 = 12 pp), unit ``pp``; the interval is a program bootstrap, so both rates are
        recomputed on the same resampled programs.
    """
    n = len(cohort)
    if n < settings.min_n_rate or len(latest) < settings.min_n_rate:
        return Result("redating_flattery", n=n, unit="pp", period=period, status="thin", grade="C",
                      caveats=(f"Only {label_count(min(n, len(latest)), 'program')} to compare.",))  # fmt: skip
    original = cohort["delivered_by_quarter_end"].fillna(False).to_numpy(float)
    due = cohort.index.isin(latest.index).astype(float)
    met = cohort["delivered_by_latest_quarter_end"].fillna(False).to_numpy(float) * due
    amounts = np.column_stack([met, due, original, np.ones(n)])
    totals = resampled_totals(amounts, settings.bootstrap_replicates, np.random.default_rng(seed))
    with np.errstate(invalid="ignore", divide="ignore"):
        draws = totals[:, 0] / totals[:, 1] - totals[:, 2] / totals[:, 3]
    low, high = np.nanquantile(draws, [0.025, 0.975])
    value = met.sum() / due.sum() - original.mean()
    left_out = n - len(latest)
    caveats = (f"{label_count(left_out, 'program')} re-dated beyond the last complete quarter, which a report against the "
               "latest plan would leave out.",) if left_out else ()  # fmt: skip
    return Result("redating_flattery", value, low, high, n=n, unit="pp", period=period,
                  method="difference on the same programs, program bootstrap", grade="B", caveats=caveats)  # fmt: skip


def _weighted(cohort: pd.DataFrame, weight: str, settings: Settings, *, seed: int, period: str) -> Result:
    """Estimate the execution rate weighted by budget or size: the share of the planned amount delivered in time."""
    name = f"execution_rate_{'budget' if weight == 'budget' else 'points'}_weighted"
    known = cohort.loc[cohort[weight].gt(0)]
    if known.empty:
        return not_assessable(name, f"No planned {weight.replace('_', ' ')} recorded.", period=period)
    if len(known) < settings.min_n_rate:
        return Result(name, n=len(known), period=period, status="thin", grade="C",
                      caveats=(f"Only {label_count(len(known), 'program')} with a planned amount.",))  # fmt: skip
    amount = known[weight].to_numpy(float)
    done = known["delivered_by_quarter_end"].fillna(False).to_numpy(float)
    estimate = ratio_of_sums(amount * done, amount, seed=seed, replicates=settings.bootstrap_replicates)
    absent = len(cohort) - len(known)
    caveats = (f"{label_count(absent, 'program')} without a planned amount left out.",) if absent else ()
    return Result(name, estimate.value, estimate.low, estimate.high, n=len(known), events=int(done.sum()), period=period,
                  method="ratio of sums, program bootstrap", grade="B", caveats=caveats)  # fmt: skip


def complete_quarters(judged: pd.DataFrame, as_of: pd.Timestamp, count: int = 8) -> tuple[str, ...]:
    """Return the last complete quarters that hold a frozen plan, oldest first, for the trend."""
    plan = judged.loc[(judged["group"] == "committed") & judged["quarter_end"].le(as_of)]
    return tuple(sorted(plan["quarter"].dropna().unique())[-count:])


def rates_by(
    judged: pd.DataFrame, quarters: Sequence[str], by: str, settings: Settings, *, column: str = "delivered_by_quarter_end"
) -> Mapping[str, Result]:
    """Estimate one rate for each value of a column (quarter, type), in sorted order; small groups come back thin."""
    cohort = committed(judged, quarters)
    return {
        str(key): estimate_rate("execution_rate", part[column], part["team"], settings,
                                period=str(key) if by == "quarter" else label_list(list(quarters)))
        for key, part in cohort.groupby(by, sort=True)
    }  # fmt: skip
