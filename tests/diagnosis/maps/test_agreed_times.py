from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.diagnosis.maps.agreed_times import breach_share, breaches_by_stage
from gapkit.diagnosis.maps.stops import timed_visits

START = dt.date(2026, 1, 1)
OPEN = pd.Series(dtype="datetime64[us]")


def review(program, days, sla=2.0, stage="legal", entered="2026-03-02 09:00", left=True):
    done = pd.Timestamp(entered) + pd.offsets.BDay(days) if left else None
    return {"program_id": program, "stage": stage, "kind": "approval", "entered_at": entered, "left_at": done,
            "sla_days": sla}  # fmt: skip


@pytest.fixture
def measured(engage):
    """The visits of some reviews as of 15 July 2026."""

    def build(*rows):
        programs = [{"program_id": program} for program in dict.fromkeys(row["program_id"] for row in rows)]
        return timed_visits(engage(programs=programs or [{"program_id": "P"}], stage_visits=list(rows)), OPEN, START)

    return build


def test_breaches_are_counted_by_stage(measured):
    """Twelve reviews agreed at two days, three of them took four: a quarter, six days lost."""
    visits = measured(*[review(f"P{k:02d}", 4 if k < 3 else 2) for k in range(12)])
    found = breaches_by_stage(visits, Settings())

    assert ("legal", 12, 12, 3, 0.25, 6.0) == tuple(found.loc[0, ["stage", "programs", "n", "over", "share", "lost_days"]])
    # Wilson limits of 3 of 12, from Newcombe's formula
    assert (0.0889, 0.5323) == tuple(found.loc[0, ["low", "high"]].astype(float).round(4))


def test_an_open_review_counts_once_it_is_over(measured):
    """Open since March it is a breach already; open since yesterday nobody can tell, so it is in no denominator."""
    visits = measured(
        review("A", 0, left=False), review("B", 0, entered="2026-07-14 09:00", left=False), review("C", 1)
    )  # fmt: skip
    found = breaches_by_stage(visits, Settings(min_n_counts=1))

    assert (2, 1) == tuple(found.loc[0, ["n", "over"]])


def test_a_share_of_a_handful_is_not_shown(measured):
    """Eight visits: counts stand, the share does not; a stage of one program is gathered."""
    visits = measured(*[review(f"P{k}", 4) for k in range(8)], review("Q", 1, stage="brand"))
    found = breaches_by_stage(visits, Settings()).set_index("stage")

    assert (8, 8) == tuple(found.loc["legal", ["n", "over"]])
    assert found["share"].isna().all()
    assert "other stages" in found.index


def test_the_pooled_share_resamples_programs(measured):
    """Half of the programs break every agreement, so the interval is far wider than 40 independent visits would give."""
    rows = [review(f"P{k:02d}", 4 if k % 2 else 1, entered=f"2026-03-{day:02d} 09:00") for k in range(10)
            for day in (2, 9, 16, 23)]  # fmt: skip
    found = breach_share(measured(*rows), Settings(bootstrap_replicates=400), seed=1, period="2026")

    assert (0.5, 40, 20) == (found.value, found.n, found.events)
    assert found.high - found.low > 0.5


def test_without_agreed_times_nothing_is_measured(measured):
    """Not measured says what would switch it on; measured on few programs is thin."""
    none = breach_share(measured(review("A", 3, sla=None)), Settings(), seed=1, period="2026")
    few = breach_share(measured(review("A", 3)), Settings(), seed=1, period="2026")

    assert ("not_assessable", "thin") == (none.status, few.status)
    assert "sla_days" in none.caveats[0]
    assert "not_assessable" == breach_share(measured(), Settings(), seed=1, period="2026").status
    assert breaches_by_stage(measured(), Settings()).empty
