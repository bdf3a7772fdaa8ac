"""Longer time to finish: whether one side is judged with more days to finish than the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_count, label_number, label_share
from gapkit.measurement.effects.delivery import OUTCOME
from gapkit.measurement.explanations.explanation import RULED_OUT, UNKNOWN, Explanation
from gapkit.measurement.explanations.ways import commitments
from gapkit.measurement.explanations.wording import NAMES, TOO_LITTLE, figure, measure_words
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects.effect import Effect

ID = "follow_up"
PACE = "Deliveries count per working week, on the day they were made; one made after its window counts on neither side."


def follow_up(comparison: Comparison, primary: Effect) -> Explanation:
    """Return that both sides are judged at the same horizon, and what "delivered by now" would have shown.

    Parameters
    ----------
    comparison : Comparison
        Both sides; they are read on different days after their windows.
    primary : Effect
        The measure agreed at day 30.
    """
    if primary.measure == "velocity_per_week":
        return Explanation(ID, NAMES[ID], RULED_OUT, None, PACE)
    if primary.measure not in OUTCOME:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE)
    before, after = commitments(comparison, primary.measure)
    if before.empty or after.empty:
        return Explanation(ID, NAMES[ID], UNKNOWN, None, TOO_LITTLE)
    result = _by_now(before, after, primary)
    days = [(side.eng.as_of - side.end).days for side in (comparison.before, comparison.after)]
    rule = _rule(primary.measure, comparison.config.grace_days)
    shares = [label_share(float(side["is_delivered"].fillna(False).mean()), len(side)) for side in (before, after)]
    sentence = (
        f"Both sides are judged {rule}, whenever they are read (before {label_count(days[0], 'day')}, after "
        f"{label_number(days[1])} past the window), and unfinished work stays in. Delivered by now would have shown "
        f"{shares[0]} before and {shares[1]} after ({figure(result)})."
    )
    return Explanation(ID, NAMES[ID], RULED_OUT, result, sentence)


def _rule(measure: str, grace_days: int) -> str:
    if measure == "execution_rate":
        return "at the end of the quarter of the frozen date"
    grace = f" plus {label_count(grace_days, 'day')}" if grace_days else ""
    return f"on {measure_words(measure)} at the frozen planned end{grace}"


def _by_now(before: pd.DataFrame, after: pd.DataFrame, primary: Effect) -> Result:
    """Return the change an unequal horizon would have shown."""
    counts = [(int(side["is_delivered"].fillna(False).sum()), len(side)) for side in (after, before)]
    change = newcombe_difference(*counts[0], *counts[1])
    return Result("delivered_by_now_difference", *change, n=len(after), unit="pp", period=primary.after.period,
                  method="Newcombe interval for the difference of two rates")  # fmt: skip
