"""The causes in one sentence: which are shown and by what, which are not, which could not be assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.causes.execution_discipline import NOTHING_WRITTEN
from gapkit.diagnosis.causes.rule import Words, headline, reservations
from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.signs.signs import Sign, assessable
from gapkit.diagnosis.signs.wording import clause_words
from gapkit.labels import label_list, sentence_case

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding

WORDS: Final[Mapping[str, Words]] = MappingProxyType({
    module.ID: module.WORDS for module in (capability, leadership_direction, execution_discipline)
})  # fmt: skip


def headline_of(finding: Finding) -> str:
    """Return the verdict on a cause as a clause: "Leadership direction is unclear"."""
    return headline(WORDS[finding.id], finding.verdict)


def carrying(finding: Finding) -> Sign | None:
    """Return the sign that carries a verdict: what happened before what people say, clear before beyond; None without."""
    judged = assessable(sign for sign in finding.indicators if isinstance(sign, Sign))
    beyond = [sign for sign in judged if sign.is_beyond]
    return min(beyond, key=lambda sign: (sign.source == ("survey_answers",), not sign.is_clear), default=None)


def carried(finding: Finding) -> str:
    """Return a verdict with the number that carries it: "Leadership direction is unclear: 41 % of decisions were …".

    A cause that is not shown is carried by no number.
    """
    sign = carrying(finding) if _level(finding) < 2 else None
    return headline_of(finding) if sign is None else f"{headline_of(finding)}: {clause_words(sign)}"


def doubts(finding: Finding) -> str:
    """Return what may be chance in a cause that is shown, its name first; empty where nothing is."""
    signs = [sign for sign in finding.indicators if isinstance(sign, Sign)]
    found = reservations(finding.verdict, signs, WORDS[finding.id])
    said = "; ".join(one[:1].lower() + one[1:].removesuffix(".") for one in found)
    return f"{sentence_case(finding.name)}: {said}." if found else ""


def causes_title(findings: Sequence[Finding]) -> str:
    """Return what was found about the causes, the shown ones first.

    Parameters
    ----------
    findings : sequence of Finding
        The causes.
    """
    of = {level: [one for one in findings if _level(one) == level] for level in range(4)}
    said = [carried(one) for one in of[0]]
    said += [headline_of(one) for one in of[1]]
    if of[2]:
        said.append(f"{'not shown' if said else 'no cause is shown'}: {label_list([one.name for one in of[2]])}")
    if of[3]:
        said.append(
            f"{'not assessable' if said else 'no cause can be assessed'}: {label_list([one.name for one in of[3]])}"
        )
    return "; ".join(sentence_case(one) if place == 0 else one[:1].lower() + one[1:] for place, one in enumerate(said))


def _level(finding: Finding) -> int:
    """Return 0 for shown, 1 for possible or nothing written, 2 for not shown, 3 for not assessable."""
    words = WORDS[finding.id]
    by_verdict = {words.shown: 0, words.possible: 1, NOTHING_WRITTEN: 1, words.not_shown: 2, NOT_ASSESSABLE: 3}
    return by_verdict[finding.verdict]
