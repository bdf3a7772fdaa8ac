from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gapkit.errors import InputError
from gapkit.redesign.what_if import Pull, what_if
from gapkit.redesign.what_if.what_if import WhatIf, predict

ASKED = (Pull("sla", 2.0), Pull("parallel_approvals"), Pull("capacity", 1.5), Pull("named_owner"))


@pytest.fixture(scope="module")
def found(northwind, northwind_baseline) -> WhatIf:
    return predict(northwind, northwind_baseline, ASKED)


def test_every_lever_is_answered_in_order(found):
    """One prediction each, by the engine that may: approvers of the example are busy, so queues are simulated."""
    assert ["queue", "queue", "queue", "association"] == [one.engine for one in found.levers]
    assert list(ASKED) == [one.pulls[0] for one in found.levers]


def test_together_holds_what_edits_the_way(found):
    """All but the association, which promises nothing."""
    assert ASKED[:3] == found.together.pulls
    assert found.together.is_promise
    assert not found.levers[-1].is_promise


def test_it_is_plain_data(found):
    """It goes into redesign.json without anything JSON does not know."""
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))

    assert {"level", "backtest", "load", "levers", "together"} == set(data)
    assert "execution_rate" in data["levers"][0]["changes"]


def test_a_failed_backtest_takes_the_promise(northwind, northwind_baseline):
    """What could not foretell the second quarter promises nothing, and says so beside every change."""
    late = northwind_baseline.judged["quarter"].eq(northwind_baseline.quarters[-1])
    moved = northwind_baseline.judged["committed_at"].mask(late, northwind_baseline.judged["committed_at"].min())
    broken = replace(northwind_baseline, judged=northwind_baseline.judged.assign(committed_at=moved))
    one = predict(northwind, broken, [Pull("sla", 2.0, "copy")]).levers[0]

    assert not one.is_promise
    assert one.refused or any("no promise" in text for text in one.caveats)


def test_without_hours_traces_answer_and_say_what_they_do_not_know(northwind, northwind_baseline):
    """How busy approvers are is unknown then: waits are edited with that caveat, capacity is refused."""
    visits = northwind.stage_visits.assign(work_hours=float("nan"))
    eng = replace(northwind, tables={**northwind.tables, "stage_visits": visits})
    cap, capacity = predict(eng, northwind_baseline, [Pull("sla", 2.0), Pull("capacity", 2.0)]).levers

    assert "resampling" == cap.engine
    assert any("busy" in text for text in cap.caveats)
    assert "work_hours" in capacity.refused


def test_an_unknown_stage_is_refused(northwind, northwind_baseline):
    """A sign-off nobody asks for cannot be dropped."""
    one = predict(northwind, northwind_baseline, [Pull("drop_approval", stage="papal blessing")]).levers[0]

    assert "papal blessing" in one.refused


def test_wrong_settings_are_refused_before_anything_is_computed():
    """The call itself is wrong."""
    with pytest.raises(InputError):
        what_if(None, None, [Pull("sla")])


def test_a_forum_without_stage_history_still_speaks_of_decisions(northwind, northwind_baseline):
    """The log of decisions is enough for that much, and what is missing is said."""
    eng = replace(northwind, tables={**northwind.tables, "stage_visits": northwind.stage_visits.head(0)})
    one = predict(eng, northwind_baseline, [Pull("weekly_forum")]).levers[0]

    assert ["decision_latency_days"] == list(one.changes)
    assert one.changes["decision_latency_days"].value < 0
    assert any("No stage history" in text for text in one.caveats)
