from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.values import normal, read_value, typed
from gapkit.redesign.plan.actions import ACTIONS
from gapkit.redesign.plan.plan import FIELDS, plan_actions
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, LEVERS, PITFALLS, SCALES

CLEAR = "clearly active"
START = dt.date(2026, 4, 6)  # day 31 is 6 May, day 90 is 4 July


@pytest.fixture
def ask(engage, findings, sign):
    """The plan of an engagement that began on 6 April 2026, with the findings given."""

    def build(decided=None, changes=None, parts=None, **given_findings):
        eng = engage({"started_on": START, "scale": "mid", **(changes or {})})
        d = SimpleNamespace(findings=findings(**given_findings))
        return plan_actions(eng, d, Decided({"plan": decided or {}}), parts=parts or {})

    return build


@pytest.fixture
def owning(sign):
    """Unclear ownership with every sign, the strongest first."""
    return {"unclear_ownership": (CLEAR, 80.0, tuple(sign(f"O{n}", 100.0 - 10 * n) for n in (1, 2, 3, 4)))}


def everything(sign):
    """Every killer and fracture clearly active on every sign."""
    signs = {
        "misalignment": ("M1", "M2", "M3", "M4"), "structural_bottlenecks": ("B1", "B2", "B3", "B4"),
        "unclear_ownership": ("O1", "O2", "O3", "O4"), "poor_tooling": ("T1", "T2", "T3", "T4"),
        "feedback_loop_failure": ("F1", "F2", "F3", "F4"), "handoffs": tuple(f"Hand-off {n}" for n in (1, 2, 3, 4)),
        "cadence": tuple(f"Cadence {n}" for n in (1, 2, 3, 4)),
    }  # fmt: skip
    return {name: (CLEAR, 70.0, tuple(sign(one, 60.0) for one in ids)) for name, ids in signs.items()}


def dated(plan):
    return {item.id: (item.starts_on, item.ends_on) for item in plan.items}


def most_at_once(items, who):
    own = [(item.starts_on, item.ends_on) for item in items if item.who == who and item.starts_on]
    return max((sum(start <= day <= end for start, end in own) for day, _ in own), default=0)


def test_a_plan_made_by_hand(ask, owning):
    """Naming owners takes two weeks from day 31; loads are levelled after it, changes of owner wait for day 61."""
    plan = ask(**owning)
    day = dt.date

    assert {
        "name-one-owner-each": (day(2026, 5, 6), day(2026, 5, 19)),
        "level-owners-load": (day(2026, 5, 20), day(2026, 5, 26)),
        "change-owners-in-reviews": (day(2026, 6, 5), day(2026, 6, 11)),
    } == dated(plan)
    assert "From 6 May to 4 July 2026: 3 actions against 1 active finding, 8 person-days in all." == plan.sentence


def test_days_off_are_left_out(ask, owning):
    """Two days off push the end of what runs over them by two working days."""
    plan = ask(changes={"holidays": (dt.date(2026, 5, 6), dt.date(2026, 5, 13))}, **owning)

    assert (dt.date(2026, 5, 7), dt.date(2026, 5, 21)) == dated(plan)["name-one-owner-each"]


def test_without_a_start_the_day_of_reading_is_day_31(ask, owning):
    """15 July 2026 is a Wednesday; day 90 follows 59 days later, and the reader is told."""
    plan = ask(changes={"started_on": None}, **owning)

    assert (dt.date(2026, 7, 15), dt.date(2026, 9, 12)) == (plan.days.begins_on, plan.days.ends_on)
    assert dt.date(2026, 7, 15) == plan.items[0].starts_on
    assert "counts as day 31" in plan.caveats[0]


def test_each_action_says_why_who_when_and_what_it_moves(ask, owning):
    """Nothing about an action is left to guess."""
    first = ask(**owning).items[0]

    assert ("unclear_ownership", CLEAR, "executive sponsor", 4) == (
        first.finding, first.verdict, first.who, first.effort_days,
    )  # fmt: skip
    assert ("O1", "mark", 0.1) == (first.expected.measure, first.expected.basis, first.expected.towards)
    assert first.ends_on + dt.timedelta(days=30) == first.shows_on


