"""Outcomes nobody recorded: unknown counts as not met, so better records alone would read as better work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import MAY, RULED_OUT, UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import (
    GUARD_LEVEL,
    Counts,
    commitments,
    counts_of,
    guard_standing,
    is_rate,
    way_of,
)
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, one_way, share_words
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect
    from gapkit.stats.intervals import Interval

ID: Final = "unknown_outcomes"


class Known(NamedTuple):
    """What is known of one side.

    Attributes
    ----------
    met : Counts
        Programs that met their promise, of those whose outcome is recorded.
    unknown : Counts
        Programs whose outcome is not, of all.
    """

    met: Counts
    unknown: Counts


def unknown_outcomes(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether outcomes nobody recorded may explain the change.

    Parameters
    ----------
    comparison : Comparison
        Both sides.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    Up to `max_unknown_share` a side is let pass. Above it the change has to stand among recorded outcomes alone; above
    `large_unknown_share` also with the unknown ones counted against it on both sides (Manski's bounds).
    """
    if not primary.difference.is_ok or not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY if primary.difference.is_ok else TOO_LITTLE)
    before, after = (_known(frame, primary.measure) for frame in commitments(comparison, primary.measure))
    said = f"Not recorded: {share_words(before.unknown)} before, {share_words(after.unknown)} after; they count as not met."
    share = max(before.unknown.rate, after.unknown.rate)
    settings = comparison.config.settings
    if not share > settings.max_unknown_share:
        return Explanation(ID, NAMES[ID], RULED_OUT, None, said, guards=True)
    if not before.met.n or not after.met.n:
        return Explanation(ID, NAMES[ID], MAY, None, f"{said} One side has no recorded outcome at all.", guards=True)
    result = Result(f"{primary.measure}_difference_recorded", *_change(before, after), n=after.met.n, unit="pp",
                    period=primary.after.period, method="Newcombe, recorded outcomes only")  # fmt: skip
    standing = guard_standing(primary.difference, result, _change(before, after, GUARD_LEVEL))
    way = way_of(primary.difference.low, primary.difference.high)
    text = f"{said} Among recorded ones the change is {figure(result)}.{one_way(primary.difference, result, standing)}"
    if share > settings.large_unknown_share and way and not _stands_at_worst(before, after, way):
        standing, text = MAY, f"{text} So many are unknown that the change could be none were they all known."
    return Explanation(ID, NAMES[ID], standing, result, text, guards=True)


def _known(frame: pd.DataFrame, measure: str) -> Known:
    is_unknown = frame[OUTCOME[measure]].isna()
    return Known(counts_of(frame.loc[~is_unknown]), Counts(int(is_unknown.sum()), len(frame)))


def _change(before: Known, after: Known, level: float = 0.95) -> Interval:
    return newcombe_difference(after.met.x, after.met.n, before.met.x, before.met.n, level)


def _stands_at_worst(before: Known, after: Known, way: int) -> bool:
    """Whether the change keeps its side with every unknown outcome counted against it."""
    # A gain is least where what is unknown was met before and missed after; a loss the other way round.
    first = before.met.x + (before.unknown.x if way > 0 else 0)
    second = after.met.x + (after.unknown.x if way < 0 else 0)
    change = newcombe_difference(second, after.unknown.n, first, before.unknown.n)
    return way_of(change.low, change.high) == way
