from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.measurement.agreed import AgreedPlace
from gapkit.measurement.effects.draft import NOT_COMPARED
from gapkit.measurement.effects.places import PROPOSED_ONLY, PlacedWaits, placed_waits, waits_begun
from gapkit.measurement.effects.sla import sla, waits_due
from gapkit.measurement.effects.waits import FEW_PROGRAMS, NO_PAIR, waits

LEGAL = AgreedPlace("legal", 4.0, is_agreed=True)


def placed(days, program=None, place="legal", is_open=False):
    """Waits of so many business days, each of a program of its own unless told otherwise."""
    return pd.DataFrame({
        "place": place, "program_id": program or [f"{place}{i}" for i in range(len(days))],
        "wait_bdays": [float(day) for day in days], "is_open": is_open, "follow_up_bdays": 60.0, "sla_days": None,
        "lost_bdays": 0.0, "is_named": True,
    })  # fmt: skip


@pytest.fixture
def nothing(compared, rows):
    """A comparison whose tables hold no waits: places are given by hand."""
    return compared(programs=rows("A", due="2026-08-20", on_time=12))


def visit(program, entered, left, kind="approval"):
    return {"program_id": program, "stage": "legal", "kind": kind, "entered_at": entered, "left_at": left,
            "visit_id": f"{program} {entered}"}  # fmt: skip


def test_waits_belong_to_the_window_they_began_in(compared, rows):
    """Begun in the quarter and still running at its end: of the quarter; begun the day after: not."""
    programs = rows("A", due="2026-11-20", committed="2026-08-01", open_ones=4)
    visits = [
        visit("A000", "2026-09-30 09:00", "2026-10-08 09:00"), visit("A001", "2026-10-01 09:00", "2026-10-02 09:00"),
        visit("A002", "2026-06-30 09:00", "2026-07-02 09:00"), visit("A003", "2026-07-01 09:00", None),
    ]  # fmt: skip
    found = compared(programs=programs, stage_visits=visits)

    begun = waits_begun(found.after, ["legal"])

    assert begun["program_id"].tolist() == ["A000", "A003"]
    assert begun["is_open"].tolist() == [False, True]


def test_only_the_redesigned_places_count(compared, rows):
    """A stage nobody decided about is not in the comparison, and without decisions there is none."""
    programs = rows("A", due="2026-11-20", committed="2026-08-01", open_ones=1)
    found = compared(programs=programs, stage_visits=[visit("A000", "2026-09-30 09:00", "2026-10-08 09:00")])

    assert waits_begun(found.after, ["brand"]).empty
    assert placed_waits(found).places == ()
    assert {draft.after.status for draft in (*waits(found, placed_waits(found)), *sla(found, placed_waits(found)))} == {
        "not_assessable"
    }


def test_the_mean_wait_before_and_after(nothing):
    """Six days each before, two after: −4, the whole and the place alike."""
    others = [f"later{i}" for i in range(20)]
    found = PlacedWaits((LEGAL,), placed([5, 7] * 10), placed([1, 3] * 10, others))
    together, detail = waits(nothing, found)

    assert (together.before.value, together.after.value, together.difference.value) == (6, 2, pytest.approx(-4))
    assert (together.better, detail.measure) == (-1, "wait_days:legal")
    assert together.p_value < 1e-6


def test_a_change_in_the_mix_of_places_is_no_change(nothing):
    """More short waits after, because more was asked at the quick place: both places are as they were."""
    quick, slow = AgreedPlace("quick", 2.0, is_agreed=True), AgreedPlace("slow", 9.0, is_agreed=True)
    before = pd.concat([placed([1, 3] * 6, place="quick"), placed([9, 11] * 20, place="slow")])
    after = pd.concat([placed([1, 3] * 20, place="quick"), placed([9, 11] * 6, place="slow")])

    together = waits(nothing, PlacedWaits((quick, slow), before, after))[0]

    assert together.difference.value == pytest.approx(0)
    assert before["wait_bdays"].mean() > after["wait_bdays"].mean() + 3


def test_places_with_too_few_waits_are_left_out_and_named(nothing):
    """Nine waits on one side are too few for a mean there."""
    few = AgreedPlace("few", 2.0, is_agreed=True)
    before = pd.concat([placed([5, 7] * 10), placed([1] * 9, place="few")])
    after = pd.concat([placed([1, 3] * 10), placed([1] * 20, place="few")])
    together, _, detail = waits(nothing, PlacedWaits((LEGAL, few), before, after))

    assert together.before.n == 20
    assert any("few" in caveat for caveat in together.difference.caveats)
    assert detail.difference.status == "thin"


