"""What delay costs: value that comes later, and is partly gone by then. It is never added to the buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.cost.ledger import CONSULTANT, DEFAULT, FINANCE, Assumption, three_point
from gapkit.labels import label_count, label_share
from gapkit.results import Result, not_assessable
from gapkit.stats.pert import pert_draws
from gapkit.stats.resample import resampled_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline import Baseline
    from gapkit.config import EngagementConfig
    from gapkit.cost.ledger import ThreePoint

PROFILES: Final = ("durable", "perishable", "seasonal")
LEVEL: Final = 0.90
NO_VALUE: Final = "No program tells its margin per week. The column value_per_week of programs would switch this on."


class Delay(NamedTuple):
    """Cost of delay.

    Attributes
    ----------
    result : Result
        Money, P50 with P5 and P95.
    assumptions : tuple of Assumption
        What it rests on.
    """

    result: Result
    assumptions: tuple[Assumption, ...]


def weeks_late(baseline: Baseline) -> pd.Series:
    """Return for how many weeks of the window each promised program was overdue; 0 for those that were not.

    Parameters
    ----------
    baseline : Baseline
        Its programs and window.

    Notes
    -----
    From the day after the frozen end until delivery, or until the data was read. Programs that were cancelled, or whose
    day of delivery is unknown, have none: what is late can still come.
    """
    judged = baseline.judged
    first, last = pd.Timestamp(baseline.start), pd.Timestamp(baseline.as_of)
    due = judged["frozen_end"]
    over = judged["actual_end"].where(judged["status"] == "delivered", last)
    days = (over - due.where(~(due < first), first)).dt.days
    comes = judged["group"].isin(["committed", "added"]) & ~judged["status"].isin(["cancelled", "merged"])
    weeks: pd.Series = (days.clip(lower=0) / 7).where(comes).fillna(0.0)
    return weeks


def season_weeks(baseline: Baseline, late: pd.Series) -> pd.Series:
    """Return the weeks late up to the end of the quarter promised: with it, the season ends."""
    first, due = pd.Timestamp(baseline.start), baseline.judged["frozen_end"]
    most = (baseline.judged["quarter_end"] - due.where(~(due < first), first)).dt.days / 7
    return late.clip(upper=most.clip(lower=0.0).fillna(0.0))


def estimate_delay(programs: pd.DataFrame, baseline: Baseline, config: EngagementConfig, *, period: str) -> Delay:
    """Estimate what delay cost in the window.

    Parameters
    ----------
    programs : DataFrame
        Canonical table: value_per_week (margin) and value_profile.
    baseline : Baseline
        Supplies frozen dates, deliveries and the window.
    config : EngagementConfig
        Supplies settings and seed.
    period : str
        The window in words.

    Notes
    -----
    Sum of value_per_week × weeks late × φ over late programs. φ is a three-point estimate, drawn once per profile and
    draw; seasonal value is lost whole (φ = 1), for weeks up to the end of the quarter promised. A program without a profile
    counts as durable, the mildest. Margin, not revenue: part of it comes later, so this is no bucket of the invisible tax.
    """
    name, settings = "delay_cost", config.settings
    values = programs.set_index("program_id").reindex(baseline.judged.index)
    late = weeks_late(baseline)
    if values["value_per_week"].isna().all():
        return Delay(not_assessable(name, NO_VALUE, unit="money", period=period, n=int((late > 0).sum())), ())
    known = late.gt(0) & values["value_per_week"].notna()
    caveats = _caveats(late.gt(0), known, values["value_profile"])
    if 0 < known.sum() < settings.min_n_counts:
        words = f"Only {label_count(int(known.sum()), 'late program')} with a margin per week."
        return Delay(Result(name, n=int(known.sum()), unit="money", period=period, status="thin", grade="C",
                            caveats=(words, *caveats)), ())  # fmt: skip
    weeks = late.where(values["value_profile"] != "seasonal", season_weeks(baseline, late))
    lost = (values["value_per_week"] * weeks).where(known, 0.0).to_numpy(float)
    profile = values["value_profile"].fillna("durable").to_numpy(str)
    due = known | baseline.judged["frozen_end"].between(pd.Timestamp(baseline.start), pd.Timestamp(baseline.as_of))
    table = np.column_stack([np.where(profile == word, lost, 0.0) for word in PROFILES])[due.to_numpy()]
    rng = np.random.default_rng(config.seed)
    sums = resampled_totals(table, settings.cost_draws, rng)
    losses = {word: three_point(settings, f"{word}_loss") for word in PROFILES[:2]}
    shares = [pert_draws(*losses[word], settings.cost_draws, rng) for word in PROFILES[:2]]
    draws = (sums * np.column_stack([*shares, np.ones(settings.cost_draws)])).sum(axis=1)
    low, middle, high = np.quantile(draws, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    result = Result(
        name, middle, low, high, level=LEVEL, n=int(known.sum()), unit="money", period=period, grade="C", caveats=caveats,
        method="margin per week × weeks late × share lost, P50 with P5 and P95 of draws",
    )  # fmt: skip
    return Delay(result, _assumptions(losses))


def _assumptions(losses: Mapping[str, ThreePoint]) -> tuple[Assumption, ...]:
    ranges = {
        word: f"{label_share(points.mode)} ({label_share(points.low)} to {label_share(points.high)})"
        for word, points in losses.items()
    }
    whole = "lost whole until the end of the quarter promised, nothing after"
    return (
        Assumption("Margin a week once in the market", "as recorded per program", "column value_per_week", FINANCE),
        *(Assumption(f"Margin lost per week of delay, {word} value", value, DEFAULT, CONSULTANT)
          for word, value in ranges.items()),
        Assumption("Margin lost per week of delay, seasonal value", whole, DEFAULT, CONSULTANT),
    )  # fmt: skip


def _caveats(late: pd.Series, known: pd.Series, profile: pd.Series) -> tuple[str, ...]:
    found = ["Margin, some of which comes later; it stands apart and is not part of the invisible tax."]
    without = int((late & ~known).sum())
    if without:
        found.append(f"{label_count(without, 'late program')} of {int(late.sum())} without a margin per week left out.")
    plain = int((known & profile.isna()).sum())
    if plain:
        found.append(f"{label_count(plain, 'late program')} without a value profile counted as durable.")
    return tuple(found)
