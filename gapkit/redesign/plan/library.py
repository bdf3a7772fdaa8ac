"""The library of actions: what to do about every killer, fracture, cause, pitfall and lever, by whom and for how long.

What to do against a killer or fracture is said in `gapkit.diagnosis.killers.remedies` and not repeated here; an entry adds
effort, prerequisites, phase and duration. Causes, pitfalls and levers are worded here. Efforts and durations are working
defaults for a small, a mid-sized and a large organisation, to be changed with the client.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from gapkit.diagnosis.killers.remedies import OPERATIONS, OWNERS, SPONSOR

REDESIGN: Final = "redesign"
LAUNCH: Final = "launch"
DIAGNOSE: Final = "diagnose"
# First day of the 90 on which an action of each phase may begin; nothing is planned before the redesign begins.
PHASE_FROM: Final[Mapping[str, int]] = {DIAGNOSE: 31, REDESIGN: 31, LAUNCH: 61}

Answers = tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """One action for all scales.

    Attributes
    ----------
    id : str
        Its word in decisions.yml; reads as its short name.
    answers : tuple of (str, str)
        Each finding it answers, with the id of the indicator it should move there. The first words it, where it has a
        remedy.
    effort_days : tuple of float
        Person-days of all who take part: small, mid-sized, large organisation.
    weeks : tuple of int
        Working weeks from its start until it is in force, likewise.
    phase : str
        ``diagnose``: settle a doubt; ``redesign``: days 31 to 60; ``launch``: days 61 to 90.
    shows_after_days : int
        Calendar days after its end until the measure can show it.
    needs : tuple of str
        Actions that must be done before.
    levers : tuple of str
        Levers of the what-if that it pulls.
    do : str
        What to do, one sentence; empty where a remedy says it.
    who : str
        The role that answers; empty where a remedy says it.
    """

    id: str
    answers: Answers
    effort_days: tuple[float, float, float]
    weeks: tuple[int, int, int]
    phase: str
    shows_after_days: int
    needs: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    do: str = ""
    who: str = ""


KILLER_ACTIONS: Final = (
    Entry("rank-priorities-together",
          (("misalignment", "M4"), ("leadership_direction", "Direction 5"), ("ivory_tower", "Ivory 2")),
          (2, 5, 10), (1, 1, 2), REDESIGN, 60),
    Entry("cut-priorities",
          (("misalignment", "M2"), ("leadership_direction", "Direction 2"), ("campaign_of_the_quarter", "Quarter 3")),
          (3, 6, 12), (1, 2, 3), REDESIGN, 45, needs=("rank-priorities-together",)),
    Entry("tie-programs-to-priorities", (("misalignment", "M1"),),
          (2, 4, 10), (1, 1, 2), REDESIGN, 30, needs=("cut-priorities",)),
    Entry("freeze-briefs", (("misalignment", "M3"),), (2, 4, 8), (1, 2, 2), LAUNCH, 60),
    Entry("ask-for-approvals-at-once", (("structural_bottlenecks", "B2"),),
          (2, 4, 10), (1, 2, 3), REDESIGN, 45, levers=("parallel_approvals", "drop_approval")),
    Entry("agree-approval-times", (("structural_bottlenecks", "B3"),),
          (1, 3, 8), (1, 2, 2), REDESIGN, 30, needs=("ask-for-approvals-at-once",), levers=("sla",)),
    Entry("share-approval-criteria", (("structural_bottlenecks", "B4"),),
          (2, 4, 10), (1, 2, 3), LAUNCH, 45, levers=("fewer_rounds",)),
    Entry("limit-work-in-progress",
          (("structural_bottlenecks", "B1"), ("campaign_of_the_quarter", "Quarter 2"),
           ("campaign_of_the_quarter", "Quarter 5")),
          (1, 3, 8), (1, 2, 3), LAUNCH, 30, needs=("cut-priorities",), levers=("wip_limit",)),
    Entry("name-one-owner-each", (("unclear_ownership", "O1"), ("ownership", "O1")),
          (1, 4, 12), (1, 2, 3), REDESIGN, 30, levers=("named_owner",)),
    Entry("level-owners-load", (("unclear_ownership", "O3"), ("ownership", "O3")),
          (1, 3, 8), (1, 1, 2), REDESIGN, 30, needs=("name-one-owner-each",)),
    Entry("change-owners-in-reviews", (("unclear_ownership", "O2"), ("ownership", "O2")),
          (1, 1, 3), (1, 1, 2), LAUNCH, 60, needs=("name-one-owner-each", "install-one-rhythm")),
    Entry("record-owners-same-day", (("unclear_ownership", "O4"), ("ownership", "O4")),
          (1, 2, 5), (1, 1, 2), LAUNCH, 30, needs=("name-one-owner-each",)),
    Entry("name-one-system-of-record", (("poor_tooling", "T3"),), (2, 5, 15), (1, 2, 3), REDESIGN, 30),
    Entry("remove-largest-workaround", (("poor_tooling", "T1"), ("tool_first", "Tool 2")),
          (4, 8, 20), (2, 3, 4), REDESIGN, 30),
    Entry("type-data-in-once", (("poor_tooling", "T2"),),
          (3, 8, 20), (2, 3, 3), LAUNCH, 30, needs=("name-one-system-of-record",)),
    Entry("compare-entries-monthly", (("poor_tooling", "T4"), ("single_source_of_truth", "Source 3")),
          (1, 2, 4), (1, 1, 2), LAUNCH, 45),
    Entry("set-targets-before-launch", (("feedback_loop_failure", "F1"),), (2, 4, 10), (1, 2, 2), REDESIGN, 45),
    Entry("review-results-within-a-month", (("feedback_loop_failure", "F2"),),
          (1, 2, 4), (1, 1, 2), LAUNCH, 60, needs=("set-targets-before-launch", "install-one-rhythm")),
    Entry("replace-slow-measures", (("feedback_loop_failure", "F3"),), (2, 6, 15), (2, 3, 3), LAUNCH, 45),
    Entry("end-reviews-with-decisions", (("feedback_loop_failure", "F4"),),
          (1, 1, 3), (1, 1, 1), LAUNCH, 30, needs=("install-one-rhythm",)),
)  # fmt: skip

FRACTURE_ACTIONS: Final = (
    Entry("name-the-person-in-each-team", (("ownership", "Ownership 5"),),
          (1, 2, 5), (1, 1, 2), REDESIGN, 30, needs=("name-one-owner-each",)),
    Entry("keep-one-of-several-owners", (("ownership", "Ownership 6"),),
          (1, 2, 5), (1, 1, 2), REDESIGN, 30, needs=("name-one-owner-each",)),
    Entry("install-one-rhythm", (("cadence", "Cadence 1"), ("operating_cadence", "Cadence 1")),
          (2, 4, 12), (1, 2, 3), REDESIGN, 30, levers=("weekly_forum",)),
    Entry("put-programs-on-the-agenda", (("cadence", "Cadence 2"), ("operating_cadence", "Cadence 2")),
          (1, 2, 4), (1, 1, 2), LAUNCH, 30, needs=("install-one-rhythm",)),
    Entry("fix-review-dates", (("cadence", "Cadence 3"), ("operating_cadence", "Cadence 3")),
          (1, 1, 2), (1, 1, 1), REDESIGN, 60, needs=("install-one-rhythm",)),
    Entry("close-actions-on-time", (("cadence", "Cadence 4"), ("operating_cadence", "Cadence 4")),
          (1, 1, 3), (1, 1, 2), LAUNCH, 30, needs=("install-one-rhythm",)),
    Entry("pay-for-one-shared-outcome", (("incentives", "Incentives 3"),), (1, 4, 10), (1, 2, 4), REDESIGN, 90),
    Entry("change-the-worst-paid-conflict", (("incentives", "Incentives 2"),), (2, 4, 10), (1, 2, 4), REDESIGN, 90),
    Entry("raise-shared-pay", (("incentives", "Incentives 1"),),
          (2, 5, 15), (2, 3, 3), LAUNCH, 90, needs=("pay-for-one-shared-outcome",)),
    Entry("agree-hand-off-times", (("handoffs", "Hand-off 1"),), (1, 3, 10), (1, 2, 3), REDESIGN, 30),
    Entry("review-late-hand-offs", (("handoffs", "Hand-off 2"),),
          (1, 1, 3), (1, 1, 2), LAUNCH, 30, needs=("agree-hand-off-times", "install-one-rhythm")),
    Entry("complete-hand-offs", (("handoffs", "Hand-off 3"),),
          (1, 3, 8), (1, 1, 2), LAUNCH, 45, needs=("agree-hand-off-times",)),
    Entry("hand-over-in-the-tracker", (("handoffs", "Hand-off 4"),),
          (1, 2, 6), (1, 1, 2), LAUNCH, 30, needs=("name-one-system-of-record",)),
)  # fmt: skip

CAUSE_ACTIONS: Final = (
    Entry("fill-skills-nobody-holds", (("capability", "Capability 2"),), (3, 6, 15), (2, 4, 4), REDESIGN, 60,
          do="Hire, borrow or contract each critical skill that nobody holds, or stop the programs that depend on it.",
          who=SPONSOR),
    Entry("name-a-second-person", (("capability", "Capability 3"),), (3, 8, 20), (2, 4, 4), REDESIGN, 60,
          do="Name a second person for each critical skill that hangs on one, and let both work on the next program.",
          who=OPERATIONS),
    Entry("train-the-weakest-skill", (("capability", "Capability 4"),), (4, 10, 30), (3, 4, 4), REDESIGN, 90,
          do="Train the skill that holds each role back most, on work that is due anyway.", who=OPERATIONS),
    Entry("clear-open-decisions-weekly", (("leadership_direction", "Direction 3"),),
          (1, 2, 4), (1, 1, 2), REDESIGN, 30, levers=("weekly_forum",),
          do="Keep one list of open decisions, each with one decider and a date, and clear what is due every week.",
          who=SPONSOR),
    Entry("keep-decisions-taken", (("leadership_direction", "Direction 4"),),
          (1, 1, 3), (1, 1, 2), LAUNCH, 60, needs=("clear-open-decisions-weekly",),
          do="Record each decision with its reason; take one back only where it was taken, and say what has changed since.",
          who=SPONSOR),
    Entry("write-down-the-fewest-steps", (("execution_discipline", "Discipline 2"),), (2, 5, 12), (1, 2, 3), REDESIGN, 60,
          do="Write down, with those who do the work, the fewest steps that every program of a type must take.",
          who=OPERATIONS),
    Entry("check-steps-at-the-gate", (("execution_discipline", "Discipline 3"),),
          (1, 2, 6), (1, 1, 2), LAUNCH, 60, needs=("write-down-the-fewest-steps",),
          do="Let a program pass to its next stage only when the step before is recorded as done.", who=OWNERS),
    Entry("agree-what-done-means", (("execution_discipline", "Discipline 4"),),
          (1, 3, 8), (1, 2, 2), LAUNCH, 45, needs=("write-down-the-fewest-steps",),
          do="Agree for each step what done means before the work begins, so that no step has to be taken twice.",
          who=OPERATIONS),
)  # fmt: skip

PITFALL_ACTIONS: Final = (
    Entry("ask-teams-before-committing", (("ivory_tower", "Ivory 1"),), (1, 3, 8), (1, 2, 3), REDESIGN, 60,
          do="Put each plan before the team that will carry it out, and commit once it has said what that takes.",
          who=SPONSOR),
    Entry("let-teams-set-dates", (("ivory_tower", "Ivory 3"),),
          (1, 2, 5), (1, 1, 2), LAUNCH, 60, needs=("ask-teams-before-committing",),
          do="Let those who do the work set scope and date, and explain in the review each program re-dated in its first "
             "30 days.", who=OWNERS),
    Entry("write-process-before-buying", (("tool_first", "Tool 1"), ("tool_first", "Tool 3")),
          (1, 2, 4), (1, 1, 2), REDESIGN, 90,
          do="Buy no tool before the way of working it serves is written down and has been tried for a month.",
          who=SPONSOR),
    Entry("give-back-unused-seats", (("tool_first", "Tool 4"),), (1, 2, 6), (1, 2, 3), LAUNCH, 30,
          do="Give back the seats nobody uses, and retire the tool with the fewest users.", who=OPERATIONS),
    Entry("stop-one-to-start-one", (("campaign_of_the_quarter", "Quarter 1"),),
          (1, 2, 4), (1, 1, 2), REDESIGN, 30, needs=("cut-priorities",),
          do="Start an unplanned program only when whoever wants it names the committed one that stops for it.",
          who=SPONSOR),
    Entry("hold-time-back-for-surprises", (("campaign_of_the_quarter", "Quarter 4"),), (1, 3, 8), (1, 2, 2), REDESIGN, 60,
          do="Keep a fixed part of each team's time free for surprises, and commit only the rest.", who=OPERATIONS),
)  # fmt: skip

LEVER_ACTIONS: Final = (
    Entry("complete-the-record", (("single_source_of_truth", "Source 1"),),
          (2, 5, 15), (1, 2, 3), REDESIGN, 14, needs=("name-one-system-of-record",),
          do="Fill in plan, owner, date and goal of every open program; one that lacks them does not count as started.",
          who=OWNERS),
    Entry("update-the-record-weekly", (("single_source_of_truth", "Source 2"),),
          (1, 1, 3), (1, 1, 1), LAUNCH, 14, needs=("install-one-rhythm",),
          do="Update every program in flight the day before the weekly review, and review from the record alone.",
          who=OWNERS),
    Entry("steer-by-weekly-inputs", (("controllable_inputs", "Inputs 1"),), (2, 6, 15), (1, 2, 4), REDESIGN, 30,
          do="Name for each goal one leading measure a team can move, with one owner, a target and a weekly reading.",
          who=OPERATIONS),
)  # fmt: skip


def _check(finding: str, who: str, do: str, *others: str) -> Entry:
    """Return what settles whether a possible finding is real; what it should move is the finding itself."""
    answers = tuple((one, one) for one in (finding, *others))
    name = f"check-{finding.replace('_', '-')}"
    return Entry(name, answers, (1, 2, 3), (1, 1, 1), DIAGNOSE, 0, do=do, who=who)


CHECKS: Final = (
    _check("misalignment", OPERATIONS, "Take the ten latest starts, and ask who wanted each and which priority it serves."),
    _check("structural_bottlenecks", OPERATIONS,
           "Follow five programs through their latest sign-off day by day, and note what each day was spent on."),
    _check("unclear_ownership", OPERATIONS,
           "Ask three people on each of ten programs, apart from each other, who answers for it."),
    _check("poor_tooling", OPERATIONS, "Sit beside three people for half a day each, and note what they type in twice."),
    _check("feedback_loop_failure", OPERATIONS,
           "Take the ten latest deliveries, and look for the target set before and the review held after."),
    _check("ownership", OPERATIONS, "Ask the owners of ten programs what they may decide without asking anybody."),
    _check("cadence", OPERATIONS,
           "Lay the calendar of the last six weeks beside what took place and what was decided.", "operating_cadence"),
    _check("incentives", SPONSOR, "Lay the paid goals of the functions side by side, and mark which pull apart."),
    _check("handoffs", OPERATIONS,
           "Follow five programs through their latest hand-off: when asked for, when taken up, whether sent back."),
    _check("capability", OPERATIONS,
           "Let owner and manager rate, apart from each other, the skills of the role that most programs wait for."),
    _check("leadership_direction", SPONSOR,
           "Ask five leaders and five others for the three top priorities without showing a list, and compare."),
    _check("execution_discipline", OPERATIONS,
           "Walk five delivered programs through their steps with the teams, and ask which were agreed, which left out."),
    _check("ivory_tower", SPONSOR, "Ask the teams of the ten latest commitments whether they were heard before."),
    _check("tool_first", OPERATIONS,
           "List the tools bought in two years beside the way of working each was to serve, and who uses it today."),
    _check("campaign_of_the_quarter", OPERATIONS,
           "List the unplanned starts of the last quarter beside what stood still for each."),
    _check("single_source_of_truth", OPERATIONS,
           "Compare the record of ten open programs with what their owners say, field by field."),
    _check("controllable_inputs", SPONSOR,
           "Ask for each of the three top goals what was done differently last week because of a measure."),
)  # fmt: skip

ENTRIES: Final = (
    *KILLER_ACTIONS, *FRACTURE_ACTIONS, *CAUSE_ACTIONS, *PITFALL_ACTIONS, *LEVER_ACTIONS, *CHECKS,
)  # fmt: skip
