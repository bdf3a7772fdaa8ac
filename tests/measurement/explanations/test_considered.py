from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gapkit.measurement.explanations import CONSIDERED, explain
from gapkit.measurement.explanations.explanation import STANDINGS
from gapkit.measurement.explanations.wording import LOOKED_AT, NAMES
from gapkit.results import Result, not_assessable


@pytest.fixture
def sides(compared, rows):
    """The baseline at a third, the window at nine in ten."""
    return compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 27, 3))


def test_every_explanation_is_there_in_a_fixed_order_and_the_rest_comes_last(sides):
    """Named and described each, whatever was found."""
    found = explain(*sides)

    assert [item.id for item in found.considered] == list(NAMES) == list(LOOKED_AT)
    assert len(found.considered) == len(CONSIDERED)
    assert found.considered[-1].id == "other_changes"
    assert found.of("case_mix").name == "Another mix of work"


def test_the_sentence_counts_standings(sides):
    """All of them, in the order of what matters."""
    found = explain(*sides)
    counts = [len(found.standing(word)) for word in STANDINGS]

    assert sum(counts) == len(CONSIDERED) == 12
    assert found.sentence.startswith("Of 12 other explanations looked at, ")
    assert f"{counts[1]} cannot be told" in found.sentence


def test_all_of_it_is_plain_data(sides):
    """What measure.json holds."""
    data = json.loads(json.dumps(explain(*sides).to_dict(), allow_nan=False))

    assert {item["standing"] for item in data["considered"]} <= set(STANDINGS)
    assert data["considered"][8]["id"] == "season"


@pytest.mark.parametrize("status", ["thin", "not_assessable"])
def test_nothing_raises_where_the_primary_measure_has_no_change(sides, status):
    """Each explanation has its sentence, and none is said to explain anything."""
    comparison, primary = sides
    thin = Result("on_time_rate", n=3, status="thin")
    gone = thin if status == "thin" else not_assessable("on_time_rate", "No source.")
    found = explain(comparison, replace(primary, after=gone, difference=replace(gone, unit="pp")))

    assert all(item.sentence for item in found.considered)
    assert not found.standing("may explain it")


def test_nothing_raises_for_velocity_as_the_primary_measure(sides):
    """Rates are not worked out for it, and that is said."""
    comparison, primary = sides
    pace = Result("velocity_per_week", 2.0, 1.5, 2.6, n=52, events=52, unit="per_week")
    change = Result("velocity_per_week_difference", 0.5, 0.2, 0.9, n=40, unit="ratio")
    found = explain(comparison, replace(primary, measure="velocity_per_week", before=pace, after=pace, difference=change))

    assert found.of("case_mix").standing == "cannot be told"
    assert found.of("follow_up").standing == "ruled out"


def test_the_window_of_today_may_be_empty(compared, rows):
    """Nothing due in it yet: sentences, no exceptions."""
    comparison, primary = compared(programs=rows("B", "2026-02-10", 10, 20) + rows("A", "2026-08-10", 10, 20))
    bare = replace(comparison, after=replace(comparison.after, judged=comparison.after.judged.iloc[:0]))

    assert all(item.sentence for item in explain(bare, primary).considered)
