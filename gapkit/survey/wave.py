"""One wave of the survey as it may be shown, with its answers sealed inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gapkit.stats.suppression import figures_to_hide
from gapkit.survey.consensus import Consensus, consensus
from gapkit.survey.draws import Draws, as_measured, draw
from gapkit.survey.gap import leadership_gap
from gapkit.survey.nonresponse import invited_in
from gapkit.survey.rankings import complete_ranks
from gapkit.survey.responses import CONSTRUCTS
from gapkit.survey.scoring import CONSTRUCT_OF

if TYPE_CHECKING:
    from gapkit.results import Result
    from gapkit.survey.responses import Sealed


@dataclass(frozen=True)
class Wave:
    """What one wave of the survey says.

    Scores run from 0 (best) to 100 (worst). Every frame holds only what may be shown; what is missing was asked of too few,
    or would give away what too few said.

    Attributes
    ----------
    name : str
        Name of the wave.
    is_shown : bool
        Whether anything may be shown.
    results : mapping of str to Result
        ``response_rate``; ``perceived_<construct>`` in points; ``perception_gap_<construct>`` (Cliff's delta, above 0 where
        the others see it worse than leadership); ``agreement_Q1`` to ``agreement_Q4``; ``priority_concordance``;
        ``priority_gap``.
    participation : DataFrame
        From `nonresponse.participation`.
    constructs, levels, groups, items, spread, screening : DataFrame
        From `figures`: scores of everybody, by level, by group, per statement; how answers are spread; scores with those
        left out.
    gap : DataFrame
        From `gap.leadership_gap`.
    reliability : DataFrame
        From `together.reliability`.
    priorities : DataFrame
        From `rankings.priority_ranks`.
    choices, coding : DataFrame
        From `strategy`: codes chosen on the four questions, and whether coders agree.
    verbatims : DataFrame
        From `verbatims.verbatims`.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    name: str
    is_shown: bool
    results: Mapping[str, Result]
    participation: pd.DataFrame = field(repr=False)
    constructs: pd.DataFrame = field(repr=False)
    levels: pd.DataFrame = field(repr=False)
    groups: pd.DataFrame = field(repr=False)
    items: pd.DataFrame = field(repr=False)
    spread: pd.DataFrame = field(repr=False)
    screening: pd.DataFrame = field(repr=False)
    gap: pd.DataFrame = field(repr=False)
    reliability: pd.DataFrame = field(repr=False)
    priorities: pd.DataFrame = field(repr=False)
    choices: pd.DataFrame = field(repr=False)
    coding: pd.DataFrame = field(repr=False)
    verbatims: pd.DataFrame = field(repr=False)
    caveats: tuple[str, ...]
    _sealed: Sealed = field(repr=False)

    def measured(self, *, everybody: bool = False) -> Draws:
        """Return the figures scores are made of, on the respondents as they are: arrays of one row.

        Parameters
        ----------
        everybody : bool
            With the respondents who were left out for their flags.
        """
        return as_measured(self._sealed.open().material(everybody=everybody))

    def draws(self, replicates: int, rng: np.random.Generator, *, everybody: bool = False) -> Draws:
        """Return the figures scores are made of, on resampled respondents: material for intervals, not to be shown.

        Parameters
        ----------
        replicates : int
            Resamples.
        rng : numpy.random.Generator
            Source of randomness.
        everybody : bool
            With the respondents who were left out for their flags.
        """
        return draw(self._sealed.open().material(everybody=everybody), replicates, rng)

    def gap_on(self, *constructs: str) -> pd.DataFrame:
        """Return how much worse the others see some constructs taken together than the leadership.

        Parameters
        ----------
        *constructs : str
            Their statements are averaged, each respondent's.

        Returns
        -------
        DataFrame
            One row in the columns of `gap`, or none where the two sides may not be compared.
        """
        scored = self._sealed.open().scored
        wanted = np.isin(CONSTRUCT_OF, [CONSTRUCTS.index(name) for name in constructs])
        mine = scored.bad[:, wanted]
        given = ~np.isnan(mine)
        enough = given.any(axis=1) & (given.mean(axis=1) >= scored.settings.min_answered_share)
        total = np.where(given, mine, 0.0).sum(axis=1)
        mean = np.divide(total, given.sum(axis=1), out=np.full(len(mine), np.nan), where=enough)
        return leadership_gap(scored.gate, {" and ".join(constructs): mean})

    def consensus(self) -> Consensus | None:
        """Return the order of priorities nearest to everybody's; None where it may not be shown or nobody ranked."""
        answers = self._sealed.open()
        rows, config = answers.scored.rows, answers.config
        ranks = complete_ranks(rows)
        share = config.settings.even_split_share
        return consensus(answers.scored.gate, rows.priorities, ranks, least_share=share, seed=config.seed)

    def crossed_participation(self) -> pd.DataFrame:
        """Return who answered by group and level at once, as few cells hidden as keep all others from giving them away.

        Returns
        -------
        DataFrame
            Columns group, level, n_invited, n; n is missing where hidden. Empty where groups or levels may not be shown.
        """
        scored = self._sealed.open().scored
        everybody = np.ones(len(scored.rows), dtype=bool)
        groups, levels = scored.gate.by_group(everybody), scored.gate.by_level(everybody)
        if not groups or not levels:
            return pd.DataFrame(columns=["group", "level", "n_invited", "n"])
        counts = np.array([[int((group.rows & level.rows).sum()) for level in levels] for group in groups])
        hidden = _cells_to_hide(counts, scored.gate.minimum)
        return pd.DataFrame({
            "group": np.repeat([group.name for group in groups], len(levels)),
            "level": np.tile([level.name for level in levels], len(groups)),
            "n_invited": [invited_in(scored.invited, group, level) for group in groups for level in levels],
            "n": pd.array(np.where(hidden, np.nan, counts).ravel(), dtype="Float64").astype("Int64"),
        })  # fmt: skip

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every frame by its name."""
        named = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, pd.DataFrame)}


def _cells_to_hide(counts: np.ndarray, minimum: int) -> np.ndarray:
    """Return which cells of a table to hide when its sums by row and by column are shown.

    Examples
    --------
    >>> _cells_to_hide(np.array([[12, 7, 3], [9, 8, 6], [10, 5, 11]]), 5).astype(int).tolist()
    [[0, 1, 1], [0, 1, 1], [0, 0, 0]]
    """
    row, column = (place.ravel() for place in np.indices(counts.shape))
    sums = [code == np.arange(size)[:, None] for code, size in zip((row, column), counts.shape, strict=True)]
    figures = np.vstack([np.ones((1, counts.size), dtype=bool), *sums, np.eye(counts.size, dtype=bool)])
    out_already = len(figures) - counts.size
    hidden = figures_to_hide(figures, counts.ravel(), shown=range(out_already), minimum=minimum)
    return hidden[out_already:].reshape(counts.shape)
