from __future__ import annotations

import pytest
from effects.page import MARKS, block
from effects.scoring import by_line, figures_of, holds
from effects.trials import stated_power
from effects.worlds import ALL, World

from gapkit.stats.differences import minimum_detectable_difference

NULL = World("no-change", "mid: no change")
REGRESSION = World("regression", "mid: regression", "regression_to_mean")
TWENTY = World("twenty", "mid: +20 points", improvement=0.2)


def effect(verdict, low=-0.1, high=0.1, **more):
    return {"n": [80, 40], "status": "ok", "value": 0.0, "low": low, "high": high, "better": 1, "verdict": verdict} | more


def trial(
    crude,
    guarded,
    other="no detectable change",
    power=None,
    corrected=None,
    points=9,
    sides=(),
    is_whole=True,
    held=None,
    **more,
):
    effects = {"execution_rate": effect(crude, **more), "velocity_per_week": effect(other)}
    return {
        "number": 0, "is_whole": is_whole, "has_history": True, "gain": 0.2, "primary": "execution_rate",
        "effects": effects, "held": {**effects, "velocity_per_week": effect(held or other)},
        "guarded": effect(guarded, **more), "stated_power": power,
        "charts": {"throughput": {"grain": "week", "points": points, "early": sides[:1], "sides": sides}},
        "explanations": {"regression_to_mean": {"standing": "may explain it", **(corrected or {})}},
    }  # fmt: skip


def figure(figures, what):
    (found,) = (one for one in figures if one.what == what)
    return found


@pytest.mark.parametrize(("before", "after", "rate"), [(80, 40, 0.55), (60, 60, 0.4), (240, 120, 0.7)])
def test_power_is_stated_by_the_formula_that_states_what_is_detectable(before, after, rate):
    """The smallest difference detectable with 80 % power has a power of 80 %."""
    change = minimum_detectable_difference(before, after, rate)

    assert 0.8 == pytest.approx(stated_power(before, after, rate, change))


def test_power_has_an_answer_where_no_variance_is_left():
    """From a rate of 1 there is nothing to see; from 0 of 40 to 40 of 40 it cannot be missed."""
    assert (0.0, 1.0) == (stated_power(40, 40, 1.0, 0.2), stated_power(40, 40, 0.0, 1.0))


def test_a_false_improvement_counts_after_the_guards_and_among_those_judged():
    """Of ten judged three are called improved before the guards and one after; two without a verdict are told apart."""
    words = [("improved", "improved"), *[("improved", "no detectable change")] * 2,
             *[("no detectable change", "worsened")] * 7, *[("too little data", "too little data")] * 2]  # fmt: skip
    trials = [trial(*pair) for pair in words]
    figures = figures_of(NULL, trials)

    assert (0.3, 10) == (figure(figures, "*improved* before the guards").value, 10)
    assert (0.1, True) == (figure(figures, "*improved*").value, figure(figures, "*improved*").is_met)
    assert 0.7 == figure(figures, "*worsened*").value
    assert 2 / 12 == figure(figures, "*too little data* for the primary measure").value


def test_any_other_measure_called_improved_counts_once_for_its_organisation():
    """One of four measured whole has another measure that improved; one measured in part has one that worsened."""
    same, words = "no detectable change", ("improved", *["worsened"] * 3)
    trials = [*(trial(same, same, other=word) for word in words), trial(same, same, other="worsened", is_whole=False)]
    figures = figures_of(NULL, trials)
    said = [
        (extent, word) for extent in ("all other measures", "those on programs alone") for word in ("improved", "worsened")
    ]

    assert [0.25, 0.75, 0.0, 1.0] == [figure(figures, f"{extent}: any *{word}*").value for extent, word in said]


