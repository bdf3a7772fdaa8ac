"""The weeks ahead: a lane per series of meetings, a mark per date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import MONTHS, label_count, label_date
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

LABEL_WIDTH: Final = 32
ROW_MM: Final = 8.0
# From this many minutes on a meeting takes half a day or more and stands out.
LONG: Final = 120
SIZES: Final = ((30, 5.0), (60, 7.0), (LONG, 9.0))
LONGEST: Final = 11.0


def plot_weeks_ahead(dates: pd.DataFrame, lanes: Sequence[tuple[str, str]], first: dt.date, last: dt.date) -> Axes:
    """Draw every date of every series, week by week.

    Parameters
    ----------
    dates : DataFrame
        Columns series (id), starts_at, ends_at, moved (empty where it is when its rhythm asks for it).
    lanes : sequence of (str, str)
        Id and name of each series, from top to bottom.
    first, last : date
        The days drawn, both included.

    Returns
    -------
    Axes
        One mark per date, larger the longer it lasts, open where it was moved.
    """
    names = [wrap_name(name, LABEL_WIDTH, 2) for _, name in lanes]
    _, axes = figure(height_mm=26 + row_mm(names, ROW_MM) * len(lanes))
    lane = {series: place for place, (series, _) in enumerate(lanes)}
    for row in dates.loc[dates["series"].isin(list(lane))].to_dict(orient="records"):
        colour = PALETTE["delivered"]
        axes.plot(row["starts_at"].date().toordinal(), lane[row["series"]], "s", markersize=_size(row), color=colour,
                  markerfacecolor=PALETTE["paper"] if row["moved"] else colour, clip_on=False)  # fmt: skip
    mondays = [first + dt.timedelta(days=day) for day in range((last - first).days + 1)
               if (first + dt.timedelta(days=day)).weekday() == 0]  # fmt: skip
    for place, monday in enumerate(mondays):
        if place % 2:
            axes.axvspan(monday.toordinal(), monday.toordinal() + 7, color=PALETTE["tint"], linewidth=0, zorder=0)
    shown = mondays[::2]
    axes.set_xticks([day.toordinal() for day in shown], [f"{day.day} {MONTHS[day.month - 1][:3]}" for day in shown])
    axes.set_xlim(first.toordinal() - 1, last.toordinal() + 1)
    axes.set_yticks(range(len(lanes)), names)
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_xlabel("week that begins on")
    axes.grid(visible=True, axis="y")
    _legend(axes, has_moved=bool(dates["moved"].astype(bool).any()))
    return axes


def _size(row: Mapping[Hashable, Any]) -> float:
    minutes = (row["ends_at"] - row["starts_at"]).total_seconds() / 60
    return next((size for most, size in SIZES if minutes <= most), LONGEST)


def _legend(axes: Axes, *, has_moved: bool) -> None:
    from matplotlib.lines import Line2D

    colour = PALETTE["delivered"]
    marks = [
        Line2D([], [], color=colour, marker="s", linestyle="", markersize=SIZES[0][1], label="up to half an hour"),
        Line2D([], [], color=colour, marker="s", linestyle="", markersize=SIZES[2][1], label="up to two hours"),
        Line2D([], [], color=colour, marker="s", linestyle="", markersize=LONGEST, label="longer"),
    ]  # fmt: skip
    if has_moved:
        marks.append(Line2D([], [], color=colour, marker="s", linestyle="", markersize=SIZES[1][1], label="moved",
                            markerfacecolor=PALETTE["paper"]))  # fmt: skip
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2, handlelength=1.2,
                columnspacing=1.6)  # fmt: skip


def describe_weeks_ahead(dates: pd.DataFrame, lanes: Sequence[tuple[str, str]]) -> str:
    """Return the alt text: every series with its dates counted and its first one."""
    told = []
    for series, name in lanes:
        mine = dates.loc[dates["series"] == series]
        since = f", from {label_date(mine['starts_at'].min().date())}" if len(mine) else ""
        told.append(f"{name}: {label_count(len(mine), 'date')}{since}")
    return f"Calendar of the weeks ahead. {'; '.join(told)}."
