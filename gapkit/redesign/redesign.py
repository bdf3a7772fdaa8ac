"""Assemble the redesign of an engagement from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapkit.errors import NotMeasurableError
from gapkit.plain import header, plain_rows, results_to_dict
from gapkit.redesign.friction import cancel_reasons, lost_plans, waits

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.results import Result


@dataclass(frozen=True)
class Redesign:
    """Where to start: the places in which plans and time are lost.

    Attributes
    ----------
    eng : Engagement
        What it was computed from.
    diagnosis : Diagnosis
        The findings it answers.
    lost_plans : DataFrame
        From `friction.lost_plans`.
    cancel_reasons : DataFrame
        From `friction.cancel_reasons`.
    waits : DataFrame
        From `friction.waits`; empty without stage history.
    """

    eng: Engagement
    diagnosis: Diagnosis
    lost_plans: pd.DataFrame
    cancel_reasons: pd.DataFrame
    waits: pd.DataFrame

    @property
    def results(self) -> dict[str, Result]:
        """The figures this phase works on."""
        base = self.diagnosis.results
        chosen = ("execution_rate", "on_time_rate", "flow_efficiency", "wip", "slip_median_days", "replanned_later_share")
        return {name: base[name] for name in chosen}

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what `redesign.json` holds."""
        return {
            **header(self.eng, "redesign"),
            "results": results_to_dict(self.results),
            "friction": {
                "lost_plans": plain_rows(self.lost_plans),
                "cancel_reasons": plain_rows(self.cancel_reasons),
                "waits": plain_rows(self.waits),
                "ageing": plain_rows(self.diagnosis.baseline.ageing),
            },
        }


def redesign(eng: Engagement, diagnosis: Diagnosis) -> Redesign:
    """Find where plans and time are lost.

    Parameters
    ----------
    eng : Engagement
        From `gapkit.load`.
    diagnosis : Diagnosis
        From `gapkit.diagnose`.

    Returns
    -------
    Redesign

    Raises
    ------
    NotMeasurableError
        When neither a frozen plan nor stage history nor moved dates are there to read.
    """
    base = diagnosis.baseline
    lost = lost_plans(base.judged, base.category, base.quarters)
    few = lost["n"] < eng.config.settings.min_n_counts
    if not eng.records_delivery or few.all():  # without delivery dates, or from a handful, nobody can say what was lost
        lost = lost.iloc[:0]
    if lost.empty and base.stage_time.empty and not diagnosis.results["replanned_later_share"].is_ok:
        raise NotMeasurableError(
            "Nothing to redesign from: no program was committed in the baseline quarters and there is no stage history. "
            "Planned end dates, or the table stage_visits, would switch this phase on."
        )
    return Redesign(eng, diagnosis, lost, cancel_reasons(base.judged, base.quarters), waits(base.stage_time))
