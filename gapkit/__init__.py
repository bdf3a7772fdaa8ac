"""The workbook for closing the marketing execution gap.

::

    import gapkit as gk
    eng = gk.load("northwind")
    d = gk.diagnose(eng)
    r = gk.redesign(eng, d)
    m = gk.measure(eng, d, r)

Names are fetched when first used: importing gapkit alone imports neither Jupyter nor papermill, typst or any plotting.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gapkit import baseline, labels, plots, report, schema, stats, vocabulary
    from gapkit.diagnosis.diagnose import diagnose
    from gapkit.engagement.load import Engagement, load
    from gapkit.measurement.measure import measure
    from gapkit.redesign.redesign import redesign

    __version__: str

__all__ = [
    "Engagement",
    "__version__",
    "baseline",
    "diagnose",
    "labels",
    "load",
    "measure",
    "plots",
    "redesign",
    "report",
    "schema",
    "stats",
    "vocabulary",
]

# Where each function or class of the front door lives; the other names of `__all__` are rooms.
_HOMES: Final = {
    "Engagement": "gapkit.engagement",
    "diagnose": "gapkit.diagnosis",
    "load": "gapkit.engagement",
    "measure": "gapkit.measurement",
    "redesign": "gapkit.redesign",
}


class _FrontDoor(ModuleType):
    """The package itself, where a function keeps its name though a room has the same, as `redesign` has."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute, unless it is the room that the import system wants to put in its function's place."""
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor


def __getattr__(name: str) -> Any:
    """Fetch a name of the front door when it is first asked for (PEP 562)."""
    if name == "__version__":
        value: Any = importlib.import_module("importlib.metadata").version("gapkit")
    elif name in _HOMES:
        value = getattr(importlib.import_module(_HOMES[name]), name)
    elif name in __all__:
        value = importlib.import_module(f"gapkit.{name}")
    else:
        raise AttributeError(f"module 'gapkit' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the front door for completion."""
    return sorted({*globals(), *__all__})
