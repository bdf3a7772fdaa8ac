"""Another mix of work behind measures that are not primary: a verdict of change has to stand with the mix held equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy import stats

from gapkit.baseline.time_to_market import CLOCKS, MEAN
from gapkit.measurement.effects.commitments import NAME as PARTS
from gapkit.measurement.effects.commitments import parts_due
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.effects.places import placed_waits
from gapkit.measurement.effects.sla import waits_due
from gapkit.measurement.effects.slip import NAME as SLIP
from gapkit.measurement.effects.slip import slips_due
from gapkit.measurement.effects.time_to_market import durations_within
from gapkit.measurement.explanations.case_mix import is_untyped, same_mix
from gapkit.measurement.explanations.guard import GUARDED, without_verdict
from gapkit.measurement.explanations.ways import MET, commitments, counts_by, way_of
from gapkit.redesign.slas.attainment import NAME as ATTAINMENT
from gapkit.stats.log_rank import stratified_log_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.effect import Effect

TYPE: Final = "type"
PLACE: Final = "place"
PLACES: Final = "places"
# Nobody agreed on these measures, so they are asked by their 95 % interval, more strictly than the one agreed on.
ONE_SIDE: Final = 0.025


def with_mix_held(comparison: Comparison, effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """Return effects with the verdicts that another mix of types of program leaves them.

    Parameters
    ----------
    comparison : Comparison
        Both sides.
    effects : sequence of Effect
        Any; the primary one is guarded by `guard.guarded` and stays as it is.

    Returns
    -------
    tuple of Effect
        The same; one that says improved or worsened becomes "no detectable change" where its 95 % interval no longer lies
        on that side with types compared among themselves. Figures stay as they are.

    Notes
    -----
    Rates are standardised as in `case_mix.same_mix`, agreed times over places in place of types (parts and waits of one
    program count as if they were unlike, which lets more pass); time-to-market and slip are compared by a log-rank test
    within types. Mean waits hold the mix of places in the figure itself. Velocity, owners and answers of the survey have
    no mix of this kind.
    """
    return tuple(_held(comparison, effect) for effect in effects)


def _held(comparison: Comparison, effect: Effect) -> Effect:
    if effect.is_primary or effect.judgement.verdict not in GUARDED:
        return effect
    if effect.measure == ATTAINMENT:
        return effect if _shares_stand(comparison, effect, _kept(comparison), PLACE) else without_verdict(effect, (PLACES,))
    if effect.measure in {*OUTCOME, PARTS}:
        frames = _parts(comparison) if effect.measure == PARTS else commitments(comparison, effect.measure)
        stands = _shares_stand(comparison, effect, frames, TYPE)
    elif effect.measure in {MEAN, SLIP}:
        stands = _time_stands(comparison, effect)
    else:
        return effect
    return effect if stands else without_verdict(effect, ("case_mix",))


def _shares_stand(comparison: Comparison, effect: Effect, frames: tuple[pd.DataFrame, pd.DataFrame], kind: str) -> bool:
    """Whether the change of a share keeps its direction with the mix of some kind held equal."""
    # Where nothing on file tells the mix, the frozen counts stand.
    if any(frame.empty for frame in frames) or (kind == TYPE and is_untyped(frames, comparison.config.settings)):
        return True
    before, after = (counts_by(frame, kind) for frame in frames)
    found = same_mix(before, after, comparison.config.seed)
    if found.types > 1 and not found.is_comparable:
        return False
    gap = effect.difference
    return found.types == 1 or way_of(found.outer.low, found.outer.high) == way_of(gap.low, gap.high)


def _parts(comparison: Comparison) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return programs and parts due on both sides with the type of their program."""
    before, after = (_typed(parts_due(side), side) for side in (comparison.before, comparison.after))
    return before, after


def _kept(comparison: Comparison) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the waits at redesigned places on both sides, and whether each kept its agreed time."""
    found = placed_waits(comparison)
    days = {place.place: place.days for place in found.places if place.days is not None}
    before, after = (waits_due(waits, days).rename(columns={"is_kept": MET}) for waits in (found.before, found.after))
    return before, after


def _typed(due: pd.DataFrame, side: Side) -> pd.DataFrame:
    kinds = due["program"].map(side.judged[TYPE].astype(object))
    return due.assign(**{TYPE: kinds, MET: due["is_on_time"].fillna(False).astype(bool)})


def _time_stands(comparison: Comparison, effect: Effect) -> bool:
    """Whether times are shorter, or longer, among programs of one type too."""
    sides = (comparison.before, comparison.after)
    units = [_days(side, comparison, effect.measure) for side in sides]
    both = pd.concat(units, keys=[False, True], names=["is_after"]).reset_index("is_after")
    kinds = both[TYPE].astype(object).where(both[TYPE].notna(), "")
    if len(kinds.unique()) == 1 or is_untyped(units, comparison.config.settings):
        return True
    # A slip may be negative, and is watched from ever; a clock starts at zero.
    zero = min(0.0, float(both["exit"].min()) - 1.0)
    entry = both["entry"].clip(lower=zero) - zero
    score = stratified_log_rank(both["exit"] - zero, both["is_event"], both["is_after"], kinds, entry)
    gap = effect.difference
    # More events in the same time are shorter times.
    return -way_of(gap.low, gap.high) * score > float(stats.norm.isf(ONE_SIDE))


def _days(side: Side, comparison: Comparison, measure: str) -> pd.DataFrame:
    """Return entry, exit, is_event and type of each program a time is measured on."""
    if measure == MEAN:
        units = durations_within(side.judged, CLOCKS[comparison.config.ttm_clock], side.start, side.end)
    else:
        late = slips_due(side)
        units = late.assign(exit=late["slip_days"], entry=-np.inf)
    return units[["entry", "exit", "is_event"]].assign(**{TYPE: side.judged[TYPE].reindex(units.index)})
