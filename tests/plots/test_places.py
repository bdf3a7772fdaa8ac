from __future__ import annotations

import math

import pandas as pd

from gapkit.plots.places import describe_places, plot_places
from gapkit.plots.theme import theme

ROWS = pd.DataFrame({
    "label": ["Brand", "Web " * 15, "Shops"], "place": [1.0, 2.0, math.nan], "low": [1.0, 1.0, math.nan],
    "high": [2.0, 3.0, math.nan], "first": [2.0, 1.0, math.nan], "others": [1.0, 2.0, math.nan],
    "keep": [True, True, False],
})  # fmt: skip


def test_a_line_parts_what_is_kept_from_what_is_not():
    """It lies below the last priority kept."""
    with theme():
        axes = plot_places(ROWS)

    assert [1.5, 1.5] in [list(line.get_ydata()) for line in axes.get_lines()]
    assert "kept above this line" in [text.get_text() for text in axes.texts]


def test_both_sides_and_everybody_are_marked():
    """Leadership puts the first one second."""
    with theme():
        axes = plot_places(ROWS)

    assert [2.0] == [
        line.get_xdata()[0] for line in axes.get_lines() if line.get_marker() == "D" and line.get_ydata()[0] < 0
    ]
    assert 3 == len(axes.get_legend().get_texts())


def test_alt_text_says_what_nobody_ranked():
    """Places where there are some, words where there are none."""
    text = describe_places(ROWS)

    assert "Brand: place 1 (1 to 2), leadership 2, the others 1, kept" in text
    assert "Shops: not ranked, not kept" in text
