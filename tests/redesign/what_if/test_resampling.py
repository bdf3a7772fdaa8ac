from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.engines import Engines
from gapkit.redesign.what_if.judging import RATES


def test_no_lever_changes_nothing(engines):
    """Pulling a lever nobody keeps to leaves every program where it was, in every replicate."""
    changes = engines.resampler.changes([Pull("sla", 0.0, adherence=0.0)])

    assert all(change.value == 0 and not change.draws.any() for change in changes.values())


def test_without_a_lever_the_record_comes_out(engines):
    """What is judged without a lever is what the baseline counted, program by program."""
    traces, without = engines.traces, engines.resampler.without
    recorded = traces.programs["delivered_by_quarter_end"].iloc[traces.program]
    known = recorded.notna().to_numpy()

    assert (without.met["execution_rate"][0][known] == recorded[known].to_numpy(float)).all()


def test_keeping_to_it_more_often_gains_more(engines):
    """From no adherence to full the change grows."""
    found = [engines.resampler.changes([Pull("sla", 1.0, adherence=a)])["execution_rate"].value for a in (0.0, 0.5, 1.0)]

    assert 0 == found[0] < found[1] < found[2]


@pytest.mark.parametrize(
    "pull",
    [Pull("sla", 1.0), Pull("drop_approval", stage="legal review"), Pull("parallel_approvals"), Pull("fewer_rounds", 0)],
)
def test_shorter_ways_never_lose(engines, pull):
    """No rate falls and no time grows in any replicate."""
    changes = engines.resampler.changes([pull])

    assert all(changes[name].draws.min() >= 0 for name in RATES)
    assert changes["time_to_market_median_days"].draws.max() <= 0


def test_together_is_at_least_each_and_at_most_all_waiting(engines):
    """Several levers gain no less than the best of them alone."""
    pulls = [Pull("sla", 2.0, adherence=1.0), Pull("parallel_approvals"), Pull("fewer_rounds", 1)]
    alone = [engines.resampler.changes([pull])["execution_rate"].value for pull in pulls]

    assert engines.resampler.changes(pulls)["execution_rate"].value >= max(alone)


def test_the_same_seed_gives_the_same(northwind, northwind_baseline, engines):
    """Two engines of one engagement agree in every replicate."""
    again = Engines(northwind, northwind_baseline).resampler
    one, other = (engine.changes([Pull("weekly_forum")])["otif_rate"] for engine in (engines.resampler, again))

    assert one.value == other.value
    assert np.array_equal(one.draws, other.draws)
