"""A trace as a script for the simulation: how long until the next sign-offs are asked for, and what each will take."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from gapkit.redesign.what_if.completing import APPROVAL
from gapkit.redesign.what_if.edits import caps, edit, removed
from gapkit.redesign.what_if.paths import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.redesign.what_if.completing import Stay
    from gapkit.redesign.what_if.edits import Chance
    from gapkit.redesign.what_if.levers import Pull
    from gapkit.redesign.what_if.paths import Paths

NEVER = float("inf")


class Request(NamedTuple):
    """One sign-off as it will be asked for; days are business days.

    Attributes
    ----------
    lead : float
        Days from the sign-off before it in its chain (0 for the first) until it is asked for.
    delay : float
        Days it lies before it reaches whoever gives it, however free they are.
    service : float
        Days of work it takes them.
    cap : float
        Days after which it is taken up at the latest; infinite without an agreed time.
    """

    lead: float
    delay: float
    service: float
    cap: float


class Part(NamedTuple):
    """Days of other work, then chains of sign-offs asked for at the same time; what follows waits for all of them."""

    lead: float
    chains: tuple[tuple[Request, ...], ...]


class Script(NamedTuple):
    """The way of one program: its parts in order, and the days of other work after the last."""

    parts: tuple[Part, ...]
    tail: float


class _Levered(NamedTuple):
    """What levers make of the stays of a version in one draw of chance; lists, read one number at a time, beat arrays.

    Attributes
    ----------
    lead : list of float
        Days each stay adds to the way when sign-offs take none.
    gone : list of bool
        Whether it is not made any more.
    cap : list of float
        Days after which its wait is over at the latest.
    """

    lead: list[float]
    gone: list[bool]
    cap: list[float]


class ScriptWriter:
    """Writes the scripts of versions under given levers.

    Parameters
    ----------
    versions : sequence of sequence of Stay
        The versions that `paths` lays out.
    paths : Paths
        The same as arrays.
    pulls : sequence of Pull
        Levers pulled together.
    chance : Chance
        Decides where a lever is kept to.
    usual_service : float
        Days a sign-off takes where that was not recorded.
    """

    def __init__(
        self, versions: Sequence[Sequence[Stay]], paths: Paths, pulls: Sequence[Pull], chance: Chance, usual_service: float
    ) -> None:
        self._versions, self._ways, self._usual = versions, paths.ways, usual_service
        self._length = edit(paths, pulls, chance)[1]
        self._cap = caps(paths, pulls, chance)
        self._gone = removed(paths, pulls)
        self._speed = next((pull.value for pull in pulls if pull.lever == "capacity" and pull.value), 1.0)
        self._at_once = any(pull.lever == "parallel_approvals" for pull in pulls)
        self._levered: dict[tuple[int, int], _Levered] = {}
        self._made: dict[tuple[int, int, float], Script] = {}

    def write(self, version: int, draw: int, lying: float) -> Script:
        """Return the script of a version in one draw of chance.

        Parameters
        ----------
        version, draw : int
            Which.
        lying : float
            How much of each recorded wait the sign-off lay there, see `_delay`; the rest is left to the queue.
        """
        key = (version, draw, lying)
        if key not in self._made:
            self._made[key] = self._write(version, draw, lying)
        return self._made[key]

    def _write(self, version: int, draw: int, lying: float) -> Script:
        if (version, draw) not in self._levered:
            self._levered[version, draw] = self._lever(version, draw)
        levered = self._levered[version, draw]
        stays = self._versions[version]
        parts: list[Part] = []
        lead = 0.0
        for step in self._ways[version]:
            if isinstance(step, Run):
                chains = [self._chain(stays, levered, chain, lying) for chain in step.chains.values()]
                made, lead = self._parts(lead + levered.lead[step.first], [chain for chain in chains if chain[0]])
                parts += made
            else:
                lead += levered.lead[step]
        return Script(tuple(parts), lead)

    def _lever(self, version: int, draw: int) -> _Levered:
        lead = _other_days(self._versions[version], self._length[draw, version].tolist())
        return _Levered(lead, self._gone[version].tolist(), self._cap[draw, version].tolist())

    def _parts(self, lead: float, chains: list[tuple[list[Request], float]]) -> tuple[list[Part], float]:
        """Return the parts a run makes and the other days left over at its end."""
        if not chains:
            return [], lead
        if self._at_once:
            return [Part(lead, tuple(tuple(requests) for requests, _ in chains))], max(left for _, left in chains)
        made = []
        for requests, left in chains:
            made.append(Part(lead, (tuple(requests),)))
            lead = left
        return made, lead

    def _chain(
        self, stays: Sequence[Stay], levered: _Levered, chain: list[int], lying: float
    ) -> tuple[list[Request], float]:
        """Return the requests of one sign-off and what other days follow the last."""
        requests, lead = [], 0.0
        for place in chain:
            if levered.gone[place]:
                continue
            stay = stays[place]
            if stay.kind != APPROVAL:
                lead += levered.lead[place]
                continue
            service = (stay.handled if isfinite(stay.handled) else self._usual) / self._speed
            requests.append(Request(lead, _delay(stay, lying), service, levered.cap[place]))
            lead = 0.0
        return requests, lead


def _other_days(stays: Sequence[Stay], length: list[float]) -> list[float]:
    """Return the days each stay adds to the way when sign-offs take none: its own, if none, and the gap before it."""
    days, reached = [], stays[0].start
    for stay, days_long in zip(stays, length, strict=False):  # lengths are padded
        gap = max(0.0, stay.start - reached)
        own = 0.0
        if stay.kind != APPROVAL and stay.end > reached and stay.end > stay.start:
            fresh = (stay.end - max(reached, stay.start)) / (stay.end - stay.start)
            own = fresh * days_long
        days.append(gap + own)
        reached = max(reached, stay.end)
    return days


def _delay(stay: Stay, lying: float) -> float:
    """Return the days a sign-off lies there.

    From 0 to 1 `lying` is the share of the days recorded as such; beyond 1, all of these and that share of the rest.
    """
    if not isfinite(stay.lying):
        return stay.wait * lying / 2
    return stay.lying * min(lying, 1.0) + (stay.wait - stay.lying) * max(lying - 1.0, 0.0)
