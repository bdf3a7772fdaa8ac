"""Every other explanation that is looked at, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.measurement.explanations.between import between
from gapkit.measurement.explanations.case_mix import case_mix
from gapkit.measurement.explanations.comparison_group import comparison_group
from gapkit.measurement.explanations.explanation import Explanation, Explanations
from gapkit.measurement.explanations.fewer_promises import fewer_promises
from gapkit.measurement.explanations.follow_up import follow_up
from gapkit.measurement.explanations.other_changes import other_changes
from gapkit.measurement.explanations.plan_record import plan_record
from gapkit.measurement.explanations.regression_to_mean import regression_to_mean
from gapkit.measurement.explanations.season import season
from gapkit.measurement.explanations.time_series import time_series
from gapkit.measurement.explanations.unknown_outcomes import unknown_outcomes
from gapkit.measurement.explanations.yardstick import yardstick

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

CONSIDERED: Final[tuple[Callable[[Comparison, Effect], Explanation], ...]] = (
    case_mix,
    regression_to_mean,
    comparison_group,
    time_series,
    follow_up,
    plan_record,
    unknown_outcomes,
    fewer_promises,
    season,
    between,
    yardstick,
    other_changes,
)


def explain(comparison: Comparison, primary: Effect) -> Explanations:
    """Return every other explanation of the change of the primary measure.

    Parameters
    ----------
    comparison : Comparison
        Both sides, from `comparison.compare_windows`.
    primary : Effect
        The measure agreed at day 30, as estimated.

    Returns
    -------
    Explanations
        In the order of `CONSIDERED`, whatever was found; nothing is left out for want of data.
    """
    return Explanations(tuple(look(comparison, primary) for look in CONSIDERED))
