from __future__ import annotations

import pytest

from gapkit.diagnosis.levers.controllable_inputs import assess, steered_goals

PROGRAM = {"program_id": "P"}
GOALS = [{"goal_id": f"G{k}", "label": f"Goal {k}"} for k in range(1, 5)]


def measure(name, **more):
    """A leading measure one can steer by."""
    return {"kpi_id": name, "name": name, "kind": "leading", "direction": "up", "controllable": "yes", "owner_id": "p1",
            "cadence": "weekly", "target": 5.0, **more}  # fmt: skip


def test_goals_with_a_measure_to_steer_by_are_counted(told):
    """G1 has one, G2 two, G3 one the team moves only partly, G4 none: half of four goals; a census has no interval."""
    kpis = [measure("a", goal_id="G1"), measure("b", goal_id="G2"), measure("c", goal_id="G2"),
            measure("d", goal_id="G3", controllable="partly")]  # fmt: skip
    found = assess(told(programs=[PROGRAM], goals=GOALS, kpis=kpis))

    assert (50, 50, 50) == tuple(found.activity)
    assert ("partly in place", "Controllable inputs are partly in place: 50 of 100.") == (
        found.verdict,
        found.sentence.split(" 50 %")[0],
    )
    assert "Goals with a leading measure the team can steer by: none for Goal 3 and Goal 4." in found.caveats


@pytest.mark.parametrize(
    "lack",
    [{"kind": "lagging"}, {"controllable": "partly"}, {"controllable": None}, {"owner_id": None}, {"cadence": "monthly"},
     {"target": None}],
)  # fmt: skip
def test_each_of_the_five_conditions_is_needed(engage, lack):
    """Leading, controllable, owned, weekly, with a target."""
    rows = [measure("a", goal_id="G1", **lack), measure("b", goal_id="G2")]

    assert {"G2"} == steered_goals(engage(programs=[PROGRAM], kpis=rows).kpis)


def test_a_measure_serves_the_goal_of_what_it_feeds(engage):
    """d feeds c, c feeds b, b has a goal; a circle of measures without a goal ends nowhere."""
    rows = [measure("b", kind="lagging", goal_id="G1"), measure("c", kind="lagging", parent_kpi_id="b"),
            measure("d", parent_kpi_id="c"), measure("e", parent_kpi_id="f"), measure("f", parent_kpi_id="e")]  # fmt: skip

    assert {"G1"} == steered_goals(engage(programs=[PROGRAM], kpis=rows).kpis)


@pytest.mark.parametrize("rows", [{}, {"goals": GOALS}, {"kpis": [measure("a", goal_id="G1")]}])
def test_without_goals_and_measures_nothing_is_missing(told, rows):
    """Not assessable is not 0 of 100."""
    found = assess(told(programs=[PROGRAM], **rows))

    assert ("not assessable", None) == (found.verdict, found.activity)
    assert "tables goals and kpis" in found.sentence
