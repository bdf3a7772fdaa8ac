"""One prediction beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from gapkit.measurement.promised.judging import Word
    from gapkit.measurement.verdict import Better
    from gapkit.results import Result

Kind = Literal["target", "together", "lever"]


@dataclass(frozen=True, slots=True)
class Row:
    """A target, or what a lever was predicted to change, beside what was measured.

    Attributes
    ----------
    kind : {"target", "together", "lever"}
        A target; what all levers together were predicted to change, where that is no target; one lever.
    id : str
        Measure of a target; id of a lever as in decisions.yml; ``together``.
    name : str
        In the reader's words.
    measure : str
        What was measured; with a place after a colon where it is the lever's own.
    measured_as : str
        Where that measure has no effect of its own, the closest one, which was measured; empty otherwise.
    standing : str
        ``agreed`` or ``proposed``.
    basis : str
        ``what_if`` (a prediction), ``worthwhile`` (the smallest change worth having), ``decided`` (by the client),
        ``agreed`` (a level that was agreed, not predicted).
    is_promise : bool
        Whether it could be promised: predicted by an engine whose check held, or agreed.
    is_own : bool
        Whether what was measured may be set beside it alone; a lever without a place or measure of its own cannot be told
        from the others.
    is_level : bool
        Whether both figures are levels (a share that keeps a time) instead of changes.
    better : {1, -1}
        Which way is good.
    predicted, measured : Result
        Both figures with their intervals and levels.
    word : str
        ``as promised``, ``less than promised``, ``more than promised``, ``kept as before`` (a level that was met before the
        redesign, and is met still) or ``cannot be told``.
    held : bool or None
        Whether the predicted interval held the measured value; None without both.
    gap : Result or None
        Measured less promised, 95 % interval; None without both.
    why : str
        Why it cannot be told; of less than promised, that it went the wrong way or was met before; empty otherwise.
    sentence : str
        The row in words.
    is_clear : bool or None
        Whether the verdict tells what was measured from no change; None where the interval alone says so, or nothing does.
    is_worse : bool
        Whether what was measured went the wrong way, told from no change.
    own_words : str
        What was measured of a lever's own measure where the name of the measure is too short for it; empty otherwise.
    """

    kind: Kind
    id: str
    name: str
    measure: str
    measured_as: str
    standing: str
    basis: str
    is_promise: bool
    is_own: bool
    is_level: bool
    better: Better
    predicted: Result
    measured: Result
    word: Word
    held: bool | None
    gap: Result | None
    why: str
    sentence: str = ""
    is_clear: bool | None = None
    is_worse: bool = False
    own_words: str = ""

    @property
    def promises_gain(self) -> bool:
        """Whether a gain was promised at all."""
        return (self.predicted.value or 0.0) * self.better > 0

    @property
    def is_gain(self) -> bool:
        """Whether what was measured is a gain told from none."""
        nearer = self.measured.low if self.better > 0 else self.measured.high
        return nearer is not None and nearer * self.better > 0 and self.is_clear is not False

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `promised` of `measure.json` holds it."""
        plainly = {name: getattr(self, name) for name in self.__dataclass_fields__}
        results = {
            "predicted": self.predicted.to_dict(),
            "measured": self.measured.to_dict(),
            "gap": self.gap.to_dict() if self.gap is not None else None,
        }
        return {**plainly, **results}
