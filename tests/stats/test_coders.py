"""Agreement on codes against the papers and textbooks, with codes missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.stats.coders import answer_agreement, coder_agreement, fleiss_kappa, krippendorff_alpha

_ = float("nan")
# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section D: four coders, twelve texts.
CODES = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Fleiss' kappa as textbooks work it: ten texts, five codes, fourteen coders.
TEXTBOOK = [
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
]
TABLE = st.integers(2, 8).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 4), min_size=n, max_size=n), min_size=2, max_size=4)
)


@pytest.mark.parametrize(
    ("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_matches_krippendorff(scale: str, alpha: float) -> None:
    """Krippendorff (2011): .743 nominal, .815 ordinal, .849 interval, .797 ratio."""
    assert alpha == round(krippendorff_alpha(CODES, scale), 3)


def test_ac1_and_brennan_prediger_match_gwet() -> None:
    """R irrCAC on its data cac.raw4raters, the same: AC1 .77544, Brennan-Prediger .77273."""
    agreement = coder_agreement(CODES, offered=5)

    assert (0.77544, 0.77273) == (round(agreement.ac1, 5), round(agreement.brennan_prediger, 5))
    assert (0.81818, 11) == (round(agreement.observed, 5), agreement.texts)


def test_fleiss_kappa_of_the_textbook() -> None:
    """Fourteen coders: .2099, or .210 as printed."""
    assert 0.2099 == round(fleiss_kappa(TEXTBOOK), 4)


@given(TABLE)
def test_renaming_codes_and_coders_changes_nothing(table: list[list[int]]) -> None:
    """Codes are names: other numbers in another order, and coders in another order, give the same agreement."""
    codes = np.array(table)
    renamed = np.array([9, 3, 7, 1, 5])[codes][::-1]

    assert krippendorff_alpha(codes) == pytest.approx(krippendorff_alpha(renamed))
    assert coder_agreement(codes, 4) == pytest.approx(coder_agreement(renamed, 4))


@given(TABLE)
def test_texts_with_one_code_leave_alpha_alone(table: list[list[int]]) -> None:
    """A text that only one coder read tells nothing about agreement."""
    alone = np.full((len(table), 1), np.nan)
    alone[0] = 9

    assert krippendorff_alpha(table) == pytest.approx(krippendorff_alpha(np.hstack([table, alone])))


def test_perfect_agreement_is_one() -> None:
    """The same codes from everyone, more than one of them in use."""
    codes = [[1, 2, 3]] * 3

    assert 1 == krippendorff_alpha(codes) == coder_agreement(codes, 3).ac1 == coder_agreement(codes, 3).brennan_prediger


def test_one_code_throughout_cannot_be_told_from_chance() -> None:
    """Alpha and kappa do not exist; AC1 and Brennan-Prediger, which know what was offered, are 1."""
    codes = [[2, 2, 2], [2, 2, 2]]

    assert krippendorff_alpha(codes) is None
    assert fleiss_kappa([[0, 2], [0, 2]]) is None
    assert 1 == coder_agreement(codes, 4).ac1
    assert krippendorff_alpha([[1, _], [_, 2]]) is None


def test_impossible_codings_are_refused() -> None:
    """Negative values on a ratio scale, more codes than offered, no text coded twice, and ragged counts."""
    with pytest.raises(ValueError, match="no negative values"):
        krippendorff_alpha([[-1, 2], [1, 2]], "ratio")
    with pytest.raises(ValueError, match="must be coders by texts"):
        krippendorff_alpha([1, 2])
    for codes, offered in (([[1, 2, 3], [1, 2, 3]], 2), ([[1, _], [_, 1]], 2)):
        with pytest.raises(ValueError, match="codes used"):
            coder_agreement(codes, offered)
    with pytest.raises(ValueError, match="must be the same number"):
        fleiss_kappa([[2, 1], [1, 1]])


def test_answers_to_one_question() -> None:
    """Counts 6, 2, 1, 1 of five codes, by hand: 32 of 90 pairs alike = .3556, corrected (.3556 - .2) / .8 = .1944."""
    agreement = answer_agreement([6, 2, 1, 1], 5, seed=1)

    assert (0.3556, 0.1944, 0.6) == (
        round(agreement.observed, 4),
        round(agreement.corrected.value, 4),
        agreement.modal_share,
    )
    assert agreement.corrected.low < agreement.corrected.value < agreement.corrected.high


def test_answers_of_one_question_are_coders_of_one_text() -> None:
    """Respondents are coders of a single text: the same Brennan-Prediger coefficient."""
    codes = np.repeat([1, 2, 3, 4], [6, 2, 1, 1])[:, None]
    single = answer_agreement([6, 2, 1, 1], 5, seed=1)

    assert coder_agreement(codes, 5).brennan_prediger == pytest.approx(single.corrected.value)


def test_replicates_are_centred_on_the_estimate() -> None:
    """Respondents drawn twice agree with themselves; freed of that the replicates average the estimate, not more."""
    narrow = answer_agreement([30, 20, 10], 5, replicates=20_000, level=0.02, seed=1)

    assert narrow.corrected.value == pytest.approx((narrow.corrected.low + narrow.corrected.high) / 2, abs=0.01)


@given(st.permutations([7, 3, 2, 0]))
def test_order_of_codes_changes_nothing(counts: list[int]) -> None:
    """Codes in another order, unused ones included, give the same interval."""
    assert answer_agreement([7, 3, 2], 5, seed=4, replicates=50) == answer_agreement(counts, 5, seed=4, replicates=50)


@pytest.mark.parametrize(("counts", "offered"), [([1], 5), ([2, 2, 2], 2), ([3, -1, 2], 5)])
def test_impossible_answers_are_refused(counts: list[int], offered: int) -> None:
    """One respondent, more codes than offered, and a negative count."""
    with pytest.raises(ValueError, match="need 2 respondents"):
        answer_agreement(counts, offered, seed=1)
