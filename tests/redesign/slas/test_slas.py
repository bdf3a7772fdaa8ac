from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.baseline.flow import NO_VISITS
from gapkit.diagnosis.maps.handoff_map import NO_HANDOFFS
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.values import read_value, typed
from gapkit.redesign.slas.slas import FIELDS, propose_slas

NOTHING = Decided()


def since(eng, start=dt.date(2026, 1, 1)):
    """What the functions under test read of a diagnosis: the window, and when programs ended."""
    judged = pd.DataFrame(
        {"actual_end": pd.Series(dtype="datetime64[us]"), "cancelled_at": pd.Series(dtype="datetime64[us]")}
    )
    return SimpleNamespace(baseline=SimpleNamespace(start=start, judged=judged))


def handoff(k, days, sender="Web", receiver="Brand", sla=None):
    asked = pd.Timestamp("2026-03-02 09:00")
    done = asked + pd.offsets.BDay(days) if days is not None else None
    return {"program_id": f"P{k:03d}", "from_team": sender, "to_team": receiver, "requested_at": asked,
            "completed_at": done, "sla_days": sla}  # fmt: skip


def visit(k, days, stage="legal review", kind="approval", team="Legal", sla=None):
    entered = pd.Timestamp("2026-03-02 09:00")
    return {"program_id": f"P{k:03d}", "stage": stage, "kind": kind, "team": team, "sla_days": sla,
            "entered_at": entered, "left_at": entered + pd.offsets.BDay(days)}  # fmt: skip


@pytest.fixture
def proposed(engage):
    """The times proposed from some hand-offs and visits."""

    def build(*rows, visits=(), people=(), decided=NOTHING, **changes):
        programs = [{"program_id": name} for name in dict.fromkeys(row["program_id"] for row in [*rows, *visits])]
        eng = engage(changes, programs=programs or [{"program_id": "P"}], handoffs=list(rows), stage_visits=list(visits),
                     people=list(people))  # fmt: skip
        return propose_slas(eng, since(eng), decided)

    return build


def members(**teams):
    return [
        {"person_id": f"{team}{k}", "role": "x", "team": team, "function": "x", "level": 2, "leadership": False}
        for team, n in teams.items() for k in range(n)
    ]  # fmt: skip


def test_an_agreed_time_starts_from_the_85th_percentile_of_the_clients_own_waits(proposed):
    """Twenty hand-offs of 1 to 20 days: by the 18th more than 85 % are done; the median is the stretch."""
    found = proposed(*[handoff(k, k) for k in range(1, 21)]).entries[0]

    assert ("Web → Brand", "interface", "own waits", 18.0, 11.0) == (
        found.id, found.kind, found.basis, found.days, found.stretch_days,
    )  # fmt: skip
    # By hand from Bin(20, .85): P(X <= 13) = .022 and P(X <= 14) = .067, so the 14th; P(X >= 20) = .039, so the 20th.
    assert (14.0, 20.0, 0.90) == (found.late.low, found.late.high, found.late.level)


def test_who_answers_is_the_team_that_has_to_act(proposed):
    """The receiver of a hand-off, the team that gives most of a sign-off; never a person."""
    waits = [visit(k, 8) for k in range(20)] + [visit(k, 8, "launch", "wait", f"T{k % 4}") for k in range(20)]
    found = {one.id: one.answers for one in proposed(*[handoff(k, 8) for k in range(20)], visits=waits).entries}

    assert {"Web → Brand": "Brand", "legal review": "Legal", "launch": "the team that has the program"} == found


def test_the_breach_rule_tells_one_level_up_then_two(proposed):
    """After the time itself, and after twice the time."""
    found = proposed(*[handoff(k, 8) for k in range(20)]).entries[0]

    assert (
        "After 8 business days the level above Brand is told, after 16 business days the level above that." == found.breach
    )


def test_eighteen_waits_have_no_bound_and_are_to_be_agreed_and_observed(proposed):
    """One fewer than nineteen: no percentile, the time agreed today is proposed, and the report says so."""
    found = proposed(*[handoff(k, 8, sla=3) for k in range(18)])
    entry = found.entries[0]

    assert ("thin", "agreed today", 3.0, 0.70) == (entry.late.status, entry.basis, entry.days, entry.adherence)
    assert "Waits are too few to start from the client's own: agree and observe." in found.sentence
    assert "Fewer than 19 completed waits" in found.caveats[1]


def test_without_an_agreed_time_the_usual_one_is_proposed(proposed):
    """Five business days, as everywhere in the method."""
    assert [("usual", 5.0)] == [(one.basis, one.days) for one in proposed(*[handoff(k, 8) for k in range(18)]).entries]


def test_todays_attainment_is_that_of_the_time_to_be_agreed(proposed):
    """Nine of twelve within the usual five days."""
    found = proposed(*[handoff(k, 2 if k < 9 else 8) for k in range(12)]).entries[0].kept_today

    assert (0.75, 9, 12) == (found.value, found.events, found.n)
    # Wilson limits of 9 of 12, the complement of those of 3 of 12 in Newcombe (1998)
    assert (0.4677, 0.9111) == (round(found.low, 4), round(found.high, 4))


def test_a_time_longer_than_todays_is_said(proposed):
    """What is kept is longer than what is promised: start there, then tighten."""
    found = proposed(*[handoff(k, 8, sla=2) for k in range(20)])

    assert (8.0, 2.0) == (found.entries[0].days, found.entries[0].agreed_days)
    assert any(
        text.startswith("Longer than the time agreed today, which is not kept: Web → Brand.") for text in found.caveats
    )


