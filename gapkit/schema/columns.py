"""The kinds of column a table may have, each with the checks that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
from pandera.dtypes import immutable
from pandera.engines import pandas_engine

# How many failing cells pandera copies out per check. Totals come from the check's own mask, so nothing is lost; without
# the limit a wrong million-row column would be copied whole.
LISTED: Final = 20

# Outside these years a date is a placeholder (1900-01-01, 9999-12-31) or a typing slip, not a plan.
EARLIEST, LATEST = pd.Timestamp("1970-01-01"), pd.Timestamp("2100-12-31")
IMPLAUSIBLE: Final = "not a plausible year"


@immutable
class Moment(pandas_engine.DataType):
    """Moments to the microsecond, in whatever time zone the engagement names; never without one."""

    def __init__(self) -> None:
        object.__setattr__(self, "type", pd.DatetimeTZDtype("us", "UTC"))

    def check(self, pandera_dtype: Any, data_container: Any = None) -> bool:
        """Return whether a column holds such moments."""
        dtype = getattr(data_container, "dtype", None)
        return isinstance(dtype, pd.DatetimeTZDtype) and dtype.unit == "us"


DTYPES: Final[dict[str, Any]] = {
    "id": "str",
    "text": "str",
    "list": "str",
    "category": "str",
    "date": "datetime64[us]",
    "timestamp": Moment(),
    "integer": "Int64",
    "number": "float64",
    "money": "float64",
    "boolean": "boolean",
}


def identifier(description: str, *, required: bool = False, refers: str = "") -> pa.Column:
    """Declare an opaque id, kept as text."""
    return _column("id", description, required, refers=refers)


def text(description: str, *, required: bool = False, blank: bool = False, pattern: str = "", form: str = "") -> pa.Column:
    """Declare free text, or text of a given `form` (words) that matches `pattern` (regular expression)."""
    checks = [pa.Check.str_matches(pattern, error=f"not of the form {form}", n_failure_cases=LISTED)] if pattern else []
    return _column("text", description, required, blank=blank, checks=checks, limits=form)


def listing(description: str, *, required: bool = False, refers: str = "") -> pa.Column:
    """Declare a list of words or ids, written in one cell with ; between them."""
    return _column("list", description, required, refers=refers)


def category(allowed: Sequence[str], description: str, *, required: bool = False, blank: bool = False) -> pa.Column:
    """Declare a word out of a fixed vocabulary."""
    check = pa.Check.isin(list(allowed), error="unknown word", n_failure_cases=LISTED)
    return _column("category", description, required, blank=blank, checks=[check], allowed=tuple(allowed))


def date(description: str, *, required: bool = False) -> pa.Column:
    """Declare a local calendar date (midnight, no zone)."""
    check = pa.Check(_is_whole_day, error="a time of day where only a date belongs", n_failure_cases=LISTED)
    return _column("date", description, required, checks=[check, _plausible()])


def timestamp(description: str, *, required: bool = False) -> pa.Column:
    """Declare a moment with a time zone."""
    return _column("timestamp", description, required, checks=[_plausible()])


def boolean(description: str, *, required: bool = False) -> pa.Column:
    """Declare a yes/no column."""
    return _column("boolean", description, required)


def integer(
    description: str, low: int | None = None, high: int | None = None, *,
    required: bool = False, blank: bool = False, unit: str = "",
) -> pa.Column:  # fmt: skip
    """Declare a whole number within limits, both included."""
    limits, checks = _range(low, high)
    return _column("integer", description, required, blank=blank, checks=checks, limits=limits, unit=unit)


def number(
    description: str, low: float | None = None, high: float | None = None, *,
    above: float | None = None, required: bool = False, blank: bool = False, unit: str = "",
) -> pa.Column:  # fmt: skip
    """Declare a number within limits, both included; `above` is a lower limit that is itself excluded."""
    limits, checks = _range(low, high, above)
    return _column("number", description, required, blank=blank, checks=checks, limits=limits, unit=unit)


def money(description: str, low: float | None = 0, *, required: bool = False, per: str = "") -> pa.Column:
    """Declare an amount in the engagement's currency, optionally `per` something."""
    limits, checks = _range(low, None)
    unit = f"currency per {per}" if per else "currency"
    return _column("money", description, required, checks=checks, limits=limits, unit=unit)


def _column(
    kind: str,
    description: str,
    required: bool,
    *,
    blank: bool = False,
    checks: Sequence[pa.Check] = (),
    allowed: tuple[str, ...] = (),
    limits: str = "",
    unit: str = "",
    refers: str = "",
) -> pa.Column:
    about = {"kind": kind, "allowed": allowed, "limits": limits, "unit": unit, "refers": refers}
    return pa.Column(
        DTYPES[kind],
        list(checks),
        required=required,
        nullable=blank or not required,
        description=description,
        metadata=about,
    )


def _is_whole_day(dates: pd.Series) -> pd.Series:
    whole: pd.Series = dates == dates.dt.normalize()
    return whole


def _plausible() -> pa.Check:
    return pa.Check(_is_plausible, error=IMPLAUSIBLE, n_failure_cases=LISTED)


def _is_plausible(moments: pd.Series) -> pd.Series:
    zone = moments.dt.tz
    return (moments >= EARLIEST.tz_localize(zone)) & (moments < LATEST.tz_localize(zone) + pd.Timedelta(days=1))


def _range(low: float | None, high: float | None, above: float | None = None) -> tuple[str, list[pa.Check]]:
    limits: dict[str, Any] = {"error": "out of range", "n_failure_cases": LISTED}
    if above is not None:
        return f"above {above:g}", [pa.Check.gt(above, **limits)]
    if low is not None and high is not None:
        return f"{low:g} to {high:g}", [pa.Check.in_range(low, high, **limits)]
    if low is not None:
        return f"at least {low:g}", [pa.Check.ge(low, **limits)]
    return "", []
