"""A small promise, and what was measured afterwards."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.verdict import Judgement
from gapkit.redesign.targets.promises_file import from_record
from gapkit.results import Result

BASELINE = Result("execution_rate", 0.42, 0.31, 0.53, n=90, events=38, period="2026Q1 and 2026Q2").to_dict()


def change(value, low, high, unit="pp"):
    return Result("x", value, low, high, level=0.9, n=73, unit=unit).to_dict()


def lever(name, standing="proposed", stage=None, value=None, **changes):
    pull = {"lever": name, "value": value, "stage": stage, "adherence": 0.7}
    return {"id": f"{name} {stage}" if stage else name, "standing": standing, "levers": [pull], "name": name,
            "engine": "queue", "refused": "", "changes": changes, "is_promise": True, "sentence": "",
            "caveats": []}  # fmt: skip


def target(measure, promised, baseline=BASELINE, **more):
    value, low, high = promised
    return {"measure": measure, "baseline": baseline, "is_primary": measure == "execution_rate", "change": value,
            "low": low, "high": high, "level": 0.9, "basis": "what_if", "levers": ["parallel_approvals"],
            "by": "2026-09-30", "standing": "proposed", **more}  # fmt: skip


@pytest.fixture
def record():
    """Promised: 15 points of the execution rate, 10 days of the median time-to-market, 15 % more velocity as agreed."""
    days = Result("time_to_market_median_days", 87.0, 76.0, 95.0, n=146, unit="days").to_dict()
    pace = Result("velocity_per_week", 2.8, 2.2, 3.5, n=69, events=69, unit="per_week").to_dict()
    return from_record({
        "made_on": "2026-06-04",
        "backtest": {"verdict": "held", "sentence": "It held."},
        "levers": [
            lever("parallel_approvals", execution_rate=change(0.06, 0.0, 0.12)),
            lever("named_owner", otif_rate=change(0.1, 0.04, 0.18)),
            lever("capacity", "declined", execution_rate=change(0.02, -0.01, 0.06)),
        ],
        "together": {"changes": {"on_time_rate": change(0.1, 0.02, 0.18)}, "is_promise": True},
        "targets": {"targets": [
            target("time_to_market_median_days", (-10.0, -19.0, -1.5), days),
            target("velocity_per_week", (0.15, None, None), pace, level=None, basis="decided"),
            target("execution_rate", (0.15, 0.06, 0.24)),
        ]},
        "model": {"slas": [], "cadence": [], "inputs": [], "owners": {"rule": "", "programs": 0}},
    })  # fmt: skip


def _verdict(gap, better):
    """The verdict of an interval alone."""
    if not gap.is_ok:
        return "too little data"
    low, high = sorted((better * gap.low, better * gap.high))
    return "improved" if low > 0 else "worsened" if high < 0 else "no detectable change"


@pytest.fixture
def effect():
    """An effect with its difference; thin without one."""

    def build(measure, difference=None, *, unit="pp", better=1, before=None, after=None, verdict="", qualification=""):
        side = Result(measure, 0.5, 0.4, 0.6, n=60, events=30)
        gap = Result(f"{measure}_difference", n=60, unit=unit, status="thin", caveats=("Only 4 programs.",))
        if difference is not None:
            gap = Result(f"{measure}_difference", *difference, n=60, unit=unit)
        is_primary, judgement = measure == "execution_rate", Judgement(verdict or _verdict(gap, better), qualification)
        return Effect(measure, before or side, after or side, gap, better, None, None, None, is_primary, judgement, "")

    return build


@pytest.fixture
def comparison(engage):
    """Both sides of an engagement without records of its own, its window over."""
    eng = engage({"measure_start": dt.date(2026, 7, 1), "measure_end": dt.date(2026, 7, 14)})
    side = SimpleNamespace(eng=eng, start=dt.date(2026, 7, 1), end=dt.date(2026, 7, 14), period="July 2026")
    return SimpleNamespace(before=side, after=side, look="verdict", config=eng.config,
                           frozen=SimpleNamespace(primary="execution_rate",
                                                  min_change={"execution_rate": 0.1, "velocity": 0.15}))  # fmt: skip
