"""One value of a decision, from text to value and back: the same rules for a line of YAML and for a cell of Excel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from gapkit.config.nodes import EARLIEST, LATEST, LISTED, did_you_mean
from gapkit.plain import plain
from gapkit.redesign.decisions.rules import Rule

Typed = str | tuple[str, ...]
"""A value as somebody typed it: the texts of a list, else one text; empty for nothing."""

YES: Final = ("true", "yes", "on", "1")
NO: Final = ("false", "no", "off", "0")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})([ T]00:00(:00)?(\.0+)?)?")
_KINDS: Final = {"text": "text", "date": "a date such as 2026-03-31", "flag": "yes, no", "list": "texts", "id": "an id"}


class NotAllowedError(Exception):
    """A value that a rule does not allow.

    Parameters
    ----------
    what : str
        What is wrong with it.
    remedy : str
        What to do; empty where what is allowed says it.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def normal(value: Any) -> Any:
    """Return a value as decisions are compared: text, numbers, true or false, lists of text, dates as ISO text, or None.

    Examples
    --------
    >>> normal(dt.date(2026, 3, 31)), normal(("a", "b")), normal(""), normal(())
    ('2026-03-31', ['a', 'b'], None, None)
    """
    found = plain(value)
    if isinstance(found, list):
        return [str(item) for item in found if str(item).strip()] or None
    return None if isinstance(found, str) and not found.strip() else found


def typed(value: Any) -> Typed:
    """Return a value as the text that `read_value` reads back.

    Examples
    --------
    >>> typed(0.1), typed(5.0), typed(1e-7), typed(True), typed(None), typed(["a", "b"])
    ('0.1', '5', '0.0000001', 'true', '', ('a', 'b'))
    """
    found = normal(value)
    if isinstance(found, list):
        return tuple(found)
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int | float):
        return format(Decimal(repr(int(found) if float(found).is_integer() else found)), "f")
    return "" if found is None else str(found)


def read_value(rule: Rule, seen: Typed) -> Any:
    """Return the value somebody typed, as `normal` gives it.

    Parameters
    ----------
    rule : Rule
        What is allowed.
    seen : str or tuple of str
        As typed. Words to choose from may differ in case and outer blanks; a share may be written ``40 %``.

    Raises
    ------
    NotAllowedError
        When the rule does not allow it.

    Examples
    --------
    >>> read_value(Rule("share", "adherence"), "40 %"), read_value(Rule("choice", "", ("agreed",)), " Agreed ")
    (0.4, 'agreed')
    """
    if rule.kind == "list":
        items = [item for item in ((seen,) if isinstance(seen, str) else seen) if item.strip()]
        return _required([_chosen(rule, item) for item in items], rule)
    if not isinstance(seen, str):
        raise NotAllowedError("a list where one value is expected")
    if not seen.strip():
        return _required(None, rule)
    if rule.kind == "text":
        return seen
    if rule.kind in {"id", "choice"}:
        return _chosen(rule, seen)
    if rule.kind == "date":
        return _day(seen.strip())
    return _flag(seen.strip()) if rule.kind == "flag" else _number(rule, seen.strip())


def _required(value: Any, rule: Rule) -> Any:
    if not value and not rule.may_be_empty:
        raise NotAllowedError("empty")
    return value or None


def _chosen(rule: Rule, seen: str) -> str:
    """Return one of the words allowed: exactly, else without regard to outer blanks and case where that leaves one."""
    if not rule.allowed:
        return seen if rule.kind == "list" else seen.strip()
    if seen in rule.allowed:
        return seen
    near = [word for word in rule.allowed if word.strip().casefold() == seen.strip().casefold()]
    if len(near) == 1:
        return near[0]
    raise NotAllowedError("not one of the values to choose from", did_you_mean(seen.strip(), rule.allowed))


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    if not found:
        raise NotAllowedError("not a date")
    try:
        day = dt.date.fromisoformat(found[1])
    except ValueError:
        raise NotAllowedError("there is no such day") from None
    if not EARLIEST <= day <= LATEST:
        raise NotAllowedError("not a plausible year")
    return day.isoformat()


def _flag(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise NotAllowedError("neither yes nor no")
    return text.lower() in YES


def _number(rule: Rule, text: str) -> int | float:
    is_percent = rule.kind == "share" and text.endswith("%")
    number = text.removesuffix("%").rstrip() if is_percent else text
    if not _NUMBER.fullmatch(number):
        remedy = "Write it with a point: 2.5." if re.fullmatch(r"\d+,\d+", number) else ""
        raise NotAllowedError("not a number", remedy)
    value = float(Decimal(number) / 100) if is_percent else float(number)
    if rule.kind == "whole" and not value.is_integer():
        raise NotAllowedError("not a whole number")
    low, high = limits(rule)
    if not (low is None or value >= low) or not (high is None or value <= high) or abs(value) > 1e15:
        raise NotAllowedError("not within the limits", "Write a share as 0.4 or as 40 %." if rule.kind == "share" else "")
    return int(value) if value.is_integer() else value


def limits(rule: Rule) -> tuple[float | None, float | None]:
    """Return the lowest and the highest number a rule allows, None for no limit."""
    if rule.kind == "share":
        return 0 if rule.lowest is None else rule.lowest, 1 if rule.highest is None else rule.highest
    return rule.lowest, rule.highest


def allowed_text(rule: Rule) -> str:
    """Return what a rule allows, in words.

    Examples
    --------
    >>> allowed_text(Rule("whole", "", lowest=1, highest=60)), allowed_text(Rule("list", "", ("a", "b"), may_be_empty=True))
    ('a whole number from 1 to 60', 'one or more of a, b; or nothing')
    """
    if rule.allowed:
        many = "one or more of " if rule.kind == "list" else ""
        words = many + (", ".join(rule.allowed) if len(rule.allowed) <= LISTED else f"{len(rule.allowed)} values")
    elif rule.kind in _KINDS:
        words = _KINDS[rule.kind]
    else:
        noun = {"whole": "a whole number", "share": "a share"}.get(rule.kind, "a number")
        words = f"{noun}{_between(*limits(rule))}"
    return f"{words}; or nothing" if rule.may_be_empty else words


def _between(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f", at least {low:g}"
    return f", at most {high:g}" if low is None else f" from {low:g} to {high:g}"


def value_text(value: Any) -> str:
    """Return a value in words, for sentences and messages.

    Examples
    --------
    >>> value_text(None), value_text(True), value_text(["a", "b"]), value_text(0.4)
    ('nothing', 'yes', 'a; b', '0.4')
    """
    found = normal(value)
    if isinstance(found, bool):
        return "yes" if found else "no"
    seen: Sequence[str] | str = typed(found)
    return (seen if isinstance(seen, str) else "; ".join(seen)) or "nothing"
