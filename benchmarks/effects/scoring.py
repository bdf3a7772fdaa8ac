"""Trials to figures: how often a verdict was wrong, a real change was found, and an interval held the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from accuracy.figures import Bar, Figure, mean, share

from effects.trials import EARLY_POINTS
from effects.worlds import World
from gapkit.baseline.series import ON_TIME, THROUGHPUT

Trial = Mapping[str, Any]
AT_MOST_FALSE: Final = Bar(0.05, "at most")
AT_LEAST_HELD: Final = Bar(0.92, "at least")
# A share found that is below the power stated by no more than chance explains.
AS_STATED: Final = Bar(0.0, "at least")
CHARTS: Final = {ON_TIME: "commitments on time", THROUGHPUT: "deliveries"}
# Measures compared beside the primary one, by whether an organisation is measured whole.
EXTENTS: Final = {"all other measures": True, "those on programs alone": False}
VERDICTS: Final = ("improved", "worsened", "no detectable change")


def figures_of(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return the figures of one world, in the order of `PARTS`."""
    return [figure for part in PARTS for figure in SCORES[part](world, trials)]


def is_judged(effect: Mapping[str, Any]) -> bool:
    """Return whether an effect has a verdict other than that there is too little to judge."""
    return effect["verdict"] in VERDICTS


def primary_of(trial: Trial) -> Mapping[str, Any]:
    """Return the primary effect as it stands before the guards."""
    effect: Mapping[str, Any] = trial["effects"][trial["primary"]]
    return effect


