"""Less was promised: fewer, smaller, longer, or withdrawn in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from gapkit.baseline.velocity import working_weeks
from gapkit.labels import label_interval, label_list, label_number, label_share
from gapkit.measurement.explanations.explanation import DOES_NOT, MAY, UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import median_days, way_of
from gapkit.measurement.explanations.wording import NAMES
from gapkit.results import Result
from gapkit.stats.counts import rate_ratio

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects.effect import Effect
    from gapkit.measurement.explanations.explanation import Standing

ID = "fewer_promises"
# A ratio below this is fewer by a share worth naming, even if chance cannot be excluded.
NOTABLE = 0.9


class Promises(NamedTuple):
    """What one side promised.

    Attributes
    ----------
    commitments : int
        Commitments of the frozen plan due in the window, whatever became of them.
    weeks : float
        Working weeks of the window.
    duration_days : float or None
        Median planned duration.
    points : float or None
        Median size points.
    unplanned_share : float or None
        Unplanned programs of the window, of all programs of it.
    withdrawn : int
        Commitments due in the window and cancelled before their plan was frozen.
    """

    commitments: int
    weeks: float
    duration_days: float | None
    points: float | None
    unplanned_share: float | None
    withdrawn: int


def fewer_promises(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether the organisation promised less, which makes promises easier to keep.

    Parameters
    ----------
    comparison : Comparison
        Both sides.
    primary : Effect
        The measure agreed at day 30.
    """
    before, after = promises_of(comparison.before, comparison), promises_of(comparison.after, comparison)
    if not before.commitments or not after.commitments or min(before.weeks, after.weeks) <= 0:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, "One of the two periods holds no commitment.")
    ratio = rate_ratio(after.commitments, after.weeks, before.commitments, before.weeks)
    result = Result("commitments_ratio", ratio.value, ratio.low, ratio.high, n=after.commitments, unit="ratio",
                    period=comparison.after.period, method="exact conditional rate ratio")  # fmt: skip
    return Explanation(ID, NAMES[ID], _standing(primary, result), result, _sentence(before, after, result))


def promises_of(side: Side, comparison: Comparison) -> Promises:
    """Return what was promised for the window of one side."""
    judged, (first, last) = side.judged, (pd.Timestamp(side.start), pd.Timestamp(side.end))
    inside = judged["frozen_end"].between(first, last)
    plan = judged.loc[inside & (judged["group"] == "committed")]
    unplanned = int(((judged["group"] == "unplanned") & judged["actual_start"].between(first, last)).sum())
    points = plan["size_points"].dropna()
    return Promises(
        commitments=len(plan),
        weeks=working_weeks(side.start, side.end, comparison.config),
        duration_days=median_days(plan["frozen_end"], plan["frozen_start"]),
        points=float(points.median()) if len(points) else None,
        unplanned_share=unplanned / (unplanned + len(plan)) if unplanned + len(plan) else None,
        withdrawn=int((inside & (judged["group"] == "withdrawn")).sum()),
    )


def _standing(primary: Effect, ratio: Result) -> Standing:
    """Fewer promises may explain a gain, and only that; fewer within what chance allows leave it open."""
    gained = way_of(primary.difference.low, primary.difference.high) * primary.better > 0
    assert ratio.value is not None and ratio.high is not None, "a ratio of two counts above 0 is finite"
    if not gained or ratio.value >= NOTABLE:
        return DOES_NOT
    return MAY if ratio.high < 1 else UNKNOWN


def _sentence(before: Promises, after: Promises, result: Result) -> str:
    """Return the commitments a working week with their ratio, then what else tells how much was promised."""
    pace = [label_number(side.commitments / side.weeks, 1) for side in (before, after)]
    interval = label_interval(result.low, result.high, "ratio")
    ratio = f"ratio {label_number(result.value or 0, 2)}, 95 % interval {interval}"
    first = f"{pace[0]} commitments due a working week before, {pace[1]} after ({ratio})"
    more = [
        _pair("median planned duration", before.duration_days, after.duration_days, "days"),
        _pair("median size", before.points, after.points, "points"),
        _share(before.unplanned_share, after.unplanned_share),
        f"withdrawn before the freeze {label_number(before.withdrawn)} and {label_number(after.withdrawn)}",
    ]
    return f"{first}; {label_list([text for text in more if text])}."


def _pair(name: str, before: float | None, after: float | None, unit: str) -> str:
    if before is None or after is None:
        return ""
    return f"{name} {label_number(before)} and {label_number(after)} {unit}"


def _share(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return ""
    return f"unplanned work {label_share(before)} and {label_share(after)} of all"
