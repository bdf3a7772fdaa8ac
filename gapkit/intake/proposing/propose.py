"""A `sources:` entry proposed for a file nobody has mapped: every word seen in it with its count and its probable meaning.

What is proposed is for the consultant to confirm. What the file cannot tell is asked, as a comment in the place where the
answer goes. No figure is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.intake.finding.detect import Detection
from gapkit.intake.finding.export import Extract, Part
from gapkit.intake.proposing.columnwords import guess_fields
from gapkit.intake.proposing.open_questions import Asked, Others, ask_of_columns, ask_of_entry, ask_of_others, ask_of_owners
from gapkit.intake.proposing.proposed_words import Lines, propose_words
from gapkit.intake.proposing.tally import Tally, take_tally
from gapkit.intake.proposing.yamllines import capped, listed, quoted, remark
from gapkit.intake.reading.cells import as_text
from gapkit.intake.reading.records import Sheet
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

# Longer lists of types and teams are cut; statuses never, because every figure depends on them.
MOST_WORDS: Final = 60
MOST_ASKED: Final = 8
# A file of which fewer columns are known is probably no list of programs.
FEWEST_FIELDS: Final = 3
CONFIRM: Final = "Proposed by gapkit check: confirm each line, and answer what ends in a question mark."


class Proposal(NamedTuple):
    """A proposed source.

    Attributes
    ----------
    text : str
        The entry as YAML from column 0, with its comments.
    questions : tuple of str
        What the consultant has to answer, one sentence each.
    seen : mapping of str to mapping
        Keys status, type, team and owner; word to programs, for statuses the history included.
    """

    text: str
    questions: tuple[str, ...]
    seen: Mapping[str, Mapping[str, int]]


def propose(file: str, detection: Detection, extract: Extract, source: Source, others: Others | None = None) -> Proposal:
    """Propose the entry of a tracker's export.

    Parameters
    ----------
    file : str
        What `file:` shall say.
    detection : Detection
        What the file looks like.
    extract : Extract
        What was read of it.
    source : Source
        As which it was read; usually a bare one.
    others : mapping of str to mapping, optional
        Id to name of the programs of other sources, per file, to find the same program in both.
    """
    tally = take_tally(extract.parts, source)
    head = [f"# {remark(detection.reason)}.", f"# {CONFIRM}", f"file: {quoted(file)}", f"format: {detection.format.name}"]
    asked = ask_of_columns(tally)
    fields = ["#fields:", *(f"#  {line}" for line in asked.lines)] if asked.lines else []
    words = propose_words(tally, extract.meanings)
    return _together(head, fields, asked, words, tally, source, others or {})


def propose_flat(file: str, sheet: Sheet, source: Source, others: Others | None = None) -> Proposal | None:
    """Propose a mapping for a file no format recognises, by what its columns are called.

    Parameters
    ----------
    file, source, others
        As in `propose`.
    sheet : Sheet
        The file as read.

    Returns
    -------
    Proposal or None
        None when too few of its columns are called like anything a list of programs has.
    """
    fields = guess_fields(sheet.columns)
    if len(fields) < FEWEST_FIELDS or not {"program_id", "name"} & set(fields):
        return None
    lacks_id = "program_id" not in fields
    fields = {"program_id": fields.get("program_id", fields.get("name", "")), **fields}
    tally = take_tally([Part("programs", sheet, fields)], source)
    head = ["# No format is known for this file: what its columns are is guessed from their names.", f"# {CONFIRM}"]
    head += [f"file: {quoted(file)}", "table: programs", *([f"sheet: {quoted(sheet.sheet)}"] if sheet.sheet else [])]
    asked = ask_of_columns(tally)
    lines = [f"  {ours}: {quoted(theirs)}" for ours, theirs in fields.items()]
    doubt = _about_ids(sheet, fields, lacks_id=lacks_id)
    lines[0] += f"  # {doubt}" if doubt else ""
    asked = Asked(asked.lines, (*filter(None, [doubt]), *asked.questions))
    body = ["fields:", *lines, *(f"  #{line}" for line in asked.lines)]
    words = propose_words(tally, {}, is_flat=True)
    return _together(head, body, asked, words, tally, source, others or {})


def _about_ids(sheet: Sheet, fields: Mapping[str, str], *, lacks_id: bool) -> str:
    """Return what is odd about the column taken for the id, empty when every row has its own."""
    ids = as_text(sheet.cells.iloc[:, sheet.columns.index(fields["program_id"])]).dropna()
    if ids.nunique() < len(ids):
        return (
            f"{label_count(len(ids), 'row')} hold {label_count(ids.nunique(), 'value')}: is this a list of programs at all?"
        )
    return "no column is called an id: is this name never used twice?" if lacks_id else ""


def word_lines(key: str, lines: Lines) -> list[str]:
    """Return the lines of one mapping, long lists of types and teams cut."""
    return capped(lines[key], len(lines[key]) if key == "statuses" else MOST_WORDS)


def _together(
    head: list[str], fields: list[str], columns: Asked, words: Lines, tally: Tally, source: Source, others: Others
) -> Proposal:
    """Return the whole entry and everything it asks, in the order in which it is read."""
    entry, owners, same = ask_of_entry(tally, source), ask_of_owners(tally), ask_of_others(tally, others)
    mappings = [
        text for key in words if words[key] for text in (f"{key}:", *(f"  {line}" for line in word_lines(key, words)))
    ]
    lines = [*head, *entry.lines, *fields, *mappings, *owners.lines, *same.lines]
    questions = (*entry.questions, *columns.questions, *_of_words(words), *owners.questions, *same.questions)
    return Proposal("\n".join(lines) + "\n", questions, _seen(tally))


def _of_words(words: Lines) -> Iterator[str]:
    """Yield what is asked of words, one sentence for all words of which the same is asked."""
    for key, lines in words.items():
        asked: dict[str, dict[str, int]] = {}
        for line in lines:
            if line.doubt:
                asked.setdefault(line.doubt, {})[line.word] = line.n
        for doubt, counts in asked.items():
            yield f"{key}: {', '.join(listed(counts, MOST_ASKED))}: {doubt}"


def _seen(tally: Tally) -> dict[str, Mapping[str, int]]:
    statuses = {
        word: tally.statuses.get(word, 0) or tally.steps.get(word, 0) or tally.stays.get(word, 0)
        for word in (*tally.statuses, *tally.steps, *tally.stays)
    }
    return {"status": statuses, "type": tally.types, "team": tally.teams, "owner": tally.owners}
