"""Agreement of ratings against the papers that defined it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.agreement import group_agreement, r_wg, r_wg_items, rater_agreement

# Shrout & Fleiss (1979), table 2: six targets rated by four judges.
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=20)


def test_r_wg_by_hand() -> None:
    """4, 4, 4, 5, 5 on five options: variance .3 against 2 for a uniform choice, so .85."""
    assert 0.85 == pytest.approx(r_wg([4, 4, 4, 5, 5]))


def test_r_wg_of_several_items() -> None:
    """Three such items: 3 * .85 / (3 * .85 + .15) = .944 (James, Demaree & Wolf 1984, equation 4)."""
    answers = np.repeat([[4], [4], [4], [5], [5]], 3, axis=1)

    assert 0.944 == round(r_wg_items(answers), 3)


def test_r_wg_at_its_ends() -> None:
    """All alike is 1; two camps at the ends vary more than chance, which counts as none and never as less."""
    assert 1 == r_wg([3, 3, 3])
    assert 0 == r_wg([1, 1, 5, 5])
    assert 0 == r_wg_items([[1, 5], [5, 1], [1, 5]])


@given(ANSWERS)
def test_r_wg_does_not_depend_on_order_or_direction(answers: list[int]) -> None:
    """Rows may come in any order, and recoding an item changes no agreement."""
    recoded = [6 - answer for answer in answers]

    assert r_wg(answers) == pytest.approx(r_wg(answers[::-1])) == pytest.approx(r_wg(recoded))


@given(ANSWERS)
def test_one_item_is_the_single_case(answers: list[int]) -> None:
    """r_wg(j) with one item is r_wg; an answer missing from it is left out."""
    assert r_wg(answers) == pytest.approx(r_wg_items([[answer] for answer in [*answers, np.nan]]))


def test_answers_off_the_scale_are_refused() -> None:
    """A 6 on five options, a single answer, and a scale of one option."""
    for answers, options in (([4, 6], 5), ([4], 5)):
        with pytest.raises(ValueError, match="answers to an item"):
            r_wg(answers, options)
    with pytest.raises(ValueError, match="options == 1"):
        r_wg([1, 1], 1)


def test_answers_must_be_a_table() -> None:
    """One row of answers is not respondents by items."""
    with pytest.raises(ValueError, match="must be respondents by items"):
        r_wg_items([4, 4, 5])


def test_six_forms_match_shrout_and_fleiss() -> None:
    """Shrout & Fleiss (1979), table 4: .17 .29 .71 .44 .62 .91; here to three decimals."""
    forms = rater_agreement(JUDGES)

    assert [0.166, 0.290, 0.715, 0.443, 0.620, 0.909] == [round(icc, 3) for icc in forms]


def test_one_way_forms_are_those_of_groups() -> None:
    """With targets as groups of equal size ICC(1) is ICC(1,1) and ICC(2) is ICC(1,k)."""
    values = np.array(JUDGES)
    forms = rater_agreement(values)

    agreement = group_agreement(values.ravel(), np.repeat(range(6), 4))

    assert (forms.icc11, forms.icc1k, 4) == pytest.approx((agreement.icc1, agreement.icc2, agreement.mean_size))


def test_groups_of_unequal_size_by_hand() -> None:
    """Sizes 2, 3, 5: k = (10 - 38/10) / 2 = 3.1; means 2, 4, 6 about 4.6 give MSB 12.2, MSW 14/7 = 2."""
    values = [1, 3, 3, 4, 5, 4, 5, 6, 7, 8]
    agreement = group_agreement(values, list("aabbbccccc"))

    assert (3.1, 3, 10) == (pytest.approx(agreement.mean_size), agreement.groups, agreement.n)
    assert (10.2 / (12.2 + 2.1 * 2), 10.2 / 12.2) == pytest.approx((agreement.icc1, agreement.icc2))


def test_groups_without_differences() -> None:
    """Everyone the same: neither coefficient exists. Equal means and spread inside: ICC(1) is negative, ICC(2) missing."""
    same, equal = group_agreement([3] * 4, list("aabb")), group_agreement([0.1, 0.3, 0.3, 0.1], list("aabb"))

    assert (None, None) == same[:2]
    assert (-1, None) == equal[:2]


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=8), st.integers(-3, 3))
def test_leniency_of_raters_leaves_consistency_alone(table: list[list[int]], shift: int) -> None:
    """A rater who adds the same to everything changes agreement, not consistency."""
    ratings = np.array(table, dtype=float)
    if np.ptp(ratings.mean(axis=1)) < 1e-9:
        return
    lenient = rater_agreement(ratings + np.array([shift, 0, 0]))

    assert rater_agreement(ratings)[2::3] == pytest.approx(lenient[2::3])


@pytest.mark.parametrize("ratings", [[[1, 2]], [[1], [2]], [[1, np.nan], [2, 3]]])
def test_too_few_ratings_are_refused(ratings: list[list[float]]) -> None:
    """One thing, one rater, or a hole in the table."""
    with pytest.raises(ValueError, match="2 or more things by 2 or more raters"):
        rater_agreement(ratings)


def test_things_that_do_not_differ_have_no_reliability() -> None:
    """Equal means of all things leave nothing to tell apart."""
    with pytest.raises(ValueError, match="do not differ"):
        rater_agreement([[1, 3], [3, 1]])


def test_too_few_groups_are_refused() -> None:
    """One group, or groups of one."""
    for labels in ("aaa", "abc"):
        with pytest.raises(ValueError, match="2 or more groups and one with two members"):
            group_agreement([1, 2, 3], list(labels))
