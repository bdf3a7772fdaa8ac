from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gapkit.survey.draws import Material, as_measured, draw
from gapkit.survey.rankings import compared_sides, complete_ranks, priority_ranks, priority_results
from gapkit.survey.responses import CONSTRUCTS, STATEMENTS


def ranking(make: Any, leaders: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> Any:
    people = [make.Person("A", "leadership", ranks=ranks) for ranks in leaders]
    people += [make.Person("A", "contributor", ranks=ranks) for ranks in others]
    rows, gate, _ = make.gated(people)
    ranks = complete_ranks(rows)
    side = compared_sides(gate, ranks)
    bad, scores = np.zeros((len(rows), len(STATEMENTS))), np.zeros((len(rows), len(CONSTRUCTS)))
    material = Material(bad, scores, scores + 1, ranks, side, (np.zeros((len(rows), 0)),))
    drawn = draw(material, 200, np.random.default_rng(1))
    return priority_results(gate, rows, ranks, as_measured(material), drawn), priority_ranks(
        gate, rows, ranks, side, replicates=200, seed=1
    )


def test_leaders_with_the_reverse_order(make: Any) -> None:
    """Two camps of opposite order: gap 1; over all of them no concordance."""
    results, ranks = ranking(make, [(1, 2, 3)] * 5, [(3, 2, 1)] * 5)

    assert 1 == results["priority_gap"].value
    assert 0 == results["priority_concordance"].value
    assert [1, 2, 3] == ranks.sort_values("priority_id")["mean_rank_first"].tolist()
    assert [3, 2, 1] == ranks.sort_values("priority_id")["mean_rank_others"].tolist()
    assert [2, 2, 2] == ranks["mean_rank"].tolist()
    assert [(1, 1, 3)] * 3 == list(zip(ranks["place"], ranks["place_low"], ranks["place_high"], strict=True))


def test_one_order_from_everybody(make: Any) -> None:
    """The same order throughout: gap 0, concordance 1, and no doubt about either."""
    results, ranks = ranking(make, [(1, 2, 3)] * 5, [(1, 2, 3)] * 7)

    assert (0, 0, 0) == (results["priority_gap"].value, results["priority_gap"].low, results["priority_gap"].high)
    assert 1 == pytest.approx(results["priority_concordance"].value)
    assert 12 == results["priority_concordance"].n
    assert [(1, 1, 1), (2, 2, 2), (3, 3, 3)] == list(
        zip(ranks["place"], ranks["place_low"], ranks["place_high"], strict=True)
    )


def test_options_left_out_come_last(make: Any) -> None:
    """Whoever ranks one of three puts the other two in second and third place together."""
    rows, _, _ = make.gated([make.Person(ranks=(None, 1, None))] * 5 + [make.Person(ranks=(None, None, None))])

    assert [2.5, 1, 2.5] == complete_ranks(rows)[0].tolist()
    assert np.isnan(complete_ranks(rows)[5]).all()


def test_four_leaders_are_not_compared(make: Any) -> None:
    """With four leaders and no managers the gap is too little data, and the reason is said; concordance stays."""
    results, ranks = ranking(make, [(1, 2, 3)] * 4, [(3, 2, 1)] * 8)

    assert "thin" == results["priority_gap"].status
    assert results["priority_gap"].caveats[0]
    assert results["priority_concordance"].is_ok
    assert ranks["mean_rank_first"].isna().all()


def test_no_ranking_is_not_measured(make: Any) -> None:
    """Nobody ranked: not measured, and what would switch it on."""
    results, ranks = ranking(make, [()] * 5, [()] * 5)

    assert {"not_assessable"} == {result.status for result in results.values()}
    assert "priority_rankings" in results["priority_gap"].caveats[0]
    assert ranks.empty
