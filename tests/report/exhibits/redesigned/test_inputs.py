from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd

from gapkit.plots.kpi_tree import GOAL, INPUT, OTHER, RESULT
from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import inputs as mine


def changed(r, **changes):
    return SimpleNamespace(eng=r.eng, inputs=replace(r.inputs, **changes))


def test_the_title_says_how_many_goals_are_steered(parts):
    """Three of four; what is lacking is in the reading."""
    block = mine.inputs(parts("northwind"))

    assert "3 of 4 goals have a weekly input the team controls" == block.title
    assert "2 of 13 measures lack something." in block.reading


def test_goals_lead_to_results_and_these_to_inputs(parts):
    """A goal's box hangs over its results; a measure of no goal stands alone."""
    r = parts("northwind")
    boxes, edges = mine.boxes_of(r.inputs)

    assert {GOAL, RESULT, INPUT, OTHER} == set(boxes["kind"])
    assert ("goal G1", "K10") in edges
    assert ("K10", "K11") in edges
    assert not [edge for edge in edges if "K90" in edge]


def test_without_goals_the_measures_are_counted(parts):
    """The title still has a number."""
    r = parts("northwind")
    block = mine.inputs(changed(r, goals=r.inputs.goals.iloc[:0]))

    assert "2 of 13 measures lack something" == block.title
    assert [] == disagreements([block.to_dict()])


def test_a_tree_too_tall_for_a_page_shows_whole_branches(parts):
    """Forty results without a goal: as many as fit, and the foot says so."""
    r = parts("northwind")
    one = r.inputs.kpis.loc[r.inputs.kpis["kpi_id"] == "K90"]
    many = pd.concat([one.assign(kpi_id=f"X{number}") for number in range(40)], ignore_index=True)
    block = mine.inputs(changed(r, kpis=many, edges=(), goals=r.inputs.goals.iloc[:0]))

    assert mine.MOST_ROWS == block.alt.count("result (lagging)")
    assert block.foot.startswith("Whole branches, as many as fit.")


def test_results_come_first_among_what_is_lacking(parts):
    """Lagging measures before leading ones, each with its gaps in words."""
    rows = mine.missing_inputs(parts("all killers")).rows
    kinds = [row[1] for row in rows]

    assert sorted(kinds) == kinds
    assert "No target, no leading measure" in next(row[3] for row in rows if row[0].startswith("K90"))


def test_where_nothing_is_lacking_one_line_says_so(parts):
    """No empty table."""
    r = parts("northwind")
    whole = r.inputs.kpis.assign(gaps=[()] * len(r.inputs.kpis))

    assert isinstance(mine.missing_inputs(changed(r, kpis=whole)), Callout)


def test_what_moved_together_is_called_an_exploration(parts):
    """Two pairs, of which the interval of one keeps clear of zero."""
    r = parts("northwind")
    pairs = pd.DataFrame({
        "leading_id": ["K11", "K21"], "lagging_id": ["K10", "K20"], "lag": "one month", "n": 20, "rho": [0.6, 0.1],
        "low": [0.2, -0.4], "high": [0.8, 0.5],
    })  # fmt: skip
    block = mine.moved_together(changed(r, lead_lag=pairs))

    assert "1 of 2 inputs clearly moved with the result above" == block.title
    assert "not what will follow" in block.reading
    assert [] == disagreements([block.to_dict()])
