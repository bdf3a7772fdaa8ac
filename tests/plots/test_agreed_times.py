from __future__ import annotations

import math

import pandas as pd

from gapkit.plots.agreed_times import describe_agreed_times, plot_agreed_times
from gapkit.plots.theme import theme

ROWS = pd.DataFrame({
    "label": ["legal review", "Web → Brand", "launch"], "days": [4.0, 0.5, 5.0], "low": [3.0, 0.5, math.nan],
    "high": [5.0, math.nan, math.nan], "median": [1.0, 0.5, math.nan], "agreed": [2.0, math.nan, math.nan],
})  # fmt: skip


def test_an_interval_without_an_end_runs_to_the_edge():
    """It leaves the picture; where there is none, no line is drawn."""
    with theme():
        axes = plot_agreed_times(ROWS)

    spans = [list(line.get_xdata()) for line in axes.get_lines() if len(line.get_xdata()) == 2]
    assert [[3.0, 5.0], [0.5, axes.get_xlim()[1]]] == spans


def test_the_proposed_time_stands_beside_each_row():
    """Half a day in words."""
    with theme():
        axes = plot_agreed_times(ROWS)

    assert ["4", "same day", "5"] == [text.get_text() for text in axes.texts]


def test_alt_text_leaves_out_what_is_not_known():
    """Median and agreement where there are some."""
    text = describe_agreed_times(ROWS)

    assert "legal review: proposed 4, median 1, agreed today 2" in text
    assert text.endswith("launch: proposed 5.")
