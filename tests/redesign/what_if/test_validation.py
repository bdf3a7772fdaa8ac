"""A small version of benchmarks/validation_levers.py: what is predicted against what the generator does."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "validation_levers.py"
ASKED = ("sla", "fewer_rounds", "capacity")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    spec = importlib.util.spec_from_file_location("validation_levers", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = pd.DataFrame([row for number in (0, 1, 3, 4, 8) for row in module.compare(number, ASKED, 3)])
    known = found.dropna(subset=["true", "low", "high"])
    return known.assign(inside=module.is_inside(known, "true"), inside_same=module.is_inside(known, "same"))


def test_intervals_hold_what_the_generator_does(rows):
    """Over five organisations the 90 % intervals hold the true change at least 85 % of the time."""
    assert len(rows) > 50
    assert rows["inside"].mean() >= 0.85
    assert rows["inside_same"].mean() >= 0.85


def test_predictions_point_the_right_way(rows):
    """Where a lever truly moves the execution rate by three points or more, the prediction has its sign."""
    clear = rows.loc[rows["measure"].eq("execution_rate") & rows["true"].abs().ge(0.03)]

    assert len(clear) >= 3
    assert (clear["true"] * clear["value"] > 0).all()
