from __future__ import annotations

import pytest

from gapkit.diagnosis import summary
from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, NOT_ASSESSABLE, NOT_SHOWN, POSSIBLE, PROBABLY_ACTIVE, Finding
from gapkit.vocabulary import name_of


def found(name: str, verdict: str) -> Finding:
    return Finding(name, "killer", name_of(name), verdict, None, None, None, None, None, None, (), "", "")


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        ({"misalignment": NOT_ASSESSABLE}, ""),
        ({"misalignment": NOT_SHOWN, "poor_tooling": NOT_ASSESSABLE}, "No killer is shown to be active."),
        ({"misalignment": POSSIBLE}, "No killer is shown to be active; possible: misalignment."),
        ({"structural_bottlenecks": CLEARLY_ACTIVE}, "Structural bottlenecks are clearly active."),
        (
            {"unclear_ownership": CLEARLY_ACTIVE, "poor_tooling": PROBABLY_ACTIVE, "misalignment": POSSIBLE},
            "Unclear ownership is clearly active, poor tooling is probably active.",
        ),
        (
            {"unclear_ownership": PROBABLY_ACTIVE, "misalignment": PROBABLY_ACTIVE},
            "Unclear ownership and misalignment are probably active.",
        ),
    ],
)
def test_active_killers_are_named_by_how_sure_they_are(verdicts, sentence):
    """What is shown comes first; what is only possible is said as such; nothing assessed says nothing."""
    killers = [found(name, verdict) for name, verdict in verdicts.items()]

    assert sentence == summary.killers_sentence(killers)


def test_the_verdict_says_how_much_arrives_what_is_active_and_where_the_limit_lies(diagnosed):
    """Three sentences: delivery, killers, strategy or execution."""
    d = diagnosed("northwind")

    said = summary.verdict(d)

    assert said.startswith("38 of 91 planned programs (42 %) were delivered")
    assert "Unclear ownership and structural bottlenecks are clearly active." in said
    assert said.endswith(d.triage.sentence)
    assert ("unclear_ownership", "structural_bottlenecks") == tuple(one.id for one in summary.active(d.killers.findings))


def test_without_evidence_the_verdict_keeps_to_what_the_dates_tell(diagnosed):
    """No deliveries, no survey: moved dates are the answer, and nothing is said of killers."""
    d = diagnosed("nyc-capital")

    assert summary.delivery_sentence(d) == summary.verdict(d)
