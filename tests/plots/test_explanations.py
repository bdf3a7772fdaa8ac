"""One change in several readings."""

from __future__ import annotations

from gapkit.plots.explanations import describe_compared, plot_compared
from gapkit.plots.theme import PALETTE, theme
from gapkit.results import Result

CHANGES = {
    "as it is": Result("a", 0.2, 0.05, 0.35, n=40, unit="pp"),
    "with the mix of work held equal": Result("b", 0.1, -0.05, 0.25, n=40, unit="pp"),
}


def test_each_reading_has_its_interval_and_open_markers_hold_zero() -> None:
    """Two lines from low to high; the one that holds zero is told by its marker."""
    with theme():
        axes = plot_compared(CHANGES)
    spans = [line.get_xdata().tolist() for line in axes.lines if line.get_linewidth() >= 5]
    markers = [line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"]

    assert [[5, 35], [-5, 25]] == [[round(x) for x in span] for span in spans]
    assert [PALETTE["delivered"], PALETTE["paper"]] == markers
    assert next(iter(CHANGES)) == axes.get_yticklabels()[0].get_text()


def test_the_change_agreed_as_worthwhile_is_drawn() -> None:
    """A dashed line at 10 points, with its name."""
    with theme():
        axes = plot_compared(CHANGES, 0.1)

    assert 10 in [round(line.get_xdata()[0]) for line in axes.lines if line.get_linestyle() == "--"]
    assert "agreed as worthwhile" in [text.get_text() for text in axes.texts]


def test_the_alt_text_tells_every_reading() -> None:
    """With its interval."""
    text = describe_compared(CHANGES)

    assert "as it is +20 pp (+5 to +35 pp); with the mix of work held equal +10 pp (−5 to +25 pp)." in text
