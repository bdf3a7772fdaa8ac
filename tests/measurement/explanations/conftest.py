from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.baseline.execution import committed
from gapkit.baseline.frozen import freeze, from_record
from gapkit.baseline.outcomes import judge_programs
from gapkit.engagement import known_on
from gapkit.measurement.comparison import compare_windows
from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.verdict import Judgement, judge_effect
from gapkit.measurement.wording import effect_sentence
from gapkit.results import Result
from gapkit.stats.differences import newcombe_difference

QUARTERS = ("2025Q4", "2026Q1")
FROZEN_ON, AS_OF = dt.date(2026, 4, 30), dt.date(2026, 10, 31)
WINDOW = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


def programs(prefix, due, met, missed, **more):
    """Rows of programs due on a day: met delivered on it, missed twenty days later; committed 50 days before."""
    day = dt.date.fromisoformat(due)
    base = {"committed_at": day - dt.timedelta(days=50), "baseline_start": day - dt.timedelta(days=40), "baseline_end": day,
            "status": "delivered", **more}  # fmt: skip
    ends = [day] * met + [day + dt.timedelta(days=20)] * missed
    dates = [{name: str(value) for name, value in base.items() if isinstance(value, dt.date)} for _ in ends]
    return [{**base, **date, "program_id": f"{prefix}{number:03d}", "actual_end": str(end)}
            for number, (date, end) in enumerate(zip(dates, ends, strict=True))]  # fmt: skip


def effect(measure, before, after, look="verdict"):
    """The primary effect of two counts, judged as a rate with a worthwhile change of 10 points."""
    sides = [Result(measure, x / n, 0.0, 1.0, n=n, events=x, period=period)
             for (x, n), period in ((before, "2025Q4 and 2026Q1"), (after, "1 July to 30 September 2026"))]  # fmt: skip
    gap = newcombe_difference(*after, *before)
    difference = Result(f"{measure}_difference", *gap, n=after[1], unit="pp", period=sides[1].period, method="Newcombe")
    judged = judge_effect(gap.low, gap.high, 0.1, is_primary=True) if look == "verdict" else Judgement("monitoring")
    sentence = effect_sentence(measure, *sides, difference, judged)
    return Effect(measure, *sides, difference, 1, 0.1, 0.5, None, True, judged, sentence)


@pytest.fixture
def rows():
    """The function that makes rows of programs."""
    return programs


@pytest.fixture
def found():
    """The function that makes a primary effect of two counts."""
    return effect


@pytest.fixture
def compared(engage):
    """Both sides of hand-made tables, frozen on 30 April 2026 from what they hold, and the effect on the primary rate."""

    def build(
        *, primary="on_time_rate", as_of=AS_OF, replaces=None, frozen_counts=None, changes=None, window=WINDOW, **tables
    ):
        agreed = {"measure_start": window[0], "measure_end": window[1], "as_of": as_of, "primary": primary,
                  "given_baseline_quarters": QUARTERS}  # fmt: skip
        eng = replace(engage({**agreed, **(changes or {})}, **tables), records_delivery=True)
        then = known_on(eng, FROZEN_ON)
        judged, _ = judge_programs(then.programs, then.status_events, eng.config, FROZEN_ON)
        cohort = committed(judged, QUARTERS)
        x, n = frozen_counts or (int(cohort["is_on_time"].fillna(False).sum()), len(cohort))
        results = {primary: Result(primary, x / n, 0.0, 1.0, n=n, events=x, period="2025Q4 and 2026Q1")}
        record = freeze(results, eng.config, quarters=QUARTERS, working_weeks=26.0, as_of=FROZEN_ON)
        frozen = from_record({**record, **({"replaces": replaces} if replaces else {})})
        comparison = compare_windows(eng, frozen, window)
        due = comparison.after.judged.loc[
            lambda frame: frame["frozen_end"].ge("2026-07-01") & frame["group"].eq("committed")
        ]
        counts = int(due["is_on_time"].fillna(False).sum()), len(due)
        return comparison, effect(primary, (x, n), counts, comparison.look)

    return build
