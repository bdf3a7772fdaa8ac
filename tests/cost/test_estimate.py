from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gapkit.baseline import estimate_baseline
from gapkit.cost import estimate_cost
from gapkit.cost.draws import BUCKETS


@pytest.fixture(scope="module")
def tied(northwind):
    return northwind.programs.set_index("program_id")["goal_id"].notna()


@pytest.fixture(scope="module")
def whole(northwind, northwind_baseline, tied):
    return estimate_cost(northwind, northwind_baseline, tied)


def without(eng, *tables):
    return replace(eng, tables={name: frame for name, frame in eng.tables.items() if name not in tables})


def test_the_tax_is_the_buckets_over_the_total(whole):
    """Every bucket is measured; medians of sums lie near sums of medians, and limits hold the value between them."""
    parts = sum(bucket.result.value for bucket in whole.buckets)

    assert ["K1", "K2", "K3", "K4", "K5"] == [bucket.id for bucket in whole.buckets]
    assert list(BUCKETS) == [bucket.result.name for bucket in whole.buckets]
    assert parts == pytest.approx(whole.amount.value, rel=0.05)
    assert whole.amount.value / whole.total.value == pytest.approx(whole.tax.value, rel=0.05)
    assert all(result.low < result.value < result.high for result in whole.results.values())


def test_hours_and_money_are_those_of_the_tables(northwind, northwind_baseline, whole):
    """The total is what costs and people say, computed here from the tables alone: spend in the window, and 38 hours a week
    of everybody at the PERT mean of their rates, (low + 4 mode + high) / 6."""
    start = northwind_baseline.start
    spend = northwind.costs.loc[northwind.costs["incurred_at"].ge(start.isoformat()), "amount"].sum()
    staff = northwind.people.merge(northwind.rates, on="role")
    a_week = 38 * (staff["fte"] * (staff["low"] + 4 * staff["mode"] + staff["high"]) / 6).sum()
    weeks = np.busday_count(start, northwind.as_of, holidays=list(northwind.config.holidays)) / 5

    assert whole.total.value == pytest.approx(spend + weeks * a_week, rel=0.02)


def test_an_hour_is_paid_once(northwind, northwind_baseline, whole, tied):
    """Salaries booked beside priced hours change nothing; where hours have no price they are the labour there is."""
    rows = northwind.costs.head(1).assign(category="labour", amount=2e6, incurred_at=pd.Timestamp("2026-02-02"))
    costs = pd.concat([northwind.costs, rows.astype(northwind.costs.dtypes)], ignore_index=True)
    booked = replace(northwind, tables={**northwind.tables, "costs": costs})
    unpriced = estimate_cost(without(booked, "rates"), northwind_baseline, tied)

    assert whole.total == estimate_cost(booked, northwind_baseline, tied).total
    assert "ok" == unpriced.total.status
    assert unpriced.total.value > 2e6


def test_delay_is_never_part_of_the_tax(northwind, northwind_baseline, whole, tied):
    """A hundred times the margin a week makes delay a hundred times as dear, and moves no bucket."""
    dear = northwind.programs.assign(value_per_week=northwind.programs["value_per_week"] * 100)
    other = estimate_cost(replace(northwind, tables={**northwind.tables, "programs": dear}), northwind_baseline, tied)

    assert 100 * whole.delay.value == pytest.approx(other.delay.value)
    assert (whole.tax, whole.buckets) == (other.tax, other.buckets)


def test_row_order_changes_nothing(northwind, northwind_baseline, whole, tied):
    """Tables turned upside down give the same cost."""
    turned = replace(northwind, tables={
        name: frame.iloc[::-1] if name in ("costs", "stage_visits", "people", "rates", "workarounds") else frame
        for name, frame in northwind.tables.items()
    })  # fmt: skip

    other = estimate_cost(turned, northwind_baseline, tied)

    for name, result in whole.results.items():
        assert result.value == pytest.approx(other.results[name].value, rel=1e-9)
    assert whole.assumptions == other.assumptions


def test_the_order_of_programs_changes_nothing(northwind, whole, tied):
    """Programs turned upside down, and their baseline judged anew, give the same cost."""
    programs = northwind.programs.iloc[::-1].reset_index(drop=True)
    turned = replace(northwind, tables={**northwind.tables, "programs": programs})
    other = estimate_cost(turned, estimate_baseline(turned), tied)

    for name, result in whole.results.items():
        assert result.value == pytest.approx(other.results[name].value, rel=1e-9)


def test_drivers_are_sorted_and_shares(whole):
    """The strongest first; a squared correlation lies between 0 and 1."""
    shares = [driver.share for driver in whole.drivers]

    assert sorted(shares, reverse=True) == shares
    assert 0 <= min(shares) <= max(shares) <= 1
    assert "which programs a window happens to hold" == whole.drivers[0].name


