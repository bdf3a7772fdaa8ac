from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.redesign.slas.places import chosen_places, handoff_waits, places, stage_holders, stage_waits

START = dt.date(2026, 1, 1)


def table(**rows):
    """Places from name to (n, lost_days), each of so many programs."""
    return pd.DataFrame({"programs": [n for n, _ in rows.values()], "n": [n for n, _ in rows.values()],
                         "lost_days": [lost for _, lost in rows.values()]}, index=list(rows))  # fmt: skip


PLACES = {"a": (40, 0.0), "b": (30, 9.0), "c": (20, 30.0), "d": (10, 8.0), "e": (9, 7.0), "f": (8, 6.0), "g": (4, 99.0)}


@pytest.mark.parametrize(
    ("scale", "expected"),
    [("smb", ["a", "b"]), ("mid", ["c", "b", "d", "e", "f"]), ("enterprise", ["c", "b", "d", "a"])],
)
def test_scale_decides_which_places_get_a_time(scale, expected):
    """The two busiest; the five that lose most; all with five a quarter. In half a year that is ten, so nine are too few;
    and a place of four programs is left alone at any scale."""
    assert expected == chosen_places(table(**PLACES), scale, Settings(), days=182)


def test_a_place_that_loses_nothing_needs_no_time_in_a_mid_sized_organisation():
    """Where nothing is lost nothing is to be agreed."""
    assert [] == chosen_places(table(a=(40, 0.0)), "mid", Settings(), days=182)


def test_the_time_most_often_agreed_counts_and_the_shorter_of_two():
    """Two of three agreed at 4 days; with one each, the shorter one."""
    rows = pd.DataFrame({"place": ["x", "x", "x", "y", "y", "z"], "sla_days": [4, 4, 2, 5, 3, None],
                         "program_id": list("ABCDEF"), "is_open": False, "lost_bdays": 0.0})  # fmt: skip
    found = places(rows)["agreed_days"]

    assert (4.0, 3.0, True) == (found["x"], found["y"], bool(pd.isna(found["z"])))


def test_waits_are_counted_in_business_days_without_holidays(engage):
    """Thursday to Tuesday over a Monday holiday: two business days; the work in the stage is no wait."""
    rows = [{"program_id": "P", "stage": "legal", "kind": kind, "entered_at": "2026-05-21 09:00",
             "left_at": "2026-05-26 09:00"} for kind in ("approval", "work")]  # fmt: skip
    eng = engage({"holidays": (dt.date(2026, 5, 25),)}, programs=[{"program_id": "P"}], stage_visits=rows)
    found = stage_waits(eng, pd.Series(dtype="datetime64[us]"), START)

    # From 21 May to 15 July 2026 there are 39 weekdays, one of them the holiday.
    assert [("legal", 2.0, 38.0)] == list(
        found[["place", "wait_bdays", "follow_up_bdays"]].itertuples(index=False, name=None)
    )


def test_handoffs_of_other_times_do_not_count(engage):
    """Asked for before the window, or after the day the data is read at."""
    rows = [{"program_id": "P", "from_team": "Web", "to_team": "Brand", "requested_at": at} for at in
            ("2025-12-31 09:00", "2026-01-01 09:00", "2026-07-16 09:00")]  # fmt: skip
    found = handoff_waits(engage(programs=[{"program_id": "P"}], handoffs=rows), START)

    assert [("Web → Brand", True)] == list(found[["place", "is_open"]].itertuples(index=False, name=None))


def test_a_stage_shared_by_teams_is_held_by_none_of_them(engage):
    """Half and half is not the most part; two of three is."""

    def row(stage, team):
        return {"program_id": "P", "stage": stage, "kind": "wait", "team": team, "entered_at": "2026-03-02 09:00"}

    visits = [row("a", "Web"), row("a", "Brand"), row("b", "Web"), row("b", "Web"), row("b", "Brand")]

    assert {"b": "Web"} == stage_holders(engage(programs=[{"program_id": "P"}], stage_visits=visits), START)
    assert {} == stage_holders(engage(programs=[{"program_id": "P"}]), START)
