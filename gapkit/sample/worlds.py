"""The worlds an organisation can live in: the usual one, and the traps in which a careless reading goes wrong.

A world changes what is around the work (survey mood, case mix, how long or how kindly work is recorded), not how well it is
done; `is_sound` and `has_criteria` place an organisation on the two axes of the strategy-or-execution question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class World:
    """One world.

    Attributes
    ----------
    name : str
        The word by which it is asked for.
    note : str
        What is special about it, in one sentence.
    takes_killers : bool
        Whether killers may be planted in it.
    halo : float or None
        General discontent added to every survey answer, in points; None draws it from −1 to 1.
    has_criteria : bool
        Whether the organisation agrees on what it decides by.
    is_sound : bool
        Whether work goes clearly better than the usual target asks for.
    mix_tilt : float
        How far the after quarter leans towards easier types; 0 leaves the mix alone.
    follow_up_days : int
        Days by which the last reading is later than usual.
    rolls_forward : bool
        Whether work unfinished at the end of the after quarter is moved, plan columns included, to the next one.
    starts_after_worst : bool
        Whether the engagement began because the last quarter had been the worst so far.
    """

    name: str
    note: str
    takes_killers: bool = True
    halo: float | None = None
    has_criteria: bool = True
    is_sound: bool = False
    mix_tilt: float = 0.0
    follow_up_days: int = 0
    rolls_forward: bool = False
    starts_after_worst: bool = False


_ALL: Final = (
    World("default", "Killers as planted, nothing else special."),
    World("no_killer", "No killer is planted.", takes_killers=False),
    World("discontent", "No killer is planted, and every survey answer is one point worse.", takes_killers=False, halo=1.0),
    World(
        "regression_to_mean",
        "Nothing changes; the engagement began because the last complete quarter had been the worst so far.",
        starts_after_worst=True,
    ),
    World(
        "case_mix_shift", "Nothing changes within a type; the after quarter holds more of the easier types.", mix_tilt=2.5
    ),
    World(
        "longer_follow_up",
        "Nothing changes; the after quarter is read half a year later than usual, so more of it is finished by then.",
        follow_up_days=180,
    ),
    World(
        "finished_only",
        "Nothing changes; the tracker moves what was unfinished at the end of the after quarter to the next one and "
        "overwrites the promised dates, so the columns hold finished work only. The history keeps the promise.",
        rolls_forward=True,
    ),
    World(
        "strategy_limited",
        "Work is sound; nobody agrees on what to decide by.",
        takes_killers=False,
        has_criteria=False,
        is_sound=True,
    ),
    World("both", "Work is not sound, and nobody agrees on what to decide by.", has_criteria=False),
    World("neither", "Work is sound, and there are agreed criteria.", takes_killers=False, is_sound=True),
)
WORLDS: Final = {world.name: world for world in _ALL}
