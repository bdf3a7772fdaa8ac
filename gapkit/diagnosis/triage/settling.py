"""Which two measurements would settle strategy or execution, the more doubtful axis first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.labels import label_count, label_number, label_share

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig
    from gapkit.diagnosis.triage.criteria import Criteria
    from gapkit.diagnosis.triage.sound_work import SoundWork

COUNT: Final = 2
# One axis is settled when its answer has this probability; two such axes together reach the 80 % of a verdict.
SETTLED: Final = 0.9
DEVIATIONS: Final = 1.2816  # normal quantile of SETTLED
MOST_TIMES: Final = 5  # more than five times the present number is no advice
TO_ASK: Final = {
    "strategy_agreement": "Ask the four strategy questions of at least ten people, leaders and team, each by themselves.",
    "criteria_perceived": "Ask the survey's statements on criteria (CRI1 to CRI3) of everybody invited.",
    "criteria_recorded": "Note for the next decisions whether their criteria were written down before; ten are the least.",
    "priority_agreement": "Let every respondent rank the official priorities.",
}


class Measurement(NamedTuple):
    """Something to measure.

    Attributes
    ----------
    axis : str
        ``"criteria"`` or ``"work"``: the question it answers.
    what : str
        What to do, in one sentence.
    """

    axis: str
    what: str


def what_would_settle(criteria: Criteria, work: SoundWork, config: EngagementConfig) -> tuple[Measurement, ...]:
    """Return the two measurements that would tell most.

    Parameters
    ----------
    criteria, work
        The two axes.
    config : EngagementConfig
        Supplies target and settings.

    Notes
    -----
    Where both axes are in doubt, one of each; else both from the doubtful one. Signs never measured come first, then more
    of what there is: as many as would settle the axis if the next ones looked like those so far.
    """
    about = {
        "criteria": [Measurement("criteria", what) for what in _criteria(criteria, config)],
        "work": [Measurement("work", what) for what in _work(work, config)],
    }
    doubt = {"criteria": _doubt(criteria.probability), "work": _doubt(work.probability)}
    first, second = sorted(about, key=lambda axis: -doubt[axis])
    if doubt[second] > 1 - SETTLED:
        ordered = [*about[first][:1], *about[second][:1], *about[first][1:], *about[second][1:]]
    else:
        ordered = [*about[first], *about[second]]
    return tuple(ordered[:COUNT])


def _doubt(probability: float | None) -> float:
    """Return how open a question is: 0 settled, one half even odds; without any answer more than that."""
    return 1.0 if probability is None else min(probability, 1 - probability)


def _criteria(criteria: Criteria, config: EngagementConfig) -> list[str]:
    """Return what would tell more about criteria, the most telling first."""
    found = [what for name, what in TO_ASK.items() if not criteria.parts[name].is_ok]
    if criteria.index.value is None:
        return found
    distance = abs(criteria.index.value - config.settings.criteria_floor)
    needed = _times(distance, criteria.sampling, config.settings.criteria_noise)
    floor = label_number(config.settings.criteria_floor)
    if needed is None:
        words = f"The index of criteria ({label_number(criteria.index.value)} of 100) lies too near its floor of {floor}"
        return [*found, f"{words} for more answers of the same kind to part them: ask again after a quarter."]
    people = math.ceil(criteria.index.n * needed)
    return [*found, f"Ask about {label_count(max(people, criteria.index.n + 1), 'person', 'people')} instead of "
            f"{label_number(criteria.index.n)}."]  # fmt: skip


def _work(work: SoundWork, config: EngagementConfig) -> list[str]:
    """Return what would tell more about the work, the most telling first."""
    settings, found = config.settings, []
    if work.n == 0 or work.draws is None:
        found.append("Record which promised programs were delivered, and on which day.")
    if work.rate.name != "otif_rate" or work.rate.status == "not_assessable":
        found.append("Record for every delivered program whether it met its specification.")
    if work.draws is not None and work.unknown > settings.max_unknown_share * work.n:
        found.append(f"Find the {label_count(work.unknown, 'unknown outcome')} among the {work.n} programs promised.")
    if not work.perceived.is_ok:
        found.append("Ask the survey's statements on the quality of the work (WRK1, WRK2) of everybody invited.")
    if work.draws is None:
        return found
    rate, bar = (work.met + work.unknown / 2) / work.n, config.otif_target - settings.sound_margin
    needed = _times(abs(rate - bar), math.sqrt(max(rate * (1 - rate), 0.01) / work.n), settings.sound_noise)
    if needed is None:
        words = f"The rate ({label_share(rate)}) lies too near its bar of {label_share(bar)} for more programs to part them"
        found.append(f"{words}: agree with the client on the target that counts.")
    else:
        more = max(1, math.ceil(work.n * (needed - 1)))
        found.append(f"Judge {label_count(more, 'more program')} as they fall due.")
    return found


def _times(distance: float, sampling: float, noise: float) -> float | None:
    """Return how many times the present number would settle an axis; None where no sensible number would."""
    allowed = (distance / DEVIATIONS) ** 2 - noise**2
    if allowed <= 0 or sampling**2 / allowed > MOST_TIMES:
        return None
    return max(1.0, sampling**2 / allowed)
