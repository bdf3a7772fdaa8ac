from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.engagement import known_on
from gapkit.errors import InputError
from gapkit.measurement.forecast import forecast

EARLIER = pd.Timestamp(2026, 2, 15)


@pytest.fixture(scope="module")
def made(client):
    """The steady client and its forecast."""
    eng = client()
    return eng, forecast(eng)


def same(one, other):
    """Whether two forecasts say the same, down to the last row."""
    return json.dumps(one.to_dict()) == json.dumps(other.to_dict()) and one.landings.equals(other.landings)


def test_every_open_commitment_is_listed_once(made):
    """The register holds all of them, by due date."""
    eng, found = made
    is_open = eng.programs["status"].isin(["not_started", "in_progress"])

    assert sorted(eng.programs.loc[is_open, "program_id"]) == sorted(found.programs["program_id"])
    assert found.programs["due_on"].is_monotonic_increasing


def test_nothing_that_happened_later_is_used(made):
    """The forecast of an earlier day is that of tables from which every later fact was taken out by hand."""
    eng, _ = made
    known = eng.programs.loc[eng.programs["committed_at"] <= EARLIER].reset_index(drop=True)
    for name in ("actual_start", "actual_end", "cancelled_at"):
        known[name] = known[name].mask(known[name] > EARLIER)
    words = {"actual_start": "in_progress", "actual_end": "delivered", "cancelled_at": "cancelled"}
    status = pd.Series("not_started", index=known.index)
    for name, word in words.items():
        status = status.mask(known[name].notna(), word)
    by_hand = replace(eng, as_of=EARLIER.date(), tables={"programs": known.assign(status=status)})

    assert same(forecast(known_on(eng, EARLIER.date())), forecast(by_hand))


def test_the_same_seed_gives_the_same_forecast(made):
    """Twice the same, whatever the order of rows; the tables are left as they were."""
    eng, found = made
    rows = eng.programs.iloc[::-1].reset_index(drop=True)
    before = rows.copy()

    assert same(found, forecast(replace(eng, tables={**eng.tables, "programs": rows})))
    assert before.equals(rows)


def test_the_sentence_carries_the_interval(made):
    """How many of how many, with the 80 % interval; the test is a sentence of its own."""
    _, found = made
    result = found.on_time

    assert found.sentence.startswith(
        f"Of {result.n} open commitments, {result.value:.0f} will probably be on time (80 % interval {result.low:.0f} to "
    )
    assert found.test_sentence.startswith("The test held: ")
    assert found.is_reliable


def test_probabilities_and_dates_agree(made):
    """More likely than not on time, of those not cancelled: half have landed by the date; and the other way round."""
    _, found = made
    known = found.programs.loc[(found.programs["remark"] != "overdue") & found.programs["p50_on"].notna()]
    p = known["p_on_time"] / (1 - known["p_cancelled"])

    assert (known["p50_on"] <= known["due_on"])[p > 0.6].all()
    assert (known["p50_on"] > known["due_on"])[p < 0.4].all()


def test_landing_of_one_program(made):
    """By its id, with its sentence; another id is refused with what to do."""
    _, found = made
    first = found.programs["program_id"].iloc[0]

    assert first == found.landing(first).program_id
    with pytest.raises(InputError, match="no open program has this id"):
        found.landing("P99999")


def test_unrecorded_deliveries_are_not_measured(made):
    """Every commitment is listed and none is foretold: not measured is neither zero nor too little data."""
    eng, _ = made
    found = forecast(replace(eng, records_delivery=False))

    assert "not_assessable" == found.on_time.status
    assert found.sentence.startswith("Not measured: how many of ")
    assert found.programs["p_on_time"].isna().all()
    assert "not measured. No source tells" in found.landing(found.programs["program_id"].iloc[0]).sentence
    assert "" == found.to_dict()["backtest"]["sentence"]


def test_nothing_open_leaves_nothing_to_forecast(made):
    """A client without open commitments gets a sentence, not an error."""
    eng, _ = made
    done = eng.programs["status"].isin(["delivered", "cancelled"])
    found = forecast(replace(eng, tables={"programs": eng.programs.loc[done].reset_index(drop=True)}))

    assert "No commitment is open, so there is nothing to forecast." == found.sentence
    assert found.programs.empty


def test_one_program_is_enough_to_answer(engage):
    """The smallest client: one open program, no past; too little data, and what is needed."""
    found = forecast(engage(programs=[{"program_id": "P1", "committed_at": "2026-07-01", "baseline_end": "2026-08-30"}]))

    assert found.sentence.startswith("Too little data to say how many of 1 open commitment will be on time.")
    assert "thin" == found.throughput.results["deliveries_4_weeks"].status
    assert "too little data; at least 20 earlier programs" in found.landing("P1").sentence


def test_plain_data_is_strict_json(made):
    """No NaN, dates as text, every program."""
    _, found = made
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))

    assert len(found.programs) == len(data["programs"])
    assert {"commitments_on_time", "deliveries_13_weeks", "queue_days"} <= set(data["results"])


def test_the_example_engagement(northwind):
    """At the end of its diagnosis Northwind has open commitments, a forecast, and a past that tests it."""
    found = forecast(northwind)

    assert found.on_time.is_ok
    assert "too little to test" != found.backtest.verdict
    assert found.throughput.results["deliveries_13_weeks"].is_ok
