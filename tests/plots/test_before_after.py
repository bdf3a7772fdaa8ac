from __future__ import annotations

import pytest

from gapkit.plots.before_after import (
    EDGE,
    Change,
    Row,
    describe_before_after,
    describe_effect,
    plot_before_after,
    plot_effect,
)
from gapkit.plots.theme import PALETTE
from gapkit.results import Result

BEFORE = Result("on_time_rate", 0.5, 0.38, 0.62, n=62, events=31, period="2026Q1")
AFTER = Result("on_time_rate", 0.77, 0.59, 0.88, n=30, events=23, period="2026Q3")
CHANGE = Change(0.55, 0.77, 0.93, "+27 pp  (+5 to +43 pp)", 0.6)
ROWS = [
    Row("On-time rate", 1.4, 0.4, 2.4, "31 of 62 → 23 of 30\n+27 pp (+5 to +43 pp)", "good"),
    Row("Mean slip", -9.0, -10.0, -8.0, "2 days → 20 days\n+18 days (+16 to +20 days)", "bad"),
    Row("Velocity", 0.2, -0.8, 1.2, "2.0 a week → 2.1 a week\n+5 % (−20 to +30 %)", "muted"),
]


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_the_change_is_drawn_from_the_value_before():
    """Its interval lies on the measure's own scale, its words beside it."""
    axes = plot_effect(BEFORE, AFTER, CHANGE)
    change = [line for line in axes.lines if list(line.get_ydata()) == [2, 2]]

    assert [list(line.get_xdata()) for line in change] == [[pytest.approx(55), pytest.approx(93)]]
    assert CHANGE.words in texts(axes)


def test_the_target_is_a_dashed_line():
    """Sixty per cent; without a target there is none."""
    with_target, without = (plot_effect(BEFORE, AFTER, CHANGE._replace(target=target)) for target in (0.6, None))

    assert "target" in texts(with_target)
    assert "target" not in texts(without)


def test_a_pace_has_a_scale_of_its_own():
    """Deliveries a week are not per cent."""
    before, after = (Result("velocity_per_week", v, v - 1, v + 1, n=9, events=9, unit="per_week") for v in (2.0, 3.0))
    axes = plot_effect(before, after, Change(1.5, 3.0, 5.0, "+50 %"))

    assert axes.get_xlabel() == "a week"
    assert axes.get_xlim()[1] >= 5.0


def test_every_measure_has_its_line_and_its_numbers():
    """First on top; the better to the right; colour by verdict."""
    axes = plot_before_after(ROWS)
    marks = [line for line in axes.lines if len(line.get_xdata()) == 1]

    assert [line.get_color() for line in marks] == [PALETTE[row.way] for row in ROWS]
    assert [row.numbers for row in ROWS] == texts(axes)
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_what_lies_far_out_is_drawn_at_the_edge():
    """Nine half-widths to the left is no further than the edge."""
    marks = [line for line in plot_before_after(ROWS).lines if len(line.get_xdata()) == 1]

    assert marks[1].get_xdata()[0] == -EDGE


def test_both_are_told_in_words():
    """Every number and every verdict."""
    assert "change +27 pp  (+5 to +43 pp)" in describe_effect(BEFORE, AFTER, CHANGE, "On-time rate")
    assert describe_before_after(ROWS).count("no change beyond chance") == 1
    assert "Mean slip: 2 days → 20 days, +18 days (+16 to +20 days), worsened" in describe_before_after(ROWS)
