"""Scores of killers and fractures, and how uncertain they are: by sampling, and by the judgement built into them.

Another quarter would bring other programs and another survey other answers: that is sampling. Another consultant would set
anchors and weights differently: that is structure. Each replicate redraws both, so a rank that hangs on either is not sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gapkit.diagnosis.evidence import Indicator
from gapkit.diagnosis.indicators.anchors import Anchor, anchor_of
from gapkit.diagnosis.indicators.draws import draw_values, stream
from gapkit.diagnosis.indicators.measured import Drawn, Sample
from gapkit.labels import label_number
from gapkit.stats.intervals import Interval
from gapkit.stats.rates import wilson
from gapkit.survey.responses import STATEMENTS

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.diagnosis.indicators import Basis, Source
    from gapkit.diagnosis.indicators.measured import Measured
    from gapkit.results import Status, Unit
    from gapkit.stats.intervals import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """One killer or fracture in every replicate, 0 (healthy) to 100 (severe).

    Attributes
    ----------
    id : str
        Word of the vocabulary.
    indicators : tuple of Indicator
        All of them, counted or not.
    behaviour, perception : array or None
        One value per replicate; None where not assessable.
    activity : array or None
        Both joined, or the one there is; None where neither is.
    n_answers : int
        Respondents behind perception; 0 without.
    """

    id: str
    indicators: tuple[Indicator, ...]
    behaviour: FloatArray | None
    perception: FloatArray | None
    activity: FloatArray | None
    n_answers: int


def draw_scores(sources: Sequence[Source], basis: Basis) -> tuple[Score, ...]:
    """Return the scores of a family in common replicates.

    Parameters
    ----------
    sources : sequence of Source
        The family: `KILLER_SOURCES` or `FRACTURE_SOURCES`.
    basis : Basis
        The engagement, with the latest wave of its survey where there is one.

    Returns
    -------
    tuple of Score
        In the order of `sources`.

    Notes
    -----
    Each indicator scores ``100 · clip((x − h) / (s − h), 0, 1)``. Behaviour is their weighted mean, perception that of the
    items, activity ``w · behaviour + (1 − w) · perception``. A replicate draws programs, respondents and other units again,
    and redraws the healthy anchor h and the spacing s − h (each times U(0.7, 1.3), independently per indicator, so that the
    two never cross), the weights of indicators and items (Dirichlet(4, …, 4)) and w (U(0.45, 0.75), one for all).

    References
    ----------
    Nardo et al. (2008), Handbook on Constructing Composite Indicators, OECD/JRC; Saisana, Saltelli & Tarantola (2005), JRSS
    A 168:307-323.
    """
    eng, settings = basis.eng, basis.eng.config.settings
    measured = [source.measure(basis) for source in sources]
    counted = [tuple(one for one in group if counts(one, settings)) for group in measured]
    values = _draws_of([one for group in counted for one in group], basis)
    parts = np.split(values, np.cumsum([len(group) for group in counted])[:-1], axis=1)
    share = _behaviour_weights(settings, eng.config.seed)
    scores = []
    for source, group, kept, draws in zip(sources, measured, counted, parts, strict=True):
        rng = stream(eng.config.seed, f"structure of {source.id}")
        behaviour = _behaviour(draws, [anchor_of(one.about.id, basis.scale) for one in kept], settings, rng)
        perception = _perception(source.construct, basis, rng)
        shown = tuple(_indicator(one, draws, kept, basis.scale, settings) for one in group)
        n_answers = 0 if perception is None else _n_answers(source.construct, basis)
        scores.append(Score(source.id, shown, behaviour, perception, _joined(behaviour, perception, share), n_answers))
    return tuple(scores)


def _draws_of(counted: Sequence[Measured], basis: Basis) -> FloatArray:
    """Return the value of every counted indicator in every replicate, one column each."""
    settings, seed = basis.eng.config.settings, basis.eng.config.seed
    values = np.empty((settings.bootstrap_replicates, len(counted)))
    drawn = [place for place, one in enumerate(counted) if isinstance(one.sample, Sample)]
    samples = [sample for one in counted if isinstance(sample := one.sample, Sample)]
    programs = {"program": basis.eng.programs["program_id"].to_numpy(dtype=object)}
    values[:, drawn] = draw_values(samples, settings.bootstrap_replicates, seed, programs)
    for place, one in enumerate(counted):
        if isinstance(one.sample, Drawn):
            values[:, place] = np.where(np.isfinite(one.sample.draws), one.sample.draws, one.sample.value)
    return values


def _behaviour(
    draws: FloatArray, anchors: Sequence[Anchor], settings: Settings, rng: np.random.Generator
) -> FloatArray | None:
    """Return the score of behaviour in every replicate; None with too few indicators."""
    if len(anchors) < settings.min_indicators:
        return None
    return _weighted(redraw_scores(draws, anchors, settings, rng), settings, rng)


def _perception(construct: str, basis: Basis, rng: np.random.Generator) -> FloatArray | None:
    """Return the score of perception in every replicate; None where too few answered the construct's items."""
    if basis.wave is None or basis.answers is None or basis.resampled_answers is None:
        return None
    if not basis.wave.results[f"perceived_{construct}"].is_ok:
        return None
    columns = [place for place, item in enumerate(STATEMENTS) if item.block == construct]
    measured = basis.answers.items[0, columns]
    asked = ~np.isnan(measured)
    drawn = basis.resampled_answers.items[:, columns][:, asked]
    items = np.where(np.isnan(drawn), measured[asked], drawn)
    return _weighted(items, basis.eng.config.settings, rng)


