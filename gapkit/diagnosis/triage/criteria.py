"""Does an organisation agree on what it decides by? The first axis of the question strategy or execution.

Four signs are put on a scale from 0 to 100 and averaged: what people say, whether they give the same answers to the four
strategy questions, whether decisions are taken by criteria written down before, whether priorities are ranked alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gapkit.labels import label_list
from gapkit.results import Result, not_assessable
from gapkit.survey.responses import CONSTRUCTS, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.engagement import Engagement
    from gapkit.stats.intervals import FloatArray
    from gapkit.survey import Draws, Wave

CONSTRUCT: Final = "criteria"
PARTS: Final = ("criteria_perceived", "strategy_agreement", "criteria_recorded", "priority_agreement")
# An index needs one of these beside another part: without them it would not know what people think.
FROM_PEOPLE: Final = ("criteria_perceived", "strategy_agreement")
NO_SIGN: Final = {
    "criteria_perceived": "The survey's statements on criteria (CRI1 to CRI3) would switch this on.",
    "strategy_agreement": "Coded answers to the four strategy questions (strategy_answers, codebook) would switch this on.",
    "priority_agreement": "A ranking of the official priorities by each respondent (priority_rankings) would switch it on.",
}
ONE_CODER: Final = (
    "The answers to the strategy questions were coded by one coder, or differently by two; two who agree (Krippendorff's "
    "alpha of two thirds or more) would switch this on."
)
TWO_NEEDED: Final = (
    "Two signs of agreed criteria are needed, one of them the statements on criteria or the four strategy questions."
)


@dataclass(frozen=True)
class Criteria:
    """How far criteria are agreed.

    Attributes
    ----------
    parts : mapping of str to Result
        The four signs, 0 to 100 points each, measured or not.
    index : Result
        Their mean, with a 90 % interval of sample and structure together; n = people asked.
    draws : numpy.ndarray of bool or None
        Whether criteria are there, in each draw: whether the index reaches the floor. None when not assessable.
    sampling : float
        Standard deviation of the index over samples alone; 0 when not assessable.
    probability : float or None
        Share of draws in which they are.
    """

    parts: Mapping[str, Result]
    index: Result
    draws: np.ndarray | None
    sampling: float
    probability: float | None


def read_criteria(
    eng: Engagement, wave: Wave | None, drawn: Draws | None, recorded: Result, rng: np.random.Generator
) -> Criteria:
    """Put the index of agreed criteria together.

    Parameters
    ----------
    eng : Engagement
        Supplies settings, and whether answers were coded by the respondents themselves.
    wave : Wave or None
        The survey; None without one.
    drawn : Draws or None
        The same on resampled respondents.
    recorded : Result
        Share of decisions whose criteria were recorded, from `triage.decisions.measure_decisions`.
    rng : numpy.random.Generator
        Source of randomness.

    Notes
    -----
    Index = mean of the parts measured: 100 − score of CRI; 100 × mean agreement on Q1 to Q4, corrected for chance; 100 ×
    share of decisions with criteria recorded; 100 × Kendall's W. Respondents are resampled, decisions drawn from
    Beta(x + ½, n − x + ½), and N(0, `criteria_noise`) is added for what is uncertain about the index itself.
    """
    settings = eng.config.settings
    usable = usable_questions(eng, wave)
    parts = _parts(wave, usable, recorded)
    measured = {name: part for name, part in parts.items() if part.is_ok}
    if len(measured) < 2 or not any(name in measured for name in FROM_PEOPLE):
        why = not_assessable("criteria_index", TWO_NEEDED, unit="points")
        return Criteria(parts, why, None, 0.0, None)
    replicates = settings.bootstrap_replicates
    columns = [_draws(name, part, drawn, usable, replicates, rng) for name, part in measured.items()]
    sampled = np.mean(columns, axis=0)
    index = sampled + settings.criteria_noise * rng.standard_normal(replicates)
    low, high = np.clip(np.quantile(index, [0.05, 0.95]), 0, 100)
    value = float(np.mean([part.value for part in measured.values()]))
    people = max(part.n for name, part in measured.items() if name in FROM_PEOPLE)
    how = f"mean of {len(measured)} signs, resampled, with structural noise"
    result = Result("criteria_index", value, low, high, level=0.90, n=people, unit="points", method=how, grade="B")
    there = index >= settings.criteria_floor
    return Criteria(parts, result, there, float(sampled.std()), float(there.mean()))


def usable_questions(eng: Engagement, wave: Wave | None) -> tuple[str, ...]:
    """Return the strategy questions whose codes may be used.

    A code chosen by the respondent may. One read out of free text may where two coders read it alike (Krippendorff's alpha
    of two thirds or more).
    """
    if wave is None:
        return ()
    answers = eng.strategy_answers
    chosen = set(answers.loc[answers["coder"].isna() & answers["code"].notna(), "question"])
    alike = set(wave.coding.loc[wave.coding["is_usable"].astype(bool), "question"])
    return tuple(q for q in QUESTIONS if wave.results[f"agreement_{q}"].is_ok and q in chosen | alike)


def _parts(wave: Wave | None, usable: tuple[str, ...], recorded: Result) -> dict[str, Result]:
    """Return the four signs as points from 0 to 100."""
    said, agreed, ordered = (not_assessable(name, why, unit="points") for name, why in NO_SIGN.items())
    if wave is not None:
        said = _points(PARTS[0], wave.results[f"perceived_{CONSTRUCT}"], per_unit=-1, start=100)
        agreed = _agreement(wave, usable)
        ordered = _points(PARTS[3], wave.results["priority_concordance"])
    return dict(zip(PARTS, (said, agreed, _points(PARTS[2], recorded), ordered), strict=True))


def _points(name: str, result: Result, *, per_unit: float = 100, start: float = 0) -> Result:
    """Return a result on the scale from 0 to 100."""
    value, low, high = (None if x is None else start + per_unit * x for x in (result.value, result.low, result.high))
    if per_unit < 0:
        low, high = high, low
    return replace(result, name=name, value=value, low=low, high=high, unit="points")


def _agreement(wave: Wave, usable: tuple[str, ...]) -> Result:
    """Return the mean agreement on the questions that may be used."""
    answered = [wave.results[f"agreement_{question}"] for question in QUESTIONS]
    if not usable:
        why = ONE_CODER if any(one.is_ok for one in answered) else NO_SIGN[PARTS[1]]
        return not_assessable(PARTS[1], why, unit="points", period=wave.name)
    found = [wave.results[f"agreement_{question}"] for question in usable]
    value = 100 * float(np.mean([one.value for one in found]))
    return Result(PARTS[1], value, n=min(one.n for one in found), unit="points", period=wave.name, grade="B",
                  method=f"mean agreement on {label_list(usable)}, corrected for chance")  # fmt: skip


def _draws(
    name: str, part: Result, drawn: Draws | None, usable: tuple[str, ...], replicates: int, rng: np.random.Generator
) -> FloatArray:
    """Return one sign in each draw."""
    if name == PARTS[2] or drawn is None:
        events = part.events or 0
        return 100 * rng.beta(events + 0.5, part.n - events + 0.5, replicates)
    if name == PARTS[0]:
        values = 100 - drawn.constructs[:, CONSTRUCTS.index(CONSTRUCT)]
    elif name == PARTS[1]:
        values = 100 * drawn.agreement[:, [QUESTIONS.index(question) for question in usable]].mean(axis=1)
    else:
        values = 100 * drawn.priority_concordance
    # A resample may hold fewer than two of the few who answered.
    return np.nan_to_num(values, nan=part.value or 0.0)
