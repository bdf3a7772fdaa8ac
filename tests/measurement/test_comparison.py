from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

import gapkit as gk
from gapkit.baseline.frozen import from_record, read_frozen
from gapkit.measurement.comparison import compare_windows

WINDOW = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


@pytest.fixture(scope="module")
def eng():
    """Northwind after its window."""
    return gk.load("northwind", phase="measure")


@pytest.fixture(scope="module")
def frozen(eng):
    """Its yardstick."""
    return read_frozen(eng.folder)


def test_before_is_read_on_the_day_of_the_freeze(eng, frozen):
    """Nothing later is in the tables of the side before, and its window are the baseline quarters."""
    found = compare_windows(eng, frozen, WINDOW)

    assert found.before.eng.as_of == frozen.frozen_on
    assert (found.before.start, found.before.end) == (dt.date(2025, 10, 1), dt.date(2026, 3, 31))
    assert found.before.eng.programs["actual_end"].max().date() <= frozen.frozen_on
    assert found.after.eng.as_of == eng.as_of


def test_the_side_before_gives_the_frozen_counts(eng, frozen):
    """The records of today still hold what was frozen: 38 of 91 delivered by the end of their quarter."""
    judged = compare_windows(eng, frozen, WINDOW).before.judged
    plan = judged.loc[(judged["group"] == "committed") & judged["quarter"].isin(frozen.quarters)]

    rate = frozen.results["execution_rate"]
    assert (rate.events, rate.n) == (int(plan["delivered_by_quarter_end"].fillna(False).sum()), len(plan))


def test_rules_of_the_freeze_hold_on_both_sides(eng, frozen):
    """A day of grace granted later changes nothing, and is said."""
    lenient = replace(eng, config=replace(eng.config, grace_days=7))

    found = compare_windows(lenient, frozen, WINDOW)

    assert (found.before.eng.config.grace_days, found.config.grace_days) == (0, 0)
    assert found.caveats == ("grace_days is 7 in engagement.yml and was 0 at the freeze, which counts.",)


def test_a_rule_an_old_record_does_not_hold_follows_engagement_yml(eng, frozen):
    """A baseline frozen before a rule was put on record is read under the rule of today."""
    data = json.loads(json.dumps(dict(frozen.data)))
    data["rules"] = {"grace_days": 0}
    del data["periods"]

    found = compare_windows(eng, from_record(data), WINDOW)

    assert eng.config.freeze_bdays == found.config.freeze_bdays
    assert found.caveats == ()


@pytest.mark.parametrize(("as_of", "look", "end"), [("2026-08-31", "monitoring", "2026-08-31"),
                                                   ("2026-09-30", "verdict", "2026-09-30"),
                                                   ("2026-10-15", "verdict", "2026-09-30")])  # fmt: skip
def test_no_verdict_before_the_window_is_over(frozen, as_of, look, end):
    """Until its last day figures are watched; the window never reaches beyond the day of reading."""
    found = compare_windows(gk.load("northwind", as_of=as_of), frozen, WINDOW)

    assert (look, end) == (found.look, found.after.end.isoformat())
    assert bool(found.caveats) == (look == "monitoring")


def test_a_calendar_changed_later_moves_no_quarter(eng, frozen):
    """The fiscal year of the freeze holds: the window keeps its programs, and the change is said."""
    moved = replace(eng, config=replace(eng.config, fiscal_start_month=2))

    found = compare_windows(moved, frozen, WINDOW)

    assert (found.before.start, found.config.fiscal_start_month) == (dt.date(2025, 10, 1), 1)
    assert any(text.startswith("fiscal_start_month is 2") for text in found.changed)


@pytest.mark.parametrize(("changes", "window", "told"), [
    ({}, (dt.date(2026, 8, 1), WINDOW[1]), "The measure window was 1 July to 30 September 2026 at the freeze"),
    ({"primary": "otif_rate"}, WINDOW, "execution rate was frozen, which counts"),
    ({"min_change": {"execution_rate": 0.02, "ttm": -0.15, "velocity": 0.15}}, WINDOW, "worthwhile change differs"),
    ({"given_baseline_quarters": ("2025Q2", "2025Q3")}, WINDOW, "2025Q4 and 2026Q1 were frozen, which count"),
])  # fmt: skip
def test_what_was_agreed_and_reads_otherwise_today_is_said(eng, frozen, changes, window, told):
    """Window, measure, worthwhile change, baseline quarters: none of it moves without a word."""
    found = compare_windows(replace(eng, config=replace(eng.config, **changes)), frozen, window)

    assert any(told in text for text in found.changed)


