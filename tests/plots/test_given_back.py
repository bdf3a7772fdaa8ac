from __future__ import annotations

import math

import pandas as pd

from gapkit.plots.given_back import describe_given_back, plot_given_back
from gapkit.plots.theme import theme

ROWS = pd.DataFrame({
    "label": ["Change of process at draft (O1)", "Tool (O2)"], "hours": [4.4, math.nan], "hours_p5": [3.1, math.nan],
    "hours_p95": [5.7, math.nan], "is_shortlisted": [True, False],
})  # fmt: skip


def test_an_option_without_an_estimate_has_a_row_and_no_mark():
    """Its words say so."""
    with theme():
        axes = plot_given_back(ROWS)

    assert ["4.4 (3.1 to 5.7)", "not estimated"] == [text.get_text() for text in axes.texts]
    assert [[3.1, 5.7], [4.4]] == [list(line.get_xdata()) for line in axes.get_lines()]


def test_alt_text_tells_the_shortlist():
    """Hours with their range."""
    assert "Change of process at draft (O1) (shortlist): 4.4 (3.1 to 5.7)" in describe_given_back(ROWS)
