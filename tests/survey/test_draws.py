from __future__ import annotations

import numpy as np
import pytest

from gapkit.stats.coders import answer_agreement
from gapkit.stats.concordance import average_ranks, kendall_w
from gapkit.stats.ranking import rank_correlation
from gapkit.survey.draws import Material, agreement, as_measured, concordance, draw, order_gap
from gapkit.survey.responses import CONSTRUCTS, STATEMENTS
from gapkit.survey.scoring import filled_in, person_scores

ONES = np.ones((1, 12))


@pytest.fixture
def material() -> Material:
    """Twelve respondents with answers, ranks and codes at random; the first five are leaders."""
    rng = np.random.default_rng(6)
    bad = 25.0 * rng.integers(0, 5, (12, len(STATEMENTS)))
    bad[rng.random(bad.shape) < 0.1] = np.nan
    scores = person_scores(bad, 0.5)
    codes = np.eye(4)[rng.integers(0, 4, 12)]
    return Material(
        filled_in(bad, scores), scores, rng.uniform(0.5, 2, scores.shape), average_ranks(rng.random((12, 5))),
        (np.arange(12) < 5).astype(float), (codes,),
    )  # fmt: skip


def test_measured_figures_are_those_of_the_textbook_functions(material: Material) -> None:
    """W, tau-b and agreement as the functions for a single sample give them; means by numpy's weighted average."""
    measured = as_measured(material)
    first, others = material.ranks[:5].mean(axis=0), material.ranks[5:].mean(axis=0)
    has = ~np.isnan(material.scores[:, 0])

    assert kendall_w(material.ranks, seed=1).value == pytest.approx(measured.priority_concordance[0])
    assert (1 - rank_correlation(first, others)) / 2 == pytest.approx(measured.priority_gap[0])
    assert answer_agreement(material.codes[0].sum(axis=0), 4, seed=1).corrected.value == pytest.approx(
        measured.agreement[0, 0]
    )
    assert np.average(material.scores[has, 0], weights=material.weights[has, 0]) == pytest.approx(measured.constructs[0, 0])


def test_statements_average_to_their_constructs(material: Material) -> None:
    """In every resample the statements of a construct tell as much as its score, and no more."""
    drawn = draw(material, 50, np.random.default_rng(1))
    for place, construct in enumerate(CONSTRUCTS):
        mine = [column for column, item in enumerate(STATEMENTS) if item.block == construct]

        assert np.array_equal(drawn.items[:, mine], drawn.items_of(construct))
        assert np.allclose(drawn.items_of(construct).mean(axis=1), drawn.constructs[:, place])


def test_resamples_spread_around_what_was_measured(material: Material) -> None:
    """Agreement and concordance are freed of respondents drawn twice: on average resamples give what was measured."""
    measured, drawn = as_measured(material), draw(material, 4000, np.random.default_rng(2))

    assert measured.priority_concordance[0] == pytest.approx(drawn.priority_concordance.mean(), abs=0.01)
    assert measured.agreement[0, 0] == pytest.approx(drawn.agreement[:, 0].mean(), abs=0.01)
    assert np.allclose(measured.constructs[0], drawn.constructs.mean(axis=0), atol=1.5)


def test_the_same_seed_gives_the_same_draws(material: Material) -> None:
    """Nothing but the generator decides."""
    one, other = (draw(material, 20, np.random.default_rng(3)) for _ in range(2))

    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))


def test_nothing_to_compare_is_nan() -> None:
    """One respondent, one code, one priority, or none: no figure, and no warning."""
    assert np.isnan(agreement(np.ones((12, 1)), ONES, is_resampled=False)).all()
    assert np.isnan(agreement(np.zeros((12, 0)), ONES, is_resampled=True)).all()
    assert np.isnan(agreement(np.eye(12)[:, :3] * (np.arange(12) < 1)[:, None], ONES, is_resampled=False)).all()
    assert np.isnan(concordance(np.full((12, 3), np.nan), ONES, is_resampled=False)).all()
    assert np.isnan(concordance(np.ones((12, 1)), ONES, is_resampled=False)).all()
    assert np.isnan(concordance(np.full((12, 3), 2.0), ONES, is_resampled=False)).all()
    assert np.isnan(order_gap(np.full((1, 3), np.nan), np.array([[1.0, 2, 3]]))).all()
    assert np.isnan(order_gap(np.full((1, 3), 2.0), np.array([[1.0, 2, 3]]))).all()
