"""Signs in words: one clause each, with value, interval, n and the mark from which on it counts.

A sentence tells the few signs that carry a verdict; all of them stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gapkit.labels import label_interval, label_number, label_value

if TYPE_CHECKING:
    from gapkit.diagnosis.signs.signs import Sign

SAME_ROUNDED = "95 % interval the same when rounded"


def sign_words(sign: Sign) -> str:
    """Return a measured sign as a clause.

    Examples
    --------
    >>> from gapkit.diagnosis.indicators.measured import About
    >>> from gapkit.diagnosis.signs.signs import sign_of
    >>> from gapkit.results import Result
    >>> about = About("Quarter 1", "unplanned starts", "", (), clause="{} of starts were unplanned")
    >>> sign_words(sign_of(about, Result("x", 0.41, 0.33, 0.50, n=96)))
    '41 % of starts were unplanned (95 % interval 33 to 50 %, n = 96; 30 % or more is a sign)'
    >>> about = About("Ivory 4", "say", "", (), unit="points", clause="people score their say at {} of 100")
    >>> sign_words(sign_of(about, Result("x", 61.0, 55.0, 67.0, n=30, unit="points")))
    'people score their say at 61 of 100 (100 is worst, 95 % interval 55 to 67, n = 30; 50 or more is a sign)'
    """
    scale = "100 is worst" if sign.unit == "points" else ""
    inside = ", ".join(filter(None, (scale, _interval(sign), f"n = {label_number(sign.n)}")))
    mark = mark_words(sign)
    return f"{clause_words(sign)} ({inside}; {mark} is a sign)" if mark else f"{clause_words(sign)} ({inside})"


def clause_words(sign: Sign) -> str:
    """Return a measured sign as a clause with its value alone; interval, n and mark must stand beside it."""
    return sign.clause.format(value_words(sign)) if sign.clause else f"{value_words(sign)} {sign.name}"


def value_words(sign: Sign) -> str:
    """Return the value of a measured sign; one that was not reached is at least its lower limit.

    Examples
    --------
    >>> from gapkit.diagnosis.indicators.measured import About
    >>> from gapkit.diagnosis.signs.signs import sign_of
    >>> from gapkit.results import Result
    >>> latency = About("Direction 3", "median time to a decision", "", (), unit="days")
    >>> value_words(sign_of(latency, Result("x", None, 41.0, None, n=30, unit="days")))
    'at least 41 days'
    """
    if sign.value is None and sign.low is not None:
        return f"at least {label_value(sign.low, sign.unit, sign.n)}"
    text = label_value(sign.value, sign.unit, sign.n)
    limit = sign.threshold.limit if sign.threshold else None
    if sign.unit == "share" and sign.value is not None and sign.value != limit and text == f"{100 * (limit or 0):.0f} %":
        return f"{label_number(100 * sign.value, 1)} %"  # or the value would look like the mark it is not
    return text


def mark_words(sign: Sign) -> str:
    """Return from where on a sign counts, empty for a figure that is shown and not judged.

    Examples
    --------
    >>> from gapkit.diagnosis.indicators.measured import About
    >>> from gapkit.diagnosis.signs.signs import missing
    >>> [mark_words(missing(About(name, "", "", (), unit=unit), "No data."))
    ...  for name, unit in (("Ivory 1", "share"), ("Quarter 1", "share"), ("Direction 3", "days"))]
    ['less than 40 %', '30 % or more', 'more than 10 days']
    """
    if sign.threshold is None:
        return ""
    limit = label_value(sign.threshold.limit, sign.unit)
    return {"at least": f"{limit} or more", "more than": f"more than {limit}", "under": f"less than {limit}"}[
        sign.threshold.side
    ]


def _interval(sign: Sign) -> str:
    if sign.low is None and sign.high is None:
        return ""
    low, high = (label_value(limit, sign.unit, sign.n) for limit in (sign.low, sign.high))
    return SAME_ROUNDED if low == high else f"95 % interval {label_interval(sign.low, sign.high, sign.unit, sign.n)}"


def count_words(signs: Sequence[Sign], *, other: bool) -> str:
    """Return how many of the signs judged are beyond their mark.

    Parameters
    ----------
    signs : sequence of Sign
        Judged ones, at least one.
    other : bool
        Whether they are the signs besides what people say.

    Examples
    --------
    >>> from gapkit.diagnosis.indicators.measured import About
    >>> from gapkit.diagnosis.signs.signs import counted
    >>> used = About("Tool 4", "paid seats in use", "", (), is_census=True)
    >>> count_words([counted(used, 0.4, 6), counted(used, 0.9, 6)], other=True)
    '1 of 2 other signs is beyond its mark'
    >>> count_words([counted(used, 0.9, 6)], other=False)
    'the one sign is not beyond its mark'
    """
    kind, beyond = "other sign" if other else "sign", sum(bool(sign.is_beyond) for sign in signs)
    if len(signs) == 1:
        return f"the one {kind} is {'' if beyond else 'not '}beyond its mark"
    verb = "are beyond their mark" if beyond > 1 else "is beyond its mark"
    return f"{label_number(beyond) if beyond else 'none'} of {label_number(len(signs))} {kind}s {verb}"
