"""Reading numbers: thousands separators, decimal commas, currency signs and percentages.

Whether a point or a comma marks the decimals is decided once per column, from the cells that allow one reading only. A
column of amounts like ``12.000`` decides nothing: it may mean twelve or twelve thousand, and is asked about rather than
guessed at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from numbers import Real
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gapkit.intake.reading.cells import Mask, distinct_cells, is_text, matches

Mark = Literal[".", ","]

_SIGN = r"[-+−]?"
_CURRENCY = r"(?P<{}>[€$£¥₹]|[A-Z]{{3}})?"
WRITTEN: Final = re.compile(
    rf"(?P<open>\(?)(?P<before>{_SIGN})\s*{_CURRENCY.format('left')}\s*(?P<after>{_SIGN})(?P<digits>\d[\d.,'’\s]*|[.,]\d+)\s*"
    rf"{_CURRENCY.format('right')}\s*(?P<percent>%?)(?P<close>\)?)"
)
# A number as programs write it, and those of them whose point cannot separate thousands (as in `_vote`).
PROGRAM: Final = r"-?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)"
PROVES_POINT: Final = r"-?(?:(?:0?|\d{4,})\.\d+|\d*\.(?:\d{1,2}|\d{4,}))"
# What a sign may stand for; amounts in another currency than the engagement's are refused, not added up.
SIGNS: Final = {
    "€": ("EUR",), "£": ("GBP", "EGP"), "¥": ("JPY", "CNY"), "₹": ("INR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "BRL", "CLP", "COP", "ARS"),
}  # fmt: skip
# As programs write them; no separator of thousands can be meant here.
SCIENTIFIC: Final = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+")


class Numbers(NamedTuple):
    """A column read as numbers.

    Attributes
    ----------
    read : pandas.Series
        ``float64``; missing where blank or unreadable.
    bad : numpy.ndarray of bool
        Cells that hold something and could not be read.
    undecided : numpy.ndarray of bool
        Of these, the ones that only lack the knowledge which mark is the decimal one.
    """

    read: pd.Series
    bad: Mask
    undecided: Mask


def parse_numbers(cells: pd.Series, *, kind: str, delimiter: str = "", currency: str = "") -> Numbers:
    """Read a column as numbers.

    Parameters
    ----------
    cells : pandas.Series
        As the file holds them: text, numbers, or a mixture.
    kind : {"number", "money", "integer"}
        Percentages are read as shares in a ``number`` and refused elsewhere; integers must be whole.
    delimiter : str
        Separator of the file's columns: where it is ``;`` the comma marks decimals.
    currency : str
        The only currency amounts may carry; empty to allow any.

    Examples
    --------
    >>> parse_numbers(pd.Series(["1.250,50 €", "900", "n/a"], dtype="str"), kind="money").read.tolist()
    [1250.5, 900.0, nan]
    """
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        values = cells.astype("float64")
        bad = ~np.isfinite(values.to_numpy()) & cells.notna().to_numpy()
        return _checked(values.mask(bad), bad, np.zeros(len(cells), dtype=bool), kind)
    if (plain := _plainly_written(cells, kind, delimiter)) is not None:
        none = np.zeros(len(cells), dtype=bool)
        return _checked(plain, none, none, kind)
    codes, distinct = distinct_cells(cells)
    mark = decimal_mark((cell for cell in distinct if isinstance(cell, str)), kind=kind, delimiter=delimiter)
    read = [_read(cell, mark, kind, currency) for cell in distinct]
    numbers = np.array([np.nan if number is None else number for number, _ in read] + [np.nan])
    undecided = np.array([lacks for _, lacks in read] + [False], dtype=bool)
    bad = np.isnan(numbers)[codes] & (codes >= 0)
    return _checked(pd.Series(numbers[codes], index=cells.index, name=cells.name), bad, undecided[codes], kind)


def _plainly_written(cells: pd.Series, kind: str, delimiter: str) -> pd.Series | None:
    """Return a column in which every cell is written as programs write numbers; None when one is not, or leaves a doubt.

    The general way below gives the same and takes ten times as long.
    """
    if not is_text(cells) or not (matches(cells, PROGRAM) | cells.isna().to_numpy()).all():
        return None
    has_point = not (matches(cells, "-?[0-9]+") | cells.isna().to_numpy()).all()
    if has_point and (delimiter == ";" or (kind != "number" and not matches(cells, PROVES_POINT).any())):
        return None
    read = pc.cast(pa.array(cells), pa.float64())
    return pd.Series(read.to_numpy(zero_copy_only=False), index=cells.index, name=cells.name)


def _checked(values: pd.Series, bad: Mask, undecided: Mask, kind: str) -> Numbers:
    if kind != "integer":
        return Numbers(values, bad, undecided)
    broken = values.notna().to_numpy() & (values != values.round()).to_numpy()
    return Numbers(values.mask(broken), bad | broken, undecided)


def decimal_mark(texts: Iterable[str], *, kind: str, delimiter: str) -> Mark | None:
    """Return the decimal mark of a column; None when its numbers can be read both ways.

    Examples
    --------
    >>> decimal_mark(["1,234", "0.5"], kind="number", delimiter=","), decimal_mark(["12.000"], kind="money", delimiter=",")
    ('.', None)
    """
    votes = {".": 0, ",": 0}
    open_point = open_comma = False
    for text in texts:
        found = WRITTEN.fullmatch(text)
        if not found:
            continue
        digits = re.sub(r"[\s'’]", "", found["digits"])
        decided = _vote(digits)
        if decided:
            votes[decided] += 1
        elif "." in digits or "," in digits:
            open_point, open_comma = open_point or "." in digits, open_comma or "," in digits
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    if votes["."]:
        return None
    if delimiter == ";":  # spreadsheets separate columns with ; exactly where the comma marks decimals
        return None if open_comma else ","
    # 12.000: three decimals are common in measurements, and a thousand in amounts and counts.
    return None if open_point and (kind != "number" or open_comma) else "."


def _vote(digits: str) -> Mark | None:
    """Return the decimal mark a number proves: by carrying both marks, one twice, or a tail that is no group of three."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return None
    mark: Mark = "." if digits[last] == "." else ","
    other: Mark = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return other
    head, tail = digits[:last], digits[last + 1 :]
    if other in head or len(tail) != 3 or len(head) > 3 or head in ("", "0"):
        return mark
    return None


