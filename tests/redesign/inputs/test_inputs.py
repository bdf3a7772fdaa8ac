from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.diagnosis.levers.controllable_inputs import steered_goals
from gapkit.engagement import Engagement
from gapkit.redesign.decisions.decided import SECTIONS, Decided
from gapkit.redesign.inputs import kpi_tree as tree
from gapkit.redesign.inputs.inputs import FIELDS, Inputs, map_inputs
from gapkit.redesign.inputs.lead_lag import relate, spearman

Row = dict[str, Any]
GOALS = [{"goal_id": "G1", "label": "Grow sales"}]


def lagging(kpi: str = "sales", **more: Any) -> Row:
    return {"kpi_id": kpi, "name": kpi, "kind": "lagging", "goal_id": "G1", "owner_id": "ana", "direction": "up",
            "target": 100.0, "cadence": "monthly", "controllable": "no", **more}  # fmt: skip


def leading(kpi: str = "calls", **more: Any) -> Row:
    return {"kpi_id": kpi, "name": kpi, "kind": "leading", "parent_kpi_id": "sales", "owner_id": "ben", "direction": "up",
            "target": 10.0, "cadence": "weekly", "controllable": "yes", **more}  # fmt: skip


def readings(*kpis: str, on: str = "2026-07-06") -> list[Row]:
    return [{"kpi_id": kpi, "period_start": on, "value": 1.0} for kpi in kpis]


def mapped(eng: Engagement, entries: Row | None = None) -> Inputs:
    return map_inputs(eng, None, Decided({"inputs": entries or {}}))


def gaps(part: Inputs) -> dict[str, tuple[str, ...]]:
    return part.kpis.set_index("kpi_id")["gaps"].to_dict()


def test_a_complete_tree_lacks_nothing(engage: Callable[..., Engagement]) -> None:
    """A result with a weekly input the team controls, owned, with targets, read last week."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading()], kpi_values=readings("sales", "calls")))

    assert {"sales": (), "calls": ()} == gaps(part)
    assert (("sales", "calls"),) == part.edges
    assert part.is_acyclic
    assert {} == part.proposals()
    assert part.sentence == (
        "1 of 1 goal has a weekly input the team controls, owned and with a target; no measure lacks anything."
    )


@pytest.mark.parametrize(("column", "value", "gap", "field"), [
    ("owner_id", None, tree.NO_OWNER, "owner"),
    ("target", None, tree.NO_TARGET, "target"),
    ("cadence", None, tree.NO_CADENCE, "cadence"),
    ("cadence", "monthly", tree.NOT_WEEKLY, "cadence"),
])  # fmt: skip
def test_each_missing_part_is_named_and_proposed(
    engage: Callable[..., Engagement], column: str, value: Any, gap: str, field: str
) -> None:
    """What an input lacks: named, the goal no longer steered, and the field to fill in proposed."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading(**{column: value})], kpi_values=readings("sales", "calls")))

    assert (gap,) == gaps(part)["calls"]
    assert not part.goals["is_steered"].any()
    assert field in part.proposals()["calls"]


def test_what_is_proposed(engage: Callable[..., Engagement]) -> None:
    """The owner of the measure above, weekly reading, and a target only the client can say."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading(owner_id=None, target=None, cadence="quarterly")]))

    assert {"owner": "ana", "target": None, "cadence": "weekly", "note": None} == part.proposals()["calls"]


@pytest.mark.parametrize("controllable", ["partly", "no", None])
def test_a_result_without_an_input_gets_one_proposed(engage: Callable[..., Engagement], controllable: str | None) -> None:
    """What the team moves in part or not at all is no input: a new one is proposed under the result."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading(controllable=controllable)],
                         kpi_values=readings("sales", "calls")))  # fmt: skip

    assert (tree.NO_INPUT,) == gaps(part)["sales"]
    assert {"input for sales": {"name": None, "owner": "ana", "target": None, "cadence": "weekly", "note": None}} == (
        part.proposals()
    )


def test_an_input_further_down_counts(engage: Callable[..., Engagement]) -> None:
    """Sales, then leads that the team cannot move, then calls that it can: sales has its input, the goal too."""
    chain = [lagging(), leading("leads", controllable="no"), leading("calls", parent_kpi_id="leads")]
    part = mapped(engage(goals=GOALS, kpis=chain, kpi_values=readings("sales", "leads", "calls")))

    assert {"sales": (), "leads": (), "calls": ()} == gaps(part)
    assert [1] == part.goals["inputs"].tolist()


