from __future__ import annotations

import json

import pytest

import gapkit as gk
from gapkit.errors import InputError


def test_programs_alone_give_a_diagnosis_that_says_what_is_missing(diagnosed):
    """Twelve programs are enough for the execution rate; without stage history flow is not measured."""
    d = diagnosed("bare")

    rate = d.results["execution_rate"]
    assert ("ok", 6, 12) == (rate.status, rate.events, rate.n)
    assert "not_assessable" == d.results["flow_efficiency"].status
    assert "not_assessable" == d.results["otif_rate"].status
    assert "thin" == d.results["slip_median_days"].status


def test_the_same_engagement_gives_the_same_diagnosis(northwind, diagnosed):
    """Same inputs, same seed, same bytes."""
    first, second = (json.dumps(d.to_dict(), allow_nan=False) for d in (diagnosed("northwind"), gk.diagnose(northwind)))

    assert first == second


def test_the_gap_map_adds_up_to_all_programs(northwind, diagnosed):
    """Every program that counts stands in exactly one cell."""
    d = diagnosed("northwind")

    assert len(d.baseline.judged) == d.gap_map["programs"].sum()
    whole = northwind.programs["level"].fillna("program") == "program"
    assert whole.sum() == d.gap_map["programs"].sum() + d.baseline.n_merged


def test_the_json_carries_the_contract(diagnosed):
    """The keys of diagnose.json and the names of results do not move."""
    record = diagnosed("northwind").to_dict()

    assert {"gapkit", "engagement", "phase", "as_of", "seed", "results", "gap_map"} <= set(record)
    assert {
        "execution_rate", "on_time_rate", "otif_rate", "execution_rate_latest_plan", "redating_flattery",
        "velocity_per_week", "time_to_market_median_days", "time_to_market_p85_days", "flow_efficiency", "wip",
        "slip_median_days",
    } <= set(record["results"])  # fmt: skip
    assert {"quarter", "type", "category", "programs", "budget", "points"} <= set(record["gap_map"][0])


def test_every_figure_carries_n_and_interval_or_says_why_not(diagnosed):
    """No number without its n and interval; no silence without a reason."""
    for name, result in diagnosed("northwind").results.items():
        if result.is_ok:
            assert result.n > 0, name
            assert result.low is not None or result.high is not None, name
        else:
            assert result.value is None, name
            assert result.caveats, name


def test_identity_of_little_holds_on_real_spans(diagnosed):
    """Mean work in progress equals arrivals times time inside; otherwise starts and ends contradict each other."""
    balance = diagnosed("northwind").baseline.balance

    assert balance is not None
    assert balance.identity_holds


def test_a_baseline_quarter_that_is_not_over_is_refused(bare):
    """Read in the middle of a baseline quarter, its rate would be judged before its time."""
    eng = gk.load(bare, as_of="2026-05-10")

    with pytest.raises(InputError, match="2026Q2 was not over"):
        gk.diagnose(eng)


def test_the_day_of_delivery_may_stand_in_the_history(bare):
    """A tracker without end dates and with a status history is measured all the same."""
    path = bare / "data" / "programs.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line.rsplit(",", 1)[0] + "," if "delivered" in line else line for line in lines), encoding="utf-8"
    )
    events = ["event_id,program_id,at,field,old,new"]
    events += [f"E{i},P{i},2026-02-{10 + i}T15:00:00-05:00,status,in_progress,delivered" for i in range(6)]
    (bare / "data" / "status_events.csv").write_text("\n".join(events) + "\n", encoding="utf-8")

    rate = gk.diagnose(gk.load(bare)).results["execution_rate"]

    assert (6, 12) == (rate.events, rate.n)
