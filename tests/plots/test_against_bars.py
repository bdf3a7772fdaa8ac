from __future__ import annotations

from gapkit.plots.against_bars import LABEL_WIDTH, Measured, describe_against_bars, plot_against_bars
from gapkit.plots.theme import theme

ROWS = [
    Measured("Index", 76.0, 65.0, 86.0, 57.0, "76 of 100 (65 to 86); n = 35"),
    Measured("A part without interval", 66.0, None, None, None, "66 of 100; n = 35"),
    Measured("Quality", None, None, None, 50.0, "not measured"),
]


def draw(rows=ROWS):
    with theme():
        return plot_against_bars(rows)


def test_interval_marker_and_bar_stand_only_where_they_are_known():
    """One interval, two markers, two bars; a row without a figure keeps its bar and no mark at zero."""
    at = [tuple(map(float, line.get_xdata())) for line in draw().get_lines()]

    assert [(65.0, 86.0), (76.0,), (57.0, 57.0), (66.0,), (50.0, 50.0)] == at


def test_every_row_says_its_figure_or_why_there_is_none():
    """Value with interval and n, or not measured."""
    assert [row.text for row in ROWS] == [text.get_text().replace("\n", " ") for text in draw().texts]


def test_long_names_are_broken_into_lines():
    """Sixty characters do not squeeze the chart."""
    name = "an organisation with a very long name of its own for everything"
    (label,) = draw([ROWS[0]._replace(label=name)]).get_yticklabels()

    assert max(map(len, label.get_text().split("\n"))) <= LABEL_WIDTH
    assert name == label.get_text().replace("\n", " ")


def test_the_alt_text_holds_every_row():
    """Figures and bars in words."""
    assert ("Evidence from 0 to 100 with intervals. Index: 76 of 100 (65 to 86); n = 35, bar 57; A part without interval: "
            "66 of 100; n = 35; Quality: not measured, bar 50.") == describe_against_bars(ROWS, "Evidence")  # fmt: skip
