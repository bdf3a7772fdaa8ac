"""One organisation measured: every verdict and interval beside what truly changed, as plain data."""

from __future__ import annotations

import math
from typing import Any, Final

from scipy import stats

from effects.organisations import compared, promises_only
from effects.worlds import World
from gapkit.measurement.comparison import Comparison
from gapkit.measurement.effects import Effect, estimate_effects
from gapkit.measurement.effects.conclude import conclude
from gapkit.measurement.effects.delivery import delivery_rates
from gapkit.measurement.effects.slip import slip
from gapkit.measurement.effects.time_to_market import time_to_market
from gapkit.measurement.effects.velocity import velocity
from gapkit.measurement.explanations import Explanation, Explanations, explain, guarded, with_mix_held
from gapkit.measurement.explanations.case_mix import case_mix
from gapkit.measurement.explanations.plan_record import plan_record
from gapkit.measurement.explanations.regression_to_mean import regression_to_mean
from gapkit.measurement.explanations.unknown_outcomes import unknown_outcomes
from gapkit.measurement.explanations.yardstick import yardstick
from gapkit.measurement.standing import Chart, standing
from gapkit.sample import SyntheticOrganisation, make_organisation
from gapkit.stats.xmr import RUN

Record = dict[str, Any]
# New points after which docs/method.md says how often a run of seven is mere chance.
EARLY_POINTS: Final = 8
# The first organisations of a world are measured whole: every measure, every explanation, the charts. Of all others the
# primary measure with its guards, and the measures that rest on programs alone, at a third of the cost.
WHOLE: Final = 40
FAMILIES: Final = (delivery_rates, velocity, time_to_market, slip)
GUARDS: Final = (case_mix, regression_to_mean, plan_record, unknown_outcomes, yardstick)


def put_to_trial(world: World, number: int, seed: int) -> Record:
    """Return what the measurement says of one organisation of a world, and what is true.

    Parameters
    ----------
    world : World
        What changed.
    number, seed : int
        Which of its organisations, and which draw of them all.

    Returns
    -------
    dict
        Plain data: number, is_whole, has_history, gain (the truth), primary (its name), effects (one record per measure),
        held (the same, the others with the mix of types held equal), guarded (the primary after the guards), explanations
        (one record each), stated_power, and charts (one record each; none of an organisation that is not measured whole).
    """
    org, is_whole = make_organisation(world.arguments(number, seed)), number < WHOLE
    comparison = compared(org if is_whole else promises_only(org), with_charts=is_whole)
    effects = estimate_effects(comparison) if is_whole else _effects(comparison)
    primary = effects[0]
    considered = explain(comparison, primary) if is_whole else _guards(comparison, primary)
    return {
        "number": number,
        "is_whole": is_whole,
        "has_history": "status_events" in comparison.after.eng.tables,
        "gain": gain(org),
        "primary": primary.measure,
        "effects": {effect.measure: record(effect) for effect in effects},
        "held": {effect.measure: record(effect) for effect in with_mix_held(comparison, effects)},
        "guarded": record(guarded(primary, considered)),
        "explanations": {item.id: looked_at(item) for item in considered.considered},
        "stated_power": power_of(primary, world.improvement),
        "charts": {chart.name: read_chart(chart) for chart in standing(comparison).charts} if is_whole else {},
    }


def _effects(comparison: Comparison) -> tuple[Effect, ...]:
    drafts = [draft for family in FAMILIES for draft in family(comparison)]
    return conclude(drafts, comparison.frozen.primary, comparison.look, comparison.judged_on)


def _guards(comparison: Comparison, primary: Effect) -> Explanations:
    return Explanations(tuple(look(comparison, primary) for look in GUARDS))


def gain(org: SyntheticOrganisation) -> float:
    """Return by how much the redesign raised the execution rate of the quarter after, every draw the same."""
    return float(org.truth.rates["execution_rate"].iloc[-1]) - org.truth.after_without_redesign


def record(effect: Effect) -> Record:
    """Return an effect as plain data."""
    gap = effect.difference
    return {
        "n": [effect.before.n, effect.after.n], "status": gap.status, "value": gap.value, "low": gap.low, "high": gap.high,
        "better": effect.better, "verdict": effect.judgement.verdict, "adjusted_p": effect.adjusted_p,
    }  # fmt: skip


def looked_at(item: Explanation) -> Record:
    """Return another explanation as plain data."""
    result = item.result
    if result is None:
        return {"standing": item.standing, "guards": item.guards}
    figure = {"status": result.status, "value": result.value, "low": result.low, "high": result.high}
    return {"standing": item.standing, "guards": item.guards, **figure}


def read_chart(chart: Chart) -> Record:
    """Return a standing chart as plain data: points judged, and the sides of its runs of seven, early ones and all."""
    judged = chart.judged
    # Seven among the first eight points begin with the first or the second, and so may a run that has to be longer.
    early = [run.side for run in chart.runs if run.start in judged[: EARLY_POINTS - RUN + 1]]
    return {
        "grain": chart.grain, "points": len(judged) if chart.in_force.limits else 0, "early": early,
        "sides": [run.side for run in chart.runs],
    }  # fmt: skip


def power_of(primary: Effect, improvement: float) -> float | None:
    """Return the power an organisation of these counts and this baseline is told; None without both rates."""
    before, after = primary.before, primary.after
    if not improvement or not primary.difference.is_ok or before.value is None:
        return None
    return stated_power(before.n, after.n, before.value, improvement)


def stated_power(n_before: int, n_after: int, rate_before: float, improvement: float) -> float:
    """Return the chance to see a rate improve: the formula of `minimum_detectable_difference`, solved for power."""
    rate_after = min(1.0, rate_before + improvement)
    pooled = (rate_before * n_before + rate_after * n_after) / (n_before + n_after)
    null = math.sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
    separate = math.sqrt(rate_before * (1 - rate_before) / n_before + rate_after * (1 - rate_after) / n_after)
    surplus = rate_after - rate_before - float(stats.norm.isf(0.025)) * null
    return float(stats.norm.cdf(surplus / separate)) if separate else float(surplus > 0)
