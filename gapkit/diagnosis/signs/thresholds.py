"""From where on a sign of a cause or a pitfall counts, and what puts a lever in place.

Working defaults of the method (docs/method.md, sections 5, 6.2 and 6.3), never facts about a client. Killers and fractures
are scored between two anchors instead (`gapkit.diagnosis.indicators.anchors`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

Side = Literal["at least", "more than", "under"]


class Threshold(NamedTuple):
    """From where on a value counts as a sign.

    Attributes
    ----------
    side : {"at least", "more than", "under"}
        On which side of the limit.
    limit : float
        In the unit of the value.
    clear_of : float or None
        What the interval must leave out for the sign to be clear: no difference, no effect. None: the whole interval must
        lie on the far side of the limit itself.
    """

    side: Side
    limit: float
    clear_of: float | None = None

    def is_beyond(self, value: float) -> bool:
        """Return whether a value lies beyond the limit.

        Examples
        --------
        >>> Threshold("under", 0.4).is_beyond(0.4), Threshold("at least", 0.3).is_beyond(0.3)
        (False, True)
        """
        if self.side == "under":
            return value < self.limit
        return value >= self.limit if self.side == "at least" else value > self.limit

    def is_clear(self, value: float, low: float, high: float) -> bool:
        """Return whether a value lies beyond the limit by more than chance.

        Examples
        --------
        >>> Threshold("at least", 0.3).is_clear(0.41, 0.33, 0.50), Threshold("at least", 0.3).is_clear(0.35, 0.27, 0.44)
        (True, False)
        >>> Threshold("at least", 1.5, clear_of=1).is_clear(1.9, 1.1, 3.2)
        True
        """
        nearest = high if self.side == "under" else low
        if self.clear_of is None:
            return self.is_beyond(nearest)
        is_apart = nearest < self.clear_of if self.side == "under" else nearest > self.clear_of
        return self.is_beyond(value) and is_apart


# A middling answer scores 50: from there on, more people see a problem than not.
BAD_SCORE: Final = Threshold("at least", 50)
# Cliff's delta from which on a difference between leadership and the others is of medium size (Romano et al. 2006).
MEDIUM_GAP: Final = Threshold("at least", 0.33, clear_of=0)

THRESHOLDS: Final[Mapping[str, Threshold]] = MappingProxyType({
    "Capability 1": BAD_SCORE,
    "Capability 2": Threshold("at least", 0.10),
    "Capability 3": Threshold("at least", 0.25),
    "Capability 4": Threshold("under", 0.80),
    "Direction 1": BAD_SCORE,
    "Direction 2": Threshold("at least", 0.40),
    "Direction 3": Threshold("more than", 10),
    "Direction 4": Threshold("at least", 0.20),
    "Direction 5": MEDIUM_GAP,
    "Discipline 1": BAD_SCORE,
    "Discipline 2": Threshold("under", 0.60),
    "Discipline 3": Threshold("under", 0.80),
    "Discipline 4": Threshold("at least", 0.20),
    "Ivory 1": Threshold("under", 0.40),
    "Ivory 2": MEDIUM_GAP,
    "Ivory 3": Threshold("at least", 0.30),
    "Ivory 4": BAD_SCORE,
    "Tool 1": Threshold("at least", 0.50),
    "Tool 2": Threshold("at least", 1.0),
    "Tool 3": Threshold("at least", 0.60),
    "Tool 4": Threshold("under", 0.50),
    "Tool 5": BAD_SCORE,
    "Quarter 1": Threshold("at least", 0.30),
    "Quarter 2": Threshold("at least", 1.5, clear_of=1),
    "Quarter 3": Threshold("at least", 0.60),
    "Quarter 4": Threshold("under", 0.60),
    "Quarter 5": Threshold("at least", 1.2),
    "Quarter 6": BAD_SCORE,
})  # fmt: skip

# Share of the signs that could be assessed and are clear, from which on a pitfall is present, and partly present.
PRESENT_SHARE: Final = 2 / 3
PARTLY_SHARE: Final = 1 / 3
# Score (0 to 100) from which on a lever is in place, and below which it is missing.
IN_PLACE: Final = 80.0
MISSING: Final = 50.0
