"""Work in progress and deliveries over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_number, label_value
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from gapkit.results import Result


def plot_wip(daily: pd.Series, axes: Axes | None = None) -> Axes:
    """Draw programs in progress on each day.

    Parameters
    ----------
    daily : Series
        From `load.daily_wip`: count indexed by day.
    """
    axes = axes or figure(height_mm=84)[1]
    axes.fill_between(daily.index, daily, step="post", color=PALETTE["delivered"], alpha=0.15, linewidth=0)
    axes.step(daily.index, daily, where="post", color=PALETTE["delivered"])
    axes.set_ylim(0, max(1.0, float(daily.max()) * 1.15))
    axes.set_ylabel("programs in progress")
    _date_axis(axes)
    return axes


def describe_wip(daily: pd.Series) -> str:
    """Return the alt text of work in progress."""
    return (
        f"Line of programs in progress by day: {label_number(daily.iloc[0])} on the first day, "
        f"{label_number(daily.iloc[-1])} on the last, between {label_number(daily.min())} and {label_number(daily.max())}."
    )


def plot_velocity(weekly: pd.DataFrame, velocity: Result, axes: Axes | None = None) -> Axes:
    """Draw deliveries of each week, with the mean pace and its interval.

    Parameters
    ----------
    weekly : DataFrame
        From `velocity.weekly_deliveries`; weeks cut by the window are drawn pale.
    velocity : Result
        Deliveries a working week.
    """
    from matplotlib.ticker import MaxNLocator

    axes = axes or figure(height_mm=84)[1]
    for is_full, meaning in ((True, "delivered"), (False, "planned")):
        chosen = weekly.loc[weekly["is_full"] == is_full]
        axes.bar(chosen["week_on"], chosen["deliveries"], width=5.5, align="edge", color=PALETTE[meaning],
                 label="full week" if is_full else "week cut by the window")  # fmt: skip
    if velocity.is_ok and velocity.value is not None and velocity.low is not None and velocity.high is not None:
        axes.axhspan(velocity.low, velocity.high, color=PALETTE["muted"], alpha=0.15, linewidth=0)
        axes.axhline(velocity.value, color=PALETTE["ink"], linewidth=0.9)
        axes.annotate(label_value(velocity.value, "per_week"), (1, velocity.value), xycoords=("axes fraction", "data"),
                      xytext=(4, 0), textcoords="offset points", va="center")  # fmt: skip
    axes.set_ylabel("deliveries")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2, handlelength=1.1)
    _date_axis(axes)
    return axes


def describe_velocity(weekly: pd.DataFrame, velocity: Result) -> str:
    """Return the alt text of weekly deliveries."""
    return (
        f"Bars of deliveries by week, between {label_number(weekly['deliveries'].min())} and "
        f"{label_number(weekly['deliveries'].max())}; mean {label_value(velocity.value, 'per_week')}."
    )


def _date_axis(axes: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
