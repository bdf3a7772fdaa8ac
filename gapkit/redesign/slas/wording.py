"""Agreed times in words: what is proposed, who is told when a time has passed, what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from gapkit.baseline.flow import NO_VISITS
from gapkit.diagnosis.maps.handoff_map import NO_HANDOFFS
from gapkit.labels import label_count, label_list, label_number, label_share

if TYPE_CHECKING:
    from gapkit.config import Settings
    from gapkit.redesign.slas.slas import Sla, Slas

MOST_LISTED: Final = 6
HOLDER: Final = "the team that has the program"
WAITS: Final = {"stage": "stages", "interface": "hand-offs between teams"}
MISSING: Final = {"stage": NO_VISITS, "interface": NO_HANDOFFS}


def label_bdays(days: float) -> str:
    """Return business days in words.

    Examples
    --------
    >>> label_bdays(5), label_bdays(1), label_bdays(0.5), label_bdays(2.5)
    ('5 business days', '1 business day', 'the same business day', '2.5 business days')
    """
    if days < 1:
        return "the same business day"
    return f"{label_number(days, 0 if days == int(days) else 1)} business day{'' if days == 1 else 's'}"


def breach(answers: str, days: float) -> str:
    """Return who is told when an agreed time has passed: one level up after it, two after twice the time.

    Examples
    --------
    >>> breach("Legal", 4)
    'After 4 business days the level above Legal is told, after 8 business days the level above that.'
    >>> breach("Legal", 0.5)
    'When the day is over the level above Legal is told, after 1 business day the level above that.'
    """
    passed = f"After {label_bdays(days)}" if days >= 1 else "When the day is over"
    return f"{passed} the level above {answers} is told, after {label_bdays(2 * days)} the level above that."


def sentence(found: Slas, on_record: Mapping[str, int]) -> str:
    """Return what is proposed and how much of it rests on the client's own waits.

    Parameters
    ----------
    found : Slas
        The proposal.
    on_record : mapping of str to int
        Waits that may be named, by kind.
    """
    held = found.held
    if not held:
        return _nothing(found, on_record)
    stages, interfaces = (sum(one.kind == kind for one in held) for kind in ("stage", "interface"))
    parts = [label_count(stages, "stage")] if stages else []
    parts += [label_count(interfaces, "hand-off between teams", "hand-offs between teams")] if interfaces else []
    own, days = sum(one.basis == "own waits" for one in held), sorted(one.days for one in held)
    agreed = sum(one.standing == "agreed" for one in held)
    said = f"Agree a time for {label_list(parts)}: {_range(days[0], days[-1])}"
    said += f"; {label_number(agreed)} of {label_number(len(held))} agreed." if agreed else "."
    if not own:
        return f"{said} Waits are too few to start from the client's own: agree and observe."
    start = f"start{'s' if own == 1 else ''} from what {label_share(found.share)} of waits keep today"
    if own == len(held):
        return f"{said} {'It' if own == 1 else 'Each'} starts from what {label_share(found.share)} of waits keep today."
    rest = label_count(len(held) - own, "place")
    return f"{said} {label_number(own)} {start}; for {rest} there are too few waits: agree and observe."


def _listed(names: Sequence[str]) -> str:
    """Return names in a sentence; of very many the first, and how many more."""
    if len(names) <= MOST_LISTED:
        return label_list(names)
    return label_list([*names[: MOST_LISTED - 1], f"{len(names) - MOST_LISTED + 1} more"])


def _range(low: float, high: float) -> str:
    return label_bdays(high) if low == high else f"from {_short(low)} to {label_bdays(high)}"


def _short(days: float) -> str:
    return label_bdays(days) if days < 1 else label_number(days, 0 if days == int(days) else 1)


def _nothing(found: Slas, on_record: Mapping[str, int]) -> str:
    """Return why no time is to be agreed."""
    if found.entries:
        return "No time is to be agreed: every proposal was declined."
    if any(on_record.values()):
        return "No time is proposed: no stage and no pair of teams holds enough waits, or loses days by them."
    if found.unnamed:
        return f"No time is proposed: the teams that hand over are too small to be named. {MISSING['stage']}"
    return f"No time can be proposed. {MISSING['stage']} {MISSING['interface']}"


def caveats(found: Slas, on_record: Mapping[str, int], settings: Settings) -> tuple[str, ...]:
    """Return what a reader of the agreed times must know; `on_record` as in `sentence`."""
    return tuple(_caveats(found, on_record, settings)) if found.entries or found.unnamed else ()


def _caveats(found: Slas, on_record: Mapping[str, int], settings: Settings) -> Iterator[str]:
    for kind, name in WAITS.items():
        if not on_record[kind] and not (kind == "interface" and found.unnamed):
            yield f"No time is proposed for {name}. {MISSING[kind]}"
    if found.unnamed:
        yield (
            f"{label_count(found.unnamed, 'hand-off')} from or to teams too small to be named, or not recorded: agree "
            "those times with the teams themselves."
        )
    few = [one.id for one in found.entries if one.is_proposed and one.late.status == "thin"]
    if few:
        yield (
            f"Fewer than {found.fewest} completed waits, so no upper bound on how long they last: {_listed(few)}. "
            "Agree a time, observe it, and set it anew after a quarter."
        )
    far = [one.id for one in found.entries if one.late.is_ok and one.late.value is None]
    if far:
        yield f"So many waits are still running that {label_share(found.share)} have not ended: {_listed(far)}."
    short = [one.id for one in found.entries if _is_censored_and_few(one, settings)]
    if short:
        yield (
            f"Bounds rest on fewer than {settings.min_n_p85} waits with some still running, and are too narrow more often "
            f"than they say: {_listed(short)}."
        )
    longer = [one for one in found.entries if one.agreed_days is not None and one.days > one.agreed_days]
    if longer:
        yield (
            f"Longer than the time agreed today, which is not kept: {_listed([one.id for one in longer])}. Start from "
            "what is kept, then tighten towards the median."
        )
    gone = [one.id for one in found.entries if not one.n]
    if gone:
        yield f"Decided, and no wait on record under that name: {_listed(gone)}."


def _is_censored_and_few(one: Sla, settings: Settings) -> bool:
    return one.late.value is not None and one.n_open > 0 and one.n < settings.min_n_p85
