"""Which actions a diagnosis calls for: those of active findings, what they need first, and checks of possible findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, NOT_ASSESSABLE, NOT_SHOWN, POSSIBLE, PROBABLY_ACTIVE
from gapkit.diagnosis.levers.lever import IN_PLACE_WORD, MISSING_WORD, PARTLY
from gapkit.diagnosis.pitfalls.rule import PARTLY_PRESENT, PRESENT
from gapkit.diagnosis.signs.signs import Sign
from gapkit.redesign.plan.actions import ACTIONS, Action, actions_for, check_for

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding, Indicator

_CAUSES: Final = (capability.WORDS, leadership_direction.WORDS, execution_discipline.WORDS)
# What is acted on, the surest first; and what is checked first.
SURE: Final[Mapping[str, int]] = MappingProxyType({
    **dict.fromkeys((CLEARLY_ACTIVE, PRESENT, MISSING_WORD, *(words.shown for words in _CAUSES)), 0),
    PROBABLY_ACTIVE: 1,
})  # fmt: skip
DOUBTFUL: Final = (
    POSSIBLE, PARTLY_PRESENT, PARTLY, execution_discipline.NOTHING_WRITTEN, *(words.possible for words in _CAUSES),
)  # fmt: skip
ABSENT: Final = (NOT_SHOWN, IN_PLACE_WORD, *(words.not_shown for words in _CAUSES))
# Actions against one finding, at most: the fewer people there are to carry them, the fewer.
PER_FINDING: Final[Mapping[str, int]] = MappingProxyType({"smb": 1, "mid": 3, "enterprise": 4})
# Checks of possible findings, at most: those left over wait until there is time for them.
MOST_CHECKS: Final[Mapping[str, int]] = MappingProxyType({"smb": 2, "mid": 4, "enterprise": 6})
CLEAR_SIGN: Final = 100.0
SIGN: Final = 75.0
MIDDLE: Final = 50.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action and why it is in the plan.

    Attributes
    ----------
    action : Action
        The action.
    finding : Finding
        The most active finding it answers.
    also : tuple of Finding
        Other active findings it answers.
    asked_by : tuple of str
        Ids of the actions that need it, where no active finding asks for it.
    assumes : tuple of str
        Ids of actions it needs that are taken to be in place, because what they answer is not shown.
    is_kept : bool
        Whether it is here only because the client agreed to it.
    """

    action: Action
    finding: Finding
    also: tuple[Finding, ...] = ()
    asked_by: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    is_kept: bool = False


