from __future__ import annotations

import pandas as pd

from gapkit.plots.curves import describe_slip, describe_time_to_market, plot_slip, plot_time_to_market
from gapkit.plots.theme import theme
from gapkit.results import Result

CURVE = pd.DataFrame({
    "day": [0.0, 30, 60], "delivered": [0, 0.3, 0.6], "delivered_low": [0, 0.2, 0.5], "delivered_high": [0, 0.4, 0.7],
    "cancelled": [0, 0.05, 0.1],
})  # fmt: skip
SLIP = pd.DataFrame({"slip_days": [-5.0, 0, 12], "landed": [0.1, 0.3, 1], "low": [0, 0.2, 0.9], "high": [0.2, 0.4, 1]})
MEDIAN = Result("m", 52, 40, None, n=60, unit="days")


def test_two_fates_are_labelled_where_their_lines_end():
    """No legend: each line carries its own name and last value."""
    with theme():
        axes = plot_time_to_market(CURVE, MEDIAN)

    texts = [text.get_text() for text in axes.texts]
    assert {"delivered 60 %", "cancelled 10 %", "median 52 days\nif not cancelled"} == set(texts)


def test_a_median_not_reached_draws_no_marker():
    """A missing number has no place on the axis."""
    with theme():
        axes = plot_time_to_market(CURVE, Result("m", None, 60, None, n=60, unit="days"))

    assert not [text for text in axes.texts if "median" in text.get_text()]


def test_slip_marks_the_frozen_date():
    """Zero days is the date that was promised."""
    with theme():
        axes = plot_slip(SLIP, MEDIAN)

    assert "frozen date" in [text.get_text() for text in axes.texts]


def test_alt_texts_carry_the_figures():
    """Both curves can be read without being seen."""
    assert "60 % delivered and 10 % cancelled by day 60; median 52 days." in describe_time_to_market(CURVE, MEDIAN)
    assert "30 % by the date; median slip 52 days." in describe_slip(SLIP, MEDIAN)
