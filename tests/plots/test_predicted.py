from __future__ import annotations

from gapkit.plots.predicted import Changed, describe_predicted, plot_predicted
from gapkit.plots.theme import PALETTE, theme
from gapkit.results import Result

RATE = Result("execution_rate_change", 0.06, 0.01, 0.12, level=0.9, n=73, unit="pp")
TIME = Result("time_change", -5.0, -9.0, -2.0, level=0.9, n=73, unit="days")
THIN = Result("time_change", n=9, unit="days", status="thin")
ROWS = [
    Changed("Weekly forum", RATE, TIME, is_promise=True),
    Changed("Sign-offs at once", RATE, THIN, is_promise=False),
    Changed("All of these together", RATE, TIME, is_promise=True, is_together=True),
]


def drawn(rows):
    with theme():
        axes = plot_predicted(rows, "execution rate", "time")
    return axes.get_figure().axes


def test_rates_and_times_have_their_panels():
    """Percentage points left, days right; what is thin says so."""
    left, right = drawn(ROWS)

    assert [6.0, 6.0, 6.0] == [line.get_xdata()[0] for line in left.get_lines() if line.get_marker() == "o"]
    assert [-5.0, -5.0] == [line.get_xdata()[0] for line in right.get_lines() if line.get_marker() == "o"]
    assert ["nothing predicted"] == [text.get_text() for text in right.texts]


def test_what_is_no_promise_is_open():
    """Only the second marker is."""
    marks = [line for line in drawn(ROWS)[0].get_lines() if line.get_marker() == "o"]

    assert [False, True, False] == [mark.get_markerfacecolor() == PALETTE["paper"] for mark in marks]


def test_without_any_time_there_is_one_panel():
    """No empty axis."""
    assert 1 == len(drawn([Changed("Weekly forum", RATE, THIN, is_promise=False)]))


def test_alt_text_has_every_change():
    """Values with their intervals, and what is no promise."""
    text = describe_predicted(ROWS, "execution rate", "time")

    assert "Weekly forum: execution rate +6 pp (+1 to +12 pp), time −5 days (−9 to −2 days);" in text
    assert "Sign-offs at once: execution rate +6 pp (+1 to +12 pp), no promise" in text
