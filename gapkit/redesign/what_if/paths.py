"""Traces as arrays: what each stay waits for, so that the end can be computed anew when stays change.

A stay begins some lag after the last of those that had ended by then; parallel branches therefore meet at the slowest of
them. Sign-offs that follow one another with nothing but their own returns in between form a run; asked for at once, each
sign-off of the run starts where the run starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gapkit.redesign.what_if.completing import APPROVAL, SHORTEST, Stay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.redesign.what_if.work_clock import Floats


@dataclass(frozen=True, slots=True)
class Order:
    """What each stay waits for; shapes (versions, stays, stays) and (versions, stays).

    Attributes
    ----------
    after : array of bool
        ``after[m, v, u]``: stay v of version m cannot begin before stay u has ended.
    lag : array
        Days between the last of these ends and the begin.
    begin : array
        Position at which a stay begins that waits for none.
    """

    after: np.ndarray
    lag: Floats
    begin: Floats


@dataclass(frozen=True, slots=True)
class Paths:
    """All versions side by side, padded to the longest; days in business days.

    Attributes
    ----------
    start, length, wait, handled, lying : array of shape (versions, stays)
        As in `Stay`; 0 where padded (`handled` and `lying` NaN).
    is_stay : array of bool
        False where padded.
    stage, kind : array of str
        Empty where padded.
    turn : array of int
        How often the same sign-off had been asked for before in its run; −1 where the stay belongs to no sign-off. What is
        done after a return carries the turn of the sign-off that sent it back, plus one.
    belongs : array of str
        The sign-off a stay belongs to: the stage of a sign-off, and of what is done after it sent work back.
    end : array of shape (versions,)
        Position at which the program is through.
    one_by_one, at_once : Order
        As it was; and with the sign-offs of each run asked for at the same time.
    ways : tuple of tuple of (int or Run)
        The stays of each version in order, by place, each run of sign-offs as one.
    """

    start: Floats
    length: Floats
    wait: Floats
    handled: Floats
    lying: Floats
    is_stay: np.ndarray
    stage: np.ndarray
    kind: np.ndarray
    turn: np.ndarray
    belongs: np.ndarray
    end: Floats
    one_by_one: Order
    at_once: Order
    ways: tuple[tuple[int | Run, ...], ...]


class Run:
    """A run of sign-offs in one trace: the places of its stays, by sign-off, in order."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.chains: dict[str, list[int]] = {}


def runs_of(stays: Sequence[Stay]) -> list[Run]:
    """Return the runs of sign-offs of a trace.

    Parameters
    ----------
    stays : sequence of Stay
        In order of time.

    Notes
    -----
    After a sign-off that sent the work back, everything up to the next stay in the same sign-off is the loop of that
    sign-off, provided no other sign-off comes first.
    """
    found: list[Run] = []
    run: Run | None = None
    place = 0
    while place < len(stays):
        stay = stays[place]
        if stay.kind != APPROVAL:
            run, place = None, place + 1
            continue
        if run is None:
            run = Run(place)
            found.append(run)
        chain = run.chains.setdefault(stay.stage, [])
        chain.append(place)
        again = _next_sign_off(stays, place) if stay.returned else None
        if again is not None and stays[again].stage == stay.stage:
            chain.extend(range(place + 1, again))
            place = again
        else:
            place += 1
    return found


def _next_sign_off(stays: Sequence[Stay], place: int) -> int | None:
    return next((k for k in range(place + 1, len(stays)) if stays[k].kind == APPROVAL), None)


