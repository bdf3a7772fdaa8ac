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
# Below this part of the worthwhile change a promise is too small to divide by.
LEAST_PART: Final = 0.5
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
        interval that of the measurement. None where no gain was measured, or the promise is too small to divide by.
    lean : str
        How often intervals held, and on which side the rest lies; empty without any.
    rule : str
        The rule for the next promise; empty where there is none.
    because : str
        What the rule rests on, or why there is none.
    row : Row or None
        The promise the rule is of; None where there is no rule.
    """

    held: Result
    expected: float | None
    below: int
    delivered: Result | None
    lean: str
    rule: str
    because: str
    row: Row | None = None

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


def learn(
    judged: Sequence[Row], primary: str, settings: Settings, worthwhile: float, *, why_not: str = ""
) -> Learning:  # fmt: skip
    """Return what to learn from promises that were measured.

    Parameters
    ----------
    judged : sequence of Row
        Targets, and levers with a measure of their own.
    primary : str
        Measure the engagement is judged by.
    settings : Settings
        Supplies the least number for a share.
    worthwhile : float
        The change agreed as worthwhile, in the unit of that measure.
    why_not : str
        Why nothing is concluded yet; empty where something is.

    Notes
    -----
    A share of a promise is said only where a gain was measured, the interval of the promise leaves out none, and it is at
    least half of the worthwhile change. Anywhere else both figures stand.
    """
    known = [row for row in judged if row.held is not None]
    below = sum((row.gap.value or 0) < 0 if row.better > 0 else (row.gap.value or 0) > 0
                for row in known if row.gap is not None)  # fmt: skip
    held = _held(known, settings)
    levels = [row.predicted.level for row in known]
    expected, lean = sum(levels) / len(levels) if levels else None, words.held_sentence(held, below)
    row, why = _primary(judged, primary, why_not)
    if row is None:
        return Learning(held, expected, below, None, lean, "", f"There is no rule for the next promise yet: {why}.")
    too_small = _too_small(row, worthwhile)
    delivered = _delivered(row) if row.is_gain and not too_small else None
    rule, because = words.next_promise(row, delivered, too_small)
    return Learning(held, expected, below, delivered, lean, rule, because, row)


def _held(known: Sequence[Row], settings: Settings) -> Result:
    n, events = len(known), sum(bool(row.held) for row in known)
    if not n:
        return not_assessable(NAME, NONE_HELD)
    if n < settings.min_n_rate:
        said = f"{label_count(n, 'prediction')}; {settings.min_n_rate} are needed for a share."
        return Result(NAME, n=n, events=events, status="thin", grade="C", caveats=(said, words.ONE))
    return Result(NAME, *wilson(events, n), n=n, events=events, method="Wilson interval", grade="C", caveats=(words.ONE,))


def _primary(judged: Sequence[Row], primary: str, why_not: str) -> tuple[Row | None, str]:
    """Return the target of the primary measure, or why there is no rule."""
    row = next((one for one in judged if one.kind == "target" and one.measure == primary), None)
    if row is None:
        return None, "nothing was promised of the measure the engagement is judged by"
    if why_not or row.gap is None:
        return None, why_not or row.why
    return (row, "") if row.promises_gain else (None, "no gain was promised")


def _too_small(row: Row, worthwhile: float) -> str:
    """Return why a promise is too small to divide by; empty where it is not."""
    nearer = row.predicted.low if row.better > 0 else row.predicted.high
    if nearer is not None and nearer * row.better <= 0:
        return "by its own interval the promise may be no change at all"
    if abs(row.predicted.value or 0.0) < LEAST_PART * worthwhile:
        return "the promise is less than half of the worthwhile change"
    return ""


def _delivered(row: Row) -> Result:
    """Return measured over promised."""
    value, *limits = (
        (number or 0.0) / (row.predicted.value or 1.0)
        for number in (row.measured.value, row.measured.low, row.measured.high)
    )
    return Result(DELIVERED, value, min(limits), max(limits), n=row.measured.n, unit="ratio", period=row.measured.period,
                  method="measured change over the promise as it was said", caveats=(words.ONE,))  # fmt: skip
