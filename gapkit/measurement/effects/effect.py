"""One measure, before and after: the shape in which every effect leaves this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gapkit.measurement.verdict import Better, Judgement
    from gapkit.results import Result


@dataclass(frozen=True, slots=True)
class Effect:
    """One measure, before and after.

    Attributes
    ----------
    measure : str
        Result name of the measure; with a place after a colon where it is measured place by place (``wait_days:legal``).
    before, after : Result
        The baseline and the measure window, by the same definition.
    difference : Result
        After less before: of shares as a share, unit ``pp``; of times in days; of velocity after / before − 1, unit
        ``ratio``; of scores in points. Status not ``ok`` when either side is not.
    better : {1, -1}
        Which way is good: 1 where more is better, −1 where less is.
    worthwhile : float or None
        The smallest change worth having, positive, in the unit of the difference; None where none was agreed.
    p_value, adjusted_p : float or None
        Two-sided p, and Holm-adjusted over the measures that are not primary. A detail of a measure has no adjusted one.
    is_primary : bool
        Whether this is the measure agreed at day 30.
    judgement : Judgement
        Verdict and qualification.
    sentence : str
        The finding in words.
    needed : str
        Where data does not tell: what is needed, and how long that takes; empty otherwise.
    """

    measure: str
    before: Result
    after: Result
    difference: Result
    better: Better
    worthwhile: float | None
    p_value: float | None
    adjusted_p: float | None
    is_primary: bool
    judgement: Judgement
    sentence: str
    needed: str = ""

    @property
    def place(self) -> str:
        """The place a detail speaks of (a stage, or a hand-off from team to team); empty for a measure as a whole."""
        return self.measure.partition(":")[2]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {
            "measure": self.measure,
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "difference": self.difference.to_dict(),
            "better": self.better,
            "worthwhile": self.worthwhile,
            "p_value": self.p_value,
            "adjusted_p": self.adjusted_p,
            "is_primary": self.is_primary,
            "verdict": self.judgement.verdict,
            "qualification": self.judgement.qualification,
            "sentence": self.sentence,
            "needed": self.needed,
        }
