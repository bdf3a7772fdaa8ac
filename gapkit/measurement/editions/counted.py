"""Which programs an edition counted and whether each met its promise, so that none can leave the export unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from gapkit.baseline.execution import committed
from gapkit.config.recorded import Fault
from gapkit.measurement.effects.delivery import OUTCOME, commitments_due, whole_quarters

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.config import EngagementConfig
    from gapkit.measurement.comparison import Comparison

Outcome = Literal["met", "missed", "unknown"]
DELIVERED: Final = "velocity_per_week"
# One letter a program keeps the record short; the dash stands for a program that a measure does not count.
LETTERS: Final[Mapping[str, Outcome]] = {"y": "met", "n": "missed", "u": "unknown"}
NOT_COUNTED: Final = "-"


@dataclass(frozen=True, slots=True)
class Counted:
    """The programs of one side.

    Attributes
    ----------
    names : mapping of str to str
        Name of each program counted by any measure, by program_id; empty where it has none.
    outcomes : mapping of str to mapping
        By measure, what became of each program it counts: met, missed or unknown, by program_id. Velocity counts
        deliveries, all of them met.
    """

    names: Mapping[str, str]
    outcomes: Mapping[str, Mapping[str, Outcome]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Counted:
        """Return the programs of a record; whatever is wrong with it raises an ordinary error."""
        names = {str(program): str(name) for program, name in data["programs"].items()}
        outcomes = {
            measure: {
                program: LETTERS[letter] for program, letter in zip(names, letters, strict=True) if letter != NOT_COUNTED
            }
            for measure, letters in data["outcomes"].items()
        }
        return cls(names, outcomes)

    @staticmethod
    def faults(data: Mapping[str, Any], entry: str) -> tuple[Fault, ...]:
        """Return what is wrong with the programs of a record at a place of the file."""
        n, known = len(data["programs"]), {*LETTERS, NOT_COUNTED}
        return tuple(
            Fault(f"{entry}.outcomes.{measure}", letters, f"{n} letters of y, n, u and -, one for each program")
            for measure, letters in data["outcomes"].items()
            if not isinstance(letters, str) or len(letters) != n or not {*letters} <= known
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: names by program, and by measure one letter for each of them in the same order."""
        letter = {outcome: sign for sign, outcome in LETTERS.items()}
        outcomes = {
            measure: "".join(letter[found[program]] if program in found else NOT_COUNTED for program in self.names)
            for measure, found in self.outcomes.items()
        }
        return {"programs": dict(self.names), "outcomes": outcomes}


def counted_after(judged: pd.DataFrame, config: EngagementConfig, as_of: dt.date, start: dt.date, end: dt.date) -> Counted:
    """Return the programs behind the figures after of a day, the same that `delivery.measure_after` counts.

    Parameters
    ----------
    judged : DataFrame
        From `outcomes.judge_programs` on that day.
    config : EngagementConfig
        Definitions in force.
    as_of, start, end : date
        The day, and the window up to it.
    """
    due = commitments_due(judged, start, end, as_of, config.grace_days)
    whole, _ = whole_quarters(judged, config, as_of, start, end)
    outcomes = {name: (whole if name == "execution_rate" else due)[column] for name, column in OUTCOME.items()}
    done = judged["is_delivered"] & judged["actual_end"].between(pd.Timestamp(start), pd.Timestamp(end))
    return _counted(judged, outcomes | {DELIVERED: judged.loc[done, "is_delivered"]})


def counted_in(comparison: Comparison) -> dict[str, Counted]:
    """Return the programs of both sides; those before are the frozen plan of the baseline quarters."""
    first, side = comparison.before.judged, comparison.after
    plan = committed(first, comparison.frozen.quarters)
    after = counted_after(side.judged, comparison.config, side.eng.as_of, side.start, side.end)
    return {"before": _counted(first, {name: plan[column] for name, column in OUTCOME.items()}), "after": after}


def _counted(judged: pd.DataFrame, outcomes: Mapping[str, pd.Series]) -> Counted:
    told = {measure: {str(program): _outcome(met) for program, met in found.items()} for measure, found in outcomes.items()}
    names = {str(program): "" if pd.isna(name) else str(name) for program, name in judged["name"].items()}
    return Counted({program: names[program] for program in sorted({one for found in told.values() for one in found})}, told)


def _outcome(met: Any) -> Outcome:
    return "unknown" if pd.isna(met) else "met" if met else "missed"
