"""The words seen in an export, each as a line of `statuses:`, `types:` or `teams:` with its probable meaning.

What the export itself says of a status goes before what the word sounds like; where the two disagree, it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gapkit.intake.history.settle import NO_TEAM
from gapkit.intake.proposing.guess import Guess, guess_status, guess_type
from gapkit.intake.proposing.tally import Tally
from gapkit.intake.proposing.yamllines import Line, bare, inline, quoted
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.words import BLANK, OTHERS
from gapkit.labels import label_count, label_number
from gapkit.vocabulary import PROGRAM_TYPES, STAGE_KINDS, STATUSES

if TYPE_CHECKING:
    from gapkit.config import Source

Meanings = Mapping[str, Mapping[str, str]]
Lines = dict[str, list[Line]]

# What a mapping itself uses for blank cells and for all other words; a client's word spelled so cannot be mapped.
UNMAPPABLE: Final = ("", BLANK, OTHERS)
# How far a status has come: trackers that sort statuses tell no more than that.
REACHED: Final = {
    "not_started": 0,
    "in_progress": 1,
    "blocked": 1,
    "paused": 1,
    "delivered": 2,
    "cancelled": 2,
    "merged": 2,
}
UNDER_WAY, ENDED = 1, 2
# What an export says of a status when it knows only that it is neither delivered nor cancelled.
OPEN: Final = "open"
# Words that say no more than that.
ONLY_OPEN: Final = ("open", "opened", "offen", "ouvert", "abierto", "abierta", "aberto", "aberta", "aperto", "otwarte")
BEGUN: Final = "has work begun, or is it only planned?"


def propose_words(tally: Tally, meanings: Meanings, *, is_flat: bool = False) -> Lines:
    """Return the lines of `statuses:`, `types:` and `teams:` for every word seen.

    Parameters
    ----------
    tally : Tally
        What the export holds.
    meanings : mapping of str to mapping
        Status to what the export itself says of it.
    is_flat : bool
        Whether the file is read as a table, where a type and a team must be known for every row.
    """
    return {
        "statuses": _status_lines(tally, meanings, is_flat=is_flat),
        "types": _type_lines(tally, is_flat=is_flat),
        "teams": _team_lines(tally, is_flat=is_flat),
    }


def words_without_meaning(lines: Lines, source: Source, *, is_flat: bool) -> Lines:
    """Return the lines a source lacks: words its mapping does not have, and no entry for all other words catches.

    Parameters
    ----------
    lines : mapping of str to list of Line
        From `propose_words`.
    source : Source
        Its entry in engagement.yml.
    is_flat : bool
        Whether the file is read as a table; words of our own vocabulary need no mapping there.

    Notes
    -----
    Teams are added only where `teams:` is used: a team without an entry keeps its name.
    """
    known: dict[str, Mapping[str, object]] = {"statuses": source.statuses, "types": source.types, "teams": source.teams}
    ours = {"statuses": STATUSES, "types": PROGRAM_TYPES, "teams": ()}
    lacking: Lines = {}
    for key, mapping in known.items():
        there = {name_key(word) for word in (*mapping, *(ours[key] if is_flat else ()))} | {name_key(BLANK)} & set(mapping)
        if OTHERS not in mapping and (mapping or key != "teams"):
            lacking[key] = [line for line in lines[key] if name_key(line.word) not in there and line.word != BLANK]
    return {key: left for key, left in lacking.items() if left}


def _status_lines(tally: Tally, meanings: Meanings, *, is_flat: bool) -> list[Line]:
    """Return a line per status and stage, in order of how far the work has come; what is unknown comes last."""
    is_visited = bool(tally.steps or tally.stays)
    ranked = []
    for word in {**tally.statuses, **tally.steps, **tally.stays}:
        if word in UNMAPPABLE:
            continue
        meaning, doubt = _meaning(word, meanings.get(word, {}), is_visited=is_visited)
        status = meaning.get("status", "")
        text = bare(status) if set(meaning) == {"status"} else inline(meaning) if meaning else ""
        line = Line(word, text, _seen(word, tally), _times(word, tally), doubt)
        rank = STATUSES.index(status) if status else len(STATUSES)
        ranked.append((rank, -line.n, word, line))
    blank = tally.statuses.get("", 0)
    lines = [line for *_, line in sorted(ranked)]
    if blank:
        lines.append(Line(BLANK, "", blank, f"{label_count(blank, 'row')} without a status", "what are they?"))
    if is_flat and not tally.statuses:
        lines.append(Line(BLANK, "", 0, "no column holds the status", "which status have all rows?"))
    return lines


def _meaning(word: str, said: Mapping[str, str], *, is_visited: bool) -> tuple[dict[str, str], str]:
    """Return the probable meaning of a status and what must be asked of it."""
    guess = guess_status(word)
    guessed = {"status": guess.status, "stage": guess.stage, "kind": guess.kind}
    doubt = BEGUN if name_key(word) in ONLY_OPEN else "" if guess.is_sure else guess.why
    if "status" not in said:
        return {key: value for key, value in {**guessed, **said}.items() if value}, doubt
    if said["status"] == OPEN:
        if guess.status and REACHED[guess.status] == ENDED:
            return {}, f"open by the export, {guess.status} by its name: which?"
        return {key: value for key, value in guessed.items() if value}, doubt
    is_alike = guess.status != "" and REACHED[guess.status] == REACHED[said["status"]]
    status = guess.status if is_alike and guess.is_sure and "kind" not in said else said["status"]
    kind = said.get("kind", guess.kind if is_alike and REACHED[status] == UNDER_WAY else "")
    stage = said.get("stage", word if kind else "")
    doubt = _doubt_beside(guess, said, kind, is_alike=is_alike, is_visited=is_visited)
    return {key: value for key, value in {"status": status, "stage": stage, "kind": kind}.items() if value}, doubt


def _doubt_beside(guess: Guess, said: Mapping[str, str], kind: str, *, is_alike: bool, is_visited: bool) -> str:
    """Return what must be asked although the export says how far a status has come."""
    if "kind" in said:
        return ""
    if guess.is_sure and not is_alike:
        return f"{said['status']} by the export, {guess.status} by its name: which?"
    if is_visited and REACHED[said["status"]] == UNDER_WAY:
        if not kind:
            return f"which kind of stage: {', '.join(STAGE_KINDS)}?"
        return "" if guess.is_sure else guess.why
    return ""


def _seen(word: str, tally: Tally) -> int:
    """Return how many programs have a status, or how often the history or the stays have it."""
    return tally.statuses.get(word, 0) or tally.steps.get(word, 0) or tally.stays.get(word, 0)


def _times(word: str, tally: Tally) -> str:
    """Return how often a status was seen, and where."""
    rows, steps, stays = (counts.get(word, 0) for counts in (tally.statuses, tally.steps, tally.stays))
    if not rows and not steps:
        return label_count(stays, "stay")
    history = f"{label_number(steps)} in the history" if steps else ""
    return ", ".join(filter(None, [label_count(rows, "row") if rows or not steps else "", history]))


def _type_lines(tally: Tally, *, is_flat: bool) -> list[Line]:
    lines = []
    for word, n in tally.types.items():
        guess = guess_type(word)
        if word not in UNMAPPABLE:
            lines.append(Line(word, guess.type, n, label_count(n, "row"), "" if guess.is_sure else guess.why))
    if is_flat and (not tally.types or "" in tally.types):
        lines.append(_blank("other", tally.types, "type", "which sort of work are they?"))
    return lines


def _team_lines(tally: Tally, *, is_flat: bool) -> list[Line]:
    """Return a line per team: its own name, or the most frequent spelling that differs in case and signs only."""
    kept: dict[str, str] = {}
    for word in tally.teams:  # the most frequent first
        kept.setdefault(name_key(word), word)
    lines = [
        Line(word, quoted(kept[name_key(word)]), n, label_count(n, "row"))
        for word, n in tally.teams.items()
        if word not in UNMAPPABLE
    ]
    if is_flat and (not tally.teams or "" in tally.teams):
        lines.append(_blank(quoted(NO_TEAM), tally.teams, "team", "whose are they?"))
    return lines


def _blank(meaning: str, counts: Mapping[str, int], what: str, doubt: str) -> Line:
    """Return the line for rows without a word; where no column holds any, the missing column is asked for instead."""
    n = counts.get("", 0)
    return Line(
        BLANK,
        meaning,
        n,
        f"{label_count(n, 'row')} without a {what}" if n else f"no column holds the {what}",
        doubt if n else "",
    )
