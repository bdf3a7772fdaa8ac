"""Actions: what to do about each finding at each scale, worded, with effort, prerequisites and the measure to move."""

from __future__ import annotations

from typing import Final, NamedTuple

from gapkit.diagnosis.killers.remedies import remedies_for
from gapkit.labels import sentence_case
from gapkit.redesign.plan.library import DIAGNOSE, ENTRIES, Answers, Entry
from gapkit.vocabulary import SCALES

DAYS_A_WEEK: Final = 5


class Action(NamedTuple):
    """One thing to do at one scale.

    Attributes
    ----------
    id : str
        Its word in decisions.yml.
    scale : {"smb", "mid", "enterprise"}
        For whom it is worded and sized.
    do : str
        What to do, one sentence: that of its remedy where it has one.
    who : str
        The role that answers for it.
    effort_days : float
        Person-days of all who take part.
    lasts_bdays : int
        Business days from its start until it is in force.
    phase : {"diagnose", "redesign", "launch"}
        ``diagnose`` settles a doubt first; ``launch`` begins on day 61.
    needs : tuple of str
        Ids of the actions that must be done before.
    answers : tuple of (str, str)
        Each finding it answers, with the id of the indicator it should move; for a check the finding itself.
    shows_after_days : int
        Calendar days after its end until the measure can show it.
    levers : tuple of str
        Levers of the what-if that it pulls.
    """

    id: str
    scale: str
    do: str
    who: str
    effort_days: float
    lasts_bdays: int
    phase: str
    needs: tuple[str, ...]
    answers: Answers
    shows_after_days: int
    levers: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its short name."""
        return sentence_case(self.id.replace("-", " ").replace("hand off", "hand-off"))

    @property
    def is_check(self) -> bool:
        """Whether it only settles if there is a finding."""
        return self.phase == DIAGNOSE

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings it answers, each once."""
        return tuple(dict.fromkeys(finding for finding, _ in self.answers))

    def moves(self, finding: str) -> tuple[str, ...]:
        """Return the ids of the indicators it should move in a finding."""
        return tuple(indicator for answered, indicator in self.answers if answered == finding)


def _action(entry: Entry, scale: str) -> Action:
    """Return an entry at a scale, in the words of the remedy where there is one."""
    place, (finding, moves) = SCALES.index(scale), entry.answers[0]
    remedy = next((one for one in remedies_for(finding, scale) if one.moves == moves), None)
    do, who = entry.do or (remedy.do if remedy else ""), entry.who or (remedy.who if remedy else "")
    return Action(
        entry.id, scale, do, who, entry.effort_days[place], entry.weeks[place] * DAYS_A_WEEK, entry.phase, entry.needs,
        entry.answers, entry.shows_after_days, entry.levers,
    )  # fmt: skip


ACTIONS: Final = {scale: {entry.id: _action(entry, scale) for entry in ENTRIES} for scale in SCALES}


def actions_for(finding: str, scale: str) -> tuple[Action, ...]:
    """Return the actions that answer a finding at one scale, checks left out, in the order of the library.

    Examples
    --------
    >>> [action.id for action in actions_for("unclear_ownership", "smb")][:2]
    ['name-one-owner-each', 'level-owners-load']
    >>> actions_for("unclear_ownership", "smb")[1].do
    'Give no owner more than 4 programs in flight.'
    """
    return tuple(action for action in ACTIONS[scale].values() if finding in action.findings and not action.is_check)


def check_for(finding: str, scale: str) -> Action:
    """Return the action that settles whether a possible finding is real.

    Examples
    --------
    >>> check_for("operating_cadence", "mid").id
    'check-cadence'
    """
    return next(action for action in ACTIONS[scale].values() if action.is_check and finding in action.findings)
