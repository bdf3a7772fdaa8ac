from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.config import Settings
from gapkit.measurement.promised.compare import compare_promises
from gapkit.measurement.promised.learning import learn
from gapkit.measurement.promised.wording import AS_FAR, MORE_CAME, NO_AMOUNT
from gapkit.redesign.targets.promises_file import from_record
from gapkit.stats.rates import wilson


@pytest.fixture
def rows(comparison, effect, record):
    """The judged rows when so much of the execution rate was measured; the promise as given."""

    def build(value, low, high, /, *, verdict="", **promise):
        targets = [{**one, **promise} if one["is_primary"] else one for one in record.data["targets"]["targets"]]
        given = effect("execution_rate", (value, low, high), verdict=verdict)
        held = from_record({**record.data, "targets": {"targets": targets}})
        return compare_promises(comparison, (given,), held).judged

    return build


AGREED = {"basis": "decided", "low": None, "high": None, "level": None}


@pytest.mark.parametrize(
    ("measured", "share", "begin"),
    [
        ((0.06, 0.03, 0.09), 0.4, "Promise at most 40 % of what is predicted next time."),
        ((0.3, 0.2, 0.4), 2.0, "Promise at most what is predicted next time, not more because this went well."),
    ],
)
def test_the_next_promise_is_never_more_than_what_came(rows, measured, share, begin):
    """Measured over the 15 points promised, with the limits of the measurement over 15 points."""
    found = learn(rows(*measured), "execution_rate", Settings(), 0.1)

    assert found.delivered is not None
    assert found.delivered.value == pytest.approx(share)
    assert (found.delivered.low, found.delivered.high) == pytest.approx((measured[1] / 0.15, measured[2] / 0.15))
    assert found.sentence.startswith(begin)


@pytest.mark.parametrize(
    ("measured", "came"),
    [((0.4, 0.34, 0.46), MORE_CAME), ((0.25, 0.07, 0.4), AS_FAR), ((0.1, 0.02, 0.2), AS_FAR), ((0.06, 0.03, 0.09), "")],
)
def test_no_more_and_no_less_came_where_the_interval_holds_all_of_it(rows, measured, came):
    """167 % with an interval that holds 100 % is what was promised, as far as the intervals tell."""
    found = learn(rows(*measured), "execution_rate", Settings(), 0.1)

    assert [text in found.because for text in (MORE_CAME, AS_FAR)] == [came == text for text in (MORE_CAME, AS_FAR)]


def test_after_a_fall_nothing_is_promised_until_its_cause_is_known(rows):
    """No share of a gain is delivered by a loss; both figures stand."""
    found = learn(rows(-0.22, -0.36, -0.04, **AGREED), "execution_rate", Settings(), 0.1)

    assert found.delivered is None
    assert found.sentence == (
        "Promise nothing of this measure until what made it fall is known. Execution rate: promised +15 pp, measured "
        "−22 pp (95 % interval −36 to −4 pp): it fell, where a gain was promised."
    )


@pytest.mark.parametrize(
    ("measured", "verdict"), [((0.06, -0.03, 0.15), ""), ((-0.22, -0.36, -0.04), "no detectable change")]
)
def test_where_none_is_possible_no_amount_is_promised(rows, measured, verdict):
    """Without a share of the promise; a fall its verdict took back is no fall."""
    found = learn(rows(*measured, verdict=verdict), "execution_rate", Settings(), 0.1)

    assert (found.rule, found.delivered) == (NO_AMOUNT, None)
    assert found.because.startswith("Execution rate: promised +15 pp (90 % interval +6 to +24 pp), measured")


@pytest.mark.parametrize(
    ("promise", "why"),
    [
        ({"change": 0.0065, "low": 0.0, "high": 0.034}, "by its own interval the promise may be no change at all"),
        ({"change": 0.15, "low": -0.02, "high": 0.34}, "by its own interval the promise may be no change at all"),
        ({**AGREED, "change": 0.049}, "the promise is less than half of the worthwhile change"),
        ({**AGREED, "change": 0.05}, ""),
        ({"change": 0.05, "low": 0.01, "high": 0.09}, ""),
    ],
)
def test_a_share_is_said_only_of_a_promise_large_enough(rows, promise, why):
    """Of a promise that may be none, or of less than half of the 10 points worth having, both figures stand alone."""
    found = learn(rows(0.25, 0.08, 0.4, **promise), "execution_rate", Settings(), 0.1)

    assert (found.delivered is None) == bool(why)
    assert why in found.because
    assert ("no share of it is said" in found.because) == bool(why)


def test_a_gain_below_a_promise_without_a_share_is_the_most(rows):
    """What came is the most that may be promised."""
    found = learn(rows(0.08, 0.01, 0.15, change=0.15, low=-0.02, high=0.32), "execution_rate", Settings(), 0.1)

    assert found.rule == "Promise at most +8 pp next time, which is what came."


@pytest.mark.parametrize(
    ("measured", "rule"),
    [
        ((0.25, 0.08, 0.4), "Promise at most what was promised this time, not more because this went well."),
        ((0.06, 0.03, 0.09), "Promise at most 40 % of what was promised this time."),
    ],
)
def test_where_nothing_was_predicted_the_rule_speaks_of_no_prediction(rows, measured, rule):
    """A target people agreed on is followed by a rule about such a target."""
    assert learn(rows(*measured, **AGREED), "execution_rate", Settings(), 0.1).rule == rule


def test_one_engagement_is_one_observation(rows):
    """A handful of intervals is counted, not turned into a share."""
    found = learn(rows(-0.05, -0.1, -0.01), "execution_rate", Settings(), 0.1)

    assert (found.held.status, found.held.events, found.held.n, found.below) == ("thin", 0, 1, 1)
    assert "lean too high" in found.lean
    assert "One engagement is one observation" in found.lean


def test_many_predictions_have_a_share_with_its_interval(rows):
    """Twelve intervals, nine of which held: Wilson's interval, and the level they were made for."""
    (row,) = [one for one in rows(0.12, 0.02, 0.22) if one.held is not None]
    judged = [replace(row, held=number < 9) for number in range(12)]
    found = learn(judged, "execution_rate", Settings(), 0.1)

    assert (found.held.value, found.held.low, found.held.high) == pytest.approx(wilson(9, 12))
    assert found.expected == pytest.approx(0.9)


def test_without_a_promise_of_the_primary_measure_there_is_no_rule(rows):
    """Nothing else stands in for it."""
    found = learn(rows(0.06, 0.03, 0.09), "otif_rate", Settings(), 0.1)

    assert found.delivered is None
    assert found.sentence == (
        "There is no rule for the next promise yet: nothing was promised of the measure the engagement is judged by."
    )
