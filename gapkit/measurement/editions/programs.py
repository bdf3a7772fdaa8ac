"""Program by program, what an earlier edition counted against what the same day shows today."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from gapkit.labels import label_count, label_list, label_number
from gapkit.measurement.editions.counted import DELIVERED, Counted
from gapkit.measurement.wording import measure_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gapkit.measurement.editions.counted import Outcome
    from gapkit.measurement.editions.record import Edition

What = Literal["gone", "left", "otherwise", "late"]
WHAT: Final[Mapping[What, str]] = {
    "gone": "no longer on record", "left": "not counted any more", "otherwise": "reads otherwise", "late": "came in late",
}  # fmt: skip
# So many programs are named in a sentence, the others counted.
NAMED: Final = 3
NONE: Final = Counted({}, {})


class Change(NamedTuple):
    """One program that an edition and the same day read today do not show alike.

    Attributes
    ----------
    program_id, name : str
        The program; `name` is its id where it has no name.
    what : {"gone", "left", "otherwise", "late"}
        Counted then and no longer on record; on record and not counted for that day any more; counted with another outcome;
        counted today and not then.
    outcomes : mapping of str to (str or None, str or None)
        By measure, the outcome then and today; None where it was or is not counted.
    """

    program_id: str
    name: str
    what: What
    outcomes: Mapping[str, tuple[Outcome | None, Outcome | None]]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        outcomes = {measure: {"then": then, "now": now} for measure, (then, now) in self.outcomes.items()}
        return {"program_id": self.program_id, "name": self.name, "what": self.what, "outcomes": outcomes}


def changes(then: Counted, now: Counted, on_record: Collection[str]) -> tuple[Change, ...]:
    """Compare the programs of an edition with those that the same day shows today, by the same definitions.

    Parameters
    ----------
    then, now : Counted
        As recorded with the edition, and read again.
    on_record : collection of str
        Every program_id of today's data.

    Returns
    -------
    tuple of Change
        Those gone first, then left, otherwise and late, each by program_id; a program stands once for each of these.
    """
    found: dict[tuple[What, str], dict[str, tuple[Outcome | None, Outcome | None]]] = {}
    for measure in then.outcomes:
        was, reads = then.outcomes[measure], now.outcomes.get(measure, {})
        for program in sorted({*was, *reads}):
            pair = was.get(program), reads.get(program)
            if pair[0] != pair[1]:
                what: What = "late" if pair[0] is None else "otherwise" if pair[1] is not None else "left"
                key: What = "gone" if program not in on_record else what
                found.setdefault((key, program), {})[measure] = pair
    order = list(WHAT)
    names = {**now.names, **{program: name for program, name in then.names.items() if name}}
    return tuple(
        Change(program, names.get(program) or program, what, outcomes)
        for (what, program), outcomes in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )


def vanished(editions: Sequence[Edition], on_record: Collection[str], primary: str) -> tuple[str, ...]:
    """Return what has to be known before any figure is used: programs of earlier editions that are no longer on record.

    Said again in every edition until they are back: whoever sees one edition only must know.

    Parameters
    ----------
    editions : sequence of Edition
        Published for an earlier day, or for this day and standing.
    on_record : collection of str
        Every program_id of today's data.
    primary : str
        The measure by which is said how many had missed their promise.

    Returns
    -------
    tuple of str
        One sentence or two on the measure window, one on the baseline; empty where none is gone.
    """
    after, before = (_gone(editions, side, on_record) for side in ("after", "before"))
    said = []
    if after:
        missed = sum(one.outcomes.get(primary, (None, None))[0] == "missed" for one in after.values())
        are = f"{_programs(len(after))} counted in an earlier edition {_are(len(after))} no longer on record"
        by = f", {label_number(missed)} of them missed by the {measure_name(primary)}" if missed else ""
        said.append(f"{are}{by}: {names_of(list(after.values()))}. Find out why before these figures are used.")
    if before:
        are = f"{_programs(len(before))} of the baseline {_are(len(before))} no longer on record"
        said.append(f"{are}: {names_of(list(before.values()))}. The frozen figures stand; others before lack them.")
    return tuple(said)


def _gone(editions: Sequence[Edition], side: str, on_record: Collection[str]) -> dict[str, Change]:
    """Return the programs of one side that are gone, as the last edition that counted them has them."""
    counted = [one.counted[side] for one in sorted(editions, key=lambda one: one.as_of) if side in one.counted]
    found = (change for then in counted for change in changes(then, NONE, on_record) if change.what == "gone")
    return {change.program_id: change for change in found}


def data_words(found: Sequence[Change], measure: str) -> str:
    """Return which programs moved a measure on the earlier day, without a stop; empty for none.

    Examples
    --------
    >>> gone = [Change(f"P{k}", f"P{k}", "gone", {"on_time_rate": ("missed", None)}) for k in range(5)]
    >>> corrected = Change("P9", "Spring guide", "otherwise", {"on_time_rate": ("missed", "met")})
    >>> data_words([*gone, corrected], "on_time_rate")  # doctest: +NORMALIZE_WHITESPACE
    '5 programs counted then are no longer on record (P0, P1, P2 and 2 others) and 1 program missed
    then is met now (Spring guide)'
    """
    mine = [one for one in found if measure in one.outcomes]
    kinds = Counter((one.what, one.outcomes[measure] if one.what == "otherwise" else None) for one in mine)
    said = []
    for (what, pair), n in kinds.items():
        those = [one for one in mine if one.what == what and pair in (None, one.outcomes[measure])]
        said.append(f"{_programs(n)} {_kind_words(what, pair, n)} ({names_of(those)})")
    return label_list(said)


def _kind_words(what: What, pair: tuple[Outcome | None, Outcome | None] | None, n: int) -> str:
    if pair is not None:
        return f"{pair[0]} then {_are(n)} {pair[1]} now"
    if what == "late":
        return "came in late, not counted then"
    rest = "no longer on record" if what == "gone" else "on record and not counted for that day any more"
    return f"counted then {_are(n)} {rest}"


def baseline_words(found: Sequence[Change]) -> str:
    """Return the caveat on programs of the baseline that read otherwise than at the last edition; empty for none."""
    changed = {one.program_id: one for one in found if one.what != "gone"}
    if not changed:
        return ""
    n = len(changed)
    return (
        f"{_programs(n)} of the baseline {'reads' if n == 1 else 'read'} otherwise than at that edition "
        f"({names_of(list(changed.values()))}). What was frozen stands."
    )


def names_of(found: Sequence[Change]) -> str:
    """Return the first few programs by name, the others counted."""
    names, more = [one.name for one in found], len(found) - NAMED
    return label_list(names) if more <= 0 else f"{', '.join(names[:NAMED])} and {label_count(more, 'other')}"


def outcome_words(change: Change) -> str:
    """Return what became of one program, by measure.

    Examples
    --------
    >>> both = ("missed", "met")
    >>> outcome_words(Change("P9", "P9", "otherwise", {"on_time_rate": both, "otif_rate": both}))
    'missed then, met now (on-time rate and on time and to spec (OTIF))'
    >>> outcome_words(Change("P9", "P9", "gone", {"on_time_rate": ("missed", None), "velocity_per_week": ("met", None)}))
    'missed then (on-time rate); delivered then (velocity)'
    """
    measures: dict[str, list[str]] = {}
    for measure, (then, now) in change.outcomes.items():
        words = [f"{_word(one, measure)} {when}" for one, when in ((then, "then"), (now, "now")) if one is not None]
        measures.setdefault(", ".join(words), []).append(measure_name(measure))
    return "; ".join(f"{words} ({label_list(names)})" for words, names in measures.items())


def _word(outcome: Outcome, measure: str) -> str:
    return "delivered" if measure == DELIVERED else outcome


def _programs(n: int) -> str:
    return label_count(n, "program")


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
