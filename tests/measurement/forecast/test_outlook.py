from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from gapkit.measurement.forecast.outlook import look_ahead

AS_OF = dt.date(2026, 4, 1)


@pytest.fixture(scope="module")
def large(steady):
    """Twelve thousand programs of a client that never changes."""
    return steady(12_000)


@pytest.fixture
def outlook(large, as_known, config):
    """What is to be expected of those open on 1 April 2026."""
    return look_ahead(as_known(large, AS_OF), config, AS_OF)


def test_probabilities_come_true(outlook, large):
    """Calibrated: where the client never changes, shares on time lie within chance of what was foretold, in every fifth."""
    open_ones = outlook.programs.loc[~outlook.programs["is_overdue"]]
    truth = large.set_index("program_id").reindex(open_ones.index)
    came = (truth["actual_end"] <= truth["baseline_end"]).astype(float)
    fifth = pd.qcut(open_ones["p_on_time"], 5, duplicates="drop")
    told, happened, n = (
        open_ones["p_on_time"].groupby(fifth).mean(),
        came.groupby(fifth).mean(),
        came.groupby(fifth).size(),
    )

    assert len(open_ones) > 500
    assert (np.abs(happened - told) < 3.5 * np.sqrt(told * (1 - told) / n) + 0.01).all()


def test_cancellations_come_true(outlook, large):
    """Likewise for being cancelled by the last day on time."""
    open_ones = outlook.programs.loc[~outlook.programs["is_overdue"]]
    truth = large.set_index("program_id").reindex(open_ones.index)
    dropped = (truth["cancelled_at"] <= truth["baseline_end"]).mean()

    assert dropped == pytest.approx(open_ones["p_cancelled"].mean(), abs=0.03)


def test_fewer_days_left_are_worse_for_what_waits(outlook):
    """Monotone on a smooth past: among programs not started, the fewer days left the smaller the probability."""
    waiting = outlook.programs.loc[(outlook.programs["state"] == "not started") & ~outlook.programs["is_overdue"]]
    by_days = waiting.groupby("days_left")["p_on_time"].first()

    assert by_days.diff().dropna().min() > -0.04
    assert by_days.iloc[-1] > by_days.iloc[0] + 0.2


def test_nothing_is_certain(outlook):
    """No probability is 0 or 1, but for overdue programs, which are late already."""
    p = outlook.programs["p_on_time"]

    assert p[~outlook.programs["is_overdue"]].between(0, 1, inclusive="neither").all()
    assert (0 == p[outlook.programs["is_overdue"]]).all()


def test_due_today_and_open_is_overdue(as_known, large, config):
    """The day is over; grace days give more time."""
    judged = as_known(large, AS_OF)
    judged.loc[judged["status"] == "in_progress", "frozen_end"] = pd.Timestamp(AS_OF)
    running = look_ahead(judged, config, AS_OF).programs.query("state == 'started'")

    assert (running["days_left"] == 0).all()
    assert running["is_overdue"].all()


def test_undated_and_unplanned_work_is_no_open_commitment(as_known, large, config):
    """Only promises with a date are forecast."""
    judged = as_known(large, AS_OF)
    judged.loc[judged.index[::2], "group"] = "unplanned"
    programs = look_ahead(judged, config, AS_OF).programs

    assert not programs.index.isin(judged.index[::2]).any()


def test_without_a_past_nothing_is_foretold(as_known, large, config):
    """A client two months old has no commitment whose date has passed."""
    start = dt.date(2024, 8, 20)
    programs = look_ahead(as_known(large, start), config, start).programs

    assert programs["p_on_time"].isna().all()
    assert (0 == programs["n_pool"]).all()


def test_all_long_overdue_leaves_nothing_to_look_ahead_to(as_known, large, config):
    """Where every open commitment is overdue by far, all are late and nothing breaks."""
    judged = as_known(large, AS_OF)
    is_open = ~judged["status"].isin(["delivered", "cancelled", "merged"])
    judged.loc[is_open, "frozen_end"] = pd.Timestamp(AS_OF) - pd.Timedelta(days=300)

    programs = look_ahead(judged, config, AS_OF).programs

    assert programs["is_overdue"].all()
    assert (0 == programs["p_on_time"]).all()
