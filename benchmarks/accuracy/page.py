"""The figures as docs/validation.md holds them, between two marks; the words around them are kept by hand."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from accuracy.figures import Figure, table

BEGIN: Final = "<!-- written by benchmarks/validation.py: begin -->"
END: Final = "<!-- written by benchmarks/validation.py: end -->"
TITLES: Final = {
    "killers": "Killers",
    "rates": "Rates and time-to-market",
    "attribution": "Shares of lost execution",
    "triage": "Strategy or execution",
    "claims": "Claims on random outcomes",
}
LIBRARIES: Final = ("gapkit", "numpy", "pandas", "scipy", "statsmodels")


def block(figures: Sequence[Figure], command: str, seed: int) -> str:
    """Return what is written between the marks: how it was made, what was met, and one table per part."""
    held = [figure for figure in figures if figure.is_met is not None]
    missed = [figure for figure in held if not figure.is_met]
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    lines = [
        f"Made on {dt.date.today().isoformat()} with `{command}`, seed {seed}; {libraries}, "
        f"Python {platform.python_version()}. {len(held) - len(missed)} of {len(held)} bars are met.",
    ]
    if missed:
        lines += ["", "Not met:", ""]
        lines += [f"- {figure.what}; {figure.cell}" for figure in missed]
    for part, title in TITLES.items():
        if rows := [figure for figure in figures if figure.part == part]:
            lines += ["", f"### {title}", "", *table(rows)]
    return "\n".join(lines) + "\n"


def with_block(page: str, written: str, marks: tuple[str, str] = (BEGIN, END)) -> str:
    """Return a page with what stands between its marks replaced; a page without marks is replaced whole."""
    begin, end = marks
    before, mark, rest = page.partition(begin)
    if not mark or end not in rest:
        return written
    return f"{before}{begin}\n\n{written}\n{end}{rest.partition(end)[2]}"
