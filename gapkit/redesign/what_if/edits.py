"""What each lever changes in a trace: which stays go, which waits shorten, what is asked for at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gapkit.redesign.what_if.completing import APPROVAL
from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.redesign.what_if.levers import Pull
    from gapkit.redesign.what_if.paths import Order, Paths
    from gapkit.redesign.what_if.work_clock import Floats

WEEK: Final = 5.0  # business days between two dates of a weekly forum


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance decides, the same for every lever; uniform numbers of shape (draws, versions, stays).

    Attributes
    ----------
    kept : array
        A lever is kept to at a stay where this lies below its adherence.
    slot : array
        How far off the next weekly date is when a sign-off is asked for, as a share of the week.
    """

    kept: Floats
    slot: Floats


def draw_chance(paths: Paths, draws: int, rng: np.random.Generator) -> Chance:
    """Return the chance for all stays."""
    shape = (draws, *paths.length.shape)
    return Chance(rng.random(shape), rng.random(shape))


def edit(paths: Paths, pulls: Sequence[Pull], chance: Chance) -> tuple[Order, Floats]:
    """Return what stays wait for and how long they last once levers are pulled.

    Parameters
    ----------
    paths : Paths
        The versions as they were.
    pulls : sequence of Pull
        Levers that edit traces; others change nothing here.
    chance : Chance
        Of the same shape.

    Returns
    -------
    order : Order
    length : array of shape (draws, versions, stays)

    Notes
    -----
    A cap applies to the wait of a stay, never to the work in it, and leaves shorter waits alone. What goes takes no time.
    """
    order = paths.at_once if any(pull.lever == "parallel_approvals" for pull in pulls) else paths.one_by_one
    wait = np.minimum(paths.wait, caps(paths, pulls, chance))
    return order, np.where(removed(paths, pulls), 0.0, paths.length - paths.wait + wait)


def removed(paths: Paths, pulls: Sequence[Pull]) -> np.ndarray:
    """Return the stays that are not made any more; shape (versions, stays)."""
    gone = np.zeros(paths.length.shape, dtype=bool)
    for pull in pulls:
        if pull.lever == "drop_approval":
            gone |= paths.belongs == pull.stage
        elif pull.lever == "fewer_rounds" and pull.value is not None:
            gone |= paths.turn > pull.value
    return gone


def caps(paths: Paths, pulls: Sequence[Pull], chance: Chance) -> Floats:
    """Return the days after which each wait is over at the latest; infinite where none was agreed or it is not kept to."""
    found = np.full(chance.kept.shape, np.inf)
    for pull in pulls:
        if pull.lever in ("sla", "weekly_forum"):
            limit = WEEK * chance.slot if pull.value is None else pull.value
            kept = acts_on(paths, pull.stage) & (chance.kept < pull.adherence)
            found = np.where(kept, np.minimum(found, limit), found)
    return found


def acts_on(paths: Paths, stage: str | None) -> np.ndarray:
    """Return the stays a cap acts on: waits at the stage named, or all sign-offs."""
    if stage is None:
        return np.asarray(paths.kind == APPROVAL)
    return np.asarray((paths.stage == stage) & ~np.isin(paths.kind, ACTIVE_KINDS) & paths.is_stay)
