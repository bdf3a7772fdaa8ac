from __future__ import annotations

import pytest

from gapkit.sample import SyntheticOrganisation, synthetic_organisation


def test_workarounds_take_the_planted_share_of_hours(org: SyntheticOrganisation) -> None:
    """Hours of all workarounds over hours of all people is the share the organisation runs on."""
    hours = org.tables["workarounds"]["hours_mode"].sum()
    share = hours / (org.tables["people"]["fte"].sum() * 38)

    assert org.truth.parameters["workaround_share"] == pytest.approx(share, rel=0.1)


def test_workarounds_sit_in_stages_that_exist(org: SyntheticOrganisation) -> None:
    """Each step is one that programs of some type go through."""
    assert set(org.tables["workarounds"]["step"]) <= set(org.tables["stage_visits"]["stage"])


def test_written_steps_are_the_stages_in_their_order(org: SyntheticOrganisation) -> None:
    """First visits of mandatory stages come in the written order for every type with a written process."""
    steps, visits = org.tables["process_steps"], org.tables["stage_visits"]
    kinds = org.tables["programs"].set_index("program_id")["type"]
    first = visits.loc[visits["kind"] == "work"].drop_duplicates(["program_id", "stage"])
    first = first.assign(type=first["program_id"].map(kinds)).merge(
        steps, left_on=["type", "stage"], right_on=["type", "step"]
    )

    assert len(first) > 100
    assert first.groupby("program_id")["order"].is_monotonic_increasing.all()


def test_checks_disagree_as_often_as_planted() -> None:
    """With strong killers of both kinds more owners and more other fields differ from the second source."""
    shares = {}
    for level in ("none", "strong"):
        killers = {"unclear_ownership": level, "poor_tooling": level}
        checks = [
            synthetic_organisation(seed=seed, scale="smb", killers=killers, observation="none").tables["record_checks"]
            for seed in range(3)
        ]
        shares[level] = [
            sum(1 - c.loc[(c["field"] == "owner") == is_owner, "match"].mean() for c in checks) / len(checks)
            for is_owner in (True, False)
        ]

    assert shares["none"][0] + 0.1 < shares["strong"][0]
    assert shares["none"][1] + 0.1 < shares["strong"][1]


def test_a_check_that_matches_shows_the_same_twice(org: SyntheticOrganisation) -> None:
    """Match says whether the two values are equal."""
    checks = org.tables["record_checks"]
    same = (checks["tracker_value"] == checks["other_value"]) | checks[["tracker_value", "other_value"]].isna().all(axis=1)

    assert checks["match"].tolist() == same.tolist()
