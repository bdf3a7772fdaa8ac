from __future__ import annotations

import pandas as pd

from gapkit.plots.answers import describe_choices, plot_choices
from gapkit.plots.theme import theme

CHOICES = pd.DataFrame({"question": ["Q1", "Q1", "Q1", "Q2", "Q2"],
                        "label": ["members", "l" * 120, "nobody", "visit", "buy"],
                        "share": [0.9, 0.1, 0.0, 0.5, 0.5]})  # fmt: skip
ASKED = {"Q1": "Whose choice?", "Q2": "What step?", "Q3": "What else?"}


def test_one_bar_per_answer_given():
    """An answer nobody gave has no bar, a question without answers no row; the bars of a question add up to the whole."""
    with theme():
        axes = plot_choices(CHOICES, ASKED)

    assert 4 == len(axes.patches)
    assert 200 == sum(bar.get_width() for bar in axes.patches)
    texts = [text.get_text() for text in axes.texts]
    assert {"90 %", "50 %", "Q1  Whose choice?", "most often: members"} <= set(texts)
    assert not any("What else" in text for text in texts)


def test_the_alt_text_holds_every_answer_given():
    """Who cannot see the chart reads the shares of each question."""
    text = describe_choices(CHOICES)

    assert "Q1: members 90 %" in text
    assert "Q2: visit 50 %, buy 50 %." in text
    assert "nobody" not in text
