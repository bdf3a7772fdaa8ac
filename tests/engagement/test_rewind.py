from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit import schema
from gapkit.engagement import rewind

TZ = "America/New_York"
DAY0 = dt.date(2026, 1, 1)
Tables = Mapping[str, pd.DataFrame]


def day(number: int | None) -> str | None:
    return None if number is None else (DAY0 + dt.timedelta(days=number)).isoformat()


@pytest.fixture
def at(table: Callable[..., pd.DataFrame]) -> Callable[..., pd.Series]:
    """One program with events, as known on a day."""

    def go(as_of: str, program: dict[str, Any], *events: dict[str, Any]) -> pd.Series:
        tables = {"programs": table("programs", {"program_id": "P", **program})}
        if events:
            tables["status_events"] = table("status_events", *({"program_id": "P", **event} for event in events))
        programs = rewind(tables, dt.date.fromisoformat(as_of))["programs"]
        assert len(programs) <= 1
        return programs.iloc[0] if len(programs) else pd.Series(dtype=object)

    return go


DELIVERED = {
    "committed_at": "2026-01-01",
    "actual_start": "2026-01-10",
    "actual_end": "2026-03-01",
    "status": "delivered",
    "spec_planned": 2,
    "spec_accepted": 2,
    "to_spec": "yes",
    "budget_spent": 5.0,
}


def test_what_was_delivered_later_was_in_progress(at: Callable[..., pd.Series]) -> None:
    """Neither the end nor what is known only with it may leak into an earlier day."""
    program = at("2026-02-28", DELIVERED)

    assert "in_progress" == program["status"]
    assert program[["actual_end", "spec_accepted", "to_spec", "budget_spent"]].isna().all()
    assert [2, pd.Timestamp("2026-01-10")] == program[["spec_planned", "actual_start"]].tolist()


@pytest.mark.parametrize(
    ("as_of", "status"), [("2026-01-09", "not_started"), ("2026-01-10", "in_progress"), ("2026-03-01", "delivered")]
)
def test_status_without_history_follows_the_stamps(at: Callable[..., pd.Series], as_of: str, status: str) -> None:
    """Start and end dates tell the status where no event does; the day itself counts."""
    assert status == at(as_of, DELIVERED)["status"]


def test_status_events_tell_the_status_in_force(at: Callable[..., pd.Series]) -> None:
    """A program blocked at the time was blocked, whatever it is today."""
    events = [
        {"at": "2026-01-10 09:00", "new": "in_progress"},
        {"at": "2026-02-01 09:00", "new": "blocked"},
        {"at": "2026-03-01 09:00", "new": "delivered"},
    ]

    assert ["in_progress", "blocked"] == [at(on, DELIVERED, *events)["status"] for on in ("2026-01-31", "2026-02-01")]


def test_an_event_logged_late_does_not_undo_a_delivery(at: Callable[..., pd.Series]) -> None:
    """Delivered on 1 March and logged on the 4th: on the 2nd it was delivered."""
    events = [{"at": "2026-01-10", "new": "in_progress"}, {"at": "2026-03-04", "new": "delivered"}]

    assert "delivered" == at("2026-03-02", DELIVERED, *events)["status"]


def test_reopened_work_was_delivered_in_between(at: Callable[..., pd.Series]) -> None:
    """Delivered, taken up again, delivered: each day has its own truth."""
    events = [{"at": "2026-02-01", "new": "delivered"}, {"at": "2026-02-10", "new": "in_progress"}]

    assert ["delivered", "in_progress", "delivered"] == [
        at(f"2026-{on}", DELIVERED, *events)["status"] for on in ("02-05", "02-15", "03-05")
    ]


def test_later_cancellations_are_not_known(at: Callable[..., pd.Series]) -> None:
    """Date and reason go with it."""
    program = at(
        "2026-02-01",
        {"actual_start": "2026-01-10", "status": "cancelled", "cancelled_at": "2026-02-02", "cancel_reason": "budget"},
    )

    assert "in_progress" == program["status"]
    assert program[["cancelled_at", "cancel_reason"]].isna().all()


