"""From figures to verdicts: Holm over the measures that are not primary, the verdict word of each, and its sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gapkit.labels import label_date
from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.verdict import Judgement, judge_effect
from gapkit.measurement.wording import effect_sentence, good_limit_words
from gapkit.stats.multiple import holm

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Look
    from gapkit.measurement.effects.draft import Draft


def conclude(drafts: Sequence[Draft], primary: str, look: Look, until: dt.date | None = None) -> tuple[Effect, ...]:
    """Return the effects with their verdicts, the primary measure first and the details last.

    Parameters
    ----------
    drafts : sequence of Draft
        Every measure compared; those with a place after a colon are details of another.
    primary : str
        Name of the primary measure.
    look : {"verdict", "monitoring"}
        While monitoring, no effect gets a verdict.
    until : date, optional
        Last day of the agreed window, said while monitoring.

    Returns
    -------
    tuple of Effect

    Notes
    -----
    The p-values of all measures that are neither primary nor details are adjusted together. A detail gets none: looking at
    ten places and naming the best is how chance is mistaken for success.
    """
    family = [draft for draft in drafts if draft.p_value is not None and draft.measure != primary and not _is_detail(draft)]
    adjusted = holm([draft.p_value for draft in family if draft.p_value is not None])
    by_name = {draft.measure: float(p) for draft, p in zip(family, adjusted, strict=True)}
    ordered = sorted(drafts, key=lambda draft: (draft.measure != primary, _is_detail(draft)))
    return tuple(_effect(draft, by_name.get(draft.measure), draft.measure == primary, look, until) for draft in ordered)


def _is_detail(draft: Draft) -> bool:
    return ":" in draft.measure


def _effect(draft: Draft, adjusted_p: float | None, is_primary: bool, look: Look, until: dt.date | None) -> Effect:
    judgement = _judge(draft, adjusted_p, is_primary, look, until)
    sentence = effect_sentence(draft.measure, draft.before, draft.after, draft.difference, judgement)
    is_open = judgement.verdict in {"too little data", "monitoring"} or judgement.qualification.startswith("compatible")
    return Effect(
        draft.measure, draft.before, draft.after, draft.difference, draft.better, draft.worthwhile, draft.p_value,
        adjusted_p, is_primary, judgement, sentence, draft.needed if is_open else "",
    )  # fmt: skip


def _judge(draft: Draft, adjusted_p: float | None, is_primary: bool, look: Look, until: dt.date | None) -> Judgement:
    gap = draft.difference
    is_watched = look == "monitoring" and not _is_detail(draft)
    if gap.status == "not_assessable":
        return Judgement("not measured")
    if not gap.is_ok and not (is_watched and is_primary):
        return Judgement("too little data")
    if _is_detail(draft):
        return Judgement("not judged")
    if is_watched:
        return Judgement("monitoring", f"not judged until {label_date(until)}" if until else "not judged yet")
    low = gap.low if gap.low is not None else -math.inf
    high = gap.high if gap.high is not None else math.inf
    return judge_effect(
        low, high, draft.worthwhile, is_primary=is_primary, adjusted_p=adjusted_p,
        upper_words=good_limit_words(gap, draft.better), lower_words=good_limit_words(gap, draft.better, is_bad=True),
        better=draft.better,
    )  # fmt: skip
