"""Targets in words: the promise, what it takes to see it, and what may not be promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.baseline.frozen import worthwhile_change
from gapkit.labels import (
    label_count,
    label_date,
    label_interval,
    label_list,
    label_number,
    label_pp,
    label_share,
    label_value,
    sentence_case,
)
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.redesign.targets.targets import Target, Targets
    from gapkit.redesign.what_if import Prediction, WhatIf
    from gapkit.results import Result

NO_TARGETS: Final = "No target is set: all were declined."
NOT_FROZEN: Final = "Baselines of this run; they count once they are frozen (baseline.json)."
NO_WINDOW: Final = (
    "No measure window is agreed (measure_start and measure_end in engagement.yml), so one quarter is assumed."
)
NO_PROMISE: Final = "No lever may be promised, so the target is the smallest change agreed to be worth having."


def sentence(targets: Targets) -> str:
    """Return the first promise, and how many more there are."""
    if not targets.targets:
        return targets.why_none or NO_TARGETS
    first, more = targets.targets[0].sentence, len(targets.targets) - 1
    return (
        f"{first} {sentence_case(label_count(more, 'further target'))} {'is' if more == 1 else 'are'} listed."
        if more
        else first
    )


def target_sentence(target: Target) -> str:
    """Return one promise, and whether it can be seen."""
    unit, name = target.baseline.unit, sentence_case(name_of(target.measure))
    before = label_value(target.baseline.value, unit, target.baseline.n)
    after = label_value(target.value, unit, target.baseline.n)
    return f"{name} from {before} to {after} by {label_date(target.by)} ({_origin(target)}). {_seen(target)}"


def change_words(target: Target) -> str:
    """Return the change promised with its sign."""
    if target.baseline.unit == "share":
        return label_pp(target.change)
    if target.baseline.unit == "per_week":
        return f"{'+' if target.change > 0 else ''}{label_share(target.change)}"
    return label_value(target.change, "days")


def _origin(target: Target) -> str:
    """Return the change with where it comes from."""
    if target.basis == "worthwhile":
        return f"{change_words(target)}, the smallest change agreed to be worth having"
    if target.basis == "decided":
        return f"{change_words(target)}, as decided"
    limits = label_interval(target.low, target.high, "pp" if target.baseline.unit == "share" else "days")
    level = label_share(target.level or 0.0)
    return f"{change_words(target)}, {level} interval {limits}, as predicted for: {label_list(target.levers)}"


def _seen(target: Target) -> str:
    """Return whether the measure window can show the change."""
    seen = target.visible
    if (target.change > 0) == (target.baseline.unit == "days"):
        return "That is no improvement, so there is nothing to be seen."
    if target.baseline.unit == "share" and (target.baseline.value or 0.0) + target.change > 1:
        return "A rate cannot pass 100 %, so that much will not be seen."
    expected = f"About {label_number(seen.n_expected)} {seen.counts} are expected in the measure window"
    if seen.n_needed is None:
        before = label_number(seen.n_before)
        return f"{expected}; against a baseline of {before} no number would show it in four of five cases."
    needed = f"{label_number(seen.n_needed)} are needed to show it in four of five cases"
    if seen.is_enough:
        return f"{expected}; {needed}."
    least = f", the smallest change they would show is {label_pp(seen.smallest_change)}" if seen.smallest_change else ""
    return f"{expected}, too few to tell it from chance: {needed}{least}."


def why_none(measure: str, baseline: Result | None) -> str:
    """Return why there is no target for the measure the engagement is judged by."""
    reason = next(iter(baseline.caveats), "") if baseline is not None else ""
    said = "too little data" if baseline is not None and baseline.status == "thin" else "not measured"
    return f"No target is set: the baseline of {name_of(measure)} is {said}. {reason}".strip()


def caveats(
    targets: Targets, eng: Engagement, *, has_frozen: bool, what_if: WhatIf | None, held: Sequence[Prediction]
) -> tuple[str, ...]:
    """Return what a reader of the targets must know.

    Parameters
    ----------
    targets : Targets
        Complete but for this.
    eng : Engagement
        Supplies the measure it is judged by.
    has_frozen : bool
        Whether a baseline was frozen.
    what_if : WhatIf or None
        Supplies the backtest.
    held : sequence of Prediction
        The predictions that count.
    """
    said = [] if has_frozen or not targets.targets else [NOT_FROZEN]
    if targets.window is None and targets.targets:
        said.append(NO_WINDOW)
    own = next((one for one in targets.targets if one.measure == eng.config.primary), None)
    worthwhile = worthwhile_change(eng.config.min_change, eng.config.primary)
    if own is not None and own.basis == "worthwhile":
        said.append(NO_PROMISE if not held else f"No lever promises a gain in {name_of(own.measure)}.")
        if what_if is not None and what_if.backtest.verdict != "held":
            said.append(what_if.backtest.sentence)
    if own is not None and own.basis == "what_if" and own.change < worthwhile:
        said.append(f"That is less than the {label_pp(worthwhile)} agreed to be the smallest change worth having.")
    if any(one.basis == "what_if" and len(one.levers) < len(held) for one in targets.targets):
        said.append(
            "Effects of several levers do not add up; where they were not predicted together, the strongest counts."
        )
    if any(one.baseline.unit == "days" for one in targets.targets):
        said.append(
            "How many deliveries or decisions a time needs supposes that the chance of ending a day does not change."
        )
    other = [name_of(one.measure) for one in targets.targets if not one.is_frozen]
    if has_frozen and other:
        said.append(f"Not among the frozen baselines, so read from the data of this run: {label_list(other)}.")
    if targets.declined:
        said.append(f"Declined: a target for {label_list([name_of(name) for name in targets.declined])}.")
    return tuple(said)
