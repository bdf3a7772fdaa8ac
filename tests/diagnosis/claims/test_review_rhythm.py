from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.claims.review_rhythm import rarely_reviewed, reviewed_programs, trial

# Programs start on 10 January; day 30 is 9 February, and they are due on 10 March.
START = pd.Timestamp("2026-01-10")


def review(day: int, *programs: str, held: bool = True, number: int = 0) -> dict[str, object]:
    at = (START + pd.Timedelta(days=day)).date().isoformat()
    return {"review_id": f"R{number}-{day}-{'-'.join(programs)}", "series": "weekly", "scheduled_at": at,
            "held_at": at if held else None, "program_ids": ";".join(programs) or None}  # fmt: skip


@pytest.fixture
def rarely(case):
    def find(rows, *reviews):
        known = case(programs=rows, reviews=[review(-1, number=9), *reviews])
        return rarely_reviewed(known, reviewed_programs(known.eng.reviews)).to_dict()

    return find


def test_gaps_are_counted_from_the_start_to_day_thirty(rarely, fleet):
    """Days 10 and 20 leave no gap over 14; day 10 alone leaves 20, day 16 alone 16 at its start; none leaves 30."""
    rows = [row for name in "ABCD" for row in fleet(1, 1, program_id=name)]

    assert {"A": False, "B": True, "C": True, "D": True} == rarely(
        rows, review(10, "A", "B"), review(20, "A"), review(16, "C")
    )


def test_a_gap_of_fourteen_days_is_still_regular(rarely, fleet):
    """Days 14 and 28: every fortnight."""
    rows = fleet(1, 1, program_id="A")

    assert {"A": False} == rarely(rows, review(14, "A"), review(28, "A"))


def test_what_lies_outside_the_first_thirty_days_does_not_count(rarely, fleet):
    """Reviews before the start, after day 30, and those that did not take place change nothing."""
    rows = fleet(1, 1, program_id="A")
    reviews = (
        review(-3, "A"),
        review(31, "A"),
        review(10, "A", held=False, number=1),
        review(20, "A", held=False, number=2),
    )

    assert {"A": True} == rarely(rows, *reviews)


def test_only_programs_open_and_not_yet_due_on_day_thirty_are_compared(rarely, fleet):
    """Finished, cancelled or due by then, ended on a day unknown, never started, or begun before reviews were on record."""
    rows = [
        *fleet(1, 1, program_id="open"),
        *fleet(1, 1, program_id="finished", actual_end="2026-02-09"),
        *fleet(0, 1, program_id="cancelled", status="cancelled", cancelled_at="2026-02-01", actual_end=None),
        *fleet(0, 1, program_id="due", baseline_end="2026-02-08"),
        *fleet(0, 1, program_id="vanished", status="cancelled", actual_end=None),
        *fleet(0, 1, program_id="not started", status="not_started", actual_start=None, actual_end=None),
        *fleet(1, 1, program_id="too early", actual_start="2026-01-05"),
    ]

    assert ["open"] == list(rarely(rows, review(10, "open")))


def test_rarely_reviewed_programs_are_compared_with_the_others(case, fleet):
    """10 of 20 rarely reviewed succeed, 15 of 20 of those reviewed on days 10 and 20."""
    rows = [*fleet(10, 20), *fleet(15, 20)]
    names = [row["program_id"] for row in rows[20:]]
    found = trial(case(programs=rows, reviews=[review(-1), review(10, *names), review(20, *names)]))

    assert -0.25 == found.effect.value
    assert found.facts.startswith(
        "Programs not reviewed at least every 14 days in their first 30 days were on time and to spec in 10 of 20"
    )


def test_without_the_agenda_it_is_not_assessable(case, fleet):
    """Reviews that do not say what they were about cannot be tied to programs."""
    found = trial(case(programs=fleet(10, 20), reviews=[review(5)]))

    assert "not_assessable" == found.effect.status
    assert "agenda" in found.effect.caveats[0]


def test_long_programs_have_more_reviews_and_that_must_not_count(case):
    """Immortal time: "reviewed five times or more" looks 20 points worse without any effect; the landmark shows none."""
    rng = np.random.default_rng(5)
    programs, agenda = [], {}
    for number in range(500):
        name, days = f"P{number:04d}", int(rng.lognormal(np.log(62), 0.5))
        end = START + pd.Timedelta(days=days)
        done = end <= pd.Timestamp("2026-07-15")
        programs.append({
            "program_id": name, "committed_at": "2025-12-20", "baseline_start": "2026-01-10", "baseline_end": "2026-03-10",
            "actual_start": "2026-01-10", "status": "delivered" if done else "in_progress",
            "to_spec": "yes" if done else None, "actual_end": end.date().isoformat() if done else None,
        })  # fmt: skip
        for day in np.flatnonzero(rng.random(min(days, 180)) < 0.09):
            agenda.setdefault(int(day), []).append(name)
    known = case(programs=programs, reviews=[review(-1), *(review(day, *names) for day, names in agenda.items())])
    often = pd.Series([name for names in agenda.values() for name in names]).value_counts()
    success = known.due.known["is_success"]
    has_many = often.reindex(success.index, fill_value=0) >= 5
    found = trial(known)

    assert success[has_many].mean() - success[~has_many].mean() < -0.20
    assert abs(found.effect.value) < 0.10
    assert found.effect.low < 0 < found.effect.high


def test_reviews_of_programs_that_all_ended_early_compare_nothing(rarely, fleet):
    """Programs cancelled before day 30 leave nobody to compare, however often they were reviewed."""
    rows = fleet(0, 2, status="cancelled", cancelled_at="2026-01-20", actual_end=None)

    assert {} == rarely(rows, review(10, *(row["program_id"] for row in rows)))