def test_planned_dates_and_owners_are_those_in_force(at: Callable[..., pd.Series]) -> None:
    """The last change by then; before the first change its old value; without any change today's value."""
    today = {
        "current_start": "2026-01-05",
        "current_end": "2026-05-01",
        "owners_now": "cy",
        "budget_planned": 9.0,
        "status": "in_progress",
    }
    events = [
        {"at": "2026-02-01", "field": "end", "old": "2026-03-01", "new": "2026-04-01"},
        {"at": "2026-03-01", "field": "end", "old": "2026-04-01", "new": "2026-05-01"},
        {"at": "2026-03-01", "field": "owner", "old": "ana;ben", "new": "cy"},
        {"at": "2026-03-01", "field": "budget", "old": "7.5", "new": "9"},
    ]
    early, middle = (at(on, today, *events) for on in ("2026-01-15", "2026-02-15"))

    assert ["2026-03-01", "2026-04-01"] == [f"{known['current_end']:%Y-%m-%d}" for known in (early, middle)]
    assert ["ana;ben", 7.5, pd.Timestamp("2026-01-05"), "in_progress"] == middle[
        ["owners_now", "budget_planned", "current_start", "status"]
    ].tolist()


def test_a_removed_date_is_no_date(at: Callable[..., pd.Series]) -> None:
    """An event that clears the date leaves none in force."""
    events = [
        {"at": "2026-02-01", "field": "end", "old": "2026-03-01", "new": None},
        {"at": "2026-03-01", "field": "end", "old": None, "new": "2026-05-01"},
    ]

    assert pd.isna(at("2026-02-15", {"current_end": "2026-05-01"}, *events)["current_end"])


def test_a_promise_cannot_be_older_than_the_first_planned_date(at: Callable[..., pd.Series]) -> None:
    """Where the history says that nothing was planned until later, a baseline filled from that first plan is not known."""
    program = {"committed_at": "2026-01-01", "baseline_end": "2026-05-01", "current_end": "2026-05-01"}
    first = {"at": "2026-03-01", "field": "end", "old": None, "new": "2026-05-01"}
    moved = {**first, "old": "2026-05-01", "new": "2026-06-01"}

    assert [True, False, False] == [
        bool(pd.isna(at(on, program, event)["baseline_end"]))
        for on, event in (("2026-02-01", first), ("2026-03-01", first), ("2026-02-01", moved))
    ]


def test_what_is_read_off_todays_word_is_not_said_of_an_earlier_day(table: Callable[..., pd.DataFrame]) -> None:
    """A program that ended later was open for certain, whatever its status is called; one without dates is not known."""
    programs = table(
        "programs", {"program_id": "P", "status": "delivered", "actual_end": "2026-03-01"}, {"program_id": "Q"}
    ).assign(is_status_assumed=True)
    known = rewind({"programs": programs}, dt.date(2026, 2, 1))["programs"]

    assert [False, True] == known["is_status_assumed"].tolist()
    assert ["not_started", "not_started"] == known["status"].tolist()


def test_closing_and_changing_later_is_not_known(table: Callable[..., pd.DataFrame]) -> None:
    """The tracker's own stamps go like every other one."""
    stamps = {"closed_at": "2026-03-01 09:00", "updated_at": "2026-03-02 09:00"}
    programs = table("programs", {"program_id": "P", "status": "delivered", **stamps})
    early, late = (rewind({"programs": programs}, dt.date(2026, 3, day))["programs"] for day in (1, 2))

    assert [False, True] == early[["closed_at", "updated_at"]].isna().iloc[0].tolist()
    assert [False, False] == late[["closed_at", "updated_at"]].isna().iloc[0].tolist()


@pytest.mark.parametrize(
    ("program", "known"),
    [
        ({"committed_at": "2026-02-01"}, False),
        ({"committed_at": "2026-01-01"}, True),
        ({"actual_start": "2026-02-01", "origin": "unplanned"}, False),
        ({"actual_start": "2026-01-01", "origin": "unplanned"}, True),
        ({"actual_start": "2026-01-01", "committed_at": "2026-02-01"}, True),
        ({"first_seen_on": pd.Timestamp("2026-02-01")}, False),
        ({"committed_at": "2026-01-01", "actual_start": "2026-02-01"}, True),
        ({}, True),
    ],
)
def test_programs_are_known_from_their_first_trace(
    at: Callable[..., pd.Series], program: dict[str, Any], known: bool
) -> None:
    """Commitment, start or first export, whichever is first; a program without any of them cannot be left out."""
    assert known is not at("2026-01-15", program).empty


def test_work_committed_to_later_was_unplanned_until_then(at: Callable[..., pd.Series]) -> None:
    """Its plan did not exist yet, so it must not count as a commitment."""
    program = at("2026-01-15", {"actual_start": "2026-01-01", "committed_at": "2026-02-01", "baseline_end": "2026-03-01"})

    assert "unplanned" == program["origin"]
    assert program[["committed_at", "baseline_end"]].isna().all()


