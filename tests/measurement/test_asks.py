from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import gapkit as gk
from gapkit.diagnosis.asks import Ask
from gapkit.diagnosis.killers.remedies import SPONSOR
from gapkit.measurement.asks import (
    BASELINE,
    FREEZE,
    FREEZE_EARLIER,
    GROUP,
    KEEP,
    NEW_LIMITS,
    OTHERS_GAINED,
    OVERDUE,
    UNDO,
    UNLIKELY_ONES,
    WATCH,
    asks,
)
from gapkit.measurement.promised.learning import Learning
from gapkit.measurement.promised.wording import NO_AMOUNT
from gapkit.measurement.verdict import Judgement
from gapkit.results import Result


@pytest.fixture(scope="module")
def m():
    """Northwind after its window: improved, one part of the new way of working missing, no comparison group."""
    return gk.measure(gk.load("northwind", phase="measure"))


def judged(m, verdict, needed=""):
    """The same measurement with another verdict on the primary measure."""
    primary = replace(m.primary, judgement=Judgement(verdict), needed=needed)
    return replace(m, effects=(primary, *m.effects[1:]))


@pytest.mark.parametrize(("verdict", "decision"), [("improved", KEEP), ("worsened", UNDO), ("monitoring", WATCH)])
def test_the_first_decision_follows_from_the_verdict(m, verdict, decision):
    """What is asked first is what the verdict leaves to decide."""
    assert decision == asks(judged(m, verdict))[0].decision


def test_a_gain_is_kept_with_what_else_may_explain_it(m):
    """Who decides to keep the redesign reads what is not excluded in the same line."""
    others = tuple(item for item in m.explanations.considered if item.standing != "may explain it")
    plain = replace(m, explanations=replace(m.explanations, considered=others))

    assert asks(m)[0].because.endswith("size uncertain. What may explain it too: a rise before the window.")
    assert "Execution rate: improved, size uncertain." == asks(plain)[0].because


def test_teams_without_the_redesign_that_gained_too_come_first(m):
    """Something that reached every team is looked for before the redesign is called the reason."""
    found = [replace(item, standing="may explain it") if item.id == "comparison_group" else item
             for item in m.explanations.considered]  # fmt: skip

    assert OTHERS_GAINED == asks(replace(m, explanations=replace(m.explanations, considered=tuple(found))))[0].decision


def test_where_no_length_of_measuring_would_tell_none_is_asked_for(m):
    """The baseline holds too little for the change agreed as worthwhile."""
    idle = judged(m, "no detectable change", "A baseline of 26 programs is too small to show +10 pp, however many follow.")

    assert BASELINE == asks(idle)[0].decision


def test_no_change_where_the_new_way_did_not_run_asks_to_make_it_run(m):
    """What did not run cannot be judged; what ran everywhere is measured for longer."""
    idle = judged(m, "no detectable change")
    ran = replace(idle, adoption=replace(m.adoption, parts=tuple(replace(p, verdict="in place") for p in m.adoption.parts)))

    assert "run before it is judged" in asks(idle)[0].decision
    assert "go on measuring" in asks(ran)[0].decision


def test_too_little_data_carries_what_is_needed(m):
    """The reason of the decision says how much it takes."""
    first = asks(judged(m, "too little data", "About 120 programs after would show it."))[0]

    assert first.because.endswith("About 120 programs after would show it.")


def test_a_shift_asks_for_a_decision_once(m):
    """A shifted chart asks whether its cause is known, until new limits were decided."""
    shifted = replace(m.standing.charts[0], variation="improving")
    decided = replace(shifted, segments=(*shifted.segments[:-1], shifted.segments[-1]._replace(because="the forum")))

    asked = [
        [ask.decision for ask in asks(replace(m, standing=replace(m.standing, charts=(chart,))))]
        for chart in (shifted, decided)
    ]

    assert [NEW_LIMITS in decisions for decisions in asked] == [True, False]


def test_open_commitments_nobody_should_count_on_are_counted(m):
    """Overdue ones always; those with less than one chance in four only from a forecast that held and tells them apart."""
    programs = pd.DataFrame({"remark": ["overdue", "", ""], "p_on_time": [0.0, 0.1, 0.8]})
    tested = replace(m.forecast.backtest, tells_apart=True)
    some = replace(m, forecast=replace(m.forecast, programs=programs, backtest=tested))
    blunt = replace(some, forecast=replace(some.forecast, backtest=replace(tested, tells_apart=False)))
    failed = replace(some, forecast=replace(some.forecast, backtest=replace(tested, verdict="did not hold")))
    late, unlikely = "1 of 3 open commitments is overdue.", "Of 3 open commitments, 1 with less than one chance in four."
    said = [[ask.because for ask in asks(one) if ask.decision in (OVERDUE, UNLIKELY_ONES)] for one in (some, blunt, failed)]

    assert [[late, unlikely], [late], [late]] == said


@pytest.mark.parametrize(
    ("rule", "decisions"),
    [(NO_AMOUNT, 1), ("Promise at most 40 % of what is predicted next time.", 1), ("", 0)],
)
def test_the_next_promise_is_asked_as_its_rule_says(m, rule, decisions):
    """None, a part, or nothing to decide yet: the decision is the rule itself."""
    said = Learning(Result("predicted_interval_held", n=1, status="thin"), None, 0, None, "", rule, "So much came.")
    told = asks(replace(m, promised=replace(m.promised, learning=said)))

    assert [(ask.decision, ask.because) for ask in told if "promise" in ask.decision.lower()] == (
        [(rule, "So much came.")] * decisions
    )


def test_a_yardstick_frozen_too_late_is_frozen_earlier_next_time(m):
    """Freezing it now would change nothing: it is on file."""
    late = replace(m, comparison=replace(m.comparison, is_frozen=False, late="Frozen when the measure window was over."))

    assert Ask(FREEZE_EARLIER, "Frozen when the measure window was over.", SPONSOR, "the next change") == asks(late)[-1]
    assert FREEZE == asks(replace(m, comparison=replace(m.comparison, is_frozen=False)))[-1].decision


def test_without_a_comparison_group_the_next_change_is_asked_to_begin_in_some_teams(m):
    """Nothing else here tells the redesign from everything that happened besides."""
    assert GROUP in [ask.decision for ask in asks(m)]
    assert asks(m)[-1].decision.startswith("Leave the yardstick")
