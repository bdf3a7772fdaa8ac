"""Case mix: telling a change of a rate from a change in the kinds of work it is made of.

Two periods are compared within strata (types of program) and the strata are weighted alike in both, so a shift towards
kinds of work that always do worse no longer looks like a decline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from gapkit.stats.intervals import Interval, check_level
from gapkit.stats.resample import REPLICATES, percentile_interval

MIN_STRATUM = 5
OTHER = "other"


class Stratum(NamedTuple):
    """Counts of one kind of work in two periods.

    Attributes
    ----------
    name : str
        The kind of work; ``"other"`` for strata put together because they were too small.
    x_before, n_before : int
        Units with the property and all units in the first period.
    x_after, n_after : int
        The same in the second period.
    members : tuple of str
        The kinds of work it holds.
    """

    name: str
    x_before: int
    n_before: int
    x_after: int
    n_after: int
    members: tuple[str, ...]


class StandardisedDifference(NamedTuple):
    """The difference of two rates with the case mix held equal.

    Attributes
    ----------
    crude_before, crude_after : float
        Rates as they are (0..1).
    before, after : float
        Rates as they would be with the pooled mix of both periods (0..1).
    difference : Interval
        `after` less `before`, with bootstrap limits.
    mantel_haenszel : float
        The Mantel-Haenszel difference, a check with other weights.
    strata : tuple of Stratum
        What was compared, by name; small strata put together as ``"other"``. A single stratum means that the mix could
        not be separated, and the standardised rates are the crude ones.
    """

    crude_before: float
    crude_after: float
    before: float
    after: float
    difference: Interval
    mantel_haenszel: float
    strata: tuple[Stratum, ...]

    @property
    def signs_differ(self) -> bool:
        """Whether crude and standardised difference point in opposite directions; then the standardised one leads."""
        return (self.crude_after - self.crude_before) * self.difference.value < 0


def standardised_difference(
    names: Sequence[str],
    x_before: Sequence[int],
    n_before: Sequence[int],
    x_after: Sequence[int],
    n_after: Sequence[int],
    *,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int,
) -> StandardisedDifference:
    """Return the difference of two rates, directly standardised to the pooled mix.

    Parameters
    ----------
    names : sequence of str
        Name of each stratum, all different.
    x_before, n_before, x_after, n_after : sequence of int
        Units with the property and all units of each stratum in each period; 0 units are allowed.
    level : float
        Confidence level.
    replicates : int
        Bootstrap replicates.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    StandardisedDifference
        Crude and standardised rates, their difference with limits, and the strata compared.

    Raises
    ------
    ValueError
        If a count lies outside its group, a name occurs twice, or a period has no unit at all.

    Notes
    -----
    Weights are ``(n_before + n_after) / N``. Strata with fewer than 5 units in either period are put together as "other";
    if that is still too small, the smallest remaining stratum joins it. The bootstrap resamples units within stratum and
    period. Mantel-Haenszel weights are ``n_before * n_after / (n_before + n_after)``.

    Examples
    --------
    >>> result = standardised_difference(["email", "content", "event"], [45, 20, 3], [50, 40, 10], [18, 21, 14],
    ...                                  [20, 40, 40], seed=1)
    >>> f"{result.crude_before:.0%} to {result.crude_after:.0%}; {result.before:.1%} to {result.after:.2%}"
    '68% to 53%; 59.0% to 61.25%'
    """
    strata = _collapse(_strata(names, x_before, n_before, x_after, n_after))
    x0, n0, x1, n1 = (np.array(column, dtype=np.float64) for column in zip(*(s[1:5] for s in strata), strict=True))
    pooled = (n0 + n1) / (n0 + n1).sum()
    balance = n0 * n1 / (n0 + n1)
    change = x1 / n1 - x0 / n0
    rng = np.random.default_rng(seed)
    size = (replicates, len(strata))
    draws = rng.binomial(n1.astype(int), x1 / n1, size) / n1 - rng.binomial(n0.astype(int), x0 / n0, size) / n0
    return StandardisedDifference(
        crude_before=float(x0.sum() / n0.sum()),
        crude_after=float(x1.sum() / n1.sum()),
        before=float(pooled @ (x0 / n0)),
        after=float(pooled @ (x1 / n1)),
        difference=percentile_interval(float(pooled @ change), draws @ pooled, level),
        mantel_haenszel=float(balance @ change / balance.sum()),
        strata=strata,
    )


def mantel_haenszel_difference(
    names: Sequence[str],
    x_before: Sequence[int],
    n_before: Sequence[int],
    x_after: Sequence[int],
    n_after: Sequence[int],
    *,
    level: float = 0.95,
) -> Interval | None:
    """Return the Mantel-Haenszel difference of two rates over strata as they are, however small.

    Parameters
    ----------
    names, x_before, n_before, x_after, n_after, level
        As in `standardised_difference`.

    Returns
    -------
    Interval or None
        Second period less first, with limits; None where no stratum has units in both periods, or there is a difference
        without any variance (all units alike in each period): no certainty.

    Raises
    ------
    ValueError
        As `standardised_difference`.

    Notes
    -----
    Putting small strata together, as direct standardisation must, leaves the mix within them uncorrected; Mantel-Haenszel
    weights need no such step. Strata with units in one period only carry no weight. The variance is that of Sato,
    Greenland and Robins, consistent for few large strata and for many small ones.

    References
    ----------
    Sato, T., Greenland, S. & Robins, J. M. (1989). On the variance estimator for the Mantel-Haenszel risk difference.
    Biometrics 45, 1323-1324.

    Examples
    --------
    >>> found = mantel_haenszel_difference(["email", "content", "event"], [45, 20, 3], [50, 40, 10], [18, 21, 14],
    ...                                    [20, 40, 40])
    >>> [round(100 * number, 2) for number in found]
    [2.13, -10.95, 15.21]
    """
    strata = [s for s in _strata(names, x_before, n_before, x_after, n_after) if s.n_before and s.n_after]
    if not strata:
        return None
    x0, n0, x1, n1 = (np.array(column, dtype=np.float64) for column in zip(*(s[1:5] for s in strata), strict=True))
    both = n0 + n1
    weight = float((n0 * n1 / both).sum())
    value = float(((x1 * n0 - x0 * n1) / both).sum()) / weight
    first = float(((n1**2 * x0 - n0**2 * x1 + n0 * n1 * (n0 - n1) / 2) / both**2).sum())
    second = float(((x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * both)).sum())
    error = math.sqrt(max(0.0, value * first + second)) / weight
    if error == 0 and value != 0:
        return None
    margin = float(stats.norm.isf((1 - check_level(level)) / 2)) * error
    return Interval(value, max(-1.0, value - margin), min(1.0, value + margin))


def _strata(
    names: Sequence[str],
    x_before: Sequence[int],
    n_before: Sequence[int],
    x_after: Sequence[int],
    n_after: Sequence[int],
) -> list[Stratum]:
    """Return checked strata."""
    if len(set(names)) < len(names):
        raise ValueError(f"names == {list(names)}, must all be different")
    rows = zip(names, x_before, n_before, x_after, n_after, strict=True)
    strata = [Stratum(name, int(x0), int(n0), int(x1), int(n1), (name,)) for name, x0, n0, x1, n1 in rows]
    if any(not (0 <= s.x_before <= s.n_before and 0 <= s.x_after <= s.n_after) for s in strata):
        raise ValueError(f"strata == {[s[:5] for s in strata]}, must hold counts with 0 <= x <= n")
    if not sum(s.n_before for s in strata) or not sum(s.n_after for s in strata):
        raise ValueError("a period has no unit at all, there is nothing to compare")
    return strata


def _collapse(strata: Iterable[Stratum]) -> tuple[Stratum, ...]:
    """Return strata of at least `MIN_STRATUM` units in either period, by name, as far as the data allow."""
    by_size = sorted(strata, key=lambda s: (s.n_before + s.n_after, s.name))
    small = [s for s in by_size if _is_small(s)]
    if not small:
        return tuple(sorted(by_size))
    kept = [s for s in by_size if not _is_small(s) and s.name != OTHER]
    other = _together(small + [s for s in by_size if not _is_small(s) and s.name == OTHER])
    while kept and _is_small(other):
        other = _together([other, kept.pop(0)])
    return tuple(sorted([*kept, other]))


def _is_small(stratum: Stratum) -> bool:
    """Whether a stratum is too small in either period to be compared by itself."""
    return min(stratum.n_before, stratum.n_after) < MIN_STRATUM


def _together(strata: Sequence[Stratum]) -> Stratum:
    """Return one stratum with the counts of several."""
    return Stratum(
        OTHER,
        sum(s.x_before for s in strata),
        sum(s.n_before for s in strata),
        sum(s.x_after for s in strata),
        sum(s.n_after for s in strata),
        tuple(sorted(name for s in strata for name in s.members)),
    )
