from __future__ import annotations

import numpy as np
import pytest

from gapkit.diagnosis.indicators.cadence import mean_variation, measure


def review(number: int, scheduled: str, held: str | None, series: str = "weekly", **more: object) -> dict[str, object]:
    return {"review_id": f"R{number:02d}", "series": series, "scheduled_at": scheduled, "held_at": held, **more}


def test_reviews_dropped_or_moved_count_against_the_cadence(basis, planned, shown):
    """On the day, Friday for Monday (one business day), two business days late, never held: 2 of 4."""
    reviews = [
        review(1, "2026-03-02 10:00", "2026-03-02 10:00"),
        review(2, "2026-03-06 10:00", "2026-03-09 10:00"),
        review(3, "2026-03-09 10:00", "2026-03-11 10:00"),
        review(4, "2026-03-16 10:00", None),
    ]

    assert (0.5, 4) == shown(measure(basis(programs=[planned("P1")], reviews=reviews)))["Cadence 1"]


def test_programs_in_flight_are_counted_at_every_week_end(basis, planned, shown):
    """Started 2 March, delivered 1 April: in flight for 14 days on 22 and 29 March; reviewed 10 March, so missed once.

    A second program, never reviewed, is in flight on 22 March alone: the week ends give 1 of 2 and 1 of 1.
    """
    programs = [
        planned("seen", "2026-03-02", "2026-03-31", status="delivered", actual_end="2026-04-01"),
        planned("unseen", "2026-03-02", "2026-03-31", status="delivered", actual_end="2026-03-25"),
    ]
    reviews = [review(1, "2026-03-10 10:00", "2026-03-10 10:00", program_ids="seen")]

    assert (0.75, 2) == shown(measure(basis(programs=programs, reviews=reviews)))["Cadence 2"]


def test_regularity_is_the_mean_variation_of_the_gaps_of_regular_series(basis, planned, shown):
    """Six weekly reviews with gaps 7, 7, 7, 7, 14: mean 8.4, standard deviation 3.13; five others are too few to tell."""
    days = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30", "2026-04-13")
    reviews = [review(k, day, day) for k, day in enumerate(days)]
    reviews += [review(10 + k, f"2026-0{k + 1}-05", f"2026-0{k + 1}-05", "monthly") for k in range(5)]
    reviews += [review(20 + k, f"2026-03-{k + 1:02d}", f"2026-03-{k + 1:02d}", "program") for k in range(9)]

    found = shown(measure(basis(programs=[planned("P1")], reviews=reviews)))["Cadence 3"]

    assert (round(float(np.std([7, 7, 7, 7, 14], ddof=1)) / 8.4, 6), 5) == found


def test_variation_does_not_exist_for_a_single_gap():
    """One gap says nothing about how gaps vary."""
    assert np.isnan(mean_variation(np.array([[1.0, 7.0, 49.0]]))[0])


def test_actions_not_closed_on_time_are_weighed_by_their_number(basis, planned, shown):
    """Five actions opened, two closed on time: 3 of 5; a review without a record does not count."""
    reviews = [
        review(1, "2026-03-02", "2026-03-02", actions_opened=4, actions_closed_on_time=1),
        review(2, "2026-03-09", "2026-03-09", actions_opened=1, actions_closed_on_time=1),
        review(3, "2026-03-16", "2026-03-16", actions_opened=3, actions_closed_on_time=None),
    ]

    assert (0.6, 2) == shown(measure(basis(programs=[planned("P1")], reviews=reviews)))["Cadence 4"]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_cadence_without_reviews_is_not_measured(basis, planned, shown, number):
    """Each of the four names the table reviews."""
    assert "reviews" in shown(measure(basis(programs=[planned("P1")])))[f"Cadence {number + 1}"]
