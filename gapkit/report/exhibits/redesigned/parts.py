"""What the exhibits of the redesign read, and the words all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import pandas as pd

from gapkit.labels import MONTHS, label_count, label_number

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.redesign.cadence.cadence import Cadence
    from gapkit.redesign.inputs.inputs import Inputs
    from gapkit.redesign.owners.owners import Owners
    from gapkit.redesign.priorities.priorities import Priorities
    from gapkit.redesign.simplify import Simplification
    from gapkit.redesign.slas.slas import Slas
    from gapkit.redesign.tooling.tooling import Tooling
    from gapkit.redesign.what_if import WhatIf

NOTHING: Final = "–"


class Parts(Protocol):
    """A redesign as the exhibits read it; each reads `eng` and its own part."""

    @property
    def eng(self) -> Engagement:
        """What it was computed from."""

    @property
    def owners(self) -> Owners:
        """Who answers for each open program."""

    @property
    def priorities(self) -> Priorities:
        """Order of priorities, effort, what to stop."""

    @property
    def tooling(self) -> Tooling:
        """The shortlist against manual work."""

    @property
    def slas(self) -> Slas:
        """The times to agree."""

    @property
    def cadence(self) -> Cadence:
        """The calendar."""

    @property
    def inputs(self) -> Inputs:
        """The tree of measures."""

    @property
    def what_if(self) -> WhatIf:
        """What levers would change."""

    @property
    def simplification(self) -> Simplification | None:
        """The cut of a small organisation; None for others."""


def text_of(value: Any) -> str:
    """Return a text cell; a dash for what is missing or empty.

    Examples
    --------
    >>> text_of("Brand"), text_of(None), text_of(float("nan")), text_of("")
    ('Brand', '–', '–', '–')
    """
    return value if isinstance(value, str) and value else NOTHING


def day_of(value: Any) -> str:
    """Return a day as short as a column of dates needs it; a dash for none.

    Examples
    --------
    >>> day_of(pd.Timestamp(2026, 7, 3)), day_of(pd.NaT)
    ('3 Jul 2026', '–')
    """
    if pd.isna(value):
        return NOTHING
    day = pd.Timestamp(value)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def rest_in_workbook(shown: int, total: int, what: str, sheet: str) -> str:
    """Return where the rows are that a table leaves out; empty where it shows all.

    Examples
    --------
    >>> rest_in_workbook(40, 130, "program", "Owners"), rest_in_workbook(3, 3, "program", "Owners")
    ('The first 40 of 130 programs; all of them: workbook, sheet Owners.', '')
    """
    if shown >= total:
        return ""
    return f"The first {label_number(shown)} of {label_count(total, what)}; all of them: workbook, sheet {sheet}."


def joined(*texts: str) -> str:
    """Return the sentences that are not empty, with blanks between them."""
    return " ".join(text for text in texts if text)
