from __future__ import annotations

import pandas as pd
import pytest

from gapkit.calendar import local_date
from gapkit.sample import SyntheticOrganisation, synthetic_organisation


@pytest.fixture(scope="module")
def events(org: SyntheticOrganisation) -> pd.DataFrame:
    return org.tables["status_events"]


@pytest.fixture(scope="module")
def programs(org: SyntheticOrganisation) -> pd.DataFrame:
    return org.tables["programs"].set_index("program_id")


def last_value(events: pd.DataFrame, field: str) -> pd.Series:
    return events.loc[events["field"] == field].groupby("program_id")["new"].last()


def test_events_come_in_order_of_time(events: pd.DataFrame) -> None:
    """The table is sorted by moment, ids by their place in it."""
    assert events["at"].is_monotonic_increasing
    assert events["event_id"].is_monotonic_increasing


@pytest.mark.parametrize("field", ["status", "stage", "owner", "start", "end"])
def test_each_change_starts_where_the_last_one_ended(field: str, events: pd.DataFrame) -> None:
    """The old value of a change is the new value of the one before."""
    own = events.loc[events["field"] == field]
    before = own.groupby("program_id")["new"].shift()
    follows = before.notna()

    assert follows.any()
    assert before[follows].tolist() == own.loc[follows, "old"].tolist()


@pytest.mark.parametrize(
    ("field", "column"), [("status", "status"), ("owner", "owners_now"), ("start", "current_start"), ("end", "current_end")]
)
def test_the_last_change_is_what_the_columns_show(
    field: str, column: str, events: pd.DataFrame, programs: pd.DataFrame
) -> None:
    """Status, owner and planned dates in the table programs are the newest ones of the history."""
    last = last_value(events, field)
    shown = programs.loc[last.index, column]
    shown = shown.dt.strftime("%Y-%m-%d") if shown.dtype.kind == "M" else shown
    is_program = programs.loc[last.index, "level"] == "program"

    assert last[is_program].tolist() == shown[is_program].tolist()


def test_the_first_planned_dates_are_the_promised_ones(events: pd.DataFrame, programs: pd.DataFrame) -> None:
    """What was promised is what the tracker held when the program entered it."""
    first = events.loc[events["field"] == "end"].groupby("program_id")["new"].first()
    promised = programs.loc[first.index, "baseline_end"].dropna()

    assert first[promised.index].tolist() == promised.dt.strftime("%Y-%m-%d").tolist()


def test_stage_changes_are_the_entries_of_visits(events: pd.DataFrame, org: SyntheticOrganisation) -> None:
    """Each change of stage is the moment at which a visit of that stage begins."""
    visits = org.tables["stage_visits"]
    entries = set(zip(visits["program_id"], visits["stage"], visits["entered_at"], strict=True))
    changes = events.loc[events["field"] == "stage"]

    assert set(zip(changes["program_id"], changes["new"], changes["at"], strict=True)) <= entries
    assert visits["program_id"].nunique() == changes["program_id"].nunique()


def test_dates_move_later_and_never_before_the_freeze(events: pd.DataFrame, programs: pd.DataFrame) -> None:
    """About two in five late programs are re-dated, to a later day, when their quarter's plan is fixed."""
    moves = events.loc[(events["field"] == "end") & events["old"].notna()]
    first = local_date(moves["at"], "America/New_York").groupby(moves["program_id"]).min()
    quarter_start = pd.PeriodIndex(programs.loc[first.index, "plan_quarter"], freq="Q").start_time
    late = programs.loc[(programs["level"] == "program") & programs["baseline_end"].notna()]
    late = late.loc[(late["actual_end"] > late["baseline_end"]) & late.index.isin(events["program_id"])]

    assert (moves["new"] > moves["old"]).all()
    assert (first > quarter_start + pd.Timedelta(days=4)).all()
    assert 0.25 < late.index.isin(first.index).mean() < 0.6


def test_work_outside_the_system_of_record_leaves_no_trace(org: SyntheticOrganisation) -> None:
    """Its programs have neither history nor visits nor handoffs."""
    exposed = synthetic_organisation(seed=5, scale="smb", killers={"poor_tooling": "strong"}, observation="none")
    programs = exposed.tables["programs"]
    silent = set(programs.loc[programs["level"] == "program", "program_id"]) - set(
        exposed.tables["status_events"]["program_id"]
    )

    assert len(silent) > 20
    assert not silent & set(exposed.tables["stage_visits"]["program_id"])
    assert not silent & set(exposed.tables["handoffs"]["program_id"])


def test_late_entries_keep_their_order() -> None:
    """A tracker that is updated late still moves forward, and holds nothing from after the day of reading."""
    late = synthetic_organisation(seed=2, scale="smb", observation="full")
    visits = late.tables["stage_visits"]
    day = pd.Timestamp(late.config["as_of"]) + pd.Timedelta(days=1)

    assert late.truth.observation["lag_days"] > 0
    assert (visits["left_at"] >= visits["entered_at"])[visits["left_at"].notna()].all()
    assert visits["entered_at"].max() < day.tz_localize(late.config["tz"])
