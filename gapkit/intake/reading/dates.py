"""Reading dates and moments, the way of writing decided once per column and never per cell.

Ways of writing that speak for themselves (2026-06-24, 24/Jun/26 5:39 PM, 24 de junio de 2026, June 24, 2026, Unix seconds
and milliseconds, moments stored as such) are read as they are, names of months in any language of `calendarwords`. Numbers
with a separator (03/04/2026) are not: `dates:` in engagement.yml says whether day or month comes first, else the cells of
the column that allow one reading only, else the other columns of the same source. While nothing decides, nothing is read.
"""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Callable
from functools import cache
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gapkit.calendar import is_naive, local_date, localize
from gapkit.intake.reading.calendarwords import fold, halves, months, weekdays
from gapkit.intake.reading.cells import Mask, distinct_cells, is_text, matches

Order = Literal["dmy", "mdy"]
Stamps = npt.NDArray[np.datetime64]
Counts = npt.NDArray[np.int64]

# ISO 8601 is read by pandas; the ways below are patterns for folded text, which Arrow matches a column at a time.
ISO: Final = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
OFFSET: Final = r" ?(?:Z|[+-]\d{2}(?::?\d{2})?)"

YEAR: Final = r"(?P<year>\d{4}|\d{2})"
NAME: Final = r"(?P<name>[a-z]+)"
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|o)?"
WEEKDAY: Final = r"(?:(?P<weekday>[a-zøł-]+)\.?,?\s+)?"
DAYS: Final = (
    r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})",
    r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    rf"{WEEKDAY}{DAY}(?:[ /.-]+| de ){NAME}(?:[ /,.-]+|\.? del? ){YEAR}",
    rf"{WEEKDAY}{NAME}[ /.-]+{DAY}[ /,-]+{YEAR}",
    rf"(?P<year>\d{{4}})[ /.-]+{NAME}[ /.-]+{DAY}",
    # The only one that allows two readings; the same mark must stand twice.
    rf"(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<then>\d{{1,2}})(?P<again>[/.-]){YEAR}",
)
CLOCK: Final = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
# Z, +02:00, GMT+0, (GMT+3), GMT+0000 (Coordinated Universal Time)
ZONE: Final = (
    r"(?:\s*\(?(?P<zone>(?:gmt|utc)?(?P<sign>[+-])(?P<ahead>\d{1,2}):?(?P<ahead_minute>\d{2})?|z|gmt|utc)\)?"
    r"(?:\s*\([^()]*\))?)?"
)
EPOCH: Final = r"(?P<epoch>\d{10}(?:\d{3})?)"

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
    hit, parts = _extract(_folded(_texts(distinct)), _ways()[-2])
    counts = np.bincount(codes[codes >= 0], minlength=len(distinct))[hit]
    first, then = _number(parts, "first"), _number(parts, "then")
    dmy = counts[(first > 12) & (first <= 31) & (then <= 12)].sum()
    mdy = counts[(then > 12) & (then <= 31) & (first <= 12)].sum()
    return Votes(int(dmy), int(mdy), int(counts.sum()))


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
    texts = _texts(cells)
    rest = texts.notna().to_numpy()
    for stamps, pattern, zone in ((wall, ISO, False), (utc, ISO + OFFSET, True)):
        hit = matches(texts, pattern)
        read = pd.to_datetime(texts[hit], format="ISO8601", errors="coerce", utc=zone)
        stamps[hit] = (read.dt.tz_localize(None) if zone else read).to_numpy("datetime64[us]")
        rest = rest & ~hit
    places, left = np.flatnonzero(rest), _folded(texts[rest])
    for pattern in _ways():
        if not len(left):
            break
        hit, parts = _extract(left, pattern)
        at, places, left = places[hit], places[~hit], left.filter(pa.array(~hit))
        if order is None and _has(parts, "first"):
            undecided[at] = True
        elif _has(parts, "epoch"):
            utc[at] = _since_1970(_number(parts, "epoch"))
        else:
            wall[at], utc[at] = _read_parts(parts, order)
    for place in np.flatnonzero(texts.isna()):
        wall[place], utc[place] = _read_stored(cells[place])
    return utc, wall, undecided


def _texts(cells: list[Any]) -> pd.Series:
    return pd.Series([cell if isinstance(cell, str) else None for cell in cells], dtype="str")


def _folded(texts: pd.Series) -> pa.Array:
    written = pa.array(texts, type=pa.large_string())
    return fold(written.combine_chunks() if isinstance(written, pa.ChunkedArray) else written)


@cache
def _ways() -> tuple[str, ...]:
    """Return the patterns of all ways of writing but ISO 8601, in the order of `DAYS`, epochs last."""
    half = "|".join(r"\.?\s?".join(word) + r"\.?" for word in halves())
    time = rf"(?:,?[t ]\s*{CLOCK}(?:\s*(?P<half>{half}))?{ZONE})?"
    return (*(day + time for day in DAYS), EPOCH)


def _extract(texts: pa.Array, pattern: str) -> tuple[Mask, pa.StructArray]:
    """Return which texts match from end to end, and the parts of those that do; a part left out is empty."""
    found = pc.extract_regex(texts, pattern=rf"\A(?:{pattern})\z")
    hit = found.is_valid()
    if _has(found, "again"):  # 03/04-2026 is no date
        hit = pc.and_(hit, pc.equal(found.field("mark"), found.field("again")))
    mask: Mask = hit.to_numpy(zero_copy_only=False).astype(bool)
    return mask, found.filter(hit)


