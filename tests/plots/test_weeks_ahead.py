from __future__ import annotations

import datetime as dt

import pandas as pd

from gapkit.plots.theme import theme
from gapkit.plots.weeks_ahead import describe_weeks_ahead, plot_weeks_ahead

FIRST, LAST = dt.date(2026, 6, 5), dt.date(2026, 9, 2)
LANES = [("weekly", "Weekly review"), ("monthly", "Monthly review " * 4)]
STARTS = pd.to_datetime(["2026-06-08 10:00", "2026-06-15 10:00", "2026-07-02 13:00"])
DATES = pd.DataFrame({
    "series": ["weekly", "weekly", "monthly"], "starts_at": STARTS,
    "ends_at": STARTS + pd.to_timedelta([30, 30, 180], unit="min"), "moved": ["", "day off", ""],
})  # fmt: skip


def drawn(dates=DATES):
    with theme():
        return plot_weeks_ahead(dates, LANES, FIRST, LAST)


def test_every_date_has_its_mark_in_the_lane_of_its_series():
    """Two in the first lane, one in the second, on their days."""
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in drawn().get_lines()]

    assert [(start.date().toordinal(), lane) for start, lane in zip(STARTS, (0, 0, 1), strict=True)] == marks


def test_long_meetings_stand_out_and_moved_ones_are_open():
    """Three hours is larger than half an hour."""
    first, second, third = drawn().get_lines()

    assert third.get_markersize() > first.get_markersize()
    assert first.get_markerfacecolor() != second.get_markerfacecolor()


def test_the_legend_speaks_of_moved_dates_only_where_there_are_some():
    """Three words without, four with."""
    assert 4 == len(drawn().get_legend().get_texts())
    assert 3 == len(drawn(DATES.assign(moved="")).get_legend().get_texts())


def test_alt_text_counts_dates():
    """Each series with its first day."""
    assert "Weekly review: 2 dates, from 8 June 2026" in describe_weeks_ahead(DATES, LANES)
