"""Another mix of work: the change of a rate had the same types of program been due on both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gapkit.labels import label_count, label_list, label_number, label_pp, label_share
from gapkit.measurement.explanations.explanation import MAY, RULED_OUT, UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import (
    GUARD_LEVEL,
    Counts,
    commitments,
    counts_by,
    counts_of,
    guard_standing,
    is_rate,
    way_of,
)
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure, one_way
from gapkit.results import Result
from gapkit.stats.case_mix import (
    MIN_STRATUM,
    StandardisedDifference,
    mantel_haenszel_difference,
    standardised_difference,
)
from gapkit.stats.differences import newcombe_difference
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from gapkit.config import Settings
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect
    from gapkit.measurement.explanations.explanation import Standing

ID = "case_mix"
ANEW = "From today's data, since the frozen counts cannot be split by type:"
NO_TYPES = "The type of too many programs is not recorded to tell their mix; programs.type would switch this on."
METHOD = "standardised by type to the mix of both periods and by Mantel–Haenszel, the outer limits"


class SameMix(NamedTuple):
    """The change of a rate with the mix of types held equal.

    Attributes
    ----------
    standardised : StandardisedDifference
        Directly standardised, small types put together.
    mantel_haenszel : Interval or None
        Over all types as they are; None where none has programs on both sides.
    types : int
        Types seen on either side.
    shared : tuple of Counts
        Before and after: the programs of types seen on both sides (x of them), and all (n).
    """

    standardised: StandardisedDifference
    mantel_haenszel: Interval | None
    types: int
    shared: tuple[Counts, Counts]

    @property
    def is_comparable(self) -> bool:
        """Whether enough programs on either side are of types that the other side has too: else there is no mix to hold."""
        return min(side.x for side in self.shared) >= MIN_STRATUM

    @property
    def outer(self) -> Interval:
        """The standardised difference between the outer limits of both."""
        found, other = self.standardised.difference, self.mantel_haenszel or self.standardised.difference
        return Interval(found.value, min(found.low, other.low), max(found.high, other.high))


def case_mix(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether another mix of types may explain the change.

    Parameters
    ----------
    comparison : Comparison
        Both sides.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    Types of fewer than five programs on a side cannot be standardised one by one, and putting them together leaves the mix
    within them as it is; Mantel-Haenszel keeps them apart. The finding has to hold under both, so the limits are the outer
    ones.
    """
    if primary.before.unit != "share" or not primary.difference.is_ok:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE if primary.before.unit == "share" else RATES_ONLY)
    if not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY)
    before, after = commitments(comparison, primary.measure)
    if before.empty or after.empty:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE)
    if is_untyped((before, after), comparison.config.settings):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, NO_TYPES)
    mix = counts_by(before, "type"), counts_by(after, "type")
    found = same_mix(*mix, comparison.config.seed)
    if found.types == 1:
        return Explanation(ID, NAMES[ID], RULED_OUT, None, "All programs of both periods are of one type.", guards=True)
    if not found.is_comparable:
        return Explanation(ID, NAMES[ID], MAY, None, _apart(found), guards=True)
    low, high = found.outer.low, found.outer.high
    result = Result(f"{primary.measure}_difference_same_mix", found.outer.value, low, high, n=len(after), unit="pp",
                    period=primary.after.period, method=METHOD)  # fmt: skip
    asked = same_mix(*mix, comparison.config.seed, level=GUARD_LEVEL).outer
    if (counts_of(before).x, len(before)) != (primary.before.events, primary.before.n):
        standing = standing_anew(before, after, result, asked)
        text = f"{ANEW} {_sentence(found, result)}"
        return Explanation(ID, NAMES[ID], standing, result, text, guards=True, caveats=_together(found))
    standing = guard_standing(primary.difference, result, asked)
    sentence = _sentence(found, result) + one_way(primary.difference, result, standing)
    return Explanation(ID, NAMES[ID], standing, result, sentence, guards=True, caveats=_together(found))


