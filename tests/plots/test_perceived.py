from __future__ import annotations

import pandas as pd

from gapkit.plots.perceived import FEW, SPLIT, describe_groups, describe_perceived, plot_groups, plot_perceived
from gapkit.plots.theme import theme

SCORES = pd.DataFrame({"label": ["unclear ownership", "cadence"], "score": [70.0, 20.0], "low": [60.0, 10.0],
                       "high": [80.0, 30.0], "n": [30, 29], "word": ["", "read singly"]})  # fmt: skip
CELLS = pd.DataFrame({"cadence": [70.0, FEW], "capability": [SPLIT, 12.0]}, index=["Brand", "W" * 70], dtype=object)


def test_every_score_has_a_mark_an_interval_and_its_figures():
    """Two lines and one text a row; a score to be read singly has an empty mark."""
    with theme():
        axes = plot_perceived(SCORES)
    marks = [line for line in axes.get_lines() if line.get_marker() == "o"]

    assert ["70  (60 to 80; n = 30)", "20  (10 to 30; n = 29) read singly"] == [text.get_text() for text in axes.texts]
    assert [[70], [20]] == [list(line.get_xdata()) for line in marks]
    assert marks[0].get_markerfacecolor() != marks[1].get_markerfacecolor()


def test_the_alt_text_of_scores_holds_every_row():
    """Who cannot see the chart reads score, interval and what to know."""
    assert "unclear ownership 70 (60 to 80); cadence 20 (10 to 30), read singly." in describe_perceived(SCORES)


def test_one_cell_per_group_and_thing():
    """A score, the word split, or a dash: three different texts; the size of each group stands behind its name."""
    with theme():
        axes = plot_groups(CELLS, [5, 30])
    names = [label.get_text() for label in axes.get_yticklabels()]

    assert 4 == len(axes.patches)
    assert ["70", "split", "–", "12"] == [text.get_text() for text in axes.texts]
    assert "Brand (5)" == names[0]
    assert names[1].endswith("(30)")


def test_what_is_not_shown_is_not_described():
    """The alt text names scores and splits, and passes over what too few answered."""
    text = describe_groups(CELLS)

    assert "Brand: cadence 70, capability split" in text
    assert "cadence –" not in text
