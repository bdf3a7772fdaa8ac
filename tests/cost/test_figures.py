from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.cost.draws import BUCKETS, Inputs, draw_costs
from gapkit.cost.fates import Fates
from gapkit.cost.figures import Figures, percentiles
from gapkit.cost.labour import HourlyRate, Labour
from gapkit.cost.ledger import ThreePoint
from gapkit.cost.spend import Spend

SETTINGS = Settings(cost_draws=2000)


def figures(n=12, *, hours=10.0, rate=True, imputed=0, workarounds=None, booked=0.0, overpaid=0.0):
    """Figures of n programs, every other one cancelled; each spent 1,000 and took ten hours at 100."""
    ones = np.ones(n)
    spend = pd.DataFrame({"amount": 1000 * ones, "sunk": 1000 * ones, "rework": booked * ones, "ran": ones > 0,
                          "is_imputed": np.arange(n) < imputed})  # fmt: skip
    work = pd.DataFrame({"hours": hours * ones, "money": 100 * hours * ones, "rework_hours": 0 * ones,
                         "rework_money": 0 * ones, "held_days": 0 * ones, "active_days": ones})  # fmt: skip
    nothing = pd.Series(np.nan, index=range(n))
    inputs = Inputs(
        Spend(spend, 0.0, 0.0, n, overpaid),
        Labour(work, hours > 0, HourlyRate(80.0, 100.0, 120.0, pd.Series(dtype=float)) if rate else None, None, 0.0, 10.0),
        Fates(pd.Series(np.arange(n) % 2 == 0), nothing, nothing, is_estimated=True),
        pd.Series(True, index=range(n)),
        workarounds,
    )
    return Figures(inputs, draw_costs(inputs, SETTINGS, 1), SETTINGS, "2026")


def buckets(made: Figures):
    return tuple(made.bucket(number, name) for number, name in enumerate(BUCKETS, start=1))


def test_money_paid_back_beyond_what_was_spent_is_said():
    """It lowers nothing, so that the total is what was spent; who reads it is told how much that leaves out."""
    usual, back = figures(), figures(overpaid=3000.0)
    said = "Money paid back beyond what had been spent in the window (3,000) lowers no other spend."

    assert (usual.total().value, ()) == (back.total().value, usual.total().caveats)
    assert (said,) == back.total().caveats
    assert said in back.tax(buckets(back)).caveats


def test_percentiles_are_those_of_the_draws():
    """Of 0 to 100 in steps of one: 50 with 5 and 95."""
    assert (50.0, 5.0, 95.0) == pytest.approx(percentiles(np.arange(101.0)))


def test_half_of_the_programs_cancelled_is_half_of_spend_and_hours():
    """Twelve programs alike, six of them cancelled: sunk are about 6 × 2,000 and 60 hours, half of everything."""
    made = figures()
    first = made.bucket(1, "sunk_spend")

    assert 12_000 == pytest.approx(first.result.value, rel=0.05)
    assert 60 == pytest.approx(first.hours.value)
    assert 0.5 == pytest.approx(made.tax(buckets(made)).value, abs=0.02)


def test_spend_booked_as_rework_needs_no_hours():
    """Without hours rework is measured by what was booked, and that is said."""
    made = figures(hours=0.0, booked=100.0)
    third = made.bucket(3, "rework")

    assert 600 == pytest.approx(third.result.value, rel=0.05)
    assert None is third.hours
    assert "Spend booked as rework only: hours worked, or their rates, are not recorded." in third.result.caveats


def test_workarounds_do_not_depend_on_programs():
    """Four programs are too few to resample; workarounds are listed, not sampled, so they are measured all the same."""
    made = figures(4, workarounds=ThreePoint(1.0, 2.0, 3.0))

    assert "thin" == made.bucket(1, "sunk_spend").result.status
    assert ("ok", True) == (made.bucket(4, "workarounds").result.status, made.bucket(4, "workarounds").hours is not None)
    assert () == made.drivers(buckets(made), made.tax(buckets(made)))


def test_estimated_spend_makes_rough_what_rests_on_it():
    """Five of twelve are above 40 %: the sunk spend is an order of magnitude; four of twelve are not."""
    rough, fair = figures(imputed=5), figures(imputed=4)

    assert (True, False) == (rough.is_rough, fair.is_rough)
    assert ("C", "B") == (rough.bucket(1, "sunk_spend").result.grade, fair.bucket(1, "sunk_spend").result.grade)
    assert "B" == rough.bucket(5, "idle_waiting").result.grade


def test_without_a_price_for_labour_there_is_no_total():
    """Spend alone is no total: the tax would be a share of something else."""
    made = figures(rate=False)

    assert {"not_assessable"} == {made.total().status, made.tax(buckets(made)).status}
    assert "ok" == made.amount(buckets(made)).status


def test_the_widest_input_drives_most():
    """Workarounds anywhere between 1 and 1,000 hours a week outweigh rates of 80 to 120 and the draw of programs."""
    made = figures(hours=0.0, workarounds=ThreePoint(1.0, 100.0, 1000.0))
    drivers = made.drivers(buckets(made), made.tax(buckets(made)))

    assert "hours of workarounds" == drivers[0].name
    assert drivers[0].share > 0.8
    assert {"hourly rates", "which programs a window happens to hold"} < {driver.name for driver in drivers}
