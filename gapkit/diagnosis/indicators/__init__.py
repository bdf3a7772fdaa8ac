"""The indicators of the five killers and four fractures, one module each.

A module declares what its indicators are (`About`) and measures them on one engagement: `measure(basis)`. The two tuples
below are the whole register; a killer or fracture is one module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from gapkit.diagnosis.indicators import (
    cadence,
    feedback_loop_failure,
    handoffs,
    incentives,
    misalignment,
    ownership,
    poor_tooling,
    structural_bottlenecks,
    unclear_ownership,
)
from gapkit.diagnosis.indicators.basis import Basis
from gapkit.diagnosis.indicators.measured import About, Measured, Sample


class Source(NamedTuple):
    """Where the evidence on one killer or fracture comes from.

    Attributes
    ----------
    id : str
        Word of the vocabulary.
    construct : str
        The survey's items about it, a block of `gapkit.instrument`.
    measure : function
        Its indicators.
    """

    id: str
    construct: str
    measure: Callable[[Basis], tuple[Measured, ...]]


KILLER_SOURCES: Final = (
    Source("misalignment", "misalignment", misalignment.measure),
    Source("structural_bottlenecks", "structural_bottlenecks", structural_bottlenecks.measure),
    Source("unclear_ownership", "unclear_ownership", unclear_ownership.measure),
    Source("poor_tooling", "poor_tooling", poor_tooling.measure),
    Source("feedback_loop_failure", "feedback_loop_failure", feedback_loop_failure.measure),
)
FRACTURE_SOURCES: Final = (
    Source("ownership", "unclear_ownership", ownership.measure),
    Source("cadence", "cadence", cadence.measure),
    Source("incentives", "incentives", incentives.measure),
    Source("handoffs", "handoffs", handoffs.measure),
)

__all__ = ["FRACTURE_SOURCES", "KILLER_SOURCES", "About", "Basis", "Measured", "Sample", "Source"]