def test_the_sentence_says_the_tax_and_its_largest_part(whole):
    """Cents of the currency with their range, and the bucket that holds most."""
    largest = max(whole.buckets, key=lambda bucket: bucket.result.value)

    assert whole.sentence.startswith(f"{100 * whole.tax.value:.1f} cents of each USD of spend and labour (90 % range ")
    assert whole.sentence.endswith(f"the largest part is {largest.result.name.replace('_', ' ')}.")


@pytest.mark.parametrize(
    ("tables", "measured", "switch"),
    [
        (("rates",), {"sunk_spend"}, "table rates"),
        (("costs",), set(BUCKETS), ""),  # budget_spent tells what was spent
        (("people",), set(BUCKETS), ""),  # the hours logged are the hours worked
        (("stage_visits",), {"sunk_spend", "workarounds"}, "stage_visits"),
        (("workarounds",), set(BUCKETS) - {"workarounds"}, "table workarounds"),
        (("rates", "costs", "workarounds"), {"sunk_spend"}, "table rates"),
    ],
)
def test_what_is_absent_is_named_and_the_rest_stands(northwind, northwind_baseline, tied, tables, measured, switch):
    """Each absent table switches off its buckets and no other, and each of these says what would switch it on."""
    found = estimate_cost(without(northwind, *tables), northwind_baseline, tied)
    off = [bucket.result for bucket in found.buckets if not bucket.result.is_ok]

    assert measured == {bucket.result.name for bucket in found.buckets if bucket.result.is_ok}
    assert {"not_assessable"} >= {result.status for result in off}
    assert all("would switch this on" in result.caveats[0] for result in off)
    assert switch in " ".join(result.caveats[0] for result in off)


def test_without_rates_hours_are_known_all_the_same(northwind, northwind_baseline, tied):
    """Hours need no price: each bucket keeps them, and the tax says that rates are missing."""
    found = estimate_cost(without(northwind, "rates"), northwind_baseline, tied)

    assert all(bucket.hours is not None for bucket in found.buckets)
    assert "not_assessable" == found.tax.status
    assert "table rates" in found.tax.caveats[0]
    assert "Spend only: hours worked, or their rates, are not recorded." in found.buckets[0].result.caveats
    assert found.sentence.startswith("The invisible tax is not measured. Known is sunk spend: USD ")


def test_without_ties_work_outside_priorities_is_not_measured(northwind, northwind_baseline):
    """Not knowing what programs serve is not the same as all of them serving something."""
    found = estimate_cost(northwind, northwind_baseline)

    assert "not_assessable" == found.buckets[1].result.status
    assert found.tax.caveats[0] == "At least: work outside priorities is not measured and not included."


def test_programs_alone_measure_nothing_and_say_why(northwind):
    """Neither spend nor hours: every figure is not measured, none is zero."""
    programs = northwind.programs.drop(columns=["budget_spent", "value_per_week"])
    bare = replace(northwind, tables={"programs": programs.assign(budget_spent=float("nan"), value_per_week=float("nan"))})
    found = estimate_cost(bare, estimate_baseline(bare))

    assert {"not_assessable"} == {result.status for result in found.results.values()}
    assert () == found.drivers
    assert () == found.assumptions


def test_mostly_estimated_spend_is_an_order_of_magnitude(northwind, northwind_baseline, tied):
    """Spend known for every third program only: figures that rest on it are called rough, graded C, and say so."""
    kept = northwind.programs.index % 3 == 0
    programs = northwind.programs.assign(budget_spent=northwind.programs["budget_spent"].where(kept))
    made = replace(without(northwind, "costs"), tables={**without(northwind, "costs").tables, "programs": programs})
    found = estimate_cost(made, northwind_baseline, tied)

    assert found.is_order_of_magnitude
    assert 0.5 < found.imputed_share < 0.8
    assert ("C", "B") == (found.tax.grade, found.buckets[3].result.grade)
    assert found.sentence.startswith("Very roughly, ")
    assert any("Order of magnitude" in caveat for caveat in found.tax.caveats)


def test_the_ledger_says_value_source_and_owner(whole):
    """Every assumption can be disputed with somebody: it has a value, a source and an owner by role."""
    assert all(one.name and one.value and one.source and one.owner for one in whole.assumptions)
    assert {"client, finance", "client, marketing", "client, people team", "consultant"} == {
        one.owner for one in whole.assumptions
    }
    assert len(whole.assumptions) == len({one.name for one in whole.assumptions})


def test_few_programs_give_no_range(engage, promised):
    """Four programs cannot be resampled: the count is said, no figure is shown."""
    eng = engage(programs=[promised(f"P{k}", budget_spent=100.0, status="cancelled", cancelled_at="2026-02-01")
                            for k in range(4)])  # fmt: skip
    found = estimate_cost(eng, estimate_baseline(eng))

    assert ("thin", 4) == (found.buckets[0].result.status, found.buckets[0].result.n)
    assert found.buckets[0].result.caveats == ("Only 4 programs ran in the window; 10 are needed.",)
