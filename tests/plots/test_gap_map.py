from __future__ import annotations

import pandas as pd
import pytest

from gapkit.baseline.gap_map import OUTCOMES
from gapkit.plots.gap_map import COLOUR, describe_gap_map, plot_gap_map
from gapkit.plots.theme import PALETTE, theme


@pytest.fixture
def outcomes():
    counts = dict.fromkeys(OUTCOMES, 0) | {"delivered on time, to spec": 12, "never started": 3}
    return pd.DataFrame([counts, {**counts, "never started": 0}], index=["2025Q4", "2026Q1"])


def test_bars_stack_to_the_number_of_programs(outcomes):
    """The right end of a row is its count."""
    with theme():
        axes = plot_gap_map(outcomes)

    ends = [
        max(bar.get_x() + bar.get_width() for container in axes.containers for bar in [container[row]]) for row in (0, 1)
    ]
    assert [15, 12] == ends


def test_outcomes_that_do_not_occur_are_not_drawn(outcomes):
    """No legend entry without a bar."""
    with theme():
        axes = plot_gap_map(outcomes)

    assert ["delivered on time, to spec", "never started"] == [text.get_text() for text in axes.get_legend().get_texts()]


def test_every_outcome_has_a_colour_of_its_own():
    """Colours are keyed by meaning, and no two outcomes share one."""
    assert set(OUTCOMES) == set(COLOUR)
    assert len({PALETTE[meaning] for meaning in COLOUR.values()}) == len(COLOUR)


def test_the_alt_text_reads_each_bar(outcomes):
    """Counts in words, row by row."""
    text = describe_gap_map(outcomes)

    assert "2025Q4: 12 delivered on time, to spec and 3 never started; 2026Q1: 12 delivered on time, to spec." in text
