from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.measurement.forecast import Point
from gapkit.plots.forecast import (
    MOST_ROWS,
    describe_earlier_forecasts,
    describe_expected,
    plot_earlier_forecasts,
    plot_expected,
)
from gapkit.plots.theme import PALETTE, theme

MONTHS = pd.DataFrame({
    "month_on": [pd.NaT, pd.Timestamp("2026-11-01"), pd.Timestamp("2026-12-01")], "n": [1, 4, 33],
    "on_time": [0.0, 1.8, 13.8], "low": [0, 1, 8], "high": [0, 3, 19], "cancelled": [0.0, 0.6, 8.8],
    "late": [1.0, 1.6, 10.4], "unknown": 0,
})  # fmt: skip
POINTS = tuple(
    Point(dt.date(2026, month, 28), dt.date(2026, month + 3, 28), 20, 9, 6, 12, came) for month, came in ((1, 8), (2, 13))
)


def test_bars_add_up_to_the_commitments_of_a_month():
    """Every row's parts end at its count, in the colours of their meaning."""
    with theme():
        axes = plot_expected(MONTHS)

    rows = [[bar for bar in axes.patches if round(bar.get_y() + bar.get_height() / 2) == place] for place in range(3)]
    assert [1, 4, 33] == [pytest.approx(sum(bar.get_width() for bar in row)) for row in rows]
    assert PALETTE["on_time"] == "#" + "".join(f"{round(part * 255):02x}" for part in rows[2][0].get_facecolor()[:3])


def test_the_interval_is_drawn_where_something_is_foretold():
    """Overdue programs are a fact and get none."""
    with theme():
        axes = plot_expected(MONTHS)

    assert [[1, 3], [8, 19]] == [list(line.get_xdata()) for line in axes.get_lines()]


def test_no_more_months_than_a_page_holds():
    """Years ahead do not make a chart of a metre."""
    many = pd.concat([MONTHS.iloc[[1]]] * 30, ignore_index=True)
    with theme():
        axes = plot_expected(many)

    assert MOST_ROWS == len(axes.get_yticks())


def test_alt_text_tells_every_month():
    """Counts and interval in words, the overdue first."""
    text = describe_expected(MONTHS)

    assert "overdue: 1 late already; due in November 2026: 1 to 3 of 4 on time" in text


def test_what_lies_outside_is_red():
    """One forecast held, one did not."""
    with theme():
        axes = plot_earlier_forecasts(POINTS)

    marks = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert [(8, PALETTE["delivered"]), (13, PALETTE["bad"])] == [(mark.get_xdata()[0], mark.get_color()) for mark in marks]


def test_alt_text_says_inside_or_outside():
    """Every earlier day in words."""
    text = describe_earlier_forecasts(POINTS)

    assert "28 January 2026: 8 of 20; 6 to 12 foretold, inside" in text
    assert "28 February 2026: 13 of 20; 6 to 12 foretold, outside" in text
