from __future__ import annotations

import pandas as pd

from gapkit.plots.settled import describe_settled, plot_settled
from gapkit.plots.theme import theme

ROWS = pd.DataFrame({"label": ["nobody", "a" * 60], "programs": [4, 10], "proposed": [4, 7], "open": [0, 3]})


def test_each_bar_is_as_long_as_programs_have_the_problem():
    """Settled first, what is left after it."""
    with theme():
        axes = plot_settled(ROWS, "proposed", "left")

    settled, left = axes.containers
    assert [4, 7] == [bar.get_width() for bar in settled]
    assert [(4, 0), (7, 3)] == [(bar.get_x(), bar.get_width()) for bar in left]
    assert {"4", "10", "7", "3"} == {text.get_text() for text in axes.texts}


def test_nothing_left_draws_no_second_part():
    """Nor has the legend a word for it."""
    with theme():
        axes = plot_settled(ROWS.assign(open=0), "proposed", "left")

    assert ["proposed"] == [text.get_text() for text in axes.get_legend().get_texts()]


def test_alt_text_has_both_numbers():
    """Every kind in words."""
    assert "nobody: 4, proposed 4, left 0" in describe_settled(ROWS, "proposed", "left")
