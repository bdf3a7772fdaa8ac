from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.results import Result, not_assessable


def test_work_in_flight_has_started_and_not_ended(basis, planned):
    """Started, blocked without a known start, paused: in flight. Done, cancelled and waiting: not."""
    programs = [
        planned("started"),
        planned("blocked", status="blocked", actual_start=None),
        planned("paused", status="paused"),
        planned("done", status="delivered", actual_end="2026-03-20"),
        planned("gone", status="cancelled", cancelled_at="2026-03-20"),
        planned("waiting", status="not_started", actual_start=None),
    ]

    in_flight = basis(programs=programs).is_in_flight

    assert ["blocked", "paused", "started"] == sorted(in_flight.index[in_flight])


def test_the_window_holds_both_its_ends(basis, planned):
    """From the first day of the first baseline quarter to the day the data is read."""
    days = pd.Series(pd.to_datetime(["2025-12-31", "2026-01-01", "2026-07-15", "2026-07-16", None]))

    assert [False, True, True, False, False] == basis(programs=[planned("P1")]).in_window(days).tolist()


def test_a_log_covers_the_programs_it_knows_and_dated_exports_cover_all(basis, planned):
    """A program without an entry in the log may have changed unseen; one in every export has not."""
    programs = [planned("P1"), planned("P2")]
    entry = {"program_id": "P1", "at": "2026-03-01", "field": "owner", "new": "Ana"}

    log = basis(programs=programs, status_events=[entry]).is_recorded
    exports = basis(programs=programs, status_events=[{**entry, "event_id": "snapshot 1"}]).is_recorded

    assert [True, False] == log.tolist()
    assert [True, True] == exports.tolist()


def test_a_review_lists_programs_only_if_it_took_place(basis, planned):
    """Two programs on one agenda are two rows; a meeting that was dropped has none."""
    reviews = [
        {"review_id": "R1", "series": "weekly", "scheduled_at": "2026-03-02", "held_at": "2026-03-02 23:30",
         "program_ids": "P1; P2"},
        {"review_id": "R2", "series": "weekly", "scheduled_at": "2026-03-09", "program_ids": "P1"},
    ]  # fmt: skip

    reviewed = basis(programs=[planned("P1"), planned("P2")], reviews=reviews).reviewed

    assert [("P1", "2026-03-02"), ("P2", "2026-03-02")] == [
        (row.program_id, f"{row.held_on:%Y-%m-%d}") for row in reviewed.itertuples()
    ]


@pytest.mark.parametrize(
    ("rate", "answered", "expected"),
    [(Result("response_rate", 0.8, 0.7, 0.9, n=50), 0.8, True), (Result("response_rate", 0.2, 0.1, 0.3, n=50), 0.2, False),
     (not_assessable("response_rate", "Nobody counted."), 0.8, False)],
)  # fmt: skip
def test_answers_speak_for_all_only_if_it_is_known_that_enough_answered(basis, planned, rate, answered, expected):
    """Many answered, few answered, nobody knows how many were asked; without a survey nobody speaks."""
    silent = basis(programs=[planned("P1")])
    participation = pd.DataFrame({"cut": ["all"], "response_rate": [answered]})
    wave = SimpleNamespace(results={"response_rate": rate}, participation=participation)

    assert expected == replace(silent, wave=wave).is_representative
    assert not silent.is_representative
