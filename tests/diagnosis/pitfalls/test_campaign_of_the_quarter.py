from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.diagnosis.pitfalls.campaign_of_the_quarter import DISPLACED, assess
from gapkit.labels import sentence_case
from gapkit.results import Result


def planned(number, start="2026-01-10", end="2026-03-10", **more):
    return {"program_id": f"P{number:03d}", "committed_at": "2025-12-20", "baseline_start": start, "baseline_end": end,
            "actual_start": start, "status": "delivered", "actual_end": end, "to_spec": "yes", **more}  # fmt: skip


def surprise(number, start="2026-02-10", **more):
    return {"program_id": f"U{number:03d}", "origin": "unplanned", "actual_start": start, "status": "in_progress", **more}


def c5(*limits, **more):
    return SimpleNamespace(id="C5", effect=Result("interruption_ratio", *limits, n=60, unit="ratio", **more))


def judged(basis, *claims):
    return assess(basis, SimpleNamespace(judged=basis.judged), claims)


def sign(finding, number):
    return finding.indicators[number - 1]


def test_unplanned_starts_and_effort_outside_the_plan_by_hand(told):
    """Fifteen planned starts and five unplanned: 25 %. Sizes 1 and 4: 15 of 35 points are of the frozen plan."""
    rows = [*(planned(k, size_points=1) for k in range(15)), *(surprise(k, size_points=4) for k in range(5))]
    found = judged(told(programs=rows))

    assert (0.25, 20) == (sign(found, 1).value, sign(found, 1).n)
    assert pytest.approx(15 / 35) == sign(found, 4).value


def test_sizes_nobody_noted_are_taken_as_typical(told):
    """Fourteen sizes of 2 and one unknown, five surprises of 2: 15 of 20; a caveat says so."""
    rows = [*(planned(k, size_points=2) for k in range(14)), planned(99), *(surprise(k, size_points=2) for k in range(5))]
    found = sign(judged(told(programs=rows)), 4)

    assert 0.75 == found.value
    assert ("Size of 1 program not recorded, taken as the median.",) == found.caveats


def test_without_sizes_every_program_counts_the_same(told):
    """Fifteen of twenty, and nothing to explain."""
    found = sign(judged(told(programs=[*map(planned, range(15)), *map(surprise, range(5))])), 4)

    assert (0.75, ()) == (found.value, found.caveats)


def test_where_commitments_are_not_recorded_nothing_is_unplanned(told):
    """A tracker that knows no promise cannot tell surprises from plans: not measured, not 0 %."""
    rows = [{"program_id": f"P{k}", "actual_start": "2026-02-01", "status": "in_progress"} for k in range(12)]
    found = judged(told(programs=rows))

    assert ["not_assessable"] * 2 == [sign(found, k).status for k in (1, 4)]


@pytest.mark.parametrize(
    ("limits", "expected"), [((1.9, 1.1, 3.2), True), ((1.9, 0.9, 3.2), False), ((1.4, 1.1, 1.8), False)]
)
def test_displaced_work_is_a_sign_from_half_as_much_again(told, limits, expected):
    """The ratio of claim C5: 1.5 and more, with an interval above 1."""
    assert expected == sign(judged(told(programs=[planned(1)]), c5(*limits)), 2).is_clear


def test_a_claim_that_was_too_thin_is_left_out(told):
    """Too few interruptions to tell are no sign of calm."""
    thin = c5(status="thin", caveats=("3 unplanned starts; 10 are needed.",))
    found = judged(told(programs=[planned(1)]), thin)

    assert ("thin", None) == (sign(found, 2).status, sign(found, 2).is_clear)
    assert f"{sentence_case(DISPLACED.name)}: left out. 3 unplanned starts; 10 are needed." in found.caveats


def test_priorities_that_turn_over_are_a_sign(told):
    """All replaced at each of three freezes: churn 1, a census, so clear."""
    spans = [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30"), ("2026-07-01", None)]
    rows = [{"priority_id": first, "label": "x", "from": first, "to": last} for first, last in spans]
    found = sign(judged(told(programs=[planned(1)], priorities=rows)), 3)

    assert (1.0, 3, True) == (found.value, found.n, found.is_clear)


def quarters(starts, successes):
    """Programs of both baseline quarters: started, due in their quarter, the first of them successes."""
    spans = [("2026-01-12", "2026-03-20", "2026-03-30"), ("2026-04-13", "2026-06-20", "2026-06-29")]
    rows = []
    for place, ((start, end, late), n, good) in enumerate(zip(spans, starts, successes, strict=True)):
        done = [end if k < good else late for k in range(n)]
        rows += [
            planned(100 * place + k, start, end, actual_end=day, committed_at=start[:8] + "01")
            for k, day in enumerate(done)
        ]
    return [*rows, planned(999, "2025-12-01", "2025-12-20")]


@pytest.mark.parametrize(
    ("starts", "successes", "beyond", "clear"),
    [
        ((20, 60), (18, 20), True, True),
        ((20, 60), (10, 40), False, False),
        ((40, 48), (36, 20), False, False),
        ((20, 26), (18, 12), True, False),
    ],
    ids=["many more, much worse", "many more, better", "hardly more", "more by chance"],
)
def test_more_starts_are_a_sign_only_while_success_falls(told, starts, successes, beyond, clear):
    """From the first to the second quarter: starts a day up by 20 % or more, and the frozen plan does worse."""
    found = sign(judged(told(programs=quarters(starts, successes))), 5)

    assert pytest.approx(starts[1] / 91 / (starts[0] / 90)) == found.value
    assert (beyond, clear) == (found.is_beyond, found.is_clear)


def test_few_starts_are_thin(told):
    """Nine in the first quarter are too few to compare."""
    assert "thin" == sign(judged(told(programs=quarters((9, 30), (9, 30)))), 5).status


def test_records_that_begin_later_cannot_show_a_rise(told):
    """The first quarter looks empty because nobody wrote it down."""
    rows = [row for row in quarters((20, 60), (18, 20)) if row["actual_start"] > "2026-02-01"]
    found = sign(judged(told(programs=rows)), 5)

    assert "not_assessable" == found.status
    assert found.caveats[0].startswith("The records begin on 1 April 2026")


def test_present_when_two_thirds_are_clear(told):
    """Surprises, displaced work, effort elsewhere and answers: four of five signs with a figure."""
    rows = [*(planned(k) for k in range(30)), *(surprise(k) for k in range(60))]
    stable = [{"priority_id": "a", "label": "x", "from": "2025-01-01"}]
    basis = told(said={"campaign_of_the_quarter": (66, 58, 74)}, programs=rows, priorities=stable)
    found = judged(basis, c5(2.5, 1.4, 4.4))

    assert "present" == found.verdict
    assert "4 of the 5 signs read are clearly beyond their mark" in found.sentence
