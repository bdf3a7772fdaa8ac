from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gapkit.diagnosis.evidence import Finding, Indicator
from gapkit.diagnosis.indicators.anchors import ANCHORS
from gapkit.diagnosis.killers.remedies import EXPECTED, REMEDIES, advised, remedies_for
from gapkit.vocabulary import FRACTURES, KILLERS, SCALES

SIGN = Indicator("O1", "of programs", 0.41, 0.30, 0.52, 68, "share", 0.05, 0.40, 100.0, "ok", (), "")
FINDING = Finding(
    "unclear_ownership", "killer", "unclear ownership", "clearly active", None, None, None, None, None, None, (), "A", ""
)


def found(**scores: float | None) -> Finding:
    signs = (
        replace(SIGN, id=name, score=score, status="thin" if score is None else "ok") for name, score in scores.items()
    )
    return replace(FINDING, indicators=tuple(signs))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", [*KILLERS, *FRACTURES])
def test_every_finding_has_remedies_at_every_scale(name, scale):
    """At least three things to do, each moving another indicator, and what should hold."""
    known = remedies_for(name, scale)

    assert len(known) >= 3
    assert len(known) == len({remedy.moves for remedy in known})
    assert EXPECTED[name].endswith(".")


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda one: f"{one.finding} {one.scale} {one.moves}")
def test_a_remedy_is_one_plain_sentence(remedy):
    """A figure of the method to move, a role to answer, nothing left to fill in, and no promise of a cause."""
    assert remedy.moves in {*ANCHORS, "B2"}
    assert re.fullmatch(r"[A-Z][^{}.]+\.", remedy.do)
    assert "cause" not in remedy.do
    assert remedy.who


def test_numbers_come_from_the_norms_of_the_scale():
    """A small organisation has two priorities, an enterprise six; one sign-off against three."""
    small, large = (" ".join(one.do for one in REMEDIES if one.scale == scale) for scale in ("smb", "enterprise"))

    assert "at most 2 priorities" in small
    assert "at most 6 priorities" in large
    assert "at most 1 sign-off per program" in small
    assert "at most 3 sign-offs per program" in large


def test_the_strongest_sign_is_answered_first():
    """What scores nothing needs no remedy; three at most."""
    assert ["O4", "O1"] == [one.moves for one in advised(found(O1=40, O2=0, O4=90), "mid")]
    assert ["O3", "O4", "O1"] == [one.moves for one in advised(found(O1=40, O2=10, O3=95, O4=90), "mid")]


def test_where_only_people_report_it_the_uncounted_is_answered():
    """Without any sign above 0 remedies are for what the records do not show."""
    assert ["O1", "O2", "O3"] == [one.moves for one in advised(found(O1=None, O4=0), "mid")]
