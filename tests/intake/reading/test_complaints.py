from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gapkit.errors import InputError
from gapkit.intake.reading.complaints import refuse, unknown_words, unreadable_cells
from gapkit.schema import TABLES

RAW = pd.DataFrame(
    {
        "status": ["Deliverd", "QA"],
        "current_end": ["03/04/2026", "soon"],
        "budget_planned": ["12.000", "x"],
        "_source": "data/x.csv",
        "_sheet": "",
        "_row": [2, 3],
    }
)
BOTH = np.array([True, True])
FIRST = np.array([True, False])


def test_refusal_carries_its_fields() -> None:
    """A whole file is refused with what was seen and what to do."""
    with pytest.raises(InputError, match=r"data/x\.csv, row 3: odd; seen: 'y'\. Mend it\."):
        refuse("odd", "data/x.csv", row=3, value="y", remedy="Mend it.")


def test_unknown_status_says_how_to_map_it() -> None:
    """The remedy names the place in engagement.yml, and the likely word."""
    problems = unknown_words(RAW, BOTH, TABLES["programs"].field("status"), "Status", "programs")

    assert problems[0].remedy.startswith("Did you mean delivered? Map it under statuses:")
    assert problems[1].remedy.startswith("Map it under statuses:")
    assert {"Status"} == {problem.column for problem in problems}


@pytest.mark.parametrize(("column", "words"), [("current_end", "day and month"), ("budget_planned", "decimal mark")])
def test_an_undecided_column_is_one_problem(column: str, words: str) -> None:
    """What waits for one decision is asked once, and what is unreadable beside it is still named."""
    problems = unreadable_cells(RAW, BOTH, FIRST, TABLES["programs"].field(column), column, "programs")

    assert 2 == len(problems)
    assert words in problems[0].what
    assert 3 == problems[1].row
