from __future__ import annotations

from dataclasses import replace

from gapkit.diagnosis.evidence import Finding, Indicator
from gapkit.plots.levers import describe_levers, plot_levers
from gapkit.plots.theme import theme
from gapkit.stats.intervals import Interval


def lever(name, verdict, score):
    return Finding(name, "lever", name, verdict, score, None, None, None, None, None, (), "", "")


LEVERS = [
    lever("cadence", "in place", Interval(91.0, 84.0, 95.0)),
    lever("inputs", "missing", Interval(25.0, 25.0, 25.0)),
    lever("source", "not assessable", None),
]


def test_one_bar_a_score_and_none_for_what_is_not_measured():
    """The lever without a score keeps its row, in words."""
    with theme():
        axes = plot_levers(LEVERS)

    assert [91.0, 25.0] == [bars[0].get_width() for bars in axes.containers]
    assert ["Cadence", "Inputs", "Source"] == [label.get_text() for label in axes.get_yticklabels()]
    assert "Not measured" in [text.get_text() for text in axes.texts]


def test_too_little_data_is_not_called_unmeasured():
    """A lever whose signs were counted on too few units was measured."""
    sign = Indicator("L1", "meetings held", None, None, None, 3, "share", None, None, None, "thin", ("meetings",), "")
    few = replace(lever("cadence", "not assessable", None), indicators=(sign,))

    assert "cadence not assessable, Too little data." in describe_levers([few])


def test_a_score_without_interval_shows_none():
    """All goals are seen: a number, and no range made up for it."""
    text = describe_levers(LEVERS)

    assert "cadence in place, 91 of 100 (84 to 95)" in text
    assert "inputs missing, 25 of 100;" in text
