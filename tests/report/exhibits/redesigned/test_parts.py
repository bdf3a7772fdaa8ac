"""What must hold of every exhibit of the redesign, whatever the organisation."""

from __future__ import annotations

import re

import pytest

from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import cadence, inputs, owners, priorities, slas, tooling, what_if

EXHIBITS = (
    owners.owners, priorities.priorities, priorities.disputes, priorities.effort, priorities.stops, tooling.process_first,
    tooling.tooling, tooling.workarounds_left, slas.slas, cadence.cadence, cadence.standing_questions,
    cadence.meetings_to_stop, cadence.simplification, inputs.inputs, inputs.missing_inputs, inputs.moved_together,
    what_if.backtest, what_if.what_if, what_if.refused,
)  # fmt: skip
OF_PERSONS = (owners.owner_register, owners.raci)
ORGANISATIONS = ("northwind", "all killers", "small", "sound", "nyc-capital")


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_number_is_in_the_data(parts, organisation):
    """Whatever the organisation, titles and readings say no number the parts do not hold."""
    blocks = [block for exhibit in EXHIBITS if (block := exhibit(parts(organisation))) is not None]

    assert [] == disagreements([block.to_dict() for block in blocks])


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_persons_stand_in_the_register_and_the_raci_only(parts, organisation):
    """No pseudonym of anybody appears in any other exhibit."""
    r = parts(organisation)
    named = set(r.eng.people["person_id"].dropna()) | set(r.owners.loads["person_id"])
    texts = " ".join(block.to_text() for exhibit in EXHIBITS if (block := exhibit(r)) is not None)

    assert set() == named & set(re.findall(r"[\w-]+", texts))


def test_the_register_does_name_them(parts):
    """The search above finds persons where they stand."""
    r = parts("northwind")
    texts = " ".join(exhibit(r).to_text() for exhibit in OF_PERSONS)

    assert set(r.owners.register["proposed"]) & set(re.findall(r"[\w-]+", texts))


def test_where_nothing_is_recorded_each_part_has_one_plain_line(parts):
    """Programs alone: a line says what is missing, and no page is left empty."""
    r = parts("nyc-capital")
    first = (owners.owners, priorities.priorities, tooling.tooling, slas.slas, cadence.meetings_to_stop, inputs.inputs,
             what_if.what_if)  # fmt: skip
    calendar = (cadence.cadence, cadence.standing_questions)

    assert [Callout] * 7 == [type(exhibit(r)) for exhibit in first]
    assert {None} == {exhibit(r) for exhibit in EXHIBITS if exhibit not in (*first, *calendar)}
    assert [None, None] == [exhibit(r) for exhibit in OF_PERSONS]
