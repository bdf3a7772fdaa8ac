from __future__ import annotations

import datetime as dt
import json

import pytest

from gapkit.baseline.series import ON_TIME, THROUGHPUT
from gapkit.config import Rebaseline
from gapkit.measurement.standing import standing

USUAL = (3, 2, 4, 3, 2, 4, 4, 2, 3, 4, 2, 3, 3)
FIRST = dt.date(2026, 7, 6)  # the first Monday after the baseline
FORUM = "the weekly forum began"


def read(weeks):
    """The day on which so many weeks after the baseline are over."""
    return FIRST + dt.timedelta(days=7 * weeks - 1)


def chart(compared, since, weeks=None, **options):
    found = standing(compared(since, read(len(since) if weeks is None else weeks), **options)).chart(ON_TIME)
    assert found is not None
    return found


def test_limits_are_those_of_the_freeze_whatever_comes_later(compared):
    """Months of better weeks move neither mean nor limits."""
    one, other = chart(compared, USUAL), chart(compared, USUAL + (5,) * 20)

    assert one.in_force.limits == other.in_force.limits
    assert 0.6 == pytest.approx(one.in_force.limits.mean, abs=0.01)
    assert ("firm", 26) == (one.in_force.firmness, one.n_baseline)


def test_the_usual_is_called_usual(compared):
    """Thirteen weeks like those of the baseline."""
    found = chart(compared, USUAL)

    assert "common cause" == found.variation
    assert found.sentence.endswith("nothing beyond the usual variation in the 13 points since.")
    assert () == found.runs


@pytest.mark.parametrize(("since", "mark", "words"), [((4,) * 7, "improving", "shifted up"),
                                                      ((2,) * 7, "worsening", "shifted down")])  # fmt: skip
def test_seven_in_a_row_are_a_shift_and_ask_for_a_decision(compared, since, mark, words):
    """Six are none."""
    found = chart(compared, since)

    assert mark == found.variation
    assert f"{words}: 7 points in a row lie" in found.sentence
    assert "since the week of 6 July 2026" in found.sentence
    assert any(note.startswith(("Decide whether", "Find out what")) for note in found.notes)
    assert mark != chart(compared, since[:6]).variation


def test_a_point_outside_is_a_reason_to_look_and_no_shift(compared):
    """One week without any on time."""
    found = chart(compared, (*USUAL, 0))

    assert "look here" == found.variation
    assert "the week of 5 October 2026 is outside the limits, which is no shift yet" in found.sentence


def test_a_shift_that_collapsed_is_no_improvement(compared):
    """Seven good weeks, then three without any on time: the newest is named, and nobody is asked for new limits."""
    found = chart(compared, (5,) * 7 + (0,) * 3)

    assert "look here" == found.variation
    assert found.sentence.endswith(
        "look here: the week of 7 September 2026, at 0 %, is outside the limits and one of two in three near a limit, "
        "after 7 points in a row above the mean from the week of 6 July 2026 until the week of 17 August 2026, which no "
        "longer hold."
    )
    assert "Find out what changed after the week of 17 August 2026; the old limits hold." in found.notes
    assert not any(note.startswith("Decide whether") for note in found.notes)


def test_a_shift_speaks_on_while_nothing_points_the_other_way(compared):
    """Two usual weeks after seven good ones."""
    found = chart(compared, (4,) * 7 + (3, 2))

    assert "improving" == found.variation
    assert "7 points in a row lay above it from the week of 6 July 2026 until the week of 17 August 2026." in found.sentence


def test_what_is_long_over_is_history(compared):
    """A run that ended seven points ago no longer makes the mark; it stays in the chart."""
    found = chart(compared, (4,) * 7 + USUAL)

    assert "common cause" == found.variation
    assert 1 == len(found.runs)


def test_too_few_points_say_how_many_are_missing_and_until_when(compared):
    """Three weeks after the baseline; a shift needs seven."""
    found = chart(compared, (3, 2, 4))

    assert "too little data" == found.variation
    assert "3 of the 7 points needed" in found.sentence
    assert "by about August 2026" in found.sentence


def test_a_week_that_is_not_over_is_no_point(compared):
    """Read on a Saturday the week is left out, on the Sunday it is there."""
    sunday = read(3)
    comparisons = compared((3, 2, 4), sunday), compared((3, 2, 4), sunday - dt.timedelta(days=1))

    assert [29, 28] == [len(standing(one).charts[0].points) for one in comparisons]


def test_an_earlier_edition_is_not_changed_by_later_data(compared):
    """The points and marks of a day are those of that day."""
    early, late = (standing(compared(since, read(9))) for since in (USUAL[:9], USUAL[:9] + (5,) * 15))

    assert early.to_dict() == late.to_dict()


def test_no_limits_are_taken_anew_without_a_decision(compared):
    """A run of half a year keeps the frozen limits."""
    found = chart(compared, (5,) * 30)

    assert 1 == len(found.segments)
    assert "improving" == found.variation


