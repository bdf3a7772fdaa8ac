from __future__ import annotations

from gapkit.plots.observed import describe_observed, plot_observed
from gapkit.plots.theme import theme

ROWS = [("cadence", 3, 1, 0), ("hand-offs", 0, 2, 4)]


def test_what_speaks_for_it_lies_to_the_right():
    """Two bars a row, to either side of nought; what speaks neither way is written."""
    with theme():
        axes = plot_observed(ROWS)
    texts = [text.get_text() for text in axes.texts]

    assert [3, 0, -1, -2] == [bar.get_width() for bar in axes.patches]
    assert "4 neither way" in texts
    assert "0" not in texts


def test_the_alt_text_holds_every_count():
    """Who cannot see the chart reads the counts."""
    assert "cadence: 3 for, 1 against, 0 neither way; hand-offs: 0 for, 2 against, 4 neither way." in describe_observed(
        ROWS
    )