def lay_out(versions: Sequence[Sequence[Stay]]) -> Paths:
    """Return versions as arrays.

    Parameters
    ----------
    versions : sequence of sequence of Stay
        At least one version; each in order of time, none empty.
    """
    shape = (len(versions), max(len(stays) for stays in versions))
    numbers = {name: np.zeros(shape) for name in ("start", "end", "wait")}
    unknown = {name: np.full(shape, np.nan) for name in ("handled", "lying")}
    is_stay = np.zeros(shape, dtype=bool)
    words = {name: np.full(shape, "", dtype=object) for name in ("stage", "kind", "belongs")}
    turn = np.full(shape, -1)
    usual, joined = np.zeros((*shape, shape[1]), dtype=bool), np.zeros((*shape, shape[1]), dtype=bool)
    begin, ways = np.zeros(shape), []
    for m, stays in enumerate(versions):
        n = len(stays)
        is_stay[m, :n] = True
        for name, array in (numbers | unknown).items():
            array[m, :n] = [getattr(stay, name) for stay in stays]
        for name in ("stage", "kind"):
            words[name][m, :n] = [getattr(stay, name) for stay in stays]
        begins, ends = numbers["start"][m, :n], numbers["end"][m, :n]
        usual[m, :n, :n] = (ends[None, :] <= begins[:, None] + SHORTEST) & (np.arange(n)[None, :] < np.arange(n)[:, None])
        joined[m], begin[m, :n] = usual[m], begins
        runs = runs_of(stays)
        ways.append(_way(n, runs))
        for run in runs:
            _mark(run, stays, turn[m], words["belongs"][m])
            _ask_at_once(run, usual[m], joined[m], begin[m])
    length = np.maximum(numbers["end"] - numbers["start"], 0.0)
    start = numbers["start"]
    end = np.where(is_stay, numbers["end"], -np.inf).max(axis=1)
    lag = _lags(start, numbers["end"], usual)
    return Paths(
        start, length, numbers["wait"], unknown["handled"], unknown["lying"], is_stay, words["stage"], words["kind"], turn,
        words["belongs"], end,
        Order(usual, lag, start), Order(joined, lag, begin),  # how long a stay lags behind what it waits for stays the same
        tuple(ways),
    )  # fmt: skip


def _way(n: int, runs: Sequence[Run]) -> tuple[int | Run, ...]:
    """Return the places of n stays in order, each run in place of its first."""
    of_run = {place: run for run in runs for chain in run.chains.values() for place in chain}
    steps = ((place, of_run.get(place)) for place in range(n))
    return tuple(run or place for place, run in steps if run is None or run.first == place)


def _mark(run: Run, stays: Sequence[Stay], turn: np.ndarray, belongs: np.ndarray) -> None:
    """Note sign-off and turn of every stay of a run."""
    for stage, chain in run.chains.items():
        belongs[chain] = stage
        asked = 0
        for place in chain:
            turn[place] = asked
            if stays[place].kind == APPROVAL:
                asked += 1


def _ask_at_once(run: Run, usual: np.ndarray, joined: np.ndarray, begin: np.ndarray) -> None:
    """Let every sign-off of a run wait for what the run waited for and for its own stays only."""
    before = usual[run.first].copy()
    for chain in run.chains.values():
        begin[chain[0]] = begin[run.first]
        for number, place in enumerate(chain):
            joined[place] = before
            joined[place, chain[:number]] = True


def _lags(start: Floats, end: Floats, after: np.ndarray) -> Floats:
    """Return the days between the last end a stay waited for and its begin; 0 for a stay that waited for none."""
    last = np.where(after, end[:, None, :], -np.inf).max(axis=2)
    return np.where(np.isfinite(last), start - last, 0.0)


def finish(paths: Paths, order: Order, length: Floats) -> Floats:
    """Return the position at which each version is through with stays of other lengths.

    Parameters
    ----------
    paths : Paths
        The versions.
    order : Order
        What each stay waits for.
    length : array of shape (draws, versions, stays)
        Lengths in business days.

    Returns
    -------
    array of shape (draws, versions)
    """
    ends = np.full(length.shape, -np.inf)
    for v in range(length.shape[2]):
        waits_for = order.after[None, :, v, :v]
        last = np.where(waits_for, ends[:, :, :v], -np.inf).max(axis=2, initial=-np.inf)
        begin = np.where(np.isfinite(last), last + order.lag[None, :, v], order.begin[None, :, v])
        ends[:, :, v] = np.where(paths.is_stay[None, :, v], begin + length[:, :, v], -np.inf)
    return np.asarray(ends.max(axis=2))
