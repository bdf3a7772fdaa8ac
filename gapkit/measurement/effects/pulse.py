"""The survey pulse: how people see the five killers in the last wave before the freeze and in the last since the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from gapkit.labels import label_number
from gapkit.measurement.effects.draft import Draft, no_difference
from gapkit.results import Result, Status
from gapkit.stats.resample import percentile_interval
from gapkit.survey.disclosure import has_moved
from gapkit.survey.read import NO_SURVEY, read_survey
from gapkit.survey.responses import CONSTRUCTS, begins, waves_known
from gapkit.vocabulary import KILLERS

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison
    from gapkit.stats.intervals import FloatArray
    from gapkit.survey.wave import Wave

NAME: Final = "perceived_killers"
NO_WAVE_BEFORE: Final = "No wave of the survey was known when the baseline was frozen."
NO_WAVE_AFTER: Final = (
    "No wave of the survey began in the measure window; a second one, with its month in its name (2026-09), would switch "
    "this on."
)
ISOLATES: Final = "The answers of the two waves differ by so few people that the difference would be about them."
ANONYMOUS: Final = "Answers are anonymous, so the two waves count as different people."


class Waves(NamedTuple):
    """The two waves compared; None where there is none.

    Attributes
    ----------
    before, after : Wave or None
        The last one known at the freeze, and the last one begun since the measure window opened.
    """

    before: Wave | None
    after: Wave | None


def pulse(comparison: Comparison) -> list[Draft]:
    """Compare how the five killers are perceived, construct by construct."""
    eng = comparison.after.eng
    if not waves_known(eng.survey_respondents, eng.as_of):
        return [_missing(NO_SURVEY, comparison)]
    waves = waves_compared(comparison)
    if waves.before is None or waves.after is None:
        why = NO_WAVE_BEFORE if waves.before is None else NO_WAVE_AFTER
        return [_missing(why, comparison)]
    closed = next((wave for wave in waves if wave is not None and not wave.is_shown), None)
    if closed is not None:
        return [_missing(closed.caveats[0], comparison, status="thin")]
    replicates, seed = comparison.config.settings.bootstrap_replicates, comparison.config.seed
    first, second = (
        wave.draws(replicates, np.random.default_rng([seed, place])).constructs
        for place, wave in enumerate((waves.before, waves.after))
    )
    return [_compare(killer, waves.before, waves.after, second - first, comparison) for killer in KILLERS]


def waves_compared(comparison: Comparison) -> Waves:
    """Return the two waves of a comparison, both as the survey of today shows them.

    Notes
    -----
    Both come from one reading, in which the gate of the later wave knows the earlier one and closes where the two side by
    side would give somebody away.
    """
    eng, opened = comparison.after.eng, comparison.after.start
    known = waves_known(eng.survey_respondents, comparison.before.eng.as_of)
    since = [
        name
        for name in waves_known(eng.survey_respondents, eng.as_of)
        if name not in known and (begins(name) or (0, 0)) >= (opened.year, opened.month)
    ]
    waves = read_survey(eng).waves
    return Waves(*(waves[names[-1]] if names else None for names in (known, since)))


def _missing(why: str, comparison: Comparison, status: Status = "not_assessable") -> Draft:
    """Return one line for all five, where there are no two waves that may be shown."""
    before, after = (
        Result(NAME, unit="points", period=side.period, status=status, caveats=(why,))
        for side in (comparison.before, comparison.after)
    )
    return Draft(NAME, before, after, no_difference(before, after, "points"), better=-1)


def _compare(killer: str, first: Wave, second: Wave, moves: FloatArray, comparison: Comparison) -> Draft:
    """Compare one construct; `moves` holds the difference of all constructs, one row per resample."""
    name, config = f"perceived_{killer}", comparison.config
    before, after = first.results[name], second.results[name]
    why = why_not(before, after, config.settings.min_n_compared, config.min_group, config.settings.min_n_waves)
    if why or not (before.is_ok and after.is_ok):
        return Draft(name, before, after, no_difference(before, after, "points", *why), better=-1)
    draws = moves[:, CONSTRUCTS.index(killer)]
    gap = percentile_interval(float(after.value or 0.0) - float(before.value or 0.0), draws)
    difference = Result(
        f"{name}_difference", gap.value, gap.low, gap.high, n=after.n, unit="points", period=after.period,
        method=f"bootstrap of the respondents of both waves ({label_number(draws.size)} resamples)", caveats=(ANONYMOUS,),
    )  # fmt: skip
    return Draft(name, before, after, difference, pulse_p(draws), -1)


def why_not(before: Result, after: Result, least: int, minimum: int, enough: int) -> tuple[str, ...]:
    """Return why two scores that may be shown may not be compared."""
    if not (before.is_ok and after.is_ok):
        return ()
    if has_moved(before.n, after.n, minimum, enough):
        return (ISOLATES,)
    if min(before.n, after.n) < least:
        return (f"A comparison of two waves needs {least} answers in each.",)
    return ()


def pulse_p(draws: FloatArray) -> float:
    """Return the two-sided bootstrap p-value, never 0: the smallest that so many resamples can tell."""
    known = draws[np.isfinite(draws)]
    tail = min(int((known <= 0).sum()), int((known >= 0).sum()))
    return min(1.0, 2 * (tail + 1) / (known.size + 1))