def _read(cell: Any, mark: Mark | None, kind: str, currency: str) -> tuple[float | None, bool]:
    """Return the number a cell holds, and whether only the decimal mark is lacking."""
    if isinstance(cell, str):
        if SCIENTIFIC.fullmatch(cell):
            return float(cell), False
        return _read_text(cell, mark, kind, currency)
    if isinstance(cell, (Real, Decimal)) and not isinstance(cell, (bool, np.bool_)) and math.isfinite(cell):
        return float(cell), False
    return None, False


def _read_text(text: str, mark: Mark | None, kind: str, currency: str) -> tuple[float | None, bool]:
    found = WRITTEN.fullmatch(text)
    if not found or bool(found["open"]) != bool(found["close"]) or (found["percent"] and kind != "number"):
        return None, False
    signs = [sign for sign in (found["left"], found["right"]) if sign]
    if signs and (kind != "money" or any(currency and currency not in SIGNS.get(sign, (sign,)) for sign in signs)):
        return None, False
    digits = re.sub(r"[\s'’](?=\d{3}(?!\d))", "", found["digits"].strip())
    if mark is None and ("." in digits or "," in digits):
        return None, True
    decimal = mark or "."
    group = "," if decimal == "." else "."
    whole, grouped = rf"\d+(?:\{decimal}\d*)?", rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d*)?"
    if not re.fullmatch(rf"{whole}|{grouped}|\{decimal}\d+", digits):
        return None, False
    number = float(digits.replace(group, "").replace(decimal, "."))
    if found["before"] in ("-", "−") or found["after"] in ("-", "−") or found["open"]:
        number = -number
    return (number / 100 if found["percent"] else number), False
