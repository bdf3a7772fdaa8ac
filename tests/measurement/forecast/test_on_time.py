from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.measurement.forecast.months import count_by_month
from gapkit.measurement.forecast.on_time import BY_90_DAYS, BY_QUARTER, count_on_time
from gapkit.measurement.forecast.outlook import judge, look_ahead


@pytest.fixture(scope="module")
def counted(client):
    """Outlook, totals, windows and months of the steady client."""
    eng = client()
    outlook = look_ahead(judge(eng), eng.config, eng.as_of)
    return outlook, *count_on_time(eng, outlook, np.random.default_rng(1))


def test_the_total_speaks_of_every_open_commitment(counted):
    """n is all of them, overdue ones included, and the middle lies near the sum of probabilities."""
    outlook, on_time, _, _ = counted

    assert len(outlook.programs) == on_time.n
    assert outlook.programs["p_on_time"].sum() == pytest.approx(on_time.value, abs=1)
    assert on_time.low < on_time.value < on_time.high < on_time.n


def test_windows_are_part_of_the_whole(counted):
    """Fewer programs, never more of them on time; 90 days hold all that was promised for 60."""
    _, on_time, windows, _ = counted

    assert windows[BY_QUARTER].n <= windows[BY_90_DAYS].n == on_time.n
    assert windows[BY_QUARTER].value <= on_time.value
    assert "due by 30 September 2026" == windows[BY_QUARTER].period


def test_months_add_up(counted):
    """On time, cancelled, late and unknown make every month's programs, and the months make all."""
    outlook, _, _, months = counted
    parts = months[["on_time", "cancelled", "late", "unknown"]].sum(axis=1)

    assert np.allclose(months["n"], parts)
    assert len(outlook.programs) == months["n"].sum()
    assert (months["low"] <= months["high"]).all()


def test_overdue_ones_are_late_for_certain():
    """They come first, without an interval: a fact, not a forecast."""
    overdue = pd.DataFrame({"is_overdue": [True, True], "month_on": pd.Timestamp("2026-06-01"), "p_on_time": 0.0,
                            "p_cancelled": np.nan})  # fmt: skip
    rows = count_by_month(overdue, pd.DataFrame({"month_on": []}), np.zeros((9, 0), dtype=np.int64))

    assert [(2, 0.0, 0, 2.0)] == list(rows[["n", "on_time", "high", "late"]].itertuples(index=False, name=None))
    assert rows["month_on"].isna().all()


def test_too_few_known_give_no_total(client):
    """Where more than a fifth have nobody to be compared with, the total says what is needed, and for how long."""
    eng = client()
    outlook = look_ahead(judge(eng), eng.config, eng.as_of)
    programs = outlook.programs.assign(p_on_time=np.nan)
    on_time, _, _ = count_on_time(eng, outlook._replace(programs=programs), np.random.default_rng(1))

    assert "thin" == on_time.status
    assert "At least 10 earlier commitments that stood like it are needed; at " in on_time.caveats[0]


def test_a_few_unknown_are_said_and_not_counted(client):
    """One without a probability is named in a caveat and left out of n."""
    eng = client()
    outlook = look_ahead(judge(eng), eng.config, eng.as_of)
    programs = outlook.programs.copy()
    programs.iloc[-1, programs.columns.get_loc("p_on_time")] = np.nan
    on_time, _, months = count_on_time(eng, outlook._replace(programs=programs), np.random.default_rng(1))

    assert len(programs) - 1 == on_time.n
    assert ("Too little data for 1 commitment, not in the count.",) == on_time.caveats
    assert 1 == months["unknown"].sum()
