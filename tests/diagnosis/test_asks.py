from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.diagnosis import asks as module
from gapkit.diagnosis.asks import NOW, REDESIGN, asks
from gapkit.diagnosis.killers.remedies import advised


@pytest.fixture(scope="module")
def d(diagnosed):
    return diagnosed("northwind")


def test_each_active_killer_asks_for_the_first_remedy_of_its_scale(d):
    """The redesign begins with the strongest sign of the two most active killers."""
    first = [advised(d.finding(name), d.scale.scale)[0].do for name in ("unclear_ownership", "structural_bottlenecks")]

    asked = [ask.decision for ask in asks(d)]

    assert first == asked[:2]
    assert all(ask.until == REDESIGN for ask in asks(d)[:2])


def test_the_yardstick_and_its_window_are_agreed_now(d):
    """What the redesign is judged by is fixed before it begins, with what can be seen at all."""
    yardstick, window = asks(d)[2:4]

    assert "execution rate is the yardstick" in yardstick.decision
    assert window.decision.startswith("Agree now how long to measure: with about 46 programs")
    assert "+10 pp" in window.because
    assert (NOW, NOW) == (yardstick.until, window.until)


def test_ownership_is_not_asked_for_twice(d):
    """The ownership fracture rests on the signs of its killer; one decision answers both."""
    assert "ownership" in [found.id for found in d.fractures.findings if found.verdict == "clearly active"]
    assert 1 == sum("wnership" in ask.because for ask in asks(d))


@pytest.mark.parametrize("cell", ["strategy", "both"])
def test_criteria_come_first_where_they_are_missing(d, cell):
    """Speeding up work nobody can judge is no remedy."""
    unguided = replace(d, triage=replace(d.triage, cell=cell, verdict="verdict"))

    assert "how choices are made" in asks(unguided)[0].decision
    assert not any("how choices are made" in ask.decision for ask in asks(d))


def test_what_cannot_be_measured_is_asked_for_first(diagnosed):
    """Without deliveries the gap is made measurable, and the measurement that tells strategy from execution is named."""
    d = diagnosed("nyc-capital")

    first, last = asks(d)[0], asks(d)[-1]

    assert first.decision.startswith("Make the gap measurable.")
    assert d.triage.would_settle[0].what == last.decision


def test_no_more_than_two_findings_ask_for_a_remedy(d):
    """With every killer active the list stays short."""
    everything = replace(d, killers=replace(d.killers, findings=tuple(
        replace(found, verdict="clearly active") for found in d.killers.findings)))  # fmt: skip

    assert module.MOST_FINDINGS == sum("clearly active" in ask.because for ask in asks(everything))
