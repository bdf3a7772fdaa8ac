"""On-time rate of all commitments due, parts of programs included: what a short window can show of long programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.baseline.execution import NO_DELIVERIES
from gapkit.baseline.frozen import worthwhile_change
from gapkit.baseline.parts import judge_parts
from gapkit.measurement.effects.delivery import commitments_due
from gapkit.measurement.effects.draft import Draft
from gapkit.measurement.effects.needed import rate_needed
from gapkit.measurement.effects.shares import compare_shares, share_of
from gapkit.results import not_assessable

if TYPE_CHECKING:
    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.results import Result

NAME: Final = "commitments_on_time_rate"
NOUN: Final = "commitment"
NONE_DUE: Final = "No commitment was due in this window."


def commitments(comparison: Comparison) -> list[Draft]:
    """Compare the on-time rate of programs and their parts that fell due; nothing where no part did on either side."""
    sides = comparison.before, comparison.after
    if not any(side.eng.programs["level"].eq("deliverable").any() for side in sides):
        return []
    frames = [parts_due(side) for side in sides]
    if all(frame["is_part"].sum() == 0 for frame in frames):
        return []
    before, after = (_rate(frame, side) for frame, side in zip(frames, sides, strict=True))
    units = [(frame["is_on_time"], frame["program"]) for frame in frames]
    difference, p_value = compare_shares(before, after, units[0], units[1], noun=NOUN)
    change = worthwhile_change(comparison.frozen.min_change, NAME)
    needed = rate_needed(before, after, change, sides[1].start, sides[1].end, noun=NOUN)
    return [Draft(NAME, before, after, difference, p_value, worthwhile=change, needed=needed)]


def parts_due(side: Side) -> pd.DataFrame:
    """Return programs and parts due in a window: is_on_time, program, is_part."""
    rows = pd.concat(
        [
            side.judged.assign(program=side.judged.index, is_part=False),
            judge_parts(side.eng, side.judged).assign(is_part=True),
        ]
    )
    due = commitments_due(rows, side.start, side.end, side.eng.as_of, side.eng.config.grace_days)
    return due[["is_on_time", "program", "is_part"]]


def _rate(due: pd.DataFrame, side: Side) -> Result:
    if not side.eng.records_delivery:
        return not_assessable(NAME, NO_DELIVERIES, period=side.period, n=len(due))
    return share_of(
        NAME, due["is_on_time"], due["program"], side.eng.config.settings, noun=NOUN, period=side.period, missing=NONE_DUE
    )
