from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config import Owners
from gapkit.diagnosis.indicators.owners import owners_in_detail


@pytest.mark.parametrize(
    ("names", "kind", "expected"),
    [
        ("Ana", "person", (1, 1, False)),
        ("Ana;Ben", None, (2, 2, False)),
        ("Falcons", "team", (0, 1, True)),
        ("Ana;Steering committee", None, (1, 2, False)),
        (None, "person", (1, 1, False)),
        (None, "none", (0, 0, False)),
    ],
)
def test_persons_owners_and_groups_are_told_apart(engage, planned, names, kind, expected):
    """A team or committee is an owner and no person; it answers alone only where no person does."""
    eng = engage(programs=[planned("P1", owners_at_start=names, owner_type_at_start=kind)])
    start = pd.Series(pd.Timestamp("2026-01-10"), index=["P1"], dtype="datetime64[us]")

    assert expected == tuple(owners_in_detail(eng, start).loc["P1", ["n_persons", "n_owners", "is_group"]])


def test_a_name_confirmed_as_a_person_is_no_group(engage, planned):
    """The consultant's word on a name goes before the type of owner beside it, for persons and for groups alike."""
    confirmed = {"owners": Owners(same={"Falcons": ()})}
    eng = engage(confirmed, programs=[planned("P1", owners_at_start="Falcons", owner_type_at_start="team")])
    start = pd.Series(pd.Timestamp("2026-01-10"), index=["P1"], dtype="datetime64[us]")

    assert (1, False) == tuple(owners_in_detail(eng, start).loc["P1", ["n_persons", "is_group"]])
