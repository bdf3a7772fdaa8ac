from __future__ import annotations

from gapkit.diagnosis.claims.claim import judge
from gapkit.diagnosis.claims.unlikely_without_owner import ABOUT, trial


def unowned(fleet, successes, n):
    return fleet(successes, n, owner_type_at_start="none")


def test_twelve_of_forty_are_unlikely(case, fleet):
    """One-sided Wilson bound .429 (Wilson 1927 with z = 1.645) and exact binomial p .0083: below one half."""
    found = trial(case(programs=unowned(fleet, 12, 40)))

    assert 0.429 == round(found.effect.high, 3)
    assert 0.0083 == round(found.p_value, 4)
    assert "supported on your data" == judge(found.effect, ABOUT, found.p_value)


def test_more_than_half_contradicts(case, fleet):
    """30 of 40: even the lower bound lies above one half."""
    found = trial(case(programs=unowned(fleet, 30, 40)))

    assert found.effect.low > 0.5
    assert "contradicted" == judge(found.effect, ABOUT, found.p_value)


def test_eighteen_of_forty_show_nothing(case, fleet):
    """Below one half, and compatible with more."""
    found = trial(case(programs=unowned(fleet, 18, 40)))

    assert "not shown" == judge(found.effect, ABOUT, found.p_value)


def test_programs_with_one_owner_do_not_count(case, fleet):
    """Only programs without a single owner are asked about."""
    rows = [*unowned(fleet, 12, 40), *fleet(40, 40, owners_at_start="Ana")]

    assert (12, 40) == (trial(case(programs=rows)).effect.events, trial(case(programs=rows)).effect.n)


def test_nine_programs_are_too_little(case, fleet):
    """Too little data is an answer."""
    found = trial(case(programs=[*unowned(fleet, 0, 9), *fleet(9, 20, owners_at_start="Ana")]))

    assert "thin" == found.effect.status
    assert "9 programs without a single owner; 10 are needed." == found.effect.caveats[0]


def test_without_owners_on_record_it_is_not_assessable(case, fleet):
    """Nothing is known about owners."""
    assert "not_assessable" == trial(case(programs=fleet(5, 20))).effect.status


def test_without_decided_cancellations_the_rate_stands_beside(case, fleet):
    """Ten cancelled by decision before their start leave 12 of 30."""
    gone = {"status": "cancelled", "cancelled_at": "2026-01-09", "cancel_reason": "decision", "actual_end": None}
    rows = [*unowned(fleet, 12, 30), *fleet(0, 10, owner_type_at_start="none", **gone)]
    found = trial(case(programs=rows))

    assert (12, 40) == (found.effect.events, found.effect.n)
    assert (12, 30) == (found.sensitivity.events, found.sensitivity.n)
