"""A verdict of change stands only where the explanations that guard it leave it standing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.measurement.explanations.explanation import MAY
from gapkit.measurement.explanations.wording import qualification
from gapkit.measurement.verdict import Judgement
from gapkit.measurement.wording import effect_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        promises, outcomes nobody recorded, a corrected baseline) may explain it: then "no detectable change", with the
        reason, in verdict and sentence. The figures stay as they are.

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
    return without_verdict(primary, fallen)


def without_verdict(effect: Effect, fallen: Sequence[str]) -> Effect:
    """Return an effect whose verdict of change falls with some explanations, named by their ids."""
    judgement = Judgement("no detectable change", qualification(fallen))
    sentence = effect_sentence(effect.measure, effect.before, effect.after, effect.difference, judgement)
    return replace(effect, judgement=judgement, sentence=sentence)
