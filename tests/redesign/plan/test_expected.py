from __future__ import annotations

import pytest

from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.signs.signs import missing, sign_of
from gapkit.redesign.plan.actions import ACTIONS
from gapkit.redesign.plan.expected import expect, gains, healthy_mark, measured
from gapkit.redesign.what_if import Prediction, Pull
from gapkit.results import Result

LIBRARY = ACTIONS["mid"]


@pytest.fixture
def bottleneck(findings, sign):
    """Structural bottlenecks with approvals at once called for."""
    return findings(structural_bottlenecks=("clearly active", 70.0, (sign("B2", 75.0), sign("B4", None))))[1]


def prediction(lever, is_promise=True, **changes):
    results = {name: Result(f"{name}_change", value, low, high, level=0.9, n=91, unit=unit)
               for name, (value, low, high, unit) in changes.items()}  # fmt: skip
    return Prediction((Pull(lever),), "ask for sign-offs at once", "queue", "", results, is_promise, ())


def test_a_prediction_that_may_be_promised_is_quoted(bottleneck):
    """The lever of the action says by how much the primary measure should move, with its interval."""
    predictions = [prediction("parallel_approvals", on_time_rate=(0.04, -0.01, 0.09, "pp"),
                              execution_rate=(0.06, 0.0, 0.12, "pp"))]  # fmt: skip
    found = expect(LIBRARY["ask-for-approvals-at-once"], bottleneck, predictions, "on_time_rate")

    assert ("on_time_rate", "what_if", 0.04, -0.01, 0.09) == (
        found.measure,
        found.basis,
        found.change,
        found.low,
        found.high,
    )
    assert "On-time rate +4 pp (90 % interval −1 to +9 pp), predicted for: ask for sign-offs at once" == found.text


@pytest.mark.parametrize(
    "told",
    [
        prediction("parallel_approvals", is_promise=False, execution_rate=(0.06, 0.0, 0.12, "pp")),
        prediction("weekly_forum", execution_rate=(0.06, 0.0, 0.12, "pp")),
        prediction("parallel_approvals", execution_rate=(-0.02, -0.05, 0.01, "pp")),
    ],
    ids=["no promise", "another lever", "a loss"],
)
def test_else_the_indicator_goes_towards_its_healthy_anchor(bottleneck, told):
    """Without a prediction that may be promised the action moves its own sign to where it is healthy."""
    found = expect(LIBRARY["ask-for-approvals-at-once"], bottleneck, [told], "execution_rate")

    assert ("B2", "mark", 0.1) == (found.measure, found.basis, found.towards)
    assert "40 % of programs show B2 (n = 40); towards 10 %" == found.text


def test_what_is_not_measured_is_promised_nothing(bottleneck):
    """Without a figure today there is no amount, and what would switch it on is said."""
    action = LIBRARY["share-approval-criteria"]
    found = expect(action, bottleneck, [], "execution_rate")

    assert ("B4", "none", None) == (found.measure, found.basis, found.now)
    assert "Not measured today; no amount promised. Nobody recorded it." == found.text
    assert not measured(action, bottleneck)


def test_a_check_promises_nothing(bottleneck):
    """It only settles a doubt."""
    found = expect(LIBRARY["check-structural-bottlenecks"], bottleneck, [], "execution_rate")

    assert ("structural_bottlenecks", "none") == (found.measure, found.basis)


def test_a_healthy_sign_is_promised_nothing(findings, sign):
    """What is at its healthy mark need not move."""
    tooling = findings(poor_tooling=("clearly active", 70.0, (sign("T3", 0.0),)))[3]

    assert "10 % of programs show T3; no amount promised" == expect(
        LIBRARY["name-one-system-of-record"], tooling, [], "execution_rate"
    ).text  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "is_gain"),
    [(0.01, "pp", True), (0.004, "pp", False), (-0.01, "pp", False), (-2.0, "days", True), (-0.4, "days", False),
     (None, "days", False)],
)  # fmt: skip
def test_a_gain_is_more_of_a_rate_or_fewer_days(value, unit, is_gain):
    """Less than half a point, or half a day, is none."""
    assert is_gain == gains(Result("x", value, n=40, unit=unit))


def test_marks_of_signs_and_levers():
    """A sign of a pitfall goes back to its threshold, a share of a lever to 80 %; a figure only shown has no mark."""
    unplanned = sign_of(About("Quarter 1", "unplanned starts", "", ()), Result("x", 0.4, 0.3, 0.5, n=90))
    record = sign_of(About("Source 1", "complete entries", "", ()), Result("x", 0.4, 0.3, 0.5, n=90))
    exceptions = sign_of(About("Discipline 5", "exceptions", "", (), unit="ratio"), Result("x", 0.4, n=90, unit="ratio"))

    assert (0.3, 0.8, None) == tuple(healthy_mark(one) for one in (unplanned, record, exceptions))
    assert None is healthy_mark(missing(About("Source 2", "fresh entries", "", ()), "No updates."))
