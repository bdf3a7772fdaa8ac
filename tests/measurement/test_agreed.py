from __future__ import annotations

from gapkit.measurement.agreed import agreed_places, places_of
from gapkit.redesign.decisions.decided import Decided


def test_declined_places_are_left_out():
    """What the client declined is not redesigned."""
    written = {"slas": {"legal": {"status": "declined", "days": 4}, "brand": {"status": "proposed", "days": 2}}}

    assert [place.place for place in places_of(Decided(written=written))] == ["brand"]


def test_the_agreed_time_counts_before_the_levers_value():
    """A lever on the same stage adds its agreement, not its days."""
    written = {
        "slas": {"legal": {"status": "proposed", "days": 4}},
        "levers": {"sla legal": {"status": "agreed", "value": 2}, "drop_approval brand": {"status": "proposed"},
                   "weekly_forum": {"status": "agreed"}},
    }  # fmt: skip
    found = places_of(Decided(written=written))

    assert [(place.place, place.days, place.is_agreed) for place in found] == [("legal", 4.0, True), ("brand", None, False)]


def test_a_hand_off_is_told_from_a_stage():
    """By the arrow between the two teams."""
    found = places_of(Decided(written={"slas": {"Web → Content": {"days": 2}, "launch": {"days": 2}}}))

    assert [place.is_handoff for place in found] == [True, False]


def test_without_a_file_nothing_is_redesigned(engage):
    """No decisions.yml: no place."""
    assert agreed_places(engage()) == ()
