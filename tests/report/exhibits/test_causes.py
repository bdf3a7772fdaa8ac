from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from gapkit.diagnosis.causes.spread import spread
from gapkit.report.blocks import Callout, Exhibit
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits import causes as mine

NAMES = ("capability", "direction", "discipline")
RICH = ("northwind", "all causes", "all killers", "sound")


@pytest.mark.parametrize("organisation", [*RICH, "small", "nyc-capital"])
@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_in_the_data(diagnosed, organisation, name):
    """Whatever the organisation, titles and readings say no number the results do not hold."""
    block = getattr(mine, name)(diagnosed(organisation))

    assert [] == disagreements([block.to_dict()])


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_recorded_is_one_line(diagnosed, name):
    """One callout names the one thing that would switch it on."""
    for d in map(diagnosed, ("nyc-capital", "bare")):
        block = getattr(mine, name)(d)

        assert isinstance(block, Callout)
        assert "would switch this on" in block.text


def test_no_written_process_is_said_as_such(diagnosed):
    """Nothing to follow is not 0 % followed."""
    text = mine.discipline(diagnosed("nyc-capital")).text

    assert text.startswith("Execution discipline has no defined way to follow: no written process was handed over.")
    assert "%" not in text


def test_roles_of_few_people_are_counted_and_not_named(diagnosed):
    """The small organisation has no role of five people: its figures stand, no role is named."""
    d = diagnosed("small")
    block = mine.capability(d)

    assert isinstance(block, Callout)
    assert "is shown by name" in block.text
    assert not [role for role in d.eng.people["role"].unique() if role in block.text]


def test_no_role_under_the_minimum_is_in_table_or_alt(diagnosed):
    """Where some roles are shown, those of fewer people than the minimum are not among them."""
    d = diagnosed("northwind")
    block = mine.capability(d)
    rated = d.eng.skills_actual.groupby("role")["person_id"].nunique()
    small = rated.index[rated < d.eng.config.min_group]

    assert len(small)
    assert not [role for role in small if role in block.alt or role in (block.table.to_text() if block.table else "")]


def waiting_in_a_circle(d):
    """The same diagnosis with two roles waiting for each other, and a third for the first."""
    found = d.causes.capability
    roles = found.roles["role"].tolist()[:3]
    pairs = [(roles[0], roles[1]), (roles[1], roles[0]), (roles[0], roles[2])]
    links = pd.DataFrame(pairs, columns=["from_id", "to_id"]).assign(level="role")
    network = spread(found.roles.set_index("role")["adequacy"], links)
    return replace(d, causes=replace(d.causes, capability=replace(found, spread=network))), roles


def test_circles_of_roles_are_reported(diagnosed):
    """Two roles that wait for each other: the reading names them."""
    d, roles = waiting_in_a_circle(diagnosed("all causes"))

    assert f"in a circle, and counted as one role: {' and '.join(sorted(roles[:2]))}." in mine.capability(d).reading


@pytest.mark.parametrize(
    ("nobody", "one", "expected"),
    [
        (0.0, 0.0, "None of 10 critical skills is without a holder or hangs on one person"),
        (0.0, 0.1, "1 of 10 critical skills hangs on one person"),
        (0.2, 0.0, "Nobody holds 2 of 10 critical skills at the level needed"),
        (0.2, 0.3, "Nobody holds 2 of 10 critical skills at the level needed, and 3 hang on one person"),
    ],
)
def test_the_title_counts_skills(diagnosed, nobody, one, expected):
    """Ten skills: those nobody holds first, then those that hang on one person."""
    d = diagnosed("northwind")
    found = d.causes.capability
    values = {"Capability 2": nobody, "Capability 3": one}
    signs = tuple(replace(sign, value=values.get(sign.id, sign.value)) for sign in found.finding.indicators)
    made = replace(found, finding=replace(found.finding, indicators=signs))
    title = mine.capability(replace(d, causes=replace(d.causes, capability=made))).title

    assert title.startswith(f"{expected}; the weakest role shown, ")


def test_direction_shows_all_five_signs_with_their_marks(diagnosed):
    """Score, change of priorities, time to a decision, reversals, gap: value, interval, n, mark and side."""
    block = mine.direction(diagnosed("all causes"))

    assert isinstance(block, Exhibit)
    assert 5 == len(block.table.rows)
    assert {"beyond", "may be chance", "not beyond", "–"} >= {row[-1] for row in block.table.rows}


def test_discipline_shows_types_with_their_n_and_levels_that_ask(diagnosed):
    """Each type with interval and n; exceptions by level where levels may be shown."""
    d = diagnosed("northwind")
    block = mine.discipline(d)

    assert all(
        str(result.n) in block.alt or not result.is_ok or "interval" in block.alt
        for result in d.causes.discipline.by_type.values()
    )
    assert ["Levels 0 and 1", "Level 2", "Level 3", "Level 4"] == [row[0] for row in block.table.rows]
    assert block.title.endswith("of delivered programs took every mandatory step in order")
