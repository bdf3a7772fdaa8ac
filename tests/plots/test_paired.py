from __future__ import annotations

import pandas as pd
import pytest

from gapkit.plots.paired import Sides, describe_paired, plot_paired
from gapkit.plots.theme import theme

ROWS = pd.DataFrame({"label": ["cadence", "x" * 60], "first": [20.0, 50.0], "others": [60.0, 45.0], "delta": [0.6, -0.1],
                     "low": [0.2, -0.4], "high": [0.8, 0.2], "is_shown": [True, False]})  # fmt: skip
SIDES = Sides("leaders (7)", "teams (30)", "mean score", (0, 100))


@pytest.fixture
def axes():
    with theme():
        return plot_paired(ROWS, SIDES)


def test_one_pair_of_marks_per_row_named_by_its_side(axes):
    """Both sides have as many marks as there are rows, and the legend names them with their numbers."""
    marks = {line.get_label(): list(line.get_xdata()) for line in axes.get_lines() if not line.get_label().startswith("_")}

    assert {"leaders (7)": [20, 50], "teams (30)": [60, 45]} == marks


def test_differences_stand_beside_with_their_intervals(axes):
    """A second Axes holds interval and mark of each row; what is shown has the colour of a verdict."""
    beside = axes.get_figure().axes[1].get_lines()

    assert [[0.2, 0.8], [0.6], [-0.4, 0.2], [-0.1]] == [list(line.get_xdata()) for line in beside[:4]]
    assert beside[0].get_color() != beside[2].get_color()


def test_without_a_comparison_there_is_one_panel():
    """Mean ranks of two sides are drawn without a panel of differences."""
    with theme():
        drawn = plot_paired(ROWS[["label", "first", "others"]], SIDES._replace(limits=(1, 7), digits=1))

    assert 1 == len(drawn.get_figure().axes)


def test_long_names_stay_in_their_place(axes):
    """A name of sixty letters takes two lines and leaves the chart most of the width."""
    axes.get_figure().draw_without_rendering()

    assert all(label.get_text().count("\n") <= 1 for label in axes.get_yticklabels())
    assert axes.get_position().width > 0.3


def test_the_alt_text_holds_every_row():
    """Who cannot see the chart reads both values and the difference."""
    text = describe_paired(ROWS, SIDES)

    assert "cadence: 20 and 60, delta 0.60 (0.20 to 0.80), shown" in text
    assert "50 and 45, delta −0.10 (−0.40 to 0.20)." in text