def test_a_circle_is_named_and_breaks_nothing(engage: Callable[..., Engagement]) -> None:
    """Three measures that feed each other, and one that feeds itself: both named, the rest still told."""
    kpis = [lagging(parent_kpi_id="calls"), leading("leads"), leading("calls", parent_kpi_id="leads"),
            lagging("own", parent_kpi_id="own", goal_id=None)]  # fmt: skip
    part = mapped(engage(goals=GOALS, kpis=kpis))

    assert (("calls", "sales", "leads"), ("own",)) == part.cycles
    assert not part.is_acyclic
    assert all(tree.IN_CIRCLE in found for found in gaps(part).values())
    assert "calls, sales and leads feed each other; own feeds itself, which must be undone first" in part.sentence
    json.dumps(part.to_dict(), allow_nan=False)


def test_a_result_below_an_input_is_upside_down(engage: Callable[..., Engagement]) -> None:
    """A lagging measure that feeds a leading one is named."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading(), lagging("wins", parent_kpi_id="calls")]))

    assert tree.UPSIDE_DOWN in gaps(part)["wins"]


@pytest.mark.parametrize(("start", "cadence", "expected"), [
    ("2026-05-14", "weekly", True),  # ended on 20 May, 56 days before 15 July
    ("2026-05-13", "weekly", False),
    ("2026-05-01", "monthly", True),
    ("2026-04-01", "monthly", False),
    ("2026-01-01", "quarterly", False),  # ended on 31 March, longer ago than a quarter
    ("2026-04-01", "quarterly", True),
])  # fmt: skip
def test_a_branch_not_read_for_eight_weeks_is_marked(start: str, cadence: str, expected: bool) -> None:
    """The last day of the last period read lies within eight weeks, or within a quarter for a quarterly measure."""
    kpis = pd.DataFrame({"kpi_id": ["K"], "cadence": [cadence]})
    values = pd.DataFrame({"kpi_id": ["K"], "period_start": pd.to_datetime([start])})

    assert expected == tree.last_read(kpis, values, dt.date(2026, 7, 15), 8)["is_measured"].iloc[0]


def test_without_readings_branches_are_not_read(engage: Callable[..., Engagement]) -> None:
    """No table of readings: every branch is marked, which is not a value of zero."""
    part = mapped(engage(goals=GOALS, kpis=[lagging(), leading()]))

    assert {"sales": (tree.NOT_READ,), "calls": (tree.NOT_READ,)} == gaps(part)
    assert [False] == part.goals["is_measured"].tolist()
    assert any("kpi_values" in one for one in part.caveats)
    assert "2 branches were not read lately" in part.sentence
    assert {} == part.proposals()


def test_decisions_fill_the_gaps(engage: Callable[..., Engagement]) -> None:
    """An owner agreed and a new input agreed by name count; a declined change and an unnamed input do not."""
    eng = engage(goals=GOALS, kpis=[lagging(owner_id=None), leading(controllable="no", target=None)],
                 kpi_values=readings("sales", "calls"))  # fmt: skip
    new = {"name": "demos a week", "owner": "cleo", "target": 5, "cadence": "weekly", "status": "agreed"}
    entries = {"sales": {"owner": "dan", "status": "agreed"}, "input for sales": new,
               "calls": {"target": 3, "status": "declined"}}  # fmt: skip
    part = mapped(eng, entries)

    assert {"sales": (), "calls": (tree.NO_TARGET,), "input for sales": ()} == gaps(part)
    assert part.goals["is_steered"].all()
    assert ["demos a week"] == part.kpis.loc[part.kpis["is_new"], "name"].tolist()
    unnamed = mapped(eng, {**entries, "input for sales": {**new, "name": None}})
    assert (tree.NO_INPUT,) == gaps(unnamed)["sales"]


def test_without_measures(engage: Callable[..., Engagement]) -> None:
    """No measure listed: one plain sentence, nothing proposed."""
    part = mapped(engage(goals=GOALS))

    assert (
        "No measure is listed; the tables goals, kpis and kpi_values would switch the tree of inputs on." == part.sentence
    )
    assert {} == part.proposals()
    json.dumps(part.to_dict(), allow_nan=False)


def test_goals_and_measures_that_miss_each_other(engage: Callable[..., Engagement]) -> None:
    """A goal without a measure and a measure without a goal are both named."""
    goals = [*GOALS, {"goal_id": "G2", "label": "Win fans"}]
    part = mapped(engage(goals=goals, kpis=[lagging(), leading(), lagging("recall", goal_id=None)]))

    assert "No measure belongs to: Win fans." in part.caveats
    assert "Belonging to no goal: recall." in part.caveats


def test_spearman_of_the_textbook() -> None:
    """IQ and hours of television of ten people (Wikipedia, Spearman's rank correlation): −29/165; limits by hand."""
    iq = pd.Series([106, 100, 86, 101, 99, 103, 97, 113, 112, 110])
    hours = pd.Series([7, 27, 2, 50, 28, 29, 20, 12, 6, 17])
    found = spearman(iq, hours)

    assert -29 / 165 == pytest.approx(found.value)
    assert (-0.7279, 0.5145) == pytest.approx((found.low, found.high), abs=1e-3)


def test_what_never_changes_is_not_related() -> None:
    """A constant has no rank correlation."""
    assert spearman(pd.Series([1.0] * 20), pd.Series(range(20))) is None


def monthly(kpi: str, values: np.ndarray) -> list[Row]:
    starts = pd.date_range("2024-01-01", periods=len(values), freq="MS")
    return [{"kpi_id": kpi, "period_start": day, "value": float(value)} for day, value in zip(starts, values, strict=True)]


def test_leading_and_lagging_are_related_from_sixteen_points(engage: Callable[..., Engagement]) -> None:
    """Sales that follow calls a month later: rho 1 with 16 common changes, and no figure at all with 15."""
    calls = np.random.default_rng(1).normal(size=30)
    sales = np.concatenate([[0.0], calls[:-1]])
    tables = {"goals": GOALS, "kpis": [lagging(), leading()]}
    enough, few = (mapped(engage(**tables, kpi_values=monthly("calls", calls[:n]) + monthly("sales", sales[:n])))
                   for n in (18, 17))  # fmt: skip

    row = enough.lead_lag.iloc[0]
    assert ("calls", "sales", "one month", 16) == tuple(row[["leading_id", "lagging_id", "lag", "n"]])
    assert 1 == pytest.approx(row["rho"])
    assert any("not what will follow" in one for one in enough.caveats)
    assert few.lead_lag.empty
    assert any("none are related" in one for one in few.caveats)


def test_two_that_merely_grow_are_not_related() -> None:
    """Of two series that grow by noise of their own, changes show nothing; levels would be nearly the same order."""
    rng = np.random.default_rng(3)
    days = pd.date_range("2020-01-01", periods=60, freq="MS")
    one, other = (pd.Series(np.arange(60) + rng.normal(size=60), days) for _ in range(2))
    found = spearman(*relate(one, other, "monthly"))

    assert 0.9 < spearman(one, other).value
    assert found.low < 0 < found.high


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_circles_are_those_of_the_graph(parents: list[int]) -> None:
    """Whatever feeds whatever: circles are named exactly when there is no order from results to inputs."""
    names = [f"K{number}" for number in range(8)]
    graph = tree.kpi_graph(pd.DataFrame({"kpi_id": names, "parent_kpi_id": [f"K{one}" for one in parents]}))

    # Every measure has a parent, so at least one circle there is; cut all and none is left.
    found = tree.circles(graph)
    graph.remove_edges_from([(one[-1], one[0]) for one in found])
    assert len(found) >= 1
    assert nx.is_directed_acyclic_graph(graph)


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_synthetic_organisations_of_every_size(scale: str, synthetic: Callable[[str], Engagement]) -> None:
    """At every scale the goals steered are those the diagnosis counts, and every field proposed may be edited."""
    eng = synthetic(scale)
    part = mapped(eng)

    assert steered_goals(eng.kpis) == set(part.goals.loc[part.goals["is_steered"], "goal_id"])
    assert {name for fields in part.proposals().values() for name in fields} <= set(FIELDS)
    assert "inputs" in SECTIONS
    json.dumps(part.to_dict(), allow_nan=False)


def test_northwind(northwind: Engagement) -> None:
    """The example: three of four goals are steered, and the fourth gets an input proposed."""
    part = mapped(northwind)

    assert part.sentence.startswith("3 of 4 goals have a weekly input")
    assert "input for K20" in part.proposals()
