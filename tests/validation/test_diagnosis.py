from __future__ import annotations

import pytest
from accuracy.cells import CELLS, Cell
from accuracy.scoring import figures_of
from accuracy.trials import put_to_trial

from gapkit.config import Settings

# Fewer replicates than usual: a verdict does not hang on the last point of an interval.
QUICK = Settings(bootstrap_replicates=200)
STRONG = Cell("strong", "mid: one killer strong, each in turn", ("killers",), "one")
TRIAGE = [cell for cell in CELLS if "triage" in cell.parts]


def missed(cell: Cell, organisations: int) -> list[str]:
    """Bars that organisations of a cell do not meet; a bar allows for the error of so few."""
    trials = [put_to_trial(cell, number, 1, QUICK) for number in range(organisations)]
    figures = figures_of(cell, trials)
    assert {figure.part for figure in figures} == set(cell.parts)
    return [f"{figure.what}: {figure.value:.2f}" for figure in figures if figure.is_met is False]


def test_planted_killers_are_found_and_no_others():
    """Ten organisations with one strong killer: found, first, and nothing else called active beyond chance."""
    assert [] == missed(STRONG, 10)


@pytest.mark.parametrize("cell", TRIAGE, ids=lambda cell: cell.name)
def test_strategy_or_execution_is_not_mistaken(cell):
    """Three organisations of each world: no wrong verdict."""
    assert [] == missed(cell, 3)
