from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.measurement.forecast.throughput import comes_in_runs, draw_weeks, foretell_throughput, past_weeks

AS_OF = dt.date(2026, 7, 15)  # a Wednesday


def judged(per_week, group="committed"):
    """Deliveries on the Wednesday of each of the last whole weeks, oldest first."""
    days = [pd.Timestamp("2026-07-08") - pd.Timedelta(weeks=back) for back in range(len(per_week) - 1, -1, -1)]
    ends = [day for day, count in zip(days, per_week, strict=True) for _ in range(count)]
    return pd.DataFrame({"group": group, "is_delivered": True, "actual_end": ends, "size_points": 1.0})


def foretell(frame, n_open=26):
    return foretell_throughput(frame, n_open, Settings(), AS_OF, np.random.default_rng(1))


def test_a_steady_pace_is_carried_on():
    """Two a week, always: 8 in 4 weeks, 26 in 13, and 26 open ones take 13 weeks."""
    results = foretell(judged([2] * 27)).results

    assert (8, 8, 8) == tuple(getattr(results["deliveries_4_weeks"], name) for name in ("low", "value", "high"))
    assert (26, 91) == (results["deliveries_13_weeks"].value, results["queue_days"].value)


def test_only_whole_weeks_and_at_most_half_a_year():
    """26 weeks up to Sunday 12 July; the running week does not count, nor does anything older."""
    weeks = past_weeks(judged([1] * 40), 26, AS_OF)

    assert (26, "2026-01-12", "2026-07-06") == (
        len(weeks),
        str(weeks["week_on"].min().date()),
        str(weeks["week_on"].max().date()),
    )


def test_weeks_before_the_record_begins_are_no_weeks_without_delivery():
    """The first recorded delivery opens the record: counted from the week after."""
    weeks = past_weeks(judged([3] * 12), 26, AS_OF)

    assert [3] * 11 == weeks["deliveries"].tolist()


def test_unplanned_work_does_not_work_off_promises():
    """Its deliveries are left out."""
    both = pd.concat([judged([1] * 27), judged([5] * 27, group="unplanned")])

    assert 4 == foretell(both).results["deliveries_4_weeks"].value


def test_too_few_weeks_say_what_is_needed():
    """Three whole weeks are no pace."""
    result = foretell(judged([9, 9, 9, 9])).results["deliveries_4_weeks"]

    assert "thin" == result.status
    assert ("3 whole weeks with 27 deliveries of commitments; 8 weeks and 10 deliveries are needed.",) == result.caveats


def test_no_delivery_at_all_is_too_little():
    """Nothing delivered yet: no pace and no exception."""
    assert "thin" == foretell(judged([])).results["queue_days"].status


def test_a_queue_out_of_sight_has_no_date():
    """10,000 open programs at two a week: not within two years."""
    assert (None, None) == (lambda r: (r.value, r.high))(foretell(judged([2] * 27), 10_000).results["queue_days"])


def test_runs_of_weeks_are_drawn_in_blocks():
    """Good and bad months: blocks of four widen the interval, and the method says so."""
    weeks = np.array([0, 0, 0, 0, 6, 6, 6, 6] * 3)
    rng = np.random.default_rng(1)
    alone, blocks = (draw_weeks(weeks, 4, rng, block=size).sum(axis=1) for size in (1, 4))

    assert comes_in_runs(weeks)
    assert blocks.std() > 1.1 * alone.std()
    assert "in blocks of four" in foretell(judged([1, *weeks])).results["deliveries_4_weeks"].method


def test_intervals_hold_what_they_promise():
    """Poisson weeks: at least 74 of 100 intervals of the next 13 weeks hold, and not nearly all by being wide."""
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(100):
        weeks = rng.poisson(2.0, 39)
        drawn = draw_weeks(weeks[:26], 13, rng, draws=400).sum(axis=1)
        low, high = np.quantile(drawn, [0.1, 0.9])
        held += low <= weeks[26:].sum() <= high

    assert 74 <= held <= 96


@pytest.mark.parametrize("block", [1, 4])
def test_as_many_weeks_as_asked_for(block):
    """Blocks are cut to length, and only past weeks are drawn."""
    drawn = draw_weeks(np.array([1, 2, 3, 4, 5, 7, 8, 9]), 13, np.random.default_rng(1), block=block, draws=50)

    assert (50, 13) == drawn.shape
    assert not np.isin(drawn, [0, 6]).any()
