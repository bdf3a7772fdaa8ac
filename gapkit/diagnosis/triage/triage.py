"""Strategy or execution: two questions, each answered with a probability.

Are there criteria, and is the work sound? Together they give four readings: *execution-limited* (criteria, and work that is
not sound), *strategy-limited* (sound work, no criteria), *both* (criteria first, because outcomes cannot be read without an
expectation) and *neither*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from gapkit.diagnosis.triage.attainment import OUTSIDE, target_attainment
from gapkit.diagnosis.triage.criteria import Criteria, read_criteria
from gapkit.diagnosis.triage.decisions import measure_decisions
from gapkit.diagnosis.triage.misreading import Misreading, misreadings
from gapkit.diagnosis.triage.settling import Measurement, what_would_settle
from gapkit.diagnosis.triage.sound_work import SoundWork, read_work
from gapkit.diagnosis.triage.symptoms import Symptom, read_symptoms
from gapkit.labels import label_count, label_list, label_number, label_share
from gapkit.plain import plain
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.baseline import Baseline
    from gapkit.config import Settings
    from gapkit.cost import Cost
    from gapkit.engagement import Engagement
    from gapkit.results import Result
    from gapkit.survey import Survey

Cell = Literal["execution", "strategy", "both", "neither"]
CELLS: Final[tuple[Cell, ...]] = ("execution", "strategy", "both", "neither")
READINGS: Final[Mapping[str, str]] = {
    "execution": "execution-limited",
    "strategy": "strategy-limited",
    "both": "limited by both, criteria first",
    "neither": "limited by neither",
}
MEANINGS: Final[Mapping[str, str]] = {
    "execution": "People agree on what they decide by, and what was promised does not arrive as promised.",
    "strategy": "What was promised arrives as promised, and people do not agree on what they decide by.",
    "both": "People do not agree on what they decide by, and what was promised does not arrive as promised. Criteria come "
            "first: without an expectation no outcome can be read.",
    "neither": "People agree on what they decide by, and what was promised arrives as promised.",
}  # fmt: skip
# What fails where promises are kept and people still see work that is not as good as intended.
ON_TIME: Final = "what was promised does not arrive as promised"
AS_INTENDED: Final = "the work, though it arrives as promised, is not as good as intended in the eyes of people here"
VERDICT, LEANING, INSUFFICIENT = "verdict", "leaning", "insufficient evidence"


@dataclass(frozen=True)
class Triage:
    """Strategy or execution.

    Attributes
    ----------
    verdict : str
        ``"verdict"``, ``"leaning"`` or ``"insufficient evidence"``: how sure the reading is.
    cell : str or None
        The most probable reading, a word of `CELLS`; None where an axis cannot be assessed.
    probabilities : mapping of str to float or None
        Probability of each reading; they add up to 1. None where an axis cannot be assessed.
    criteria : Criteria
        The first axis.
    work : SoundWork
        The second axis.
    would_settle : tuple of Measurement
        The two measurements that would settle it; empty once there is a verdict.
    misreadings : tuple of Misreading
        What it would cost to be wrong, axis by axis.
    symptoms : tuple of Symptom
        What else points either way; none of it is in the probabilities.
    attainment : Result
        Of programs delivered to specification: how far their measures reached their targets.
    sentence : str
        The answer in words.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    verdict: str
    cell: Cell | None
    probabilities: Mapping[str, float] | None
    criteria: Criteria
    work: SoundWork
    would_settle: tuple[Measurement, ...]
    misreadings: tuple[Misreading, ...]
    symptoms: tuple[Symptom, ...]
    attainment: Result
    sentence: str
    caveats: tuple[str, ...]

    @property
    def results(self) -> Mapping[str, Result]:
        """The figures behind both axes, by result name."""
        named = (self.criteria.index, *self.criteria.parts.values(), self.work.rate, self.work.perceived, self.attainment)
        return {result.name: result for result in named}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `triage` of `diagnose.json` holds it."""
        return {
            "verdict": self.verdict,
            "cell": self.cell,
            "probabilities": plain(dict(self.probabilities)) if self.probabilities else None,
            "p_criteria": plain(self.criteria.probability),
            "p_sound_work": plain(self.work.probability),
            "would_settle": plain(self.would_settle),
            "misreadings": plain(self.misreadings),
            "symptoms": plain(self.symptoms),
            "results": {name: result.to_dict() for name, result in self.results.items()},
            "sentence": self.sentence,
            "caveats": list(self.caveats),
        }


def read_triage(
    eng: Engagement, baseline: Baseline, survey: Survey, *, cost: Cost | None = None, ownership_score: float | None = None
) -> Triage:
    """Answer whether strategy or execution holds the organisation back.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    baseline : Baseline
        Of the same engagement.
    survey : Survey
        Of the same engagement; its last wave counts.
    cost : Cost, optional
        Prices what a misreading would cost.
    ownership_score : float, optional
        Activity of unclear ownership (0 to 100), as one symptom.

    Returns
    -------
    Triage
        Deterministic for an engagement and its seed.

    Notes
    -----
    The probability of a reading is the share of joint draws in it. From `verdict_probability` on it is a verdict, from
    `leaning_probability` on a leaning; else the evidence is insufficient. With fewer promised programs than a rate needs
    it is a leaning at most.
    """
    settings = eng.config.settings
    wave = survey.last if survey.last is not None and survey.last.is_shown else None
    people, decided, worked = (np.random.default_rng(s) for s in np.random.SeedSequence(eng.config.seed).spawn(3))
    drawn = wave.draws(settings.bootstrap_replicates, people) if wave else None
    decisions = measure_decisions(eng, baseline)
    criteria = read_criteria(eng, wave, drawn, decisions["criteria_recorded_share"], decided)
    work = read_work(eng, baseline, wave, drawn, worked)
    probabilities = joint_probabilities(criteria, work)
    cell, verdict = judge(probabilities, settings)
    if verdict == VERDICT and work.n < settings.min_n_rate:  # too few for a rate are too few for a verdict
        verdict = LEANING
    attainment = target_attainment(eng, baseline)
    return Triage(
        verdict=verdict,
        cell=cell,
        probabilities=probabilities,
        criteria=criteria,
        work=work,
        would_settle=() if verdict == VERDICT else what_would_settle(criteria, work, eng.config),
        misreadings=misreadings(cell, criteria, work, cost, len(baseline.quarters)),
        symptoms=read_symptoms(eng, baseline, survey, criteria, decisions, ownership_score),
        attainment=attainment,
        sentence=_sentence(verdict, cell, probabilities, attainment),
        caveats=_caveats(criteria, work, settings.min_n_rate),
    )


def joint_probabilities(criteria: Criteria, work: SoundWork) -> dict[str, float] | None:
    """Return the probability of each reading, None where an axis cannot be assessed."""
    if criteria.draws is None or work.draws is None:
        return None
    there, sound = criteria.draws, work.draws
    shares = {"execution": there & ~sound, "strategy": ~there & sound, "both": ~there & ~sound, "neither": there & sound}
    return {cell: float(share.mean()) for cell, share in shares.items()}


def judge(probabilities: Mapping[str, float] | None, settings: Settings) -> tuple[Cell | None, str]:
    """Return the most probable reading and how sure it is.

    Examples
    --------
    >>> from gapkit.config import Settings
    >>> judge({"execution": 0.85, "strategy": 0.01, "both": 0.12, "neither": 0.02}, Settings())
    ('execution', 'verdict')
    >>> judge({"execution": 0.65, "strategy": 0.05, "both": 0.25, "neither": 0.05}, Settings())
    ('execution', 'leaning')
    >>> judge({"execution": 0.55, "strategy": 0.05, "both": 0.35, "neither": 0.05}, Settings())
    ('execution', 'insufficient evidence')
    """
    if probabilities is None:
        return None, INSUFFICIENT
    cell = max(CELLS, key=lambda name: probabilities[name])
    if probabilities[cell] >= settings.verdict_probability:
        return cell, VERDICT
    return cell, LEANING if probabilities[cell] >= settings.leaning_probability else INSUFFICIENT


def meaning_of(cell: str, work: SoundWork, bar: float) -> str:
    """Return what a reading says; where promises are kept and only the quality of the work is in doubt, it says so.

    Parameters
    ----------
    cell : str
        The reading.
    work : SoundWork
        The axis of sound work.
    bar : float
        Share of promised programs from which on the rate alone is no reason to call work unsound.
    """
    is_kept = work.n > 0 and work.met / work.n >= bar
    return MEANINGS[cell].replace(ON_TIME, AS_INTENDED) if is_kept else MEANINGS[cell]


def label_probability(probability: float) -> str:
    """Return a probability in words; draws cannot tell the last percent at either end.

    Examples
    --------
    >>> label_probability(0.643), label_probability(0.998), label_probability(0.0)
    ('64 %', 'above 99 %', 'below 1 %')
    """
    if probability > 0.99:
        return "above 99 %"
    return "below 1 %" if probability < 0.01 else label_share(probability)


def _sentence(verdict: str, cell: Cell | None, probabilities: Mapping[str, float] | None, attainment: Result) -> str:
    if cell is None or probabilities is None:
        return "Strategy or execution cannot be told apart yet: criteria or work, or both, could not be assessed."
    share = label_probability(probabilities[cell])
    reading = READINGS[cell]
    if verdict == INSUFFICIENT:
        return f"The evidence is insufficient: {reading} is the most probable reading, with a probability of only {share}."
    said = f"The organisation is {reading} (probability {share})."
    if verdict == LEANING:
        said = f"The evidence leans towards {reading} (probability {share})."
    if cell == "neither" and attainment.high is not None and attainment.high < 1:
        said += f" {OUTSIDE}"
    return said


def _caveats(criteria: Criteria, work: SoundWork, fewest: int) -> tuple[str, ...]:
    found = []
    if 0 < work.n < fewest:
        counted = label_count(work.n, "promised program")
        found.append(f"Only {counted} with a known outcome: a leaning at most, as a verdict takes {label_number(fewest)}.")
    if criteria.draws is None:
        found.append(criteria.index.caveats[0])
    else:
        missing = [name_of(name) for name, part in criteria.parts.items() if not part.is_ok]
        found += [f"Criteria are judged without: {label_list(missing)}."] if missing else []
    if work.draws is None:
        found.append("Whether work is sound cannot be judged: too few outcomes of promised programs are known.")
    else:
        found += [] if work.perceived.is_ok else [f"Work is judged by deliveries alone. {work.perceived.caveats[0]}"]
        found += list(work.rate.caveats) if work.rate.name != "otif_rate" else []
    return tuple(dict.fromkeys(found))
