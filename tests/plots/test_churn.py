from __future__ import annotations

import pandas as pd

from gapkit.plots.churn import describe_churn, plot_churn
from gapkit.plots.theme import PALETTE, theme

CHURN = pd.DataFrame({
    "quarter": ["2025Q4", "2026Q1"], "before": [6, 5], "now": [5, 5], "kept": [3, 5], "churn": [0.625, 0.0],
})  # fmt: skip


def test_one_bar_a_quarter_marked_where_it_is_a_sign():
    """62.5 % is beyond 40 %, nothing changed is not."""
    from matplotlib.colors import to_hex

    with theme():
        axes = plot_churn(CHURN, 0.4)
    bars = axes.containers[0]

    assert [62.5, 0.0] == [bar.get_height() for bar in bars]
    assert [PALETTE["bad"], PALETTE["delivered"]] == [to_hex(bar.get_facecolor()) for bar in bars]
    assert ["2025Q4", "2026Q1"] == [label.get_text() for label in axes.get_xticklabels()]


def test_the_alt_text_says_how_many_were_kept():
    """The share and the counts behind it."""
    assert "2025Q4 62 % (3 of 6 kept); 2026Q1 0 % (5 of 5 kept)." in describe_churn(CHURN)
