from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.calendar import local_date
from gapkit.sample import SyntheticOrganisation


@pytest.fixture(scope="module")
def programs(org: SyntheticOrganisation) -> pd.DataFrame:
    table = org.tables["programs"]
    return table.loc[table["level"] == "program"].set_index("program_id")


@pytest.fixture(scope="module")
def visits(org: SyntheticOrganisation) -> pd.DataFrame:
    return org.tables["stage_visits"]


def test_nothing_actual_lies_after_the_day_of_reading(org: SyntheticOrganisation) -> None:
    """Actual dates and moments are known only up to the day the tables are read at."""
    day = pd.Timestamp(org.config["as_of"])
    dates = org.tables["programs"][["actual_start", "actual_end", "cancelled_at", "brief_approved_at", "committed_at"]]
    moments = [org.tables[table][column] for table, column in (
        ("status_events", "at"), ("stage_visits", "left_at"), ("handoffs", "completed_at"), ("reviews", "held_at"),
        ("decisions", "decided_at"), ("decisions", "reversed_at"), ("kpi_values", "available_at"))]  # fmt: skip

    assert (dates.max() <= day).all()
    assert all(local_date(column, org.config["tz"]).max() <= day for column in moments)


def test_work_happens_in_working_hours(visits: pd.DataFrame, org: SyntheticOrganisation) -> None:
    """No stage is entered on a holiday, at a weekend or at night."""
    entered = visits["entered_at"]
    hour = entered.dt.hour + entered.dt.minute / 60
    holidays = pd.to_datetime(pd.Series(org.config["holidays"]))

    assert hour.between(9, 17).all()
    assert entered.dt.day_of_week.max() <= 4
    assert not local_date(entered, org.config["tz"]).isin(holidays).any()


def test_visits_agree_with_the_actual_dates(
    programs: pd.DataFrame, visits: pd.DataFrame, org: SyntheticOrganisation
) -> None:
    """The first visit begins on the actual start, the last one ends on the actual end."""
    first = local_date(visits.groupby("program_id")["entered_at"].min(), org.config["tz"])
    last = local_date(visits.groupby("program_id")["left_at"].max(), org.config["tz"])
    delivered = programs.index[programs["status"] == "delivered"].intersection(last.index)

    assert programs.loc[first.index, "actual_start"].tolist() == first.tolist()
    assert programs.loc[delivered, "actual_end"].tolist() == last[delivered].tolist()


def test_only_running_programs_are_still_somewhere(programs: pd.DataFrame, visits: pd.DataFrame) -> None:
    """An open visit belongs to a program in progress or paused, and each of these has exactly one."""
    open_visits = visits.loc[visits["left_at"].isna(), "program_id"].value_counts()
    running = programs.index[programs["status"].isin(["in_progress", "paused"])].intersection(visits["program_id"])

    assert set(running) == set(open_visits.index)
    assert 1 == open_visits.max()


def test_status_and_dates_tell_one_story(programs: pd.DataFrame) -> None:
    """Delivered has an end, cancelled a cancellation with its reason, merged neither, not started no start."""
    status = programs["status"]

    assert programs["actual_end"].notna().equals(status == "delivered")
    assert programs["cancelled_at"].notna().equals(status == "cancelled")
    assert programs["cancel_reason"].notna().equals(status == "cancelled")
    assert programs.loc[status == "not_started", "actual_start"].isna().all()
    assert programs["spec_accepted"].notna().equals(status == "delivered")
    assert {"merged", "cancelled", "delivered", "in_progress", "not_started"} <= set(status)


def test_merged_programs_name_a_standing_survivor_or_none(programs: pd.DataFrame) -> None:
    """A known survivor is a program of its own that was not merged or cancelled itself."""
    survivors = programs["parent_id"].dropna()

    assert (programs.loc[survivors.index, "status"] == "merged").all()
    assert programs.loc[survivors, "status"].isin(["delivered", "in_progress"]).all()


def test_the_frozen_plan_read_off_the_tables_is_the_true_one(org: SyntheticOrganisation, programs: pd.DataFrame) -> None:
    """Committed programs delivered by the end of their quarter, counted from columns, give the true execution rates."""
    truth = org.truth.programs.set_index("program_id")
    committed = programs.loc[truth["is_committed"]]
    ends = pd.PeriodIndex(committed["plan_quarter"], freq="Q").end_time.normalize()
    rate = (committed["actual_end"] <= ends).groupby(committed["plan_quarter"]).mean()
    told = list(org.arguments.told_quarters)

    assert rate[told].tolist() == pytest.approx(org.truth.rates["execution_rate"].tolist())


def test_names_are_unique_and_without_blanks(programs: pd.DataFrame) -> None:
    """Every program has a name of its own, all placeholders filled."""
    assert programs["name"].is_unique
    assert not programs["name"].str.contains(r"[{}]").any()


def test_no_visit_overlaps_another_of_its_program(visits: pd.DataFrame) -> None:
    """Left is at or after entered, and the next visit begins when the one before ends."""
    ended = visits.groupby("program_id")["left_at"].shift()
    follows = ended.notna()

    assert (visits["left_at"] >= visits["entered_at"])[visits["left_at"].notna()].all()
    assert np.array_equal(visits.loc[follows, "entered_at"], ended[follows])
