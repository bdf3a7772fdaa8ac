from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace

import pytest

from gapkit.baseline.frozen import freeze
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.values import normal, read_value, typed
from gapkit.redesign.targets.targets import FIELDS, lever_id, set_targets
from gapkit.redesign.what_if import Prediction, Pull
from gapkit.results import Result, not_assessable

WINDOW = {"measure_start": dt.date(2026, 8, 1), "measure_end": dt.date(2026, 8, 30)}
BASE = {
    "execution_rate": Result("execution_rate", 0.40, 0.30, 0.50, n=100, events=40),
    "on_time_rate": Result("on_time_rate", 0.30, 0.21, 0.40, n=100, events=30),
    "otif_rate": not_assessable("otif_rate", "No acceptance recorded."),
    "velocity_per_week": Result("velocity_per_week", 3.0, 2.4, 3.7, n=78, events=78, unit="per_week"),
    "time_to_market_median_days": Result("time_to_market_median_days", 60.0, 50.0, 70.0, n=90, events=70, unit="days"),
}
RATE = (0.06, 0.01, 0.12, "pp")
ALONE = {"execution_rate": RATE, "on_time_rate": (0.05, 0.0, 0.09, "pp"), "otif_rate": RATE}


def prediction(*levers, is_promise=True, name="", **changes):
    results = {key: Result(f"{key}_change", value, low, high, level=0.9, n=100, unit=unit)
               for key, (value, low, high, unit) in changes.items()}  # fmt: skip
    return Prediction(tuple(Pull(one) for one in levers), name or levers[0], "queue", "", results, is_promise, ())


def what_if(*levers, together=None, verdict="held"):
    tested = SimpleNamespace(verdict=verdict, sentence="The backtest failed.")
    return SimpleNamespace(levers=levers, together=together, backtest=tested)


@pytest.fixture
def ask(engage, monkeypatch):
    """The targets of an engagement with such a baseline; nothing is frozen in a file."""

    def build(found=None, decided=None, levers=None, results=None, **changes):
        eng = engage({**WINDOW, **changes})
        known = {**BASE, **(results or {})}
        record = freeze(known, eng.config, quarters=("2026Q1", "2026Q2"), working_weeks=26.0, as_of=eng.as_of)
        direction = SimpleNamespace(decisions={})
        d = SimpleNamespace(results=known, frozen=record, causes=SimpleNamespace(direction=direction))
        return set_targets(eng, d, Decided({"targets": decided or {}, "levers": levers or {}}), found)

    return build


def first(targets):
    return {one.measure: one for one in targets.targets}


def test_a_promise_becomes_the_target(ask):
    """The primary measure first: baseline, change with interval, value, day, and what it takes to see it."""
    found = ask(what_if(prediction("parallel_approvals", name="Sign-offs at once", **ALONE)))
    own = found.targets[0]

    assert ["execution_rate", "on_time_rate"] == [one.measure for one in found.targets]
    assert (0.06, 0.01, 0.12, 0.9, "what_if", ("Sign-offs at once",)) == (
        own.change, own.low, own.high, own.level, own.basis, own.levers,
    )  # fmt: skip
    assert pytest.approx(0.46) == own.value
    assert own.is_primary and dt.date(2026, 8, 30) == own.by
    assert "Execution rate from 40.0 % to 46.0 % by 30 August 2026 (+6 pp, 90 % interval +1 to +12 pp" in found.sentence
    assert "too few to tell it from chance" in found.sentence or "no number would show it" in found.sentence


def test_a_promise_below_what_is_worth_having_is_called_that(ask):
    """Six points are promised, ten were agreed to be the least worth having."""
    small, large = (
        ask(what_if(prediction("weekly_forum", execution_rate=(change, 0.0, 0.3, "pp")))) for change in (0.06, 0.1)
    )
    said = "That is less than the +10 pp agreed to be the smallest change worth having."

    assert said in small.caveats
    assert said not in large.caveats


def test_without_a_promise_the_agreed_change_is_the_target(ask):
    """No lever, or one that may not be promised: the smallest change worth having, and why."""
    refused = prediction("parallel_approvals", is_promise=False, **ALONE)
    for found in (ask(), ask(what_if(refused, verdict="failed"))):
        (own,) = found.targets

        assert ("execution_rate", 0.10, "worthwhile", None) == (own.measure, own.change, own.basis, own.low)
        assert any("smallest change agreed to be worth having" in caveat for caveat in found.caveats)
    assert "The backtest failed." in found.caveats


def test_agreed_levers_make_the_targets_while_there_are_any(ask):
    """Of two levers proposed the stronger counts; once the weaker is agreed to, it does; declined it does not."""
    strong, weak = (
        prediction("weekly_forum", execution_rate=RATE),
        prediction("capacity", execution_rate=(0.02, 0, 0.04, "pp")),
    )
    both = what_if(strong, weak)

    assert 0.06 == ask(both).targets[0].change
    assert 0.02 == ask(both, levers={"capacity": {"status": "agreed"}}).targets[0].change
    assert 0.02 == ask(both, levers={"weekly_forum": {"status": "declined"}}).targets[0].change


