from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis.evidence import Finding, Indicator
from gapkit.plots.scores import (
    describe_differences,
    describe_indicators,
    describe_scores,
    plot_differences,
    plot_indicators,
    plot_scores,
)
from gapkit.plots.theme import PALETTE, theme
from gapkit.stats.intervals import Interval

ACTIVE = Finding(
    "unclear_ownership", "killer", "unclear ownership", "clearly active", Interval(74, 59, 85), Interval(77, 54, 95),
    Interval(68, 62, 74), 0.9, 0.99, (1, 2), (), "A", "", difference=Interval(9, -14, 28),
)  # fmt: skip
SILENT = Finding("cadence", "fracture", "cadence", "not assessable", None, None, None, None, None, None, (), "", "")
OWNER = Indicator(
    "O1", "of committed programs had no single named owner", 0.225, 0.05, 0.5, 68, "share", 0.05, 0.40, 50.0, "ok", (), ""
)
CENSUS = Indicator("Incentives 2", "is the conflict", 0.30, None, None, 4, "ratio", 0.05, 0.30, 100.0, "ok", (), "")
THIN = Indicator("O3", "of owners", None, None, None, 3, "share", 0.1, 0.5, None, "thin", (), "", ("Only 3.",))


def draw(plot, *given):
    with theme():
        return plot(*given)


def ends(line):
    return [float(x) for x in line.get_xdata()]


def test_a_score_shows_its_interval_and_both_sides():
    """Behaviour, perception, then the score: a line with the limits and a marker each."""
    axes = draw(plot_scores, [ACTIVE], 50)
    drawn = [ends(line) for line in axes.get_lines()]

    assert [[54, 95], [77], [62, 74], [68], [59, 85], [74]] == drawn[:6]
    assert [50, 50] == drawn[6]


def test_every_row_of_scores_has_its_word():
    """Not assessable is a word without a mark, never a score of zero."""
    axes = draw(plot_scores, [ACTIVE, SILENT], 50)
    texts = [text.get_text() for text in axes.texts]

    assert ["Clearly active\n74 (59 to 85)", "Not assessable", "active from 50 on"] == texts
    assert ["Unclear ownership", "Cadence"] == [label.get_text() for label in axes.get_yticklabels()]
    assert 7 == len(axes.get_lines())


@pytest.mark.parametrize(
    ("verdict", "meaning"), [("probably active", "bad"), ("possible", "approval"), ("not shown", "muted")]
)
def test_the_colour_says_the_verdict(verdict, meaning):
    """What is not shown stays grey."""
    axes = draw(plot_scores, [replace(ACTIVE, verdict=verdict)], 50)

    assert PALETTE[meaning] == axes.texts[0].get_color()


def test_scores_in_words():
    """Who cannot see the chart reads the same figures."""
    assert (
        "Killers on a scale from 0, healthy, to 100, severe, with 90 % intervals. unclear ownership clearly active, score "
        "74 (59 to 85), behaviour 77 (54 to 95), perception 68 (62 to 74); cadence not assessable."
    ) == describe_scores([ACTIVE, SILENT], "Killers")


def test_an_indicator_lies_between_its_anchors():
    """Half-way between 5 and 40 % scores 50; limits beyond an anchor end at it; a census has a marker and no interval."""
    axes = draw(plot_indicators, [OWNER, CENSUS, THIN])
    drawn = [ends(line) for line in axes.get_lines()]

    assert [[0, 100], [0, 100], [50], [0, 100], [100, 100], [100]] == drawn


def test_an_indicator_says_value_anchors_and_n():
    """Rows not counted are left to the words beside the chart."""
    axes = draw(plot_indicators, [OWNER, CENSUS, THIN])

    assert ["5 %", "40 %", "22 % (n = 68)\n5 to 50 %", "0.05", "0.30", "0.30 (n = 4)"] == [
        text.get_text() for text in axes.texts
    ]
    assert ["O1 … of committed programs had no single\nnamed owner", "Incentives 2 … is the conflict"] == [
        label.get_text() for label in axes.get_yticklabels()
    ]


def test_indicators_in_words():
    """Value, interval, n and both anchors."""
    assert (
        "Indicators between their healthy and their severe value. 22 % of committed programs had no single named owner "
        "(95 % interval 5 to 50 %, n = 68), healthy 5 %, severe 40 %."
    ) == describe_indicators([OWNER, THIN])


def test_differences_show_both_sides_and_the_gap():
    """Two markers with intervals, the signed difference, and colour where the two disagree."""
    other = replace(ACTIVE, id="poor_tooling", name="poor tooling", difference=Interval(-30, -44, -12))
    axes = draw(plot_differences, [ACTIVE, other], ["poor_tooling"])

    assert ["+9 (−14 to +28)", "−30 (−44 to −12)"] == [text.get_text() for text in axes.texts]
    assert [PALETTE["muted"], PALETTE["bad"]] == [text.get_color() for text in axes.texts]
    assert [[54, 95], [77], [62, 74], [68]] == [ends(line) for line in axes.get_lines()][:4]


def test_differences_in_words():
    """One clause per row with both sides; rows with one side say nothing."""
    assert (
        "Behaviour against perception, 0 healthy to 100 severe, with 90 % intervals. unclear ownership (killer) behaviour "
        "77 (54 to 95), perception 68 (62 to 74), difference +9 (−14 to +28)."
    ) == describe_differences([ACTIVE, SILENT])
