from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gapkit.errors import InputError
from gapkit.survey.closing import FILE, Closed, answers_digest, close, read_closed, reopen, token_digests

SIZES = {("A", "contributor"): 7, ("B", "manager"): 6}


@pytest.fixture
def people(make: Any) -> list[Any]:
    return make.crowd(SIZES)


def closed_by(make: Any, people: list[Any]) -> Closed:
    rows = make.rows(people)
    return close(rows, np.arange(len(rows)) > 0, 5, 0.5)


def test_the_same_answers_open_again(make: Any, people: list[Any]) -> None:
    """Nothing new: the same rows, the same people counted, nothing to say."""
    rows = make.rows(people)
    again = reopen(rows, closed_by(make, people))

    assert rows.token.tolist() == again.rows.token.tolist()
    assert [False, *[True] * 12] == again.counted.tolist()
    assert ("", ()) == (again.why_not, again.caveats)


@pytest.mark.parametrize(("late", "words"), [(1, "Fewer than 5 answers came after"), (6, "6 answers came after")])
def test_late_answers_wait(make: Any, people: list[Any], late: int, words: str) -> None:
    """They are not counted, and fewer than five are not even numbered."""
    again = reopen(make.rows([*people, *make.crowd({("A", "manager"): late}, seed=9)]), closed_by(make, people))

    assert 13 == len(again.rows)
    assert words in again.caveats[0]
    assert not again.why_not


@pytest.mark.parametrize("change", ["gone", "another answer", "another group", "another rank"])
def test_a_change_in_what_was_reported_shows_nothing(make: Any, people: list[Any], change: str) -> None:
    """An answer that is gone or different would be the difference of two reports."""
    one = people[3]
    people_now = {
        "gone": [*people[:3], *people[4:]],
        "another answer": [*people[:3], replace(one, answers={**one.answers, "MIS1": None}), *people[4:]],
        "another group": [*people[:3], replace(one, group="B"), *people[4:]],
        "another rank": [*people[:3], replace(one, ranks=(1, 2)), *people[4:]],
    }[change]

    assert "gone or have changed" in reopen(make.rows(people_now), closed_by(make, people)).why_not


def test_coding_a_text_is_no_change(make: Any) -> None:
    """Codes are given after the survey; they are the reader's, not the respondent's."""
    before, after = ([make.Person(texts={"Q1": "x"}, codes=codes)] * 6 for codes in ({}, {"Q1": "A"}))

    assert answers_digest(make.rows(before)) == answers_digest(make.rows(after))


def test_a_priority_ranked_by_late_respondents_is_no_change(make: Any, people: list[Any]) -> None:
    """Who comes later may rank one priority more than anybody before; what was reported stays as it was."""
    ranked = [replace(one, ranks=(2, 1)) for one in people]
    late = [replace(one, ranks=(3, 2, 1)) for one in make.crowd({("A", "manager"): 6}, seed=9)]
    again = reopen(make.rows([*ranked, *late]), closed_by(make, ranked))

    assert (13, "") == (len(again.rows), again.why_not)


def test_the_record_holds_digests_only(make: Any) -> None:
    """Nobody reads a token or a group from it, and equal answers of two people look different."""
    rows = make.rows([make.Person("Secret team")] * 2)
    record = json.dumps(close(rows, np.ones(2, dtype=bool), 5, 0.5).to_dict())

    assert "Secret" not in record
    assert "t0000" not in record
    assert 2 == len(set(token_digests(rows)))


def test_no_entry_of_a_respondent_depends_on_what_they_answered(make: Any, people: list[Any]) -> None:
    """A guess at one person's answers cannot be tried on the record: only the digest over all of them would differ."""
    one, other = closed_by(make, people), closed_by(make, [replace(people[0], answers={}, otherwise=5), *people[1:]])

    assert (one.counted, one.left_out) == (other.counted, other.left_out)
    assert one.answers != other.answers


def test_the_record_is_read_back(make: Any, people: list[Any], tmp_path: Path) -> None:
    """What was written is what is read; without a file nothing is closed."""
    closed = closed_by(make, people)
    assert {} == read_closed(tmp_path)
    (tmp_path / FILE).write_text(json.dumps({"waves": {"2026-04": closed.to_dict()}}), encoding="utf-8")

    assert {"2026-04": closed} == read_closed(tmp_path)


@pytest.mark.parametrize("text", ["{", "{}", '{"waves": {"2026-04": {"counted": []}}}', '{"waves": []}'])
def test_a_broken_record_is_refused(tmp_path: Path, text: str) -> None:
    """Without the record a second report could give answers away, so it is never passed over."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="not a record of closed survey waves"):
        read_closed(tmp_path)
