"""The log-rank test against published data, and what it must not do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import survdiff

from gapkit.stats.log_rank import log_rank, stratified_log_rank


def test_freireich(freireich: Any) -> None:
    """Freireich et al. (1963), R survdiff: chi-square 16.793 on 1 degree of freedom, p 4.17e-5."""
    result = log_rank(freireich.time, freireich.event, freireich.group)

    assert (16.793, 1) == (pytest.approx(result.statistic, abs=5e-4), result.degrees_of_freedom)
    assert pytest.approx(4.17e-5, abs=5e-8) == result.p_value


def test_waltons(waltons: pd.DataFrame) -> None:
    """lifelines documentation, waltons: statistic 122.249, p 2.04e-28, which a p of 1 - cdf would call 0."""
    result = log_rank(waltons["T"], waltons["E"], waltons["group"])

    assert pytest.approx(122.249, abs=5e-4) == result.statistic
    assert pytest.approx(2.04e-28, rel=0.01) == result.p_value


def test_entry_at_zero_changes_nothing(freireich: Any) -> None:
    """Watching everyone from the start is what no entry means."""
    plain = log_rank(freireich.time, freireich.event, freireich.group)

    assert plain == pytest.approx(log_rank(freireich.time, freireich.event, freireich.group, np.zeros(42)))


def test_delayed_entry_keeps_the_error_rate() -> None:
    """Two groups alike, one watched from later on: about 5 % of tests reject, where ignoring entry rejects most."""
    rng, rejected, naive = np.random.default_rng(12), [], []
    for _ in range(300):
        duration = rng.exponential(60, 400)
        entry = np.where(np.arange(400) < 200, 0.0, rng.uniform(0, 60, 400))
        seen = duration > entry
        time, group, late = duration[seen], np.arange(400)[seen] < 200, entry[seen]
        rejected.append(log_rank(time, np.ones(time.size), group, late).p_value < 0.05)
        naive.append(log_rank(time, np.ones(time.size), group).p_value < 0.05)

    assert 0.02 <= np.mean(rejected) <= 0.085
    assert np.mean(naive) > 0.5


@given(st.permutations(range(42)))
def test_row_order_changes_nothing(freireich: Any, order: list[int]) -> None:
    """The same units in another order give the same test."""
    shuffled = log_rank(freireich.time[order], freireich.event[order], freireich.group[order])

    assert pytest.approx(16.793, abs=5e-4) == shuffled.statistic


def test_nothing_to_compare_is_refused() -> None:
    """One group, a missing label, or groups never at risk together."""
    with pytest.raises(ValueError, match="1 groups and 0 missing"):
        log_rank([1, 2], [1, 1], ["a", "a"])
    with pytest.raises(ValueError, match="1 missing labels"):
        log_rank([1, 2, 3], [1, 1, 1], ["a", "b", None])
    with pytest.raises(ValueError, match="never at risk together"):
        log_rank([1, 2, 8, 9], [1, 1, 1, 1], ["a", "a", "b", "b"], [0, 0, 5, 5])


def test_one_stratum_is_the_plain_test(freireich: Any) -> None:
    """Freireich et al. (1963) again: the square is 16.793, and those on 6-MP are slower."""
    is_treated = freireich.group == freireich.group[0]
    score = stratified_log_rank(freireich.time, freireich.event, is_treated, ["all"] * 42)

    assert pytest.approx(16.793, abs=5e-4) == score**2
    assert (score < 0) == (freireich.time[is_treated].mean() > freireich.time[~is_treated].mean())


@given(st.integers(0, 10_000), st.booleans())
def test_strata_and_delayed_entry_as_in_statsmodels(seed: int, is_late: bool) -> None:
    """statsmodels.duration.survfunc.survdiff gives the same chi-square, by strata or with entry (it cannot do both)."""
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, 5, 60).astype(float) * is_late
    time, event = entry + rng.integers(1, 20, 60), rng.random(60) < 0.8
    second, strata = np.arange(60) % 2 == 0, rng.integers(0, 3, 60) * (not is_late)
    outside = {"entry": entry} if is_late else {"strata": strata}
    statistic, _ = survdiff(time, event, second.astype(int), **outside)

    assert pytest.approx(statistic) == stratified_log_rank(time, event, second, strata, entry) ** 2


def test_another_mix_of_strata_is_no_difference() -> None:
    """Short work takes 1 to 10 days and long work 101 to 110 on both sides; only there is more short work in the second."""
    short, long = np.arange(1.0, 11.0), np.arange(101.0, 111.0)
    time = np.concatenate([short, long, long, long, short, short, short, long])
    second, kind = np.repeat([False, True], 40), np.repeat(list("slllsssl"), 10)

    assert log_rank(time, np.ones(80), second).p_value < 0.001
    assert pytest.approx(0.0) == stratified_log_rank(time, np.ones(80), second, kind)


def test_nothing_to_compare_is_zero() -> None:
    """Each stratum holds one side only."""
    assert stratified_log_rank([1, 2, 3, 4], [1] * 4, [True, True, False, False], list("aabb")) == 0.0


def test_a_missing_stratum_is_refused() -> None:
    """A unit of no stratum would vanish."""
    with pytest.raises(ValueError, match="strata: 1 missing labels, must be none"):
        stratified_log_rank([1, 2], [1, 1], [True, False], np.array(["a", None]))
