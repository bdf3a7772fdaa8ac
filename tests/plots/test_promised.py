from __future__ import annotations

import pytest

from gapkit.plots.promised import Beside, Ran, describe_adoption, describe_promised, plot_adoption, plot_promised
from gapkit.plots.theme import theme
from gapkit.results import Result

ROWS = (
    Beside("Execution rate", Result("x", 0.15, 0.06, 0.24, level=0.9, unit="pp"),
           Result("x", -0.05, -0.12, 0.02, unit="pp"), "less than promised"),
    Beside("Velocity", Result("x", 0.15, unit="ratio"), Result("x", unit="ratio", status="thin"), "cannot be told"),
    Beside("Median time-to-market", Result("x", -10, -19, -1.5, level=0.9, unit="days"),
           Result("x", -9, -17, -1, unit="days"), "as promised"),
    Beside("Agreed times kept: legal", Result("x", 0.7), Result("x", 0.55, 0.36, 0.73, n=24, events=13), "cannot be told"),
)  # fmt: skip
PARTS = (
    Ran("Agreed meetings held when due", Result("x", 0.95, 0.87, 0.98, level=0.9, n=43, events=41),
        Result("x", 0.83, 0.66, 0.92, level=0.9, n=23, events=19), 0.8, "partly in place"),
    Ran("Weekly inputs reported in time", Result("x", status="not_assessable"), Result("x", status="not_assessable"), 0.8,
        "not measured"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def themed():
    """Draw as the report does."""
    with theme():
        yield


def test_each_unit_has_a_panel_of_its_own():
    """Points, per cent, days and shares cannot share an axis; each panel holds its rows and nothing else."""
    panels = plot_promised(ROWS).get_figure(root=True).axes

    assert [axes.get_xlabel() for axes in panels] == [
        "change, percentage points", "change, %", "change, days", "share, %",
    ]  # fmt: skip
    assert [[label.get_text() for label in axes.get_yticklabels()] for axes in panels] == [
        ["Execution rate"], ["Velocity"], ["Median time-to-market"], ["Agreed times kept: legal"],
    ]  # fmt: skip


def test_marks_stand_where_the_figures_are():
    """Promised 6 to 24 points as a bar, measured −5 as a dot on its interval."""
    lines = plot_promised(ROWS).get_lines()
    drawn = [[round(float(x), 6) for x in line.get_xdata()] for line in lines]

    assert [6.0, 24.0] in drawn
    assert [-12.0, 2.0] in drawn
    assert [-5.0] in drawn


def test_a_row_without_a_measured_figure_has_its_promise_alone():
    """Nothing stands where nothing was measured."""
    axes = plot_promised(ROWS[1:2])
    dots = [line for line in axes.get_lines() if line.get_marker() == "o"]

    assert dots == []
    assert "cannot be told" in [text.get_text() for text in axes.texts]


def test_parts_stand_before_and_after_against_their_mark():
    """Both shares, the interval after, the mark; a part that is not measured says so in its row."""
    axes = plot_adoption(PARTS)
    drawn = [[round(float(x), 6) for x in line.get_xdata()] for line in axes.get_lines()]

    assert [95.0] in drawn
    assert [83.0] in drawn
    assert [66.0, 92.0] in drawn
    assert [80.0, 80.0] in drawn
    assert {"not measured", "partly in place"} <= {text.get_text() for text in axes.texts}


def test_the_alt_texts_tell_every_row():
    """Both figures and the word."""
    assert "Execution rate: promised +15 pp, measured −5 pp, less than promised" in describe_promised(ROWS)
    assert "Velocity: promised 0.15, measured too little data, cannot be told" in describe_promised(ROWS)
    assert "held when due: 95 % before, 83 % after, mark 80 %, partly in place" in describe_adoption(PARTS)
    assert "Weekly inputs reported in time: not measured before, not measured after" in describe_adoption(PARTS)
