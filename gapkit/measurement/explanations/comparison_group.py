"""Something that reached every team: teams under the new model against those not yet under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gapkit.labels import label_count, label_list, label_pp, label_share
from gapkit.measurement.explanations.explanation import UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import Counts, commitments, counts_by, is_rate, lenient_standing
from gapkit.measurement.explanations.wording import NAMES, RATES_ONLY, TOO_LITTLE, figure
from gapkit.results import Result
from gapkit.stats.diff_in_diff import (
    MIN_CLUSTERS,
    ClusterCounts,
    DifferenceInDifferences,
    difference_in_differences,
)

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "comparison_group"
ARM = "A team counts as not yet under the new model while most of its programs due in the window ran without it."
SWITCH_ON = (
    "new_model (yes or no per program), with at least three teams that begin later than the others, would switch this on."
)
PARALLEL = "Both groups are taken to have gone the same way otherwise: an assumption, since teams were not drawn by lot."


def comparison_group(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether something that reached every team may explain the change.

    Parameters
    ----------
    comparison : Comparison
        `programs.new_model` as known today says which teams work under the new model in the measure window.
    primary : Effect
        The measure agreed at day 30.

    Notes
    -----
    Only teams with programs on both sides take part. Never with fewer than three teams, or fewer programs than a rate
    needs, in an arm.
    """
    if not primary.difference.is_ok or not is_rate(primary):
        return Explanation(ID, NAMES[ID], UNKNOWN, None, RATES_ONLY if primary.difference.is_ok else TOO_LITTLE)
    before, after = commitments(comparison, primary.measure)
    under = teams_under_new_model(after, comparison.after.eng.programs)
    if under.empty:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, f"Not measured: {SWITCH_ON}")
    sides = counts_by(before, "team"), counts_by(after, "team")
    arms = {is_new: _arm(under.index[under == is_new], *sides) for is_new in (True, False)}
    lacking = _lacking(arms, comparison.config.settings.min_n_rate)
    if lacking:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, f"{lacking} {ARM} {SWITCH_ON}")
    found = difference_in_differences(arms[True], arms[False], seed=comparison.config.seed)
    result = Result(
        f"{primary.measure}_difference_in_differences", *found.difference, n=sum(team.n_after for team in arms[True]),
        unit="pp", period=primary.after.period, method="difference in differences, bootstrap by team",
    )  # fmt: skip
    standing = lenient_standing(primary.difference, result)
    return Explanation(ID, NAMES[ID], standing, result, _sentence(found, result), caveats=(ARM, PARALLEL))


def teams_under_new_model(after: pd.DataFrame, programs: pd.DataFrame) -> pd.Series:
    """Return by team whether most of its programs due in the window ran under the new model; teams not known are left out.

    Parameters
    ----------
    after : DataFrame
        Commitments due in the window, indexed by program_id, with team.
    programs : DataFrame
        Canonical table, with new_model.
    """
    flag = programs.set_index("program_id")["new_model"].reindex(after.index)
    known = flag.notna() & after["team"].notna()
    shares = flag[known].astype(float).groupby(after.loc[known, "team"]).mean()
    return shares > 0.5


def _arm(teams: pd.Index, before: dict[str, Counts], after: dict[str, Counts]) -> list[ClusterCounts]:
    """Return the counts of the teams that have programs on both sides."""
    return [ClusterCounts(*before[team], *after[team]) for team in teams if team in before and team in after]


def _lacking(arms: dict[bool, list[ClusterCounts]], min_n: int) -> str:
    """Return why the arms cannot be compared; empty where they can."""
    words = {True: "under the new model", False: "not yet under it"}
    counts = [f"{label_count(len(arms[is_new]), 'team')} {words[is_new]}" for is_new in words]
    if min(map(len, arms.values())) < MIN_CLUSTERS:
        return f"{label_list(counts)} have programs on both sides; each group needs three."
    fewest = min(sum(team[place] for team in arm) for arm in arms.values() for place in (1, 3))
    if fewest < min_n:
        return f"{label_list(counts)}, one with only {label_count(fewest, 'program')} in a period; {min_n} are needed."
    return ""


def _sentence(found: DifferenceInDifferences, result: Result) -> str:
    """Return the change of each arm and the difference of the changes."""
    treated, others = (
        f"from {label_share(rates[0])} to {label_share(rates[1])} ({label_pp(rates[1] - rates[0])})"
        for rates in (found.treated, found.comparison)
    )
    return (
        f"{label_count(found.n_treated, 'team')} under the new model went {treated}, "
        f"{label_count(found.n_comparison, 'team')} not yet under it {others}: a difference of {figure(result)}."
    )
