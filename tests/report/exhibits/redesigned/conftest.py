"""Parts of the redesign of organisations of every kind, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace

import pytest

from gapkit.diagnosis import Diagnosis
from gapkit.redesign.cadence.cadence import plan_cadence
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.inputs.inputs import map_inputs
from gapkit.redesign.owners.owners import plan_owners
from gapkit.redesign.priorities.priorities import align_priorities
from gapkit.redesign.simplify import simplify
from gapkit.redesign.slas.slas import propose_slas
from gapkit.redesign.tooling.tooling import shortlist_tools
from gapkit.redesign.what_if import propose_levers, what_if


@pytest.fixture(scope="session")
def parts(diagnosed: Callable[[str], Diagnosis]) -> Callable[[str], SimpleNamespace]:
    """Everything the exhibits read, for an organisation `diagnosed` knows; nothing is decided yet."""

    @cache
    def build(name: str) -> SimpleNamespace:
        d, decided = diagnosed(name), Decided()
        priorities, cadence = align_priorities(d.eng, d, decided), plan_cadence(d.eng, d, decided)
        pulls = propose_levers(d.eng) if name == "northwind" else propose_levers(d.eng)[:2]  # each is a simulation
        return SimpleNamespace(
            eng=d.eng,
            owners=plan_owners(d.eng, d, decided),
            priorities=priorities,
            tooling=shortlist_tools(d.eng, d, decided),
            slas=propose_slas(d.eng, d, decided),
            cadence=cadence,
            inputs=map_inputs(d.eng, d, decided),
            what_if=what_if(d.eng, d, pulls),
            simplification=simplify(d.eng, priorities, cadence),
        )

    return build