def test_facts_of_other_tables_end_at_the_day(table: Callable[..., pd.DataFrame]) -> None:
    """Rows that begin later are out, stamps that come later are empty, surveys are untouched."""
    tables = {
        "stage_visits": table(
            "stage_visits",
            {
                "program_id": "P",
                "stage": "a",
                "entered_at": "2026-01-01 23:00",
                "left_at": "2026-01-03",
                "work_hours": 2.0,
                "returned": True,
            },
            {"program_id": "P", "stage": "b", "entered_at": "2026-01-03 00:00"},
        ),
        "costs": table(
            "costs",
            {"category": "media", "amount": 1.0, "incurred_at": "2026-01-02"},
            {"category": "media", "amount": 2.0, "incurred_at": "2026-01-03"},
        ),
        "kpi_values": table(
            "kpi_values",
            {"kpi_id": "K", "period_start": "2026-01-01", "value": 1.0, "available_at": pd.Timestamp("2026-01-03", tz=TZ)},
            {"kpi_id": "L", "period_start": "2026-01-01", "value": 1.0},
            {"kpi_id": "L", "period_start": "2026-01-03", "value": 2.0},
        ),
        "reviews": table(
            "reviews",
            {
                "review_id": "R",
                "series": "weekly",
                "scheduled_at": pd.Timestamp("2026-01-02", tz=TZ),
                "held_at": pd.Timestamp("2026-01-04", tz=TZ),
                "decisions": 3,
            },
        ),
        "survey_respondents": table("survey_respondents", {"respondent_id": "r", "wave": "2027", "level_band": "manager"}),
    }

    known = rewind(tables, dt.date(2026, 1, 2))

    assert {"stage_visits": 1, "costs": 1, "kpi_values": 1, "reviews": 1, "survey_respondents": 1} == {
        n: len(f) for n, f in known.items()
    }
    assert known["stage_visits"][["left_at", "work_hours", "returned"]].isna().all(axis=None)
    assert known["reviews"][["held_at", "decisions"]].isna().all(axis=None)
    assert "L" == known["kpi_values"]["kpi_id"].item()


def test_rows_of_programs_not_known_are_left_out(table: Callable[..., pd.DataFrame]) -> None:
    """A visit logged before its program was committed to would point nowhere."""
    tables = {
        "programs": table(
            "programs", {"program_id": "P", "committed_at": "2026-02-01"}, {"program_id": "Q", "committed_at": "2026-01-01"}
        ),
        "stage_visits": table(
            "stage_visits", *({"program_id": name, "stage": "a", "entered_at": "2026-01-05"} for name in "PQ")
        ),
    }

    known = rewind(tables, dt.date(2026, 1, 10))

    assert [["Q"], ["Q"]] == [known[name]["program_id"].tolist() for name in tables]


def test_programs_not_known_are_not_named(table: Callable[..., pd.DataFrame]) -> None:
    """What waits for a later program, and the lists of a measure, would tell of it; a role of its name may stay."""
    tables = {
        "programs": table(
            "programs", {"program_id": "P", "committed_at": "2026-02-01"}, {"program_id": "Q", "committed_at": "2026-01-01"}
        ),
        "dependencies": table(
            "dependencies",
            {"from_id": "Q", "to_id": "P", "kind": "input"},
            {"from_id": "P", "to_id": "Q", "kind": "input", "level": "role"},
            {"from_id": "Q", "to_id": "Q2", "kind": "input"},
        ),
        "kpis": table(
            "kpis",
            *(
                {"kpi_id": names, "name": names, "kind": "leading", "direction": "up", "program_ids": names}
                for names in ("P", "P;Q", "Q")
            ),
        ),
    }

    known = rewind(tables, dt.date(2026, 1, 10))

    assert [("P", "Q"), ("Q", "Q2")] == list(known["dependencies"][["from_id", "to_id"]].itertuples(index=False, name=None))
    assert [None, "Q", "Q"] == known["kpis"]["program_ids"].astype(object).where(lambda cell: cell.notna(), None).tolist()


def test_nothing_given_is_changed(table: Callable[..., pd.DataFrame]) -> None:
    """The tables handed in stay as they are."""
    tables = {"programs": table("programs", {"program_id": "P", **DELIVERED})}
    before = tables["programs"].copy(deep=True)
    rewind(tables, dt.date(2026, 1, 1))

    pdt.assert_frame_equal(before, tables["programs"])


# Properties on random tables: any dates, in any order, sensible or not.

DAYS = st.one_of(st.none(), st.integers(0, 20))
STATUS = st.sampled_from(["not_started", "in_progress", "blocked", "delivered", "cancelled"])


