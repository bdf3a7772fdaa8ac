from __future__ import annotations

import pandas as pd
import pytest

from gapkit.sample import SyntheticOrganisation, synthetic_organisation


def test_work_is_handed_to_another_team(org: SyntheticOrganisation) -> None:
    """From and to differ, and request, acceptance and completion come in this order."""
    handoffs = org.tables["handoffs"]

    assert len(handoffs) > 100
    assert (handoffs["from_team"] != handoffs["to_team"]).all()
    assert (handoffs["requested_at"] <= handoffs["accepted_at"].fillna(handoffs["requested_at"])).all()
    assert (handoffs["accepted_at"] <= handoffs["completed_at"])[handoffs["completed_at"].notna()].all()


def test_a_handoff_is_a_wait_and_then_work_of_the_other_team(org: SyntheticOrganisation) -> None:
    """Request and acceptance are the moments at which the visits of the receiving team begin."""
    handoffs, visits = org.tables["handoffs"], org.tables["stage_visits"]
    own = set(zip(visits["program_id"], visits["team"], visits["entered_at"], strict=True))
    asked = set(zip(handoffs["program_id"], handoffs["to_team"], handoffs["requested_at"], strict=True))

    assert asked <= own


@pytest.fixture(scope="module")
def handed() -> dict[str, pd.DataFrame]:
    """Handoffs of three small organisations, healthy and broken."""
    return {
        level: pd.concat([
            synthetic_organisation(seed=seed, scale="smb", conditions={"handoffs": level}).tables["handoffs"]
            for seed in range(3)
        ])
        for level in ("none", "strong")
    }  # fmt: skip


def test_broken_handoffs_are_planted_by_a_condition(handed: dict[str, pd.DataFrame]) -> None:
    """A strong condition leaves more without an agreed time, more informal, more returned."""
    without_sla = {level: frame["sla_days"].isna().mean() for level, frame in handed.items()}
    informal = {level: frame["channel"].isin(["meeting", "chat", "email"]).mean() for level, frame in handed.items()}
    returned = {level: frame["returned"].mean() for level, frame in handed.items()}

    assert without_sla["none"] + 0.3 < without_sla["strong"]
    assert informal["none"] + 0.25 < informal["strong"]
    assert returned["none"] + 0.1 < returned["strong"]
