"""Owners: whether exactly one named person answered for each program at its planned start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.measurement.adoption.part import MARK, NAME, Part, share, word_of
from gapkit.measurement.effects.ownership import NAME as SINGLE_OWNER
from gapkit.results import Result, not_assessable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Comparison, Side
    from gapkit.measurement.effects import Effect

SINGLE: Final = (
    "committed programs with exactly one named person at their planned start, of those to start in the window"
)  # fmt: skip
UNSAID: Final = "Who answered for programs at their planned start was not compared."


def single_owners(comparison: Comparison, effects: Sequence[Effect]) -> Part:
    """Return the share of programs with one named person at their planned start, as the effect on it counts them."""
    found = next((one for one in effects if one.measure == SINGLE_OWNER), None)
    before, after = (
        not_assessable(NAME, UNSAID, period=side.period) if found is None else _share(one, side)
        for one, side in (
            (found.before if found else None, comparison.before), (found.after if found else None, comparison.after),
        )
    )  # fmt: skip
    said = found.difference.caveats if found is not None and found.difference.is_ok else ()
    return Part("owners_single", "programs with exactly one named owner", SINGLE, ("programs", "status_events"), before,
                after, MARK, word_of(after, MARK), (), said)  # fmt: skip


def _share(found: Result | None, side: Side) -> Result:
    """Return the counts of an effect as a share of adoption."""
    if found is None or found.status == "not_assessable":
        return not_assessable(NAME, found.caveats[0] if found and found.caveats else UNSAID, period=side.period)
    settings = side.eng.config.settings
    return share(found.events or 0, found.n, "program", settings, period=side.period, missing=UNSAID)
