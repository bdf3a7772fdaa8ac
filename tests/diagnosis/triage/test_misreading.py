from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.diagnosis.triage.misreading import EFFORT, misreadings
from gapkit.results import Result, not_assessable

CRITERIA = SimpleNamespace(probability=0.9)
WORK = SimpleNamespace(probability=0.2, n=60, met=20, unknown=4)
COST = SimpleNamespace(
    currency="EUR", quarters=2.0,
    results={"total_cost": Result("total_cost", 4e6, 3e6, 5e6, unit="money"),
             "gap_cost": Result("gap_cost", 6e5, 4e5, 8e5, unit="money")},
)  # fmt: skip


def read(cell, cost=COST, criteria=CRITERIA):
    return misreadings(cell, criteria, WORK, cost, quarters=2)


def test_each_axis_is_wrong_with_the_probability_of_the_other_side():
    """Criteria at .9 and work at .2: read as execution-limited it is wrong on criteria with .1, on work with .2."""
    assert [("criteria", pytest.approx(0.1)), ("work", pytest.approx(0.2))] == [
        (one.axis, one.probability) for one in read("execution")
    ]
    assert [("criteria", pytest.approx(0.9)), ("work", pytest.approx(0.8))] == [
        (one.axis, one.probability) for one in read("strategy")
    ]


def test_without_criteria_all_that_is_spent_is_at_stake():
    """4 million in two quarters is 2 million a quarter that nobody could judge."""
    first, second = read("execution")

    assert (2e6, 1.5e6, 2.5e6, "total_cost_per_quarter") == (
        first.at_stake.value, first.at_stake.low, first.at_stake.high, first.at_stake.name
    )  # fmt: skip
    assert "nobody can judge: about EUR 2.0 million of spend and labour a quarter." in first.sentence
    assert None is second.at_stake
    assert ("EUR 2.0 million (EUR 1.5 million to EUR 2.5 million)", EFFORT) == (first.stakes, second.stakes)


def test_work_wrongly_called_sound_goes_on_costing():
    """36 of 60 missed in two quarters: 18 a quarter, and 300,000 of the gap."""
    first, second = read("strategy")

    assert "about 18 programs a quarter would go on missing date or specification" in second.sentence
    assert "while the gap goes on costing about EUR 300,000 a quarter" in second.sentence
    assert "agreeing on them again, while the gap goes on costing" in first.sentence


@pytest.mark.parametrize("cell", ["execution", "strategy", "both", "neither"])
def test_without_cost_the_words_stand_without_money(cell):
    """Not priced is not free: the consequence is said, no amount is."""
    unmeasured = SimpleNamespace(**{**vars(COST), "results": {
        name: not_assessable(name, "No spend.", unit="money") for name in COST.results}})  # fmt: skip

    for cost in (None, unmeasured):
        assert all(one.at_stake is None and "EUR" not in one.sentence and one.sentence.endswith(".")
                   for one in read(cell, cost))  # fmt: skip
        assert {"not measured", EFFORT} >= {one.stakes for one in read(cell, cost)}


def test_without_a_reading_nothing_can_be_misread():
    """One axis open: no reading, nothing to be wrong about."""
    assert () == read(None)
    assert () == read("execution", criteria=SimpleNamespace(probability=None))