def is_untyped(sides: Sequence[pd.DataFrame], settings: Settings) -> bool:
    """Whether the type of too many programs is not recorded, on either side, to speak of a mix."""
    return any(side["type"].isna().mean() > settings.large_unknown_share for side in sides)


def standing_anew(before: pd.DataFrame, after: pd.DataFrame, result: Result, asked: Interval) -> Standing:
    """Return the standing where the frozen counts no longer come out of the data, which alone can be split by type.

    The mix is then held in the change computed anew: it may explain that one, or leave it; where there is no change anew,
    it is the data that explains it, and the mix cannot be told.
    """
    crude = newcombe_difference(*counts_of(after), *counts_of(before))
    if way_of(crude.low, crude.high) == 0:
        return UNKNOWN
    return guard_standing(replace(result, value=crude.value, low=crude.low, high=crude.high), result, asked)


def same_mix(before: Mapping[str, Counts], after: Mapping[str, Counts], seed: int, *, level: float = 0.95) -> SameMix:
    """Return the change of a rate between two periods with the mix of types held equal.

    Parameters
    ----------
    before, after : mapping of str to Counts
        Programs of each type; a type may be missing on one side.
    seed : int
        Seed of the bootstrap.
    level : float
        Confidence level.

    Examples
    --------
    >>> before = {"email": Counts(45, 50), "content": Counts(20, 40), "event": Counts(3, 10)}
    >>> after = {"email": Counts(18, 20), "content": Counts(21, 40), "event": Counts(14, 40)}
    >>> found = same_mix(before, after, seed=1)
    >>> round(100 * found.outer.value, 2), round(100 * found.mantel_haenszel.value, 2)
    (2.25, 2.13)
    """
    names = sorted({*before, *after})
    none = Counts(0, 0)
    sides = [[side.get(name, none) for name in names] for side in (before, after)]
    columns = [[counts[place] for counts in side] for side in sides for place in (0, 1)]
    standardised = standardised_difference(names, *columns, level=level, seed=seed)
    both = [name for name in names if all(side.get(name, none).n for side in (before, after))]
    first, second = (
        Counts(sum(side[name].n for name in both), sum(counts.n for counts in side.values())) for side in (before, after)
    )
    return SameMix(standardised, mantel_haenszel_difference(names, *columns, level=level), len(names), (first, second))


def _apart(found: SameMix) -> str:
    """Return that the two sides hardly have a type in common."""
    sides = [f"{label_number(side.x)} of {label_count(side.n, 'program')}" for side in found.shared]
    return (
        f"{sides[0]} before and {sides[1]} after are of types seen on both sides: too few to hold the mix equal. Other "
        "work was done, so the change cannot be told from the change of work."
    )


def _together(found: SameMix) -> tuple[str, ...]:
    """Return which types stand together for want of programs."""
    groups = [[name_of(kind) or "no type" for kind in s.members] for s in found.standardised.strata if len(s.members) > 1]
    return tuple(f"Types with fewer than five programs on a side stand together: {label_list(kinds)}." for kinds in groups)


def _sentence(found: SameMix, result: Result) -> str:
    """Return crude, standardised and Mantel-Haenszel difference; the standardised one first where the signs differ."""
    s = found.standardised
    before, after = (sum(getattr(stratum, side) for stratum in s.strata) for side in ("n_before", "n_after"))
    rates = f"{label_share(s.before, before)} before and {label_share(s.after, after)} after"
    held = f"with the mix of types held equal {rates} ({figure(result)})"
    crude = label_pp(s.crude_after - s.crude_before)
    check = f"; Mantel–Haenszel {label_pp(found.mantel_haenszel.value)}" if found.mantel_haenszel else ""
    if s.signs_differ:
        return f"The mix turns the sign: {held}{check}; as it is {crude}."
    return f"As it is {crude}; {held}{check}."
