from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from gapkit.measurement.forecast.fates import read_fates
from gapkit.measurement.forecast.landing import find_landings, landing_of

AS_OF = dt.date(2026, 4, 1)


@pytest.fixture(scope="module")
def truth(steady):
    """Four thousand programs as they turn out."""
    return steady(4000)


@pytest.fixture
def landings(truth, as_known, config):
    """When those open on 1 April 2026 land."""
    judged = as_known(truth, AS_OF)
    return find_landings(judged, read_fates(judged, config, AS_OF), config, AS_OF)


def test_half_and_most_come_true(landings, truth):
    """Of those never cancelled, half land by the first date and 85 % by the second, within chance."""
    came = truth.set_index("program_id")["actual_end"].reindex(landings.index)
    both = landings.loc[came.notna() & landings["p85_on"].notna()]
    landed = came.reindex(both.index)

    assert 0.5 == pytest.approx((landed <= both["p50_on"]).mean(), abs=0.08)
    assert 0.85 == pytest.approx((landed <= both["p85_on"]).mean(), abs=0.06)


def test_half_comes_before_most_and_after_today(landings):
    """Dates are in order and lie ahead."""
    both = landings.dropna(subset=["p50_on", "p85_on"])

    assert (pd.Timestamp(AS_OF) < both["p50_on"]).all()
    assert (both["p50_on"] <= both["p85_on"]).all()


def test_every_open_program_is_listed(landings, truth, as_known):
    """Promised or not, each once."""
    status = as_known(truth, AS_OF)["status"]

    assert sorted(status.index[status.isin(["not_started", "in_progress"])]) == sorted(landings.index)


def test_a_program_without_a_promise_is_compared_by_age(truth, as_known, config):
    """It has no days left; its age takes their place."""
    judged = as_known(truth, AS_OF)
    judged.loc["P03650", ["group", "frozen_end", "status"]] = ["unplanned", pd.NaT, "in_progress"]
    judged.loc["P03650", ["actual_start", "actual_end", "cancelled_at"]] = [pd.Timestamp(AS_OF), pd.NaT, pd.NaT]
    row = find_landings(judged, read_fates(judged, config, AS_OF), config, AS_OF).loc["P03650"]

    assert ("age", True) == (row["compared_by"], bool(np.isnan(row["days_left"])))
    assert row["n_pool"] > 0


def row_of(**changes):
    """One row of the table above."""
    row = {
        "name": "Spring", "state": "started", "compared_by": "days left", "days_left": 12.0,
        "p50_on": pd.Timestamp("2026-05-01"), "p85_on": pd.Timestamp("2026-06-01"),
        "seen_until_on": pd.Timestamp("2026-07-01"), "p_cancelled": 0.97, "n_pool": 45, "has_p85": True, "why_not": "",
    }  # fmt: skip
    return pd.Series({**row, **changes}, name="P1", dtype=object)


def test_the_sentence_gives_dates_and_never_certainty():
    """Both dates, the count they rest on, and the probability of being cancelled in words."""
    landing = landing_of(row_of(), AS_OF)

    assert (
        "Spring: half of 45 earlier programs that stood like it landed by 1 May 2026, 85 % by 1 June 2026, counted from "
        "1 April 2026 and if not cancelled; probability of being cancelled by 1 July 2026: more than 9 in 10."
    ) == landing.sentence
    assert "2026-05-01" == landing.to_dict()["p50_on"]


def test_a_date_not_reached_is_later_than_what_was_seen():
    """Nothing is invented beyond the time watched."""
    assert "landed later than 1 July 2026, counted" in landing_of(row_of(p50_on=pd.NaT, p85_on=pd.NaT), AS_OF).sentence
    assert "85 % later than 1 July 2026" in landing_of(row_of(p85_on=pd.NaT), AS_OF).sentence
    assert "too little data for the time 85 % took" in landing_of(row_of(p85_on=pd.NaT, has_p85=False), AS_OF).sentence


def test_too_little_data_says_what_is_needed():
    """No date, no probability, the reason."""
    blank = row_of(
        p50_on=pd.NaT, p85_on=pd.NaT, seen_until_on=pd.NaT, p_cancelled=np.nan, n_pool=0, why_not="too little data."
    )
    landing = landing_of(blank, AS_OF)

    assert (None, None, "Spring: too little data.") == (landing.p50_on, landing.p_cancelled, landing.sentence)
