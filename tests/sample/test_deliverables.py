from __future__ import annotations

import pandas as pd
import pytest

from gapkit.sample import SyntheticOrganisation


@pytest.fixture(scope="module")
def parts(org: SyntheticOrganisation) -> pd.DataFrame:
    programs = org.tables["programs"]
    own = programs.loc[programs["level"] == "deliverable"]
    return own.merge(programs, left_on="parent_id", right_on="program_id", suffixes=("", "_whole"))


def test_parts_belong_to_a_program_and_are_due_within_it(parts: pd.DataFrame) -> None:
    """Two parts per program, due between its planned start and its planned end."""
    assert {2} == set(parts["parent_id"].value_counts())
    assert parts["baseline_end"].between(parts["baseline_start_whole"], parts["baseline_end_whole"]).all()


def test_a_delivered_program_has_delivered_its_parts_before(parts: pd.DataFrame) -> None:
    """A part cannot be open when the whole is done, nor be later than the whole."""
    done = parts["status_whole"] == "delivered"

    assert (parts.loc[done, "status"] == "delivered").all()
    assert (parts["actual_end"] <= parts["actual_end_whole"])[done].all()


def test_a_cancelled_program_keeps_the_parts_it_delivered(parts: pd.DataFrame) -> None:
    """What was delivered before the cancellation stays delivered, the rest is cancelled with the program."""
    gone = parts["status_whole"] == "cancelled"

    assert {"delivered", "cancelled"} == set(parts.loc[gone, "status"])
