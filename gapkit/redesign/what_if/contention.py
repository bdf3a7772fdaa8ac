"""Why a sign-off waited: whoever gives it was busy with others (contention), or it lay there (extraneous waiting).

Who gave a sign-off is not recorded, only when, and how many hours it took. The people are therefore found as the smallest
number that could have done the handling seen at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gapkit.redesign.what_if.work_clock import Floats

# Hours are logged to a tenth and moments to the minute: two handlings so close together, in business days, may touch.
TOUCHING: Final = 0.025
# Share of handled time in which more may seem to work at once than there are: errors of the log.
GLITCHES: Final = 0.01
BUSY: Final = 0.70
FEWEST: Final = 30


@dataclass(frozen=True)
class Handling:
    """Sign-offs as they were handled, and by how many people.

    Attributes
    ----------
    known : array of bool
        Which of the sign-offs asked about are here: those given, with a time of handling on record.
    asked, taken, done : array
        Positions at which each was asked for, taken up, and given.
    people : int
        How many handle them.
    contention : array
        Days for which all were busy before it was taken: at most so much of the wait is a queue.
    extraneous : array
        Days of the wait before that: as far as the log shows somebody was free, it lay there.
    """

    known: np.ndarray
    asked: Floats
    taken: Floats
    done: Floats
    people: int
    contention: Floats
    extraneous: Floats

    @property
    def wait(self) -> Floats:
        """Days from asking to taking up."""
        return self.taken - self.asked


def read_handling(asked: Floats, done: Floats, handled: Floats) -> Handling | None:
    """Split the wait of every recorded sign-off.

    Parameters
    ----------
    asked, done : array
        Positions at which each sign-off was asked for and given.
    handled : array
        Business days it took whoever gave it; NaN where not recorded.

    Returns
    -------
    Handling or None
        None where the time of too few sign-offs is recorded.

    Notes
    -----
    People serve one queue, first come first served. A sign-off taken up while somebody was free had not been there before
    (extraneous); one taken up when the last of a busy spell ended may have been there since the spell began (contention).

    References
    ----------
    Chapela-Campa & Dumas (2022), Modeling extraneous activity delays in business process simulation, ICPM 2022:72-79.

    Examples
    --------
    The second waits for the first, the third for nobody:

    >>> day = np.repeat(20.0 * np.arange(10), 3)
    >>> asked, done = day + np.tile([0.0, 0.5, 8.0], 10), day + np.tile([2.0, 4.0, 10.0], 10)
    >>> read_handling(asked, done, np.tile([2.0, 2.0, 1.0], 10)).contention[:3]
    array([0. , 1.5, 0. ])
    """
    known = np.isfinite(handled) & np.isfinite(done)
    if known.sum() < FEWEST or known.sum() < len(known) / 2:
        return None
    asked, done, handled = asked[known], done[known], handled[known]
    taken = done - handled
    people = count_people(taken, done)
    spell = _busy_since(taken, done, people)
    ready = np.where(np.isfinite(spell), np.minimum(np.maximum(asked, spell), taken), taken)
    return Handling(known, asked, taken, done, people, taken - ready, ready - asked)


def count_people(taken: Floats, done: Floats) -> int:
    """Return how many must have worked at once, but for a small share of the time.

    Examples
    --------
    >>> count_people(np.array([0.0, 0.5, 3.0]), np.array([1.0, 2.0, 4.0]))
    2
    """
    lasts = done - taken > 2 * TOUCHING
    moments, level = _at_once(taken[lasts] + TOUCHING / 2, done[lasts] - TOUCHING / 2)
    lengths = np.diff(moments)
    busy = np.bincount(level[:-1], weights=lengths)
    beyond = np.cumsum((busy * np.arange(len(busy)))[::-1])[::-1]  # handled time at a level or above it
    total = beyond[0] if len(beyond) else 0.0
    return int(np.flatnonzero(beyond > GLITCHES * total).max(initial=1))


def _at_once(begin: Floats, end: Floats) -> tuple[Floats, np.ndarray]:
    """Return moments in order and how many are at work from each on."""
    moments = np.concatenate([begin, end])
    step = np.concatenate([np.ones(len(begin)), -np.ones(len(end))])
    order = np.lexsort((step, moments))
    return moments[order], np.cumsum(step[order]).astype(np.int64)


def _busy_since(taken: Floats, done: Floats, people: int) -> Floats:
    """Return since when all had been busy up to the moment each sign-off was taken; NaN where somebody was free."""
    found = np.full(len(taken), np.nan)
    # Each handling seems a little longer than it is, so that one after the other leaves no gap.
    moments, level = _at_once(taken - TOUCHING, done + TOUCHING)
    full = level >= people
    before = np.concatenate([[False], full[:-1]])
    starts, ends = moments[full & ~before] + TOUCHING, moments[~full & before]
    if not len(starts):
        return found
    place = np.searchsorted(starts, taken - TOUCHING, side="left") - 1
    inside = (place >= 0) & (taken <= ends[np.maximum(place, 0)] + 1e-9)
    found[inside] = starts[place[inside]]
    return found
