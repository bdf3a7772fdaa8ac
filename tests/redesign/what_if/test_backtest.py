from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from gapkit.redesign.what_if.backtest import Backtest, backtest


def test_a_steady_organisation_comes_as_foretold(northwind, northwind_baseline):
    """Nothing changed between the baseline quarters of the example: the second came as the first foretold."""
    found = backtest(northwind, northwind_baseline)

    assert "held" == found.verdict
    assert all(one.low <= one.observed <= one.high for one in found.figures.values())
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_quarter_twice_as_slow_is_noticed(northwind, northwind_baseline):
    """Second-quarter programs committed a hundred days earlier take that much longer: not as foretold, and no promise."""
    judged = northwind_baseline.judged
    late = judged["quarter"].eq(northwind_baseline.quarters[-1])
    earlier = judged["committed_at"].mask(late, judged["committed_at"] - pd.Timedelta(days=100))
    found = backtest(northwind, replace(northwind_baseline, judged=judged.assign(committed_at=earlier)))

    assert "failed" == found.verdict
    assert "no promise" in found.sentence


def test_too_little_is_no_backtest(northwind, northwind_baseline):
    """With a handful of programs nothing can be foretold, and so nothing is promised."""
    found = backtest(northwind, replace(northwind_baseline, judged=northwind_baseline.judged.head(30)))

    assert isinstance(found, Backtest)
    assert "not possible" == found.verdict
    assert "no change is promised" in found.sentence
