from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapkit.config import Source
from gapkit.intake.formats.trello_words import made_at, meanings_of, word_of


def test_archived_is_part_of_the_word() -> None:
    """A card put away is told apart from the others of its list; where there is no list there is no word."""
    assert ["TODO", "TODO (archived)", ""] == [word_of("TODO", False), word_of("TODO", True), word_of("", True)]


@pytest.mark.parametrize("status", ["delivered", "cancelled", "merged"])
def test_what_had_ended_stays_ended(status: str) -> None:
    """Finished cards are archived to tidy up; they keep what their list means."""
    source = Source(statuses={"✔ DONE": {"status": status}})

    assert {"✔ DONE (archived)": {"status": status}} == meanings_of(["✔ DONE (archived)", "✔ DONE"], source)


def test_nothing_is_said_of_unfinished_cards() -> None:
    """A card archived from an open list may be given up or only tidied away: the consultant is asked."""
    source = Source(statuses={"Doing": {"status": "in_progress", "kind": "work"}, "Wait": {"kind": "wait"}})

    assert {} == meanings_of(["Doing (archived)", "Wait (archived)", "Else (archived)"], source)


@given(st.datetimes(dt.datetime(2011, 1, 1), dt.datetime(2100, 1, 1)), st.integers(0, 16**16 - 1))
def test_an_id_says_when_it_was_made(moment: dt.datetime, rest: int) -> None:
    """The first eight hexadecimal digits count seconds since 1970, UTC."""
    seconds = int(moment.replace(tzinfo=dt.UTC).timestamp())

    made = made_at(f"{seconds:08x}{rest:016x}")

    assert dt.datetime.fromtimestamp(seconds, dt.UTC) == dt.datetime.fromisoformat(made)


@pytest.mark.parametrize(
    "card_id", ["", "12", "5d6ccf89bdc0466c9e916ae", "5D6CCF89BDC0466C9E916AE0", "zd6ccf89bdc0466c9e916ae0"]
)
def test_other_ids_say_nothing(card_id: str) -> None:
    """What is no id of Trello's gives no date rather than a wrong one."""
    assert "" == made_at(card_id)
