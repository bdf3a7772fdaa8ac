from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.engines import NO_HOURS, Engines


def changed(northwind, visits: pd.DataFrame):
    return replace(northwind, tables={**northwind.tables, "stage_visits": visits})


def test_no_stage_data_says_what_is_missing(northwind, northwind_baseline):
    """Without stage history one plain sentence."""
    engines = Engines(changed(northwind, northwind.stage_visits.head(0)), northwind_baseline)

    assert engines.why_not.startswith("No stage history.")


def test_traces_of_a_few_are_not_enough(northwind, northwind_baseline):
    """Stage history of five programs speaks for none."""
    few = northwind.stage_visits["program_id"].isin(northwind_baseline.judged.index[60:65])

    assert (
        "committed programs have stage history"
        in Engines(changed(northwind, northwind.stage_visits.loc[few]), northwind_baseline).why_not
    )


def test_without_hours_queues_are_not_simulated(northwind, northwind_baseline):
    """What is not recorded is said, and load is unknown rather than nothing."""
    engines = Engines(changed(northwind, northwind.stage_visits.assign(work_hours=float("nan"))), northwind_baseline)

    assert NO_HOURS == engines.why_not_simulated
    assert engines.load is None
    assert not engines.is_busy


def test_a_baseline_that_does_not_come_out_refuses(northwind, northwind_baseline):
    """A measured median elsewhere than the simulated one: no prediction, and both numbers in the sentence."""
    name = "time_to_market_median_days"
    other = replace(northwind_baseline.results[name], value=300.0, low=290.0, high=310.0)
    engines = Engines(northwind, replace(northwind_baseline, results={**northwind_baseline.results, name: other}))

    assert "does not reproduce the baseline" in engines.why_not_simulated
    assert "290 to 310" in engines.why_not_simulated


def test_load_is_told(engines):
    """The example has one busy approver, as planted."""
    assert 1 == engines.load.people
    assert engines.load.is_busy


@pytest.mark.parametrize("limit", [1.0, 5.0])
def test_a_limit_below_what_is_in_progress_is_refused(engines, limit):
    """The line before it would never end."""
    assert "more and more" in engines.why_no_effect(Pull("wip_limit", limit))
