from __future__ import annotations

import pytest

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.levers import controllable_inputs, single_source_of_truth
from gapkit.diagnosis.pitfalls import campaign_of_the_quarter, ivory_tower, tool_first
from gapkit.diagnosis.signs.signs import counted, missing, sign_of
from gapkit.diagnosis.signs.wording import count_words, mark_words, sign_words, value_words
from gapkit.results import Result

MODULES = (capability, leadership_direction, execution_discipline, ivory_tower, tool_first, campaign_of_the_quarter,
           single_source_of_truth, controllable_inputs)  # fmt: skip
ABOUTS = [about for module in MODULES for about in vars(module).values() if isinstance(about, About)]
USED = About("Tool 4", "paid seats in use", "", (), is_census=True, clause="{} of paid seats are in use")


@pytest.mark.parametrize("about", ABOUTS, ids=lambda about: about.id)
def test_every_sign_reads_as_a_clause_and_has_a_name_for_tables(about):
    """The clause holds the value once, where it belongs; the name is a noun phrase that begins with no leftover word."""
    said = sign_words(sign_of(about, Result("x", 0.25, 0.18, 0.33, n=80, unit=about.unit)))

    assert 1 == about.clause.count("{}")
    assert not about.name.startswith(("of ", "is ", "are "))
    assert "{" not in said
    assert len(said) < 200


def test_a_sign_in_words_has_value_interval_n_and_mark():
    """A reader sees what was found and from where on it counts."""
    asked = sign_of(ivory_tower.ASKED, Result("x", 0.25, 0.18, 0.33, n=80))

    assert (
        "25 % of programs were discussed before they were committed to (95 % interval 18 to 33 %, n = 80; less than 40 % "
        "is a sign)" == sign_words(asked)
    )


def test_a_score_says_which_end_is_bad():
    """17 of 100 is nothing to a reader who does not know that 100 is worst."""
    said = sign_of(capability.SAID, Result("x", 17.0, 12.0, 22.0, n=35, unit="points"))

    assert (
        "people score the skills at hand at 17 of 100 (100 is worst, 95 % interval 12 to 22, n = 35; 50 or more is a sign)"
        == sign_words(said)
    )


def test_an_interval_without_width_is_not_spelled_out():
    """ "1 day to 1 day" is no interval to a reader."""
    latency = sign_of(leadership_direction.LATENCY, Result("x", 1.0, 1.0, 1.0, n=131, unit="days"))

    assert "95 % interval the same when rounded, n = 131; more than 10 days is a sign" in sign_words(latency)


def test_a_value_is_not_rounded_onto_a_mark_it_misses():
    """49.7 % of seats in use is less than half; printed as 50 % it would look as if it were not. Half itself stays 50 %."""
    assert ["49.7 %", "50 %", "48 %"] == [value_words(counted(USED, value, 8)) for value in (0.497, 0.5, 0.48)]


def test_a_ratio_without_an_upper_end_is_at_least_its_lower_limit():
    """No interruption before and nine after: no number of times, and not "not reached times as often"."""
    displaced = sign_of(campaign_of_the_quarter.DISPLACED, Result("x", None, 4.74, None, n=58, unit="ratio"))

    assert sign_words(displaced).startswith("committed work is interrupted at least 4.74 times as often once")


def test_a_figure_without_a_mark_says_none():
    """It is shown, and judges nothing."""
    assert "" == mark_words(missing(capability.SELF, "No ratings."))


@pytest.mark.parametrize(
    ("values", "other", "expected"),
    [
        ((0.9, 0.9), True, "none of 2 other signs is beyond its mark"),
        ((0.4, 0.9), False, "1 of 2 signs is beyond its mark"),
        ((0.4, 0.4), True, "2 of 2 other signs are beyond their mark"),
        ((0.4,), True, "the one other sign is beyond its mark"),
    ],
)
def test_signs_are_counted_in_good_english(values, other, expected):
    """None, one, some."""
    assert expected == count_words([counted(USED, value, 8) for value in values], other=other)
