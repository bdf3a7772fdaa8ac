from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from gapkit.diagnosis.indicators.measured import About, share_of
from gapkit.diagnosis.signs.signs import (
    caveats_of,
    counted,
    finding_of,
    gap_of,
    in_ninety,
    missing,
    perceived,
    resampled,
    sign_of,
)
from gapkit.results import Result

UNPLANNED = About("Quarter 1", "unplanned starts", "", ("programs",))
USED = About("Tool 4", "paid seats in use", "", ("tools",), units="tools", is_census=True)
SAID = About("Ivory 4", "survey score on plans", "", ("survey_answers",), unit="points", units="answers")


@pytest.mark.parametrize(
    ("low", "expected"), [(0.33, (True, True)), (0.29, (True, False))], ids=["interval beyond", "interval across"]
)
def test_a_sign_knows_whether_it_is_beyond_and_whether_that_is_clear(low, expected):
    """41 % against a threshold of 30 %: beyond either way, clear only if the lower limit is too."""
    sign = sign_of(UNPLANNED, Result("x", 0.41, low, 0.5, n=80))

    assert expected == (sign.is_beyond, sign.is_clear)


def test_a_census_is_judged_by_its_value():
    """There is nothing to be drawn again: 40 % of seats in use is under 50 %, and clearly so."""
    sign = counted(USED, 0.4, 6)

    assert (None, None, True, True) == (sign.low, sign.high, sign.is_beyond, sign.is_clear)


def test_a_median_that_was_not_reached_lies_beyond_any_limit():
    """Most decisions are still open after 40 days: later than 10 is certain."""
    latency = About("Direction 3", "of work", "", ("decisions",), unit="days")
    sign = sign_of(latency, Result("x", None, 40, None, n=30, unit="days"))

    assert (True, True) == (sign.is_beyond, sign.is_clear)


@pytest.mark.parametrize("status", ["thin", "not_assessable"])
def test_what_has_no_figure_is_not_judged(status):
    """Too little data and not measured are neither here nor there."""
    sign = sign_of(UNPLANNED, Result("x", n=3, status=status, caveats=("Only 3.",)))

    assert (None, None, status) == (sign.is_beyond, sign.is_clear, sign.status)


def test_a_sign_below_the_minimum_is_thin(told):
    """Nine units: counted, not shown; ten give a figure with its interval."""
    basis = told(programs=[{"program_id": f"P{k}"} for k in range(10)])
    ids = pd.Series([f"P{k}" for k in range(10)])
    nine, ten = (resampled(UNPLANNED, share_of("program", ids[:n], ids[:n] < "P4"), basis) for n in (9, 10))

    assert ("thin", 9, "Only 9 programs; 10 are needed.") == (nine.status, nine.n, nine.caveats[0])
    assert ("ok", 0.4) == (ten.status, ten.value)
    assert ten.low < 0.4 < ten.high


def test_no_unit_is_not_zero(told):
    """Nothing to count is not measured."""
    nothing = share_of("program", pd.Series([], dtype="str"), pd.Series([], dtype=float))

    assert "not_assessable" == resampled(UNPLANNED, nothing, told(programs=[{"program_id": "P"}])).status


def test_limits_of_ninety_percent_follow_from_those_of_ninety_five():
    """Mean 60 with standard error 5 on 11 answers: t quantiles 2.2281 and 1.8125."""
    narrow, wide = 5 * stats.t.isf(0.05, 10), 5 * stats.t.isf(0.025, 10)
    found = in_ninety(Result("x", 60, 60 - wide, 60 + wide, n=11, unit="points"))

    assert (60, pytest.approx(60 - narrow), pytest.approx(60 + narrow)) == tuple(found)
    assert (round(narrow, 2), round(wide, 2)) == (9.06, 11.14)


def test_a_side_cut_at_the_end_of_the_scale_does_not_shorten_the_other():
    """Mean 5 with limits 0 (cut) and 17: the reach is 12, not 5."""
    found = in_ninety(Result("x", 5.0, 0.0, 17.0, n=30, unit="points"))

    assert 0.0 == found.low
    assert 14 < found.high < 17


def test_without_a_survey_nothing_is_perceived(told):
    """The one thing that would switch it on is named."""
    basis = told(programs=[{"program_id": "P"}])

    assert "not_assessable" == perceived(basis, "ivory_tower").status
    assert "would switch this on" in gap_of(basis, "misalignment", "ivory_tower").caveats[0]
    assert in_ninety(perceived(basis, "ivory_tower")) is None


def test_sides_that_may_not_be_compared_give_no_gap(told):
    """A survey without levels that may be shown has scores, and no difference between them."""
    basis = told(said={"ivory_tower": (60, 50, 70)}, programs=[{"program_id": "P"}])

    assert "not_assessable" == gap_of(basis, "misalignment", "ivory_tower").status


@pytest.mark.parametrize(
    ("said", "low", "sources", "grade"),
    [
        (Result("x", 60, 55, 65, n=40, unit="points"), 0.35, ("behaviour", "perception"), "A"),
        (Result("x", 60, 40, 80, n=8, unit="points"), 0.35, ("behaviour", "perception"), "B"),
        (Result("x", 60, 55, 65, n=40, unit="points"), 0.10, ("behaviour", "perception"), "B"),
        (Result("x", status="not_assessable", caveats=("No survey.",)), 0.35, ("behaviour",), "B"),
    ],
    ids=["both, narrow", "wide score", "wide rate", "one source"],
)
def test_the_grade_says_how_much_a_finding_rests_on(told, said, low, sources, grade):
    """A: behaviour and perception, both narrow. B: one of them, or wide."""
    basis = told(said={"ivory_tower": (1, 0, 2)}, programs=[{"program_id": "P"}])
    signs = [sign_of(UNPLANNED, Result("x", 0.41, low, 0.5, n=80)), sign_of(SAID, said)]
    found = finding_of("pitfall", "ivory_tower", "present", "Ivory tower is present.", said, signs, basis)

    assert (sources, grade) == (found.sources, found.grade)


def test_a_finding_on_nothing_has_no_grade(told):
    """Neither source, no unit counted: empty, which is not C."""
    off = missing(UNPLANNED, "Programs would switch this on.")
    said = perceived(told(programs=[{"program_id": "P"}]), "ivory_tower")
    found = finding_of("pitfall", "ivory_tower", "not assessable", "", said, [off], told(programs=[{"program_id": "P"}]))

    assert ((), "", None) == (found.sources, found.grade, found.perception)
    assert ("Not measured: unplanned starts.",) == found.caveats


def test_caveats_name_what_is_missing_thin_or_weak():
    """Each kind in its own words, with the name of the sign."""
    signs = [
        missing(UNPLANNED, "No programs."),
        sign_of(SAID, Result("x", n=3, unit="points", status="thin", caveats=("Only 3 answers.",))),
        counted(USED, 0.4, 6, "Two tools unknown."),
    ]

    assert (
        "Not measured: unplanned starts.", "Survey score on plans: left out. Only 3 answers.",
        "Paid seats in use: Two tools unknown.",
    ) == caveats_of(signs)  # fmt: skip
