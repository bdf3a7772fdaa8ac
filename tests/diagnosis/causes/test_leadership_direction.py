from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from gapkit.diagnosis.causes.leadership_direction import assess

BASELINE = SimpleNamespace(start=dt.date(2026, 1, 1))
PROGRAM = {"program_id": "P"}
BAD, GOOD = {"leadership_direction": (60, 52, 68)}, {"leadership_direction": (30, 22, 38)}


def decisions(n, days, reversed_share=0.0):
    """So many decisions of early March, each taken after so many business days, some taken back a week later."""
    rows = []
    for k in range(n):
        decided = pd.Timestamp("2026-03-02 09:00") + pd.offsets.BDay(days)
        back = decided + pd.Timedelta(days=7) if k < reversed_share * n else None
        rows.append(
            {"decision_id": f"D{k:03d}", "asked_at": "2026-03-02 09:00", "decided_at": decided, "reversed_at": back}
        )
    return rows


def priorities(dropped):
    """Ten priorities, of which some were replaced before the freeze of January and again before that of April."""
    spans = [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-03-31"), ("2026-04-01", None)]
    stay = [{"priority_id": f"a{k}", "label": "x", "from": "2025-01-01"} for k in range(10 - dropped)]
    gone = [{"priority_id": f"{first}{k}", "label": "x", "from": first, "to": last} for first, last in spans
            for k in range(dropped)]  # fmt: skip
    return [*stay, *gone]


def test_direction_is_unclear_where_people_say_so_and_one_sign_agrees(told):
    """DIR 60; of 30 decisions 20 % were taken back; everything else is well (docs/method.md, section 5.2)."""
    found = assess(told(said=BAD, programs=[PROGRAM], decisions=decisions(30, 3, 0.2)), BASELINE).finding

    assert "unclear" == found.verdict
    assert "20 % of decisions were taken back within 60 days" in found.sentence


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ({"decisions": decisions(30, 11)}, {}),
        ({"decisions": decisions(30, 3, 0.2)}, {}),
        ({"priorities": priorities(5)}, {}),
        ({}, {"leadership_direction": (0.33, 0.02, 0.6)}),
    ],
    ids=["slow decisions", "reversals", "churn", "leaders see it better"],
)
def test_each_of_the_four_signs_is_enough(told, rows, gap):
    """With a score of 60 any one of them makes direction unclear."""
    assert "unclear" == assess(told(said=BAD, gap=gap, programs=[PROGRAM], **rows), BASELINE).finding.verdict


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ({"decisions": decisions(30, 10)}, {}),
        ({"decisions": decisions(30, 3, 5 / 30)}, {}),
        ({"priorities": priorities(2)}, {}),
        ({}, {"leadership_direction": (0.40, -0.02, 0.7)}),
        ({}, {"leadership_direction": (0.32, 0.05, 0.6)}),
    ],
    ids=["ten days", "one reversal less", "little churn", "a gap that may be none", "a small gap"],
)
def test_a_sign_below_its_threshold_is_none(told, rows, gap):
    """Ten business days are not more than ten; a difference whose interval holds zero is no difference."""
    rows = {"decisions": decisions(30, 3), **rows}

    assert (
        "not shown to be unclear" == assess(told(said=BAD, gap=gap, programs=[PROGRAM], **rows), BASELINE).finding.verdict
    )


def test_people_who_find_direction_steady_outweigh_slow_decisions(told):
    """Slow decisions may come from an approval queue; the rule needs both."""
    found = assess(told(said=GOOD, programs=[PROGRAM], decisions=decisions(30, 20, 0.5)), BASELINE).finding

    assert "not shown to be unclear" == found.verdict


def test_churn_is_the_mean_of_the_quarters(told):
    """Of ten priorities five left and five came, twice: 1 − 5/15 and 1 − 5/15, then nothing."""
    found = assess(told(said=BAD, programs=[PROGRAM], priorities=priorities(5)), BASELINE)

    assert [pytest.approx(2 / 3), pytest.approx(2 / 3), 0.0] == found.churn["churn"].tolist()
    assert pytest.approx(4 / 9) == found.finding.indicators[1].value


def test_few_decisions_are_thin_and_no_zero(told):
    """Nine decisions, none taken back: too few to tell, not none."""
    found = assess(told(said=BAD, programs=[PROGRAM], decisions=decisions(9, 3)), BASELINE).finding
    latency, reversal = found.indicators[2:4]

    assert ("thin", None, 9) == (reversal.status, reversal.value, reversal.n)
    assert "thin" == latency.status


def test_nothing_recorded_is_not_assessable(told):
    """No survey, no decisions, no priorities."""
    found = assess(told(programs=[PROGRAM]), BASELINE).finding

    assert "not assessable" == found.verdict
    assert "would switch this on" in found.sentence


def test_records_alone_make_direction_possibly_unclear(told):
    """Without answers the rule cannot hold; most signs beyond their thresholds are worth asking about."""
    found = assess(told(programs=[PROGRAM], decisions=decisions(30, 20, 0.5)), BASELINE).finding

    assert ("may be unclear", "B", ("behaviour",)) == (found.verdict, found.grade, found.sources)
