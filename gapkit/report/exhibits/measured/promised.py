"""Exhibits of promised against delivered: the promises that can be judged, every lever, and the next promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_date, label_list, label_number, label_share, sentence_case
from gapkit.measurement.promised.judging import AS_PROMISED, KEPT, LESS, MORE, UNTOLD
from gapkit.measurement.promised.wording import ALL_TOGETHER, AS_FAR, came_words, delivered_words, figure_words
from gapkit.measurement.wording import change_words, interval_words, measure_name
from gapkit.plots.promised import Beside, describe_promised, plot_promised
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.measurement import Measurement
    from gapkit.measurement.promised import Promised, Row
    from gapkit.measurement.promised.learning import Learning
    from gapkit.results import Result

TABLES: Final = ("programs", "status_events", "stage_visits", "decisions")
DEFINITION: Final = (
    "Promised: as put on record with the redesign; measured: after less before, or the share that keeps a time"
)
WORDS: Final = (AS_PROMISED, MORE, KEPT, LESS, UNTOLD)


def promised(m: Measurement) -> Exhibit | Callout:
    """Return each promise that can be judged beside what was measured."""
    part = m.promised
    rows = part.judged
    if not rows or part.record is None:
        return Callout("missing" if part.record is None else "note", part.sentence)
    beside = [Beside(_label(row), row.predicted, row.measured, row.word) for row in rows]
    table = _table(rows)
    title, facts = _title(rows)
    told = [text for text in (*part.changed, *part.caveats) if text != ALL_TOGETHER]
    return Exhibit(
        "promised", title, draw(m.eng, plot_promised, beside), alt=describe_promised(beside), table=table,
        reading=ALL_TOGETHER,
        foot=" ".join((*told, foot(m.eng, f"{DEFINITION}; on record since {label_date(part.record.made_on)}",
                                   n=label_count(len(rows), "promise"), tables=TABLES))),
        facts=(*facts, *facts_of_table(table)), quoted=tuple(row.name for row in rows),
    )  # fmt: skip


def _label(row: Row) -> str:
    """Return a row's name: the measure of a target; of a lever its own words."""
    if row.kind == "target" or row.own_words:
        return sentence_case(row.own_words or measure_name(row.measure))
    name, _, place = row.measure.partition(":")
    return f"{sentence_case(measure_name(name))}{f': {place}' if place else ''}"


def _title(rows: Sequence[Row]) -> tuple[str, tuple[str, ...]]:
    """Return how many promises came as promised, and the numbers said."""
    counts = {word: sum(row.word == word for row in rows) for word in WORDS}
    told = [f"{label_number(count)} {_verb(word, count)}{word}" for word, count in counts.items() if count]
    return f"Of {label_count(len(rows), 'promise')}, {label_list(told)}", tuple(map(label_number, range(len(rows) + 1)))


def _verb(word: str, count: int) -> str:
    if word == KEPT:
        return "was " if count == 1 else "were "
    return "" if word == UNTOLD else "came "


def _table(rows: Sequence[Row]) -> Table:
    columns = (Column("Promise", width=0.26), Column(_head("Promised", [row.predicted for row in rows]), "right", 0.2),
               Column(_head("Measured", [row.measured for row in rows]), "right", 0.2),
               Column("Conclusion", width=0.34))  # fmt: skip
    cells = ((_label(row), _short(row.predicted), _short(row.measured), _concluded(row)) for row in rows)
    return Table(columns, tuple(cells))


def _head(name: str, results: Sequence[Result]) -> str:
    """Return the head of a column of figures with the level of their intervals."""
    levels = sorted({result.level for result in results if result.low is not None})
    return f"{name} ({label_list([label_share(level) for level in levels])} interval)" if levels else name


def _short(result: Result) -> str:
    """Return a figure with its interval; the level stands in the head of the column."""
    return figure_words(result).replace(f"{label_share(result.level)} interval ", "")


