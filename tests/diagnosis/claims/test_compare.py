from __future__ import annotations

import pandas as pd

from gapkit.diagnosis.claims.claim import About
from gapkit.diagnosis.claims.compare import Condition, compare

ABOUT = About("C", "", "", "", -1)
CONDITION = Condition("at start", "Programs under it", "the others")


def flags(known, *values):
    return pd.Series(values, index=known.due.programs.index, dtype="boolean")


def test_programs_outside_the_comparison_are_not_counted_as_unknown(case, fleet):
    """A landmark leaves programs out on purpose; only those asked about and not known are named."""
    known = case(programs=[*fleet(5, 10), *fleet(5, 10), *fleet(5, 5)])
    asked = flags(known, *[True] * 10, *[False] * 10, *[None] * 5).iloc[:22]
    found = compare(known, ABOUT, CONDITION, asked)

    assert 20 == found.effect.n
    assert ("2 programs left out: whether the condition held is unknown.",) == found.caveats


def test_the_outcome_is_named_as_it_is(case, fleet):
    """Where success is delivery on time alone, counts and figures say so."""
    rows = [{**row, "to_spec": "unknown"} for row in (*fleet(5, 10), *fleet(8, 10))]
    known = case(programs=rows)
    found = compare(known, ABOUT, CONDITION, flags(known, *[True] * 10, *[False] * 10))

    assert "Programs under it were on time in 5 of 10 cases, the others in 8 of 10" == found.facts
    assert "on_time_rate_difference" == found.effect.name
    assert "delivery on time alone" in found.caveats[0]
