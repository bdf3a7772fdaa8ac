"""What may be written into an entry of `decisions.yml`: which fields, and which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from gapkit.redesign.decisions.decided import STANDINGS

RuleKind = Literal["text", "id", "date", "whole", "number", "share", "choice", "list", "flag"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One field of an entry.

    Attributes
    ----------
    kind : str
        ``text``; ``id`` (one of the ids named in `allowed`, where any are); ``date`` (ISO); ``whole`` and ``number``;
        ``share`` (0 to 1); ``choice`` (one of `allowed`); ``list`` (texts, each one of `allowed` where any are); ``flag``
        (true or false).
    help : str
        What the field is, for the consultant who edits it.
    allowed : tuple of str
        Values offered and accepted; empty for any.
    lowest, highest : float or None
        Limits of numbers, both included.
    may_be_empty : bool
        Whether nothing (null) is an answer.
    """

    kind: RuleKind
    help: str
    allowed: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    may_be_empty: bool = False


Rules = Mapping[str, Mapping[str, Rule]]

NOTE: Final = Rule("text", "why, in your own words", may_be_empty=True)
STATUS: Final = Rule("choice", "whether it holds", STANDINGS)


def ruled(fields: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """Return the fields of a section with those every section has: its standing first, a note last.

    Examples
    --------
    >>> list(ruled({"days": Rule("whole", "days it may take", lowest=1)}))
    ['status', 'days', 'note']
    """
    own = {name: rule for name, rule in fields.items() if name not in {"status", "note"}}
    return {"status": STATUS, **own, "note": fields.get("note", NOTE)}
