"""The pitfalls in one sentence: which are present, by how many of their signs, which are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN
from gapkit.diagnosis.pitfalls.rule import PARTLY_PRESENT, PRESENT, headline
from gapkit.diagnosis.signs.signs import Sign, assessable
from gapkit.labels import label_list, label_number, sentence_case

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding


def clear_of(finding: Finding) -> tuple[int, int]:
    """Return how many signs of a pitfall are clearly beyond their mark, and how many could be read."""
    judged = assessable(sign for sign in finding.indicators if isinstance(sign, Sign))
    return sum(bool(sign.is_clear) for sign in judged), len(judged)


def count_words(finding: Finding) -> str:
    """Return the same in words: "3 of 6 signs clearly there"."""
    clear, judged = clear_of(finding)
    return f"{label_number(clear)} of {label_number(judged)} signs clearly there"


def pitfalls_title(findings: Sequence[Finding]) -> str:
    """Return what was found about the pitfalls, the present ones first.

    Parameters
    ----------
    findings : sequence of Finding
        The pitfalls.
    """
    of = {
        word: [one for one in findings if one.verdict == word]
        for word in (PRESENT, PARTLY_PRESENT, NOT_SHOWN, NOT_ASSESSABLE)
    }
    said = [f"{headline(one.id, one.verdict)} ({count_words(one)})" for one in (*of[PRESENT], *of[PARTLY_PRESENT])]
    if of[NOT_SHOWN]:
        counted = [f"{one.name} ({count_words(one)})" for one in of[NOT_SHOWN]]
        said.append(f"{'not shown' if said else 'no pitfall is shown'}: {label_list(counted)}")
    if of[NOT_ASSESSABLE]:
        unknown = label_list([one.name for one in of[NOT_ASSESSABLE]])
        said.append(f"{'not assessable' if said else 'no pitfall can be assessed'}: {unknown}")
    return "; ".join(sentence_case(one) if place == 0 else one[:1].lower() + one[1:] for place, one in enumerate(said))
