"""Assemble the redesign of an engagement from its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapkit.errors import NotMeasurableError
from gapkit.plain import header, plain, plain_rows, results_to_dict
from gapkit.redesign.cadence.cadence import Cadence, plan_cadence
from gapkit.redesign.chosen_levers import ChosenLevers, choose_levers
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.decisions.record import decisions_record
from gapkit.redesign.friction import cancel_reasons, lost_plans, waits
from gapkit.redesign.inputs.inputs import Inputs, map_inputs
from gapkit.redesign.manual.manual import operating_manual
from gapkit.redesign.owners.owners import Owners, plan_owners
from gapkit.redesign.plan.plan import Plan, plan_actions
from gapkit.redesign.priorities.priorities import Priorities, align_priorities
from gapkit.redesign.sections import RULES, names_for, rules_for
from gapkit.redesign.simplify import Simplification, simplify
from gapkit.redesign.slas.slas import Slas, propose_slas
from gapkit.redesign.targets.promises import promises
from gapkit.redesign.targets.targets import Targets, set_targets
from gapkit.redesign.tooling.tooling import Tooling, shortlist_tools
from gapkit.redesign.what_if import WhatIf, what_if

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.results import Result


@dataclass(frozen=True)
class Redesign:
    """What to change, from findings to a plan that can be signed.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    diagnosis : Diagnosis
        The findings it answers.
    decided : Decided
        What the client decided, from `decisions.yml`; nothing where there is no such file.
    lost_plans : DataFrame
        From `friction.lost_plans`.
    cancel_reasons : DataFrame
        From `friction.cancel_reasons`.
    waits : DataFrame
        From `friction.waits`; empty without stage history.
    chosen : ChosenLevers
        The levers looked at.
    what_if : WhatIf
        What they would change, after a backtest.
    owners : Owners
        One accountable person per open program.
    priorities : Priorities
        Agreement, order, disputes, what to stop.
    tooling : Tooling
        The shortlist by hours given back.
    slas : Slas
        Times to agree for waits and hand-offs.
    cadence : Cadence
        The calendar of meetings.
    inputs : Inputs
        From lagging goals to what the team can move each week.
    simplification : Simplification or None
        For a small organisation what it keeps and stops; None for others.
    plan : Plan
        The actions of days 31 to 90.
    targets : Targets
        What Measure tests.
    """

    eng: Engagement
    diagnosis: Diagnosis
    decided: Decided = field(repr=False)
    lost_plans: pd.DataFrame = field(repr=False)
    cancel_reasons: pd.DataFrame = field(repr=False)
    waits: pd.DataFrame = field(repr=False)
    chosen: ChosenLevers
    what_if: WhatIf = field(repr=False)
    owners: Owners = field(repr=False)
    priorities: Priorities = field(repr=False)
    tooling: Tooling = field(repr=False)
    slas: Slas = field(repr=False)
    cadence: Cadence = field(repr=False)
    inputs: Inputs = field(repr=False)
    simplification: Simplification | None = field(repr=False)
    plan: Plan = field(repr=False)
    targets: Targets

    @property
    def results(self) -> dict[str, Result]:
        """The figures this phase works on."""
        base = self.diagnosis.results
        chosen = ("execution_rate", "on_time_rate", "flow_efficiency", "wip", "slip_median_days", "replanned_later_share")
        return {name: base[name] for name in chosen}

    @property
    def levers(self) -> tuple[dict[str, Any], ...]:
        """The levers looked at, as plain data: id, value, stage, adherence, standing."""
        return tuple(
            {
                "id": name,
                "lever": pull.lever,
                "stage": pull.stage,
                "value": pull.value,
                "adherence": pull.adherence,
                "status": self.decided.standing("levers", name),
            }
            for name, pull in self.chosen.by_id.items()
        )

    @property
    def manual(self) -> str:
        """The operating manual as Markdown."""
        parts = {
            name: getattr(self, name) for name in ("cadence", "owners", "slas", "priorities", "inputs", "simplification")
        }
        return operating_manual(self.eng, parts, self.decided)

    def proposals(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return what there is to decide, section by section."""
        parts = {"levers": self.chosen, **{name: getattr(self, name) for name in RULES if name != "levers"}}
        return {name: parts[name].proposals() for name in RULES}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what `redesign.json` holds."""
        entries = self.proposals()
        names = names_for(self.eng, entries)
        return {
            **header(self.eng, "redesign"),
            "results": results_to_dict(self.results),
            "levers": plain(self.levers),
            "what_if": self.what_if.to_dict(),
            "owners": self.owners.to_dict(),
            "priorities": self.priorities.to_dict(),
            "tooling": self.tooling.to_dict(),
            "slas": self.slas.to_dict(),
            "cadence": self.cadence.to_dict(),
            "inputs": self.inputs.to_dict(),
            "simplification": self.simplification.to_dict() if self.simplification else None,
            "plan": self.plan.to_dict(),
            "targets": self.targets.to_dict(),
            "promises": promises(self),
            "manual": self.manual,
            "decisions": decisions_record(self.decided, entries, rules_for(self.eng), names),
            "friction": {
                "lost_plans": plain_rows(self.lost_plans),
                "cancel_reasons": plain_rows(self.cancel_reasons),
                "waits": plain_rows(self.waits),
                "ageing": plain_rows(self.diagnosis.baseline.ageing),
            },
        }


def redesign(eng: Engagement, diagnosis: Diagnosis) -> Redesign:
    """Propose what to change, and hold what the client decided.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`. What was decided is read from `decisions.yml` in its folder.
    diagnosis : Diagnosis
        From `gapkit.diagnose`.

    Returns
    -------
    Redesign
        The same for the same engagement, decisions and seed; nothing is written.

    Raises
    ------
    NotMeasurableError
        When neither a frozen plan nor stage history nor moved dates are there to read.
    InputError
        With everything that is wrong in `decisions.yml`.
    """
    base = diagnosis.baseline
    decided = read_decisions(eng.folder, RULES)
    lost = lost_plans(base.judged, base.category, base.quarters)
    few = lost["n"] < eng.config.settings.min_n_counts
    if not eng.records_delivery or few.all():  # without delivery dates, or from a handful, nobody can say what was lost
        lost = lost.iloc[:0]
    if lost.empty and base.stage_time.empty and not diagnosis.results["replanned_later_share"].is_ok:
        raise NotMeasurableError(
            "Nothing to redesign from: no program was committed in the baseline quarters and there is no stage history. "
            "Planned end dates, or the table stage_visits, would switch this phase on."
        )
    chosen = choose_levers(eng, decided)
    predicted = what_if(eng, diagnosis, chosen.pulls)
    priorities, cadence = align_priorities(eng, diagnosis, decided), plan_cadence(eng, diagnosis, decided)
    return Redesign(
        eng=eng,
        diagnosis=diagnosis,
        decided=decided,
        lost_plans=lost,
        cancel_reasons=cancel_reasons(base.judged, base.quarters),
        waits=waits(base.stage_time),
        chosen=chosen,
        what_if=predicted,
        owners=plan_owners(eng, diagnosis, decided),
        priorities=priorities,
        tooling=shortlist_tools(eng, diagnosis, decided),
        slas=propose_slas(eng, diagnosis, decided),
        cadence=cadence,
        inputs=map_inputs(eng, diagnosis, decided),
        simplification=simplify(eng, priorities, cadence),
        plan=plan_actions(eng, diagnosis, decided, parts={"what_if": predicted}),
        targets=set_targets(eng, diagnosis, decided, predicted),
    )
