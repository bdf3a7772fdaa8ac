from __future__ import annotations

import pytest

from gapkit.diagnosis.pitfalls.ivory_tower import assess


def program(number, committed="2026-02-10", start="2026-03-01", **more):
    return {"program_id": f"P{number:02d}", "committed_at": committed, "baseline_start": start, "actual_start": start,
            "baseline_end": "2026-05-31", "status": "in_progress", **more}  # fmt: skip


def review(number, held, programs):
    return {"review_id": f"R{number}", "series": "weekly", "scheduled_at": f"{held} 10:00", "held_at": f"{held} 10:00",
            "program_ids": programs}  # fmt: skip


def change(number, field, at, old="2026-05-31", **more):
    return {"program_id": f"P{number:02d}", "field": field, "at": f"{at} 10:00", "old": old, "new": "2026-06-15", **more}


def sign(finding, number):
    return finding.indicators[number - 1]


def test_programs_talked_about_before_their_commitment_are_counted(told):
    """Of ten, P00 was reviewed the day before its commitment and P01 decided about; P02 was reviewed on the day itself."""
    reviews = [review(1, "2026-01-05", "other"), review(2, "2026-02-09", "P00"), review(3, "2026-02-10", "P02;P03")]
    decisions = [{"decision_id": "D1", "program_id": "P01", "asked_at": "2026-01-20 10:00"}]
    found = sign(assess(told(programs=[program(k) for k in range(10)], reviews=reviews, decisions=decisions)), 1)

    assert (0.2, 10) == (found.value, found.n)
    assert any("Who took part is not recorded" in caveat for caveat in found.caveats)


def test_commitments_before_the_first_record_are_left_out(told):
    """Nothing was recorded before 20 February: whether they were talked about is not known, which is not no."""
    programs = [*(program(k) for k in range(10)), *(program(k, committed="2026-03-10") for k in range(10, 20))]
    found = sign(assess(told(programs=programs, reviews=[review(1, "2026-02-20", "P10")])), 1)

    assert (0.1, 10) == (found.value, found.n)


def test_programs_re_dated_or_re_scoped_early_are_counted(told):
    """Of ten started on 1 March: P00 moved its end on day 30, P01 changed scope on day 2; P02 moved on day 31, P03 only set
    its first date, P04 wrote the same date again, P05's new date stands in a signed plan alone."""
    events = [
        change(0, "end", "2026-03-31"), change(1, "scope", "2026-03-03", old=None), change(2, "end", "2026-04-01"),
        change(3, "end", "2026-03-05", old=None), change(4, "end", "2026-03-05", old="2026-06-15"),
        change(5, "end", "2026-03-05", event_id="signed 2026-03-05 P05 end"),
        *(change(k, "status", "2026-03-01", old=None) for k in range(10)),
    ]  # fmt: skip
    events = [{"event_id": f"E{k}", **event} for k, event in enumerate(events)]
    found = sign(assess(told(programs=[program(k) for k in range(10)], status_events=events)), 3)

    assert (0.2, 10) == (found.value, found.n)


def test_programs_in_their_first_month_are_left_out(told):
    """Planned to start on 1 July, read on 15 July: their 30 days are not over."""
    programs = [*(program(k) for k in range(10)), *(program(k, start="2026-07-01") for k in range(10, 15))]
    events = [change(k, "scope", "2026-07-02", old=None) for k in range(15)]
    found = sign(assess(told(programs=programs, status_events=events)), 3)

    assert (0.0, 10) == (found.value, found.n)


@pytest.mark.parametrize(
    ("delta", "expected"), [((0.4, 0.1, 0.6), True), ((0.4, -0.1, 0.7), False), ((0.3, 0.1, 0.5), False)]
)
def test_leaders_who_see_it_better_are_a_sign(told, delta, expected):
    """Cliff's delta of .33 and more, with an interval above 0."""
    basis = told(said={"ivory_tower": (60, 52, 68)}, gap={"ivory_tower": delta}, programs=[program(1)])

    assert expected == sign(assess(basis), 2).is_clear


def test_present_when_two_thirds_of_four_are_clear(told):
    """Nobody was asked, most plans changed at once, and people say so: three of four."""
    programs = [program(k) for k in range(40)]
    events = [change(k, "scope", "2026-03-03", old=None) for k in range(40)]
    basis = told(said={"ivory_tower": (60, 52, 68)}, gap={"ivory_tower": (0.1, -0.2, 0.4)}, programs=programs,
                 status_events=events, reviews=[review(1, "2026-01-05", "other")])  # fmt: skip

    assert "present" == assess(basis).verdict


def test_without_records_and_survey_nothing_is_said(told):
    """Each sign names what would switch it on."""
    found = assess(told(programs=[{"program_id": "P"}]))

    assert ("not assessable", "") == (found.verdict, found.grade)
    assert all(each.caveats for each in found.indicators)
