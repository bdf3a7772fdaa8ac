from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if import Pull
from gapkit.redesign.what_if.engines import WAIT_TOLERANCE
from gapkit.redesign.what_if.simulation import REPLICATIONS, Simulation


@pytest.fixture(scope="session")
def simulation(engines) -> Simulation:
    """The simulation of the example engagement, fitted."""
    assert "" == engines.why_not_simulated
    return engines.simulation


def test_the_fit_reproduces_the_wait(simulation):
    """The simulated mean wait for a sign-off is the recorded one."""
    assert simulation.recorded_wait == pytest.approx(simulation._mean_wait(simulation._lying), rel=WAIT_TOLERANCE)


def test_no_lever_changes_nothing(simulation):
    """The same draws without an effective lever give the same figures in every replication."""
    changes = simulation.changes([Pull("sla", 50.0, adherence=1.0)])

    assert all(len(draws) == REPLICATIONS and not np.nan_to_num(draws).any() for draws in changes.values())


def test_capacity_shortens_the_queue(simulation):
    """More capacity delivers more and sooner, a tenth of it hardly anything in time."""
    more, less = (simulation.changes([Pull("capacity", factor)]) for factor in (2.0, 0.1))

    assert more["execution_rate"].mean() > 0 > less["execution_rate"].mean()
    assert more["time_to_market_median_days"].mean() < 0


def test_a_wide_limit_changes_nothing(simulation):
    """A limit far above what is in progress makes nobody wait."""
    assert not simulation.changes([Pull("wip_limit", 10_000)])["execution_rate"].any()


def test_busyness_is_a_share(simulation):
    """Utilisation and the share of queueing lie between 0 and 1, and programs in progress are some but not all."""
    assert 0 < simulation.utilisation <= 1
    assert 0 <= simulation.queue_share <= 1
    assert 5 < simulation.needed_in_progress < 60
