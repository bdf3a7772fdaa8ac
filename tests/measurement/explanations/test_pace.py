from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.measurement.effects.velocity import velocity
from gapkit.measurement.explanations.between import between
from gapkit.measurement.explanations.plan_record import plan_record
from gapkit.measurement.explanations.season import season
from gapkit.stats.counts import rate_ratio

QUARTERS = {"year": dt.date(2025, 7, 1), "half": dt.date(2025, 10, 1), "base": dt.date(2026, 1, 1),
            "between": dt.date(2026, 4, 1), "after": dt.date(2026, 7, 1)}  # fmt: skip


@pytest.fixture
def told(compared, rows, found):
    """Both sides of so many deliveries a quarter, spread over its first 85 days, and the velocity as the primary effect."""

    def build(**deliveries):
        made = rows("X", "2025-04-02", 1, 0) if deliveries.pop("is_early", True) else []
        for name, count in deliveries.items():
            for number in range(count):
                day = QUARTERS[name] + dt.timedelta(days=number * 85 // count)
                made += rows(f"{name}{number}", str(day), 1, 0)
        comparison, _ = compared(primary="on_time_rate", programs=made)
        (draft,) = velocity(comparison)
        base = (deliveries["half"] + deliveries["base"]) / comparison.frozen.working_weeks
        before = replace(
            draft.after, value=base, events=deliveries["half"] + deliveries["base"], period="2025Q4 and 2026Q1"
        )
        ratio = rate_ratio(deliveries["after"], 13, before.events, comparison.frozen.working_weeks)
        gap = replace(draft.difference, value=ratio.value - 1, low=ratio.low - 1, high=ratio.high - 1, status="ok",
                      unit="ratio", caveats=())  # fmt: skip
        effect = replace(found("on_time_rate", (1, 2), (1, 2)), measure="velocity_per_week", before=before,
                         after=draft.after, difference=gap)  # fmt: skip
        return comparison, effect

    return build


def test_a_pace_that_stood_there_before_the_window_may_explain_it(told):
    """30 deliveries a quarter, then 60 between, then 60: the rise had come."""
    found = between(*told(year=30, half=30, base=30, between=60, after=60))

    assert "may explain it" == found.standing
    assert found.sentence.startswith("Between the baseline and the window, 1 April to 30 June 2026: 4.")
    assert "(60 deliveries)" in found.sentence


def test_a_pace_between_like_the_baseline_does_not(told):
    """30 a quarter up to the window, then 60."""
    assert "does not explain it" == between(*told(year=30, half=30, base=30, between=30, after=60)).standing


def test_the_same_dates_a_year_earlier_tell_the_season(told):
    """As many in the third quarter of last year: the other way round it does not explain a rise."""
    high, low = (season(*told(year=count, half=30, base=30, between=30, after=60)) for count in (75, 30))

    assert ("may explain it", "does not explain it") == (high.standing, low.standing)
    assert high.sentence.startswith("The same dates a year earlier, 1 July to 30 September 2025: ")


def test_before_the_records_begin_nothing_is_known(told):
    """No delivery on record a year earlier is no pace of zero."""
    found = season(*told(half=30, base=30, between=30, after=60, is_early=False))

    assert ("cannot be told", None) == (found.standing, found.result)
    assert "which is not zero" in found.sentence


def test_too_few_deliveries_are_no_pace(told):
    """Four deliveries between."""
    found = between(*told(year=30, half=30, base=30, between=4, after=60))

    assert "cannot be told" == found.standing
    assert "1 April to 30 June 2026 has too few deliveries for a pace." == found.sentence


def test_no_promise_enters_a_pace(told):
    """Overwritten dates cannot flatter it."""
    assert "ruled out" == plan_record(*told(year=30, half=30, base=30, between=30, after=60)).standing
