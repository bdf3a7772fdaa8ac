from __future__ import annotations

import datetime as dt

import pytest

from gapkit.measurement.effects.needed import least_needed, length_words, pace_needed, rate_needed, velocity_needed
from gapkit.results import Result

START, END = dt.date(2026, 4, 1), dt.date(2026, 6, 30)


def rate(events, n):
    return Result("on_time_rate", events / n, n=n, events=events)


def test_programs_and_months_for_a_rate():
    """60 after twice as many at 55 % show 21 pp (method): that change asks for 60, to the rounding of the table."""
    words = rate_needed(rate(66, 120), rate(9, 20), 0.21, START, END)
    many = int(words.split()[1])

    assert many == pytest.approx(60, abs=3)
    assert words == (
        f"About {many} programs after would show +21 pp; at the pace of this window (20 in 13 weeks) that takes "
        f"{length_words(many / 20 * 13)} in all."
    )


def test_no_number_would_do():
    """A baseline too small, or a change beyond 100 %, is said and not promised."""
    assert rate_needed(rate(11, 20), rate(9, 20), 0.05, START, END).startswith("A baseline of 20 programs is too small")
    assert rate_needed(rate(95, 100), rate(9, 20), 0.10, START, END) == (
        "At 95 % before, a change of +10 pp cannot happen."
    )


def test_a_window_without_any_has_no_pace():
    """Nothing so far: the number needed is said, the time is not."""
    words = rate_needed(rate(110, 200), Result("on_time_rate", n=0, status="not_assessable"), 0.20, START, END)

    assert words.endswith("at the pace of this window, with none so far, no time can be said.")


def test_time_for_velocity():
    """100 deliveries in 26 weeks, half as many again: .64 of the baseline's length (Poisson square roots)."""
    before = Result("velocity_per_week", 100 / 26, n=100, events=100, unit="per_week")

    assert (
        velocity_needed(before, 0.5, 26.0) == f"To show a velocity 50 % higher takes {length_words(0.64 * 26)} of watching."
    )


def test_deliveries_for_time_to_market():
    """33 before and 33 after show a hazard ratio of 2 (66 in all, Schoenfeld)."""
    before, after = (Result("x", 40.0, n=50, events=events, unit="days") for events in (33, 11))

    assert pace_needed(before, after, 0.5, START, END) == (
        "About 33 deliveries after would show times 50 % shorter; at the pace of this window (11 in 13 weeks) that takes "
        "about 9 months in all."
    )


def test_the_smallest_number_of_a_figure():
    """Four of ten: said with its time; twelve of ten: nothing."""
    few, enough = (Result("x", n=n, status="thin") for n in (4, 12))

    assert least_needed(few, 10, START, END, noun="wait") == (
        "At least 10 waits are needed; at the pace of this window (4 in 13 weeks) that takes about 7 months in all."
    )
    assert least_needed(enough, 10, START, END, noun="wait") == ""