def _concluded(row: Row) -> str:
    """Return the word, what leaves it open, and what was measured where it was not the same."""
    other = f"measured: {measure_name(row.measured_as)}" if row.measured_as else ""
    return "; ".join(filter(None, (f"{row.word}: {row.why}" if row.why else row.word, other)))


def promised_levers(m: Measurement) -> Table | None:
    """Return what each lever was predicted to change, above what was measured of all of them; None without levers."""
    part: Promised = m.promised
    rows = [row for row in part.rows if row.kind != "target" and not (row.kind == "lever" and row.is_own)]
    if not rows:
        return None
    measures = list(dict.fromkeys(row.measure for row in rows))
    by_name: dict[str, dict[str, str]] = {}
    for row in rows:
        by_name.setdefault(row.name, {})[row.measure] = _short(row.predicted)
    measured = {row.measure: _short(row.measured) for row in rows}
    width = 0.72 / len(measures)
    columns = (Column("Lever", width=0.28),
               *(Column(sentence_case(measure_name(name)), "right", width) for name in measures))  # fmt: skip
    cells = [(name, *(found.get(measure, "–") for measure in measures)) for name, found in by_name.items()]
    cells.append(("Measured, of all together", *(measured[measure] for measure in measures)))
    levels = label_list([f"{_head(name, [getattr(row, name) for row in rows])}" for name in ("predicted", "measured")])
    foot_line = f"{sentence_case(levels)}. {ALL_TOGETHER}"
    return Table(columns, tuple(cells), title="What each lever was predicted to change", foot=foot_line)


def next_promise(m: Measurement) -> Exhibit | Callout:
    """Return what the promises that were measured say about the next one."""
    part = m.promised
    learning = part.learning
    if learning is None or part.record is None:
        return Callout("missing", part.sentence)
    delivered, row = learning.delivered, learning.row
    if row is None:
        return Callout("note", " ".join(filter(None, (learning.sentence, learning.lean))))
    came = came_words(row.word, delivered)
    rows = [*_figures(row, delivered), *_leaning(learning)]
    columns = (Column("What the promises say", width=0.42), Column("Figure", "right", 0.14), Column("", width=0.44))
    table = Table(columns, tuple(rows))
    return Exhibit(
        "next_promise", learning.rule.rstrip("."), table=table,
        reading=" ".join(filter(None, (f"{sentence_case(AS_FAR)}." if came == AS_FAR else came, learning.lean))),
        foot=foot(m.eng, "Of the measure the engagement is judged by", delivered or row.measured, tables=TABLES),
        facts=(*facts_of_table(table), learning.sentence, learning.lean),
        direction=-row.better if row.is_worse else None, better="up" if row.better > 0 else "down",
    )  # fmt: skip


def _figures(row: Row, delivered: Result | None) -> list[tuple[str, str, str]]:
    """Return the part of the promise that came; where none is said, both figures."""
    if delivered is not None:
        return [("Delivered of what was promised", label_share(delivered.value or 0.0), delivered_words(delivered))]
    return [(f"{name}, {measure_name(row.measure)}", change_words(one), _interval(one))
            for name, one in (("Promised", row.predicted), ("Measured", row.measured))]  # fmt: skip


def _interval(result: Result) -> str:
    return "–" if result.low is None else f"{label_share(result.level)} interval {interval_words(result)}"


def _leaning(learning: Learning) -> list[tuple[str, str, str]]:
    """Return how often predicted intervals held, and how often less came than predicted; nothing without any."""
    if not learning.held.n:
        return []
    should = f"{label_share(learning.expected)} of them should, were the measurement exact" if learning.expected else "–"
    return [
        ("Predicted intervals that held what was measured", f"{learning.held.events} of {learning.held.n}", should),
        ("Measured below what was predicted", f"{learning.below} of {learning.held.n}",
         "more than half would say that predictions lean too high"),
    ]  # fmt: skip
