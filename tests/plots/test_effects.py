from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.plots.effects import describe_effects, places_of, plot_effects
from gapkit.plots.theme import PALETTE, theme
from gapkit.results import Result


def claim(name, effect, verdict, direction=-1, no_effect=0.0):
    return SimpleNamespace(id=name, name=f"Claim {name}", effect=effect, verdict=verdict, claimed_direction=direction,
                           no_effect=no_effect)  # fmt: skip


CLAIMS = [
    claim("C1", Result("x", -0.22, -0.36, -0.07, unit="pp"), "supported on your data"),
    claim("C2", Result("x", -0.03, -0.19, 0.12, unit="ratio"), "not shown", 1),
    claim("C3", Result("x", status="thin", n=4, unit="pp"), "too little data"),
]


def draw(claims=CLAIMS):
    with theme():
        return plot_effects(claims)


def test_the_claimed_side_is_the_right_one_for_every_claim():
    """Fewer successes as claimed stand right of the middle, less drift than claimed left of it."""
    lines = [[round(float(x), 6) for x in line.get_xdata()] for line in draw().get_lines()]

    assert [[0.36, 0.07], [0.22], [-0.19, 0.12], [-0.03]] == lines[:4]


def test_a_claim_without_effect_keeps_its_row_and_its_word():
    """Nothing is drawn at zero; the verdict stands for it."""
    axes = draw()

    assert ["supported on your data", "not shown", "too little data"] == [text.get_text() for text in axes.texts[:3]]
    assert ["C1  Claim C1", "C2  Claim C2", "C3  Claim C3"] == [label.get_text() for label in axes.get_yticklabels()]


@pytest.mark.parametrize(
    ("effect", "no_effect", "direction", "places"),
    [
        (Result("x", 3.0, 1.0, None, unit="ratio"), 1.0, 1, (0.5, 0.0, 1.0)),
        (Result("x", None, 3.0, None, unit="ratio"), 1.0, 1, (1.0, 0.5, 1.0)),
        (Result("x", 0.25, 0.125, 0.375), 0.5, -1, (0.25, 0.375, 0.125)),
    ],
)
def test_ratios_and_shares_stand_by_their_distance_from_no_effect(effect, no_effect, direction, places):
    """Three times as often is (3 − 1)/(3 + 1); a limit not reached is the edge; a quarter is a quarter from even."""
    assert places == places_of(claim("C", effect, "", direction, no_effect))


def test_only_what_was_decided_is_coloured():
    """Supported and contradicted stand out; the rest is grey."""
    colours = [text.get_color() for text in draw().texts[:3]]

    assert [PALETTE["delivered"], PALETTE["muted"], PALETTE["muted"]] == colours


def test_the_alt_text_holds_every_verdict():
    """Claims and verdicts in words."""
    assert "Claim C1: supported on your data; Claim C2: not shown; Claim C3: too little data." in describe_effects(CLAIMS)
