from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.measurement.forecast.fates import ANY, CANCELLED, DELIVERED, OPEN, STARTED
from gapkit.measurement.forecast.remaining import by_age, read_curves, remaining_times, watch


def test_without_censoring_dates_are_plain_quantiles():
    """40 programs landing on days 1 to 40: half by day 21 (strictly more than half), 85 % by day 35."""
    left = read_curves(np.arange(1.0, 41), np.full(40, DELIVERED), Settings(), 10)

    assert (21.0, 35.0, 40) == (left.p50_days, left.p85_days, left.n_pool)


def test_probabilities_follow_the_rule_of_succession():
    """10 of 40 landed within 10 days: (10 + 1) / (40 + 2); none was cancelled: 1 / 42, never 0."""
    left = read_curves(np.arange(1.0, 41), np.full(40, DELIVERED), Settings(), 10)

    assert (11 / 42, 1 / 42) == (pytest.approx(left.p_landed), pytest.approx(left.p_cancelled))


def test_open_programs_are_censored_not_left_out():
    """Satagopan et al. (2004): with cancellations and open programs both fates and the rest add up to one."""
    time = np.repeat([1.0, 2, 3, 4, 5, 6], 8)
    cause = np.repeat([OPEN, DELIVERED, DELIVERED, CANCELLED, CANCELLED, OPEN], 8)
    left = read_curves(time, cause, Settings(), 6)

    # 0.4 and 0.4 of that paper's example, drawn in by the rule of succession with n = 48
    assert (0.4 * 48 + 1) / 50 == pytest.approx(left.p_landed)
    assert (0.4 * 48 + 1) / 50 == pytest.approx(left.p_cancelled)


def test_what_was_never_seen_is_not_invented():
    """A third landed and the rest is open after 30 days: half is later than that."""
    time = np.concatenate([np.arange(1.0, 16), np.full(30, 30.0)])
    cause = np.repeat([DELIVERED, OPEN], [15, 30])
    left = read_curves(time, cause, Settings(), 91)

    assert (math.inf, 30.0) == (left.p50_days, left.seen_days)


def test_a_late_date_needs_more_programs():
    """25 deliveries give the half, not the 85th percentile."""
    left = read_curves(np.arange(1.0, 26), np.full(25, DELIVERED), Settings(), 91)

    assert math.isfinite(left.p50_days)
    assert math.isnan(left.p85_days)


def test_too_few_deliveries_give_nothing():
    """Nine deliveries are no pool."""
    assert 0 == read_curves(np.arange(1.0, 31), np.repeat([DELIVERED, OPEN], [9, 21]), Settings(), 91).n_pool


@pytest.fixture
def fates():
    """60 programs promised 200 to 141 days ago for 60 days, started at once, delivered after 80 days."""
    promised = -200.0 + np.arange(60)
    return pd.DataFrame({
        "promised": promised, "limit": promised + 60, "begun": promised, "ended": promised + 80, "fate": DELIVERED,
        "is_open": False, "is_promise": True, "state": STARTED,
    })  # fmt: skip


def test_time_is_counted_from_the_same_place(fates):
    """With 10 days left all of them took 30 more; 5 days past the date, 15 more."""
    places = pd.DataFrame({"days_left": [10, -5], "state": STARTED}, index=["A", "B"])
    left = remaining_times(places, watch(fates, Settings()), Settings(), 91)

    assert [30.0, 15.0] == left["p50_days"].tolist()
    assert [60, 60] == left["n_pool"].tolist()


def test_age_takes_the_place_of_a_promise(fates):
    """A program 50 days old lands 30 days on, like all of those when they were 50 days old."""
    aged = by_age(fates, fates["promised"])
    left = remaining_times(pd.DataFrame({"days_left": [-50], "state": [ANY]}), watch(aged, Settings()), Settings(), 91)

    assert [30.0] == left["p50_days"].tolist()


def test_programs_that_ended_on_an_unknown_day_are_not_watched(fates):
    """Nobody can say how long they took; merged ones took no time of their own."""
    fates.loc[0, "ended"] = np.inf
    fates.loc[1, ["fate", "ended"]] = [OPEN, np.inf]

    assert 58 == watch(fates, Settings()).limit.size
