"""Erlang C: Gross et al., Fundamentals of Queueing Theory (2008), section 2.3, and closed forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.queueing import erlang_c


@pytest.mark.parametrize(
    ("arrivals", "services", "servers", "probability", "wait"),
    [(0.9, 1.0, 1, 0.9, 9.0), (0.9, 1.25, 1, 0.72, 2.057), (1.6, 1.0, 2, 0.7111, 1.778), (2.4, 1.0, 3, 0.6472, 1.079)],
)
def test_waits_in_steady_state(arrivals, services, servers, probability, wait):
    """M/M/1 by ρ and ρ/(μ−λ), M/M/2 by 2ρ²/(1+ρ), M/M/3 by Erlang's table."""
    found = erlang_c(arrivals, services, servers)

    assert (probability, wait) == pytest.approx((found.wait_probability, found.mean_wait), abs=5e-4)


@given(st.floats(0.05, 0.95), st.integers(1, 12))
def test_one_more_server_never_waits_longer(utilisation: float, servers: int) -> None:
    """At the same arrivals a further server shortens the wait."""
    few, more = (erlang_c(utilisation * servers, 1.0, count) for count in (servers, servers + 1))

    assert more.mean_wait < few.mean_wait
    assert 0 <= more.wait_probability <= 1


@pytest.mark.parametrize("wrong", [(1.0, 1.0, 1), (0.0, 1.0, 1), (1.0, 2.0, 0)])
def test_a_queue_without_steady_state_is_refused(wrong):
    """More work than servers can do, no arrivals, no server: no steady state to speak of."""
    with pytest.raises(ValueError, match="must be"):
        erlang_c(*wrong)
