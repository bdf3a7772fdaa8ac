from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit.engagement import Engagement
from gapkit.survey import Survey, read_survey
from gapkit.survey.responses import CONSTRUCTS
from gapkit.survey.scoring import CONSTRUCT_OF

Build = Callable[..., Engagement]
SIZES = {("A", "leadership"): 6, ("A", "contributor"): 6, ("B", "contributor"): 7, ("C", "contributor"): 8}


@pytest.mark.parametrize("n", [4, 5])
def test_draws_of_too_few_are_nan(engagement: Build, make: Any, n: int) -> None:
    """Four people give no material either, whatever they answered, ranked and chose; five do."""
    people = [make.Person(answers={"MIS1": 1 + k}, codes={"Q1": "AB"[k % 2]}, ranks=(1, 2, 3)) for k in range(n)]
    wave = read_survey(engagement(make.tables(people))).last
    assert wave is not None
    drawn = wave.draws(10, np.random.default_rng(1))

    for figures in (drawn.items, drawn.constructs, drawn.priority_concordance, drawn.agreement[:, 0]):
        assert (n == 4) is bool(np.isnan(figures).any())
    assert (10, 40) == drawn.items.shape


def test_gap_on_constructs_together(northwinds: Survey) -> None:
    """Two constructs taken together are compared like one, and carry both names."""
    wave = northwinds.last
    assert wave is not None
    found = wave.gap_on("misalignment", "ivory_tower")

    assert ["misalignment and ivory_tower"] == found["construct"].tolist()
    assert 5 == int(np.isin(CONSTRUCT_OF, [CONSTRUCTS.index(c) for c in ("misalignment", "ivory_tower")]).sum())
    assert -1 <= found["delta"][0] <= 1


def test_crossed_participation_hides_as_little_as_it_can(engagement: Build, make: Any) -> None:
    """Counts [[12, 7, 3], [9, 8, 6], [10, 5, 11]]: the block of 7, 3, 8, 6 is hidden, 24 people (method, section 9.6)."""
    counts = [[12, 7, 3], [9, 8, 6], [10, 5, 11]]
    sizes = {
        (group, level): n
        for group, row in zip("ABC", counts, strict=True)
        for level, n in zip(("leadership", "manager", "contributor"), row, strict=True)
    }
    wave = read_survey(engagement(make.tables(make.crowd(sizes)))).last
    assert wave is not None
    found = wave.crossed_participation()

    assert [12, None, None, 9, None, None, 10, 5, 11] == [None if pd.isna(n) else n for n in found["n"]]
    assert 71 == found["n_invited"].sum()
