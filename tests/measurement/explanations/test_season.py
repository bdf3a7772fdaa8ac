from __future__ import annotations

import pytest

from gapkit.measurement.explanations.season import season


def made(rows, year_before):
    """Thirty programs a year before the window, the baseline at a third, the window at nine in ten."""
    met, missed = year_before
    return [*rows("Y", "2025-08-10", met, missed), *rows("B", "2026-02-10", 10, 20), *rows("A", "2026-08-10", 27, 3)]


@pytest.mark.parametrize(
    ("year_before", "standing"),
    [((10, 20), "does not explain it"), ((24, 6), "cannot be told"), ((30, 0), "may explain it")],
)
def test_the_same_quarter_a_year_earlier(compared, rows, year_before, standing):
    """A gain also against it stands; one within chance leaves it open; a quarter as good or better may be the season."""
    told = season(*compared(programs=made(rows, year_before)))

    assert told.standing == standing
    assert told.sentence.startswith("2025Q3, the same quarter a year earlier")
    assert told.result.value == pytest.approx(0.9 - year_before[0] / 30)


@pytest.mark.parametrize("year_before", [(0, 0), (4, 5)])
def test_without_a_plan_of_that_quarter_it_cannot_be_told(compared, rows, year_before):
    """None on record, or fewer programs than a rate needs."""
    told = season(*compared(programs=made(rows, year_before)))

    assert (told.standing, told.result) == ("cannot be told", None)
