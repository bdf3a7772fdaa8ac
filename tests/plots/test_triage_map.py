from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.diagnosis.triage.triage import CELLS, INSUFFICIENT, VERDICT
from gapkit.plots.theme import theme
from gapkit.plots.triage_map import CORNERS, describe_triage_map, plot_triage_map

SURE = {"execution": 0.9, "strategy": 0.0, "both": 0.08, "neither": 0.02}


def triage(across=0.92, up=0.02, probabilities=None, verdict=VERDICT):
    chances = probabilities or SURE
    return SimpleNamespace(criteria=SimpleNamespace(probability=across), work=SimpleNamespace(probability=up),
                           probabilities=chances, cell=max(chances, key=chances.get), verdict=verdict)  # fmt: skip


def draw(found):
    with theme():
        return plot_triage_map(found)


def test_every_reading_is_a_cell_with_its_name_and_probability():
    """Four cells, four texts; none of them is left to a legend."""
    axes = draw(triage())

    assert set(CELLS) == set(CORNERS)
    assert 4 == len(axes.patches)
    assert ["Strategy-limited\nbelow 1 %", "Limited by neither\n2 %", "Limited by both, criteria first\n8 %",
            "Execution-limited\n90 %"] == [text.get_text() for text in axes.texts]  # fmt: skip


def test_the_mark_lies_at_both_probabilities():
    """Criteria across, work upward."""
    (mark,) = draw(triage(across=0.92, up=0.02)).get_lines()

    assert ([0.92], [0.02]) == (list(mark.get_xdata()), list(mark.get_ydata()))


@pytest.mark.parametrize(("verdict", "framed"), [(VERDICT, 1), (INSUFFICIENT, 0)])
def test_only_a_verdict_or_a_leaning_is_framed(verdict, framed):
    """Insufficient evidence draws no frame round any reading."""
    patches = draw(triage(verdict=verdict)).patches

    assert framed == sum(patch.get_linewidth() > 1 for patch in patches)


@pytest.mark.parametrize("up", [0.02, 0.16, 0.34, 0.48, 0.52, 0.66, 0.84, 0.98])
def test_the_words_keep_clear_of_the_mark(up):
    """Wherever the mark lies, no text of its cell stands within a tenth of its height."""
    heights = [text.get_position()[1] for text in draw(triage(across=0.75, up=up)).texts if text.get_position()[0] > 0.5]

    assert all(abs(height - up) >= 0.09 for height in heights)


def test_the_alt_text_holds_both_answers_and_every_reading():
    """Who cannot see the map reads the same probabilities."""
    text = describe_triage_map(triage())

    assert "criteria are agreed with a probability of 92 %, the work is sound with 2 %" in text
    assert "execution-limited 90 %; strategy-limited below 1 %" in text
