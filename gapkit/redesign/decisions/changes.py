"""What changed since the redesign was proposed: what the client agreed, changed or declined, and what the data changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from gapkit.config.nodes import did_you_mean
from gapkit.labels import sentence_case
from gapkit.redesign.decisions.decided import SECTIONS, Decided, Entries, Section
from gapkit.redesign.decisions.values import normal, value_text

ChangeKind = Literal["agreed", "changed", "declined", "moved", "new", "gone", "added"]
KINDS: Final = {
    "agreed": "agreed",
    "changed": "changed by the client",
    "declined": "declined",
    "moved": "proposed differently now, because the data changed",
    "new": "proposed since, not in decisions.yml yet",
    "gone": "in decisions.yml, not proposed any more",
    "added": "written by the client, never proposed",
}
FAMILY: Final[Mapping[Section, str]] = {
    "levers": "lever", "owners": "owner of", "priorities": "priority", "tooling": "tool", "slas": "hand-off time of",
    "cadence": "meeting", "inputs": "input", "plan": "action", "targets": "target",
}  # fmt: skip


class Change(NamedTuple):
    """One thing that is not as it was first proposed.

    Attributes
    ----------
    section : str
        Section of the decisions.
    id : str
        Which entry of it.
    name : str
        Its name, as people know it.
    kind : str
        One of `KINDS`.
    field : str
        The field changed; empty where the whole entry is meant.
    was, now : object
        First proposed, and as it holds now; None where the whole entry is meant.
    sentence : str
        The same in words.
    """

    section: Section
    id: str
    name: str
    kind: ChangeKind
    field: str
    was: Any
    now: Any
    sentence: str


def what_changed(
    decided: Decided, today: Entries, names: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Change, ...]:
    """Return everything that is not as it was first proposed, section by section.

    Parameters
    ----------
    decided : Decided
        What the client decided; without a file there is nothing to compare.
    today : mapping
        Section to id to fields proposed from today's data, whatever was decided.
    names : mapping, optional
        Section to id to a name people know it by.

    Returns
    -------
    tuple of Change
        Decisions first, in the order of the file; then what is new. A changed entry has one row for each field.

    Examples
    --------
    >>> first = {"slas": {"legal": {"days": 5}}}
    >>> written = {"slas": {"legal": {"status": "agreed", "days": 4}}}
    >>> for change in what_changed(Decided(written, written, first, has_file=True), first):
    ...     print(change.sentence)
    Hand-off time of legal: days is 4 instead of 5 as proposed, agreed.
    """
    if not decided.has_file:
        return ()
    return tuple(
        change
        for section in SECTIONS
        for change in _of_section(section, decided, today.get(section, {}), (names or {}).get(section, {}))
    )


def _of_section(
    section: Section, decided: Decided, today: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[Change]:
    written = decided.written.get(section, {})
    for name, fields in written.items():
        first = decided.first.get(section, {}).get(name)
        told = names.get(name, name)
        if name not in today:
            yield _stray(section, name, told, fields, tuple(today), was_proposed=first is not None)
        proposed = first if first is not None else today.get(name)
        if proposed is not None:
            yield from _of_entry(section, name, told, fields, proposed)
        if fields["status"] != "declined":
            yield from _moved(section, name, told, decided, today.get(name, {}))
    for name in today:
        if name not in written:
            told = names.get(name, name)
            sentence = f"{_called(section, told)}: proposed since decisions.yml was written, and not in it."
            yield Change(section, name, told, "new", "", None, None, sentence)


def _of_entry(
    section: Section, name: str, told: str, fields: Mapping[str, Any], first: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield what the client did with an entry."""
    status, called = fields["status"], _called(section, told)
    if status == "declined":
        yield Change(section, name, told, "declined", "", None, None, f"{called}: declined{_why(fields)}.")
        return
    changed = [
        field for field, value in fields.items() if field not in {"status", "note"} and value != normal(first.get(field))
    ]
    beside = ", agreed" if status == "agreed" else ", not agreed yet"
    for field in changed:
        was, now = normal(first.get(field)), fields[field]
        how = f"{_word(field)} is {value_text(now)} instead of {value_text(was)} as proposed"
        yield Change(section, name, told, "changed", field, was, now, f"{called}: {how}{beside}{_why(fields)}.")
    if status == "agreed" and not changed:
        yield Change(section, name, told, "agreed", "", None, None, f"{called}: agreed as proposed{_why(fields)}.")


def _moved(section: Section, name: str, told: str, decided: Decided, today: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the fields that today's data would propose otherwise than first."""
    first, holds = decided.first.get(section, {}).get(name, {}), decided.entry(section, name)
    for field, value in today.items():
        was, now = normal(first.get(field)), normal(value)
        if field not in first or was == now or (field in holds and holds[field] == now):
            continue
        stays = f"; {value_text(holds[field])} holds" if field in holds else ", and taken so as nothing is decided"
        how = f"{_word(field)} is proposed as {value_text(now)} now, as {value_text(was)} first"
        sentence = f"{_called(section, told)}: {how}{stays}."
        yield Change(section, name, told, "moved", field, was, now, sentence)


def _stray(
    section: Section, name: str, told: str, fields: Mapping[str, Any], today: tuple[str, ...], *, was_proposed: bool
) -> Change:
    """Return what there is to say of an entry that is not proposed today."""
    kind: ChangeKind = "gone" if was_proposed else "added"
    what = "not proposed any more; the entry" if was_proposed else "not among the proposals; what was added"
    near = did_you_mean(name, today)
    sentence = f"{_called(section, told)}: {what} ({fields['status']}) stays in decisions.yml. {near}".rstrip()
    return Change(section, name, told, kind, "", None, None, sentence)


def _called(section: Section, told: str) -> str:
    return sentence_case(f"{FAMILY[section]} {told}")


def _word(field: str) -> str:
    return field.replace("_", " ")


def _why(fields: Mapping[str, Any]) -> str:
    return f" ({fields['note']})" if fields.get("note") else ""