def _n_answers(construct: str, basis: Basis) -> int:
    return basis.wave.results[f"perceived_{construct}"].n if basis.wave is not None else 0


def score_of(value: float, anchor: Anchor) -> float:
    """Return the score of one value between its anchors.

    Examples
    --------
    >>> score_of(0.30, Anchor(0.10, 0.50)), score_of(0.05, Anchor(0.10, 0.50)), score_of(0.60, Anchor(0.10, 0.50))
    (50.0, 0.0, 100.0)
    """
    return float(np.round(100 * np.clip((value - anchor.healthy) / (anchor.severe - anchor.healthy), 0, 1), 9))


def redraw_scores(
    values: FloatArray, anchors: Sequence[Anchor], settings: Settings, rng: np.random.Generator
) -> FloatArray:
    """Return the scores of indicators with anchors moved at random in every replicate.

    Parameters
    ----------
    values : array of shape (replicates, indicators)
        Values of the indicators.
    anchors : sequence of Anchor
        One for each indicator.
    settings : Settings
        How far anchors are moved.
    rng : numpy.random.Generator
        Source of randomness.
    """
    healthy, severe = np.array(anchors).T
    limits = settings.anchor_factor_low, settings.anchor_factor_high
    moved = healthy * rng.uniform(*limits, values.shape)
    spacing = (severe - healthy) * rng.uniform(*limits, values.shape)
    return np.asarray(100 * np.clip((values - moved) / spacing, 0, 1))


def counts(measured: Measured, settings: Settings) -> bool:
    """Return whether an indicator rests on enough units to be part of a score."""
    if measured.sample is None:
        return False
    return measured.about.is_census or measured.sample.n >= settings.min_indicator_units


def _weighted(scores: FloatArray, settings: Settings, rng: np.random.Generator) -> FloatArray:
    """Return the mean of scores with weights drawn anew in every replicate."""
    replicates, parts = scores.shape
    weights = rng.dirichlet(np.full(parts, settings.weight_concentration), replicates)
    return np.asarray((scores * weights).sum(axis=1))


def _behaviour_weights(settings: Settings, seed: int) -> FloatArray:
    """Return the weight of behaviour in every replicate, the same for the whole family."""
    rng = stream(seed, "weight of behaviour")
    return rng.uniform(settings.behaviour_weight_low, settings.behaviour_weight_high, settings.bootstrap_replicates)


def _joined(behaviour: FloatArray | None, perception: FloatArray | None, share: FloatArray) -> FloatArray | None:
    if behaviour is None or perception is None:
        return perception if behaviour is None else behaviour
    return share * behaviour + (1 - share) * perception


def _indicator(
    measured: Measured, draws: FloatArray, counted: Sequence[Measured], scale: str, settings: Settings
) -> Indicator:
    """Return an indicator as it is shown, its interval read off the replicates."""
    about, anchor = measured.about, anchor_of(measured.about.id, scale)
    n = measured.sample.n if measured.sample is not None else 0
    value = low = high = score = None
    caveats = measured.caveats
    if measured.sample is None:
        caveats = (measured.why,)
    elif measured not in counted:
        caveats = (f"Only {n} {about.units}; {label_number(settings.min_indicator_units)} are needed.", *caveats)
    else:
        value = measured.sample.value
        score = score_of(value, anchor)
        if not about.is_census:
            low, high = sampling_limits(about.unit, value, n, draws[:, counted.index(measured)])
    status: Status = "not_assessable" if measured.sample is None else "thin" if value is None else "ok"
    return Indicator(about.id, about.name, value, low, high, n, about.unit, anchor.healthy, anchor.severe, score, status,
                     about.source, about.definition, caveats)  # fmt: skip


def sampling_limits(unit: Unit, value: float, n: int, draws: FloatArray) -> tuple[float, float]:
    """Return the 95 % interval of an indicator from its replicates.

    A share of none or of all units is the same in every replicate, which would read as certainty: it has the Wilson
    interval of as many units.

    Examples
    --------
    >>> low, high = sampling_limits("share", 0.0, 16, np.zeros(100))
    >>> (low, round(high, 3))
    (0.0, 0.194)
    """
    if unit == "share" and value in (0.0, 1.0):
        _, low, high = wilson(round(value * n), n)
        return low, high
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def scored(indicator: Indicator) -> Interval | None:
    """Return the score of an indicator with the scores of its limits; None where it is not counted.

    Limits equal the score where there is no sampling error. A score of 0 or 100 is cut off: the value may lie beyond its
    anchor.

    Examples
    --------
    >>> scored(Indicator("O1", "", 0.225, 0.05, 0.5, 40, "share", 0.05, 0.4, 50.0, "ok", (), ""))
    Interval(value=50.0, low=0.0, high=100.0)
    """
    if indicator.score is None or indicator.healthy is None or indicator.severe is None:
        return None
    anchor = Anchor(indicator.healthy, indicator.severe)
    limits = (indicator.score if x is None else score_of(x, anchor) for x in (indicator.low, indicator.high))
    return Interval(indicator.score, *limits)
