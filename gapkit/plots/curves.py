"""Curves of time: how soon programs reach the market, and how late they land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_days, label_result, label_share
from gapkit.plots.theme import PALETTE, LineEnd, figure, label_ends

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from gapkit.results import Result


def plot_time_to_market(curves: pd.DataFrame, median: Result, since: str = "commitment", axes: Axes | None = None) -> Axes:
    """Draw the share of programs delivered and cancelled by each day after the clock started.

    Parameters
    ----------
    curves : DataFrame
        From `TimeToMarket.curves`: day, delivered, delivered_low, delivered_high, cancelled (shares).
    median : Result
        Median time-to-market; marked when reached.
    since : str
        What starts the clock.

    Returns
    -------
    Axes
        Two step lines, one band, one marker.
    """
    axes = axes or figure(height_mm=100)[1]
    day = curves["day"]
    axes.fill_between(day, curves["delivered_low"] * 100, curves["delivered_high"] * 100, step="post",
                      color=PALETTE["delivered"], alpha=0.18, linewidth=0)  # fmt: skip
    axes.step(day, curves["delivered"] * 100, where="post", color=PALETTE["delivered"])
    axes.step(day, curves["cancelled"] * 100, where="post", color=PALETTE["bad"], linestyle=(0, (5, 2)))
    last = curves.iloc[-1]
    axes.set_xlim(0, float(last["day"]) * 1.0)
    axes.set_ylim(0, 100)
    label_ends(axes, [
        LineEnd(f"delivered {label_share(last['delivered'])}", last["day"], last["delivered"] * 100, PALETTE["delivered"]),
        LineEnd(f"cancelled {label_share(last['cancelled'])}", last["day"], last["cancelled"] * 100, PALETTE["bad"]),
    ])  # fmt: skip
    if median.is_ok and median.value is not None:
        axes.axvline(median.value, color=PALETTE["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
        axes.annotate(f"median {label_days(median.value)}\nif not cancelled", (median.value, 97), xytext=(5, 0),
                      textcoords="offset points", va="top", color=PALETTE["muted"])  # fmt: skip
    axes.set_xlabel(f"days since {since}")
    axes.set_ylabel("% of programs")
    return axes


def describe_time_to_market(curves: pd.DataFrame, median: Result, since: str = "commitment") -> str:
    """Return the alt text of the time-to-market curve."""
    last = curves.iloc[-1]
    return (
        f"Curve of programs delivered by days since {since}: {label_share(last['delivered'])} delivered and "
        f"{label_share(last['cancelled'])} cancelled by day {last['day']:.0f}; median {label_result(median)}."
    )


def plot_slip(curve: pd.DataFrame, median: Result, axes: Axes | None = None) -> Axes:
    """Draw the share of planned programs that have landed by each day before or after their frozen date.

    Parameters
    ----------
    curve : DataFrame
        From `SlipCurve.curve`: slip_days, landed, low, high (shares).
    median : Result
        Median slip; marked when reached.
    """
    axes = axes or figure(height_mm=100)[1]
    days = curve["slip_days"]
    axes.fill_between(days, curve["low"] * 100, curve["high"] * 100, step="post", color=PALETTE["delivered"], alpha=0.18,
                      linewidth=0)  # fmt: skip
    axes.step(days, curve["landed"] * 100, where="post", color=PALETTE["delivered"])
    axes.axvline(0, color=PALETTE["ink"], linewidth=0.9)
    axes.annotate("frozen date", (0, 99), xytext=(-4, 0), textcoords="offset points", va="top", ha="right")
    if median.is_ok and median.value is not None and abs(median.value) >= 1:
        axes.axvline(median.value, color=PALETTE["muted"], linewidth=0.9, linestyle=(0, (2, 2)))
        axes.annotate(f"median {label_days(median.value)}", (median.value, 8), xytext=(5, 0), textcoords="offset points",
                      color=PALETTE["muted"])  # fmt: skip
    axes.set_ylim(0, 100)
    axes.set_xlabel("days after the frozen date (negative: before)")
    axes.set_ylabel("% of programs delivered")
    return axes


def describe_slip(curve: pd.DataFrame, median: Result) -> str:
    """Return the alt text of the slip curve."""
    at_zero = curve.loc[curve["slip_days"] <= 0, "landed"]
    share = label_share(float(at_zero.iloc[-1]) if len(at_zero) else 0.0)
    what = "Curve of programs delivered by days after their frozen date"
    return f"{what}: {share} by the date; median slip {label_result(median)}."
