from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.formats.likert import LABELS, NO_ANSWER, PLAIN, SOFT, Answers, plain_words, read_answers


def answers(*texts: str | None, own: dict[str, float] | None = None, points: int = 5, has_codes: bool = False) -> Answers:
    return read_answers(pd.Series(texts, dtype="str"), own or {}, points, has_codes=has_codes)


def read(*texts: str | None, own: dict[str, float] | None = None, points: int = 5, has_codes: bool = False) -> list[float]:
    return answers(*texts, own=own, points=points, has_codes=has_codes).points.fillna(-1).tolist()


LANGUAGES = {
    "English": ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    "soft English": ["Strongly disagree", "Somewhat disagree", "Neither agree nor disagree", "Somewhat agree",
                     "Strongly agree"],
    "German": ["Stimme überhaupt nicht zu", "Stimme nicht zu", "Teils/teils", "Stimme zu", "Stimme voll und ganz zu"],
    "soft German": ["Stimme gar nicht zu", "Stimme eher nicht zu", "weder noch", "Stimme eher zu", "Stimme voll zu"],
    "French": ["Pas du tout d’accord", "Pas d’accord", "Neutre", "D'accord", "Tout à fait d'accord"],
    "Spanish": ["Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo",
                "Totalmente de acuerdo"],
    "Italian": ["Fortemente in disaccordo", "In disaccordo", "Né d'accordo né in disaccordo", "D'accordo",
                "Fortemente d'accordo"],
    "Portuguese": ["Discordo totalmente", "Discordo", "Não concordo nem discordo", "Concordo", "Concordo totalmente"],
    "Dutch": ["Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens"],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_answers_are_known_in_seven_languages(language: str) -> None:
    """From strongly disagree to strongly agree they are 1 to 5, whatever case and accents are typed."""
    words = LANGUAGES[language]

    assert [1.0, 2.0, 3.0, 4.0, 5.0] == read(*words)
    assert [1.0, 2.0, 3.0, 4.0, 5.0] == read(*(word.upper() for word in words))


def test_a_word_stands_for_one_thing() -> None:
    """No label is two points, nor both an answer and none."""
    assert len(LABELS) == len(PLAIN) + len(SOFT)
    assert not set(LABELS) & NO_ANSWER


@pytest.mark.parametrize(
    "text", ["4", "4.0", "4,00", "4 - Agree", "4 = agree", "(4) Agree", "Agree (4)", "4: agree", "4 – X"]
)
def test_numbers_may_have_words_beside_them(text: str) -> None:
    """A number counts before or after its words, whether or not the words are known."""
    assert [4.0] == read(text)


def test_words_go_before_the_number_beside_them() -> None:
    """A scale numbered from 1, strongly agree, runs backwards; the words say what was meant."""
    assert [5.0, 1.0] == read("1 - Strongly agree", "5 - Strongly disagree")


@pytest.mark.parametrize(
    "text", ["n/a", "N.A.", "Not applicable", "don’t know", "Weiß nicht", "k. A.", "6 - not applicable", None]
)
def test_no_answer_is_blank_and_understood(text: str | None) -> None:
    """Who cannot answer leaves a blank, and that is nothing to report."""
    found = answers(text)

    assert [True] == found.points.isna().tolist()
    assert not found.unknown.any()
    assert not found.beyond.any()


@pytest.mark.parametrize("text", ["f4", "perhaps", "-1", "−99", "99", "0", "3.5", "1/5", "4 5", "2026-03-01"])
def test_what_nobody_knows_is_blank_and_counted(text: str) -> None:
    """A code, a fraction and a typing slip are no points."""
    found = answers("3", text, "4")

    assert [False, True, False] == found.unknown.tolist()
    assert [3.0, -1.0, 4.0] == found.points.fillna(-1).tolist()
    assert not found.beyond.any()


@pytest.mark.parametrize("text", ["6", "7 - Strongly agree so much", "10"])
def test_a_point_the_scale_lacks_shows_a_longer_scale(text: str) -> None:
    """Six is no slip of a scale of five: nothing is read into it, and it is told apart from unknown words."""
    found = answers("5", text)

    assert [False, True] == found.beyond.tolist()
    assert not found.unknown.any()
    assert np.isnan(found.points.iloc[1])


def test_the_consultant_goes_first() -> None:
    """A mapping of engagement.yml is used before any word known here, with or without its exact spelling."""
    own = {"Agree": 2, "Trifft zu": 5, "0": 1}

    assert [2.0, 5.0, 5.0, 1.0, 4.0] == read("Agree", "Trifft zu", "trifft  ZU", "0", "stimme zu", own=own)


def test_codes_are_points_only_where_a_tool_writes_them() -> None:
    """A1 to A5 and AO01 to AO05 count in LimeSurvey; A6 is one more option, and who knows which."""
    assert [1.0, 5.0, 2.0, -1.0] == read("A1", "A5", "AO02", "A6", has_codes=True)
    assert [-1.0] == read("A1")


def test_soft_and_plain_words_together_are_a_longer_scale() -> None:
    """Agree beside somewhat agree is a scale of seven: neither is read, the ends and the middle are."""
    found = answers("Agree", "Somewhat agree", "Strongly agree", "Neutral")

    assert found.is_mixed
    assert [-1.0, -1.0, 5.0, 3.0] == found.points.fillna(-1).tolist()


def test_mapped_words_are_no_longer_mixed() -> None:
    """Once the consultant says what the soft ones stand for, the plain ones are known again."""
    found = answers("Agree", "Somewhat agree", own={"Somewhat agree": 3})

    assert not found.is_mixed
    assert [4.0, 3.0] == found.points.tolist()


def test_words_say_nothing_on_a_scale_of_another_length() -> None:
    """Agree is the fourth of five; of six it may be the fifth, so only numbers and the mapping are read."""
    found = answers("Agree", "5", "n/a", "Ja", own={"Ja": 6}, points=6)

    assert [True, False, False, False] == found.unknown.tolist()
    assert [-1.0, 4.2, -1.0, 5.0] == found.points.fillna(-1).tolist()


@given(points=st.integers(2, 11), point=st.integers(1, 11))
def test_rescaling_keeps_ends_order_and_middle(points: int, point: int) -> None:
    """1 stays 1, the last point becomes 5, steps are equal, and the mirrored answer is the mirrored value."""
    if point > points:
        assert [-1.0] == read(str(point), points=points)
        return
    value, mirrored = read(str(point), str(points + 1 - point), points=points)

    assert 1 + 4 * (point - 1) / (points - 1) == pytest.approx(value)
    assert 6 - value == pytest.approx(mirrored)


@given(st.lists(st.sampled_from(["1", "5 - Strongly agree", "stimme zu", "n/a", "odd", "", "7"]), max_size=12))
def test_an_answer_does_not_depend_on_the_others(texts: list[str]) -> None:
    """Read alone or among others, in any order, an answer is the same."""
    cells = [text or None for text in texts]

    assert [read(cell)[0] for cell in cells] == read(*cells)


def test_plain_words_forget_how_it_was_typed() -> None:
    """Case, accents, apostrophes, blanks that do not break and punctuation do not tell words apart."""
    assert plain_words("TOUT À FAIT D'ACCORD") == plain_words("tout a\u00a0fait d’accord.")
