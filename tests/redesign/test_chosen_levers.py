from __future__ import annotations

import pytest

from gapkit.redesign.chosen_levers import choose_levers
from gapkit.redesign.decisions.decided import Decided


@pytest.fixture(scope="module")
def eng(northwind_day_60):
    return northwind_day_60


def decided(**levers):
    return Decided({"levers": {name.replace("__", " "): fields for name, fields in levers.items()}})


def test_without_decisions_the_proposals_are_looked_at(eng):
    """What today's records propose is what the what-if is made for."""
    chosen = choose_levers(eng, Decided())

    assert chosen.proposed == chosen.pulls
    assert set(chosen.by_id) == set(chosen.proposals())


def test_a_changed_value_counts_and_a_declined_lever_does_not(eng):
    """The client's number goes before the proposed one; what is declined is not predicted."""
    chosen = choose_levers(eng, decided(capacity={"status": "agreed", "value": 1.5}, weekly_forum={"status": "declined"}))

    assert 1.5 == chosen.by_id["capacity"].value
    assert "weekly_forum" not in chosen.by_id
    assert "weekly_forum" in chosen.proposals()


def test_a_lever_nobody_proposed_can_be_added_by_its_word_and_stage(eng):
    """Which sign-off to drop is the client's choice."""
    chosen = choose_levers(eng, decided(drop_approval__brand__approval={"status": "agreed"}))

    added = chosen.by_id["drop_approval brand approval"]

    assert ("drop_approval", "brand approval") == (added.lever, added.stage)


def test_a_word_that_is_no_lever_is_named(eng):
    """Nothing is dropped silently."""
    chosen = choose_levers(eng, decided(magic={"status": "agreed"}))

    assert ("No lever of these names is known: magic.",) == chosen.caveats


def test_a_proposal_of_another_day_that_nobody_touched_is_let_go(eng):
    """What stood in the file untouched follows today's data; what was agreed stays."""
    untouched = choose_levers(eng, decided(sla__page__QA={"status": "proposed"}))
    agreed = choose_levers(eng, decided(sla__page__QA={"status": "agreed", "value": 3}))

    assert "sla page QA" not in untouched.by_id
    assert 3 == agreed.by_id["sla page QA"].value


def test_a_lever_without_its_number_is_named_and_not_pulled(eng):
    """A time of nothing means nothing."""
    chosen = choose_levers(eng, decided(sla__page__QA={"status": "agreed", "value": None}))

    assert ("Without a value, so not pulled: sla page QA.",) == chosen.caveats
    assert "sla page QA" not in chosen.by_id
