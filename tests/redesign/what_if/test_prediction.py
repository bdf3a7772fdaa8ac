from __future__ import annotations

import numpy as np
import pytest

from gapkit.config.settings import Settings
from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.prediction import Prediction, refuse, resampled_results, simulated_results
from gapkit.redesign.what_if.resampling import Change

NAMES = ("execution_rate", "on_time_rate", "otif_rate", "time_to_market_median_days", "time_to_market_p85_days")


def changes(n: int, value: float = 0.1) -> dict[str, Change]:
    return {name: Change(value, np.linspace(value - 0.05, value + 0.05, 101), n) for name in NAMES}


def test_limits_are_the_middle_ninety_percent():
    """Five and ninety-five per cent of the replicates, unit and level with them."""
    found = resampled_results(changes(400), 300, Settings(), "2026Q1")["time_to_market_median_days"]

    assert (0.90, "days", 400) == (found.level, found.unit, found.n)
    assert (0.055, 0.145) == pytest.approx((found.low, found.high))


def test_no_crossing_seen_is_not_no_crossing_possible():
    """None of 60 crossed in any replicate: Jeffreys still leaves room for up to 3 %."""
    none = {name: Change(0.0, np.zeros(100), 60) for name in NAMES}
    found = resampled_results(none, 50, Settings(), "2026Q1")["execution_rate"]

    assert 0.0 == found.low
    assert 0.0315 == pytest.approx(found.high, abs=1e-3)


def test_few_programs_give_no_late_quantile():
    """Thirty programs have a median but no 85th percentile; eight have no rate."""
    thirty = resampled_results(changes(30), 25, Settings(), "2026Q1")

    assert ("ok", "thin") == (thirty["time_to_market_median_days"].status, thirty["time_to_market_p85_days"].status)
    assert "thin" == resampled_results(changes(8), 8, Settings(), "2026Q1")["execution_rate"].status


def test_simulated_limits_are_those_of_t():
    """Mean ± t(29, 95 %) · sd over 30 replications; programs without trace dilute rates, not times."""
    draws = np.tile([0.0, 2.0], 15)
    found = simulated_results(dict.fromkeys(NAMES, draws), 80, 60, 0.5, Settings(), "2026Q1")
    reach = 1.6991 * draws.std(ddof=1)

    assert (1 - reach, 1 + reach) == pytest.approx((found["time_to_market_median_days"].low,
                                                    found["time_to_market_median_days"].high), abs=1e-3)  # fmt: skip
    assert 0.5 == found["execution_rate"].value


def test_a_refusal_is_a_sentence():
    """It names the lever and says why; nothing is promised."""
    found = refuse([Pull("capacity", 2.0)], "More capacity", "Hours are not recorded.")

    assert "More capacity: nothing is predicted. Hours are not recorded." == found.sentence
    assert not found.is_promise


def test_the_sentence_carries_every_interval():
    """Rates in points, times in days, each with its limits."""
    results = resampled_results(changes(400), 300, Settings(), "2026Q1")
    found = Prediction((Pull("sla", 2.0),), "Cap", "resampling", "", results, is_promise=True, caveats=())

    assert "execution rate +10 pp (90 % interval +6 pp to +15 pp)" in found.sentence
