"""Trials to figures: how often the diagnosis was right, and how often its intervals hold what they should."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from accuracy.cells import Cell
from accuracy.figures import Bar, Figure, mean, share
from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, PROBABLY_ACTIVE
from gapkit.diagnosis.triage.triage import VERDICT
from gapkit.vocabulary import KILLERS

Trial = Mapping[str, Any]
ACTIVE: Final = (CLEARLY_ACTIVE, PROBABLY_ACTIVE)
# A killer counts as planted from here on: where "moderate" begins.
PLANTED: Final = 0.55
SURE: Final = 0.90
FEWEST_FOR_SHARES: Final = 120
MEDIAN: Final = "time_to_market_median_days"


def figures_of(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return the figures of one cell, in the order of its parts."""
    return [figure for part in cell.parts for figure in SCORES[part](cell, trials)]


def planted(trial: Trial) -> list[str]:
    """Return the killers planted in an organisation."""
    return [name for name in KILLERS if trial["killers"]["severity"][name] >= PLANTED]


def of_killers(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return whether planted killers are found, others are left alone, and places are as sure as they are said to be."""
    found = []
    if cell.planted != "none":
        found = _found(cell, [trial for trial in trials if cell.is_fit(trial)])
    return [*found, *_false_alarms(cell, trials), *_places(cell, trials)]


def _found(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    said = [(trial["killers"], planted(trial)) for trial in trials]
    with_one = [(killers, names) for killers, names in said if names]
    top_two = [[name in killers["order"][:2] for name in names] for killers, names in with_one if len(names) <= 2]
    first = [[not set(names).isdisjoint(killers["order"][:1])] for killers, names in with_one]
    bars = (Bar(0.95, "at least"), Bar(0.75, "at least")) if cell.is_held else (None, None)
    words = (("at least probably active", ACTIVE), ("clearly active", ACTIVE[:1]))
    return [
        *share("killers", "planted killer among the first two", cell.note, top_two, bars[0]),
        *share("killers", "a planted killer comes first", cell.note, first, bars[1]),
        *(
            figure
            for word, verdicts in words
            for figure in share("killers", f"planted killer {word}", cell.note,
                                [[killers["verdict"][name] in verdicts for name in names] for killers, names in with_one])
        ),
    ]  # fmt: skip


def _false_alarms(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    others = [[trial["killers"]["verdict"][name] for name in KILLERS if name not in planted(trial)] for trial in trials]
    bars = (("at least probably active", ACTIVE, 0.10), ("clearly active", ACTIVE[:1], 0.03))
    return [
        figure
        for word, verdicts, bar in bars
        for figure in share("killers", f"killer not planted called {word}", cell.note,
                            [[verdict in verdicts for verdict in group] for group in others], Bar(bar, "at most"))
    ]  # fmt: skip


def _places(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how sure places are, held against the severities planted."""
    ranked = [(trial["killers"], trial["killers"]["severity"]) for trial in trials]
    return _are_places_right("by severity", cell, ranked)


def of_places(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how sure places are, held against the scores the organisation would have in the long run."""
    ranked = [(trial["killers"], trial["places"]["long_run"]) for trial in trials]
    return _are_places_right("by its score in the long run", cell, ranked)


def _are_places_right(by: str, cell: Cell, trials: Sequence[tuple[Trial, Mapping[str, float]]]) -> list[Figure]:
    """Return how often the killer said to be first with .90 or more is, and how often places lie in their intervals."""
    ranked = [(killers, true_places(worth)) for killers, worth in trials if killers["order"]]
    sure = [
        [places[name] == 1]
        for killers, places in ranked
        for name, chance in killers["p_rank1"].items()
        if chance is not None and chance >= SURE
    ]
    held = [
        [low <= places[name] <= high for name, (low, high) in placed(killers).items() if name in places]
        for killers, places in ranked
    ]
    # Where nothing is planted no killer is the worst in a way that matters.
    named = sure if cell.planted != "none" else []
    return [
        *share("killers", f"first with P ≥ .90, and the worst {by}", cell.note, named, Bar(0.90, "at least")),
        *share("killers", f"place {by} within the 90 % interval", cell.note, held, Bar(0.88, "at least")),
    ]


def placed(killers: Trial) -> dict[str, tuple[int, int]]:
    """Return the interval of places of each killer that has one."""
    return {name: places for name, places in killers["rank"].items() if places is not None}


def true_places(worth: Mapping[str, float]) -> dict[str, int]:
    """Return the place of each killer, the worst first."""
    return {name: place for place, name in enumerate(sorted(worth, key=lambda name: -worth[name]), 1)}


def of_rates(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often intervals of rates and of the median time hold the truth, and how far the median is off."""
    found = [trial["rates"] for trial in trials]
    bars = {name: Bar(0.93 if name == MEDIAN else 0.92, "at least") for name in found[0]}
    coverage = [
        figure
        for name, bar in bars.items()
        for figure in share("rates", f"95 % interval of {name} holds the truth", cell.note,
                            [[holds(rates[name])] for rates in found if rates[name]["value"] is not None], bar)
    ]  # fmt: skip
    off = [rates[MEDIAN]["value"] / rates[MEDIAN]["truth"] - 1 for rates in found if rates[MEDIAN]["value"] is not None]
    return [*coverage, *mean("rates", f"mean error of {MEDIAN}, as a share", cell.note, off, Bar(0.05, "within"))]


def holds(limits: Mapping[str, Any]) -> bool:
    """Return whether an interval holds the truth; an end that is not reached is open."""
    low, high = limits["low"], limits["high"]
    return (low is None or low <= limits["truth"]) and (high is None or limits["truth"] <= high)


def of_attribution(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often the intervals of the joint share and of each killer's share hold the truth."""
    found = [trial["attribution"] for trial in trials]
    enough = [one for one in found if one["joint"] is not None and one["n"] >= FEWEST_FOR_SHARES]
    rows = {"all killers together": [[holds(one["joint"])] for one in enough]}
    rows |= {name: [[holds(one["shares"][name])] for one in enough if name in one["shares"]] for name in KILLERS}
    return [
        figure
        for name, judged in rows.items()
        for figure in share("attribution", f"95 % interval of the share of {name.replace('_', ' ')} holds the truth",
                            cell.note, judged, Bar(0.88, "at least"))
    ]  # fmt: skip


def of_triage(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often strategy or execution is answered wrongly, and how often rightly; the rest is left open."""
    found = [trial["triage"] for trial in trials]
    given = [(one["verdict"] == VERDICT, one["cell"] == one["truth"]) for one in found]
    return [
        *share("triage", "wrong verdict", cell.note, [[said and not right] for said, right in given], Bar(0.05, "at most")),
        *share("triage", "right verdict", cell.note, [[said and right] for said, right in given]),
    ]


def of_claims(cell: Cell, trials: Sequence[Trial]) -> list[Figure]:
    """Return how often C1 and C2 are decided, either way, where outcome and exposure were dealt out at random."""
    found = [trial["claims"] for trial in trials]
    return [
        figure
        for name in ("C1", "C2")
        for figure in share("claims", f"{name} decided where nothing is to be found", cell.note,
                            [[one[name]["verdict"] in DECIDED] for one in found if one[name]["p"] is not None],
                            Bar(0.05, "at most"))
    ]  # fmt: skip


DECIDED: Final = ("supported on your data", "contradicted")
SCORES: Final[Mapping[str, Callable[[Cell, Sequence[Trial]], list[Figure]]]] = {
    "killers": of_killers,
    "places": of_places,
    "rates": of_rates,
    "attribution": of_attribution,
    "triage": of_triage,
    "claims": of_claims,
}
