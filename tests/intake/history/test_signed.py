from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from gapkit.intake.history.signed import with_signed_plan

TZ = "America/New_York"
AS_OF = dt.date(2026, 6, 30)


def days(*texts: str) -> list[pd.Timestamp]:
    return [pd.Timestamp(text) for text in texts]


def test_signings_are_the_promise_and_its_changes(table: Callable[..., pd.DataFrame]) -> None:
    """The first signing is the plan as promised and the commitment; a later one is an event on its day."""
    signed = table(
        "signed_plan",
        {"program_id": "P", "signed_on": pd.Timestamp("2026-02-10"), "planned_end": pd.Timestamp("2026-04-30")},
        {"program_id": "P", "signed_on": pd.Timestamp("2026-01-05"), "planned_end": pd.Timestamp("2026-03-31")},
    ).assign(_source="plan/a.csv", _sheet="", _row=[2, 3])
    programs = table("programs", {"program_id": "P", "baseline_end": pd.Timestamp("2026-06-01")}, {"program_id": "Q"})
    found = with_signed_plan({"programs": programs, "signed_plan": signed}, TZ, AS_OF)
    first = found["programs"].iloc[0]
    (event,) = found["status_events"].to_dict("records")

    assert days("2026-03-31", "2026-01-05") == [first["baseline_end"], first["committed_at"]]
    assert ("end", "2026-03-31", "2026-04-30", "2026-02-10 00:00") == (
        event["field"], event["old"], event["new"], event["at"].strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip
    assert found["programs"].iloc[1][["baseline_end", "committed_at"]].isna().all()


def test_a_recorded_history_of_dates_goes_before_a_signed_plan(table: Callable[..., pd.DataFrame]) -> None:
    """What the tracker remembers of a program is not overruled."""
    signed = table(
        "signed_plan",
        {"program_id": "P", "signed_on": pd.Timestamp("2026-01-05"), "planned_end": pd.Timestamp("2026-03-31")},
    ).assign(_source="plan/a.csv", _sheet="", _row=2)
    events = table("status_events", {"program_id": "P", "field": "end", "at": "2026-01-20 09:00", "new": "2026-05-01"})
    tables = {"programs": table("programs", {"program_id": "P"}), "status_events": events, "signed_plan": signed}
    found = with_signed_plan(tables, TZ, AS_OF)

    assert tables["programs"] is found["programs"]
    assert events is found["status_events"]


def test_what_is_signed_or_logged_later_is_not_known_yet(table: Callable[..., pd.DataFrame]) -> None:
    """Read at an earlier day a later signing does not exist, and a later change does not overrule an earlier signing."""
    signed = table(
        "signed_plan",
        {"program_id": "P", "signed_on": pd.Timestamp("2026-01-05"), "planned_end": pd.Timestamp("2026-03-31")},
        {"program_id": "P", "signed_on": pd.Timestamp("2026-02-10"), "planned_end": pd.Timestamp("2026-04-30")},
        {"program_id": "Q", "signed_on": pd.Timestamp("2026-02-10"), "planned_end": pd.Timestamp("2026-04-30")},
    ).assign(_source="plan/a.csv", _sheet="", _row=[2, 3, 4])
    events = table("status_events", {"program_id": "P", "field": "end", "at": "2026-01-20 09:00", "new": "2026-05-01"})
    programs = table("programs", {"program_id": "P"}, {"program_id": "Q", "committed_at": pd.Timestamp("2025-12-01")})
    tables = {"programs": programs, "status_events": events, "signed_plan": signed}
    found = with_signed_plan(tables, TZ, dt.date(2026, 1, 10))

    assert [pd.Timestamp("2026-03-31"), pd.NaT] == found["programs"]["baseline_end"].tolist()
    assert ["E000"] == found["status_events"]["event_id"].tolist()


def test_dates_of_two_plans_that_do_not_fit_are_not_mixed(table: Callable[..., pd.DataFrame]) -> None:
    """A tracker's start after a signed end, and a signed start after a tracker's end, leave the signed date alone."""
    signed = table(
        "signed_plan",
        {"program_id": "P", "signed_on": pd.Timestamp("2026-01-05"), "planned_end": pd.Timestamp("2026-03-31")},
        {"program_id": "Q", "signed_on": pd.Timestamp("2026-01-05"), "planned_start": pd.Timestamp("2026-03-31")},
    ).assign(_source="plan/a.csv", _sheet="", _row=[2, 3])
    programs = table(
        "programs", {"program_id": "P", "baseline_start": pd.Timestamp("2026-04-10")},
        {"program_id": "Q", "baseline_end": pd.Timestamp("2026-02-10")},
    )  # fmt: skip
    found = with_signed_plan({"programs": programs, "signed_plan": signed}, TZ, AS_OF)["programs"]

    assert [pd.NaT, pd.Timestamp("2026-03-31")] == found["baseline_start"].tolist()
    assert [pd.Timestamp("2026-03-31"), pd.NaT] == found["baseline_end"].tolist()


def test_a_signing_that_leaves_a_date_out_does_not_hide_the_next_change(table: Callable[..., pd.DataFrame]) -> None:
    """Blank is not stated: the change is from the last date that was signed."""
    ends = [pd.Timestamp("2026-03-31"), pd.NaT, pd.Timestamp("2026-04-30")]
    signed = table(
        "signed_plan",
        *(
            {"program_id": "P", "signed_on": pd.Timestamp(f"2026-0{month}-05"), "planned_end": end}
            for month, end in enumerate(ends, start=1)
        ),
    ).assign(_source="plan/a.csv", _sheet="", _row=[2, 3, 4])
    found = with_signed_plan({"programs": table("programs", {"program_id": "P"}), "signed_plan": signed}, TZ, AS_OF)

    assert [("signed 2026-03-05 P end", "2026-03-31")] == [
        (event["event_id"], event["old"]) for event in found["status_events"].to_dict("records")
    ]
