"""The levers of a redesign by name: what each edits, which engine may answer for it, and what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from gapkit.errors import InputError, Problem

Engine = Literal["resampling", "queue", "association"]
RESAMPLING: Final = "resampling"
QUEUE: Final = "queue"
ASSOCIATION: Final = "association"
USUAL_ADHERENCE: Final = 0.70


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing a redesign can change.

    Attributes
    ----------
    id : str
        Its word in decisions.yml and in the JSON.
    name : str
        As readers say it.
    edits : str
        What it changes in the way of a program, in plain words.
    engine : str
        ``resampling``: traces are edited, as long as handlers are not busy; ``queue``: always simulated, as the load
        changes; ``association``: read off a model of past programs, which promises nothing.
    needs : str
        What must be recorded.
    value : str
        What its number means; empty where it takes none.
    low : float
        Lowest number that makes sense.
    takes_stage : bool
        Whether it acts on one named stage of sign-off.
    takes_adherence : bool
        Whether one can adhere to it more or less.
    """

    id: str
    name: str
    edits: str
    engine: Engine
    needs: str
    value: str = ""
    low: float = 0.0
    takes_stage: bool = False
    takes_adherence: bool = False


STAGES_NEEDED: Final = "Stage history with sign-offs (stage_visits, kind approval)."
HOURS_NEEDED: Final = "Stage history with the hours worked on each sign-off (work_hours of stage_visits)."

LEVERS: Final = (
    Lever(
        "sla", "cap a wait at an agreed time",
        "A sign-off is taken up after the agreed time at the latest; the work on it stays as long as it is.",
        RESAMPLING, STAGES_NEEDED, "business days until it is taken up", takes_stage=True, takes_adherence=True,
    ),
    Lever(
        "drop_approval", "drop a sign-off", "The sign-off, and what it sent back, is not asked for any more.",
        RESAMPLING, STAGES_NEEDED, takes_stage=True,
    ),
    Lever(
        "parallel_approvals", "ask for sign-offs at once",
        "Sign-offs that follow one another are asked for at the same time; the slowest decides when work goes on.",
        RESAMPLING, STAGES_NEEDED,
    ),
    Lever(
        "fewer_rounds", "fewer rounds", "A sign-off may send work back so many times at most.",
        RESAMPLING, "Stage history that tells which sign-offs sent work back (returned of stage_visits).",
        "times it may be sent back",
    ),
    Lever(
        "weekly_forum", "weekly decision forum",
        "What waits for a sign-off is taken up at the next weekly date at the latest.",
        RESAMPLING, STAGES_NEEDED, takes_adherence=True,
    ),
    Lever(
        "capacity", "more capacity for sign-offs", "Whoever signs off handles so many times as much.",
        QUEUE, HOURS_NEEDED, "factor on capacity (1.25 is a quarter more)", 0.1,
    ),
    Lever(
        "wip_limit", "limit on work in progress", "A program starts only when fewer than so many are running.",
        QUEUE, HOURS_NEEDED, "programs in progress at most", 1.0,
    ),
    Lever(
        "named_owner", "one named owner", "Every program has exactly one person who answers for it from its planned start.",
        ASSOCIATION, "Owners per program at their planned start, and enough programs for a model.",
    ),
)  # fmt: skip
BY_ID: Final = {lever.id: lever for lever in LEVERS}


@dataclass(frozen=True, slots=True)
class Pull:
    """One lever as it is to be pulled.

    Attributes
    ----------
    lever : str
        Id of a lever of `LEVERS`.
    value : float or None
        Its number, in the lever's own unit; None where it takes none.
    stage : str or None
        The sign-off it acts on; None for all of them.
    adherence : float
        Share of cases, 0 to 1, in which it is kept to.
    """

    lever: str
    value: float | None = None
    stage: str | None = None
    adherence: float = USUAL_ADHERENCE

    @property
    def what(self) -> Lever:
        """The lever itself."""
        return BY_ID[self.lever]


def check_pulls(pulls: Sequence[Pull]) -> None:
    """Refuse settings that mean nothing, all at once.

    Raises
    ------
    InputError
        With one problem per setting that is wrong.

    Examples
    --------
    >>> check_pulls([Pull("sla", 2.0, "legal review"), Pull("weekly_forum")])
    """
    problems = [problem for pull in pulls for problem in _problems(pull)]
    twice = {pull for pull in pulls if pulls.count(pull) > 1}
    problems += [Problem("a lever is pulled twice in the same way", value=pull.lever) for pull in sorted(twice, key=str)]
    if problems:
        raise InputError(problems)


def _problems(pull: Pull) -> list[Problem]:
    lever = BY_ID.get(pull.lever)
    if lever is None:
        return [Problem("unknown lever", value=pull.lever, allowed=", ".join(BY_ID), remedy="Choose one of the levers.")]
    found = []
    if not 0 <= pull.adherence <= 1:
        found.append(Problem(f"adherence of {lever.id} is out of range", value=repr(pull.adherence), allowed="0 to 1"))
    if lever.value and (pull.value is None or not pull.value >= lever.low):
        what, allowed = f"the number of {lever.id} is missing or out of range", f"{lever.value}, {lever.low:g} or more"
        found.append(Problem(what, value=repr(pull.value), allowed=allowed))
    if not lever.value and pull.value is not None:
        found.append(Problem(f"{lever.id} takes no number", value=repr(pull.value), remedy="Leave the number out."))
    if pull.stage is not None and not lever.takes_stage:
        found.append(Problem(f"{lever.id} acts on all sign-offs", value=pull.stage, remedy="Leave the stage out."))
    if lever.id == "drop_approval" and pull.stage is None:
        found.append(Problem("which sign-off to drop is not said", allowed="the name of a stage", remedy="Name the stage."))
    if lever.id in ("fewer_rounds", "wip_limit") and pull.value is not None and pull.value != int(pull.value):
        found.append(Problem(f"the number of {lever.id} is not whole", value=repr(pull.value), allowed="a whole number"))
    return found
