from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from gapkit.baseline.time_to_market import MEAN
from gapkit.measurement.agreed import AgreedPlace
from gapkit.measurement.effects.commitments import NAME as PARTS
from gapkit.measurement.effects.places import PlacedWaits
from gapkit.measurement.effects.slip import NAME as SLIP
from gapkit.measurement.explanations import mix_of_others, with_mix_held
from gapkit.measurement.verdict import Judgement
from gapkit.results import Result

BEFORE, AFTER = "2026-02-10", "2026-08-10"


@pytest.fixture
def said(found):
    """The function that makes an effect of a measure that is not primary, with a verdict and the limits of its change."""

    def make(measure, verdict="improved", low=0.1, high=0.5):
        effect = found("on_time_rate", (20, 60), (50, 60))
        gap = Result(f"{measure}_difference", (low + high) / 2, low, high, n=60, unit=effect.difference.unit)
        return replace(effect, measure=measure, difference=gap, is_primary=False, judgement=Judgement(verdict))

    return make


@pytest.fixture
def easier(rows):
    """Emails are on time nine times in ten, events three in ten, before and after; 10 of 50 are emails, then 40 of 50."""
    return [
        *rows("BE", BEFORE, 9, 1, type="email"), *rows("BV", BEFORE, 12, 28, type="event"),
        *rows("AE", AFTER, 36, 4, type="email"), *rows("AV", AFTER, 3, 7, type="event"),
    ]  # fmt: skip


@pytest.fixture
def better(rows):
    """As many emails as events on both sides, and both from three in ten to nine."""
    return [row for kind in ("email", "event") for row in (*rows(f"B{kind}", BEFORE, 8, 17, type=kind),
                                                           *rows(f"A{kind}", AFTER, 23, 2, type=kind))]  # fmt: skip


@pytest.mark.parametrize(("measure", "low", "high"), [("on_time_rate", 0.1, 0.5), (SLIP, -12.0, -4.0), (PARTS, 0.1, 0.5)])
def test_an_easier_mix_takes_the_verdict(compared, said, easier, measure, low, high):
    """A rate and a slip that moved with the mix of types only; the figures stay."""
    comparison, _ = compared(primary="otif_rate", programs=[{**row, "is_to_spec": True} for row in easier])
    effect = said(measure, low=low, high=high)
    (left,) = with_mix_held(comparison, [effect])

    assert left.judgement == Judgement("no detectable change", "once the mix of work is held equal")
    assert left.difference == effect.difference


@pytest.mark.parametrize(("measure", "low", "high"), [("on_time_rate", 0.1, 0.5), (SLIP, -12.0, -4.0), (PARTS, 0.1, 0.5)])
def test_a_change_within_types_stands(compared, said, better, measure, low, high):
    """Each type got better by itself."""
    effect = said(measure, low=low, high=high)
    (left,) = with_mix_held(compared(programs=better)[0], [effect])

    assert left is effect


def test_a_change_the_other_way_does_not_hold_a_verdict(compared, said, better):
    """A slip said to have grown, among types that all slip less."""
    (left,) = with_mix_held(compared(programs=better)[0], [said(SLIP, "worsened", 4.0, 12.0)])

    assert left.judgement.verdict == "no detectable change"


@pytest.mark.parametrize("is_shorter_within", [False, True])
def test_time_to_market_among_programs_of_one_type(compared, said, is_shorter_within):
    """Emails take 10 days and events 50; after, more emails, or half the days for each."""
    made = []
    for side, end, kinds in (("B", BEFORE, {"email": 10, "event": 40}), ("A", AFTER, {"email": 40, "event": 10})):
        for kind, count in ({"email": 25, "event": 25} if is_shorter_within else kinds).items():
            days = {"email": 10, "event": 50}[kind] // (2 if is_shorter_within and side == "A" else 1)
            for number in range(count):
                day = dt.date.fromisoformat(end) - dt.timedelta(days=number % 20)
                start = day - dt.timedelta(days=days + number % 3)
                begun = dict.fromkeys(["committed_at", "baseline_start", "actual_start", "brief_approved_at"], str(start))
                ended = dict.fromkeys(["baseline_end", "actual_end"], str(day))
                made.append({"program_id": f"{side}{kind}{number}", "type": kind, "status": "delivered", **begun, **ended})
    effect = said(MEAN, low=-20.0, high=-5.0)
    (left,) = with_mix_held(compared(programs=made)[0], [effect])

    assert (left is effect) == is_shorter_within