@pytest.fixture(scope="module")
def with_calendar(frozen):
    """The same yardstick with the working days of the freeze, and two days off before it."""
    rules = {**frozen.data["rules"], "weekmask": "1111100", "holidays": ["2025-12-25", "2026-01-01"]}
    return from_record({**frozen.data, "rules": rules})


def working(eng, **changes):
    """The same engagement with another working calendar today."""
    return replace(eng, config=replace(eng.config, **changes))


def test_working_days_of_the_freeze_hold_on_both_sides(eng, with_calendar):
    """A four-day week entered later would make the same deliveries a higher velocity: it changes nothing, and is said."""
    off = dt.date(2025, 12, 25), dt.date(2026, 1, 1)

    found = compare_windows(working(eng, weekmask="1111000", holidays=off), with_calendar, WINDOW)

    assert ("1111100", "1111100") == (found.before.eng.config.weekmask, found.config.weekmask)
    assert ("weekmask is 1111000 in engagement.yml and was 1111100 at the freeze, which counts.",) == found.changed


def test_days_off_after_the_freeze_are_those_of_today(eng, with_calendar):
    """Holidays of the measure window are entered as they come: they count, and are no change of rules."""
    off = dt.date(2025, 12, 25), dt.date(2026, 1, 1), dt.date(2026, 9, 7)

    found = compare_windows(working(eng, holidays=off), with_calendar, WINDOW)

    assert (off, ()) == (found.config.holidays, found.changed)


def test_days_off_before_the_freeze_are_the_frozen_ones(eng, with_calendar):
    """One taken out and one put in would change what the frozen working weeks mean: both are said, neither counts."""
    found = compare_windows(working(eng, holidays=(dt.date(2025, 12, 25), dt.date(2026, 2, 16))), with_calendar, WINDOW)

    told = "Days off up to the freeze differ in engagement.yml today (1 January 2026 and 16 February 2026)"

    assert (dt.date(2025, 12, 25), dt.date(2026, 1, 1)) == found.config.holidays
    assert (f"{told}; those frozen count.",) == found.changed


def test_without_a_frozen_calendar_todays_counts(eng, frozen):
    """A baseline of an older version holds none."""
    today = working(eng, weekmask="1111000", holidays=())
    rules = {name: value for name, value in frozen.data["rules"].items() if name not in ("weekmask", "holidays")}

    found = compare_windows(today, from_record({**frozen.data, "rules": rules}), WINDOW)

    assert ("1111000", (), ()) == (found.config.weekmask, found.config.holidays, found.changed)


def test_a_window_not_agreed_at_the_freeze_is_said(eng, frozen):
    """A window chosen later may have been chosen for what it shows."""
    periods = {**frozen.data["periods"], "measure": None}

    found = compare_windows(eng, from_record({**frozen.data, "periods": periods}), WINDOW)

    assert ("No measure window was agreed when the baseline was frozen.",) == found.caveats


@pytest.mark.parametrize(("frozen_on", "is_frozen"), [("2026-09-29", True), ("2026-09-30", False), ("2026-10-12", False)])
def test_frozen_when_the_window_is_over_is_not_frozen(eng, frozen, frozen_on, is_frozen):
    """From the last day of the window on a yardstick can be chosen with the result in sight."""
    found = compare_windows(eng, from_record({**frozen.data, "frozen_on": frozen_on}), WINDOW)

    assert is_frozen == found.is_frozen
    assert is_frozen != any("when the measure window was over: it counts as not frozen" in text for text in found.caveats)


def test_days_of_grace_put_the_verdict_off(eng, frozen):
    """What may still come in time is not judged late: with grace the verdict waits for it."""
    data = json.loads(json.dumps(dict(frozen.data)))
    data["rules"]["grace_days"], data["primary"] = 20, "on_time_rate"

    found = compare_windows(eng, from_record(data), WINDOW)

    assert (found.look, found.judged_on) == ("monitoring", dt.date(2026, 10, 20))
