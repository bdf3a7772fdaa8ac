"""Adoption in words: each part before and after, and what it means for the effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import (
    label_count,
    label_list,
    label_number,
    label_result,
    label_result_interval,
    label_share,
    sentence_case,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement.adoption.part import Part
    from gapkit.results import Result

NEVER_AGREED: Final = "proposed, never agreed"
WHERE_NOT: Final = "where it did not run, the figures say nothing about whether it works"


def side_words(result: Result) -> str:
    """Return one side with its counts and its interval.

    Examples
    --------
    >>> from gapkit.results import Result
    >>> side_words(Result("adoption_share", 0.9, 0.78, 0.96, level=0.9, n=40, events=36))
    '90 % (36 of 40, 90 % interval 78 to 96 %)'
    """
    if not result.is_ok:
        return label_result(result)
    counted = f"{label_number(result.events)} of {label_number(result.n)}" if result.events is not None else _n(result)
    return f"{label_result(result)} ({counted}, {label_share(result.level)} interval {label_result_interval(result)})"


def _n(result: Result) -> str:
    return f"n = {label_number(result.n)}"


def part_sentence(part: Part) -> str:
    """Return one part: before, after, its mark and its word."""
    name = sentence_case(part.name)
    if not part.is_measured:
        why = part.after.caveats[0] if part.after.caveats else ""
        return f"{name}: {part.verdict}. {why}".strip()
    sides = f"{side_words(part.before)} before, {side_words(part.after)} after"
    return f"{name}: {sides}; mark {label_share(part.mark)}: {part.verdict}."


def sentence(parts: Sequence[Part]) -> str:
    """Return how much of the new way of working ran, and what that means.

    Examples
    --------
    >>> sentence([])
    'Whether the new way of working ran is not measured.'

    Notes
    -----
    A part without a figure is not taken to have run: where there is one, the sentence says how many could be measured.
    """
    measured = [part for part in parts if part.is_measured]
    if not measured:
        return "Whether the new way of working ran is not measured."
    in_place = [part for part in measured if part.verdict == "in place"]
    partly = [part for part in measured if part.verdict == "partly in place"]
    if len(measured) < len(parts):
        of = f"{label_number(len(measured))} of {label_count(len(parts), 'part')}"
        told = f"{of} of the new way of working could be measured: {_standing(len(measured), len(in_place), len(partly))}"
    else:
        some = f", and partly in {label_number(len(partly))}" if partly else ""
        told = f"The new way of working ran in {label_number(len(in_place))} of {label_count(len(measured), 'part')}{some}"
    return f"{told}." if len(in_place) == len(measured) else f"{told}; {WHERE_NOT}."


def _standing(measured: int, in_place: int, partly: int) -> str:
    """Return what the parts that could be measured say, as a clause.

    Examples
    --------
    >>> _standing(1, 1, 0), _standing(3, 3, 0), _standing(4, 2, 1)
    ('it is in place', 'all of them are in place', '2 in place, 1 partly in place and 1 missing')
    """
    if in_place == measured:
        return "it is in place" if measured == 1 else "all of them are in place"
    counts = {"in place": in_place, "partly in place": partly, "missing": measured - in_place - partly}
    if measured in counts.values():
        word = next(word for word, count in counts.items() if count == measured)
        return f"it is {word}" if measured == 1 else f"all of them are {word}"
    return label_list([f"{label_number(count)} {word}" for word, count in counts.items() if count])


def ran_words(parts: Sequence[Part]) -> str:
    """Return what it means that every part with a figure ran: how many have none.

    Parameters
    ----------
    parts : sequence of Part
        All of them, measured or not.
    """
    unknown = sum(not part.is_measured for part in parts)
    if not unknown:
        return "Every part ran."
    return f"Whether the other {'one' if unknown == 1 else label_number(unknown)} ran is not known."


def caveats(parts: Sequence[Part], *, has_record: bool, standings: set[str]) -> tuple[str, ...]:
    """Return what a reader must know: what is not measured, what was never agreed, what each part says of itself."""
    said = [f"{sentence_case(part.name)}: {part.verdict}. {part.after.caveats[0]}" for part in parts
            if not part.is_measured and part.after.caveats]  # fmt: skip
    if not has_record:
        said.append("No promises are on record: the new way of working is read from decisions.yml as it stands today.")
    if standings and "agreed" not in standings:
        said.append(f"The new way of working is {NEVER_AGREED}: nobody marked it agreed in decisions.yml.")
    unmet = [part.name for part in parts if part.is_measured and not part.before.is_ok]
    if unmet:
        said.append(f"No figure before, so nothing to compare with: {label_list(unmet)}.")
    return tuple(dict.fromkeys((*said, *(text for part in parts for text in part.caveats))))