def active(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings to act on: the surest first, among them the most active."""
    return sorted((one for one in findings if one.verdict in SURE), key=lambda one: (SURE[one.verdict], -_level(one)))


def doubtful(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings to check first, the most active of them first."""
    return sorted((one for one in findings if one.verdict in DOUBTFUL), key=lambda one: -_level(one))


def checked(findings: Iterable[Finding], scale: str) -> list[Finding]:
    """Return the findings there is time to check: as many checks as the scale can carry; one may settle two findings."""
    known = doubtful(findings)
    names = list(dict.fromkeys(check_for(one.id, scale).id for one in known))[: MOST_CHECKS[scale]]
    return [one for one in known if check_for(one.id, scale).id in names]


def choose(
    findings: Sequence[Finding], scale: str, *, agreed: Collection[str] = (), declined: Collection[str] = ()
) -> tuple[Chosen, ...]:
    """Return the actions a diagnosis calls for, the most important first.

    Parameters
    ----------
    findings : sequence of Finding
        All findings of the diagnosis.
    scale : {"smb", "mid", "enterprise"}
        Of the organisation.
    agreed, declined : collection of str
        Ids of actions the client agreed to, which stay, and declined, which do not come.

    Notes
    -----
    Against an active finding: the actions on its strongest signs, as many as the scale can carry; where no sign is
    measured, the first of the library. What an action needs is added, unless it is in place as far as the findings show.
    A possible finding gets one check, and nothing else; the most active ones first, as many as the scale can carry.
    """
    found: dict[str, Chosen] = {}
    for finding in active(findings):
        for action in strongest(finding, scale):
            _add(found, action, finding)
    for finding in checked(findings, scale):
        _add(found, check_for(finding.id, scale), finding)
    by_id = {one.id: one for one in findings}
    for name in agreed:
        if name in ACTIONS[scale] and name not in found:
            action = ACTIONS[scale][name]
            found[name] = Chosen(action, by_id[action.findings[0]], is_kept=True)
    wanted = {name: one for name, one in found.items() if name not in declined}
    return tuple(_with_needs(wanted, by_id, scale, declined).values())


def _add(found: dict[str, Chosen], action: Action, finding: Finding) -> None:
    """Add an action for a finding, or the finding to the action."""
    known = found.get(action.id)
    found[action.id] = Chosen(action, finding) if known is None else replace(known, also=(*known.also, finding))


def strongest(finding: Finding, scale: str) -> list[Action]:
    """Return the actions on a finding's strongest signs, the strongest first; without a measured sign, the first ones."""
    known = actions_for(finding.id, scale)
    weights = {action.id: _weight(action, finding) for action in known}
    shown = sorted((one for one in known if weights[one.id]), key=lambda one: -(weights[one.id] or 0.0))
    unknown = [one for one in known if weights[one.id] is None]
    return (shown or unknown or list(known))[: PER_FINDING[scale]]


def _weight(action: Action, finding: Finding) -> float | None:
    """Return how much the signs an action should move call for it, 0 to 100; None where none is measured."""
    moved = action.moves(finding.id)
    weights = [urgency(one) for one in finding.indicators if one.id in moved]
    return max((weight for weight in weights if weight is not None), default=None)


def urgency(indicator: Indicator) -> float | None:
    """Return how far an indicator is from healthy, 0 to 100; None where it is not measured."""
    if indicator.status != "ok":
        return None
    if indicator.score is not None:
        return indicator.score
    if isinstance(indicator, Sign) and indicator.is_beyond is not None:
        return CLEAR_SIGN if indicator.is_clear else SIGN if indicator.is_beyond else 0.0
    # What a lever is made of: shares of which all would be best.
    return None if indicator.value is None else 100 * (1 - indicator.value)


def _level(finding: Finding) -> float:
    """Return how active a finding is, 0 to 100: by its score, else by what people say, else in the middle."""
    score = finding.activity or finding.perception
    if score is None:
        return MIDDLE
    return 100 - score.value if finding.family == "lever" else score.value


def _with_needs(
    wanted: Mapping[str, Chosen], findings: Mapping[str, Finding], scale: str, declined: Collection[str]
) -> dict[str, Chosen]:
    """Return the actions with all they need, each behind the first that asks for it."""
    found: dict[str, Chosen] = dict(wanted)
    queue = list(wanted)
    for name in queue:
        for need in found[name].action.needs:
            action = ACTIONS[scale][need]
            if need in declined:
                continue
            if need not in found and is_in_place(action, findings):
                found[name] = replace(found[name], assumes=(*found[name].assumes, need))
            elif need not in found:
                found[need] = Chosen(action, findings[action.findings[0]], asked_by=(name,))
                queue.append(need)
            elif found[need].asked_by:
                found[need] = replace(found[need], asked_by=(*found[need].asked_by, name))
    return found


def is_in_place(action: Action, findings: Mapping[str, Finding]) -> bool:
    """Return whether what an action would bring is there already, as far as the findings show.

    It is where each finding it answers is judged and not shown, or its sign is measured and healthy. Findings that could
    not be judged do not count, unless none could.
    """
    answered = [findings[name] for name in action.findings]
    judged = [one for one in answered if one.verdict != NOT_ASSESSABLE]
    return bool(judged) and all(one.verdict in ABSENT or _weight(action, one) == 0 for one in judged)