@pytest.mark.parametrize("scale", SCALES)
def test_owners_carry_two_at_once_and_all_lies_within_the_90_days(ask, sign, scale):
    """With everything active much comes after day 90, and nobody has three at once."""
    plan = ask(changes={"scale": scale}, **everything(sign))
    placed = {item.id: item for item in plan.items}

    assert all(plan.days.begins_on <= item.starts_on <= item.ends_on <= plan.days.ends_on for item in plan.items)
    assert all(most_at_once(plan.items, item.who) <= 2 for item in plan.items)
    assert all(placed[need].ends_on < item.starts_on for item in plan.items for need in item.needs)
    assert all((None, None) == (item.starts_on, item.ends_on) for item in plan.later)


def test_a_small_organisation_gets_the_fewest_actions(ask, sign):
    """One action against each finding, and what it needs."""
    counts = [len(plan.items) + len(plan.later)
              for plan in (ask(changes={"scale": scale}, **everything(sign)) for scale in SCALES)]  # fmt: skip

    assert sorted(set(counts)) == counts


def test_possible_findings_are_checked_first(ask):
    """A check, no amount, no other action."""
    plan = ask(poor_tooling=("possible", 52.0, ()))

    assert [("check-poor-tooling", True)] == [(item.id, item.is_check) for item in plan.items]
    assert "From 6 May to 4 July 2026: 1 check of what is only possible, 2 person-days in all." == plan.sentence


def test_a_small_organisation_checks_the_two_likeliest(ask):
    """What there is no time to check is named; one check settles cadence as fracture and as lever."""
    possible = {"poor_tooling": 52.0, "misalignment": 54.0, "handoffs": 40.0, "cadence": 51.0}
    plan = ask(changes={"scale": "smb"}, **{name: ("possible", level, ()) for name, level in possible.items()})
    settled = ask(changes={"scale": "smb"}, cadence=("possible", 51.0, ()), operating_cadence=("partly in place", 60.0, ()))

    assert {"check-misalignment", "check-poor-tooling"} == set(dated(plan))
    assert ("cadence", "hand-offs") == plan.unchecked
    assert "Possible as well, to be checked when the others are settled: cadence and hand-offs." in plan.caveats
    assert ["check-cadence"] == list(dated(settled))


def test_nothing_found_and_nothing_known_are_said_apart(ask):
    """An empty plan says whether all is well or nobody could look."""
    names = (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS, *LEVERS)
    blind = ask(**dict.fromkeys(names, ("not assessable", 0.0, ())))

    assert "There is nothing to plan: no finding is active or possible." == ask().sentence
    assert blind.sentence.startswith("There is nothing to plan: no finding could be assessed.")
    assert {} == blind.proposals()


def test_dates_and_owner_decided_hold(ask, owning):
    """What the client wrote counts; what follows is planned around it."""
    plan = ask({"name-one-owner-each": {"status": "proposed", "who": "Ms Roe", "starts_on": "2026-05-11"}}, **owning)

    assert "Ms Roe" == plan.items[0].who
    assert (dt.date(2026, 5, 11), dt.date(2026, 5, 22)) == dated(plan)["name-one-owner-each"]
    assert dt.date(2026, 5, 25) == dated(plan)["level-owners-load"][0]


def test_decisions_change_what_holds_and_not_what_is_proposed(ask, owning):
    """Proposals follow today's data alone."""
    decided = {
        "name-one-owner-each": {"status": "agreed", "starts_on": "2026-06-01"},
        "level-owners-load": {"status": "declined"},
    }

    assert ask(**owning).proposals() == ask(decided, **owning).proposals()


def test_a_proposal_decided_as_it_stands_changes_nothing(ask, owning):
    """Agreeing to every entry as proposed gives the same dates."""
    fresh = ask(**owning)
    agreed = {name: {**fields, "status": "agreed"} for name, fields in fresh.proposals().items()}

    assert dated(fresh) == dated(ask(agreed, **owning))


def test_what_needs_a_declined_action_is_named(ask, owning):
    """Declined, it is gone; what needs it stays and says so."""
    plan = ask({"name-one-owner-each": {"status": "declined"}}, **owning)

    assert ("Name one owner each",) == plan.declined
    assert "name-one-owner-each" not in dated(plan)
    assert all("It needs what was declined: Name one owner each." in item.remarks for item in plan.items)
    assert "Declined, and left out: Name one owner each." in plan.caveats