def of_verdicts(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often the primary measure is called improved where nothing changed, with the guards and without."""
    if not world.is_null:
        return []
    crude = [primary_of(trial) for trial in trials]
    guarded = [trial["guarded"] for trial in trials]
    rows = (
        ("*improved* before the guards", crude, "improved", None),
        ("*improved*", guarded, "improved", AT_MOST_FALSE),
        ("*worsened*", guarded, "worsened", None),
    )
    return [
        figure
        for what, effects, word, bar in rows
        for figure in share(
            "verdicts", what, world.note, [[one["verdict"] == word] for one in effects if is_judged(one)], bar
        )
    ]


def of_data(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often there is too little data for a verdict."""
    words = [[trial["guarded"]["verdict"] == "too little data"] for trial in trials]
    return share("data", "*too little data* for the primary measure", world.note, words)


def of_power(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often a planted improvement is found, beside the power stated for the very organisations asked."""
    if world.is_null:
        return []
    told = [trial for trial in trials if trial["stated_power"] is not None]
    judged = [trial for trial in told if is_judged(trial["guarded"])]
    above = [primary_of(trial)["low"] > 0 for trial in told]
    named = {
        "*improved* before the guards": [primary_of(trial)["verdict"] == "improved" for trial in judged],
        "*improved*": [trial["guarded"]["verdict"] == "improved" for trial in judged],
    }
    return [
        *mean("power", "true rise of the execution rate", world.note, [trial["gain"] for trial in told]),
        *_beside("interval above zero, all", world, told, above),
        *(figure for what, found in named.items() for figure in _beside(f"{what}, where judged", world, judged, found)),
        *share("power", "*worsened*", world.note, [[trial["guarded"]["verdict"] == "worsened"] for trial in judged]),
    ]


def _beside(what: str, world: World, trials: Sequence[Trial], found: Sequence[bool]) -> list[Figure]:
    """Return the power stated, the share found, and by how much it lies above."""
    stated = [trial["stated_power"] for trial in trials]
    above = [one - power for one, power in zip(found, stated, strict=True)]
    return [
        *mean("power", f"{what}: power stated", world.note, stated),
        *share("power", f"{what}: found", world.note, [[one] for one in found]),
        *mean("power", f"{what}: found less stated", world.note, above, AS_STATED),
    ]


def of_intervals(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often 95 % intervals hold the truth.

    Notes
    -----
    The truth is zero for every measure where nothing changed, and the rise planted for the execution rate where it did.
    What a redesign does to other measures is not known and not asked. Where a world moves the crude figures, they are told
    without a bar; the figure of the explanation that looks at it must hold zero.
    """
    correction = world.corrected_by
    bar = None if correction else AT_LEAST_HELD
    names = dict.fromkeys(name for trial in trials for name in trial["effects"]) if world.is_null else ["execution_rate"]
    held = [
        figure
        for name in names
        for figure in share("intervals", f"{name.replace('_', ' ')} holds the truth", world.note,
                            _held(world, [trial["effects"][name] for trial in trials if name in trial["effects"]]), bar)
    ]  # fmt: skip
    if not correction:
        return held
    corrected = _held(world, [trial["explanations"][correction] for trial in trials])
    return [*held, *share("intervals", "execution rate, corrected, holds the truth", world.note, corrected, AT_LEAST_HELD)]


def _held(world: World, effects: Sequence[Mapping[str, Any]]) -> list[list[bool]]:
    return [[holds(one, world.improvement)] for one in effects if one.get("status") == "ok"]


def holds(limits: Mapping[str, Any], truth: float) -> bool:
    """Return whether an interval holds the truth; an end that is not reached is open."""
    low, high = limits["low"], limits["high"]
    return (low is None or low <= truth) and (high is None or truth <= high)


def of_others(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often at least one of the other measures is called improved, or worsened, where nothing changed.

    With the mix of types held equal, as reported, and before.
    """
    if not world.is_null:
        return []
    groups = {words: [trial for trial in trials if trial["is_whole"] is is_whole] for words, is_whole in EXTENTS.items()}
    return [figure for words, group in groups.items() for figure in _of_others(words, world, group)]


def _of_others(words: str, world: World, trials: Sequence[Trial]) -> list[Figure]:
    judged, crude = ([[one["verdict"] for one in others(trial, key) if is_judged(one)] for trial in trials]
                     for key in ("held", "effects"))  # fmt: skip
    some = [verdicts for verdicts in judged if verdicts]
    before = [["improved" in verdicts] for verdicts in crude if verdicts]
    return [
        *mean("others", f"{words}: measures judged", world.note, [len(verdicts) for verdicts in judged]),
        *share("others", f"{words}: any *improved* before the mix is held", world.note, before),
        *share("others", f"{words}: any *improved*", world.note, [["improved" in one] for one in some], AT_MOST_FALSE),
        *share("others", f"{words}: any *worsened*", world.note, [["worsened" in one] for one in some]),
    ]


def others(trial: Trial, key: str) -> list[Mapping[str, Any]]:
    """Return the effects other than the primary one, as ``held`` or as in ``effects``."""
    return [effect for name, effect in trial[key].items() if name != trial["primary"]]


def of_chart(world: World, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often the standing charts say "shifted", by a run of seven points on one side of the mean."""
    bar = AT_MOST_FALSE if world.is_null and world.corrected_by is None else None
    return [figure for name, words in CHARTS.items() for figure in _of_chart(name, words, world, trials, bar)]


def _of_chart(name: str, words: str, world: World, trials: Sequence[Trial], bar: Bar | None) -> list[Figure]:
    charts = [trial["charts"][name] for trial in trials if name in trial["charts"]]
    drawn = [chart for chart in charts if chart["points"]]
    early = [chart["early"] for chart in drawn if chart["points"] >= EARLY_POINTS]
    return [
        *share("chart", f"{words}: limits", world.note, [[chart["points"] > 0] for chart in charts]),
        *mean("chart", f"{words}: new points", world.note, [chart["points"] for chart in drawn]),
        *share("chart", f"{words}: shifted from the start, either way", world.note,
               [[bool(sides)] for sides in early], bar),
        *share("chart", f"{words}: shifted for the better, over all new points", world.note,
               [[1 in chart["sides"]] for chart in drawn]),
        *share("chart", f"{words}: shifted for the worse, over all new points", world.note,
               [[-1 in chart["sides"]] for chart in drawn]),
    ]  # fmt: skip


def by_line(figures: Sequence[Figure]) -> list[Figure]:
    """Return figures with one line after another over all worlds, in the order in which the lines first appear."""
    order = {key: place for place, key in enumerate(dict.fromkeys((figure.part, figure.what) for figure in figures))}
    return sorted(figures, key=lambda figure: order[figure.part, figure.what])


SCORES: Final[Mapping[str, Callable[[World, Sequence[Trial]], list[Figure]]]] = {
    "verdicts": of_verdicts,
    "data": of_data,
    "power": of_power,
    "intervals": of_intervals,
    "others": of_others,
    "chart": of_chart,
}
PARTS: Final = tuple(SCORES)
