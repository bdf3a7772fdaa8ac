"""What is to be expected of open commitments, and how earlier forecasts fared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.labels import MONTHS, label_count, label_date, label_number
from gapkit.measurement.forecast.wording import span_words
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from matplotlib.axes import Axes

    from gapkit.measurement.forecast import Point

ROW_MM: Final = 10.0
MOST_ROWS: Final = 12
# Column of the counts, colour by meaning, and name, from left to right.
PARTS: Final = (
    ("on_time", "on_time", "on time"),
    ("late", "late", "late"),
    ("cancelled", "cancelled", "cancelled"),
    ("unknown", "open", "too little data"),
)


def plot_expected(months: pd.DataFrame) -> Axes:
    """Draw what is to be expected of the commitments due in each month.

    Parameters
    ----------
    months : DataFrame
        ``Forecast.by_month``; the first 12 rows are drawn.

    Returns
    -------
    Axes
        One stacked bar and one text a month; the 80 % interval of those on time as a line with ends.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    rows = months.head(MOST_ROWS).to_dict(orient="records")
    _, axes = figure(height_mm=30 + ROW_MM * len(rows))
    for place, row in enumerate(rows):
        left = 0.0
        for column, colour, _ in PARTS:
            axes.barh(place, row[column], left=left, height=0.62, color=PALETTE[colour])
            left += float(row[column])
        if pd.notna(row["month_on"]):
            ends = [row["low"], row["high"]]
            axes.plot(
                ends, [place, place], "|-", color=PALETTE["unplanned"], linewidth=2.4, markersize=9, markeredgewidth=2.4
            )
        axes.text(1.02, place, _told(row), transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(rows)), [_name(row) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, float(months["n"].head(MOST_ROWS).max()) * 1.02)
    axes.set_xlabel("commitments")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    shown = [(colour, name) for column, colour, name in PARTS if months[column].sum() > 0]
    marks: list[Any] = [Patch(color=PALETTE[colour], label=name) for colour, name in shown]
    marks.append(Line2D([], [], color=PALETTE["unplanned"], linewidth=2, label="on time, 80 % interval"))
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(marks), borderaxespad=0.2,
                columnspacing=1.4, handlelength=1.2)  # fmt: skip
    return axes


def _name(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["month_on"]):
        return "overdue"
    return f"due in {MONTHS[row['month_on'].month - 1]} {row['month_on'].year}"


def _told(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["month_on"]):
        return f"{label_number(row['n'])} late already"
    return f"{span_words(row['low'], row['high'])} of {label_number(row['n'])} on time"


def describe_expected(months: pd.DataFrame) -> str:
    """Return the alt text: every month drawn."""
    rows = months.head(MOST_ROWS).to_dict(orient="records")
    told = [f"{_name(row)}: {_told(row)}" for row in rows]
    return f"Open commitments by month due, expected on time with 80 % interval, late and cancelled. {'; '.join(told)}."


def plot_earlier_forecasts(points: Sequence[Point]) -> Axes:
    """Draw each earlier forecast: the interval foretold, and what came.

    Parameters
    ----------
    points : sequence of Point
        Oldest first.

    Returns
    -------
    Axes
        One line, one marker and one text a day; the marker is red where it lies outside.
    """
    from matplotlib.lines import Line2D

    _, axes = figure(height_mm=28 + 9 * len(points))
    for row, point in enumerate(points):
        axes.plot([point.low, point.high], [row, row], color=PALETTE["planned"], linewidth=8, solid_capstyle="butt")
        axes.plot(
            point.came, row, "D", color=PALETTE["delivered" if point.is_inside else "bad"], markersize=6, clip_on=False
        )
        axes.text(1.02, row, _words(point), transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(points)), [label_date(point.on) for point in points])
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.set_xlim(0, 1.1 * max(max(point.high, point.came) for point in points) + 1)
    axes.set_xlabel("commitments on time, of those due within 90 days")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    marks = [
        Line2D([], [], color=PALETTE["planned"], linewidth=8, label="foretold (80 % interval)"),
        Line2D([], [], color=PALETTE["delivered"], marker="D", linestyle="", markersize=6, label="as it came"),
        Line2D([], [], color=PALETTE["bad"], marker="D", linestyle="", markersize=6, label="outside"),
    ]  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2, columnspacing=1.6)
    return axes


def _words(point: Point) -> str:
    foretold = f"{span_words(point.low, point.high)} foretold"
    return f"{label_number(point.came)} of {label_number(point.n)}; {foretold}"


def describe_earlier_forecasts(points: Sequence[Point]) -> str:
    """Return the alt text: every earlier day, foretold and as it came."""
    told = [f"{label_date(point.on)}: {_words(point)}, {'inside' if point.is_inside else 'outside'}" for point in points]
    return f"Forecasts made at {label_count(len(points), 'earlier month end')}, and what came. {'; '.join(told)}."
