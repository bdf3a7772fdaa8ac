"""Waiting lines in steady state: what Erlang's formula says of Poisson arrivals served by equal servers, first come first.

A simulation of a queue must agree with it before it is believed about queues without a formula.
"""

from __future__ import annotations

from typing import NamedTuple


class ErlangC(NamedTuple):
    """A queue M/M/c in steady state.

    Attributes
    ----------
    utilisation : float
        Share of the servers' time that is used, 0 to 1.
    wait_probability : float
        Share of arrivals that find all servers busy.
    mean_wait : float
        Mean time in the queue, service not counted, in the unit of time of the rates.
    """

    utilisation: float
    wait_probability: float
    mean_wait: float


def erlang_c(arrival_rate: float, service_rate: float, servers: int = 1) -> ErlangC:
    """Return utilisation, probability of waiting and mean wait of a queue M/M/c.

    Parameters
    ----------
    arrival_rate, service_rate : float
        Arrivals, and services one server completes, per unit of time; above 0.
    servers : int
        How many serve one queue, at least 1.

    Returns
    -------
    ErlangC

    Raises
    ------
    ValueError
        If a rate is not above 0, there is no server, or more arrives than can be served, so that there is no steady state.

    Notes
    -----
    With a = λ/μ and ρ = a/c: ``P(wait) = B / (1 - ρ (1 - B))`` and ``W_q = P(wait) / (cμ - λ)``, B being Erlang's loss
    probability by the recursion ``B_k = a B_{k-1} / (k + a B_{k-1})``, ``B_0 = 1``.

    References
    ----------
    Erlang, A. K. (1917). Solution of some problems in the theory of probabilities of significance in automatic telephone
    exchanges. Gross, D. et al. (2008). Fundamentals of Queueing Theory, section 2.3.

    Examples
    --------
    >>> round(erlang_c(0.9, 1.0).mean_wait, 2), round(erlang_c(0.9, 1.25).mean_wait, 2)
    (9.0, 2.06)
    >>> three = erlang_c(2.4, 1.0, 3)
    >>> round(three.wait_probability, 4), round(three.mean_wait, 3)
    (0.6472, 1.079)
    """
    if not (arrival_rate > 0 and service_rate > 0 and servers >= 1):
        raise ValueError(f"rates must be above 0 and servers at least 1: {arrival_rate!r}, {service_rate!r}, {servers!r}")
    offered = arrival_rate / service_rate
    utilisation = offered / servers
    if utilisation >= 1:
        raise ValueError(f"utilisation is {utilisation:g}, must be below 1: the queue would grow without end")
    loss = 1.0
    for k in range(1, servers + 1):
        loss = offered * loss / (k + offered * loss)
    wait_probability = loss / (1 - utilisation * (1 - loss))
    return ErlangC(utilisation, wait_probability, wait_probability / (servers * service_rate - arrival_rate))
