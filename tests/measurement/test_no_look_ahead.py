"""An edition run again later, from data that has grown meanwhile, shows what was known on its day and nothing else.

Two routes to the same day. The generator itself stops there: what it writes down on that day against what it writes down
three months later, read back to the day. And the example engagement: whatever is added to any of its tables after a day
changes nothing that is measured on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pandas.testing as pdt
import pytest

import gapkit as gk
from gapkit import schema
from gapkit.engagement import Engagement, known_on
from gapkit.sample import Arguments, write_engagement
from gapkit.sample.organisation import write_down
from gapkit.sample.story import tell

THEN, LATER = dt.date(2026, 10, 15), dt.date(2027, 1, 15)
# Their details are drawn from one row to the next, so that a longer table is not the shorter one and more. None is the
# record of a program, its stages or its history.
DRAWN_IN_ROWS = ("reviews", "decisions", "handoffs", "costs", "kpis", "kpi_values", "record_checks", "dependencies")
# What is known of a file, not of the client: its bytes, and how many rows of it were looked at.
ABOUT_FILES = ("data_fingerprint", "quality", "reliability")


def without_files(record: dict[str, Any]) -> dict[str, Any]:
    """Return a measurement as plain data without what only tells of the files."""
    kept = {name: part for name, part in record.items() if name not in ABOUT_FILES}
    return {**kept, "edition": {name: part for name, part in kept["edition"].items() if name not in ABOUT_FILES}}


def differences(one: Any, other: Any, place: str = "") -> list[str]:
    """Return each place at which two pieces of plain data differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [found for key in sorted({*one, *other})
                for found in differences(one.get(key), other.get(key), f"{place}/{key}")]  # fmt: skip
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            found for k, pair in enumerate(zip(one, other, strict=True)) for found in differences(*pair, f"{place}/{k}")
        ]
    return [] if one == other else [f"{place}: {one!r} and {other!r}"]


def test_the_generator_stopping_at_the_day_is_the_same_as_reading_back_to_it(tmp_path: Path) -> None:
    """Everything measured is equal: effects, explanations, standing charts, promises, forecast."""
    later = Arguments(
        seed=8, scale="smb", improvement=0.2, held_back=0.4, observation="none", first_quarter="2025Q4", quarters=4,
        as_of=LATER, killers={"structural_bottlenecks": "strong"},
    )  # fmt: skip
    story = tell(later)
    told = [write_down(replace(story, arguments=later.but(as_of=day))) for day in (THEN, LATER)]
    measured = []
    for name, org in zip(("then", "later"), told, strict=True):
        tables = {table: frame for table, frame in org.tables.items() if table not in DRAWN_IN_ROWS}
        # Days off beyond the day are known beforehand.
        config = {**org.config, "holidays": told[1].config["holidays"]}
        folder = write_engagement(replace(org, tables=tables, config=config), tmp_path / name / "acme")
        measured.append(without_files(gk.measure(gk.load(folder, as_of=THEN)).to_dict()))

    assert [] == differences(*measured)
    assert len(told[0].tables["status_events"]) < len(told[1].tables["status_events"])


DAY = dt.date(2026, 8, 31)
Change = Callable[[pd.DataFrame], pd.DataFrame]


def on(day: str) -> pd.Timestamp:
    """Return nine o'clock of a day where the example works."""
    return pd.Timestamp(f"{day} 09:00", tz="America/New_York")


AFTER, LAST = pd.Timestamp("2026-09-03"), pd.Timestamp("2026-09-20")


def more(table: pd.DataFrame, count: int, **values: Any) -> pd.DataFrame:
    """Return a table with its last rows once more, some columns set anew."""
    return pd.concat([table, table.tail(count).assign(**values)], ignore_index=True)


def ids(count: int) -> list[str]:
    return [f"LATER-{k}" for k in range(count)]


def open_on_the_day(programs: pd.DataFrame) -> pd.Series:
    """Return which programs were delivered later, or are open still."""
    return programs["actual_end"].gt(pd.Timestamp(DAY)) | programs["status"].isin(["not_started", "in_progress"])


def delivered(programs: pd.DataFrame) -> pd.DataFrame:
    """Whatever was open on the day is delivered in September, to its specification."""
    is_open = open_on_the_day(programs)
    return programs.assign(
        actual_end=programs["actual_end"].mask(is_open, LAST), status=programs["status"].mask(is_open, "delivered"),
        to_spec=programs["to_spec"].mask(is_open, "yes"),
    )  # fmt: skip


def cancelled(programs: pd.DataFrame) -> pd.DataFrame:
    """Whatever was open on the day is cancelled in September."""
    is_open = open_on_the_day(programs)
    return programs.assign(
        cancelled_at=programs["cancelled_at"].mask(is_open, LAST), status=programs["status"].mask(is_open, "cancelled"),
        actual_end=programs["actual_end"].mask(is_open), spec_accepted=programs["spec_accepted"].mask(is_open),
        to_spec=programs["to_spec"].mask(is_open), intent_match=programs["intent_match"].mask(is_open),
    )  # fmt: skip


