"""A figure of the validation, with the error of a finite number of organisations and the bar it is held against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

# Standard errors on either side: what §13 of the method adds to each bar, and the interval shown beside a figure.
WIDTH: Final = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach.

    Attributes
    ----------
    value : float
        The bar itself.
    side : str
        ``at least``, ``at most``, or ``within`` (of zero, either way).
    """

    value: float
    side: str

    def is_met(self, figure: float, error: float) -> bool:
        """Return whether a figure reaches the bar, allowing for Monte-Carlo error."""
        if self.side == "at least":
            return figure >= self.value - error
        return (figure if self.side == "at most" else abs(figure)) <= self.value + error


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    part : str
        What was measured, a word of `cells.PARTS`.
    what : str
        What the figure says.
    cell : str
        Of which organisations.
    organisations, n : int
        How many there were, and how many judgements on them.
    value, low, high : float
        The figure, and its interval of two standard errors of Monte-Carlo.
    bar : Bar or None
        What it must reach; None for a figure that is only told.
    error : float
        What Monte-Carlo error adds to the bar.
    """

    part: str
    what: str
    cell: str
    organisations: int
    n: int
    value: float
    low: float
    high: float
    bar: Bar | None = None
    error: float = 0.0

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is met; None without a bar."""
        return self.bar.is_met(self.value, self.error) if self.bar else None


def share(part: str, what: str, cell: str, judged: Sequence[Sequence[bool]], bar: Bar | None = None) -> list[Figure]:
    """Return the share of judgements that hold, or nothing where nothing was judged.

    Parameters
    ----------
    part, what, cell : str
        Words of the line.
    judged : sequence of sequence of bool
        The judgements on each organisation.
    bar : Bar, optional
        What the share must reach.

    Notes
    -----
    The interval is Wilson's with the standard error inflated where judgements on one organisation are alike. The bar moves
    by 2·√(b(1 − b)/n) for a bar b and n judgements.
    """
    groups = [np.asarray(group, dtype=float) for group in judged if len(group)]
    n = sum(map(len, groups))
    if not n:
        return []
    value = float(sum(group.sum() for group in groups) / n)
    spread = sum(float((group - value).sum()) ** 2 for group in groups) / n
    effect = max(1.0, spread / (value * (1 - value))) if 0 < value < 1 else 1.0
    low, high = _wilson(value, n / effect)
    error = WIDTH * math.sqrt(bar.value * (1 - bar.value) / n) if bar else 0.0
    return [Figure(part, what, cell, len(groups), n, value, low, high, bar, error)]


def _wilson(value: float, n: float) -> tuple[float, float]:
    square = WIDTH**2
    centre = (value + square / (2 * n)) / (1 + square / n)
    half = WIDTH / (1 + square / n) * math.sqrt(value * (1 - value) / n + square / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def mean(part: str, what: str, cell: str, values: Sequence[float], bar: Bar | None = None) -> list[Figure]:
    """Return the mean of one value per organisation, or nothing with fewer than two."""
    if len(values) < 2:
        return []
    middle, error = float(np.mean(values)), WIDTH * float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return [Figure(part, what, cell, len(values), len(values), middle, middle - error, middle + error, bar, error)]


def table(figures: Sequence[Figure]) -> list[str]:
    """Return figures as the lines of a Markdown table."""
    lines = ["| What | Cell | N | Figure | Monte-Carlo interval | Bar | Met |", "|---|---|---|---|---|---|---|"]
    for figure in figures:
        n = str(figure.n) if figure.n == figure.organisations else f"{figure.n} in {figure.organisations}"
        bar = _bar(figure.bar, figure.error) if figure.bar else "—"
        met = {True: "yes", False: "**no**", None: "—"}[figure.is_met]
        lines.append(
            f"| {figure.what} | {figure.cell} | {n} | {_number(figure.value)} | "
            f"{_number(figure.low)} to {_number(figure.high)} | {bar} | {met} |"
        )
    return lines


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _bar(bar: Bar, error: float) -> str:
    sign = {"at least": "≥", "at most": "≤", "within": "±"}[bar.side]
    error = -error if bar.side == "at least" else error
    return f"{sign} {bar.value:.2f} ({_number(bar.value + error)})"
