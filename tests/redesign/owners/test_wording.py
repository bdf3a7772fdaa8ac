from __future__ import annotations

import pandas as pd
import pytest

from gapkit.redesign.owners.today import CHANGED, IN_ORDER, OVERLOADED
from gapkit.redesign.owners.wording import CHANGES, NO_ROOM, WHY_STAYS, reason, sentence_of


def register(*rows):
    columns = ["problem", "proposed", "change", "team", "lacking"]
    return pd.DataFrame(rows, columns=columns).astype({"proposed": "str", "team": "str"})


IN = ("in order", "Ana", "stays", "Web", "")
OPEN = ("nobody", None, "to be named", "Web", NO_ROOM)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([IN], "The one open program has a single owner today."),
        ([OPEN[:1] + IN[1:]], "The one open program has no single owner today; it gets one within capacity."),
        ([IN, IN], "Each of the 2 open programs has a single owner today."),
        (
            [IN, ("nobody", "Ana", "another person", "Web", "")],
            "1 of 2 open programs has no single owner today; it gets one within capacity.",
        ),
        (
            [IN, OPEN],
            "1 of 2 open programs has no single owner today; nobody can be proposed for it: nobody of its team and "
            "functions has room (Web 1).",
        ),
        (
            [IN, ("not recorded", "Ana", "another person", "Web", ""), OPEN],
            "Who answers today is not recorded for 1 of 3 open programs; it gets an owner within capacity. 1 more has no "
            "single owner; nobody can be proposed for it: nobody of its team and functions has room (Web 1).",
        ),
    ],
)
def test_the_sentence_counts_in_the_right_number(rows, expected):
    """One and many, all, some and none."""
    assert expected == sentence_of(register(*rows))


def test_teams_beyond_the_third_are_counted():
    """The three that lack most are named, the others counted."""
    rows = [("nobody", None, "to be named", team, NO_ROOM) for team in ("A", "B", "C", "D", "E", "E")]

    assert "(E 2, A 1, B 1, 2 more teams)" in sentence_of(register(*rows))


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_has_a_reason(change):
    """A full sentence for each, whatever was wrong before."""
    row = {"problem": IN_ORDER, "team": "Web", "functions": ()}

    assert reason(row, change, None, NO_ROOM).endswith(".")


def test_every_way_to_stay_has_a_reason():
    """Only these three problems leave exactly one person in place."""
    assert {IN_ORDER, CHANGED, OVERLOADED} == WHY_STAYS.keys()
