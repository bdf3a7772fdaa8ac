from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.diagnosis.maps.waits import LOSS_COLUMNS, measure_waits, ranked_losses

AS_OF = dt.date(2026, 3, 31)


def moments(*days: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(days))).dt.tz_localize("America/New_York")


def losses(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    """Waits as (program, from, to, days lost)."""
    frame = pd.DataFrame(rows, columns=["program_id", "from", "to", "lost_bdays"])
    return frame.assign(is_over=frame["lost_bdays"] > 0)


def ranked(frame: pd.DataFrame, is_ranked: bool | pd.Series = True) -> pd.DataFrame:
    which = pd.Series(is_ranked, index=frame.index)
    return ranked_losses(frame, ["from", "to"], which, Settings(bootstrap_replicates=400), seed=1)


@pytest.mark.parametrize(
    ("begun", "ended", "allowed", "expected"),
    [
        ("2026-03-02 09:00", "2026-03-09 09:00", 3, (5, False, True, True, 2)),  # a week, Monday to Monday
        ("2026-03-06 16:00", "2026-03-09 09:00", 3, (1, False, False, True, 0)),  # over a weekend
        ("2026-03-02 09:00", "2026-03-05 17:00", 3, (3, False, False, True, 0)),  # just as long as allowed
        ("2026-03-30 09:00", None, 3, (1, True, False, False, 0)),  # still running, nobody can tell yet
        ("2026-03-16 09:00", None, 3, (11, True, True, True, 8)),  # still running and too long already
    ],
)
def test_waits_count_business_days_beyond_what_is_allowed(config, begun, ended, allowed, expected):
    """Half-open as agreed for business days (2026-03-02 to 03-09 is 5, Friday to Monday 1); open ones count so far."""
    found = measure_waits(moments(begun), moments(ended), pd.Series([float(allowed)]), config, AS_OF)

    assert expected == tuple(found.iloc[0])
    assert ["wait_bdays", "is_open", "is_over", "is_settled", "lost_bdays"] == list(found.columns)


def test_holidays_are_no_business_days(changed):
    """From 1 to 8 April 2026 with Good Friday and Easter Monday off three business days pass."""
    config = changed(holidays=(dt.date(2026, 4, 3), dt.date(2026, 4, 6)))
    found = measure_waits(moments("2026-04-01"), moments("2026-04-08"), pd.Series([0.0]), config, dt.date(2026, 4, 30))

    assert [3.0] == found["wait_bdays"].tolist()


def test_losses_are_added_up_by_pair_and_ranked():
    """Twelve days at one pair, four at the other: three quarters, first in every resample."""
    rows = [(f"P{k}", "a", "b", 2.0) for k in range(6)] + [(f"P{k}", "b", "c", 4.0 if k == 0 else 0.0) for k in range(6)]
    found = ranked(losses(*rows))

    assert [("a", "b", 6, 6, 6, 12.0, 0.75), ("b", "c", 6, 6, 1, 4.0, 0.25)] == [
        tuple(row) for row in found[["from", "to", "programs", "n", "over", "lost_days", "share"]].to_numpy()
    ]
    assert [1, 2] == found["rank"].tolist()


def test_an_order_that_hangs_on_one_program_is_not_sure():
    """A pair that leads because of a single program may be last in a resample without it."""
    rows = [(f"P{k}", "a", "b", 1.0) for k in range(10)] + [("P0", "b", "c", 12.0)]
    found = ranked(losses(*rows)).set_index("from")

    assert (1, 1, 2) == tuple(found.loc["b", ["rank", "rank_low", "rank_high"]])
    assert found.loc["b", "share_low"] == 0.0


def test_what_was_gathered_is_never_ranked():
    """However much the gathered pairs lose together, they come last and have no rank."""
    frame = losses(("A", "x", "y", 1.0), ("B", "others", "others", 50.0), ("C", "x", "y", 1.0))
    found = ranked(frame, frame["from"] != "others")

    assert [("x", 1), ("others", 0)] == [tuple(pair) for pair in found[["from", "rank"]].to_numpy()]


def test_without_a_lost_day_there_is_no_share():
    """Nothing lost is nothing to divide: shares are missing, not zero of zero."""
    found = ranked(losses(("A", "x", "y", 0.0), ("B", "x", "z", 0.0)))

    assert found["lost_days"].tolist() == [0.0, 0.0]
    assert found["share"].isna().all()


def test_without_waits_there_is_an_empty_table():
    """The columns are there all the same."""
    found = ranked(losses())

    assert ["from", "to", *LOSS_COLUMNS] == list(found.columns)
    assert found.empty


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("xyz"), st.integers(0, 9)), min_size=1, max_size=40),
       st.randoms(use_true_random=False))  # fmt: skip
def test_row_order_changes_nothing(rows, random):
    """The same waits in another order give the same table, intervals included, and their days add up."""
    made = [(program, place, place + "2", float(days)) for program, place, days in rows]
    shuffled = random.sample(made, len(made))
    found = ranked(losses(*made))

    pd.testing.assert_frame_equal(found, ranked(losses(*shuffled)))
    assert np.isclose(sum(row[3] for row in made), found["lost_days"].sum())
