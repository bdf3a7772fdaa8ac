from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.diagnosis.claims.clear_owner import TURNED, trial, without_single_owner


def owned(fleet, successes, n, owners="Ana", **more):
    return fleet(successes, n, owners_at_start=owners, owner_type_at_start="person" if owners else "none", **more)


def test_the_difference_and_its_interval_are_newcombes(case, fleet):
    """Newcombe (1998b), example (a), turned round: 48 of 80 without one owner, 56 of 70 with one."""
    found = trial(case(programs=[*owned(fleet, 48, 80, None), *owned(fleet, 56, 70)]))

    effect = found.effect
    assert [-0.2, -0.3339, -0.0524] == [round(number, 4) for number in (effect.value, effect.low, effect.high)]
    assert 0.00884 == round(found.p_value, 5)  # SciPy's boschloo_exact of the same table
    assert [(48, 80), (56, 70)] == [(figure.result.events, figure.result.n) for figure in found.groups]


def test_the_sentence_facts_carry_both_counts(case, fleet):
    """A leader reads who was compared with whom, and how many did well in each group."""
    found = trial(case(programs=[*owned(fleet, 12, 40, None), *owned(fleet, 48, 80)]))

    expected = ("Programs without exactly one named owner at their planned start were on time and to spec in 12 of 40 "
                "cases, those with one in 48 of 80")  # fmt: skip
    assert expected == found.facts


def test_within_types_and_with_types_held_equal(case, fleet):
    """Two types, in each 10 of 20 without one owner and 15 of 20 with: the odds ratio is 1/3 within each, and in common."""
    rows = [row for kind in ("web", "email")
            for row in (*owned(fleet, 10, 20, None, type=kind), *owned(fleet, 15, 20, type=kind))]  # fmt: skip
    found = trial(case(programs=rows))
    within, held_equal = (figure.result for figure in found.adjusted)

    assert 0.3333 == round(within.value, 4)  # Mantel–Haenszel: Σ ad/n = 2·10·5/40, Σ bc/n = 2·15·10/40
    assert 0.3 < held_equal.value < 0.4  # Firth pulls towards 1: (10.5·5.5)/(10.5·15.5) without types is 0.355
    assert found.caveats == ()


def test_an_association_that_turns_within_types_is_said(case, fleet):
    """Simpson's paradox: without one owner does better within each type and worse overall."""
    rows = [
        *owned(fleet, 12, 60, None, type="launch"), *owned(fleet, 1, 10, type="launch"),
        *owned(fleet, 10, 10, None, type="email"), *owned(fleet, 57, 60, type="email"),
    ]  # fmt: skip
    found = trial(case(programs=rows))

    assert found.effect.value < 0
    assert found.adjusted[0].result.value > 1
    assert TURNED in found.caveats


def test_fewer_than_ten_in_a_group_are_too_little(case, fleet):
    """Nine are counted and not compared."""
    found = trial(case(programs=[*owned(fleet, 1, 9, None), *owned(fleet, 20, 40)]))

    assert "thin" == found.effect.status
    assert found.p_value is None
    assert ("9 programs with the condition, 40 without; 10 are needed of each.",) == found.effect.caveats


def test_without_owners_on_record_the_claim_is_not_assessable(case, fleet):
    """Not measured is not "no owner"."""
    found = trial(case(programs=fleet(10, 40)))

    assert "not_assessable" == found.effect.status
    assert "Owners per program" in found.effect.caveats[0]


def test_owners_known_only_as_of_today_make_it_exploratory(case, fleet):
    """Today's owner may be a consequence of how the program went."""
    today = [*fleet(12, 40), *fleet(48, 80, owners_now="Ana")]

    assert trial(case(programs=today)).is_exploratory
    assert not trial(case(programs=[*owned(fleet, 12, 40, None), *owned(fleet, 48, 80)])).is_exploratory