def test_one_type_has_no_mix(compared, said, rows):
    """Nothing to hold equal."""
    effects = [said("on_time_rate"), said(SLIP, low=-12.0, high=-4.0)]
    comparison, _ = compared(programs=rows("B", BEFORE, 10, 20) + rows("A", AFTER, 25, 5))

    assert with_mix_held(comparison, effects) == tuple(effects)


@pytest.mark.parametrize(
    ("measure", "verdict"),
    [("velocity_per_week", "improved"), ("on_time_rate", "no detectable change"), (SLIP, "monitoring")],
)
def test_what_has_no_mix_or_no_verdict_stays(compared, said, easier, measure, verdict):
    """Deliveries a week are not a share of programs; and a guard never gives a verdict."""
    effect = said(measure, verdict)

    assert with_mix_held(compared(programs=easier)[0], [effect]) == (effect,)


def test_the_primary_measure_has_its_own_guards(compared, easier):
    """It stays as `guarded` left it."""
    comparison, primary = compared(programs=easier)

    assert with_mix_held(comparison, [primary]) == (primary,)


@pytest.mark.parametrize("is_better_everywhere", [False, True])
def test_agreed_times_are_held_by_place(compared, said, rows, monkeypatch, is_better_everywhere):
    """Kept nine times in ten at one place and three at the other; after, more waits at the first, or more kept at both."""
    days = {"quick": (9, 1), "slow": (3, 7)}
    many = {"before": {"quick": 1, "slow": 4}, "after": {"quick": 4, "slow": 1}}
    better = {"quick": (10, 0), "slow": (9, 1)} if is_better_everywhere else days
    frames = [_waits(side, many[side], kept) for side, kept in (("before", days), ("after", better))]
    places = tuple(AgreedPlace(name, 4.0, is_agreed=True) for name in days)
    monkeypatch.setattr(mix_of_others, "placed_waits", lambda comparison: PlacedWaits(places, *frames))
    effect = said("sla_attainment")
    (left,) = with_mix_held(compared(programs=rows("B", BEFORE, 6, 6) + rows("A", AFTER, 12, 0))[0], [effect])

    assert (left is effect) == is_better_everywhere
    if not is_better_everywhere:
        assert left.judgement == Judgement("no detectable change", "once the mix of places is held equal")


def _waits(side, many, kept):
    """So many times ten waits at each place, of which so many in ten lasted 2 days and the others 9."""
    rows = [(place, 2.0 if number % 10 < kept[place][0] else 9.0)
            for place, tens in many.items() for number in range(10 * tens)]  # fmt: skip
    return pd.DataFrame({
        "place": [place for place, _ in rows], "program_id": [f"{side}{number}" for number in range(len(rows))],
        "wait_bdays": [days for _, days in rows], "is_open": False, "follow_up_bdays": 60.0, "sla_days": None,
        "lost_bdays": 0.0, "is_named": True,
    })  # fmt: skip


def test_without_the_programs_of_the_baseline_the_frozen_counts_stand(compared, said, rows):
    """After a move to another tracker only the programs of the window are on file."""
    comparison, _ = compared(programs=rows("A", AFTER, 25, 5), frozen_counts=(31, 62))
    effect = said("otif_rate")

    assert with_mix_held(comparison, [effect]) == (effect,)


def test_other_work_altogether_takes_the_verdict(compared, said, rows):
    """Events before and emails after have no mix in common."""
    made = rows("B", BEFORE, 10, 20, type="event") + rows("A", AFTER, 27, 3, type="email")
    (left,) = with_mix_held(compared(programs=made)[0], [said("on_time_rate")])

    assert left.judgement.verdict == "no detectable change"
