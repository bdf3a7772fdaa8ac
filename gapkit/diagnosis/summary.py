"""The diagnosis in a few sentences: how much of the plan arrives, which killers are active, strategy or execution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapkit.baseline import wording
from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, NOT_ASSESSABLE, POSSIBLE, PROBABLY_ACTIVE, Finding
from gapkit.diagnosis.killers.sentences import verb
from gapkit.diagnosis.triage.triage import INSUFFICIENT
from gapkit.labels import label_list, sentence_case

if TYPE_CHECKING:
    from gapkit.diagnosis.diagnose import Diagnosis


def active(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the killers or fractures that are clearly or probably active, in the order given."""
    return tuple(found for found in findings if found.verdict in {CLEARLY_ACTIVE, PROBABLY_ACTIVE})


def delivery_sentence(d: Diagnosis) -> str:
    """Return how much of the plan was delivered; without deliveries on record, how far dates moved."""
    rate, moved = d.results["execution_rate"], d.results["replanned_later_share"]
    if rate.status == "not_assessable" and moved.is_ok:
        said = wording.replanning_title(moved, d.results["replanned_median_days"])
    else:
        said = wording.execution_title(rate, d.many_unknown)
    return f"{said.removesuffix('.')}."


def killers_sentence(findings: Sequence[Finding]) -> str:
    """Return which killers are active, in one sentence; empty where none could be assessed.

    Parameters
    ----------
    findings : sequence of Finding
        The killers, the most active first.
    """
    said = []
    for word in (CLEARLY_ACTIVE, PROBABLY_ACTIVE):
        found = [one for one in findings if one.verdict == word]
        if found:
            verbs = verb(found[0].id) if len(found) == 1 else "are"
            said.append(f"{label_list([one.name for one in found])} {verbs} {word}")
    if said:
        return f"{sentence_case(', '.join(said))}."
    possible = [found.name for found in findings if found.verdict == POSSIBLE]
    if possible:
        return f"No killer is shown to be active; possible: {label_list(possible)}."
    assessed = any(found.verdict != NOT_ASSESSABLE for found in findings)
    return "No killer is shown to be active." if assessed else ""


def verdict(d: Diagnosis) -> str:
    """Return the answer of the diagnosis."""
    triage = d.triage.sentence if d.triage.verdict != INSUFFICIENT else ""
    return " ".join(filter(None, (delivery_sentence(d), killers_sentence(d.killers.findings), triage)))
