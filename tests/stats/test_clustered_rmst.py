from __future__ import annotations

import math

import numpy as np
import pytest

from gapkit.stats.clustered_rmst import Sample, stratified_mean_difference
from gapkit.stats.kaplan_meier import kaplan_meier
from gapkit.stats.rmst import restricted_mean

# Freireich et al. (1963): weeks of remission, 6-MP and placebo.
MP = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
MP_EVENT = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
DRUG = Sample(MP, MP_EVENT, [f"m{i}" for i in range(21)])
NONE = Sample(PLACEBO, [1] * 21, [f"p{i}" for i in range(21)])


def test_the_difference_of_freireichs_remissions():
    """RMST to 21 weeks: 16.744 and 8.524, difference 8.220 (survRM2); limits a little wider than 4.526 to 11.915."""
    found = stratified_mean_difference([(NONE, DRUG)], 21)

    assert (round(found.after[0], 3), round(found.before[0], 3), round(found.value, 3)) == (16.744, 8.524, 8.220)
    assert (found.low, found.high) == pytest.approx((4.526, 11.915), abs=0.2)
    assert found.high - found.low > 11.915 - 4.526


def test_single_units_give_greenwoods_error():
    """Summed squares of what each unit moves are Greenwood's variance, times T / (T - 1)."""
    found = stratified_mean_difference([(NONE, DRUG)], 21)
    error = restricted_mean(kaplan_meier(MP, MP_EVENT, start_at_risk=1), 21).standard_error
    quantile = 2.021075  # Student's t, 40 degrees of freedom

    assert (found.after[2] - found.after[1]) / 2 == pytest.approx(quantile * error * math.sqrt(42 / 41), rel=1e-4)


def test_units_that_repeat_each_other_count_once():
    """Every remission twice, in one cluster: the same mean and nearly the same error."""
    twice = [Sample(np.repeat(one.time, 2), np.repeat(one.event, 2), np.repeat(one.cluster, 2)) for one in (NONE, DRUG)]

    single, doubled = stratified_mean_difference([(NONE, DRUG)], 21), stratified_mean_difference([tuple(twice)], 21)

    assert doubled.value == pytest.approx(single.value)
    assert doubled.high - doubled.low == pytest.approx(single.high - single.low, rel=0.06)


def test_a_cluster_on_both_sides_takes_its_own_level_out():
    """The same units before and after, each two days quicker: the level of each cancels and nearly no error is left."""
    cluster, time = [f"c{i}" for i in range(12)], np.linspace(4, 30, 12)
    both = Sample(time, [1] * 12, cluster), Sample(time - 2, [1] * 12, cluster)
    apart = both[0], Sample(time - 2, [1] * 12, [f"d{i}" for i in range(12)])

    paired, unpaired = (stratified_mean_difference([pair], 40) for pair in (both, apart))

    assert paired.value == pytest.approx(-2)
    assert paired.high - paired.low < 0.01 * (unpaired.high - unpaired.low)


def test_a_change_in_the_mix_of_strata_is_no_change():
    """Ten short and forty long waits before, forty short and ten long after: each place is as it was."""

    def waits(days, many, name):
        return Sample([days] * many, [1] * many, [f"{name}{i}" for i in range(many)])

    strata = [(waits(2, 10, "a"), waits(2, 40, "b")), (waits(9, 40, "c"), waits(9, 10, "d"))]

    assert stratified_mean_difference(strata, 20).value == pytest.approx(0)


def test_too_few_clusters_are_refused():
    """Two programs cannot say how programs differ."""
    with pytest.raises(ValueError, match="3 or more"):
        stratified_mean_difference([(Sample([2, 3], [1, 1], ["a", "a"]), Sample([1, 2], [1, 1], ["b", "b"]))], 5)
