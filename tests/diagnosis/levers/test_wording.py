from __future__ import annotations

from gapkit.diagnosis.evidence import Finding
from gapkit.diagnosis.levers.single_source_of_truth import COMPLETE, FRESH, RIGHT
from gapkit.diagnosis.levers.wording import NOTHING, lacks, levers_title
from gapkit.diagnosis.signs.signs import counted, missing, sign_of
from gapkit.results import Result
from gapkit.stats.intervals import Interval


def lever(name, verdict, score=None, *parts):
    limits = None if score is None else Interval(score, score - 5, score + 5)
    return Finding(
        name, "lever", name.replace("_", " "), verdict, limits, None, None, None, None, None, (), "", "", (), parts
    )


def test_the_missing_come_first_each_with_its_score():
    """Missing, partly, in place, unknown: four different words."""
    found = [lever("a", "in place", 91.0), lever("b", "missing", 25.0), lever("c", "partly in place", 58.0),
             lever("d", "not assessable")]  # fmt: skip

    assert (
        "Missing: b (25 of 100); partly in place: c (58 of 100); in place: a (91 of 100); not assessable: d"
        == levers_title(found)
    )


def test_what_lacks_most_is_the_weakest_part():
    """Of 80, 51 and 88 %, the half-fresh one, with interval and n."""
    parts = [sign_of(about, Result("x", value, value - 0.1, value + 0.1, n=30))
             for about, value in ((COMPLETE, 0.8), (FRESH, 0.51), (RIGHT, 0.88))]  # fmt: skip

    assert "51 % of programs in flight were updated in the last 14 days (95 % interval 41 to 61 %, n = 30)." == lacks(
        lever("single_source_of_truth", "partly in place", 70.0, *parts)
    )


def test_without_a_score_what_would_give_one_is_said():
    """Not what is weak among the rest: the missing part decides."""
    parts = [counted(COMPLETE, 0.2, 30), missing(RIGHT, "A second source would switch this on.")]

    assert "A second source would switch this on." == lacks(lever("single_source_of_truth", "not assessable", None, *parts))


def test_a_lever_that_lacks_nothing_says_so():
    """All goals are steered: no weakness is made up."""
    assert NOTHING == lacks(lever("controllable_inputs", "in place", 100.0, counted(COMPLETE, 1.0, 4)))
