from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.baseline.outcomes import judge_programs
from gapkit.measurement.agreed import AgreedPlace
from gapkit.measurement.promised.own import latency_change, other_days, own_measure
from gapkit.redesign.targets.promises_file import PromisedLever
from gapkit.results import Result

BEFORE, AFTER = dt.date(2026, 2, 2), dt.date(2026, 7, 6)


def lever(word, stage=None, value=None, **changes):
    return PromisedLever(f"{word} {stage}", word, stage, value, 0.7, word, "queue", "", True, "agreed", changes)


@pytest.fixture
def sides(engage):
    """Both sides of an engagement, each window twelve weeks long, read in October."""

    def build(**rows):
        program = {"program_id": "P1", "committed_at": "2025-12-20", "baseline_end": "2026-03-20"}
        eng = engage({"as_of": dt.date(2026, 10, 15)}, programs=[program], **rows)
        judged, _ = judge_programs(eng.programs, eng.status_events, eng.config, eng.as_of)
        before, after = (
            SimpleNamespace(eng=eng, judged=judged, start=start, end=start + dt.timedelta(days=83), period=name)
            for start, name in ((BEFORE, "before"), (AFTER, "after"))
        )
        return SimpleNamespace(before=before, after=after, config=eng.config, look="verdict")

    return build


def moments(start, days):
    """Return ISO moments at nine, so many calendar days after a Monday each."""
    return [(pd.Timestamp(start) + pd.Timedelta(days=day)).strftime("%Y-%m-%d 09:00") for day in days]


@pytest.fixture
def decisions():
    """Forty decisions asked for on the Monday of each window, taken after so many calendar days."""

    def build(before, after):
        return [
            {
                "decision_id": f"{start}{number:02d}",
                "asked_at": moments(start, [0])[0],
                "decided_at": moments(start, [days])[0],
            }
            for start, lasting in ((BEFORE, before), (AFTER, after))
            for number, days in enumerate(lasting)
        ]

    return build


def test_a_forum_is_judged_by_the_time_to_a_decision(sides, decisions):
    """Median ten business days before (two weeks), three after: seven fewer, against what the forum was to save."""
    asked = sides(decisions=decisions([14] * 40, [3] * 40))
    predicted = Result("decision_latency_days_change", -5.0, -8.0, -2.0, level=0.9, n=40, unit="days")
    own = own_measure(lever("weekly_forum", decision_latency_days=predicted), asked, ())

    assert own is not None
    assert (own.measure, own.predicted, own.is_level, own.better) == ("decision_latency_days", predicted, False, -1)
    assert (own.measured.value, own.measured.unit, own.measured.n) == (-7.0, "days", 40)


def test_a_forum_after_which_decisions_take_longer_made_them_worse(sides, decisions):
    """Three business days before, ten after: without an effect of its own the interval says it."""
    predicted = Result("decision_latency_days_change", -5.0, -8.0, -2.0, level=0.9, n=40, unit="days")
    asked = sides(decisions=decisions([3] * 40, [14] * 40))
    own = own_measure(lever("weekly_forum", decision_latency_days=predicted), asked, ())

    assert own is not None
    assert (own.measured.value, own.known.is_worse, own.known.is_clear) == (7.0, True, False)


def test_a_forum_that_promised_nothing_is_not_judged_by_it(sides, decisions):
    """A change nobody can read is no promise."""
    nothing = Result("decision_latency_days_change", -0.003, 0.0, 0.0, level=0.9, n=40, unit="days")

    assert own_measure(lever("weekly_forum", decision_latency_days=nothing), sides(), ()) is None
    assert own_measure(lever("weekly_forum"), sides(), ()) is None


def test_too_few_decisions_and_no_log_are_told_apart(sides, decisions):
    """One says how many are needed, the other which table."""
    few = latency_change(sides(decisions=decisions([14] * 40, [3] * 4)), ())
    none = latency_change(sides(), ())

    assert (few.status, few.n) == ("thin", 4)
    assert "20 and 10 are needed" in few.caveats[0]
    assert (none.status, "table decisions" in none.caveats[0]) == ("not_assessable", True)


def test_an_effect_on_the_same_measure_goes_first(sides, effect):
    """There is one figure for one thing."""
    given = effect("decision_latency_days", (-2.0, -4.0, -1.0), unit="days", better=-1)

    assert latency_change(sides(), (given,)) == given.difference


def visits(kept_before, kept_after):
    """Return twenty waits for legal in each window, each of its own program: a day where kept, else two weeks."""
    return [
        {"program_id": f"{start}{number:02d}", "stage": "legal", "kind": "approval", "entered_at": moments(start, [0])[0],
         "left_at": moments(start, [1 if number < kept else 14])[0]}
        for start, kept in ((BEFORE, kept_before), (AFTER, kept_after))
        for number in range(20)
    ]  # fmt: skip


@pytest.mark.parametrize(("kept_before", "is_more"), [(2, True), (17, False)])
def test_an_agreed_time_is_judged_at_its_own_stage(sides, kept_before, is_more):
    """Eighteen of twenty kept it, promised for 70 % of cases; told from before only where before was worse."""
    own = own_measure(lever("sla", "legal", 2.0), sides(stage_visits=visits(kept_before, 18)), ())

    assert own is not None
    assert (own.measure, own.is_level, own.known.is_clear) == ("sla_attainment:legal", True, is_more)
    assert own.known.before == pytest.approx(kept_before / 20)
    assert (own.predicted.value, own.measured.events, own.measured.n) == (0.7, 18, 20)
    assert own.words == "waits at legal within 2 business days"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (AgreedPlace("legal", 4.0, is_agreed=False),
         "At legal promised within 2 business days; effects count 4 business days (proposed), as in decisions.yml."),
        (AgreedPlace("legal", 2.0, is_agreed=True), ""),
        (AgreedPlace("legal", None, is_agreed=True), ""),
        (AgreedPlace("brand", 4.0, is_agreed=True), ""),
    ],
)  # fmt: skip
def test_another_time_in_the_decisions_is_said(place, said):
    """The same stage counted against two times would be two figures under one name."""
    assert other_days(lever("sla", "legal", 2.0), [place]) == said


def test_a_stage_with_too_few_waits_is_too_little(sides):
    """It says how many there were."""
    own = own_measure(lever("sla", "brand", 2.0), sides(stage_visits=visits(2, 18)), ())

    assert own is not None
    assert (own.measured.status, own.measured.n) == ("thin", 0)


def test_levers_without_a_place_or_measure_of_their_own_have_none(sides):
    """Nothing tells them from the others."""
    assert [own_measure(lever(word), sides(), ()) for word in ("parallel_approvals", "sla", "named_owner")] == [None] * 3
