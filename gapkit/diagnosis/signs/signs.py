"""Signs: figures judged by a threshold of their own, for causes and pitfalls.

A killer is scored between two anchors; a cause or a pitfall is read off signs that are there or not. A sign is *beyond* its
threshold by its value, and *clear* when its interval says so too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scipy import stats

from gapkit.diagnosis.evidence import BEHAVIOUR, PERCEPTION, Finding, Indicator
from gapkit.diagnosis.indicators.draws import draw_values
from gapkit.diagnosis.scoring.scores import sampling_limits
from gapkit.diagnosis.signs.thresholds import THRESHOLDS, Threshold
from gapkit.labels import label_number, sentence_case
from gapkit.results import Result, not_assessable
from gapkit.stats.intervals import Interval
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Family
    from gapkit.diagnosis.indicators import Basis
    from gapkit.diagnosis.indicators.measured import About, Sample
    from gapkit.results import Grade

NO_SURVEY: Final = "A survey would switch this on."
NO_GAP: Final = "A survey in which leadership and the others may be compared would switch this on."
NARROW_RATE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Sign(Indicator):
    """An indicator with a threshold in place of anchors.

    Attributes
    ----------
    threshold : Threshold or None
        From where on it counts; None for a figure that is shown and not judged.
    is_beyond : bool or None
        Whether its value lies beyond; where the threshold asks for an interval clear of no effect, only with that. None
        where it is not judged, or has no figure.
    is_clear : bool or None
        Whether its interval does too: chance alone would hardly put it there.
    clause : str
        The figure as a clause, ``{}`` where its value stands. `name` is what a table calls it.
    """

    threshold: Threshold | None = None
    is_beyond: bool | None = None
    is_clear: bool | None = None
    clause: str = ""


def sign_of(about: About, result: Result) -> Sign:
    """Return a result as a sign, judged by the threshold of its id.

    Parameters
    ----------
    about : About
        What it is. A census has no interval, and is judged by its value alone.
    result : Result
        The figure; where it is thin or not assessable its first caveat says why.
    """
    threshold = THRESHOLDS.get(about.id)
    beyond = clear = None
    if threshold is not None and result.is_ok:
        value = math.inf if result.value is None else result.value
        low, high = (value, value) if about.is_census else _limits(result)
        clear = threshold.is_clear(value, low, high)
        beyond = threshold.is_beyond(value) if threshold.clear_of is None else clear
    return Sign(
        about.id, about.name, result.value, result.low, result.high, result.n, about.unit, None, None, None, result.status,
        about.source, about.definition, result.caveats, threshold, beyond, clear, about.clause,
    )  # fmt: skip


def _limits(result: Result) -> tuple[float, float]:
    low, high = result.low, result.high
    return -math.inf if low is None else low, math.inf if high is None else high


def missing(about: About, why: str) -> Sign:
    """Return a sign that was not measured, with what would switch it on."""
    return sign_of(about, not_assessable(about.id, why, unit=about.unit))


def counted(about: About, value: float, n: int, *caveats: str) -> Sign:
    """Return a sign of which all there is was seen: a figure without an interval."""
    return sign_of(about, Result(about.id, value, n=n, unit=about.unit, grade="B", caveats=caveats))


def resampled(about: About, sample: Sample, basis: Basis, *caveats: str) -> Sign:
    """Return a sign with its bootstrap interval; thin below the minimum number of units.

    Parameters
    ----------
    about : About
        What it is.
    sample : Sample
        Amounts per unit.
    basis : Basis
        Supplies seed, replicates and the minimum.
    *caveats : str
        What a reader must know; empty ones are left out.
    """
    settings, n = basis.eng.config.settings, sample.n
    if n == 0 or not math.isfinite(sample.value):
        return missing(about, f"No {about.units} to count in the window.")
    if n < settings.min_indicator_units:
        words = f"Only {label_number(n)} {about.units}; {settings.min_indicator_units} are needed."
        return sign_of(about, Result(about.id, n=n, unit=about.unit, status="thin", grade="C", caveats=(words,)))
    everyone = {"program": basis.eng.programs["program_id"].to_numpy(dtype=object)}
    draws = draw_values([sample], settings.bootstrap_replicates, basis.eng.config.seed, everyone)[:, 0]
    low, high = sampling_limits(about.unit, sample.value, n, draws)
    said = tuple(words for words in caveats if words)
    return sign_of(about, Result(about.id, sample.value, low, high, n=n, unit=about.unit, grade="B", caveats=said))


def perceived(basis: Basis, construct: str) -> Result:
    """Return the score people give a construct, 0 best to 100 worst, with its 95 % interval."""
    name = f"perceived_{construct}"
    return basis.wave.results[name] if basis.wave is not None else not_assessable(name, NO_SURVEY, unit="points")


def gap_of(basis: Basis, construct: str, *others: str) -> Result:
    """Return how much worse the others see something than the leadership: Cliff's delta with its 95 % interval.

    Parameters
    ----------
    basis : Basis
        Supplies the latest wave.
    construct, *others : str
        Constructs whose statements are taken together.
    """
    if basis.wave is None:
        return not_assessable("perception_gap", NO_GAP, unit="ratio")
    if not others:
        return basis.wave.results[f"perception_gap_{construct}"]
    rows = basis.wave.gap_on(construct, *others)
    if rows.empty:
        return not_assessable("perception_gap", NO_GAP, unit="ratio")
    row = rows.iloc[0]
    words = f"{row['others']} against {row['first']}"
    return Result("perception_gap", row["delta"], row["low"], row["high"], n=row["n_first"] + row["n_others"], unit="ratio",
                  method=f"Cliff's delta, {words}", grade="B", caveats=(f"Compared: {words}.",))  # fmt: skip


def in_ninety(score: Result) -> Interval | None:
    """Return a score of the survey with its 5 % and 95 % limits; None without one.

    Notes
    -----
    The survey gives a 95 % t interval, cut at 0 and 100. Its reach is that of the side that was not cut, shortened by the
    ratio of the two t quantiles.

    Examples
    --------
    >>> limits = in_ninety(Result("perceived_cadence", 60.0, 40.0, 80.0, n=11, unit="points"))
    >>> [round(number, 1) for number in limits]
    [60.0, 43.7, 76.3]
    """
    if not score.is_ok or score.value is None:
        return None
    low, high = _limits(score)
    ratio = float(stats.t.isf(0.05, score.n - 1) / stats.t.isf(0.025, score.n - 1))
    reach = ratio * max(score.value - low, high - score.value)
    return Interval(score.value, max(0.0, score.value - reach), min(100.0, score.value + reach))


def finding_of(
    family: Family, name: str, verdict: str, sentence: str, said: Result, signs: Sequence[Sign], basis: Basis,
    *caveats: str,
) -> Finding:  # fmt: skip
    """Return the finding on a cause or a pitfall.

    Parameters
    ----------
    family : str
        ``cause`` or ``pitfall``.
    name : str
        Word of the vocabulary.
    verdict, sentence : str
        The judgement and its words.
    said : Result
        What people say.
    signs : sequence of Sign
        All signs, what people say among them.
    basis : Basis
        Supplies settings and survey.
    *caveats : str
        What a reader must know besides what the signs say themselves.
    """
    behaves = any(sign.status == "ok" and not _is_said(sign) for sign in signs)
    known = ((BEHAVIOUR, behaves), (PERCEPTION, said.is_ok or any(_is_said(sign) for sign in signs if sign.status == "ok")))
    sources = tuple(kind for kind, is_known in known if is_known)
    return Finding(
        id=name, family=family, name=name_of(name), verdict=verdict, activity=None, behaviour=None,
        perception=in_ninety(said), p_rank1=None, p_top2=None, rank=None, sources=sources,
        grade=_grade(said, signs, sources, basis), sentence=sentence, caveats=(*caveats, *caveats_of(signs)),
        indicators=tuple(signs),
    )  # fmt: skip


def _is_said(sign: Sign) -> bool:
    return sign.source == ("survey_answers",)


def _grade(said: Result, signs: Sequence[Sign], sources: Sequence[str], basis: Basis) -> Grade:
    """Return A for both kinds of evidence, narrow and from a survey enough people answered; B for less; C for counts."""
    if not sources:
        return "C" if any(sign.n for sign in signs) else ""
    score = in_ninety(said)
    is_narrow = score is not None and score.high - score.low <= basis.eng.config.settings.narrow_score
    rates = [sign for sign in signs if sign.unit == "share" and sign.low is not None and sign.high is not None]
    is_narrow &= all((sign.high or 0) - (sign.low or 0) <= NARROW_RATE for sign in rates)
    return "A" if len(sources) == 2 and is_narrow and basis.is_representative else "B"


def caveats_of(signs: Iterable[Sign]) -> tuple[str, ...]:
    """Return what limits a finding: what was not measured, what rests on too little, what each figure carries along."""
    said = []
    off = [sign for sign in signs if sign.status == "not_assessable"]
    if off:
        said.append(f"Not measured: {'; '.join(sign.name for sign in off)}.")
    for sign in signs:
        if sign.status == "thin":
            said.append(f"{sentence_case(sign.name)}: left out. {sign.caveats[0]}")
        elif sign.status == "ok":
            said += [f"{sentence_case(sign.name)}: {caveat}" for caveat in sign.caveats]
    return tuple(said)


def assessable(signs: Iterable[Sign]) -> list[Sign]:
    """Return the signs that have a figure and a threshold."""
    return [sign for sign in signs if sign.is_beyond is not None]


def why_not_assessable(signs: Iterable[Sign]) -> str:
    """Return what would switch a finding on whose signs are missing: what was never measured before what is too little."""
    known = list(signs)
    why = [sign.caveats[0] for status in ("not_assessable", "thin") for sign in known if sign.status == status]
    return why[0] if why else NO_SURVEY
