from __future__ import annotations

import pytest

from gapkit.diagnosis.causes.rule import Words, judge, reservations, sentence_of
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.signs.signs import counted, missing, sign_of
from gapkit.results import Result

WORDS = Words("Capability", "lacking", "may be lacking", "not shown to be lacking")
SAID = About("Capability 1", "survey score", "", ("survey_answers",), unit="points", clause="people score it at {} of 100")
HOLES = About("Capability 2", "holes", "", (), is_census=True, clause="{} of skills are holes")
SINGLE = About("Capability 3", "single", "", (), is_census=True, clause="{} of skills hang on one person")
FULL = About("Capability 4", "fit", "", (), is_census=True, clause="{} of what is needed is there")


def said(value, reach=5):
    return sign_of(SAID, Result("x", value, value - reach, value + reach, n=40, unit="points"))


NOT_ASKED = missing(SAID, "A survey would switch this on.")
ALL_WELL = [counted(HOLES, 0.0, 20), counted(SINGLE, 0.1, 20), counted(FULL, 0.9, 20)]
ONE_SIGN = [counted(HOLES, 0.2, 20), counted(SINGLE, 0.1, 20), counted(FULL, 0.9, 20)]
MOST_SIGNS = [counted(HOLES, 0.2, 20), counted(SINGLE, 0.1, 20), counted(FULL, 0.5, 20)]
UNMEASURED = [missing(HOLES, "Ratings would switch this on."), missing(SINGLE, "x"), missing(FULL, "x")]


@pytest.mark.parametrize(
    ("score", "seen", "expected"),
    [
        (said(60), ONE_SIGN, "lacking"),
        (said(50), ONE_SIGN, "lacking"),
        (said(30), ONE_SIGN, "not shown to be lacking"),
        (said(30), MOST_SIGNS, "may be lacking"),
        (said(70), ALL_WELL, "may be lacking"),
        (said(52), ALL_WELL, "not shown to be lacking"),
        (said(30), ALL_WELL, "not shown to be lacking"),
        (said(60), UNMEASURED, "may be lacking"),
        (said(30), UNMEASURED, "not shown to be lacking"),
        (NOT_ASKED, MOST_SIGNS, "may be lacking"),
        (NOT_ASKED, ONE_SIGN, "not shown to be lacking"),
        (NOT_ASKED, UNMEASURED, "not assessable"),
    ],
)
def test_a_cause_needs_what_people_say_and_what_happened(score, seen, expected):
    """Both: shown. One alone: possible where it is clear, or nothing is known of the other. Neither: not shown."""
    assert expected == judge(score, seen, WORDS)


@pytest.mark.parametrize(
    ("score", "seen", "expected"),
    [
        (said(30), MOST_SIGNS, "not shown to be lacking"),
        (said(70), ALL_WELL, "not shown to be lacking"),
        (said(60), ONE_SIGN, "lacking"),
        (NOT_ASKED, MOST_SIGNS, "may be lacking"),
    ],
)
def test_where_both_are_needed_one_alone_is_nothing_once_the_other_is_known(score, seen, expected):
    """Direction people find steady is not unclear because decisions are slow."""
    assert expected == judge(score, seen, WORDS, needs_both=True)


CLEAR, CHANCE = (
    sign_of(HOLES, Result("x", 0.3, n=20)),
    sign_of(About("Direction 4", "x", "", ()), Result("x", 0.3, 0.1, 0.5)),
)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [([said(60), CLEAR], 0), ([said(52), CLEAR], 1), ([said(60), CHANCE], 1), ([said(52), CHANCE], 2)],
    ids=["both clear", "answers across", "sign across", "both across"],
)
def test_what_may_be_chance_is_said(signs, expected):
    """The rule reads values; where an interval reaches back over its mark, the reader is told."""
    assert expected == len(reservations("lacking", signs, WORDS))
    assert () == reservations("may be lacking", signs, WORDS)


def test_a_figure_without_a_threshold_does_not_count():
    """It is shown for the reader, and judges nothing."""
    shown_only = counted(About("Capability 5", "levels", "", (), unit="count"), 2.0, 20)

    assert "not shown to be lacking" == judge(said(30), [*ALL_WELL, shown_only], WORDS)


def test_the_sentence_names_what_people_say_and_the_signs_beyond():
    """Signs that are well are left out; further facts follow."""
    signs = [said(60), *ONE_SIGN]
    text = sentence_of(WORDS, "lacking", signs, ("Held by nobody: editing (writer).",))

    assert text.startswith("Capability is lacking. People score it at 60 of 100 (100 is worst,")
    assert "1 of 3 other signs is beyond its mark: 20 % of skills are holes" in text
    assert "hang on one person" not in text
    assert text.endswith("Held by nobody: editing (writer).")


def test_the_sentence_of_the_unknown_says_what_would_switch_it_on():
    """Not assessable is not zero."""
    text = sentence_of(WORDS, "not assessable", [NOT_ASKED, *UNMEASURED])

    assert "Capability is not assessable. A survey would switch this on." == text


def test_the_clearest_signs_are_told_first_and_the_rest_is_counted():
    """Three beyond, two told: one that may be chance gives way to one that is clear."""
    signs = [said(60), CHANCE, counted(SINGLE, 0.4, 20), counted(FULL, 0.5, 20)]
    text = sentence_of(WORDS, "lacking", signs)

    assert "3 of 3 other signs are beyond their mark: 40 % of skills hang on one person" in text
    assert f"{CHANCE.value:.0%}" not in text.replace(" ", "")


def test_what_nobody_was_asked_is_not_told_as_a_score():
    """Without a survey the records speak alone, and the sentence says so."""
    text = sentence_of(WORDS, "may be lacking", [NOT_ASKED, *MOST_SIGNS])

    assert text.startswith("Capability may be lacking. What people say is not known. 2 of 3 signs are beyond their mark: ")
