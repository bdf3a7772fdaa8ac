"""Reading dates and moments, the way of writing decided once per column and never per cell.

Ways of writing that speak for themselves (2026-06-24, 24/Jun/26 5:39 PM, June 24, 2026, Unix seconds and milliseconds,
moments stored as such) are read as they are. Numbers with a separator (03/04/2026) are not: `dates:` in engagement.yml says
whether day or month comes first, else the cells of the column that allow one reading only, else the other columns of the
same source. While nothing decides, nothing is read.
"""

from __future__ import annotations

import datetime as dt
import numbers
import re
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from gapkit.calendar import is_naive, local_date, localize
from gapkit.intake.cells import Mask, distinct_cells, is_text, matches

Order = Literal["dmy", "mdy"]
Stamps = npt.NDArray[np.datetime64]

MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9,
    "sept": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip

# ISO 8601, fast enough for millions of distinct moments; everything else goes through the slower patterns below.
ISO: Final = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
OFFSET: Final = r" ?(?:Z|[+-]\d{2}(?::?\d{2})?)"

_TIME = r"(?:,?[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# Ways of writing that allow one reading only.
PLAIN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})" + _TIME,
        r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
        _DAY + "[ /.-]+" + _NAME + "[ /,.-]+" + _YEAR + _TIME,
        _NAME + "[ /-]+" + _DAY + "[ /,-]+" + _YEAR + _TIME,
    )
)
NUMERIC: Final = re.compile(r"(?P<first>\d{1,2})(?P<sep>[/.-])(?P<then>\d{1,2})(?P=sep)" + _YEAR + _TIME)
EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?")

# Excel counts days from here (its 1900 leap-year slip included); 1970 to 2100 in its count.
EXCEL_START: Final = dt.datetime(1899, 12, 30)
EXCEL_DAYS: Final = (25569, 73415)


class Votes(NamedTuple):
    """What the cells of a column say about the order of day and month.

    Attributes
    ----------
    dmy, mdy : int
        Cells that can only be read with the day first, or only with the month first.
    numeric : int
        Cells written with numbers and a separator at all.
    """

    dmy: int
    mdy: int
    numeric: int

    def order(self) -> Order | None:
        """Return the order most cells allow only; None when none does, or as many each way."""
        if self.dmy == self.mdy:
            return None
        return "dmy" if self.dmy > self.mdy else "mdy"


class Moments(NamedTuple):
    """A column read as moments.

    Attributes
    ----------
    read : pandas.Series
        ``datetime64[us, tz]``; missing where blank or unreadable.
    bad : numpy.ndarray of bool
        Cells that hold something and could not be read.
    undecided : numpy.ndarray of bool
        Of these, the ones that only lack the order of day and month.
    n_naive : int
        Cells with a time of day and no time zone, read as local time.
    """

    read: pd.Series
    bad: Mask
    undecided: Mask
    n_naive: int


def count_votes(cells: pd.Series) -> Votes:
    """Return what a column says about the order of day and month.

    Examples
    --------
    >>> count_votes(pd.Series(["03/04/2026", "25/04/2026"], dtype="str"))
    Votes(dmy=1, mdy=0, numeric=2)
    """
    if is_text(cells):  # most columns hold none at all, and this is fast
        cells = cells[matches(cells, r"\d{1,2}[/.-]\d.*")]
    elif cells.dtype != object:
        return Votes(0, 0, 0)
    codes, distinct = distinct_cells(cells)
    counts = np.bincount(codes[codes >= 0], minlength=len(distinct))
    dmy = mdy = numeric = 0
    for cell, count in zip(distinct, counts, strict=True):
        found = NUMERIC.fullmatch(cell) if isinstance(cell, str) else None
        if found:
            first, then = int(found["first"]), int(found["then"])
            numeric += int(count)
            dmy += int(count) * (12 < first <= 31 and then <= 12)
            mdy += int(count) * (12 < then <= 31 and first <= 12)
    return Votes(dmy, mdy, numeric)


