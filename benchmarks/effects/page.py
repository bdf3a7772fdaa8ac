"""The figures as docs/validation-measure.md holds them, between two marks; the words around them are kept by hand."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from accuracy.figures import Figure, table
from accuracy.page import LIBRARIES

from effects.scoring import by_line

MARKS: Final = (
    "<!-- written by benchmarks/validation_measure.py: begin -->",
    "<!-- written by benchmarks/validation_measure.py: end -->",
)
TITLES: Final = {
    "verdicts": "Verdicts where nothing changed",
    "data": "Too little data",
    "power": "Improvements found",
    "intervals": "95 % intervals",
    "others": "The other measures where nothing changed",
    "chart": "The standing chart",
}


def block(figures: Sequence[Figure], command: str, seed: int) -> str:
    """Return what is written between the marks: how it was made, what was met, and one table per part."""
    held = [figure for figure in figures if figure.is_met is not None]
    missed = [figure for figure in held if not figure.is_met]
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    lines = [
        f"Made with `{command}`, seed {seed}; {libraries}, Python {platform.python_version()}. "
        f"{len(held) - len(missed)} of {len(held)} bars are met.",
    ]
    if missed:
        lines += ["", "Not met:", "", *(f"- {figure.what}; {figure.cell}" for figure in missed)]
    for part, title in TITLES.items():
        if rows := [figure for figure in by_line(figures) if figure.part == part]:
            lines += ["", f"### {title}", "", *table(rows)]
    return "\n".join(lines) + "\n"
