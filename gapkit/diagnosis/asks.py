"""What the leaders are asked to decide after the diagnosis: each decision with the finding it answers, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.diagnosis.killers.remedies import SPONSOR, advised
from gapkit.diagnosis.killers.sentences import label_chance, label_score
from gapkit.diagnosis.summary import active
from gapkit.diagnosis.triage.triage import INSUFFICIENT
from gapkit.labels import label_count, label_pp, label_result, sentence_case
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.diagnose import Diagnosis
    from gapkit.diagnosis.evidence import Finding

NOW: Final = "with this report"
REDESIGN: Final = "day 60, the end of the redesign"
# More would be a list of wishes: the redesign begins with the two most active.
MOST_FINDINGS: Final = 2


class Ask(NamedTuple):
    """One decision.

    Attributes
    ----------
    decision : str
        What to decide, one sentence.
    because : str
        The finding it answers, with its number.
    who : str
        The role that decides.
    until : str
        By when.
    """

    decision: str
    because: str
    who: str
    until: str


def asks(d: Diagnosis) -> tuple[Ask, ...]:
    """Return what is to be decided, the most urgent first; at least one."""
    return (*_measurable(d), *_criteria(d), *_remedies(d), *_yardstick(d), *_settle(d))


def _measurable(d: Diagnosis) -> list[Ask]:
    """Return what makes the gap measurable, where it is not."""
    rate = d.results["execution_rate"]
    if rate.is_ok:
        return []
    why = f"{sentence_case(name_of(rate.name))}: {label_result(rate)}."
    return [Ask(f"Make the gap measurable. {rate.caveats[0] if rate.caveats else ''}".strip(), why, SPONSOR, NOW)]


def _criteria(d: Diagnosis) -> list[Ask]:
    """Return that criteria come first, where they are probably missing."""
    if d.triage.verdict == INSUFFICIENT or d.triage.cell not in {"strategy", "both"}:
        return []
    decision = "Agree on how choices are made before work is sped up: whose choice is to change, and what success is."
    return [Ask(decision, d.triage.sentence, SPONSOR, REDESIGN)]


def _remedies(d: Diagnosis) -> list[Ask]:
    """Return the first remedy of each of the most active killers, and of active fractures no killer stands for."""
    found = active(d.killers.findings)[:MOST_FINDINGS]
    # The ownership fracture rests on the same signs as the killer.
    others = [one for one in active(d.fractures.findings) if one.id != "ownership"]
    return [ask for one in (*found, *others[: MOST_FINDINGS - len(found)]) for ask in _remedy(one, d)]


def _remedy(finding: Finding, d: Diagnosis) -> list[Ask]:
    first = advised(finding, d.scale.scale, most=1)
    if finding.activity is None or not first:
        return []
    because = f"{sentence_case(finding.name)}: {finding.verdict}, score {label_score(finding.activity)} of 100."
    return [Ask(remedy.do, because, sentence_case(remedy.who), REDESIGN) for remedy in first]


def _yardstick(d: Diagnosis) -> list[Ask]:
    """Return the yardstick to agree on, and how long it must be measured for a worthwhile change to show."""
    if not d.results["execution_rate"].is_ok:
        return []
    primary = d.frozen["primary"]
    if not d.can_be_frozen:
        decision = f"Agree on a yardstick that the data can carry: {name_of(primary)} is not given here."
        return [Ask(decision, f"{sentence_case(name_of(primary))}: {label_result(d.results[primary])}.", SPONSOR, NOW)]
    agreed = Ask(
        f"Agree that {name_of(primary)} is the yardstick and that it stays frozen as measured here.",
        f"{sentence_case(name_of(primary))}: {label_result(d.results[primary])}.",
        SPONSOR,
        NOW,
    )
    return [agreed, *_window(d)]


def _window(d: Diagnosis) -> list[Ask]:
    change = d.frozen["smallest_detectable_change"]
    if change is None:
        return []
    least, after = d.frozen["target"]["change"], label_count(change["n_after"], "program")
    if change["change"] is None:
        seen = f"with about {after} afterwards no improvement could be shown"
    else:
        seen = (
            f"with about {after} afterwards only an improvement of {label_pp(change['change'])} or more would probably show"
        )
    enough = change["change"] is not None and change["change"] <= least
    decision = "Keep to the agreed window of measurement" if enough else "Agree now how long to measure"
    because = f"The change agreed as worthwhile is {label_pp(least)}."
    return [Ask(f"{decision}: {seen}.", because, SPONSOR, NOW)]


def _settle(d: Diagnosis) -> list[Ask]:
    """Return the measurement that would tell strategy from execution, where the evidence does not."""
    if d.triage.verdict != INSUFFICIENT or not d.triage.would_settle:
        return []
    cell, chances = d.triage.cell, d.triage.probabilities
    known = f"; the most probable reading has {label_chance(chances[cell])}" if cell and chances else ""
    because = f"Strategy or execution cannot be told apart yet{known}."
    return [Ask(d.triage.would_settle[0].what, because, SPONSOR, REDESIGN)]
