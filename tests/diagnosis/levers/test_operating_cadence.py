from __future__ import annotations

import pytest

from gapkit.diagnosis.evidence import Finding, Ranking
from gapkit.diagnosis.levers.operating_cadence import assess
from gapkit.stats.intervals import Interval


def ranking(score, **more):
    given = {"verdict": "possible", "sources": ("behaviour",), "grade": "B", "sentence": "Cadence is …", **more}
    cadence = Finding("cadence", "fracture", "cadence", activity=score, behaviour=score, perception=None, p_rank1=0.5,
                      p_top2=0.9, rank=(1, 2), **given)  # fmt: skip
    return Ranking((cadence,), (), (), "", (), "", (), ())


@pytest.mark.parametrize(
    ("fracture", "verdict", "lever"),
    [
        ((10, 5, 20), "in place", (90, 80, 95)),
        ((40, 30, 55), "partly in place", (60, 45, 70)),
        ((70, 51, 80), "missing", (30, 20, 49)),
    ],
)
def test_the_lever_is_the_other_side_of_the_fracture(fracture, verdict, lever):
    """100 minus its score, limits changing places."""
    found = assess(ranking(Interval(*fracture)))

    assert (verdict, Interval(*lever)) == (found.verdict, found.activity)
    assert ("operating_cadence", "lever", None, None) == (found.id, found.family, found.p_rank1, found.rank)
    assert found.sentence.startswith(f"Operating cadence is {verdict}: {lever[0]} of 100")


def test_a_fracture_that_could_not_be_assessed_leaves_the_lever_unknown():
    """With the fracture's own words on what would switch it on."""
    why = "Cadence is not assessable: the table reviews would switch this on."
    found = assess(ranking(None, verdict="not assessable", sources=(), grade="", sentence=why))

    assert ("not assessable", None, "") == (found.verdict, found.activity, found.grade)
    assert found.sentence.endswith(why)
