from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.config import Settings
from gapkit.measurement.promised.compare import compare_promises
from gapkit.measurement.promised.learning import learn
from gapkit.measurement.promised.wording import MORE_CAME
from gapkit.stats.rates import wilson


@pytest.fixture
def rows(comparison, effect, record):
    """The judged rows when so much of the execution rate was measured."""

    def build(value, low, high):
        return compare_promises(comparison, (effect("execution_rate", (value, low, high)),), record).judged

    return build


@pytest.mark.parametrize(
    ("measured", "share", "begin"),
    [
        ((0.06, 0.03, 0.09), 0.4, "Promise at most 40 % of what is predicted next time."),
        ((0.06, -0.03, 0.15), 0.4, "Promise no amount next time: what came cannot be told from none."),
        ((-0.05, -0.1, -0.01), -1 / 3, "Promise no amount next time"),
        ((0.3, 0.2, 0.4), 2.0, "Promise at most what is predicted next time, not more because this went well."),
    ],
)
def test_the_next_promise_is_never_more_than_what_came(rows, measured, share, begin):
    """Measured over the 15 points promised, with the limits of the measurement over 15 points."""
    found = learn(rows(*measured), "execution_rate", Settings())

    assert found.delivered is not None
    assert found.delivered.value == pytest.approx(share)
    assert (found.delivered.low, found.delivered.high) == pytest.approx((measured[1] / 0.15, measured[2] / 0.15))
    assert found.sentence.startswith(begin)
    assert found.sentence.endswith(MORE_CAME) == (share > 1)


def test_one_engagement_is_one_observation(rows):
    """A handful of intervals is counted, not turned into a share."""
    found = learn(rows(-0.05, -0.1, -0.01), "execution_rate", Settings())

    assert (found.held.status, found.held.events, found.held.n, found.below) == ("thin", 0, 1, 1)
    assert "lean too high" in found.lean
    assert "One engagement is one observation" in found.lean


def test_many_predictions_have_a_share_with_its_interval(rows):
    """Twelve intervals, nine of which held: Wilson's interval, and the level they were made for."""
    (row,) = [one for one in rows(0.12, 0.02, 0.22) if one.held is not None]
    judged = [replace(row, held=number < 9) for number in range(12)]
    found = learn(judged, "execution_rate", Settings())

    assert (found.held.value, found.held.low, found.held.high) == pytest.approx(wilson(9, 12))
    assert found.expected == pytest.approx(0.9)


def test_without_a_promise_of_the_primary_measure_there_is_no_rule(rows):
    """Nothing else stands in for it."""
    found = learn(rows(0.06, 0.03, 0.09), "otif_rate", Settings())

    assert found.delivered is None
    assert found.sentence == (
        "There is no rule for the next promise yet: nothing was promised of the measure the engagement is judged by."
    )
