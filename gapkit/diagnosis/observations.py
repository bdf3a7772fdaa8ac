"""What the consultant heard and saw, beside what the records show and what people answered.

A third kind of evidence. It is counted and quoted, never scored: who was asked, and what was noted, was chosen by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN
from gapkit.labels import label_count, label_list, sentence_case
from gapkit.plain import plain
from gapkit.schema.fieldwork import DIRECTIONS
from gapkit.survey.read import person_names
from gapkit.survey.verbatims import edit_names
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, PITFALLS, name_of

if TYPE_CHECKING:
    from gapkit.diagnosis.evidence import Finding
    from gapkit.engagement import Engagement

FINDINGS: Final = (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS)
STRENGTHS: Final = {1: "an opinion", 2: "a concrete case", 3: "a record, or told independently"}


class Count(NamedTuple):
    """Observations of one direction.

    Attributes
    ----------
    direction : str
        ``supports``, ``contradicts`` or ``unclear``.
    n : int
        All of them.
    opinions, cases, records : int
        Of strength 1, 2 and 3.
    """

    direction: str
    n: int
    opinions: int
    cases: int
    records: int


class Quote(NamedTuple):
    """What somebody agreed to be quoted with.

    Attributes
    ----------
    direction : str
        Which way it speaks.
    strength : int
        1 to 3.
    text : str
        Their words, names taken out.
    """

    direction: str
    strength: int
    text: str


@dataclass(frozen=True, slots=True)
class Observed:
    """What was heard and seen about one finding.

    Attributes
    ----------
    id : str
        The finding, a word of the vocabulary.
    n, n_sources : int
        Observations, and conversations, workshops and documents they come from.
    counts : tuple of Count
        By direction, in the order of `schema.fieldwork.DIRECTIONS`.
    quotes : tuple of Quote
        Those allowed, the strongest first within each direction.
    sentence : str
        The counts in words.
    """

    id: str
    n: int
    n_sources: int
    counts: tuple[Count, ...]
    quotes: tuple[Quote, ...]
    sentence: str

    @property
    def supports(self) -> int:
        """Observations that speak for the finding."""
        return self.counts[DIRECTIONS.index("supports")].n

    @property
    def contradicts(self) -> int:
        """Observations that speak against it."""
        return self.counts[DIRECTIONS.index("contradicts")].n

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return data


def read_observations(eng: Engagement) -> tuple[Observed, ...]:
    """Return what the consultant noted, finding by finding.

    Parameters
    ----------
    eng : Engagement
        Supplies the table observations, as far as it was noted by the day the data is read at.

    Returns
    -------
    tuple of Observed
        Findings of which something was noted, in the order of the vocabulary; empty without the table. The order of rows
        changes nothing.
    """
    rows, names = eng.observations, person_names(eng)
    return tuple(
        _observed(finding, about, names) for finding in FINDINGS if len(about := rows.loc[rows["finding"] == finding])
    )


def _observed(finding: str, rows: pd.DataFrame, names: Sequence[str]) -> Observed:
    counts = tuple(_count(direction, rows.loc[rows["direction"] == direction, "strength"]) for direction in DIRECTIONS)
    n_sources = int(rows["source"].nunique())
    quotable = rows.loc[rows["quote_allowed"].fillna(False).astype(bool) & rows["text"].notna()]
    cells = zip(*(quotable[column] for column in ("direction", "strength", "text")), strict=True)
    quotes = [Quote(str(side), int(strength), edit_names(str(text), names)) for side, strength, text in cells]
    quotes.sort(key=lambda quote: (DIRECTIONS.index(quote.direction), -quote.strength, quote.text))
    return Observed(finding, len(rows), n_sources, counts, tuple(quotes), _sentence(finding, counts, n_sources))


def _count(direction: str, strength: pd.Series) -> Count:
    return Count(direction, len(strength), *(int((strength == level).sum()) for level in STRENGTHS))


def _sentence(finding: str, counts: Sequence[Count], n_sources: int) -> str:
    verbs = dict(zip(DIRECTIONS, ("for", "against", "neither way"), strict=True))
    told = [f"{count.n} {verbs[count.direction]}{_strong(count)}" for count in counts if count.n]
    n = sum(count.n for count in counts)
    return (
        f"{sentence_case(name_of(finding))}: {label_count(n, 'observation')} from {label_count(n_sources, 'source')}, "
        f"{label_list(told)}."
    )


def _strong(count: Count) -> str:
    """Return how many of the observations are more than an opinion."""
    hard = count.cases + count.records
    return f" ({hard} more than an opinion)" if hard else ""


def apart_from(observed: Observed, finding: Finding) -> str:
    """Return that observations and figures point different ways, empty where they do not.

    Parameters
    ----------
    observed : Observed
        What was heard and seen.
    finding : Finding
        The same finding as figures show it.

    Notes
    -----
    They do when more observations speak for a finding than against it and figures do not show it, or the other way round.
    Nothing is scored by it: it says where to look again.
    """
    lean = observed.supports - observed.contradicts
    if finding.verdict == NOT_ASSESSABLE or not lean:
        return ""
    is_shown = not finding.verdict.startswith(NOT_SHOWN)
    if (lean > 0) == is_shown:
        return ""
    side = "for it" if lean > 0 else "against it"
    return (
        f"What was heard and seen speaks {side} ({observed.supports} for, {observed.contradicts} against), the figures do "
        "not: worth a second look."
    )
