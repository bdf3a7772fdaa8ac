from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.survey.nonresponse import Extremes, extremes, is_low, participation, weights

SIZES = {("A", "leadership"): 5, ("A", "contributor"): 10, ("B", "contributor"): 5}
INVITED = {("A", "leadership"): 5, ("A", "contributor"): 20, ("B", "contributor"): 25}


def gated(make: Any, sizes: dict[tuple[str, str], int], invited: dict[tuple[str, str], int]) -> Any:
    people = make.crowd(sizes)
    rows, gate, _ = make.gated(people)
    return rows, gate, make.tables(people, invited)["survey_invited"]


def test_weights_bring_back_who_was_invited(make: Any) -> None:
    """Fifty invited, twenty answers: (5/50)/(5/20) = .4, (20/50)/(10/20) = .8, (25/50)/(5/20) = 2 by hand."""
    rows, gate, invited = gated(make, SIZES, INVITED)
    made = weights(gate, np.ones(20, dtype=bool), invited, Settings())

    cells = {(str(group), str(level)): made[(rows.group == group) & (rows.level == level)] for group, level in SIZES}
    for cell, expected in zip(SIZES, (0.4, 0.8, 2.0), strict=True):
        assert np.allclose(expected, cells[cell])


def test_small_cells_share_a_weight(make: Any) -> None:
    """Two leaders of a group weigh as the rest of it: a weight of their own would let them be told apart."""
    sizes = {("A", "leadership"): 2, ("A", "contributor"): 8, ("B", "leadership"): 4, ("B", "contributor"): 8}
    rows, gate, invited = gated(make, sizes, {cell: 2 * n for cell, n in sizes.items()} | {("A", "leadership"): 10})
    made = weights(gate, np.ones(22, dtype=bool), invited, Settings())

    assert 1 == len(np.unique(made[rows.group == "A"]))


def test_no_answer_counts_for_more_than_three(make: Any) -> None:
    """A group of a hundred invited of whom five answered is trimmed."""
    _, gate, invited = gated(make, SIZES, INVITED | {("B", "contributor"): 400})
    made = weights(gate, np.ones(20, dtype=bool), invited, Settings())

    assert 3 == made.max()


@pytest.mark.parametrize("invited", [{}, {("A", "contributor"): 20}])
def test_without_invitations_everybody_weighs_one(make: Any, invited: dict[tuple[str, str], int]) -> None:
    """Where it is not recorded how many were invited, nobody is weighted by it; who is not asked about weighs 0."""
    people = make.crowd(SIZES)
    _, gate, _ = make.gated(people)
    asked = make.tables(people, invited or None)["survey_invited"]
    asked = asked if invited else asked.iloc[:0]

    assert [0.0, *[1.0] * 19] == weights(gate, np.arange(20) > 0, asked, Settings()).tolist()


def test_response_rates_of_what_may_be_shown(make: Any) -> None:
    """Everybody, levels, groups; R: prop.test without correction for 20 of 50 has limits .2761 and .5382."""
    _, gate, invited = gated(make, SIZES, INVITED)
    table = participation(gate, invited)

    expected = [("all", "everybody", 50, 20), ("level", "leadership", 5, 5), ("level", "contributors", 45, 15),
                ("group", "A", 25, 15), ("group", "B", 25, 5)]  # fmt: skip
    assert expected == list(table[["cut", "part", "n_invited", "n"]].itertuples(index=False, name=None))
    assert [0.4, pytest.approx(0.2761, abs=1e-4), pytest.approx(0.5382, abs=1e-4)] == table.loc[
        0, "response_rate":
    ].tolist()


@pytest.mark.parametrize(("overall", "level", "expected"), [(0.5, 0.3, False), (0.49, 0.9, True), (0.9, 0.29, True)])
def test_low_response(overall: float, level: float, expected: bool) -> None:
    """Below half of everybody, or three tenths of a level, the figures may not speak for all; groups may be lower."""
    table = pd.DataFrame({"cut": ["all", "level", "group"], "response_rate": [overall, level, 0.1]})

    assert expected is is_low(table, Settings())


def test_how_bad_it_could_be() -> None:
    """Twenty answers at 25, ten at 75, thirty silent: 33.3 or 58.3 by hand, rounded outward so that no score shows."""
    scores = np.repeat([25.0, 75.0], [20, 10])

    assert Extremes(30.0, 60.0) == extremes(scores, float(scores.mean()), 60)
    assert extremes(scores, float(scores.mean()), 30) is None
