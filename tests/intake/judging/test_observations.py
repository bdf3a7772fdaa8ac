from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from gapkit.config import Settings
from gapkit.intake.judging.observations import observe


def counts(tables: dict[str, pd.DataFrame]) -> dict[str, tuple[int, int]]:
    return {seen.name: (seen.count, seen.of) for seen in observe(tables, Settings())}


def test_closed_at_midnight_of_the_day_due_is_likely_a_rule(table: Callable[..., pd.DataFrame]) -> None:
    """A person closes at some time of the day; midnight of the due day is a rule. Midnight of another day is neither."""
    due = pd.Timestamp("2026-03-10")
    closed = ["2026-03-10 00:00", "2026-03-10 14:31", "2026-03-12 00:00"]
    programs = table(
        "programs",
        *(
            {"program_id": f"p{n}", "status": "delivered", "current_end": due, "closed_at": at}
            for n, at in enumerate(closed)
        ),
    )

    assert (1, 3) == counts({"programs": programs})["auto_completed"]


def test_days_without_a_time_say_nothing_of_moments(table: Callable[..., pd.DataFrame]) -> None:
    """A tracker that keeps days only has closed everything at midnight; that is no observation."""
    programs = table(
        "programs",
        *(
            {
                "program_id": f"p{n}",
                "status": "delivered",
                "current_end": pd.Timestamp("2026-03-10"),
                "closed_at": "2026-03-10",
            }
            for n in range(6)
        ),
    )
    found = counts({"programs": programs})

    assert [(0, 0), (0, 0)] == [found["auto_completed"], found["bulk_closed"]]


def test_a_source_that_knows_days_only_is_not_judged_by_one_that_knows_moments(table: Callable[..., pd.DataFrame]) -> None:
    """Midnight of the due day is a habit where other closings have a time of day, in the same source."""
    due = {"status": "delivered", "current_end": pd.Timestamp("2026-03-10"), "closed_at": "2026-03-10 00:00"}
    programs = table(
        "programs",
        {"program_id": "a", **due},
        {"program_id": "b", **due, "closed_at": "2026-03-10 14:31"},
        {"program_id": "c", **due},
    ).assign(_source=["timed.csv", "timed.csv", "days.csv"])

    assert (1, 2) == counts({"programs": programs})["auto_completed"]


def test_five_closings_in_a_minute_are_one_clearing_up(table: Callable[..., pd.DataFrame]) -> None:
    """Five are, four are not; where the tracker states no moment the log's arrival in delivered counts."""
    five = [{"program_id": f"a{n}", "status": "delivered", "closed_at": f"2026-03-10 14:31:{n:02d}"} for n in range(5)]
    four = [{"program_id": f"b{n}", "status": "delivered"} for n in range(4)]
    events = table(
        "status_events",
        *(
            {"program_id": f"b{n}", "field": "status", "new": "delivered", "at": f"2026-04-01 09:00:{n:02d}"}
            for n in range(4)
        ),
    )

    assert (5, 9) == counts({"programs": table("programs", *five, *four), "status_events": events})["bulk_closed"]


def test_delivered_without_a_start_is_counted(table: Callable[..., pd.DataFrame]) -> None:
    """Work that was done without ever being begun was not tracked while it ran."""
    programs = table(
        "programs",
        {"program_id": "a", "status": "delivered"},
        {"program_id": "b", "status": "delivered", "actual_start": pd.Timestamp("2026-01-01")},
        {"program_id": "c"},
    )

    assert (1, 2) == counts({"programs": programs})["done_without_start"]
