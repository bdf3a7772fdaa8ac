"""One standing chart: its points, the limits in force over each stretch, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from gapkit.plain import plain

if TYPE_CHECKING:
    from gapkit.baseline.series import Firmness, Grain, Point
    from gapkit.stats.xmr import Limits, Run, Signal

Variation = Literal["improving", "worsening", "look here", "common cause", "too little data"]
Assurance = Literal["consistently met", "consistently missed", "hit or miss", "no target", "too little data"]


class Segment(NamedTuple):
    """A stretch of the chart under one set of limits.

    Attributes
    ----------
    first, stop : int
        Place of its first point, and of the one after its last.
    judged_from : int
        Place from which on points are judged; those before made the limits.
    limits : Limits or None
        None where there are too few points for any.
    firmness : {"firm", "provisional", "none"}
        How many points the limits rest on.
    run_length : int
        Points in a row on one side of the mean that make a shift here: seven, or one more than the longest run among the
        points that made the limits. Work that bunches within a quarter makes long runs by itself.
    because : str
        Why the limits begin here; empty for the frozen ones.
    """

    first: int
    stop: int
    judged_from: int
    limits: Limits | None
    firmness: Firmness
    run_length: int
    because: str = ""


class Decision(NamedTuple):
    """A decision on new limits, and whether this chart follows it.

    Attributes
    ----------
    from_on : date
        The day decided on.
    because : str
        The known cause.
    is_honoured : bool
        Whether the chart has new limits from there.
    why : str
        Why, or why not, one sentence.
    """

    from_on: dt.date
    because: str
    is_honoured: bool
    why: str


@dataclass(frozen=True, eq=False)
class Chart:
    """One standing chart.

    Attributes
    ----------
    name : {"commitments_on_time_rate", "throughput"}
        What is charted; more is better for both.
    grain : {"week", "fortnight", "month"}
        Length of a period, as frozen.
    points : tuple of Point
        The frozen points of the baseline, then all since.
    is_used : tuple of bool
        Which points hold enough to be judged; the others are shown and count for nothing.
    n_baseline : int
        How many of the points are frozen.
    segments : tuple of Segment
        Stretches with limits of their own, in order of time.
    signals : tuple of frozenset of str
        Per point, the signals it takes part in (see `xmr.find_signals`); empty for points that are not judged.
    runs : tuple of Run
        Runs long enough for a shift, by place among `points`; a run's places include points too thin to count.
    decisions : tuple of Decision
        Decisions on new limits that lie before the day of reading.
    variation : str
        ``improving``, ``worsening`` (a shift stands among the last points, and no newer signal points the other way),
        ``look here``, ``common cause`` or ``too little data``.
    assurance : str
        The target against the limits in force; ``no target`` where the chart's measure has none.
    target : float or None
        In the unit of the points.
    sentence : str
        What the chart says, in one sentence.
    notes : tuple of str
        What is to be known or decided besides.
    """

    name: str
    grain: Grain
    points: tuple[Point, ...]
    is_used: tuple[bool, ...]
    n_baseline: int
    segments: tuple[Segment, ...]
    signals: tuple[frozenset[Signal], ...] = field(repr=False)
    runs: tuple[Run, ...]
    decisions: tuple[Decision, ...]
    variation: Variation
    assurance: Assurance
    target: float | None
    sentence: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether points are shares, not counts."""
        return any(point.n is not None for point in self.points)

    @property
    def in_force(self) -> Segment:
        """The limits the newest points are judged by."""
        return self.segments[-1]

    @property
    def judged(self) -> tuple[int, ...]:
        """Places of the points judged by the limits in force."""
        return tuple(place for place in range(self.in_force.judged_from, len(self.points)) if self.is_used[place])

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the fields above by name, points with their value, whether they count and their signals."""
        points = [
            {**plain(point), "value": point.value, "is_used": used, "is_baseline": place < self.n_baseline,
             "signals": sorted(marks)}
            for place, (point, used, marks) in enumerate(zip(self.points, self.is_used, self.signals, strict=True))
        ]  # fmt: skip
        kept = ("name", "grain", "segments", "runs", "decisions", "variation", "assurance", "target", "sentence", "notes")
        return {**{name: plain(getattr(self, name)) for name in kept}, "points": points}
