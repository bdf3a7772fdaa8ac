from __future__ import annotations

import pytest

from gapkit.config import Owners
from gapkit.diagnosis.indicators.owners import owner_kinds


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana", "person"),
        ("Brand", "team"),
        ("Steering committee", "committee"),
        ("Studio Nine", "external"),
        ("Ops", "person"),
        ("Jo", "left"),
    ],
)
def test_a_name_is_what_was_confirmed_else_what_it_reads_like(engage, planned, name, kind):
    """Confirmed names first, then teams of the data and words such as committee; a confirmed person stays one."""
    owners = Owners(same={"Ops": ()}, not_persons={"Studio Nine": "external"}, left=("Jo",))
    eng = engage({"owners": owners}, programs=[planned("P1", owners_at_start="Ana")])

    assert kind == owner_kinds(eng)(name)


def test_the_type_beside_a_name_tells_what_it_is(engage, planned):
    """A name typed as a team on one program is a team on the next, in any spelling of case."""
    eng = engage(programs=[planned("P1", owners_at_start="Falcons", owner_type_at_start="team")])

    assert "team" == owner_kinds(eng)("falcons")
