from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.redesign.owners.owners import Owners
from gapkit.redesign.owners.raci import Raci
from gapkit.redesign.owners.wording import NO_ROOM
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import owners as mine

COLUMNS = (
    "program_id", "name", "team", "is_in_flight", "planned_end", "owners_today", "problem", "proposed", "change",
    "standing",
)  # fmt: skip
ROWS = (
    ("A", "Spring", "Web", True, "2026-09-01", "P1", "in order", "P1", "stays", "proposed"),
    ("B", "Summer", "Web", False, "2026-08-01", "", "nobody", "P2", "another person", "agreed"),
    ("C", "Autumn", "Brand", True, "2026-12-01", "P1; P2", "several persons", "P2", "one of today's owners", "proposed"),
    ("D", "Winter", "Brand", False, "2026-10-01", "Board", "team, committee or firm", None, "to be named", "proposed"),
)


@pytest.fixture
def made(engage):
    """Four programs: one in order, three without a single owner, two of which get one."""
    register = pd.DataFrame(ROWS, columns=list(COLUMNS)).astype({"planned_end": "datetime64[us]"})
    by_problem = pd.DataFrame({
        "problem": ["nobody", "team, committee or firm", "several persons", "in order"], "programs": [1, 1, 1, 1],
        "in_flight": [0, 0, 1, 1], "planned": [1, 1, 0, 0], "proposed": [1, 0, 1, 1], "open": [0, 1, 0, 0],
    })  # fmt: skip
    shortfall = pd.DataFrame({"team": ["Brand"], "reason": [NO_ROOM], "programs": [1], "program_ids": ["D"]})
    loads = pd.DataFrame({"person_id": ["P1", "P2"], "capacity": [2, 2], "proposed": [1, 2]})
    letters = pd.DataFrame({
        "program_id": ["A", "B", "C", "D"], "name": ["Spring", "Summer", "Autumn", "Winter"],
        "accountable": ["P1", "P2", "P2", ""], "responsible": ["Web", "Web", "Brand", "Brand"], "consulted": "Legal",
        "informed": "", "check": ["exactly one A"] * 3 + ["no A"],
    })  # fmt: skip
    raci = Raci(letters, ("Exactly one A: 3 of 4 open programs; no A: 1.",))
    return SimpleNamespace(eng=engage(), owners=Owners(register, by_problem, shortfall, loads, raci, "said", ()))


def test_the_title_says_how_many_lack_one_owner_and_how_many_get_one(made):
    """Three of four lack one, two get one, and the team that falls short is in the table."""
    block = mine.owners(made)

    assert "3 of 4 open programs have no single owner; 2 get one within capacity" == block.title
    assert (("Brand", "Nobody of its team and functions has room", "1", "D"),) == block.table.rows
    assert "1 go to one of today’s owners, 1 to another person" in block.reading
    assert "For 1 program capacity does not suffice" in block.reading
    assert [] == disagreements([block.to_dict()])


def test_people_given_too_much_by_decision_are_counted(made):
    """What was decided may go beyond capacity; then nobody is said to be safe."""
    loads = made.owners.loads.assign(proposed=[1, 3])
    block = mine.owners(SimpleNamespace(eng=made.eng, owners=replace(made.owners, loads=loads)))

    assert "Decisions give 1 person more programs than they can carry." in block.reading
    assert "Nobody is given more" not in block.reading


def test_what_has_nobody_comes_first_and_what_stays_last(made):
    """To be named, then another person, then one of today's, then those that stay."""
    rows = mine.owner_register(made).rows

    assert ["D · Winter", "B · Summer", "C · Autumn", "A · Spring"] == [row[0] for row in rows]
    assert ("Team, committee or firm", "–", "To be named", "Proposed") == rows[0][3:]
    assert "Agreed" == rows[1][6]


def test_a_long_register_says_where_the_rest_is(made):
    """Forty rows are shown, the workbook has all."""
    register = pd.concat([made.owners.register] * 11, ignore_index=True)
    register["program_id"] = [f"X{number:02d}" for number in range(44)]
    table = mine.owner_register(SimpleNamespace(eng=made.eng, owners=replace(made.owners, register=register)))

    assert 40 == len(table.rows)
    assert table.foot.startswith("The first 40 of 44 programs")


def test_the_raci_follows_the_register_and_says_its_checks(made):
    """Same order, one letter a column, the checks below."""
    table = mine.raci(made)

    assert ("D · Winter", "Brand", "–", "Legal", "–", "no A") == table.rows[0]
    assert "Exactly one A: 3 of 4 open programs; no A: 1." == table.foot


def test_without_any_program_there_is_one_line(made):
    """Nothing to own, nothing to draw."""
    part = replace(made.owners, register=made.owners.register.iloc[:0], sentence="No program is in flight or planned.")
    r = SimpleNamespace(eng=made.eng, owners=part)

    assert "No program is in flight or planned." == mine.owners(r).text
    assert (None, None) == (mine.owner_register(r), mine.raci(r))
