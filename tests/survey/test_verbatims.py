from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.survey.strategy import read_codes
from gapkit.survey.verbatims import edit_names, verbatims

BOOK = pd.DataFrame({"question": [], "code": [], "label": []}, dtype="str")
NAMES = ("Anna Müller", "de Vries, Jo", "Mark Lee", "Ng Li", "Do, So")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Anna Müller first", "Ask [name] first"),
        ("ask anna, or mueller? No: MÜLLER.", "ask [name], or mueller? No: [name]."),
        ("Jo and Vries; de facto", "[name] and [name]; de facto"),
        ("li, or NG: so we do as Do and So. De facto", "[name], or [name]: so we do as [name] and [name]. De facto"),
        ("write to a.b@acme.com or @anna_m, call +49 170 123 4567", "write to [name] or [name], call [name]"),
        ("Mark's plan", "[name]'s plan"),
        ("annaM and Annapolis stay", "annaM and Annapolis stay"),
        ("nothing to take out, 2026 or 90 days", "nothing to take out, 2026 or 90 days"),
    ],
)
def test_names_are_taken_out(text: str, expected: str) -> None:
    """Names and their parts, whatever case and accents, two letters too unless a common word; addresses and numbers."""
    assert expected == edit_names(text, NAMES)


@given(st.lists(st.sampled_from([*NAMES, "anna", "LEE", "plan", "x@y.de", "[name]", "-"]), max_size=8).map(" ".join))
def test_no_name_is_left(text: str) -> None:
    """Whatever stands beside it, no part of a name survives, and editing again changes nothing."""
    edited = edit_names(text, NAMES)

    assert not {"anna", "müller", "vries", "mark", "lee"} & set(edited.casefold().replace(",", " ").split())
    assert edited == edit_names(edited, NAMES)


def writing(make: Any, count: int, coded: int | None = None) -> Any:
    people = [
        make.Person(
            "AB"[k % 2], texts={"Q1": f"{9 - k % 10} words of Anna"}, codes={"Q1": "A"} if k < (coded or count) else {}
        )
        for k in range(count)
    ]
    rows, gate, _ = make.gated(people)
    return verbatims(gate, rows, read_codes(rows, BOOK), NAMES)


def test_texts_come_in_the_order_of_the_alphabet(make: Any) -> None:
    """Neither who wrote nor who came last can be told; no column names team or level."""
    found = writing(make, 10)

    assert sorted(found["text"]) == found["text"].tolist()
    assert "0 words of [name]" == found["text"][0]
    assert ["question", "code", "text"] == list(found.columns)


def test_nine_texts_are_not_shown(make: Any) -> None:
    """Below ten a lone text is easily recognised."""
    assert writing(make, 9).empty


def test_texts_nobody_has_read_are_not_shown(make: Any) -> None:
    """A text is shown once it is coded: somebody has read it; the last few uncoded ones hold the others back."""
    assert 12 == len(writing(make, 12))
    assert writing(make, 12, coded=9).empty
    assert 11 == len(writing(make, 16, coded=11))
