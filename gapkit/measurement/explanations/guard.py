"""A verdict of change stands only where the explanations that guard it leave it standing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.measurement.explanations.explanation import MAY
from gapkit.measurement.explanations.wording import qualification
from gapkit.measurement.verdict import Judgement
from gapkit.measurement.wording import effect_sentence

if TYPE_CHECKING:
    from gapkit.measurement.effects.effect import Effect
    from gapkit.measurement.explanations.explanation import Explanations

GUARDED: Final = ("improved", "worsened")


def guarded(primary: Effect, explanations: Explanations) -> Effect:
    """Return the primary effect with the verdict that other explanations leave it.

    Parameters
    ----------
    primary : Effect
        As estimated: judged by its own interval.
    explanations : Explanations
        From `explain`, of the same effect.

    Returns
    -------
    Effect
        The same, unless it says improved or worsened and a guard (the mix of work, the return to normal, the record of
        promises) may explain it: then "no detectable change", with the reason, in verdict and sentence. The figures stay as
        they are.

    Notes
    -----
    A guard can only take a verdict away. In simulated organisations in which nothing changed, or the mix of work only, the
    guards bring false improvements below 5 %, and cost power; docs/validation-measure.md says how much.
    """
    if primary.judgement.verdict not in GUARDED:
        return primary
    fallen = [item.id for item in explanations.considered if item.guards and item.standing == MAY]
    if not fallen:
        return primary
    judgement = Judgement("no detectable change", qualification(fallen))
    sentence = effect_sentence(primary.measure, primary.before, primary.after, primary.difference, judgement)
    return replace(primary, judgement=judgement, sentence=sentence)
