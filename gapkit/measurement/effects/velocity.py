"""Velocity: deliveries a working week, after over before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.baseline.frozen import worthwhile_change
from gapkit.baseline.velocity import estimate_velocity, weekly_deliveries, working_weeks
from gapkit.measurement.effects.delivery import NOT_FROZEN
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.measurement.effects.needed import velocity_needed
from gapkit.results import Result, not_assessable
from gapkit.stats.counts import rate_ratio
from gapkit.stats.overdispersed import quasi_rate_ratio

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import ArrayLike

    from gapkit.measurement.comparison import Comparison

NAME: Final = "velocity_per_week"
NO_DELIVERY_BEFORE: Final = "No delivery before: a change in proportion cannot be formed."
NO_DELIVERY_AFTER: Final = "No delivery in the measure window."


def compare_velocity(
    before: Result,
    after: Result,
    weeks_before: float,
    weeks_after: float,
    weekly: tuple[ArrayLike, ArrayLike] = ((), ()),
) -> tuple[Result, float | None]:
    """Return after / before − 1 and its p-value.

    Parameters
    ----------
    before, after : Result
        Velocity of both windows; their events are the deliveries.
    weeks_before, weeks_after : float
        Working weeks of both windows.
    weekly : tuple of array_like
        Deliveries of each full week before and after; they tell whether weeks scatter more than chance.

    Notes
    -----
    Exact conditional ratio of two Poisson rates. Where the weeks of both windows together scatter more (dispersion above
    1.5 over at least 8 full weeks) that interval is too narrow, and the ratio gets a quasi-Poisson one
    (`gapkit.stats.overdispersed`).
    """
    if not (before.is_ok and after.is_ok) or before.events is None or after.events is None:
        return no_difference(before, after, "ratio"), None
    if not before.events:
        return no_difference(before, after, "ratio", NO_DELIVERY_BEFORE), None
    wider = quasi_rate_ratio(after.events, weeks_after, before.events, weeks_before, weekly[1], weekly[0])
    ratio = wider or rate_ratio(after.events, weeks_after, before.events, weeks_before)
    method = "exact conditional rate ratio, minus 1"
    if wider is not None:
        method = f"rate ratio, minus 1; interval widened for a dispersion of {wider.dispersion:.1f} of weekly deliveries"
    return Result(f"{NAME}_difference", ratio.value - 1, ratio.low - 1, ratio.high - 1, n=after.n, unit="ratio",
                  period=after.period, method=method), ratio.p_value  # fmt: skip


def velocity(comparison: Comparison) -> list[Draft]:
    """Compare the deliveries a working week with the frozen count."""
    frozen, config, side = comparison.frozen, comparison.config, comparison.after
    before = frozen.results.get(NAME) or not_assessable(NAME, NOT_FROZEN, unit="per_week", period=comparison.before.period)
    after = estimate_velocity(
        side.judged, side.start, side.end, config, period=side.period, delivery_recorded=side.eng.records_delivery
    )
    weeks = frozen.working_weeks, working_weeks(side.start, side.end, config)
    first = comparison.before
    weekly = full_weeks(first.judged, first.start, first.end), full_weeks(side.judged, side.start, side.end)
    difference, p_value = compare_velocity(before, after, *weeks, weekly)
    change = worthwhile_change(frozen.min_change, NAME)
    needed = velocity_needed(before, change, frozen.working_weeks)
    return [Draft(NAME, before, after, difference, p_value, worthwhile=change, needed=needed)]


def full_weeks(judged: pd.DataFrame, start: dt.date, end: dt.date) -> list[int]:
    """Return the deliveries of each week that lies whole between two days."""
    weeks = weekly_deliveries(judged, start, end)
    return [int(count) for count in weeks.loc[weeks["is_full"], "deliveries"]]
