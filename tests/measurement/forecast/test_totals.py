from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from gapkit.measurement.forecast.totals import Luck, draw_counts, grouped, read_luck, summed


def group(p=0.3, n_pool=100, count=40, quarter="2026Q3"):
    return {"p": p, "n_pool": n_pool, "state": "started", "quarter": quarter, "count": count}


@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
def test_moving_quarters_leaves_the_mean(p):
    """Vasicek (2002): the mean of Phi(sqrt(1 + s²) Phi⁻¹(p) + s z) is p, whatever the spread."""
    drawn = draw_counts(pd.DataFrame([group(p)]), Luck(0.01, 6), np.random.default_rng(1), 20_000)

    assert p == pytest.approx(drawn.mean() / 40, abs=0.005)


def test_without_differences_and_with_a_large_past_it_is_binomial():
    """Quarters alike and a pool of a million leave chance alone: SciPy's binomial quantiles."""
    drawn = draw_counts(pd.DataFrame([group(n_pool=1_000_000)]), Luck(0.0, 6), np.random.default_rng(1), 20_000)

    assert [stats.binom.ppf(q, 40, 0.3) for q in (0.1, 0.5, 0.9)] == [
        summed(drawn).low,
        summed(drawn).value,
        summed(drawn).high,
    ]


def test_programs_of_one_quarter_share_its_luck():
    """Two groups of one quarter go together, those of two quarters do not."""
    rng = np.random.default_rng(1)
    one = draw_counts(pd.DataFrame([group(), group(p=0.4)]), Luck(0.02, 100), rng, 8000)
    two = draw_counts(
        pd.DataFrame([group(n_pool=9999), group(p=0.4, n_pool=9999, quarter="2026Q4")]), Luck(0.02, 100), rng, 8000
    )

    assert np.corrcoef(one.T)[0, 1] > 0.5
    assert abs(np.corrcoef(two.T)[0, 1]) < 0.1


def test_luck_is_what_chance_does_not_explain():
    """Equal quarters differ by nothing; 20 % against 80 % by far more than chance; small quarters are not read."""
    assert Luck(0.0, 3) == read_luck(np.array([20.0, 20.0, 20.0]), np.array([40.0, 40.0, 40.0]))
    assert read_luck(np.array([8.0, 32.0]), np.array([40.0, 40.0])).between_variance > 0.1
    assert Luck(0.0, 1) == read_luck(np.array([8.0, 4.0]), np.array([40.0, 4.0]))


def test_intervals_hold_what_they_promise():
    """At least three in four of 80 % intervals contain what came, over 150 clients whose quarters differ by 5 points."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(150):
        rates = np.clip(rng.normal(0.5, 0.05, 7), 0.05, 0.95)
        past, came = rng.binomial(40, rates[:6]).astype(float), rng.binomial(40, rates[6])
        chance = pd.DataFrame([group((past.sum() + 1) / 242, 240)])
        total = summed(draw_counts(chance, read_luck(past, np.full(6, 40.0)), rng, 400))
        held += total.low <= came <= total.high

    assert held >= 0.75 * 150


def test_like_programs_form_one_group():
    """Three of one kind and one of another; one without a probability is left out."""
    programs = pd.DataFrame({
        "p_on_time": [0.4, 0.4, 0.4, 0.7, np.nan], "n_pool": 20, "state": "started", "quarter": "2026Q3",
    })  # fmt: skip

    assert [3, 1] == grouped(programs, "p_on_time")["count"].tolist()


def test_nothing_open_draws_nothing():
    """No program, no count."""
    assert (0, 0, 0) == summed(draw_counts(pd.DataFrame([group()]).iloc[:0], Luck(0.0, 0), np.random.default_rng(1)))
