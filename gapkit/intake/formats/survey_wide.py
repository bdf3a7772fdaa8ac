"""A survey export as its tool lays it out: one row per response, and what the tool says of the response itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from gapkit.intake.formats.questionnaire import Heading
from gapkit.intake.reading.cells import Mask, as_text
from gapkit.intake.reading.dates import Votes, count_votes, parse_moments
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import Source


class Wide(NamedTuple):
    """One export.

    Attributes
    ----------
    sheet : Sheet
        One row per response, further rows of headings taken off.
    headings : tuple of Heading
        One per column.
    response_id : int, optional
        Place of the column with the tool's own id of the response; None when it has none.
    seconds : pandas.Series, optional
        Time taken to answer, where the export says it.
    is_test : pandas.Series of bool, optional
        Previews, tests and spam.
    is_finished : pandas.Series of bool, optional
        Whether the respondent came to the end, where the export says it.
    has_codes : bool
        Whether answers may be written A1, A2 … in order of the points.
    """

    sheet: Sheet
    headings: tuple[Heading, ...]
    response_id: int | None = None
    seconds: pd.Series | None = None
    is_test: pd.Series | None = None
    is_finished: pd.Series | None = None
    has_codes: bool = False

    def column(self, place: int) -> pd.Series:
        """Return the cells of a column as text."""
        return as_text(self.sheet.cells.iloc[:, place])

    def tests(self) -> Mask:
        """Return which responses are previews, tests or spam; none where the export does not say."""
        if self.is_test is None:
            return np.zeros(len(self.sheet.cells), dtype=bool)
        return self.is_test.to_numpy(dtype=bool)

    def unfinished(self) -> Mask:
        """Return which responses were broken off; none where the export does not say."""
        if self.is_finished is None:
            return np.zeros(len(self.sheet.cells), dtype=bool)
        broken: Mask = ~self.is_finished.to_numpy(dtype=bool)
        return broken


def one_row(sheet: Sheet) -> tuple[Heading, ...]:
    """Return the headings of a sheet that has one row of them."""
    return tuple(Heading(name, (name,)) for name in sheet.columns)


def place_of(headings: Sequence[Heading], *names: str) -> int | None:
    """Return the place of the first of some columns that is there, without regard to case, blanks and punctuation.

    Examples
    --------
    >>> place_of([Heading("Start Date", ("Start Date",)), Heading("id", ("id",))], "ResponseId", "ID", "StartDate")
    1
    """
    keys = [{_tight(text) for text in heading.texts} for heading in headings]
    return next((place for name in names for place, key in enumerate(keys) if _tight(name) in key), None)


def _tight(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def time_taken(
    sheet: Sheet, headings: Sequence[Heading], source: Source, *,
    taken: Sequence[str] = (), start: Sequence[str] = (), end: Sequence[str] = (),
) -> pd.Series | None:  # fmt: skip
    """Return the seconds a response took: as a column says, else from start to end; None where neither is told.

    Parameters
    ----------
    sheet : Sheet
        One row per response.
    headings : sequence of Heading
        One per column.
    source : Source
        Its entry in engagement.yml.
    taken, start, end : sequence of str
        What the column of the seconds, and those of the two moments, may be called.
    """
    if (place := place_of(headings, *taken)) is not None:
        return as_seconds(sheet.cells.iloc[:, place])
    first, last = place_of(headings, *start), place_of(headings, *end)
    if first is None or last is None:
        return None
    return seconds_between(sheet.cells.iloc[:, first], sheet.cells.iloc[:, last], source)


def as_seconds(cells: pd.Series) -> pd.Series:
    """Return a column of seconds as numbers; what is none, or less than none, is missing.

    Examples
    --------
    >>> as_seconds(pd.Series(["301", "287,5", "-1", "soon"], dtype="str")).tolist()
    [301.0, 287.5, nan, nan]
    """
    texts = as_text(cells).str.replace(",", ".", regex=False)
    numbers: pd.Series = pd.to_numeric(texts, errors="coerce").astype("float64")
    return numbers.where(numbers >= 0)


def seconds_between(start: pd.Series, end: pd.Series, source: Source) -> pd.Series:
    """Return the seconds from one moment to another, missing where either is or where time runs backwards.

    Where nothing tells day from month the day is taken to come first, which matters over midnight only.

    Examples
    --------
    >>> from gapkit.config import Source
    >>> start, end = pd.Series(["6/1/26 9:00:00"], dtype="str"), pd.Series(["6/1/26 9:05:30"], dtype="str")
    >>> seconds_between(start, end, Source()).tolist()
    [330.0]
    """
    votes = Votes(*(sum(counts) for counts in zip(count_votes(start), count_votes(end), strict=True)))
    order = source.dates or votes.order() or "dmy"
    taken = parse_moments(end, "UTC", order).read - parse_moments(start, "UTC", order).read
    seconds: pd.Series = taken.dt.total_seconds()
    return seconds.where(seconds >= 0)