def test_a_decision_with_a_shift_and_twelve_points_begins_new_limits(compared):
    """The split is named with its reason; the frozen limits stay where they were, and old points are not judged anew."""
    decided = (Rebaseline(FIRST, FORUM),)
    found = chart(compared, (4, 5, 4, 4, 5, 4, 5, 4, 4, 5, 4, 5, 4, 4, 5), rebaseline=decided)
    old, new = found.segments

    assert (0, 26, "") == (old.first, old.stop, old.because)
    assert (26, 41, FORUM, "provisional", 15) == (new.first, new.stop, new.because, new.firmness, new.limits.n)
    assert new.limits.mean == pytest.approx(66 / 75)
    assert found.decisions[0].is_honoured
    assert "New provisional limits from the week of 6 July 2026 on, as decided: the weekly forum began." in found.notes
    assert "mean 88 % since the week of 6 July 2026 (first 15 points, 60 % before)" in found.sentence


@pytest.mark.parametrize(
    ("since", "from_on", "why"),
    [
        ((4,) * 11, FIRST, "11 points since, by the week, and new limits need 12"),
        (USUAL * 2, FIRST, "no 7 points in a row on one side of the mean begin there"),
        ((*USUAL, *(5,) * 14), FIRST, "no 7 points in a row on one side of the mean begin there"),
        ((1, 1, *(5,) * 14), FIRST, "no 7 points in a row on one side of the mean begin there"),
        ((4,) * 14, dt.date(2026, 6, 1), "points of that time made the limits in force"),
    ],
)
def test_a_decision_the_chart_does_not_bear_out_is_refused_with_its_reason(compared, since, from_on, why):
    """Too few points, no run, a run that begins much later, a day inside the baseline: the old limits stay."""
    found = chart(compared, since, rebaseline=(Rebaseline(from_on, FORUM),))

    assert 1 == len(found.segments)
    assert not found.decisions[0].is_honoured
    assert why in found.decisions[0].why
    assert found.decisions[0].why in found.notes


def test_a_decision_on_a_later_day_is_not_known_yet(compared):
    """An edition read before that day says nothing of it."""
    found = chart(compared, (4,) * 14, rebaseline=(Rebaseline(dt.date(2027, 3, 1), FORUM),))

    assert () == found.decisions


@pytest.mark.parametrize(
    ("value", "mark"), [(0.0, "consistently met"), (0.6, "hit or miss"), (1.01, "consistently missed")]
)
def test_the_target_is_held_against_the_limits(compared, value, mark):
    """Below both, between, above both."""
    found = chart(compared, USUAL, target={"measure": "on_time_rate", "value": value, "change": 0.1})

    assert (mark, value) == (found.assurance, found.target)


def test_a_target_of_another_measure_is_none_of_this_chart(compared):
    """The execution rate is not what is charted."""
    found = chart(compared, USUAL, target={"measure": "execution_rate", "value": 0.7, "change": 0.1})

    assert ("no target", None) == (found.assurance, found.target)


def test_a_target_of_velocity_is_brought_to_the_period(compared):
    """6 a working week, 25.8 working weeks in the 181 days of the baseline: 5.99 a calendar week."""
    target = {"measure": "velocity_per_week", "value": 6.0, "change": 0.15}
    found = standing(compared(USUAL, read(13), target=target)).chart(THROUGHPUT)

    assert found.target == pytest.approx(6.0 * 25.8 / 181 * 7)


def test_too_few_in_the_baseline_wait_for_the_first_twelve(compared):
    """Six months of two a week: no limits, with what is missing; half a year later there are some, and it is said."""
    thin, later = (chart(compared, (1, 0) * half, each=2, weeks=2 * half) for half in (3, 16))

    assert ("month", "too little data", None) == (thin.grain, thin.variation, thin.in_force.limits)
    assert "7 of the 12 points needed" in thin.sentence
    assert "the rest by about" in thin.sentence
    assert ("month", "provisional", 12, 12) == (
        later.grain, later.in_force.firmness, later.in_force.limits.n, later.in_force.judged_from,
    )  # fmt: skip
    assert any("also rest on points after the freeze" in note for note in later.notes)


def test_limits_not_frozen_are_computed_from_what_was_known_then(compared):
    """A record made before there were charts says so."""
    found = standing(compared(USUAL, read(13)))

    assert any("not frozen with the baseline" in caveat for caveat in found.caveats)


def test_quarters_stand_beside_the_charts_as_plain_data(compared):
    """Rates of complete quarters, charts, marks: all of it null, never NaN."""
    found = standing(compared(USUAL, read(13)))
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))

    assert ["2026Q1", "2026Q2", "2026Q3"] == list(data["by_quarter"])
    assert {"variation": "common cause", "assurance": "no target"} == found.marks[ON_TIME]
    assert 39 == len(data["charts"][ON_TIME]["points"])
    assert data["sentence"] == data["charts"][ON_TIME]["sentence"]
