from __future__ import annotations

import pandas as pd

from gapkit.plots.rework import describe_rework, plot_rework
from gapkit.plots.theme import theme

STAGES = pd.DataFrame({"stage": ["legal review", "brief"], "entries": [12, 10], "re_entries": [4, 1]})


def test_returns_and_first_times_make_up_the_bar():
    """Four of twelve arrivals are returns: four dark and eight light."""
    with theme():
        axes = plot_rework(STAGES)
    again, first = axes.containers

    assert ([4, 1], [8, 9]) == ([bar.get_width() for bar in again], [bar.get_width() for bar in first])
    assert ["4 of 12", "1 of 10"] == [text.get_text() for text in axes.texts]
    assert ["legal review", "brief"] == [label.get_text() for label in axes.get_yticklabels()]


def test_the_alt_text_tells_every_bar():
    """Both counts of each stage."""
    assert "legal review 4 of 12; brief 1 of 10." in describe_rework(STAGES)
