from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.config import Settings
from gapkit.cost.draws import BUCKETS, COLUMNS, Inputs, allot, draw_costs, put_in_buckets
from gapkit.cost.fates import Fates
from gapkit.cost.labour import HourlyRate, Labour
from gapkit.cost.ledger import ThreePoint
from gapkit.cost.spend import Spend

RATE = HourlyRate(80.0, 100.0, 120.0, pd.Series(dtype=float))
NOBODY = pd.Series(dtype=float)


def program(amount=0.0, sunk=None, rework=0.0, hours=0.0, again=0.0, held=0.0, active=0.0, lost=0.0, tied=True):
    """One program; an hour costs 100."""
    return {
        "amount": amount, "sunk": amount if sunk is None else sunk, "rework": rework, "ran": True, "is_imputed": False,
        "hours": hours, "money": 100 * hours, "rework_hours": again, "rework_money": 100 * again, "held_days": held,
        "active_days": active, "lost": lost, "tied": tied,
    }  # fmt: skip


def inputs_of(*programs, paid=None, rate=RATE, workarounds=None, other=0.0, has_spend=True, knows_tie=True) -> Inputs:
    frame = pd.DataFrame(programs)
    stalled = frame["lost"].between(0, 1, inclusive="neither")
    delivery = (1 - frame["lost"]).where(stalled)
    return Inputs(
        Spend(frame[["amount", "sunk", "rework", "ran", "is_imputed"]], other, 0.0, len(frame)) if has_spend else None,
        Labour(frame, bool(frame["hours"].sum()), rate, paid, 1.0, 10.0),
        Fates(frame["lost"] == 1, delivery, delivery * 0 + 0.5, is_estimated=True),
        frame["tied"] if knows_tie else None,
        workarounds,
    )


def allotted(one) -> dict[str, float]:
    inputs = inputs_of(one)
    return dict(zip(COLUMNS, allot(inputs, inputs.fates.lost_share())[0].tolist(), strict=True))


def test_lost_work_is_in_the_first_bucket_only():
    """Cancelled, not tied to a priority and reworked: all of it is sunk, nothing is counted again."""
    found = allotted(program(1000, sunk=800, rework=100, hours=10, again=4, lost=1, tied=False))

    assert (800, 1000, 10) == (found["sunk_money"], found["sunk_labour"], found["sunk_hours"])
    assert {0.0} == {found[name] for name in COLUMNS if name.startswith(("outside", "rework"))}


def test_work_outside_priorities_takes_its_hours_before_rework_does():
    """Not tied: ten hours outside priorities, the four reworked ones among them; its spend is in no bucket."""
    found = allotted(program(1000, hours=10, again=4, tied=False))

    assert (1000, 10) == (found["outside_labour"], found["outside_hours"])
    assert (0, 0, 0) == (found["rework_hours"], found["rework_labour"], found["sunk_money"])


def test_what_is_left_of_a_stalled_program_goes_on_to_the_next_bucket():
    """A quarter lost: a quarter of its money and hours is sunk, three quarters of its rework is rework."""
    found = allotted(program(1000, rework=80, hours=10, again=4, lost=0.25))

    assert (250, 2.5) == pytest.approx((found["sunk_money"], found["sunk_hours"]))
    assert (60, 3) == pytest.approx((found["rework_money"], found["rework_hours"]))


def once(staff, weekly=0.0, idle=0.0, other=0.0, **sums):
    """One draw with every rate at its most likely value."""
    filled = {name: np.array([float(sums.get(name, 0))]) for name in COLUMNS}
    money, hours, total, worked = put_in_buckets(filled, staff, *(np.array([x]) for x in (1.0, weekly, idle)), other)
    return ({k: float(v[0]) for k, v in money.items()}, {k: float(v[0]) for k, v in hours.items()}, float(total[0]),
            float(worked[0]))  # fmt: skip


def crew(paid):
    return Labour(pd.DataFrame(), True, RATE, paid, 1.0, 10.0)


def test_workarounds_leave_out_what_other_buckets_hold():
    """100 of 400 hours are in the first buckets, so a quarter of 8 hours × 10 weeks is there already: 60 hours."""
    money, hours, total, worked = once(
        crew(1000.0), weekly=8.0, hours=400, labour=40_000, sunk_hours=100, sunk_labour=10_000
    )

    assert (60.0, 6000.0) == (hours["workarounds"], money["workarounds"])
    assert (100_000.0, 1000.0) == (total, worked)


def test_idle_hours_are_a_share_of_the_hours_held_up():
    """On 20 active days 100 hours were worked, 5 a day; 30 days held up are 150 hours, a tenth of them idle: 15."""
    _, hours, _, _ = once(crew(1000.0), idle=0.1, hours=100, labour=10_000, active=20, held=30)

    assert 15.0 == hours["idle_waiting"]


def test_no_bucket_takes_hours_that_nobody_worked():
    """More workarounds and waiting claimed than hours paid: the fourth bucket takes what is left, the fifth nothing."""
    money, hours, total, worked = once(
        crew(200.0), weekly=50.0, idle=0.25, hours=100, labour=10_000, active=1, held=100, sunk_hours=20, sunk_labour=2000
    )

    assert (180.0, 0.0) == (hours["workarounds"], hours["idle_waiting"])
    assert worked == sum(hours.values())
    assert total == sum(money.values())


