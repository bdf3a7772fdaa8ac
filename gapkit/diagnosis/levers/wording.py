"""The levers in one sentence, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.killers.sentences import indicator_words, strongest_sign
from gapkit.diagnosis.levers.lever import IN_PLACE_WORD, MISSING_WORD, PARTLY
from gapkit.diagnosis.signs.signs import Sign
from gapkit.diagnosis.signs.wording import sign_words
from gapkit.labels import label_list, label_number, sentence_case

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding

NOTHING: Final = "No part that is measured shows a gap."


def levers_title(findings: Sequence[Finding]) -> str:
    """Return how far the levers are in place, the missing ones first, each with its score of 100.

    Parameters
    ----------
    findings : sequence of Finding
        The levers.
    """
    said = []
    for word in (MISSING_WORD, PARTLY, IN_PLACE_WORD):
        named = [f"{one.name} ({label_number(one.activity.value)} of 100)" for one in findings
                 if one.verdict == word and one.activity is not None]  # fmt: skip
        said += [f"{word}: {label_list(named)}"] if named else []
    unknown = [one.name for one in findings if one.verdict == NOT_ASSESSABLE]
    said += [f"{'not assessable' if said else 'no lever can be scored'}: {label_list(unknown)}"] if unknown else []
    return sentence_case("; ".join(said))


def lacks(finding: Finding) -> str:
    """Return what a lever lacks: its weakest part in figures; where it has no score, what would give it one.

    Parameters
    ----------
    finding : Finding
        A lever. Parts of its own are shares that should be high; those of the cadence fracture should be low.
    """
    off = [part.caveats[0] for status in ("not_assessable", "thin") for part in finding.indicators if part.status == status]
    if finding.verdict == NOT_ASSESSABLE:
        return off[0] if off else finding.sentence
    own = [part for part in finding.indicators if isinstance(part, Sign) and part.value is not None]
    if own:
        weakest = min(own, key=lambda part: part.value or 0.0)
        named = f" {sentence_case(weakest.caveats[0])}" if weakest.caveats else ""
        return f"{sentence_case(sign_words(weakest))}.{named}" if (weakest.value or 0.0) < 1 else NOTHING
    strongest = strongest_sign(finding.indicators)
    return f"{sentence_case(indicator_words(strongest))}." if strongest else NOTHING