@st.composite
def tables_of(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    stamps = (
        "committed_at",
        "actual_start",
        "actual_end",
        "cancelled_at",
        "brief_approved_at",
        "current_end",
        "baseline_end",
    )
    n = draw(st.integers(1, 4))
    programs = pd.DataFrame(
        [
            {
                "program_id": f"P{i}",
                "type": "web",
                "team": "Web",
                "status": draw(STATUS),
                "owners_now": draw(st.sampled_from(["a", "b", None])),
                "spec_planned": draw(st.sampled_from([1, 2, None])),
                "to_spec": "yes",
                **{stamp: day(draw(DAYS)) for stamp in stamps},
            }
            for i in range(n)
        ]
    )
    words = {
        "status": STATUS,
        "end": DAYS.map(day),
        "owner": st.sampled_from(["a", "b", None]),
        "spec": st.sampled_from(["1", "2", "x"]),
    }
    events = []
    for i in range(draw(st.integers(0, 8))):
        field = draw(st.sampled_from(list(words)))
        events.append(
            {
                "event_id": f"E{i}",
                "program_id": f"P{draw(st.integers(0, n - 1))}",
                "at": day(draw(st.integers(0, 20))),
                "field": field,
                "old": draw(words[field]),
                "new": draw(words[field]),
            }
        )
    visits = [
        {
            "program_id": f"P{draw(st.integers(0, n - 1))}",
            "stage": str(i),
            "kind": "work",
            "entered_at": day(draw(st.integers(0, 20))),
            "left_at": day(draw(DAYS)),
            "returned": draw(st.booleans()),
        }
        for i in range(draw(st.integers(0, 4)))
    ]
    made = {"programs": programs, "status_events": pd.DataFrame(events), "stage_visits": pd.DataFrame(visits)}
    return {name: typed(name, frame) for name, frame in made.items() if len(frame)}


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    for field in schema.TABLES[name].fields():
        if field.kind in ("date", "timestamp") and field.name in frame:
            moments = pd.to_datetime(frame[field.name]).astype("datetime64[us]")
            frame = frame.assign(**{field.name: moments if field.kind == "date" else moments.dt.tz_localize(TZ)})
    return schema.conform(name, frame, TZ)


def assert_same(expected: Tables, got: Tables) -> None:
    assert expected.keys() == got.keys()
    for name, frame in expected.items():
        pdt.assert_frame_equal(frame, got[name])


@settings(max_examples=12, deadline=None)
@given(tables_of(), st.integers(20, 30))
def test_a_day_after_everything_changes_nothing(tables: Tables, number: int) -> None:
    """Where nothing lies ahead, today is what was known."""
    assert_same(tables, rewind(tables, DAY0 + dt.timedelta(days=number)))


@settings(max_examples=30, deadline=None)
@given(tables_of(), st.integers(0, 20), st.integers(0, 20))
def test_two_steps_back_are_one(tables: Tables, first: int, second: int) -> None:
    """Going back by way of a later day must not change what was known on the earlier one."""
    early, late = (DAY0 + dt.timedelta(days=number) for number in sorted((first, second)))

    assert_same(rewind(tables, early), rewind(rewind(tables, late), early))


@settings(max_examples=12, deadline=None)
@given(tables_of(), st.integers(0, 20), st.integers(0, 1000))
def test_order_of_rows_does_not_matter(tables: Tables, number: int, seed: int) -> None:
    """The same rows in another order are the same facts."""
    rng, as_of = np.random.default_rng(seed), DAY0 + dt.timedelta(days=number)
    keys = {"programs": ["program_id"], "status_events": ["event_id"], "stage_visits": ["stage"]}
    shuffled = {name: frame.iloc[rng.permutation(len(frame))].reset_index(drop=True) for name, frame in tables.items()}

    def in_order(known: Tables) -> Tables:
        return {name: frame.sort_values(keys[name], ignore_index=True) for name, frame in known.items()}

    assert_same(in_order(rewind(tables, as_of)), in_order(rewind(shuffled, as_of)))


@settings(max_examples=15, deadline=None)
@given(tables_of(), st.integers(0, 20))
def test_nothing_later_is_left(tables: Tables, number: int) -> None:
    """After rewinding no actual date and no event lies after the day."""
    as_of = DAY0 + dt.timedelta(days=number)
    known = rewind(tables, as_of)
    facts = [
        known["programs"][name]
        for name in ("committed_at", "actual_start", "actual_end", "cancelled_at", "brief_approved_at")
    ]
    facts += [known["status_events"]["at"].dt.tz_localize(None)] if "status_events" in known else []
    facts += (
        [known["stage_visits"][name].dt.tz_localize(None) for name in ("entered_at", "left_at")]
        if "stage_visits" in known
        else []
    )

    assert all(fact.dropna().dt.date.le(as_of).all() for fact in facts)
