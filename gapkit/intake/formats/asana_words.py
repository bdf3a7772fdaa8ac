"""Asana has no status: what a person sees instead, and what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from gapkit.intake.reading.header import name_key
from gapkit.labels import label_list

DONE: Final = "Completed"
OPEN: Final = "Open"
MEANINGS: Final = {DONE: {"status": "delivered"}}
SHOWN: Final = 6


def status_word(section: str, is_done: bool) -> str:
    """Return ``Completed`` for a task that is done, else its section.

    A section that is itself called Completed does not make its open tasks done.

    Parameters
    ----------
    section : str
        Empty where the task stands in none.
    is_done : bool
        Whether the task was marked complete.

    Examples
    --------
    >>> status_word("Review", True), status_word("Review", False), status_word("", False), status_word("completed", False)
    ('Completed', 'Review', 'Open', 'completed (section)')
    """
    if is_done:
        return DONE
    return f"{section} (section)" if name_key(section) == name_key(DONE) else section or OPEN


def sections_of_done(sections: Iterable[str], column: str) -> tuple[str, ...]:
    """Return a note on the sections in which completed tasks stand, because one of them may mean that they were given up.

    Parameters
    ----------
    sections : iterable of str
        The section of each completed task; empty where it stands in none.
    column : str
        The column of sections.

    Examples
    --------
    >>> sections_of_done(["Live", "Live", "Stopped", ""], "Section/Column")[0][:74]
    'Completed tasks count as delivered; they stand in Live (2) and Stopped (1)'
    """
    counts = Counter(filter(None, sections)).most_common()
    if not counts:
        return ()
    rest = sum(count for _, count in counts[SHOWN:])
    shown = [f"{section} ({count})" for section, count in counts[:SHOWN]] + [f"others ({rest})"] * bool(rest)
    return (
        f"{DONE} tasks count as delivered; they stand in {label_list(shown)}. If a section means given up, say status: "
        f'"{column}" under fields: of this source, and under statuses: what each section means.',
    )
