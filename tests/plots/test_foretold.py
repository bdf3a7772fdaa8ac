from __future__ import annotations

from gapkit.plots.foretold import describe_foretold, plot_foretold
from gapkit.plots.theme import PALETTE, theme
from gapkit.redesign.what_if.backtest import Foretold

FIGURES = {
    "time_to_market_median_days": Foretold(87.0, 75.0, 101.0), "time_to_market_p85_days": Foretold(140.0, 100.0, 120.0)
}  # fmt: skip


def test_what_lies_outside_is_red():
    """One inside, one outside, each with its interval."""
    with theme():
        axes = plot_foretold(FIGURES)

    marks = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert [(87.0, PALETTE["delivered"]), (140.0, PALETTE["bad"])] == [(m.get_xdata()[0], m.get_color()) for m in marks]
    assert [[75.0, 101.0], [100.0, 120.0]] == [list(line.get_xdata()) for line in axes.get_lines() if line not in marks]


def test_alt_text_says_inside_or_outside():
    """Every figure in words."""
    text = describe_foretold(FIGURES)

    assert "median time-to-market 87 days; 75 to 101 foretold, inside" in text
    assert "140 days; 100 to 120 foretold, outside" in text
