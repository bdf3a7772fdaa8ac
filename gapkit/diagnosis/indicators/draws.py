"""Many values at once under one bootstrap: what rests on the same programs or respondents is drawn together.

Each pool (programs, respondents, reviews …) has weights of its own, shared by all samples of the pool. Two indicators read
off the same programs therefore rise and fall together, as they would in another quarter, and a comparison of their scores
knows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gapkit.stats.resample import bootstrap_weights, deal

if TYPE_CHECKING:
    from gapkit.diagnosis.indicators.measured import Sample
    from gapkit.stats.intervals import FloatArray


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random numbers of one named part; no part depends on which others there are."""
    return np.random.default_rng([seed, crc32(name.encode())])


def draw_values(samples: Sequence[Sample], replicates: int, seed: int, everyone: Mapping[str, NDArray[Any]]) -> FloatArray:
    """Return the value of every sample in every bootstrap replicate.

    Parameters
    ----------
    samples : sequence of Sample
        Their values exist on the data themselves.
    replicates : int
        How often units are drawn again.
    seed : int
        Seed of the engagement.
    everyone : mapping of str to array of str
        For a pool whose units are known beyond these samples, all of them: then a sample's draws do not depend on which
        others there are. Units of other pools are those of the samples.

    Returns
    -------
    array of shape (replicates, samples)
        Where a value does not exist in a replicate (none of its units was drawn), the one on the data themselves.
    """
    values = np.empty((replicates, len(samples)))
    for pool in sorted({sample.pool for sample in samples}):
        places = [place for place, sample in enumerate(samples) if sample.pool == pool]
        members = [samples[place] for place in places]
        units = pd.Index(np.concatenate([everyone.get(pool, []), *(sample.keys for sample in members)]), dtype=object)
        drawn = _draw_pool(members, units.unique().sort_values(), replicates, stream(seed, pool))
        for place, draws in zip(places, drawn, strict=True):
            values[:, place] = np.where(np.isfinite(draws), draws, samples[place].value)
    return values


def _draw_pool(samples: Sequence[Sample], units: pd.Index, replicates: int, rng: np.random.Generator) -> list[FloatArray]:
    """Return the values of samples that share their units."""
    hand = deal(len(units), rng)
    n_hands = int(hand.max()) + 1
    sums = np.hstack([_by_hand(sample, hand[units.get_indexer(pd.Index(sample.keys))], n_hands) for sample in samples])
    blocks = bootstrap_weights(n_hands, replicates, rng)
    totals = np.concatenate([weights.astype(np.float64) @ sums for weights in blocks])
    ends = np.cumsum([sample.table.shape[1] for sample in samples])
    parts = np.split(totals, ends[:-1], axis=1)
    return [sample.read(part) for sample, part in zip(samples, parts, strict=True)]


def _by_hand(sample: Sample, hand: np.ndarray, n_hands: int) -> FloatArray:
    """Return a sample's amounts summed over the units of each hand."""
    return np.column_stack([np.bincount(hand, weights=column, minlength=n_hands) for column in sample.table.T])
