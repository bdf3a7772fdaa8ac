"""One order of priorities out of everybody's, and the pairs people are split over, as far as each may be shown.

An order is about all who ranked. How many put one priority before another is about those on either side as well, so it is
shown only where each side is large enough, and only as long as no other split can be worked out from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

import networkx as nx
import numpy as np
import pandas as pd

from gapkit.stats.concordance import kendall_w
from gapkit.stats.ranking import MAX_KEMENY_OPTIONS, borda, kemeny
from gapkit.survey.rankings import is_ranker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapkit.stats.intervals import FloatArray
    from gapkit.survey.anonymity import Gate

SPLIT_COLUMNS: Final = ("one_id", "other_id", "n_one_first", "n_other_first", "n_alike", "smaller_share")
Pair = tuple[int, int]


@dataclass(frozen=True)
class Consensus:
    """The order nearest to everybody's.

    Attributes
    ----------
    n : int
        Respondents who ranked.
    p_value : float or None
        p-value of no agreement at all (Kendall's W, by permutation where there are few ranks); None where everybody ranks
        all alike.
    points : mapping of str to float
        Borda points by priority, most first; equal points in order of id.
    kemeny : tuple of str
        The order that contradicts the fewest preferences, first to last; empty above 15 priorities.
    splits : DataFrame
        Pairs of priorities people are split over: one_id, other_id, n_one_first, n_other_first, n_alike (respondents),
        smaller_share (of those who prefer one, the share on the smaller side); the most even first. Only pairs that may be
        shown.
    """

    n: int
    p_value: float | None
    points: Mapping[str, float]
    kemeny: tuple[str, ...]
    splits: pd.DataFrame = field(repr=False)

    @property
    def borda(self) -> tuple[str, ...]:
        """The order by points."""
        return tuple(self.points)

    @property
    def flips(self) -> tuple[tuple[str, str], ...]:
        """Pairs that the two orders put the other way round, in the order by points; equal points are no order."""
        place = {name: number for number, name in enumerate(self.kemeny)}
        pairs = combinations(self.borda, 2) if place else ()
        return tuple((a, b) for a, b in pairs if self.points[a] > self.points[b] and place[a] > place[b])


def consensus(
    gate: Gate, priorities: Sequence[str], ranks: FloatArray, *, least_share: float, seed: int
) -> Consensus | None:
    """Return the order nearest to everybody's; None where it may not be shown, or nothing can be ordered.

    Parameters
    ----------
    gate : Gate
        Of the wave.
    priorities : sequence of str
        Ids of the priorities ranked, in the order of the columns of `ranks`.
    ranks : numpy.ndarray
        From `rankings.complete_ranks`.
    least_share : float
        Share the smaller side must hold for people to count as split over a pair (0..0.5).
    seed : int
        Seed of the permutations.
    """
    ranked = is_ranker(ranks)
    if not gate.may_show(ranked):
        return None
    mine = ranks[ranked]
    agreed = kendall_w(mine, seed=seed)
    # Mean ranks are halves of whole numbers added up in some order; rounding makes equal ones equal.
    points = np.round(borda(mine), 6)
    order = sorted(range(len(priorities)), key=lambda place: (-points[place], priorities[place]))
    few = len(priorities) <= MAX_KEMENY_OPTIONS
    return Consensus(
        n=len(mine),
        p_value=agreed.p_value,
        points={priorities[place]: float(points[place]) for place in order},
        kemeny=tuple(priorities[place] for place in kemeny(mine).order) if few else (),
        splits=_splits(mine, priorities, gate.minimum, least_share),
    )


def _splits(ranks: FloatArray, priorities: Sequence[str], minimum: int, least_share: float) -> pd.DataFrame:
    before = (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)
    rows = {}
    for one, other in combinations(range(len(priorities)), 2):
        sides = sorted((int(before[one, other]), int(before[other, one])))
        alike = len(ranks) - sum(sides)
        share = sides[0] / sum(sides) if sum(sides) else 0.0
        counts = (int(before[one, other]), int(before[other, one]), alike)
        rows[one, other] = (priorities[one], priorities[other], *counts, share)
    delicate = {pair for pair, row in rows.items() if any(0 < count < minimum for count in row[2:5])}
    even = sorted((pair for pair in rows if rows[pair][5] >= least_share), key=lambda pair: (-rows[pair][5], pair))
    shown = shown_pairs(even, delicate, rows)
    return pd.DataFrame([rows[pair] for pair in shown], columns=list(SPLIT_COLUMNS))


def shown_pairs(wanted: Iterable[Pair], delicate: set[Pair], pairs: Iterable[Pair]) -> list[Pair]:
    """Return which pairs may be shown with their counts beside the mean rank of every option.

    Parameters
    ----------
    wanted : iterable of (int, int)
        Pairs to show, the most wanted first.
    delicate : set of (int, int)
        Pairs in which one to a few respondents stand on a side: never shown.
    pairs : iterable of (int, int)
        All pairs.

    Returns
    -------
    list of (int, int)
        As many of those wanted as keep every delicate pair from being worked out.

    Notes
    -----
    A mean rank is the sum of the splits of an option against all others. In the graph of the pairs not shown, splits are
    flows with known balances at the options; a flow follows from these exactly where its pair is a bridge.

    Examples
    --------
    Of three options, one pair shown gives the other two away; a fourth option leaves a way round.

    >>> shown_pairs([(0, 1)], {(1, 2)}, [(0, 1), (0, 2), (1, 2)])
    []
    >>> shown_pairs([(0, 1)], {(1, 2)}, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
    [(0, 1)]
    """
    hidden = nx.Graph(list(pairs))
    shown = []
    given_away = _bridges(hidden)
    for pair in wanted:
        if pair in delicate:
            continue
        hidden.remove_edge(*pair)
        # What mean ranks alone tell, as between two options, is out already.
        if delicate & (_bridges(hidden) - given_away):
            hidden.add_edge(*pair)
        else:
            shown.append(pair)
    return shown


def _bridges(graph: nx.Graph) -> set[Pair]:
    return {(min(pair), max(pair)) for pair in nx.bridges(graph)}
