from __future__ import annotations

import pandas as pd

from gapkit.plots.replanning import describe_moves, plot_moves
from gapkit.plots.theme import theme

MOVES = pd.DataFrame({"moved_days": [0.0] * 5 + [10] * 4 + [-7] + [2000]})


def test_every_move_is_in_a_bar_even_the_far_ones():
    """The outermost bars hold everything beyond; nothing falls off the chart."""
    with theme():
        axes = plot_moves(MOVES)

    assert 6 == sum(bar.get_height() for bar in axes.patches)


def test_no_bar_lies_across_zero():
    """Programs that kept their date are counted in words, not in the bar of a small move."""
    with theme():
        axes = plot_moves(MOVES)

    assert not [bar for bar in axes.patches if bar.get_x() < 0 < bar.get_x() + bar.get_width()]
    assert "same date: 5" in [text.get_text() for text in axes.texts]


def test_the_alt_text_counts_later_same_and_earlier():
    """Three counts and the median."""
    assert "5 programs later, 5 the same, 1 earlier; median 0 days." in describe_moves(MOVES)