def test_a_finding_whose_actions_were_all_declined_is_named(ask, owning):
    """Nobody overlooks that nothing will be done."""
    declined = {name: {"status": "declined"} for name in ask(**owning).proposals()}
    plan = ask(declined, **owning)

    assert ("unclear ownership",) == plan.unanswered
    assert () == plan.items


def test_a_finding_without_a_measure_is_named(ask, sign):
    """People report poor tooling and nothing of it is counted: whether it worked will not be seen."""
    plan = ask(poor_tooling=(CLEAR, 70.0, (sign("T1", None), sign("T2", None))))

    assert ("poor tooling",) == plan.unmeasured
    assert any("Whether their actions worked will not be seen." in caveat for caveat in plan.caveats)


def test_decided_dates_that_clash_are_said(ask, owning):
    """Three at once, a start before what it needs, an end after day 90: kept, and said."""
    plan = ask(
        {
            "name-one-owner-each": {"who": "Roe", "starts_on": "2026-06-01", "ends_on": "2026-06-12"},
            "level-owners-load": {"who": "Roe ", "starts_on": "2026-06-01"},
            "change-owners-in-reviews": {"who": "roe", "starts_on": "2026-06-05", "ends_on": "2026-08-01"},
        },
        **owning,
    )
    early = next(item for item in plan.items if item.id == "level-owners-load")

    assert "By the dates decided Roe has 3 actions at once; 2 is the limit." in plan.caveats
    assert ("By the dates decided it begins before this is done: Name one owner each.",) == early.remarks
    assert ["change-owners-in-reviews"] == [item.id for item in plan.later]


def test_an_agreed_action_stays_and_an_unknown_one_is_named(ask):
    """What was agreed holds without its finding; what is no action is not passed over."""
    plan = ask({"freeze-briefs": {"status": "agreed"}, "paint-the-office": {"status": "agreed"}})

    assert ["freeze-briefs"] == [item.id for item in plan.items]
    assert "It was agreed to; what it answers is not active in today's data." in plan.items[0].remarks
    assert any("paint-the-office" in caveat for caveat in plan.caveats)


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_decisions_give_a_plan(data, ask, sign):
    """Whatever dates and owners are written: every action once, ends after starts, plain data, fixed dates kept."""
    days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat)
    entry = st.fixed_dictionaries(
        {"status": st.sampled_from(["proposed", "agreed", "declined"])},
        optional={"who": st.sampled_from(["a", "b"]), "starts_on": days, "ends_on": days},
    )
    decided = data.draw(st.dictionaries(st.sampled_from(sorted(ACTIONS["mid"])), entry))
    plan = ask(decided, **everything(sign))
    items = (*plan.items, *plan.later)
    kept = {item.id: item for item in items}

    assert len(items) == len(kept)
    assert all(item.starts_on <= item.ends_on for item in items if item.starts_on)
    assert json.dumps(plan.to_dict(), allow_nan=False)
    for name, fields in decided.items():
        if fields["status"] == "declined":
            assert name not in kept
        elif name in kept and "starts_on" in fields:
            assert fields["starts_on"] == kept[name].starts_on.isoformat()


def test_proposals_pass_their_own_rules(ask, owning):
    """What is written into decisions.yml can be read back."""
    proposals = ask(**owning).proposals()

    assert proposals
    for fields in proposals.values():
        for name, value in fields.items():
            rule = FIELDS[name]
            assert normal(value) == read_value(rule, typed(value))


@pytest.mark.parametrize("scale", SCALES)
def test_northwind_at_every_scale(northwind_redesign, scale):
    """The planted killers, unclear ownership and bottlenecks, are answered first; the same twice."""
    eng, d = northwind_redesign.eng, northwind_redesign.diagnosis
    eng = replace(eng, config=replace(eng.config, scale=scale))
    plan = plan_actions(eng, d, Decided(), parts={"what_if": None})

    assert {"unclear_ownership", "structural_bottlenecks"} <= {item.finding for item in plan.items}
    assert plan.to_dict() == plan_actions(eng, d, Decided(), parts={}).to_dict()
    assert json.dumps(plan.to_dict(), allow_nan=False)