def committed(programs: pd.DataFrame) -> pd.DataFrame:
    """Five programs are committed to, run and delivered after the day."""
    return more(programs, 5, program_id=ids(5), committed_at=AFTER, actual_start=AFTER, actual_end=LAST, status="delivered",
                baseline_end=LAST, cancelled_at=pd.NaT)  # fmt: skip


def redated(events: pd.DataFrame) -> pd.DataFrame:
    """Ends are moved in September once more."""
    last = events.loc[events["field"].eq("end")].drop_duplicates("program_id", keep="last").tail(40)
    moved = last.assign(event_id=ids(len(last)), at=on("2026-09-05"), old=last["new"], new="2026-12-18")
    return pd.concat([events, moved], ignore_index=True)


def moved_by(events: pd.DataFrame) -> Change:
    """Return the change of programs that goes with `redated`: today's plan is the one moved to."""
    gone = redated(events).tail(40)["program_id"]
    return lambda programs: programs.assign(
        current_end=programs["current_end"].mask(programs["program_id"].isin(gone), pd.Timestamp("2026-12-18"))
    )


# What September brings, table by table.
LATER_FACTS: dict[str, tuple[str, Change]] = {
    "deliveries": ("programs", delivered),
    "cancellations": ("programs", cancelled),
    "new programs": ("programs", committed),
    "visits": ("stage_visits", lambda rows: more(rows, 50, entered_at=on("2026-09-03"), left_at=on("2026-09-20"))),
    "visits left": ("stage_visits", lambda rows: rows.assign(
        left_at=rows["left_at"].mask(rows["left_at"].gt(on("2026-09-01")), on("2026-10-01")))),
    "hand-offs": ("handoffs", lambda rows: more(rows, 50, requested_at=on("2026-09-03"), accepted_at=pd.NaT)),
    "reviews": ("reviews", lambda rows: more(rows, 9, review_id=ids(9), scheduled_at=on("2026-09-03"))),
    "readings": ("kpi_values", lambda rows: more(rows, 1, value=999.0, available_at=on("2026-09-30"))),
    "decisions": ("decisions", lambda rows: more(rows, 5, decision_id=ids(5), asked_at=on("2026-09-03"))),
    "costs": ("costs", lambda rows: more(rows, 5, incurred_at=AFTER, amount=99_999.0)),
    "a survey wave": ("survey_respondents", lambda rows: more(rows, 30, respondent_id=ids(30), wave="2026-10")),
}  # fmt: skip


@pytest.fixture(scope="module")
def example() -> Engagement:
    """The example, read in October."""
    return gk.load("northwind")


def grown(eng: Engagement, table: str, how: Change) -> Engagement:
    """Return the engagement with one table changed."""
    return replace(eng, tables={**eng.tables, table: schema.conform(table, how(eng.tables[table]), eng.config.tz)})


@pytest.mark.parametrize("fact", [fact for fact in LATER_FACTS if fact != "a survey wave"])
def test_what_comes_after_the_day_is_in_no_table(example: Engagement, fact: str) -> None:
    """Every table of the edition of August is the same whatever September brought."""
    then, later = known_on(example, DAY), known_on(grown(example, *LATER_FACTS[fact]), DAY)

    assert then.tables.keys() == later.tables.keys()
    for name, table in then.tables.items():
        # Spending has no history: of a program still open today's amount stays, of one that ended since there is none.
        known = [column for column in table.columns if column != "budget_spent"]
        pdt.assert_frame_equal(table[known], later.tables[name][known])


def test_a_re_date_after_the_day_is_in_no_table(example: Engagement) -> None:
    """The history says what was planned before, so the plan of the day is read, not today's."""
    later = grown(grown(example, "programs", moved_by(example.status_events)), "status_events", redated)
    then, later = known_on(example, DAY), known_on(later, DAY)

    for name, table in then.tables.items():
        pdt.assert_frame_equal(table, later.tables[name])


def test_nothing_measured_on_the_day_is_changed_by_all_that_came_later(example: Engagement) -> None:
    """All of it at once, a survey wave included, leaves the edition of August as it was; a fact of August does not."""
    later = example
    for fact, change in LATER_FACTS.items():
        later = grown(later, *change) if fact != "cancellations" else later
    in_time = example.programs["actual_end"].eq(pd.Timestamp("2026-08-20"))
    late = grown(example, "programs", lambda rows: rows.assign(actual_end=rows["actual_end"].mask(in_time, DAY)))
    then, now, otherwise = (gk.measure(known_on(eng, DAY)).to_dict() for eng in (example, later, late))

    assert in_time.any()
    assert [] == differences(then, now)
    assert then["effects"] != otherwise["effects"]
