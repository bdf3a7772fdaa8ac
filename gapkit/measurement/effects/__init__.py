"""Effects: each measure before and after, with its interval and its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.measurement.effects.commitments import commitments
from gapkit.measurement.effects.conclude import conclude
from gapkit.measurement.effects.delivery import NOT_FROZEN, delivery_rates
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.effects.ownership import ownership
from gapkit.measurement.effects.places import placed_waits
from gapkit.measurement.effects.pulse import pulse
from gapkit.measurement.effects.sla import sla
from gapkit.measurement.effects.slip import slip
from gapkit.measurement.effects.time_to_market import time_to_market
from gapkit.measurement.effects.velocity import velocity
from gapkit.measurement.effects.waits import waits
from gapkit.results import not_assessable

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapkit.measurement.comparison import Comparison

__all__ = ["Effect", "estimate_effects"]


def redesigned_places(comparison: Comparison) -> list[Draft]:
    """Compare waits and agreed times at the places the redesign changes."""
    found = placed_waits(comparison)
    return [*waits(comparison, found), *sla(comparison, found)]


# Each takes both sides and returns the measures it can speak of, measured or not.
FAMILIES: Final[tuple[Callable[[Comparison], list[Draft]], ...]] = (
    delivery_rates,
    commitments,
    velocity,
    time_to_market,
    slip,
    redesigned_places,
    ownership,
    pulse,
)


def estimate_effects(comparison: Comparison) -> tuple[Effect, ...]:
    """Compare the measure window with the baseline, measure by measure.

    Parameters
    ----------
    comparison : Comparison
        Both sides, from `comparison.compare_windows`.

    Returns
    -------
    tuple of Effect
        The primary measure first, then the other measures as the families stand, then details place by place.
    """
    drafts = [draft for family in FAMILIES for draft in family(comparison)]
    primary = comparison.frozen.primary
    if primary not in {draft.measure for draft in drafts}:
        drafts.append(_unknown(primary, comparison))
    return conclude(drafts, primary, comparison.look, comparison.judged_on)


def _unknown(measure: str, comparison: Comparison) -> Draft:
    """Return the primary measure where none of the families speaks of it."""
    before, after = (
        not_assessable(measure, NOT_FROZEN, period=side.period) for side in (comparison.before, comparison.after)
    )
    return Draft(measure, before, after, no_difference(before, after, "pp"))