def test_other_measures_are_told_before_and_after_the_mix_is_held():
    """Two of four were called improved, one of them by its mix."""
    same = "no detectable change"
    trials = [trial(same, same, "improved"), trial(same, same, "improved", held=same), *[trial(same, same)] * 2]
    figures = figures_of(NULL, trials)

    assert 0.5 == figure(figures, "all other measures: any *improved* before the mix is held").value
    assert 0.25 == figure(figures, "all other measures: any *improved*").value


def test_a_share_found_stands_beside_the_power_stated():
    """Three of four found at a power of .5 and .9 by turns: .05 above what was stated, which is met."""
    found = [("improved", 0.05, 0.5), ("improved", 0.1, 0.9), ("improved", 0.1, 0.5), ("no detectable change", -0.1, 0.9)]
    trials = [trial(word, word, power=power, low=low, high=0.3) for word, low, power in found]
    figures = figures_of(TWENTY, trials)
    said = {
        name: figure(figures, f"*improved*, where judged: {name}")
        for name in ("power stated", "found", "found less stated")
    }

    assert (0.7, 0.75, 0.05) == pytest.approx(tuple(one.value for one in said.values()))
    assert said["found less stated"].is_met
    assert 1.0 == figure(figures, "execution rate holds the truth").value


def test_where_the_world_moves_the_figures_only_what_corrects_them_has_a_bar():
    """Crude coverage of zero is told; the corrected difference is held against .92, where there is one."""
    corrected = {"status": "ok", "low": -0.1, "high": 0.1}
    trials = [trial("improved", "improved", low=0.01, high=0.2, corrected=given) for given in (corrected, None)]
    figures = figures_of(REGRESSION, trials)

    assert (0.0, None) == tuple(
        getattr(figure(figures, "execution rate holds the truth"), name) for name in ("value", "is_met")
    )
    assert (1, True) == tuple(
        getattr(figure(figures, "execution rate, corrected, holds the truth"), name) for name in ("n", "is_met")
    )


def test_a_chart_alarms_early_or_late_and_on_either_side():
    """Of four charts one has no limits, one six new points; of two with nine one shifts early, and back later."""
    drawn = [(0, ()), (6, ()), (9, ()), (9, (1, -1))]
    figures = figures_of(NULL, [trial("improved", "improved", points=points, sides=sides) for points, sides in drawn])

    assert 0.75 == figure(figures, "deliveries: limits").value
    assert (2, 0.5) == tuple(
        getattr(figure(figures, "deliveries: shifted from the start, either way"), name) for name in ("n", "value")
    )
    assert 1 / 3 == figure(figures, "deliveries: shifted for the worse, over all new points").value


def test_an_end_that_is_not_reached_is_open():
    """An interval without an upper end holds whatever lies above its lower one."""
    assert (True, False) == tuple(holds({"low": low, "high": None}, 0.0) for low in (-1.0, 0.5))


def test_the_page_names_what_is_missed_and_keeps_the_worlds_of_a_line_together():
    """Nine of ten improved falsely in two worlds: both are listed, one under the other, and no day is named."""
    trials = [trial("improved", "improved")] * 9 + [trial("worsened", "worsened")]
    figures = [figure for world in (NULL, REGRESSION) for figure in figures_of(world, trials)]
    written = block(figures, "python benchmarks/validation_measure.py", 1)

    assert "- *improved*; mid: no change\n- *improved*; mid: regression\n" in written
    assert ["mid: no change", "mid: regression"] == [one.cell for one in by_line(figures)[:2]]
    assert written.startswith("Made with `python benchmarks/validation_measure.py`, seed 1; ")
    assert all("validation_measure" in mark for mark in MARKS)


def test_every_world_is_one_the_generator_knows_and_draws_its_own_organisations():
    """Names are unique; the same number is another organisation in another world, and the same one when asked again."""
    arguments = [world.arguments(3, 1) for world in ALL]

    assert len(ALL) == len({world.name for world in ALL}) == len({one.seed for one in arguments})
    assert arguments == [world.arguments(3, 1) for world in ALL]
    assert arguments != [world.arguments(3, 2) for world in ALL]
