from __future__ import annotations

import pandas as pd
import pytest

from gapkit import schema
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, PITFALLS

GOOD = {"source": "I1", "finding": "cadence", "direction": "supports", "strength": 2}


@pytest.mark.parametrize(
    ("column", "value"),
    [("finding", "boredom"), ("direction", "maybe"), ("strength", 0), ("strength", 4)],
)
def test_an_observation_outside_the_code_is_refused(column, value):
    """A finding, direction or strength nobody counts would be lost."""
    rows = pd.DataFrame([GOOD, {**GOOD, column: value}])
    problems = schema.validate({"observations": schema.conform("observations", rows)})

    assert [(str(value), column)] == [(problem.value, problem.column) for problem in problems]


def test_every_killer_fracture_cause_and_pitfall_can_be_coded():
    """What the diagnosis judges, the consultant may note something about."""
    assert (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS) == schema.TABLES["observations"].field("finding").allowed


def test_text_and_day_may_be_left_out():
    """The code is what counts; words are for those who may be quoted."""
    assert [] == schema.validate({"observations": schema.conform("observations", pd.DataFrame([GOOD, GOOD]))})