def test_levers_are_taken_together_where_they_were_predicted_together(ask):
    """The joint prediction counts for exactly the levers it holds; else the strongest, as effects do not add up."""
    one, other = (
        prediction("weekly_forum", execution_rate=RATE),
        prediction("capacity", execution_rate=(0.02, 0, 0.04, "pp")),
    )
    joint = prediction("weekly_forum", "capacity", execution_rate=(0.07, 0.02, 0.13, "pp"))
    both = what_if(one, other, together=joint)
    third = what_if(one, other, prediction("parallel_approvals", execution_rate=(0.01, 0, 0.02, "pp")), together=joint)

    assert (0.07, ("weekly_forum", "capacity")) == (ask(both).targets[0].change, ask(both).targets[0].levers)
    assert 0.06 == ask(third).targets[0].change
    assert any("do not add up" in caveat for caveat in ask(third).caveats)


def test_what_was_decided_counts(ask):
    """Change, day and note of the client stand, and are told from a prediction; the baseline does not move."""
    entry = {"status": "agreed", "change": 0.3, "by": "2026-12-31", "note": "board"}
    own = ask(what_if(prediction("weekly_forum", execution_rate=RATE)), {"execution_rate": entry}).targets[0]

    assert (0.3, "decided", None, dt.date(2026, 12, 31), "board", "agreed") == (
        own.change, own.basis, own.low, own.by, own.note, own.standing,
    )  # fmt: skip
    assert 0.40 == own.baseline.value
    assert "as decided" in own.sentence


def test_agreeing_to_the_proposal_keeps_the_prediction(ask):
    """An entry agreed as proposed is still the prediction, with its interval."""
    found = what_if(prediction("weekly_forum", execution_rate=(0.0612, 0.01, 0.12, "pp")))
    entries = {name: {**fields, "status": "agreed"} for name, fields in ask(found).proposals().items()}
    own = ask(found, entries).targets[0]

    assert ("what_if", 0.01, "agreed") == (own.basis, own.low, own.standing)


def test_a_declined_target_is_no_target_and_is_said(ask):
    """Nothing is promised of it; without any left the sentence says why."""
    found = ask(decided={"execution_rate": {"status": "declined"}})

    assert () == found.targets
    assert ("execution_rate",) == found.declined
    assert "No target is set: all were declined." == found.sentence


def test_a_target_may_be_added(ask):
    """The client agrees to one nobody proposed."""
    found = ask(decided={"velocity_per_week": {"status": "agreed", "change": 0.5}})
    own = first(found)["velocity_per_week"]

    assert pytest.approx(4.5) == own.value
    assert "Velocity from 3.0 a week to 4.5 a week" in own.sentence


def test_shorter_times_are_counted_in_deliveries(ask):
    """A median cut from 60 to 30 days: a negative change, a hazard ratio of two."""
    found = ask(what_if(prediction("weekly_forum", time_to_market_median_days=(-30.0, -40.0, -20.0, "days"))))
    own = first(found)["time_to_market_median_days"]

    assert (-30.0, 30.0, "deliveries", 70) == (own.change, own.value, own.visible.counts, own.visible.n_before)
    assert "Median time-to-market from 60 days to 30 days" in own.sentence


@pytest.mark.parametrize(
    ("change", "said"), [(-0.1, "no improvement"), (0.0, "no improvement"), (0.7, "cannot pass 100 %")]
)
def test_a_change_that_makes_no_sense_is_said(ask, change, said):
    """A loss, nothing at all, and more than 100 % are kept as decided, and named."""
    own = ask(decided={"execution_rate": {"status": "agreed", "change": change}}).targets[0]

    assert said in own.sentence
    assert own.value <= 1


def test_without_a_baseline_there_is_no_target(ask):
    """Not measured and too little data are said apart."""
    missing = {"execution_rate": not_assessable("execution_rate", "No plan was frozen.")}
    thin = {"execution_rate": Result("execution_rate", n=7, events=3, status="thin")}

    assert "baseline of execution rate is not measured. No plan was frozen." in ask(results=missing).sentence
    assert "baseline of execution rate is too little data." in ask(results=thin).sentence
    assert {} == ask(results=missing).proposals()


def test_without_a_window_one_quarter_is_assumed(ask):
    """The reader is told, and the day is day 90."""
    found = ask(measure_start=None, measure_end=None, started_on=dt.date(2026, 4, 6))

    assert (None, 50) == (found.window, found.targets[0].visible.n_expected)
    assert dt.date(2026, 7, 4) == found.targets[0].by
    assert any("No measure window is agreed" in caveat for caveat in found.caveats)


def test_the_record_says_all_that_measure_needs(ask):
    """Plain data: a baseline as a result, ISO dates, no NaN."""
    found = ask(what_if(prediction("parallel_approvals", **ALONE))).to_dict()
    own = json.loads(json.dumps(found, allow_nan=False))["targets"][0]

    assert ("execution_rate", "2026-08-30", 0.4) == (own["measure"], own["by"], own["baseline"]["value"])
    assert {"counts", "n_before", "n_expected", "n_needed", "smallest_change", "is_enough"} == set(own["visible"])
    assert ["2026-08-01", "2026-08-30"] == found["window"]


def test_proposals_pass_their_own_rules(ask):
    """What is written into decisions.yml can be read back."""
    for fields in ask(what_if(prediction("parallel_approvals", **ALONE))).proposals().values():
        for name, value in fields.items():
            assert normal(value) == read_value(FIELDS[name], typed(value))


def test_a_lever_on_a_stage_has_the_stage_in_its_id():
    """Two agreed times on two stages are two decisions."""
    assert ["sla legal", "sla brand"] == [lever_id(Pull("sla", 2.0, stage)) for stage in ("legal", "brand")]