def test_decided_cancellations_are_set_aside_beside_the_verdict(case, fleet):
    """Ten cancelled by decision before their start fail, and the effect without them stands beside: 12 of 30, not of 40."""
    gone = {"status": "cancelled", "cancelled_at": "2026-01-09", "cancel_reason": "decision", "actual_end": None}
    rows = [*owned(fleet, 12, 30, None), *owned(fleet, 0, 10, None, **gone), *owned(fleet, 48, 80)]
    found = trial(case(programs=rows))

    assert -0.3 == round(found.effect.value, 6)
    assert -0.2 == round(found.sensitivity.value, 6)
    assert ("Without 10 programs cancelled by decision before the planned start.",) == found.sensitivity.caveats
    assert trial(case(programs=[*owned(fleet, 12, 30, None), *owned(fleet, 48, 80)])).sensitivity is None


def test_many_unknown_outcomes_bound_the_difference(case, fleet):
    """Delivered on an unknown day, 10 of 40 without one owner: 10 of 40 at worst and 20 of 40 at best, against 20 of 40."""
    rows = [*owned(fleet, 10, 30, None), *owned(fleet, 0, 10, None, actual_end=None), *owned(fleet, 20, 40)]
    found = trial(case(programs=rows))

    assert round(1 / 3 - 1 / 2, 6) == round(found.effect.value, 6)
    assert "With the unknown outcomes the difference lies between −25 pp and 0 pp." in found.caveats
    assert "10 programs of 80 left out: the outcome is unknown." in found.caveats


def simulated(seed, n=400):
    """Programs whose success has nothing to do with owners, while owners come and go at random as long as they run."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2026-01-10")
    programs, events = [], []
    for number in range(n):
        name, days = f"P{number:04d}", int(rng.lognormal(np.log(60), 0.5))
        end = start + pd.Timedelta(days=days)
        done = end <= pd.Timestamp("2026-07-15")
        owner = "Ana" if rng.random() < 0.5 else None
        events.append({"program_id": name, "at": "2026-01-02", "field": "owner", "old": "Zoe", "new": owner})
        day = 0.0
        while (day := day + rng.exponential(60)) < min(days, 180):
            after = None if owner else "Ana"
            at = (start + pd.Timedelta(days=int(day) + 1)).date().isoformat()
            events.append({"program_id": name, "at": at, "field": "owner", "old": owner, "new": after})
            owner = after
        programs.append({
            "program_id": name, "committed_at": "2025-12-20", "baseline_start": "2026-01-10", "baseline_end": "2026-03-10",
            "actual_start": "2026-01-10", "status": "delivered" if done else "in_progress",
            "to_spec": "yes" if done else None, "actual_end": end.date().isoformat() if done else None, "owners_now": owner,
        })  # fmt: skip
    return programs, events


def test_ownership_that_changed_during_the_run_cannot_pass_for_a_condition(case):
    """Immortal time: "changed owner during the run" moves success by over 20 points without any effect; C1 does not."""
    programs, events = simulated(11)
    known = case(programs=programs, status_events=events)
    success = known.due.known["is_success"]
    log = pd.DataFrame(events)
    changed = success.index.isin(log.loc[log["at"] > "2026-01-10", "program_id"])
    naive = success[changed].mean() - success[~changed].mean()
    found = trial(known)

    assert naive < -0.20
    assert abs(found.effect.value) < 0.10
    assert found.effect.low < 0 < found.effect.high
    assert not found.is_exploratory


@pytest.mark.parametrize("later", ["Ana", None, "Ana;Ben"])
def test_who_owns_a_program_later_does_not_matter(case, fleet, later):
    """Whatever becomes of the owner after the planned start, the groups stay as they were."""
    rows = [*owned(fleet, 5, 10, None), *owned(fleet, 5, 10)]
    changes = [{"program_id": row["program_id"], "at": "2026-02-20", "field": "owner", "old": row["owners_at_start"],
                "new": later} for row in rows]  # fmt: skip
    still, moved = (without_single_owner(case(programs=rows, status_events=log)).tolist() for log in ([], changes))

    assert [True] * 10 + [False] * 10 == moved
    assert still == moved
