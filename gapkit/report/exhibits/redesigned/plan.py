"""Exhibits of the plan: who does what by when, what it should move, what is promised, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_number, label_result, label_value, sentence_case
from gapkit.plots.gantt import describe_gantt, plot_gantt
from gapkit.redesign.targets.wording import change_words
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, source_of
from gapkit.report.exhibits.redesigned.parts import NOTHING, day_of, joined
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.redesign import Redesign
    from gapkit.redesign.plan.plan import PlanItem

CHANGES_SHOWN: Final = 25


def plan(r: Redesign) -> Exhibit | Callout:
    """Return the plan as a Gantt chart."""
    part = r.plan
    if not part.items:
        return Callout("note", joined(part.sentence, *part.caveats[:1]))
    later = f"Not before day 90: {label_list([item.name for item in part.later])}." if part.later else ""
    declined = f"Declined: {label_list(list(part.declined))}." if part.declined else ""
    return Exhibit(
        "plan", part.sentence.removesuffix("."), draw(r.eng, plot_gantt, part), alt=describe_gantt(part),
        reading=joined("Nobody has more than two actions at a time; an action waits for those it needs.", later, declined),
        foot=f"Efforts and durations are working defaults, to be changed with the owners · "
             f"{source_of(r.eng, 'programs')}",
        facts=(part.sentence, later, declined),
        quoted=tuple(item.name for item in (*part.items, *part.later)),
    )  # fmt: skip


def plan_register(r: Redesign) -> Table | None:
    """Return every action with the finding it answers, who answers for it, when, and what it should move."""
    items = (*r.plan.items, *r.plan.later)
    if not items:
        return None
    columns = (Column("Action", width=0.3), Column("Answers", width=0.16), Column("Who, effort", width=0.15),
               Column("From, to", width=0.14), Column("Should move", width=0.25))  # fmt: skip
    return Table(columns, tuple(_row(item) for item in items), title="The actions", foot=" ".join(r.plan.caveats))


def _row(item: PlanItem) -> tuple[str, ...]:
    effort = label_count(round(item.effort_days), "person-day") if item.effort_days >= 1 else "less than a day"
    dates = f"{day_of(item.starts_on)} to {day_of(item.ends_on)}" if item.starts_on else "after day 90"
    standing = "" if item.standing == "proposed" else f" ({item.standing})"
    answers = f"{sentence_case(item.finding_name)}: {item.verdict}"
    remarks = " ".join(filter(None, (item.note, *item.remarks)))
    return (joined(f"{item.do}{standing}", remarks), answers, f"{sentence_case(item.who)}, {effort}", dates,
            item.expected.text)  # fmt: skip


def targets(r: Redesign) -> Exhibit | Callout:
    """Return what is promised of each measure, and whether the measure window can show it."""
    part = r.targets
    if not part.targets:
        return Callout("missing", part.why_none or part.sentence)
    columns = (Column("Measure", width=0.17), Column("Before", "right", 0.12), Column("Promised", "right", 0.12),
               Column("Change", width=0.2), Column("By", width=0.13), Column("Can it be seen?", width=0.26))  # fmt: skip
    rows = tuple(
        (sentence_case(name_of(one.measure)), f"{label_result(one.baseline)} (n = {label_number(one.baseline.n)})",
         label_value(one.value, one.baseline.unit, one.baseline.n), change_words(one), day_of(one.by),
         "yes" if one.visible.is_enough else joined("not surely.", _needed(one.visible.n_needed)))
        for one in part.targets
    )  # fmt: skip
    table = Table(columns, rows)
    seen = sum(one.visible.is_enough for one in part.targets)
    n = len(part.targets)
    title = f"{label_count(n, 'target')} follow from the levers; the measure window can show {label_number(seen)} of them"
    if n == 1:
        title = f"One target follows from the levers; the measure window {'can' if seen else 'cannot surely'} show it"
    return Exhibit(
        "targets", title, table=table, reading=joined(part.targets[0].sentence, *part.caveats[:2]),
        foot=f"Before: as frozen at day 30 where it was · seen: in four of five cases, two-sided 5 % · "
             f"{source_of(r.eng, 'programs')}",
        facts=(*facts_of_table(table), part.targets[0].sentence, *part.caveats, label_number(n), label_number(seen)),
    )  # fmt: skip


def _needed(count: int | None) -> str:
    return "" if count is None else f"{label_number(count)} afterwards would be needed."


def changes(r: Redesign) -> Table | Callout:
    """Return what was decided since the proposals were written, and what is new or gone since."""
    record = r.to_dict()["decisions"]
    found = record["changes"]
    if not record["has_file"]:
        return Callout("note", "Nothing is decided yet: all of this is a proposal, written to decisions.yml to be edited.")
    if not found:
        said = "Nothing was decided since the proposals were written, and nothing has changed."
        return Callout("note", joined(said, *r.chosen.caveats))
    rows = tuple((sentence_case(change["section"]), change["id"], change["sentence"]) for change in found[:CHANGES_SHOWN])
    rest = len(found) - len(rows)
    foot = joined(f"{label_count(rest, 'more change')} in the workbook." if rest else "", *r.chosen.caveats)
    columns = (Column("Section", width=0.14), Column("Entry", width=0.22), Column("What changed", width=0.64))
    return Table(columns, rows, title=f"{sentence_case(label_count(len(found), 'change'))} since the proposals", foot=foot)


def status_words(r: Redesign) -> str:
    """Return how many entries are agreed, declined and open, in one sentence."""
    entries = [entry for rows in r.to_dict()["decisions"]["entries"].values() for entry in rows]
    counts = {
        word: sum(entry["fields"]["status"] == word for entry in entries) for word in ("agreed", "declined", "proposed")
    }
    said = [f"{label_number(count)} {word}" for word, count in counts.items() if count]
    return label_list(said) or NOTHING
