from __future__ import annotations

import json

from gapkit.diagnosis.evidence import POSSIBLE, Disagreement, Finding, Indicator, Ranking
from gapkit.stats.intervals import Interval

OWNERS = Indicator(
    "O1", "of programs had no owner", 0.4, 0.3, 0.5, 68, "share", 0.05, 0.4, 100.0, "ok", ("programs",), "a / b"
)
FINDING = Finding(
    "unclear_ownership", "killer", "unclear ownership", POSSIBLE, Interval(50, 40, 60), None, None, 0.5, 0.7, (1, 3),
    ("behaviour",), "B", "Unclear ownership is a possible killer.", (), (OWNERS,),
)  # fmt: skip


def test_a_finding_is_written_as_the_contract_says():
    """Keys of `findings` in diagnose.json; what is missing is null."""
    data = FINDING.to_dict()

    assert {
        "id", "family", "name", "verdict", "activity", "behaviour", "perception", "p_rank1", "p_top2", "sources", "grade",
        "sentence", "caveats",
    } <= set(data)  # fmt: skip
    assert {"value": 50, "low": 40, "high": 60} == data["activity"]
    assert data["perception"] is None
    assert 68 == data["indicators"][0]["n"]
    assert data == json.loads(json.dumps(data, allow_nan=False))


def test_a_ranking_leaves_its_findings_to_the_list_of_findings():
    """They stand once in the file; the rest is what compares them."""
    apart = Disagreement("poor_tooling", Interval(30, 10, 50), "On poor tooling they disagree.")
    ranking = Ranking((FINDING,), ("unclear_ownership",), (("a", "b", 0.9),), "One.", (apart,), "", (), ())
    data = ranking.to_dict()

    assert "findings" not in data
    assert ["unclear_ownership"] == data["tied_set"]
    assert [["a", "b", 0.9]] == data["before"]
    assert 30 == data["disagreements"][0]["difference"]["value"]
