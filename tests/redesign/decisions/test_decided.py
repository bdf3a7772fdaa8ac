"""What holds of what is written."""

from __future__ import annotations

from gapkit.redesign.decisions.decided import Decided, holding

FIRST = {"slas": {"legal": {"days": 5, "note": None}}}


def test_what_nobody_touched_does_not_hold() -> None:
    """A field as it was proposed follows the data; a changed one holds, also when it was emptied."""
    written = {"slas": {"legal": {"status": "proposed", "days": None, "note": None}}}

    assert {"slas": {"legal": {"status": "proposed", "days": None}}} == holding(written, FIRST)


def test_what_is_decided_holds_as_it_is_written() -> None:
    """Whatever was proposed."""
    for status in ("agreed", "declined"):
        written = {"slas": {"legal": {"status": status, "days": 5, "note": None}}}

        assert written == holding(written, FIRST)


def test_without_decisions_everything_is_a_proposal() -> None:
    """Asking is always allowed."""
    assert ({}, "proposed") == (Decided().entry("plan", "x"), Decided().standing("plan", "x"))
