"""Adoption: the parts of the new way of working, measured the same way before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gapkit.measurement.adoption import wording as words
from gapkit.measurement.adoption.meetings import held_meetings, reviewed_programs
from gapkit.measurement.adoption.owned import single_owners
from gapkit.measurement.adoption.part import Part
from gapkit.measurement.adoption.places import times_kept
from gapkit.measurement.adoption.reported import inputs_reported
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.sections import RULES
from gapkit.redesign.targets.promises_file import NewModel, Promises, decided_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.effects import Effect


@dataclass(frozen=True, slots=True)
class Adoption:
    """Whether the new way of working ran.

    Attributes
    ----------
    parts : tuple of Part
        Meetings held, programs reviewed, owners single, times kept, inputs reported; in this order, measured or not.
    sentence : str
        How many of them ran, and what that means for the effects.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    parts: tuple[Part, ...]
    sentence: str
    caveats: tuple[str, ...]

    @property
    def measured(self) -> tuple[Part, ...]:
        """The parts there is a word for."""
        return tuple(part for part in self.parts if part.is_measured)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `adoption` of `measure.json` holds it."""
        return {
            "sentence": self.sentence,
            "parts": [part.to_dict() for part in self.parts],
            "caveats": list(self.caveats),
        }


def measure_adoption(comparison: Comparison, effects: Sequence[Effect], record: Promises | None) -> Adoption:
    """Measure how far the new way of working ran, before and after.

    Parameters
    ----------
    comparison : Comparison
        Both sides, from `comparison.compare_windows`.
    effects : sequence of Effect
        From `effects.estimate_effects`; the one on single owners is read.
    record : Promises or None
        What was put on record with the redesign; without it the new way of working is read from decisions.yml.

    Returns
    -------
    Adoption

    Raises
    ------
    InputError
        With everything that is wrong in decisions.yml, when it is needed.

    Notes
    -----
    A part is in place where the lower limit of its 90 % interval reaches its mark: the share agreed, else the 80 % of the
    levers; missing where the upper limit is below 50 %; partly in place between. Declined entries are no part of it.
    """
    model = record.model if record is not None else decided_model(read_decisions(comparison.after.eng.folder, RULES))
    parts = (
        held_meetings(comparison, model.series),
        reviewed_programs(comparison),
        single_owners(comparison, effects),
        times_kept(comparison, model.slas),
        inputs_reported(comparison, model.inputs),
    )
    said = tuple(replace(part, sentence=words.part_sentence(part)) for part in parts)
    told = words.caveats(said, has_record=record is not None, standings=_standings(model))
    return Adoption(said, words.sentence(said), told)


def _standings(model: NewModel) -> set[str]:
    parts = ((one.standing for one in each) for each in (model.slas, model.series, model.inputs))
    return {standing for each in parts for standing in each}
