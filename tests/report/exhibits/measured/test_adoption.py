from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.measurement.adoption import Adoption, Entry, Part
from gapkit.measurement.adoption import wording as words
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import adoption as show
from gapkit.results import Result, not_assessable


def kept(events, n):
    share = events / n
    return Result("adoption_share", share, max(0.0, share - 0.1), min(1.0, share + 0.05), level=0.9, n=n, events=events)


@pytest.fixture
def m(engage):
    """Meetings partly held, times kept at one of two places, inputs not measured."""
    entries = (
        Entry("weekly meetings", kept(12, 12), kept(10, 13), 0.8, "agreed"),
        Entry("monthly meetings", not_assessable("x", "None."), Result("x", n=3, events=2, status="thin"), 0.8, "proposed"),
    )
    none = not_assessable("adoption_share", "The table kpi_values would switch this on.")
    parts = (
        Part("meetings_held", "agreed meetings held when due", "", ("reviews",), kept(12, 12), kept(12, 16), 0.8,
             "partly in place", entries),
        Part("times_kept", "waits within their agreed time", "", ("stage_visits",), kept(30, 40), kept(38, 40), 0.8,
             "in place"),
        Part("inputs_reported", "weekly inputs reported in time", "", ("kpi_values",), none, none, 0.8, "not measured"),
    )  # fmt: skip
    told = words.caveats(parts, has_record=True, standings={"agreed"})
    sides = {name: SimpleNamespace(period=name) for name in ("before", "after")}
    return SimpleNamespace(eng=engage(), adoption=Adoption(parts, words.sentence(parts), told),
                           comparison=SimpleNamespace(**sides))  # fmt: skip


def test_parts_stand_before_and_after_against_their_mark(m):
    """The title says how many ran, the reading what that means, and words agree with data."""
    block = show.adoption(m)

    assert block.title == ("2 of 3 parts of the new way of working could be measured: 1 in place and 1 partly in place")
    assert block.reading == "Where it did not run, the figures say nothing about whether it works."
    assert block.table.rows[1] == (
        "Waits within their agreed time", "75 % (30 of 40, 65 to 80 %)", "95 % (38 of 40, 85 to 100 %)", "80 %", "in place",
    )  # fmt: skip
    assert block.table.rows[2][1:3] == ("Not measured", "Not measured")
    assert "The table kpi_values would switch this on." in block.foot
    assert disagreements([block.to_dict()]) == []


@pytest.mark.parametrize(
    ("chosen", "reading"),
    [((1, 2), "Whether the other one ran is not known."), ((1, 2, 2), "Whether the other 2 ran is not known."),
     ((1,), "Every part ran.")],
)  # fmt: skip
def test_what_is_not_measured_is_not_said_to_have_run(m, chosen, reading):
    """Beside parts in place stands how many could not be measured."""
    parts = tuple(m.adoption.parts[number] for number in chosen)
    m.adoption = Adoption(parts, words.sentence(parts), ())
    block = show.adoption(m)

    assert block.reading == reading
    assert disagreements([block.to_dict()]) == []


def test_each_meeting_and_place_stands_in_the_register(m):
    """Counts on both sides, without a percentage of three; none due is not zero."""
    table = show.adoption_places(m)

    assert [row[1:] for row in table.rows] == [
        ("weekly meetings", "12 of 12", "10 of 13", "80 %", "agreed"),
        ("monthly meetings", "none due", "2 of 3", "80 %", "proposed"),
    ]


def test_without_a_measured_part_one_line_says_so(m):
    """What is missing stands beside it."""
    parts = m.adoption.parts[2:]
    told = words.caveats(parts, has_record=True, standings=set())
    m.adoption = Adoption(parts, words.sentence(parts), told)
    block = show.adoption(m)

    assert (block.tone, "kpi_values" in block.text) == ("missing", True)
    assert show.adoption_places(m) is None
