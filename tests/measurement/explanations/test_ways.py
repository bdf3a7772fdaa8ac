from __future__ import annotations

import pytest

from gapkit.measurement.explanations.ways import guard_standing, lenient_standing, strict_standing
from gapkit.results import Result
from gapkit.stats.intervals import Interval


def change(value, low, high):
    """A change with its interval."""
    return Result("x", value, low, high, n=40, unit="pp")


GAIN, NONE = change(0.2, 0.05, 0.35), change(0.15, -0.01, 0.31)


@pytest.mark.parametrize(
    ("found", "other", "strict", "lenient"),
    [
        (GAIN, change(0.15, 0.02, 0.3), "does not explain it", "does not explain it"),
        (GAIN, change(0.15, -0.02, 0.3), "may explain it", "cannot be told"),
        (GAIN, change(-0.05, -0.2, 0.1), "may explain it", "may explain it"),
        (NONE, change(0.16, 0.01, 0.32), "does not explain it", "does not explain it"),
        (NONE, change(0.4, 0.2, 0.6), "may explain it", "may explain it"),
        (GAIN, Result("x", n=3, unit="pp", status="thin"), "cannot be told", "cannot be told"),
    ],
    ids=["holds", "weaker", "contrary", "hardly another", "hidden gain", "too little"],
)
def test_what_another_figure_says(found, other, strict, lenient):
    """A guard has to hold; a figure on less data explains a gain only by pointing the other way."""
    assert (strict_standing(found, other), lenient_standing(found, other)) == (strict, lenient)


LOSS = change(-0.2, -0.35, -0.05)


@pytest.mark.parametrize(
    ("found", "other", "asked", "standing"),
    [
        (GAIN, change(0.15, -0.02, 0.32), Interval(0.15, 0.01, 0.29), "does not explain it"),
        (GAIN, change(0.15, -0.04, 0.34), Interval(0.15, -0.01, 0.31), "may explain it"),
        (LOSS, change(-0.15, -0.32, 0.02), Interval(-0.15, -0.29, -0.01), "does not explain it"),
        (LOSS, change(0.15, 0.02, 0.28), Interval(0.15, 0.04, 0.26), "may explain it"),
        (NONE, change(0.4, 0.2, 0.6), Interval(0.4, 0.23, 0.57), "may explain it"),
        (GAIN, Result("x", n=3, unit="pp", status="thin"), Interval(0.0, 0.0, 0.0), "cannot be told"),
    ],
    ids=["one way", "too little left", "a loss", "turned", "hidden gain", "too little"],
)
def test_a_guard_asks_for_the_direction_found(found, other, asked, standing):
    """One side at 5 %; where nothing was found, as everywhere else."""
    assert guard_standing(found, other, asked) == standing
