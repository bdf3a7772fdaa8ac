from __future__ import annotations

from dataclasses import replace

import pytest

from gapkit.measurement.adoption.places import times_kept
from gapkit.redesign.targets.promises_file import AgreedTime

LEGAL = AgreedTime("legal", "stage", 2.0, 0.7, "agreed")


@pytest.fixture
def visits(day):
    """Sign-offs of a stage in both windows, each of its own program, of which so many took two weeks."""

    def build(slow_before, slow_after, stage="legal"):
        return [
            {"program_id": f"{stage}{begin}{number:02d}", "stage": stage, "kind": "approval",
             "entered_at": f"{begin} 09:00",
             "left_at": day(begin, 14 if number < slow else 1)}
            for begin, slow in (("2026-02-02", slow_before), ("2026-07-06", slow_after))
            for number in range(20)
        ]  # fmt: skip

    return build


def test_waits_that_kept_the_agreed_time(comparison, visits):
    """Ten of twenty before, nineteen after, against the 70 % that were agreed."""
    found = times_kept(comparison(stage_visits=visits(10, 1)), (LEGAL,))

    assert [(side.events, side.n) for side in (found.before, found.after)] == [(10, 20), (19, 20)]
    assert (found.mark, found.verdict) == (0.7, "in place")
    assert [(entry.name, entry.after.events, entry.mark) for entry in found.entries] == [("legal", 19, 0.7)]


def test_the_mark_of_several_places_is_weighted_by_their_waits(comparison, visits):
    """Twenty waits at 70 % and twenty at 90 %: 80 %."""
    brand = AgreedTime("brand", "stage", 2.0, 0.9, "agreed")
    found = times_kept(comparison(stage_visits=[*visits(0, 0), *visits(0, 20, "brand")]), (LEGAL, brand))

    assert found.mark == pytest.approx(0.8)
    assert (found.after.events, found.after.n) == (20, 40)


def test_where_a_time_is_agreed_those_proposed_are_listed_and_not_counted(comparison, visits):
    """Nineteen of twenty at legal, agreed; none of twenty where the time is a proposal. The mark is that of what counts."""
    brand = AgreedTime("brand", "stage", 2.0, 0.9, "proposed")
    given = comparison(stage_visits=[*visits(10, 1), *visits(0, 20, "brand")])
    found = times_kept(given, (LEGAL, brand))

    assert (found.name, found.after.events, found.after.n) == ("waits within their agreed time", 19, 20)
    assert found.mark == pytest.approx(0.7)
    assert [(entry.name, entry.after.n) for entry in found.entries] == [("legal", 20), ("brand", 20)]
    assert found.caveats == ("Proposed only, so listed and not counted: brand.",)
    both = times_kept(given, (replace(LEGAL, standing="proposed"), brand))
    assert (both.name, both.after.n, both.caveats) == ("waits within their proposed time", 40, ())


def test_what_is_absent_is_named(comparison, visits):
    """No agreed time, no record of waits, and no wait there are three different things."""
    elsewhere = AgreedTime("brand", "stage", 2.0, 0.7, "agreed")

    assert "decisions.yml" in times_kept(comparison(stage_visits=visits(0, 0)), ()).after.caveats[0]
    assert "stage_visits" in times_kept(comparison(), (LEGAL,)).after.caveats[0]
    assert "No wait began" in times_kept(comparison(stage_visits=visits(0, 0)), (elsewhere,)).after.caveats[0]
