"""A share of units of which several belong to one program: commitments with their parts, waits at several places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_count
from gapkit.measurement.effects.draft import no_difference
from gapkit.results import Result, not_assessable
from gapkit.stats.clustered_difference import clustered_difference
from gapkit.stats.rates import clustered_wilson

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.config import Settings


def share_of(
    name: str, outcome: pd.Series, program: pd.Series, settings: Settings, *, noun: str, period: str, missing: str
) -> Result:
    """Return a share with an interval that allows for programs.

    Parameters
    ----------
    name, period : str
        As in `Result`.
    outcome : Series of nullable boolean
        One per unit; what is unknown counts as not met.
    program : Series of str
        The program of each unit.
    settings : Settings
        Supplies the minimum n.
    noun : str
        What is counted.
    missing : str
        What to say when there is no unit.
    """
    n, unknown = len(outcome), int(outcome.isna().sum())
    met = outcome.fillna(False).to_numpy(bool)
    if not n:
        return not_assessable(name, missing, period=period)
    if n < settings.min_n_rate:
        words = f"Only {label_count(n, noun)}: fewer than the {settings.min_n_rate} a percentage needs."
        shown = int(met.sum()) if n >= settings.min_n_counts else None  # of a handful not even "x of n" is said
        return Result(name, n=n, events=shown, period=period, status="thin", grade="C", caveats=(words,))
    share = clustered_wilson(met, program)
    caveat = f"{label_count(unknown, 'unknown outcome')} of {n} counted as not met." if unknown else ""
    return Result(
        name, share.value, share.low, share.high, n=n, events=int(met.sum()), period=period, grade="B",
        method=f"Wilson interval, {noun}s of one program alike",
    ).with_caveats(caveat)  # fmt: skip


def compare_shares(
    before: Result, after: Result, first: tuple[pd.Series, pd.Series], second: tuple[pd.Series, pd.Series], *, noun: str
) -> tuple[Result, float | None]:
    """Return the difference of two shares and its p-value, units of one program alike.

    Parameters
    ----------
    before, after : Result
        From `share_of`.
    first, second : tuple of Series
        Outcome and program of each unit, before and after.
    noun : str
        What is counted.
    """
    if not (before.is_ok and after.is_ok):
        return no_difference(before, after, "pp"), None
    if min(first[1].nunique(), second[1].nunique()) < 2:
        return no_difference(before, after, "pp", f"All {noun}s of one side belong to one program."), None
    flags = [outcome.fillna(False).to_numpy(bool) for outcome, _ in (first, second)]
    gap = clustered_difference(flags[1], second[1], flags[0], first[1])
    method = f"Newcombe interval, {noun}s of one program alike (design effect {gap.deff:.2f})"
    difference = Result(f"{after.name}_difference", gap.value, gap.low, gap.high, n=after.n, unit="pp",
                        period=after.period, method=method)  # fmt: skip
    return difference, gap.p_value