def test_one_factor_moves_all_rates():
    """Labour of every bucket and the total rise and fall together, in the proportion drawn."""
    inputs = inputs_of(*[program(hours=10, again=2, lost=k % 2) for k in range(6)], paid=500.0)
    found = draw_costs(inputs, Settings(), 1)
    paid = found.total / 500

    assert 1.0 == pytest.approx(np.corrcoef(paid, found.inputs["hourly rates"])[0, 1])
    assert 80 <= paid.min() < 90 < 110 < paid.max() <= 120


def test_draws_follow_the_three_points():
    """The mean of the hours a week drawn is (low + 4 mode + high) / 6: 2, 5, 14 give 6 (Malcolm et al. 1959)."""
    inputs = inputs_of(*[program(hours=10) for _ in range(6)], workarounds=ThreePoint(2, 5, 14))
    drawn = draw_costs(inputs, Settings(), 1).inputs["hours of workarounds"]

    assert 6.0 == pytest.approx(drawn.mean(), abs=0.08)


def test_programs_of_other_times_are_no_units():
    """Programs that add nothing in the window do not make it less sure what it holds."""
    some = [program(amount=100.0 * k, lost=k % 2) for k in range(1, 9)]
    alone, among = (draw_costs(inputs_of(*rows), Settings(), 1) for rows in (some, [*some, *[program()] * 50]))

    np.testing.assert_array_equal(alone.money["sunk_spend"], among.money["sunk_spend"])


def test_without_anything_all_is_zero():
    """No spend, no hours, no rates: sums are zero, and no division fails."""
    found = draw_costs(inputs_of(program(), rate=None, has_spend=False, knows_tie=False), Settings(), 1)

    assert 0.0 == found.total.max()
    assert {0.0} == {float(money.max()) for money in found.money.values()}


def test_a_window_worked_out_on_paper():
    """Five programs, 100 an hour, 1,000 hours paid in 10 weeks, 500 spent on no program; docs/method.md, "Cost of the gap".

    Cancelled, 20 hours (4 of them rework) and 1,000 spent, 800 of it gone: 800 + 2,000 sunk. Not tied, 30 hours (5 rework):
    3,000 outside priorities, its spend of 600 in no bucket. 40 hours, 10 of them rework, and 100 of 400 booked as rework:
    1,100. 110 hours on 40 active days, 25 held up. 500 spent on a program without hours. Together 200 hours on 40 days, 5 a
    day: 125 held up, a tenth idle. 60 of 200 hours are in the first three buckets, so of 4 × 10 hours of workarounds 28 are
    new.
    """
    inputs = inputs_of(
        program(1000, sunk=800, hours=20, again=4, lost=1), program(600, hours=30, again=5, tied=False),
        program(400, rework=100, hours=40, again=10), program(hours=110, held=25, active=40), program(500),
        paid=1000.0, other=500.0,
    )  # fmt: skip
    sums = dict(zip(COLUMNS, allot(inputs, inputs.fates.lost_share()).sum(axis=0), strict=True))
    money, hours, total, worked = once(inputs.labour, weekly=4.0, idle=0.1, other=500.0, **sums)

    assert {"sunk_spend": 20, "work_outside_priorities": 30, "rework": 10, "workarounds": 28, "idle_waiting": 12.5} == (
        pytest.approx(hours)
    )
    assert {"sunk_spend": 2800, "work_outside_priorities": 3000, "rework": 1100, "workarounds": 2800,
            "idle_waiting": 1250} == pytest.approx(money)  # fmt: skip
    assert (103_000, 1000) == (total, worked)
    assert 0.1063 == pytest.approx(sum(money.values()) / total, abs=5e-5)


ANY = st.builds(
    program, amount=st.floats(0, 1e5), sunk=st.just(0.0) | st.just(None), hours=st.floats(1, 500), held=st.floats(0, 200),
    active=st.floats(0, 50), lost=st.sampled_from([0.0, 0.3, 0.9, 1.0]), tied=st.booleans(),
).map(lambda row: {**row, "rework_hours": row["hours"] / 3, "rework_money": row["money"] / 3,
                   "rework": row["amount"] / 4})  # fmt: skip


@settings(max_examples=25)
@given(st.lists(ANY, min_size=1, max_size=8), st.none() | st.floats(0, 2000), st.floats(0, 500))
def test_buckets_never_exceed_what_was_spent_and_worked(programs, paid, weekly):
    """Whatever the input: no bucket is negative, all together are at most the total, their hours at most those worked."""
    inputs = inputs_of(*programs, paid=paid, workarounds=ThreePoint(0.0, weekly / 2, weekly), other=10.0)
    found = draw_costs(inputs, Settings(cost_draws=1000), 1)

    assert set(BUCKETS) == set(found.money) == set(found.hours)
    assert min(float(part.min()) for part in (*found.money.values(), *found.hours.values())) >= -1e-6
    assert (np.sum(list(found.money.values()), axis=0) <= found.total * (1 + 1e-9) + 1e-6).all()
    assert (np.sum(list(found.hours.values()), axis=0) <= found.worked * (1 + 1e-9) + 1e-6).all()


@settings(max_examples=10)
@given(st.lists(ANY, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(programs, random):
    """The same programs in another order give the same draws."""
    turned = random.sample(programs, len(programs))
    first, second = (draw_costs(inputs_of(*rows), Settings(cost_draws=1000), 1) for rows in (programs, turned))

    for name in BUCKETS:
        np.testing.assert_allclose(first.money[name], second.money[name], rtol=1e-9, atol=1e-6)
