"""What moved since the last edition, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.labels import label_count, label_date, label_number, sentence_case
from gapkit.measurement.editions.programs import WHAT, data_words, outcome_words
from gapkit.measurement.editions.wording import reading_words, step_words
from gapkit.measurement.wording import measure_name
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import foot

if TYPE_CHECKING:
    from gapkit.measurement import Measurement
    from gapkit.measurement.editions import Move, Moved
    from gapkit.measurement.editions.programs import Change

SPLIT = (
    "Data: the earlier day read again from today's records, less what was published. Definition: the same day by today's "
    "definitions, less by those of then. Time: what came since. The three add up to the whole change."
)
ROWS = 20  # as many programs as one page holds beside the rest
NOBODY = "Nothing that bears on it was decided since."


def moved(m: Measurement) -> Exhibit | Callout:
    """Return each delivery measure as last published and now, and what the change is made of."""
    part: Moved = m.moved
    if part.since is None:
        return Callout("note", part.sentence)
    because = f"{sentence_case(part.because)}." if part.because else ""
    nobody = "" if part.judgements or part.definitions else NOBODY
    foot_line = f"Figures after, as published on {label_date(part.since)} and today · {SPLIT}"
    return Exhibit(
        "moved", part.change, table=_table(part.moves, label_date(part.since)),
        reading=" ".join(filter(None, (part.rereading, because, part.verdict, nobody, *part.caveats))),
        foot=foot(m.eng, foot_line, n="n in each cell"), facts=_facts(part), quoted=_named(part),
    )  # fmt: skip


def _table(moves: tuple[Move, ...], since: str) -> Table:
    columns = (Column("Measure, after", width=0.24), Column(since, "right", 0.18), Column("Now", "right", 0.18),
               Column("Of which data", "right", 0.13), Column("Definition", "right", 0.13),
               Column("Time", "right", 0.14))  # fmt: skip
    return Table(columns, tuple(_row(move) for move in moves))


def _row(move: Move) -> tuple[str, ...]:
    steps = tuple(step_words(step, move.now.unit) for step in (move.data, move.definition, move.time))
    return sentence_case(measure_name(move.measure)), reading_words(move.published), reading_words(move.now), *steps


def _facts(part: Moved) -> tuple[str, ...]:
    """Return what title and reading may say: every reading and step, the days, the words of verdicts and versions."""
    readings = [getattr(move, name) for move in part.moves for name in ("published", "reread", "redefined", "now")]
    steps = [(step, move.now.unit) for move in part.moves for step in (move.data, move.definition, move.time)]
    words = [reading_words(one) for one in readings] + [step_words(step, unit) for step, unit in steps]
    words += [label_number(abs(step.n)) for step, _ in steps] + [label_number(len(part.differs))]
    words += [data_words(part.programs, move.measure) for move in part.moves]
    days = [label_date(part.since)] if part.since else []
    return tuple(dict.fromkeys((*words, *days, part.verdict, part.rereading, *part.caveats)))


def _named(part: Moved) -> tuple[str, ...]:
    """Return the client's names of the programs that may be spoken of."""
    return tuple(dict.fromkeys(one.name for one in (*part.programs, *part.baseline_programs)))


def decided(m: Measurement) -> Table | None:
    """Return the programs that read otherwise today, what people decided since, and what else reads otherwise."""
    part: Moved = m.moved
    programs = [*_programs(part.programs), *_programs(part.baseline_programs, "baseline: ")]
    rows = [
        *programs[:ROWS],
        *(("decided", text) for text in part.judgements),
        *(("definition", text) for text in part.definitions),
        *(("reads otherwise today", f"{sentence_case(text)}.") for text in part.differs),
    ]
    if not rows:
        return None
    title = f"What was decided since {label_date(part.since)}" if part.since else "What reads otherwise today"
    if programs:
        title = title.replace("What was decided", "Programs that read otherwise, and what was decided,")
    more = len(programs) - ROWS
    rest = f"{sentence_case(label_count(more, 'more program'))} in measure.json, under moved." if more > 0 else ""
    return Table((Column("What", width=0.2), Column("Which", width=0.8)), tuple(rows), title=title, foot=rest)


def _programs(changes: tuple[Change, ...], side: str = "") -> list[tuple[str, str]]:
    """Return one row a program: by name and id, with what it was then and is now."""
    return [(f"{side}{WHAT[one.what]}", f"{_name(one)}: {outcome_words(one)}.") for one in changes]


def _name(change: Change) -> str:
    return change.name if change.name == change.program_id else f"{change.name} ({change.program_id})"
