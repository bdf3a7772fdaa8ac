from __future__ import annotations

import pandas as pd

from gapkit import schema
from gapkit.calendar import local_date
from gapkit.sample import SyntheticOrganisation, synthetic_organisation


def test_a_review_lists_programs_in_flight(org: SyntheticOrganisation) -> None:
    """Whatever a weekly meeting looks at was started before it and not over."""
    reviews, programs = org.tables["reviews"], org.tables["programs"].set_index("program_id")
    weekly = reviews.loc[(reviews["series"] == "weekly") & reviews["held_at"].notna()]
    day = local_date(weekly["scheduled_at"], org.config["tz"])
    listed = schema.split_list(weekly["program_ids"]).explode().dropna()
    about = programs.loc[listed]
    on = day[listed.index].to_numpy()

    assert len(listed) > 500
    assert (about["actual_start"].to_numpy() <= on).all()
    assert not (about["actual_end"].to_numpy() < on).any()


def test_what_was_not_held_has_no_minutes(org: SyntheticOrganisation) -> None:
    """Decisions, actions and programs are those of meetings that took place."""
    reviews = org.tables["reviews"]
    missed = reviews.loc[reviews["held_at"].isna() & (reviews["series"] != "program")]

    assert len(missed) > 0
    assert missed[["decisions", "actions_opened", "actions_closed_on_time", "program_ids"]].isna().all(axis=None)


def test_cadence_is_planted_by_a_condition() -> None:
    """A strong condition cancels more meetings and skips more programs."""
    made = {
        level: synthetic_organisation(seed=3, scale="smb", conditions={"cadence": level}).tables["reviews"]
        for level in ("none", "strong")
    }
    regular = {level: frame.loc[frame["series"] == "weekly"] for level, frame in made.items()}
    held = {level: frame["held_at"].notna().mean() for level, frame in regular.items()}
    programs = {level: schema.list_size(frame["program_ids"]).sum() for level, frame in regular.items()}

    assert held["strong"] + 0.15 < held["none"]
    assert programs["strong"] < 0.7 * programs["none"]


def test_every_promised_program_begun_has_its_brief_decided(org: SyntheticOrganisation) -> None:
    """The decision on a brief is taken on the day the brief is approved."""
    decisions = org.tables["decisions"].dropna(subset=["program_id", "decided_at"]).set_index("program_id")
    approved = org.tables["programs"].set_index("program_id").loc[decisions.index, "brief_approved_at"]
    decided: pd.Series = local_date(decisions["decided_at"], org.config["tz"])

    assert approved.tolist() == decided.tolist()
