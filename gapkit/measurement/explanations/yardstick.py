"""A yardstick that changed: rules, frozen figures, and the same figures computed anew from what was known at the freeze."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gapkit.labels import label_date, label_number
from gapkit.measurement.explanations.explanation import RULED_OUT, UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import GUARD_LEVEL, Counts, commitments, counts_of, guard_standing, is_rate
from gapkit.measurement.explanations.wording import NAMES, figure, one_way
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "yardstick"
NOT_FROZEN = "No yardstick was frozen before the change: the baseline is computed from today's records."


def yardstick(comparison: Comparison, primary: Effect) -> Explanation:
    """Return whether rules or data that changed may explain the change.

    Parameters
    ----------
    comparison : Comparison
        The frozen record, and the tables as known at the freeze.
    primary : Effect
        The measure agreed at day 30.
    """
    caveats = (*comparison.changed, *_replaced(comparison))
    if not comparison.is_frozen:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, comparison.late or NOT_FROZEN, caveats=caveats)
    if not is_rate(primary):
        text = "Rules and definitions are those of the freeze on both sides." if not caveats else caveats[0]
        return Explanation(ID, NAMES[ID], UNKNOWN if caveats else RULED_OUT, None, text, caveats=caveats)
    frozen = Counts(primary.before.events or 0, primary.before.n)
    anew = counts_of(commitments(comparison, primary.measure)[0])
    if anew == frozen:
        told = f"The frozen counts ({_words(frozen)}) come out the same from what was known at the freeze"
        text = f"{told}, under the rules of then. {' '.join(caveats)}".strip()
        return Explanation(ID, NAMES[ID], UNKNOWN if caveats else RULED_OUT, None, text, caveats=caveats)
    differs = f"Frozen {_words(frozen)}; computed anew from today's data as known at the freeze {_words(anew)}"
    if not anew.n:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, f"{differs}. The frozen counts stand.", caveats=caveats)
    change = newcombe_difference(primary.after.events or 0, primary.after.n, anew.x, anew.n)
    result = Result(f"{primary.measure}_difference_anew", *change, n=primary.after.n, unit="pp",
                    period=primary.after.period, method="Newcombe, against the baseline computed anew")  # fmt: skip
    asked = newcombe_difference(primary.after.events or 0, primary.after.n, anew.x, anew.n, GUARD_LEVEL)
    standing = guard_standing(primary.difference, result, asked)
    said = f"{differs}. The frozen counts stand; against the others the change is {figure(result)}."
    text = f"{said}{one_way(primary.difference, result, standing)}"
    return Explanation(ID, NAMES[ID], standing, result, text, guards=True, caveats=caveats)


def _words(counts: Counts) -> str:
    return f"{label_number(counts.x)} of {label_number(counts.n)}"


def _replaced(comparison: Comparison) -> tuple[str, ...]:
    """Return the remark that the yardstick itself was frozen anew."""
    first = comparison.frozen.data.get("replaces")
    if not first:
        return ()
    days = label_date(comparison.frozen.frozen_on), label_date(dt.date.fromisoformat(first))
    return (f"The baseline was frozen anew on {days[0]}, in place of the one of {days[1]}.",)