def parse_moments(cells: pd.Series, tz: str, order: Order | None = None) -> Moments:
    """Read a column as moments.

    Parameters
    ----------
    cells : pandas.Series
        As the file holds them: text, numbers, stored moments, or a mixture.
    tz : str
        The organisation's time zone: moments without a zone are read in it, all others converted to it.
    order : {"dmy", "mdy"}, optional
        How dates of numbers with a separator are read.

    Examples
    --------
    >>> cells = pd.Series(["24/Jun/26 5:39 PM", "2026-06-24T22:39:00Z", "soon"], dtype="str")
    >>> found = parse_moments(cells, "America/New_York")
    >>> found.read.dt.strftime("%Y-%m-%d %H:%M").tolist(), found.bad.tolist()
    (['2026-06-24 17:39', '2026-06-24 18:39', nan], [False, False, True])
    """
    if pd.api.types.is_datetime64_any_dtype(cells):
        return _stored(cells, tz)
    codes, distinct = distinct_cells(cells)
    utc, wall, undecided = _read_distinct(distinct, order)
    values = pd.Series(utc).dt.tz_localize("UTC").dt.tz_convert(tz).fillna(localize(pd.Series(wall), tz))
    # A blank has code −1; the entry appended last answers for it.
    unreadable = np.append(values.isna().to_numpy(), False)
    naive = np.append(_has_time(pd.Series(wall)).to_numpy(), False)
    read = values.reindex(codes).set_axis(cells.index).rename(cells.name)
    return Moments(read, unreadable[codes], np.append(undecided, False)[codes], int(naive[codes].sum()))


def as_dates(moments: Moments, tz: str) -> pd.Series:
    """Return the local calendar day of each moment."""
    return local_date(moments.read, tz)


def _stored(cells: pd.Series, tz: str) -> Moments:
    """Take over moments a file stores as such."""
    none = np.zeros(len(cells), dtype=bool)
    if is_naive(cells):
        return Moments(localize(cells, tz), none, none, int(_has_time(cells).sum()))
    return Moments(cells.dt.as_unit("us").dt.tz_convert(tz), none, none, 0)


def _has_time(moments: pd.Series) -> pd.Series:
    return moments.ne(moments.dt.normalize()) & moments.notna()


def _read_distinct(cells: list[Any], order: Order | None) -> tuple[Stamps, Stamps, Mask]:
    """Return, per cell, the moment in UTC where the zone is known, else the wall-clock time; and where only order lacks."""
    utc, wall = (np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]") for _ in range(2))
    undecided = np.zeros(len(cells), dtype=bool)
    rest = np.ones(len(cells), dtype=bool)
    texts = pd.Series([cell if isinstance(cell, str) else None for cell in cells], dtype="str")
    for stamps, pattern, zone in ((wall, ISO, False), (utc, ISO + OFFSET, True)):
        hit = matches(texts, pattern)
        read = pd.to_datetime(texts[hit], format="ISO8601", errors="coerce", utc=zone)
        stamps[hit] = (read.dt.tz_localize(None) if zone else read).to_numpy("datetime64[us]")
        rest &= ~hit
    for place in np.flatnonzero(rest):
        wall[place], utc[place], undecided[place] = _read_cell(cells[place], order)
    return utc, wall, undecided


def _read_cell(cell: Any, order: Order | None) -> tuple[dt.datetime | None, dt.datetime | None, bool]:
    """Return wall-clock time, UTC time, and whether only the order of day and month is lacking."""
    if isinstance(cell, str):
        if found := NUMERIC.fullmatch(cell):
            day, month = ("first", "then") if order == "dmy" else ("then", "first")
            return (_wall(found, int(found[day]), int(found[month])), None, False) if order else (None, None, True)
        if EPOCH.fullmatch(cell):
            return None, _from_number(int(cell)), False
        found = next((hit for way in PLAIN if (hit := way.fullmatch(cell))), None)
        return _plain(found) if found else None, None, False
    if isinstance(cell, (dt.datetime, pd.Timestamp)):
        return cell.replace(tzinfo=None), None, False
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day), None, False
    if isinstance(cell, numbers.Real) and not isinstance(cell, (bool, np.bool_)):
        return _from_serial(float(cell)), _from_number(float(cell)), False
    return None, None, False


def _plain(found: re.Match[str]) -> dt.datetime | None:
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else MONTHS.get(parts["name"].lower())
    return _wall(found, int(parts["day"]), month) if month else None


def _wall(found: re.Match[str], day: int, month: int) -> dt.datetime | None:
    """Return the time written, or None when the calendar or the clock has no such time."""
    parts = found.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:  # the POSIX pivot: 69 is 1969, 68 is 2068
        year += 1900 if year >= 69 else 2000
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return dt.datetime(year, month, day, hour, int(parts.get("minute") or 0), int(parts.get("second") or 0))
    except ValueError:
        return None


def _from_number(number: float) -> dt.datetime | None:
    """Return the moment a count of seconds or milliseconds since 1970 stands for; other numbers are none."""
    for unit in (1, 1000):
        if 1e9 * unit <= number < 4.1e9 * unit:
            return dt.datetime(1970, 1, 1) + dt.timedelta(seconds=number / unit)
    return None


def _from_serial(number: float) -> dt.datetime | None:
    """Return the wall-clock time of an Excel day count; other numbers are none."""
    if not EXCEL_DAYS[0] <= number <= EXCEL_DAYS[1]:
        return None
    return EXCEL_START + dt.timedelta(seconds=round(number * 86400))
