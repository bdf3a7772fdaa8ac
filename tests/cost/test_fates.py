from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from gapkit.cost.fates import judge_fates

START, AS_OF = dt.date(2026, 1, 1), dt.date(2026, 7, 15)


def baseline(*fates: tuple[str, int | None], stalled: tuple[int, ...] = (), begun: str = "2026-01-01"):
    """Programs committed on one day, each with a status and the days until it ended."""
    begin = pd.Timestamp(begun)
    ends = [begin + pd.Timedelta(days=days) if days is not None else pd.NaT for _, days in fates]
    status = pd.Series([status for status, _ in fates], dtype="str")
    ended = pd.Series(ends, dtype="datetime64[us]")
    judged = pd.DataFrame({
        "status": status,
        "committed_at": pd.Series(begin, index=status.index, dtype="datetime64[us]"),
        "actual_end": ended.where(status == "delivered"),
        "cancelled_at": ended.where(status == "cancelled"),
    })  # fmt: skip
    category = pd.Series(["stalled" if k in stalled else "other" for k in range(len(fates))])
    return SimpleNamespace(judged=judged, category=category, start=START, as_of=AS_OF)


TEN = (*[("delivered", 20)] * 4, *[("delivered", 100)] * 4, ("cancelled", 50), ("in_progress", None))


def test_what_was_cancelled_is_lost_and_what_was_delivered_is_not(config):
    """Cancelled, or merged into nobody knows what: all of it; anything else that is not stalled: nothing."""
    found = judge_fates(baseline(*TEN[:9], ("merged", None)), config)

    assert [*[0.0] * 8, 1.0, 1.0] == found.lost_share().tolist()


def test_a_stalled_program_is_lost_as_far_as_it_will_hardly_arrive(config):
    """Ten programs of one day: 4 delivered on day 20, 1 cancelled on day 50, 4 delivered on day 100. Five are at risk on
    day 100, so the 90 days before it are the last that can be read: 8 of 10 delivered by then, none on day 10 → .8."""
    found = judge_fates(baseline(*TEN, stalled=(9,)), config)

    assert 0.8 == pytest.approx(found.delivery[9])
    assert 0.2 == pytest.approx(found.lost_share()[9])
    # ten at risk on day 10: standard error of a logit of .8 from 10
    assert 1 / np.sqrt(10 * 0.8 * 0.2) == pytest.approx(found.error[9])


def test_being_less_sure_of_delivery_loses_more(config):
    """One standard error below the estimate more of the stalled effort is lost, and never more than all of it."""
    found = judge_fates(baseline(*TEN, stalled=(9,)), config)

    assert 0 < found.lost_share(2)[9] < found.lost_share()[9] < found.lost_share(-2)[9] < 1


def test_too_few_programs_make_no_curve(config):
    """Of three programs no chance of delivery can be read: nothing of the stalled one counts as lost, and that is said."""
    found = judge_fates(baseline(("delivered", 20), ("delivered", 30), ("in_progress", None), stalled=(2,)), config)

    assert not found.is_estimated
    assert 0.0 == found.lost_share()[2]


def test_without_stalled_programs_nothing_has_to_be_estimated(config):
    """No curve is needed where nobody asks it anything."""
    assert judge_fates(baseline(("delivered", 20)), config).is_estimated


def test_a_stalled_program_without_commitment_is_read_as_new(config):
    """Its age is not known: it is read at the start of the curve, not left out."""
    made = baseline(*TEN, stalled=(9,))
    made.judged.loc[9, "committed_at"] = pd.NaT

    assert 0.0 < judge_fates(made, config).delivery[9] < 1.0