def test_only_the_short_side_is_too_few(nothing):
    """Nine waits before, twenty after: the window shows its own mean and share, and says that it is not compared."""
    found = PlacedWaits((LEGAL,), placed([5, 7] * 4), placed([1, 3] * 10))
    drafts = (*waits(nothing, found), *sla(nothing, found))

    assert [(one.before.status, one.after.is_ok, one.difference.status) for one in drafts] == [("thin", True, "thin")] * 4
    assert [one.after.value for one in drafts] == [pytest.approx(2), pytest.approx(2), 1.0, 1.0]
    assert all(NOT_COMPARED in one.after.caveats for one in drafts)


def test_waits_of_one_program_have_no_interval(nothing):
    """Twenty waits a side, all of one program: not too few, and no figure either."""
    found = PlacedWaits((LEGAL,), placed([5, 7] * 10, ["P1"] * 20), placed([1, 3] * 10, ["P1"] * 20))
    together = waits(nothing, found)[0]

    assert [(side.status, side.caveats) for side in (together.before, together.after)] == [("thin", (FEW_PROGRAMS,))] * 2
    assert together.difference.caveats == (FEW_PROGRAMS,)


def test_places_with_enough_on_different_sides_are_not_compared(nothing):
    """One place before, another after: both have a mean, and nothing is common to both."""
    other = AgreedPlace("other", 2.0, is_agreed=True)
    found = PlacedWaits((LEGAL, other), placed([5, 7] * 10), placed([1, 3] * 10, place="other"))
    together = waits(nothing, found)[0]

    assert (together.before.value, together.after.value) == (pytest.approx(6), pytest.approx(2))
    assert (together.difference.status, together.difference.caveats) == ("thin", (NO_PAIR,))


def test_the_agreed_time_holds_on_both_sides(nothing):
    """Four days: half of the waits kept it before, all after."""
    found = PlacedWaits((LEGAL,), placed([3, 7] * 10), placed([1, 3] * 10))
    together, detail = sla(nothing, found)

    assert (together.before.events, together.before.n, together.after.events) == (10, 20, 20)
    assert (together.difference.value, detail.difference.value) == (0.5, 0.5)
    assert together.better == 1


def test_waits_too_young_to_tell_are_not_due():
    """Among the recent ones only the short have ended: they would flatter the share."""
    young = placed([1, 2]).assign(follow_up_bdays=[4.0, 5.0])

    assert waits_due(young, {"legal": 4.0})["program_id"].tolist() == ["legal1"]


def test_waits_of_one_program_count_for_less(nothing):
    """Twenty waits of four programs tell less than those of twenty."""
    days = [3] * 5 + [7] * 5 + [3] * 5 + [7] * 5
    alike = [f"p{i // 5}" for i in range(20)]
    single = sla(nothing, PlacedWaits((LEGAL,), placed(days), placed(days)))[0].difference
    several = sla(nothing, PlacedWaits((LEGAL,), placed(days, alike), placed(days, alike)))[0].difference

    assert several.high - several.low > single.high - single.low


def test_what_is_only_proposed_is_said_to_be(nothing):
    """A proposal nobody agreed to is no redesign."""
    waiting = placed([5, 7] * 10)

    assert PlacedWaits((replace(LEGAL, is_agreed=False),), waiting, waiting).caveats == (PROPOSED_ONLY,)
    assert PlacedWaits((LEGAL,), waiting, waiting).caveats == ()


def test_a_later_day_of_reading_moves_no_wait_into_the_window(compared, rows):
    """Waits begun after the window stay out of it on any day."""
    programs = rows("A", due="2026-11-20", committed="2026-08-01", open_ones=1)
    visits = [visit("A000", "2026-09-01 09:00", "2026-09-08 09:00"), visit("A000", "2026-10-05 09:00", "2026-10-06 09:00")]

    counts = {len(waits_begun(compared(as_of=day, programs=programs, stage_visits=visits).after, ["legal"]))
              for day in (dt.date(2026, 9, 30), dt.date(2026, 11, 15))}  # fmt: skip

    assert counts == {1}
