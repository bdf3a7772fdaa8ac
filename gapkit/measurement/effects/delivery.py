"""Before against after: each measure compared with the frozen baseline, with its interval and its verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from gapkit.baseline.execution import NO_SPEC
from gapkit.baseline.frozen import MEASURES, Frozen, worthwhile_change
from gapkit.baseline.rates import estimate_rate
from gapkit.baseline.velocity import estimate_velocity, working_weeks
from gapkit.labels import label_period
from gapkit.measurement.verdict import Judgement, judge_effect
from gapkit.measurement.wording import effect_sentence, upper_limit_words
from gapkit.results import Result, Status, Unit, not_assessable
from gapkit.stats.counts import rate_ratio
from gapkit.stats.differences import boschloo, newcombe_difference

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig

OUTCOME = {"execution_rate": "delivered_by_quarter_end", "on_time_rate": "is_on_time", "otif_rate": "is_otif"}


@dataclass(frozen=True, slots=True)
class Effect:
    """One measure, before and after.

    Attributes
    ----------
    measure : str
        Result name of the measure.
    before, after : Result
        The frozen baseline and the measure window.
    difference : Result
        Rates: after − before as a share, unit ``pp``. Velocity: after / before − 1, unit ``ratio``. Status not ``ok`` when
        either side is not.
    p_value, adjusted_p : float or None
        Exact two-sided p, and Holm-adjusted over the measures that are not primary.
    is_primary : bool
        Whether this is the measure agreed at day 30.
    judgement : Judgement
        Verdict and qualification.
    sentence : str
        The finding in words.
    """

    measure: str
    before: Result
    after: Result
    difference: Result
    p_value: float | None
    adjusted_p: float | None
    is_primary: bool
    judgement: Judgement
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {
            "measure": self.measure,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "difference": self.difference.to_dict(),
            "p_value": self.p_value,
            "adjusted_p": self.adjusted_p,
            "is_primary": self.is_primary,
            "verdict": self.judgement.verdict,
            "qualification": self.judgement.qualification,
            "sentence": self.sentence,
        }


def commitments_due(judged: pd.DataFrame, start: dt.date, end: dt.date, as_of: dt.date, grace_days: int) -> pd.DataFrame:
    """Return the frozen commitments whose planned end, plus grace, fell due in a window and has passed.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs`.
    start, end : date
        First and last day of the window, both included.
    as_of : date
        Later dues are left out, so that nothing is judged before its time.
    grace_days : int
        Days of grace after the planned end.
    """
    due = judged["frozen_end"]
    passed = due + pd.Timedelta(days=grace_days) <= pd.Timestamp(as_of)
    inside = due.between(pd.Timestamp(start), pd.Timestamp(end))
    return judged.loc[(judged["group"] == "committed") & inside & passed]


def measure_after(
    judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date, start: dt.date, end: dt.date, delivery_recorded: bool
) -> dict[str, Result]:
    """Estimate every measure in the measure window, by the same definitions as the baseline.

    Returns
    -------
    dict of Result
        `MEASURES` and velocity_per_week.
    """
    period = label_period(start, end)
    due = commitments_due(judged, start, end, as_of, config.grace_days)
    over = due.loc[due["quarter_end"] <= pd.Timestamp(as_of)]
    results: dict[str, Result] = {}
    for name in MEASURES:
        frame = over if name == "execution_rate" else due
        if name == "otif_rate" and len(frame) and not frame["is_to_spec"].notna().any():
            results[name] = not_assessable(name, NO_SPEC, period=period, n=len(frame))
            continue
        missing = "" if len(frame) else "No committed program fell due in the measure window."
        results[name] = estimate_rate(
            name, frame[OUTCOME[name]], frame["team"], config.settings, period=period, missing=missing
        )
    results["velocity_per_week"] = estimate_velocity(
        judged, start, min(end, as_of), config, period=period, delivery_recorded=delivery_recorded
    )
    return results


def compare(before: Result, after: Result, weeks_before: float, weeks_after: float) -> tuple[Result, float | None]:
    """Return the difference of one measure and its exact p-value.

    Notes
    -----
    Rates: Newcombe's method 10 without continuity correction (Newcombe 1998, Statistics in Medicine 17:873-890) and
    Boschloo's
    exact test. Programs of one team are alike, but the same teams stand on both sides, so the team effect cancels in the
    difference. Velocity: exact conditional rate ratio, shown as change from 1.
    """
    name = f"{before.name}_difference"
    unit: Unit = "ratio" if before.unit == "per_week" else "pp"
    if not (before.is_ok and after.is_ok) or before.events is None or after.events is None:
        caveats = tuple(dict.fromkeys(before.caveats + after.caveats))
        status: Status = "not_assessable" if "not_assessable" in (before.status, after.status) else "thin"
        return Result(name, n=after.n, unit=unit, period=after.period, status=status, caveats=caveats), None
    if before.unit == "per_week":
        if not before.events:
            none = "No delivery before: a change in proportion cannot be formed."
            return Result(name, n=after.n, unit=unit, period=after.period, status="thin", caveats=(none,)), None
        ratio = rate_ratio(after.events, weeks_after, before.events, weeks_before)
        return Result(name, ratio.value - 1, ratio.low - 1, ratio.high - 1, n=after.n, unit="ratio", period=after.period,
                      method="exact conditional rate ratio, minus 1"), ratio.p_value  # fmt: skip
    gap = newcombe_difference(after.events, after.n, before.events, before.n)
    p_value = boschloo(after.events, after.n, before.events, before.n).p_value
    return Result(name, gap.value, gap.low, gap.high, n=after.n, unit="pp", period=after.period,
                  method="Newcombe interval for the difference of two rates"), p_value  # fmt: skip


def estimate_effects(
    frozen: Frozen,
    judged: pd.DataFrame,
    config: EngagementConfig,
    as_of: dt.date,
    window: tuple[dt.date, dt.date],
    *,
    delivery_recorded: bool,
) -> tuple[Effect, ...]:
    """Compare the measure window with the frozen baseline.

    Parameters
    ----------
    frozen : Frozen
        What was agreed at day 30; the primary measure and the worthwhile change are read from here, not from today's
        settings.
    judged : DataFrame
        From `outcomes.judge_programs`, read at `as_of`.
    config : EngagementConfig
        Supplies calendar, grace and minimum n.
    as_of : date
        The day the data is read at.
    window : tuple of date
        First and last day of the measure window.
    delivery_recorded : bool
        Whether any source could tell that a program was delivered.

    Returns
    -------
    tuple of Effect
        The primary measure first.
    """
    start, end = window
    after = measure_after(judged, config, as_of, start, end, delivery_recorded)
    weeks_after = working_weeks(start, min(end, as_of), config)
    drafts = []
    for measure in sorted(after, key=lambda name: name != frozen.primary):
        before = frozen.results.get(measure) or not_assessable(measure, "Not part of the frozen baseline.")
        difference, p_value = compare(before, after[measure], frozen.working_weeks, weeks_after)
        drafts.append(Effect(measure, before, after[measure], difference, p_value, None, measure == frozen.primary,
                             Judgement("not measured"), ""))  # fmt: skip
    return tuple(_conclude(effect, frozen) for effect in _adjust(drafts))


def _adjust(effects: list[Effect]) -> list[Effect]:
    """Add Holm-adjusted p-values over the measures that are not primary."""
    others = [effect for effect in effects if not effect.is_primary and effect.p_value is not None]
    if not others:
        return effects
    adjusted = multipletests([effect.p_value for effect in others], method="holm")[1]
    by_name = {effect.measure: float(p) for effect, p in zip(others, np.asarray(adjusted), strict=True)}
    return [replace(effect, adjusted_p=by_name.get(effect.measure)) for effect in effects]


def _conclude(effect: Effect, frozen: Frozen) -> Effect:
    """Add verdict and sentence."""
    gap = effect.difference
    if gap.status == "not_assessable":
        judgement = Judgement("not measured")
    elif not gap.is_ok:
        judgement = Judgement("too little data")
    else:
        high = gap.high if gap.high is not None else float("inf")
        judgement = judge_effect(
            gap.low if gap.low is not None else -float("inf"), high,
            worthwhile_change(frozen.min_change, effect.measure),
            is_primary=effect.is_primary, adjusted_p=effect.adjusted_p, upper_words=upper_limit_words(gap),
        )  # fmt: skip
    judged = replace(effect, judgement=judgement)
    return replace(judged, sentence=effect_sentence(judged.measure, judged.before, judged.after, gap, judgement))
