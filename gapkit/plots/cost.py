"""What the gap costs: its parts and their sum as bars with their ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.cost.wording import label_amount, label_amount_range, rounded
from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_number, sentence_case
from gapkit.plots.theme import PALETTE, figure
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.cost import Cost
    from gapkit.results import Result
    from gapkit.stats.intervals import Interval

SUM: Final = "together"


def plot_cost(cost: Cost, axes: Axes | None = None) -> Axes:
    """Draw the money in each bucket, and their sum, with P5 to P95.

    Parameters
    ----------
    cost : Cost
        A bucket without a figure keeps its row and says so.
    axes : Axes, optional
        Where to draw; a new figure otherwise.

    Returns
    -------
    Axes
        One bar and one interval line per amount measured; two lines of text per row: money, and hours.
    """
    rows: list[tuple[str, Result, Interval | None]] = [
        (name_of(bucket.result.name), bucket.result, bucket.hours) for bucket in cost.buckets
    ]
    rows.append((SUM, cost.amount, None))
    axes = axes or figure(height_mm=16 + 11 * len(rows))[1]
    for place, (name, result, hours) in enumerate(rows):
        if result.value is not None:
            colour = PALETTE["delivered" if name == SUM else "stalled"]
            axes.barh(place, result.value, height=0.55, color=colour)
            limits = [result.low or 0.0, result.high or 0.0]
            axes.plot(limits, [place, place], color=PALETTE["paper"], linewidth=2.6)
            axes.plot(limits, [place, place], color=PALETTE["ink"], linewidth=0.9)
        axes.text(1.02, place - 0.03, _money(result, cost.currency), transform=axes.get_yaxis_transform(), va="bottom",
                  color=PALETTE["ink"])  # fmt: skip
        beside = "P50 (P5 to P95)" if name == SUM else _hours(hours)
        axes.text(1.02, place + 0.03, beside, transform=axes.get_yaxis_transform(), va="top", color=PALETTE["muted"])
    axes.axhline(len(rows) - 1.5, color=PALETTE["grid"], linewidth=0.8)
    axes.set_yticks(range(len(rows)), [sentence_case(name) for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    return axes


def _money(result: Result, currency: str) -> str:
    if result.value is None:
        return sentence_case(NOT_MEASURED if result.status == "not_assessable" else TOO_LITTLE)
    return f"{label_amount(result.value, currency)} ({label_amount_range(result, currency).removeprefix(currency).strip()})"


def _hours(hours: Interval | None) -> str:
    if hours is None:
        return "hours not known"
    value, low, high = (label_number(rounded(number)) for number in hours)
    return f"{value} hours ({low} to {high})"


def describe_cost(cost: Cost) -> str:
    """Return the alt text: every part in words."""
    parts = [
        f"{name_of(bucket.result.name)} {_money(bucket.result, cost.currency)}, {_hours(bucket.hours)}"
        for bucket in cost.buckets
    ]
    whole = f"{SUM} {_money(cost.amount, cost.currency)}"
    return "Bars of what the gap costs, with P5 to P95. " + "; ".join([*parts, whole]) + "."
