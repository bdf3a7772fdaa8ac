"""Unfinished programs completed: how the stage they were in might have gone on, and what might have followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from gapkit.stats.kaplan_meier import kaplan_meier
from gapkit.vocabulary import ACTIVE_KINDS

APPROVAL: Final = "approval"
SHORTEST: Final = 0.01  # business days; a stay of no length would be at risk at no time
FEWEST: Final = 5


class Stay(NamedTuple):
    """One stay of a program in a stage; positions and lengths in business days.

    Attributes
    ----------
    stage, kind : str
        As recorded.
    start, end : float
        Positions on the clock.
    wait : float
        Days of it in which nobody worked on the program.
    handled : float
        Days a sign-off took whoever gave it; NaN where not recorded, and for what is no sign-off.
    returned : bool
        Whether the sign-off sent the work back.
    lying : float
        Days of `wait` for which a sign-off lay there although somebody was free to give it (see `contention`); NaN where
        that is not known.
    """

    stage: str
    kind: str
    start: float
    end: float
    wait: float
    handled: float
    returned: bool
    lying: float = float("nan")


class Tail(NamedTuple):
    """A survival curve of lengths: the times of its steps, and the share longer than each."""

    times: np.ndarray
    survival: np.ndarray

    def draw(self, elapsed: float, u: float) -> float:
        """Return a length beyond what has elapsed, at the given quantile of what is left of the curve.

        Examples
        --------
        >>> Tail(np.array([1.0, 2.0, 4.0]), np.array([0.75, 0.5, 0.0])).draw(1.5, 0.9)
        2.0
        """
        passed = int(np.searchsorted(self.times, elapsed, side="right"))
        if passed >= len(self.times):
            return elapsed + SHORTEST
        left = 1.0 if passed == 0 else float(self.survival[passed - 1])
        step = passed + int(np.argmax(self.survival[passed:] <= u * left))
        if self.survival[step] > u * left:  # beyond the last step: the longest ever seen
            step = len(self.times) - 1
        return max(float(self.times[step]), elapsed + SHORTEST)


Known = tuple[tuple[Stay, ...], str, bool, bool]


class Completer:
    """Completes unfinished programs from what is known of all.

    Parameters
    ----------
    known : sequence of (stays, type, is_done, is_cut)
        Every traced program; `is_cut`: its last stay had not ended when watching did.
    """

    def __init__(self, known: Sequence[Known]) -> None:
        self._done = [(stays, kind) for stays, kind, is_done, _ in known if is_done]
        self._by_place: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for number, (stays, _) in enumerate(self._done):
            for place, stay in enumerate(stays):
                for key in ((stay.stage, stay.kind), ("", stay.kind)):
                    self._by_place.setdefault(key, []).append((number, place))
        self._tails = _tails(known)

    def complete(self, stays: tuple[Stay, ...], kind: str, *, is_cut: bool, rng: np.random.Generator) -> tuple[Stay, ...]:
        """Return the stays of a program as they might have become, to the end.

        Parameters
        ----------
        stays : tuple of Stay
            As far as they are known.
        kind : str
            Type of the program.
        is_cut : bool
            Whether the last stay goes on.
        rng : numpy.random.Generator
            Source of randomness.
        """
        last = stays[-1]
        donor = self._donor(last, kind, rng)
        if is_cut:
            last = self._lengthened(last, donor, rng.random())
        if donor is None:
            return (*stays[:-1], last)
        number, place = donor
        path = self._done[number][0]
        shift = last.end - path[place].end
        rest = [stay for stay in path[place + 1 :] if stay.start >= path[place].end - SHORTEST]
        moved = [stay._replace(start=stay.start + shift, end=stay.end + shift) for stay in rest]
        return (*stays[:-1], last, *moved)

    def _donor(self, last: Stay, kind: str, rng: np.random.Generator) -> tuple[int, int] | None:
        """Return a delivered program that passed the same stage, of the same type if there is one, and where it did."""
        pool = self._by_place.get((last.stage, last.kind)) or self._by_place.get(("", last.kind), [])
        alike = [one for one in pool if self._done[one[0]][1] == kind] or pool
        return alike[int(rng.integers(len(alike)))] if alike else None

    def _lengthened(self, last: Stay, donor: tuple[int, int] | None, u: float) -> Stay:
        tail = self._tails.get((last.stage, last.kind)) or self._tails.get(("", last.kind))
        length = tail.draw(last.end - last.start, u) if tail else last.end - last.start
        like = self._done[donor[0]][0][donor[1]] if donor else last
        handled = min(like.handled, length)
        wait = 0.0 if last.kind in ACTIVE_KINDS else length - (handled if np.isfinite(handled) else 0.0)
        lying = min(like.lying, wait)
        return last._replace(end=last.start + length, wait=wait, handled=handled, returned=like.returned, lying=lying)


def _tails(known: Sequence[Known]) -> dict[tuple[str, str], Tail]:
    """Return the survival curve of each stage and kind with enough ended stays, and of each kind."""
    lengths: dict[tuple[str, str], list[tuple[float, bool]]] = {}
    for stays, _, _, is_cut in known:
        for place, stay in enumerate(stays):
            ended = not (is_cut and place == len(stays) - 1)
            for key in ((stay.stage, stay.kind), ("", stay.kind)):
                lengths.setdefault(key, []).append((max(stay.end - stay.start, SHORTEST), ended))
    tails = {}
    for key, values in lengths.items():
        time, event = zip(*values, strict=True)
        if sum(event) >= FEWEST:
            curve = kaplan_meier(time, event, start_at_risk=1)
            tails[key] = Tail(curve.times, curve.survival)
    return tails
