"""What we advise against each killer and fracture, by scale: what to do, who answers, and which figure it should move.

The wording is true for every client: it names roles, never persons, and takes its numbers from the norms of the scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.diagnosis.indicators.anchors import NORMS
from gapkit.diagnosis.scale import CONTEXT, ScaleContext
from gapkit.labels import label_count
from gapkit.vocabulary import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapkit.diagnosis.evidence import Finding

SPONSOR: Final = "executive sponsor"
OPERATIONS: Final = "head of operations"
OWNERS: Final = "program owners"
OFFICE: Final = "head of the program office"


class Remedy(NamedTuple):
    """One thing to do about a killer or fracture.

    Attributes
    ----------
    finding : str
        Killer or fracture it answers, a word of the vocabulary.
    scale : str
        ``smb``, ``mid`` or ``enterprise``: for whom it is worded.
    do : str
        What to do, one sentence.
    who : str
        The role that answers for it.
    moves : str
        Id of the indicator it should move towards its healthy anchor.
    """

    finding: str
    scale: str
    do: str
    who: str
    moves: str


# What holds where a killer or fracture is absent: the yardstick a finding is held against.
EXPECTED: Final[Mapping[str, str]] = MappingProxyType({
    "misalignment": "Every program serves a live priority or goal, most effort goes into the top ones, and an approved "
                    "brief stays as approved.",
    "structural_bottlenecks": "Work waits for others during the smaller part of its time, and approvals come in the agreed "
                              "time and at the first attempt.",
    "unclear_ownership": "One named person answers for each program from its planned start, keeps it, and has time for it.",
    "poor_tooling": "Every program is in one system of record, data is typed in once, and what stands there is right.",
    "feedback_loop_failure": "Each program has a target before launch and a review of results soon after, and reviews end "
                             "in decisions.",
    "ownership": "One named person answers for each program from its planned start; teams and committees support.",
    "cadence": "Reviews take place when scheduled, cover every program in flight, and their actions are done on time.",
    "incentives": "Functions that must deliver together are paid for outcomes they share, and for none that work against "
                  "each other.",
    "handoffs": "Each hand-off has an agreed time, is met in that time, complete, and leaves a record.",
})  # fmt: skip


class _Entry(NamedTuple):
    """A remedy for some scales; words in braces stand for what differs between them."""

    finding: str
    moves: str
    who: str
    do: str
    scales: tuple[str, ...] = SCALES


LARGER: Final = ("mid", "enterprise")
_LIBRARY: Final = (
    _Entry("misalignment", "M2", SPONSOR, "Cut to at most {priorities} in an agreed order, and stop the rest.", ("smb",)),
    _Entry("misalignment", "M2", SPONSOR, "Agree on at most {priorities} in order, publish them, and move effort to them.",
           LARGER),
    _Entry("misalignment", "M1", OPERATIONS, "Tie each program to a live priority or goal before it starts; what has none "
           "waits."),
    _Entry("misalignment", "M3", OWNERS, "Freeze the brief at approval; a change of audience, scope or goal goes back to "
           "those who approved it."),
    _Entry("misalignment", "M4", SPONSOR, "Let leaders and teams rank the priorities together, and settle the pairs they "
           "rank the other way round."),
    _Entry("structural_bottlenecks", "B2", SPONSOR, "Plan at most {approvals} per program, name who decides each, and ask "
           "for them side by side, not one after another."),
    _Entry("structural_bottlenecks", "B3", OPERATIONS, "Agree a time for each approval, and who decides when it has "
           "passed."),
    _Entry("structural_bottlenecks", "B4", OPERATIONS, "Give teams each approver's criteria before the work begins, and "
           "collect all remarks in one round."),
    _Entry("structural_bottlenecks", "B1", OPERATIONS, "Limit the programs in progress at once; start one when another "
           "leaves."),
    _Entry("unclear_ownership", "O1", SPONSOR, "Name one person for each program in flight, and stop what nobody can take.",
           ("smb",)),
    _Entry("unclear_ownership", "O1", SPONSOR, "Name one accountable person for each program before it starts; a team or "
           "committee does not count.", ("mid",)),
    _Entry("unclear_ownership", "O1", OFFICE, "Make one accountable person a condition of commitment; the program office "
           "returns what has none.", ("enterprise",)),
    _Entry("unclear_ownership", "O2", SPONSOR, "Let an owner change only in the regular review, with a handover both sides "
           "have agreed to."),
    _Entry("unclear_ownership", "O3", OPERATIONS, "Give no owner more than {programs} in flight."),
    _Entry("unclear_ownership", "O4", OPERATIONS, "Enter each change of owner in the tracker on the day it is agreed."),
    _Entry("poor_tooling", "T1", OPERATIONS, "Write the process down, then remove the workaround that takes most "
           "hours."),
    _Entry("poor_tooling", "T2", OPERATIONS, "Type data in once: connect or drop the second place at the steps that repeat "
           "it."),
    _Entry("poor_tooling", "T3", SPONSOR, "Name one system of record; a program that is not in it has not started."),
    _Entry("poor_tooling", "T4", OPERATIONS, "Compare a sample of entries with a second source each month, and mend the "
           "field that differs most."),
    _Entry("feedback_loop_failure", "F1", OWNERS, "Set the measure and its target before launch; without them a program is "
           "not ready to start."),
    _Entry("feedback_loop_failure", "F2", OWNERS, "Put the results of each delivered program on an agenda within a month."),
    _Entry("feedback_loop_failure", "F3", OPERATIONS, "Read the measures that steer work at least monthly, and replace "
           "those that arrive too late to act on."),
    _Entry("feedback_loop_failure", "F4", SPONSOR, "End each review with a recorded decision: go on, change or stop."),
    _Entry("ownership", "O1", SPONSOR, "Name one accountable person for each program before it starts."),
    _Entry("ownership", "Ownership 5", SPONSOR, "Where a team or committee answers, name the person in it who does."),
    _Entry("ownership", "Ownership 6", SPONSOR, "Where several people own a program, keep one as owner and make the others "
           "contributors."),
    _Entry("cadence", "Cadence 1", OPERATIONS, "Install one rhythm and keep to it: {cadence}."),
    _Entry("cadence", "Cadence 2", OPERATIONS, "Put each program in flight on an agenda at least every other week."),
    _Entry("cadence", "Cadence 3", OPERATIONS, "Fix the day and hour of each review for the whole quarter."),
    _Entry("cadence", "Cadence 4", OWNERS, "Give each action an owner and a date, and begin each review with the open "
           "ones."),
    _Entry("incentives", "Incentives 1", SPONSOR, "Raise the part of variable pay that functions earn on the same "
           "outcomes."),
    _Entry("incentives", "Incentives 2", SPONSOR, "Change the pair of paid outcomes that work most against each other."),
    _Entry("incentives", "Incentives 3", SPONSOR, "Pay each function for at least one outcome that all share."),
    _Entry("handoffs", "Hand-off 1", OPERATIONS, "Agree a time, and who answers, for {interfaces}."),
    _Entry("handoffs", "Hand-off 2", OPERATIONS, "Look at hand-offs over their time in each review, oldest first."),
    _Entry("handoffs", "Hand-off 3", OWNERS, "Agree what a complete hand-off holds, and check it before it is sent."),
    _Entry("handoffs", "Hand-off 4", OPERATIONS, "Hand work over in the tracker; meetings and chat may announce it, not "
           "replace it."),
)  # fmt: skip


def _worded(entry: _Entry, scale: str) -> Remedy:
    norms, context = NORMS[scale], ScaleContext(scale, scale, CONTEXT, "")
    do = entry.do.format(
        priorities=label_count(norms.live_priorities, "priority", "priorities"),
        programs=label_count(norms.programs_per_owner, "program"),
        approvals=label_count(int(norms.approvals.healthy), "sign-off"),
        cadence=context.here("cadence to install"),
        interfaces=context.here("agreed times are written for"),
    )
    return Remedy(entry.finding, scale, do, entry.who, entry.moves)


REMEDIES: Final = tuple(_worded(entry, scale) for scale in SCALES for entry in _LIBRARY if scale in entry.scales)


def remedies_for(finding: str, scale: str) -> tuple[Remedy, ...]:
    """Return the remedies of one killer or fracture at one scale, in the order of the library.

    Examples
    --------
    >>> [remedy.moves for remedy in remedies_for("cadence", "smb")]
    ['Cadence 1', 'Cadence 2', 'Cadence 3', 'Cadence 4']
    >>> remedies_for("unclear_ownership", "smb")[2].do
    'Give no owner more than 4 programs in flight.'
    """
    return tuple(remedy for remedy in REMEDIES if (remedy.finding, remedy.scale) == (finding, scale))


def advised(finding: Finding, scale: str, most: int = 3) -> tuple[Remedy, ...]:
    """Return what to do about a finding here: remedies for its strongest signs first.

    Parameters
    ----------
    finding : Finding
        Killer or fracture.
    scale : str
        As `Engagement.scale` tells it.
    most : int
        Remedies at most.

    Returns
    -------
    tuple of Remedy
        Those whose indicator scores above 0; where none does, those whose indicator was not counted, because people alone
        report the problem.
    """
    scores = {indicator.id: indicator.score for indicator in finding.indicators}
    known = remedies_for(finding.id, scale)
    shown = sorted((one for one in known if scores.get(one.moves)), key=lambda one: -(scores[one.moves] or 0.0))
    return tuple(shown or _not_counted(known, scores))[:most]


def _not_counted(known: Iterable[Remedy], scores: Mapping[str, float | None]) -> list[Remedy]:
    return [one for one in known if scores.get(one.moves) is None]