def test_a_wait_within_the_day_takes_half_a_day(proposed):
    """Asked and done on one day is no time of zero, and the rule speaks of the day."""
    found = proposed(*[handoff(k, 0, sla=0.5) for k in range(20)], scale="smb").entries[0]

    assert (0.5, None) == (found.days, found.stretch_days)
    assert found.breach.startswith("When the day is over the level above Brand")


def test_what_was_decided_holds(proposed):
    """Days, who answers and adherence as agreed; attainment and the breach rule follow; the proposal stays as it was."""
    decided = Decided({"slas": {"Web → Brand": {"status": "agreed", "days": 3, "answers": "Head of Brand",
                                                "adherence": 0.9, "note": "tried in May"}}})  # fmt: skip
    rows = [handoff(k, k) for k in range(1, 21)]
    plain, found = proposed(*rows), proposed(*rows, decided=decided)
    entry = found.entries[0]

    assert (3.0, "Head of Brand", 0.9, "tried in May", "agreed") == (
        entry.days, entry.answers, entry.adherence, entry.note, entry.standing,
    )  # fmt: skip
    assert (3, 20) == (entry.kept_today.events, entry.kept_today.n)
    assert "After 3 business days the level above Head of Brand is told" in entry.breach
    assert plain.proposals() == found.proposals()
    assert "1 of 1 agreed" in found.sentence


def test_a_declined_time_is_listed_and_does_not_hold(proposed):
    """Every proposal declined: none is left to agree."""
    decided = Decided({"slas": {"Web → Brand": {"status": "declined"}}})
    found = proposed(*[handoff(k, 8) for k in range(20)], decided=decided)

    assert (1, ()) == (len(found.entries), found.held)
    assert "No time is to be agreed: every proposal was declined." == found.sentence


def test_an_agreement_outlives_the_data_that_proposed_it(proposed):
    """A stage agreed on and no longer on record still holds, is not proposed again, and is named."""
    decided = Decided({"slas": {"brand review": {"status": "agreed", "days": 2, "answers": "Brand"}}})
    found = proposed(*[handoff(k, 8) for k in range(20)], decided=decided)
    kept = next(one for one in found.entries if one.id == "brand review")

    assert (2.0, 0, "not_assessable") == (kept.days, kept.n, kept.kept_today.status)
    assert ["Web → Brand"] == list(found.proposals())
    assert any("no wait on record under that name: brand review" in text for text in found.caveats)


def test_an_untouched_proposal_of_an_earlier_run_is_forgotten(proposed):
    """Nobody agreed to it and nobody changed it, so only today's data count."""
    found = proposed(*[handoff(k, 8) for k in range(20)], decided=Decided({"slas": {"old": {"status": "proposed"}}}))

    assert ["Web → Brand"] == [one.id for one in found.entries]


def test_small_teams_are_never_named(proposed):
    """Legal has two people: nothing names them, and the report says how many hand-offs that concerns."""
    found = proposed(*[handoff(k, 8, "Brand", "Legal") for k in range(20)], people=members(Brand=6, Web=6, Legal=2))

    assert not found.entries
    assert "Legal" not in json.dumps(found.to_dict())
    assert (20, True) == (found.unnamed, found.caveats[-1].startswith("20 hand-offs from or to teams too small"))


def test_the_team_of_a_sign_off_is_not_named_where_it_is_small(proposed):
    """The stage keeps its name, those who give it do not."""
    found = proposed(visits=[visit(k, 8) for k in range(20)], people=members(Brand=6, Web=6, Legal=2))

    assert [("legal review", "the team that has the program")] == [(one.id, one.answers) for one in found.entries]


def test_nothing_on_record_says_what_would_switch_it_on(proposed):
    """No stages and no hand-offs: one sentence, an empty proposal, no exception."""
    found = proposed()

    assert (f"No time can be proposed. {NO_VISITS} {NO_HANDOFFS}", {}, ()) == (
        found.sentence, found.proposals(), found.caveats,
    )  # fmt: skip


def test_one_of_two_kinds_missing_is_a_caveat(proposed):
    """Hand-offs without stage history: the rest stands."""
    assert f"No time is proposed for stages. {NO_VISITS}" in proposed(*[handoff(k, 8) for k in range(20)]).caveats


def test_proposals_pass_their_own_rules(diagnosed):
    """What is written to decisions.yml would be read back as it is."""
    d = diagnosed("northwind")
    found = propose_slas(d.eng, d, NOTHING)
    fields = [(name, value) for entry in found.proposals().values() for name, value in entry.items()]

    assert found.proposals()
    assert [value for _, value in fields] == [read_value(FIELDS[name], typed(value)) for name, value in fields]


def test_the_example_engagement_gets_ten_times_whatever_the_order_of_its_rows(northwind, diagnosed):
    """Five stages and five pairs of teams at its scale; the same from rows in reverse; and all of it is JSON."""
    d = diagnosed("northwind")
    found = propose_slas(northwind, d, NOTHING)
    turned = {name: northwind.tables[name].iloc[::-1] for name in ("handoffs", "stage_visits")}
    again = propose_slas(replace(northwind, tables={**northwind.tables, **turned}), d, NOTHING)

    assert ["stage"] * 5 + ["interface"] * 5 == [one.kind for one in found.entries]
    assert json.dumps(found.to_dict(), allow_nan=False) == json.dumps(again.to_dict(), allow_nan=False)
