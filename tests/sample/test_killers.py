from __future__ import annotations

import numpy as np
import pytest

from gapkit.sample import Arguments
from gapkit.sample.killers import SHARES, draw_severities, set_parameters
from gapkit.sample.streams import Streams
from gapkit.vocabulary import KILLERS


@pytest.mark.parametrize(("level", "low", "high"), [("none", 0, 0.25), ("moderate", 0.55, 0.75), ("strong", 0.75, 1)])
def test_levels_are_ranges_of_severity(level: str, low: float, high: float) -> None:
    """A level draws anywhere in its range, docs/method.md, "Synthetic organisation"."""
    drawn = [
        draw_severities(Arguments(seed=seed, killers=dict.fromkeys(KILLERS, level)), Streams(seed)).planted[name]
        for seed in range(40)
        for name in KILLERS
    ]

    assert low <= min(drawn) < low + 0.03
    assert high - 0.03 < max(drawn) <= high


def test_a_number_is_taken_as_it_is() -> None:
    """A severity may be given outright."""
    severities = draw_severities(Arguments(killers={"misalignment": 0.4}), Streams(1))

    assert 0.4 == severities.planted["misalignment"]


def test_other_killers_colour_what_is_shown() -> None:
    """Cross-talk adds a fifth of the mean severity of all killers."""
    killers = dict(zip(KILLERS, [0.0, 1.0, 0.5, 0.0, 0.0], strict=True))
    severities = draw_severities(Arguments(killers=killers), Streams(1))

    assert 0.06 == pytest.approx(severities.shown["misalignment"])
    assert 0.56 == pytest.approx(severities.shown["unclear_ownership"])


def test_one_killer_leaves_the_places_of_the_others() -> None:
    """Switching a killer on moves no other planted severity."""
    off = draw_severities(Arguments(seed=9), Streams(9)).planted
    on = draw_severities(Arguments(seed=9, killers={"poor_tooling": "strong"}), Streams(9)).planted

    assert ["poor_tooling"] == [name for name in off if off[name] != on[name]]


def test_shares_rise_with_severity_and_scatter_around_their_span() -> None:
    """At severity 0 and 1 the mean logit over organisations is that of the two ends of the span."""
    ends = {}
    for severity in (0.0, 1.0):
        arguments = Arguments(killers=dict.fromkeys(KILLERS, severity))
        drawn = [set_parameters(draw_severities(arguments, Streams(seed)), Streams(seed)) for seed in range(200)]
        shares = np.array([values["no_single_owner"] for values in drawn])
        ends[severity] = np.log(shares / (1 - shares))
    _, low, high = SHARES["no_single_owner"]

    assert np.log(low / (1 - low)) == pytest.approx(ends[0.0].mean(), abs=0.12)
    assert np.log(high / (1 - high)) == pytest.approx(ends[1.0].mean(), abs=0.12)
    assert 0.6 == pytest.approx(ends[0.0].std(), abs=0.1)
