from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from gapkit.survey.gap import leadership_gap

LEADERS = [10.0, 20, 30, 40, 40, 50]
OTHERS = [10.0, 10, 20, 20, 20, 30, 30, 30, 40, 50]
SIZES = {("A", "leadership"): 6, ("A", "contributor"): 10}


def ordered(rows: Any, leaders: list[float], others: list[float]) -> np.ndarray:
    scores = np.empty(len(rows))
    scores[rows.level == "leadership"], scores[rows.level != "leadership"] = leaders, others
    return scores


def test_delta_is_above_zero_where_the_others_see_it_worse(make: Any) -> None:
    """effsize in R: others against leaders give -.25 (-.7266 to .389); as 100 is worst, the leaders see it worse."""
    rows, gate, _ = make.gated(make.crowd(SIZES))
    found = leadership_gap(gate, {"cadence": ordered(rows, LEADERS, OTHERS)}).iloc[0]

    assert ("leadership", "contributors", 6, 10) == (found["first"], found["others"], found["n_first"], found["n_others"])
    assert [-0.25, -0.7266, 0.389] == pytest.approx(found[["delta", "low", "high"]].tolist(), abs=1e-4)
    assert "small" == found["size"]
    assert stats.mannwhitneyu(OTHERS, LEADERS, method="asymptotic").pvalue == found["p"]


def test_p_values_are_adjusted_together(make: Any) -> None:
    """Holm over the constructs compared: of two, the smaller p counts twice."""
    rows, gate, _ = make.gated(make.crowd(SIZES))
    found = leadership_gap(gate, {
        "cadence": ordered(rows, LEADERS, OTHERS), "work": ordered(rows, [0.0] * 6, [50.0] * 4 + [75.0] * 6),
    }).set_index("construct")  # fmt: skip

    assert 2 * found.loc["work", "p"] == found.loc["work", "p_adjusted"] < 0.05
    assert "large" == found.loc["work", "size"]


def test_where_all_say_the_same_there_is_no_gap(make: Any) -> None:
    """One score from everybody: delta 0, p 1."""
    rows, gate, _ = make.gated(make.crowd(SIZES))
    found = leadership_gap(gate, {"cadence": np.full(len(rows), 50.0)}).iloc[0]

    assert (0, 1, "negligible") == (found["delta"], found["p"], found["size"])


def test_four_leaders_are_not_compared(make: Any) -> None:
    """One of five leaders without a score leaves four: this construct is left out, the others stay."""
    rows, gate, _ = make.gated(make.crowd({("A", "leadership"): 5, ("A", "contributor"): 10}))
    scores = np.arange(15.0)
    scores[np.flatnonzero(rows.level == "leadership")[0]] = np.nan

    assert ["work"] == leadership_gap(gate, {"cadence": scores, "work": np.arange(15.0)})["construct"].tolist()


def test_three_levels_are_compared_as_two(make: Any) -> None:
    """Leadership stands against managers and contributors together."""
    rows, gate, _ = make.gated(make.crowd(SIZES | {("A", "manager"): 5}))
    found = leadership_gap(gate, {"cadence": np.arange(float(len(rows)))}).iloc[0]

    assert ("leadership", "everybody else", 6, 15) == (found["first"], found["others"], found["n_first"], found["n_others"])
