from __future__ import annotations

import pandas as pd
import pytest

from gapkit import schema


def problems(table: str, **columns: object) -> list[str]:
    """Values of the problems of a table given by its columns."""
    frame = schema.conform(table, pd.DataFrame(columns))

    return [problem.value for problem in schema.validate({table: frame})]


def test_estimates_must_rise() -> None:
    """Low, most likely and high in another order would break the distribution drawn from them; equal ones do not."""
    expected = ["mode 40, low 50, high 60"]

    assert expected == problems("rates", role=["designer", "writer"], low=[50, 40], mode=[40, 40], high=[60, 40])


def test_partial_estimates_are_judged_by_what_they_say() -> None:
    """An option with a missing estimate is sound, unless the others contradict each other."""
    both = {"option_id": ["a", "b"], "workaround_ids": "w", "saved_mode": None, "saved_low": [1, 5], "saved_high": [2, 4]}

    assert ["saved_low 5, saved_high 4"] == problems("tool_options", **both)


@pytest.mark.parametrize(("weights", "expected"), [([0.7, 0.2, 0.1], 0), ([0.33, 0.33, 0.34], 0), ([0.7, 0.3, 0.1], 3)])
def test_weights_of_a_function_stay_within_one(weights: list[float], expected: int) -> None:
    """Shares that add up to one pass, to the last bit of rounding; more does not, and all rows of the sum are named."""
    assert expected == len(problems("incentives", function="Brand", outcome=list("abc"), weight=weights))


def test_weights_are_summed_per_function() -> None:
    """Two functions may each have a whole."""
    assert [] == problems("incentives", function=["Brand", "Sales"], outcome=["a", "a"], weight=[1.0, 1.0])


def test_more_users_than_seats_is_a_doubt() -> None:
    """It happens, and it is worth a question."""
    tools = schema.conform(
        "tools", pd.DataFrame({"tool_id": ["t"], "name": "T", "category": "c", "seats": [5], "active_users": [7]})
    )
    (rule,) = schema.TABLES["tools"].caveats

    assert [] == schema.validate({"tools": tools})
    assert not rule.holds(tools).item()
