from __future__ import annotations

import datetime as dt
import json

import pytest

from gapkit.diagnosis.evidence import Finding
from gapkit.diagnosis.observations import FINDINGS, apart_from, read_observations
from gapkit.engagement.rewind import rewind
from gapkit.schema import TABLES

PROGRAM = {"program_id": "P", "owners_now": "Ana Lima"}


def noted(finding="cadence", direction="supports", strength=2, source="I01", text=None, **more):
    return {"finding": finding, "direction": direction, "strength": strength, "source": source, "text": text, **more}


@pytest.fixture
def observed(engage):
    """Observations read from rows."""
    return lambda *rows: read_observations(engage(programs=[PROGRAM], observations=list(rows)))


def test_observations_are_counted_by_direction_and_strength(observed):
    """Three for, of which one is an opinion; one against; one unclear; from three sources."""
    rows = [noted(strength=1), noted(strength=2), noted(strength=3, source="I02"), noted(direction="contradicts"),
            noted(direction="unclear", strength=1, source="W1")]  # fmt: skip
    (found,) = observed(*rows)

    assert [("supports", 3, 1, 1, 1), ("contradicts", 1, 0, 1, 0), ("unclear", 1, 1, 0, 0)] == [
        tuple(count) for count in found.counts
    ]
    assert (5, 3, 3, 1) == (found.n, found.n_sources, found.supports, found.contradicts)
    assert (
        "Cadence: 5 observations from 3 sources, 3 for (2 more than an opinion), 1 against (1 more than an opinion) and 1 "
        "neither way." == found.sentence
    )


def test_only_allowed_words_are_quoted_and_without_names(observed):
    """A quote needs a yes; the blank is a no. A name the data knows is taken out; the source is never told."""
    rows = [
        noted(text="Ask Ana Lima, she knows", quote_allowed=True, source="I07"),
        noted(text="secret", quote_allowed=False),
        noted(text="private"),
        noted(text=None, quote_allowed=True),
    ]
    (found,) = observed(*rows)
    told = json.dumps(found.to_dict())

    assert ["Ask [name], she knows"] == [quote.text for quote in found.quotes]
    assert not any(word in told for word in ("secret", "private", "Ana", "I07"))


def test_findings_stand_in_the_order_of_the_vocabulary(observed):
    """Whatever the order of rows, the same."""
    rows = [noted("ivory_tower"), noted("unclear_ownership", text="b", quote_allowed=True), noted("cadence"),
            noted("unclear_ownership", text="a", quote_allowed=True)]  # fmt: skip

    assert ["unclear_ownership", "cadence", "ivory_tower"] == [one.id for one in observed(*rows)]
    assert observed(*rows) == observed(*rows[::-1])


def test_without_the_table_there_is_nothing_to_show(observed):
    """No observation is no evidence against anything."""
    assert () == observed()


def test_every_finding_that_may_be_coded_is_shown():
    """The words of the table are those that are read."""
    assert TABLES["observations"].field("finding").allowed == FINDINGS


def test_what_was_noted_later_is_not_known_yet(engage):
    """The diagnosis of 1 March knows what was noted by then, and what has no day."""
    rows = [noted(noted_on="2026-03-01"), noted(noted_on="2026-03-02"), noted()]
    table = engage(programs=[PROGRAM], observations=rows).observations
    known = rewind({"observations": table}, dt.date(2026, 3, 1))["observations"]

    assert 2 == len(known)


def finding(verdict):
    return Finding("cadence", "fracture", "cadence", verdict, None, None, None, None, None, None, (), "", "")


@pytest.mark.parametrize(
    ("directions", "verdict", "expected"),
    [
        (["supports", "supports", "contradicts"], "not shown", "speaks for it (2 for, 1 against)"),
        (["supports"], "not shown to be weak", "speaks for it (1 for, 0 against)"),
        (["contradicts"], "clearly active", "speaks against it (0 for, 1 against)"),
        (["supports"], "clearly active", ""),
        (["contradicts"], "not shown", ""),
        (["supports", "contradicts"], "not shown", ""),
        (["unclear"], "clearly active", ""),
        (["supports"], "not assessable", ""),
    ],
)
def test_observations_that_point_the_other_way_are_named(observed, directions, verdict, expected):
    """They change no verdict; a reader is told to look again."""
    (found,) = observed(*(noted(direction=direction) for direction in directions))
    said = apart_from(found, finding(verdict))

    assert (expected in said) if expected else ("" == said)
