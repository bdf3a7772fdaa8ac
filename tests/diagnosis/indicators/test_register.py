from __future__ import annotations

from pathlib import Path

import gapkit.diagnosis.indicators as register
from gapkit.diagnosis.indicators.anchors import anchor_of
from gapkit.diagnosis.indicators.measured import About
from gapkit.instrument import ITEMS
from gapkit.schema import TABLES
from gapkit.vocabulary import FRACTURES, KILLERS

SHARED = {"__init__", "anchors", "at_start", "basis", "draws", "measured", "owners"}
FAMILY = (*register.KILLER_SOURCES, *register.FRACTURE_SOURCES)


def declared() -> list[About]:
    """Every indicator declared in a module of the folder."""
    modules = [getattr(register, source.id) for source in FAMILY]
    return [value for module in modules for value in vars(module).values() if isinstance(value, About)]


def test_every_module_is_in_the_register():
    """A killer or fracture is one module and one line in its tuple."""
    modules = {path.stem for path in Path(register.__file__).parent.glob("*.py")} - SHARED

    assert modules == {source.id for source in FAMILY}
    assert KILLERS == tuple(source.id for source in register.KILLER_SOURCES)
    assert FRACTURES == tuple(source.id for source in register.FRACTURE_SOURCES)


def test_every_construct_has_items():
    """Perception of each is asked for."""
    assert {source.construct for source in FAMILY} <= {item.block for item in ITEMS}


def test_every_indicator_has_anchors_and_real_tables():
    """An indicator without anchors could not be scored; one without tables could not be switched on."""
    for about in declared():
        anchor = anchor_of(about.id, "mid")

        assert anchor.healthy < anchor.severe, about.id
        assert set(about.source) <= set(TABLES), about.id


def test_ids_are_those_of_the_method():
    """Four indicators a killer, and those of the fractures besides O1 to O4."""
    killers = [f"{letter}{number}" for letter in "MBOTF" for number in range(1, 5)]
    fractures = ["Ownership 5", "Ownership 6", *(f"Cadence {k}" for k in range(1, 5))]
    fractures += [*(f"Incentives {k}" for k in range(1, 4)), *(f"Hand-off {k}" for k in range(1, 5))]

    assert [*killers, *fractures] == [about.id for about in declared()]
