from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.measurement.explanations import Explanation, Explanations, guarded
from gapkit.measurement.verdict import Judgement


def looked(standing, name="case_mix", guards=True):
    """One explanation of a standing."""
    return Explanations((Explanation(name, "Another mix of work", standing, None, "", guards=guards),))


@pytest.mark.parametrize(("before", "after"), [((10, 30), (27, 30)), ((27, 30), (10, 30))])
def test_a_guard_that_may_explain_it_takes_the_verdict(found, before, after):
    """Improved and worsened alike; the figures stay, the sentence says why."""
    effect = found("on_time_rate", before, after)
    left = guarded(effect, looked("may explain it"))

    assert left.judgement == Judgement("no detectable change", "once the mix of work is held equal")
    assert "no detectable change, once the mix of work is held equal." in left.sentence
    assert left.difference == effect.difference


@pytest.mark.parametrize("standing", ["ruled out", "does not explain it", "cannot be told"])
def test_other_standings_leave_it(found, standing):
    """What was not found to explain it takes nothing away."""
    effect = found("on_time_rate", (10, 30), (27, 30))

    assert guarded(effect, looked(standing)) is effect


def test_what_is_no_guard_leaves_it(found):
    """The season may explain it and is said, no more."""
    effect = found("on_time_rate", (10, 30), (27, 30))

    assert guarded(effect, looked("may explain it", "season", guards=False)) is effect


@pytest.mark.parametrize("verdict", ["no detectable change", "too little data", "not measured", "monitoring"])
def test_a_guard_never_gives_a_verdict(found, verdict):
    """It can only take one away."""
    effect = replace(found("on_time_rate", (10, 30), (27, 30)), judgement=Judgement(verdict))

    assert guarded(effect, looked("may explain it")) is effect


def test_several_guards_are_all_named(found):
    """Mix and earlier quarters."""
    both = Explanations(looked("may explain it").considered + looked("may explain it", "regression_to_mean").considered)
    left = guarded(found("on_time_rate", (10, 30), (27, 30)), both)

    assert left.judgement.qualification == (
        "once the mix of work is held equal and once the baseline is drawn towards earlier quarters"
    )