def _read_parts(parts: pa.StructArray, order: Order | None) -> tuple[Stamps, Stamps]:
    """Return wall-clock times where no zone is written, times in UTC where one is; neither for what no calendar has."""
    day, month = _number(parts, "day"), _number(parts, "month")
    if _has(parts, "first"):
        day, month = (_number(parts, name) for name in (("first", "then") if order == "dmy" else ("then", "first")))
    if _has(parts, "name"):
        month = _looked_up(parts, "name", lambda name: months().get(name, 0))
    is_known = _looked_up(parts, "weekday", lambda name: not name or name in weekdays()).astype(bool)
    midnight = np.where(is_known, _days(_years(parts), month, day), np.datetime64("NaT"))
    written = midnight + _time_of_day(parts)
    has_zone = _looked_up(parts, "zone", bool).astype(bool)
    never = np.datetime64("NaT")
    return np.where(has_zone, never, written), np.where(has_zone, written - _ahead(parts), never)


def _days(year: Counts, month: Counts, day: Counts) -> Stamps:
    """Return midnights; NaT where the calendar has no such day."""
    first = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (day - 1)
    exists = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == first)
    return np.where(exists, days, np.datetime64("NaT")).astype("datetime64[us]")


def _years(parts: pa.StructArray) -> Counts:
    """Return the years, two digits by the POSIX pivot: 69 is 1969, 68 is 2068."""
    year = _number(parts, "year")
    is_short = _looked_up(parts, "year", lambda text: len(text) == 2).astype(bool)
    return np.where(is_short, year + np.where(year >= 69, 1900, 2000), year)


def _time_of_day(parts: pa.StructArray) -> npt.NDArray[np.timedelta64]:
    """Return the time since midnight; NaT where the clock has no such time."""
    hour, minute, second = (_number(parts, name) for name in ("hour", "minute", "second"))
    half = _looked_up(parts, "half", lambda word: ("", "am", "pm").index(halves().get(_bare(word), "")))
    exists = np.where(half > 0, (hour >= 1) & (hour <= 12), hour <= 23) & (minute <= 59) & (second <= 59)
    hour = np.where(half > 0, hour % 12 + 12 * (half == 2), hour)
    return _seconds(np.where(exists, hour * 3600 + minute * 60 + second, -1))


def _seconds(count: Counts) -> npt.NDArray[np.timedelta64]:
    return np.where(count < 0, np.timedelta64("NaT"), count.astype("timedelta64[s]"))


def _bare(word: str) -> str:
    return "".join(word.split()).replace(".", "")


def _ahead(parts: pa.StructArray) -> npt.NDArray[np.timedelta64]:
    """Return by how much the zone written is ahead of UTC."""
    minutes = _number(parts, "ahead") * 60 + _number(parts, "ahead_minute")
    return (_looked_up(parts, "sign", lambda sign: -1 if sign == "-" else 1) * minutes).astype("timedelta64[m]")


def _has(parts: pa.StructArray, name: str) -> bool:
    return bool(parts.type.get_field_index(name) >= 0)


def _number(parts: pa.StructArray, name: str) -> Counts:
    """Return one part as numbers; 0 where it is left out."""
    if not _has(parts, name):
        return np.zeros(len(parts), dtype=np.int64)
    texts = parts.field(name)
    number: Counts = pc.if_else(pc.equal(texts, ""), "0", texts).cast(pa.int64()).to_numpy()
    return number


def _looked_up(parts: pa.StructArray, name: str, meaning: Callable[[str], int]) -> Counts:
    """Return what one part means, asked once per distinct text; a part left out is the empty text."""
    if not _has(parts, name):
        return np.full(len(parts), meaning(""), dtype=np.int64)
    encoded = parts.field(name).dictionary_encode()
    meant: Counts = np.array([meaning(text) for text in encoded.dictionary.to_pylist()], dtype=np.int64)
    places: npt.NDArray[np.int64] = encoded.indices.to_numpy()
    return meant[places]


def _since_1970(number: npt.NDArray[Any]) -> Stamps:
    """Return the moments that counts of seconds or milliseconds since 1970 stand for; NaT for other numbers."""
    milliseconds = np.where(number < 4.1e9, number * 1000, number)
    is_count = (milliseconds >= 1e12) & (milliseconds < 4.1e12)
    stamps = (np.where(is_count, milliseconds, 0) * 1000).astype(np.int64).astype("datetime64[us]")
    return np.where(is_count, stamps, np.datetime64("NaT"))


def _read_stored(cell: Any) -> tuple[dt.datetime | None, Any]:
    """Return wall-clock time and time in UTC of what a spreadsheet stores as something else than text."""
    if isinstance(cell, (dt.datetime, pd.Timestamp)):
        return cell.replace(tzinfo=None), None
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day), None
    if isinstance(cell, numbers.Real) and not isinstance(cell, (bool, np.bool_)):
        return _from_serial(float(cell)), _since_1970(np.array([float(cell)]))[0]
    return None, None


def _from_serial(number: float) -> dt.datetime | None:
    """Return the wall-clock time of an Excel day count; other numbers are none."""
    if not EXCEL_DAYS[0] <= number <= EXCEL_DAYS[1]:
        return None
    return EXCEL_START + dt.timedelta(seconds=round(number * 86400))
