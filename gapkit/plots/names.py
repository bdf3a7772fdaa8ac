"""Names of the client's beside a chart: broken into short lines, so that long ones neither collide nor squeeze it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_MM = 3.7  # height of a line of text at the size of the theme


def wrap_name(name: str, width: int, most_lines: int = 3) -> str:
    r"""Return a name in lines of at most `width` characters; what does not fit ends in "…".

    Examples
    --------
    >>> wrap_name("legal review → brand approval", 20)
    'legal review → brand\napproval'
    >>> wrap_name("a very long name of a stage nobody can remember", 12, 2)
    'a very long\nname of a…'
    """
    lines = textwrap.wrap(name, width) or [""]
    if len(lines) > most_lines:
        kept = [*lines[: most_lines - 1], textwrap.shorten(" ".join(lines[most_lines - 1 :]), width, placeholder="…")]
        # A single word wider than the line leaves nothing but the mark: then its beginning is better than nothing.
        kept[-1] = kept[-1] if kept[-1] != "…" else f"{lines[most_lines - 1][: width - 1]}…"
        lines = kept
    return "\n".join(lines)


def row_mm(names: Iterable[str], least: float) -> float:
    """Return how high the rows of a chart must be for the tallest of these names.

    Parameters
    ----------
    names : iterable of str
        Wrapped names, one a row.
    least : float
        Height of a row with a name of one line, in millimetres.
    """
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return max(least, LINE_MM * lines + 1.5)
