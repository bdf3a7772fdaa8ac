from __future__ import annotations

import numpy as np
import pytest

from gapkit.redesign.what_if.queueing import simulate
from gapkit.redesign.what_if.scripts import NEVER, Part, Request, Script
from gapkit.stats.queueing import erlang_c

WARM_UP = 2_000


def single(service: float, *, lead: float = 0.0, delay: float = 0.0, cap: float = NEVER, tail: float = 0.0) -> Script:
    return Script((Part(lead, ((Request(0.0, delay, service, cap),),)),), tail)


@pytest.mark.parametrize(
    ("arrivals", "services", "people", "wait"),
    [(0.9, 1.0, 1, 9.0), (0.9, 1.25, 1, 2.06), (1.6, 1.0, 2, 1.778), (2.4, 1.0, 3, 1.079)],
)
def test_the_simulation_agrees_with_erlang(arrivals, services, people, wait):
    """M/M/c: the mean over 12 replications, warm-up left out, lies within four standard errors of Erlang C."""
    means = []
    for number in range(12):
        rng = np.random.default_rng([7, number])
        starts = np.cumsum(rng.exponential(1 / arrivals, 5_000))
        run = simulate(starts, [single(s) for s in rng.exponential(1 / services, 5_000).tolist()], people)
        means.append(run.waited[WARM_UP:].mean())
    error = np.std(means, ddof=1) / np.sqrt(len(means))

    assert wait == pytest.approx(erlang_c(arrivals, services, people).mean_wait, rel=2e-3)
    assert wait == pytest.approx(np.mean(means), abs=4 * error)


def test_first_come_first_served_by_when_it_reaches_them():
    """What lies there longer is overtaken by what was asked for later."""
    run = simulate(np.array([0.0, 1.0]), [single(2.0, delay=3.0), single(3.0)], 1)

    assert [6.0, 4.0] == run.end.tolist()
    assert [4.0, 0.0] == run.waited.tolist()


def test_sign_offs_asked_for_at_once_wait_for_the_slowest():
    """Two people, two sign-offs of one and three days: through after three, plus the day that follows."""
    both = Script((Part(0.0, ((Request(0, 0, 1.0, NEVER),), (Request(0, 0, 3.0, NEVER),))),), 1.0)

    assert [4.0] == simulate(np.array([0.0]), [both], 2).end.tolist()


def test_a_cap_adds_no_hands():
    """Taken up early for the agreed time, a request still takes its turn from the one behind it."""
    scripts = [single(5.0), single(5.0, cap=1.0), single(1.0)]

    assert [5.0, 6.0, 11.0] == simulate(np.zeros(3), scripts, 1).end.tolist()


def test_what_is_cancelled_takes_nobodys_time():
    """A program cancelled before its turn comes leaves it to the next."""
    run = simulate(np.zeros(3), [single(5.0), single(5.0), single(1.0)], 1, cancels=np.array([NEVER, 2.0, NEVER]))

    assert [5.0, NEVER, 6.0] == run.end.tolist()


def test_a_limit_makes_programs_wait_to_begin():
    """One at a time: the second begins when the first is through, the third when the second is cancelled."""
    scripts = [single(1.0, tail=3.0)] * 3
    cancels = np.array([NEVER, 6.0, NEVER])

    assert [4.0, NEVER, 10.0] == simulate(np.zeros(3), scripts, 9, cancels=cancels, wip_limit=1).end.tolist()


def test_a_limit_nobody_reaches_changes_nothing():
    """Many programs, a limit above their number."""
    rng = np.random.default_rng(5)
    starts = np.sort(rng.uniform(0, 50, 80))
    scripts = [single(s, lead=lead) for s, lead in rng.exponential(0.5, (80, 2)).tolist()]
    free, limited = (simulate(starts, scripts, 1, wip_limit=limit).end.tolist() for limit in (NEVER, 80))

    assert free == pytest.approx(limited)
