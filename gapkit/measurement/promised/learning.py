"""What promises that have been measured say about the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_count
from gapkit.measurement.promised import wording as words
from gapkit.results import Result, not_assessable
from gapkit.stats.rates import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.config import Settings
    from gapkit.measurement.promised.row import Row

NAME: Final = "predicted_interval_held"
DELIVERED: Final = "delivered_share"
NONE_HELD: Final = "No prediction with an interval could be held against a measurement."


@dataclass(frozen=True, slots=True)
class Learning:
    """What is to be learnt for the next promise.

    Attributes
    ----------
    held : Result
        Share of predicted intervals that held the measured value.
    expected : float or None
        Share that should have, by the level of the predictions, were the measurement exact.
    below : int
        Predictions of which less was measured than predicted.
    delivered : Result or None
        Measured over promised, of the measure the engagement is judged by, unit ``ratio``; the promise as it was said, the
        interval that of the measurement. None where it cannot be formed.
    lean : str
        How often intervals held, and on which side the rest lies; empty without any.
    rule : str
        The rule for the next promise; empty where there is none.
    because : str
        What the rule rests on, or why there is none.
    """

    held: Result
    expected: float | None
    below: int
    delivered: Result | None
    lean: str
    rule: str
    because: str

    @property
    def sentence(self) -> str:
        """The rule for the next promise with what it rests on."""
        return f"{self.rule} {self.because}".strip()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "held": self.held.to_dict(),
            "expected": self.expected,
            "below": self.below,
            "delivered": self.delivered.to_dict() if self.delivered is not None else None,
            "lean": self.lean,
            "sentence": self.sentence,
        }


def learn(judged: Sequence[Row], primary: str, settings: Settings, *, why_not: str = "") -> Learning:
    """Return what to learn from promises that were measured.

    Parameters
    ----------
    judged : sequence of Row
        Targets, and levers with a measure of their own.
    primary : str
        Measure the engagement is judged by.
    settings : Settings
        Supplies the least number for a share.
    why_not : str
        Why nothing is concluded yet; empty where something is.
    """
    known = [row for row in judged if row.held is not None]
    below = sum((row.gap.value or 0) < 0 if row.better > 0 else (row.gap.value or 0) > 0
                for row in known if row.gap is not None)  # fmt: skip
    held = _held(known, settings)
    levels = [row.predicted.level for row in known]
    delivered, why = _delivered(judged, primary, why_not)
    return Learning(held, sum(levels) / len(levels) if levels else None, below, delivered,
                    words.held_sentence(held, below), *words.next_promise(delivered, why))  # fmt: skip


def _held(known: Sequence[Row], settings: Settings) -> Result:
    n, events = len(known), sum(bool(row.held) for row in known)
    if not n:
        return not_assessable(NAME, NONE_HELD)
    if n < settings.min_n_rate:
        said = f"{label_count(n, 'prediction')}; {settings.min_n_rate} are needed for a share."
        return Result(NAME, n=n, events=events, status="thin", grade="C", caveats=(said, words.ONE))
    return Result(NAME, *wilson(events, n), n=n, events=events, method="Wilson interval", grade="C", caveats=(words.ONE,))


def _delivered(judged: Sequence[Row], primary: str, why_not: str) -> tuple[Result | None, str]:
    """Return measured over promised of the primary target, or why it cannot be formed."""
    row = next((one for one in judged if one.kind == "target" and one.measure == primary), None)
    if row is None:
        return None, "nothing was promised of the measure the engagement is judged by"
    if why_not or row.gap is None or row.measured.value is None or not row.predicted.value:
        return None, why_not or row.why
    low, high = row.measured.low, row.measured.high
    shares = sorted(number / row.predicted.value for number in (low, high) if number is not None)
    if len(shares) < 2 or row.predicted.value * row.better <= 0:
        return None, "no gain was promised"
    if row.is_clear is False and shares[0] > 0:
        return None, words.NOTHING_TOLD  # the verdict took back what the interval alone would tell
    value = row.measured.value / row.predicted.value
    return Result(DELIVERED, value, shares[0], shares[1], n=row.measured.n, unit="ratio", period=row.measured.period,
                  method="measured change over the promise as it was said", caveats=(words.ONE,)), ""  # fmt: skip
