from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.survey.strategy import answers_agree, choices, coding, read_codes

BOOK = pd.DataFrame({"question": "Q1", "code": list("ABCDE"), "label": [f"label {code}" for code in "ABCDE"]})
SETTINGS = Settings(bootstrap_replicates=200)


def answering(make: Any, codes: str) -> list[Any]:
    return [make.Person(codes={"Q1": code}) for code in codes]


def test_agreement_is_corrected_for_the_codes_offered(make: Any) -> None:
    """Six, two, one and one of five codes: .1944 (method, section 7); the other questions were not asked."""
    rows, gate, _ = make.gated(answering(make, "AAAAAABBCD"))
    found = answers_agree(gate, rows, read_codes(rows, BOOK), SETTINGS, seed=1)

    assert pytest.approx(0.1944, abs=1e-4) == found["agreement_Q1"].value
    assert found["agreement_Q1"].low < 0.1944 < found["agreement_Q1"].high
    assert (10, "ratio", "2026-04") == (found["agreement_Q1"].n, found["agreement_Q1"].unit, found["agreement_Q1"].period)
    assert "not_assessable" == found["agreement_Q2"].status
    assert "strategy_answers" in found["agreement_Q2"].caveats[0]


def test_four_answers_are_too_few(make: Any) -> None:
    """Of ten respondents four answered: too little data, and not how many."""
    rows, gate, _ = make.gated([*answering(make, "AAAB"), *(make.Person() for _ in range(6))])
    found = answers_agree(gate, rows, read_codes(rows, BOOK), SETTINGS, seed=1)["agreement_Q1"]

    assert ("thin", 0, None) == (found.status, found.n, found.value)


def test_a_label_chosen_is_its_code(make: Any) -> None:
    """Forms offer the labels of the codebook: chosen as such or as a code, it is one answer."""
    rows, _, _ = make.gated([*answering(make, "AAB"), *(make.Person(codes={"Q1": "label A"}) for _ in range(3))])
    read = read_codes(rows, BOOK)["Q1"]

    assert tuple("ABCDE") == read.codes
    assert [5, 1, 0, 0, 0] == read.table.sum(axis=0).tolist()


def test_own_choice_goes_before_what_coders_read(make: Any) -> None:
    """Without an own choice most coders decide; among equals the first code by name."""
    rows = make.rows(answering(make, "A" * 10))
    read = [(0, None, "A"), (0, "one", "B"), (0, "two", "B"), (1, "one", "C"), (1, "two", "D"), (1, "three", "D"),
            (2, "one", "E"), (2, "two", "B")]  # fmt: skip
    strategy = pd.DataFrame(read, columns=["row", "coder", "code"]).assign(question="Q1", text="words")
    rows = replace(rows, strategy=strategy)
    coded = read_codes(rows, BOOK)["Q1"]

    assert ["A", "D", "B"] == [coded.codes[place] for place in coded.place()[:3]]
    assert 3 == coded.is_coded.sum()


def test_choices_from_ten_answers_on(make: Any) -> None:
    """Ten answers show how often each code was chosen, those never chosen too; nine show nothing."""
    rows, gate, _ = make.gated(answering(make, "AAAAAABBCD"))
    found = choices(gate, read_codes(rows, BOOK), BOOK)

    assert list("ABCDE") == found["code"].tolist()
    assert [6, 2, 1, 1, 0] == found["n"].tolist()
    assert "label B" == found["label"][1]
    assert 1 == pytest.approx(found["share"].sum())
    nine, gate_of_nine, _ = make.gated([*answering(make, "A" * 9), make.Person()])
    assert choices(gate_of_nine, read_codes(nine, BOOK), BOOK).empty


@pytest.mark.parametrize(("unread", "is_shown"), [(0, True), (3, False), (5, True)])
def test_the_last_few_texts_wait_to_be_coded(make: Any, unread: int, is_shown: bool) -> None:
    """With three texts not coded yet the next report would be about these three; with five it is about five."""
    people = [*answering(make, "A" * 12), *(make.Person(texts={"Q1": "words"}) for _ in range(unread))]
    rows, gate, _ = make.gated(people)
    read = read_codes(rows, BOOK)

    assert is_shown is not choices(gate, read, BOOK).empty
    assert is_shown is answers_agree(gate, rows, read, SETTINGS, seed=1)["agreement_Q1"].is_ok


def test_coders_agree(make: Any) -> None:
    """Two coders, ten texts, one read differently: Krippendorff's alpha by hand is 1 - 19 * 2 / 150."""
    rows, gate, _ = make.gated(answering(make, "A" * 10))
    one, two = "AAAAAAABBB", "AAAAAAABBA"
    read = [(row, coder, code) for coder, codes in (("one", one), ("two", two)) for row, code in enumerate(codes)]
    strategy = pd.DataFrame(read, columns=["row", "coder", "code"]).assign(question="Q1", text="words")
    rows = replace(rows, strategy=strategy)
    found = coding(gate, rows, read_codes(rows, BOOK))

    # Of 20 codes 15 are A and 5 are B: 2 * 15 * 5 = 150 expected pairs, 2 observed ones.
    assert [("Q1", 10, 2, pytest.approx(1 - 19 * 2 / 150), True)] == [
        (row.question, row.texts, row.coders, row.alpha, row.is_usable) for row in found.itertuples()
    ]
