"""What people decided from one edition to the next: the yardstick, the agreements, the decisions, the words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_count, label_date, label_list, sentence_case
from gapkit.plain import plain
from gapkit.redesign.decisions.changes import FAMILY
from gapkit.redesign.decisions.file import FILE as DECISIONS
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.sections import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from gapkit.baseline.frozen import Frozen
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Entries

# So many decisions of a kind are named, the others counted.
NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Judgements:
    """What somebody had decided by an edition.

    Attributes
    ----------
    frozen_on : date
        When the baseline was frozen.
    rebaselined : tuple of (date, str)
        Day and reason of each re-baselining of the standing charts.
    sha256 : str
        Of the file of decisions; empty without one.
    held : mapping
        Section to id to fields: what holds of the decisions agreed, declined or changed.
    commentary : mapping of str to str
        SHA-256 of the consultant's words by slot of the report.
    """

    frozen_on: dt.date
    rebaselined: tuple[tuple[dt.date, str], ...]
    sha256: str
    held: Entries
    commentary: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Judgements:
        """Return the judgements of a record; whatever is wrong with it raises an ordinary error."""
        return cls(
            dt.date.fromisoformat(data["frozen_on"]),
            tuple((dt.date.fromisoformat(day), str(reason)) for day, reason in data["rebaselined"]),
            str(data["sha256"]),
            {name: {key: dict(fields) for key, fields in entries.items()} for name, entries in data["held"].items()},
            {str(slot): str(digest) for slot, digest in data["commentary"].items()},
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {item.name: plain(getattr(self, item.name)) for item in fields(self)}


def judgements_in_force(eng: Engagement, frozen: Frozen) -> Judgements:
    """Return what somebody has decided so far.

    Parameters
    ----------
    eng : Engagement
        Its folder holds decisions and words, its engagement.yml the re-baselinings.
    frozen : Frozen
        The yardstick.
    """
    held = {
        section: {name: plain(dict(found)) for name, found in sorted(entries.items()) if _is_decided(found)}
        for section, entries in read_decisions(eng.folder, RULES).sections.items()
    }
    return Judgements(
        frozen.frozen_on,
        tuple((one.from_on, one.because) for one in eng.config.rebaseline),
        _digest(eng.folder / DECISIONS),
        {section: entries for section, entries in held.items() if entries},
        {path.stem: _digest(path) for path in sorted((eng.folder / "commentary" / "measure").glob("*.md"))},
    )


def _is_decided(entry: Mapping[str, Any]) -> bool:
    return entry.get("status", "proposed") != "proposed" or len(entry) > 1


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def decided_since(then: Judgements, now: Judgements) -> tuple[str, ...]:
    """Return what was decided from one edition to another, one sentence each."""
    return (*_yardstick(then, now), *_decisions(then, now), *_words(then.commentary, now.commentary))


def _yardstick(then: Judgements, now: Judgements) -> Iterator[str]:
    if then.frozen_on != now.frozen_on:
        days = label_date(now.frozen_on), label_date(then.frozen_on)
        yield f"The baseline was frozen anew on {days[0]}, in place of the one of {days[1]}."
    for day, reason in now.rebaselined:
        if (day, reason) not in then.rebaselined:
            yield f"The standing charts may take new limits from {label_date(day)} on: {reason.rstrip('.')}."
    for day, reason in then.rebaselined:
        if (day, reason) not in now.rebaselined:
            yield f"The re-baselining from {label_date(day)} on was taken back."


def _decisions(then: Judgements, now: Judgements) -> Iterator[str]:
    before, after = _flat(then.held), _flat(now.held)
    kinds: dict[str, list[str]] = {"agreed": [], "declined": [], "changed": [], "taken back": []}
    for key in sorted({*before, *after}):
        was, is_now = before.get(key), after.get(key)
        if was == is_now:
            continue
        status = is_now.get("status", "proposed") if is_now else "taken back"
        is_new = not was or was.get("status") != status
        kinds[status if is_new and status in kinds else "changed"].append(f"{FAMILY.get(key[0], key[0])} {key[1]}")
    for word, names in kinds.items():
        if names:
            yield f"{sentence_case(word)} in {DECISIONS}: {_shortly(names)}."


def _flat(held: Entries) -> dict[tuple[Any, str], Mapping[str, Any]]:
    return {(section, name): entry for section, entries in held.items() for name, entry in entries.items()}


def _words(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    changed = sorted(slot for slot in {*then, *now} if then.get(slot) != now.get(slot))
    if changed:
        yield f"The consultant's words were written or changed: {_shortly(changed)}."


def _shortly(names: list[str]) -> str:
    more = len(names) - NAMED
    return label_list(names) if more <= 0 else f"{', '.join(names[:NAMED])} and {label_count(more, 'other')}"
