"""What differs by the size of an organisation: norms, rhythm, and the remedy to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.calendar import quarter_of
from gapkit.diagnosis.indicators.anchors import NORMS, Anchor
from gapkit.labels import label_count, label_list, label_number, label_share
from gapkit.plain import plain
from gapkit.vocabulary import SCALES

if TYPE_CHECKING:
    from gapkit.engagement import Engagement

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"smb": "a small organisation", "mid": "a mid-sized organisation", "enterprise": "an enterprise"}
)


class Row(NamedTuple):
    """One thing that differs by scale.

    Attributes
    ----------
    topic : str
        What differs.
    smb, mid, enterprise : str
        What holds for each scale, in words.
    """

    topic: str
    smb: str
    mid: str
    enterprise: str


def _from_norms() -> tuple[Row, ...]:
    """Return the rows whose figures the indicators are scored by."""
    small, mid, large = (NORMS[scale] for scale in SCALES)
    return (
        Row("live priorities, at most", f"{small.live_priorities}", f"{mid.live_priorities}",
            f"{large.live_priorities}, three per unit"),
        Row("programs in flight per owner, at most", f"{small.programs_per_owner}", f"{mid.programs_per_owner}",
            f"{large.programs_per_owner}"),
        Row("sign-offs per program, healthy and severe", _limits(small.approvals), _limits(mid.approvals),
            _limits(large.approvals)),
        Row("planned time spent waiting for approval, healthy and severe", _shares(small.approval_wait),
            _shares(mid.approval_wait), _shares(large.approval_wait)),
    )  # fmt: skip


def _limits(anchor: Anchor) -> str:
    return f"{label_number(anchor.healthy)} and {label_number(anchor.severe)}"


def _shares(anchor: Anchor) -> str:
    return f"{label_share(anchor.healthy)} and {label_share(anchor.severe)}"


CONTEXT: Final = (
    *_from_norms(),
    Row("cadence to install",
        "Monday, 30 minutes; a monthly look back",
        "weekly, 45 minutes; a monthly review; a quarterly reset",
        "weekly per unit; fortnightly across functions; monthly performance; quarterly strategy"),
    Row("agreed times are written for",
        "the two busiest interfaces", "the five busiest interfaces",
        "every interface with five or more hand-offs a quarter"),
    Row("first remedy",
        "cut to one or two priorities that are not negotiable, and stop the rest",
        "one owner per program, and a weekly rhythm",
        "a program office or revenue operations, and an operating manual: cadence, owners, hand-offs, source of truth"),
    Row("programs a quarter, and what they allow",
        "8 to 25: counts and charts over time, few tests", "25 to 80: rates with intervals",
        "80 and more: strata and models"),
)  # fmt: skip
FIRST_REMEDY: Final = "first remedy"


@dataclass(frozen=True)
class ScaleContext:
    """The scale of an organisation and what follows from it.

    Attributes
    ----------
    scale : str
        ``smb``, ``mid`` or ``enterprise``.
    derived : str
        What people, functions and commitments a quarter say; equal to `scale` unless the consultant chose otherwise.
    rows : tuple of Row
        What differs by scale.
    sentence : str
        The scale, what it rests on, and the first remedy.
    """

    scale: str
    derived: str
    rows: tuple[Row, ...]
    sentence: str

    def here(self, topic: str) -> str:
        """Return what holds for this organisation; KeyError for an unknown topic.

        Examples
        --------
        >>> ScaleContext("smb", "smb", CONTEXT, "").here("live priorities, at most")
        '2'
        """
        return {row.topic: str(getattr(row, self.scale)) for row in self.rows}[topic]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = plain(self)
        return data


def scale_context(eng: Engagement) -> ScaleContext:
    """Return the scale of an engagement and what follows from it.

    Parameters
    ----------
    eng : Engagement
        Supplies people, programs, and the scale the consultant may have chosen.

    Notes
    -----
    As in `Engagement.scale`: at most 15 people in at most 3 functions is small; 60 people, 6 functions or 80 commitments a
    quarter make an enterprise. What the consultant sets goes before, and is said.
    """
    people, functions = len(eng.people) or None, int(eng.people["function"].nunique()) or None
    committed = eng.programs["committed_at"].dropna()
    quarters = quarter_of(committed, eng.config.fiscal_start_month).nunique()
    per_quarter = len(committed) / quarters if quarters else None
    derived = replace(eng, config=replace(eng.config, scale=None)).scale
    seen = [
        *([label_count(people, "person", "people")] if people else []),
        *([label_count(functions, "function")] if functions else []),
        *([f"{label_number(per_quarter)} commitments a quarter"] if per_quarter else []),
    ]
    context = ScaleContext(eng.scale, derived, CONTEXT, "")
    why = f"{label_list(seen)}" if seen else "nothing that would tell its size"
    said = f"Seen here: {why}; read as {NAMES[derived]}."
    if eng.config.scale is not None and eng.config.scale != derived:
        said += f" The consultant set it to {NAMES[eng.config.scale]}, and that counts."
    return ScaleContext(eng.scale, derived, CONTEXT, f"{said} Where to begin: {context.here(FIRST_REMEDY)}.")
