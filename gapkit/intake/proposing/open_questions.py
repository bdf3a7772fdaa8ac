"""What only the consultant can answer about an export, asked where the answer goes, with what was seen.

Answers that belong into the entry of the source are proposed as comments in it; confirmed spellings and links belong to the
whole engagement, so their block says where it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.intake.people.no_person import looks_like_no_person
from gapkit.intake.people.spellings import propose_same
from gapkit.intake.proposing.columnwords import guess_fields
from gapkit.intake.proposing.guess import guess_type
from gapkit.intake.proposing.tally import Column, Tally
from gapkit.intake.proposing.yamllines import inline, listed, quoted, remark, wrapped
from gapkit.intake.reading.header import name_key
from gapkit.labels import label_count

if TYPE_CHECKING:
    from gapkit.config import Source

# So many owners, spellings and links are listed; the rest is counted.
MOST_LISTED: Final = 60
MOST_COLUMNS: Final = 6
MOST_VALUES: Final = 5
# Columns of dates that say something else than when work shall end.
NO_PLAN: Final = re.compile(
    "resol|chang|creat|updat|modif|view|clos|complet|activ|start|begin|cancel|entry|triag|archiv|done"
)
# Types called so are parts of a program, or programs that have parts.
PART: Final = re.compile(
    "sub_?(?:task|item|tarea|tarefa|taak|element)|unteraufgabe|teilaufgabe|sous_tache|sous_tâche|sottoattivit|podzadanie"
    "|deliverable|asset"
)
WHOLE: Final = re.compile("^(?:epic|epos|épopée|épica|epica|initiative|program|programme|theme|campaign|project)s?$")
# Shorter names are alike by chance.
TELLING: Final = 8
ELSEWHERE: Final = "What is right goes to the end of this file, without the #:"

# Id to name of the programs of other sources, per file.
Others = Mapping[str, Mapping[str, str]]


class Asked(NamedTuple):
    """Lines that ask, and what they ask in one sentence each."""

    lines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def ask_of_entry(tally: Tally, source: Source) -> Asked:
    """Return what must be settled for the whole file: the order of day and month, the wave of a survey."""
    lines, questions = [], []
    if tally.undecided and not source.dates:
        seen = f"{remark(tally.undecided.example[:40])} was seen in {label_count(tally.undecided.n, 'cell')}"
        lines.append(f"#dates: dmy  # or mdy: {seen}")
        questions.append(f"Does the day come first or the month? {seen}.")
    if "survey_respondents" in tally.tables and not source.wave:
        lines.append("#wave: Baseline  # which wave of the survey is it? left out: the name of the file")
        questions.append("Which wave of the survey is it?")
    levels = _levels(tally)
    if levels and not source.levels:
        lines.append(f"#levels: {inline(levels)}  # what is a program, and what a part of one? parts enter no figure")
        questions.append(f"Which types are programs, and which parts of one? {', '.join(map(quoted, levels))}.")
    return Asked(tuple(lines), tuple(questions))


def _levels(tally: Tally) -> dict[str, str]:
    """Return the level of types where some are called like parts, or like what has parts; empty where none is."""
    names = {word: name_key(word) for word in tally.types if word}
    parts = {word for word, name in names.items() if PART.search(name)}
    wholes = {word for word, name in names.items() if WHOLE.search(name)} - parts
    below = {word for word in names if wholes and not guess_type(word).is_sure} - wholes
    if not parts | below:
        return {}
    return {word: "program" if word in wholes else "deliverable" for word in names if word in parts | below | wholes}


def ask_of_columns(tally: Tally) -> Asked:
    """Return which columns may hold what no column is known for: the date promised, the commitment, team and type."""
    if "programs" not in tally.tables:
        return Asked()
    asked = [_promise(tally), _commitment(tally), *(_grouping(tally, ours) for ours in ("team", "type"))]
    return _joined(asked)


def _joined(asked: Sequence[Asked]) -> Asked:
    lines = tuple(line for each in asked for line in each.lines)
    return Asked(lines, tuple(question for each in asked for question in each.questions))


def _promise(tally: Tally) -> Asked:
    columns = [column for column in tally.dates if not _is_no_plan(column.name, tally.mapped)]
    if "baseline_end" in tally.mapped or len(columns) < 2:
        return Asked()
    seen = [f"{quoted(column.name)} ({column.n})" for column in columns]
    line = f"baseline_end: {quoted(columns[0].name)}  # the date first promised? or {', '.join(seen[1:])}"
    return Asked((line,), (f"Which column is the date first promised: {', '.join(seen)}?",))


def _is_no_plan(column: str, mapped: Mapping[str, str]) -> bool:
    ours = {theirs: ours for ours, theirs in mapped.items()}.get(column) or next(iter(guess_fields([column])), "")
    return ours not in ("", "current_end", "baseline_end") or bool(NO_PLAN.search(name_key(column)))


def _commitment(tally: Tally) -> Asked:
    created = tally.mapped.get("first_seen_on")
    if created is None or "committed_at" in tally.mapped:
        return Asked()
    line = f"committed_at: {quoted(created)}  # is a program promised on the day it is entered? if not, leave this out"
    return Asked((line,), (f"Is a program promised on the day in {quoted(created)}, or later?",))


def _grouping(tally: Tally, ours: str) -> Asked:
    is_mapped = ours in tally.mapped
    columns = [column for column in tally.groupings if len(column.values) > is_mapped][:MOST_COLUMNS]
    # One team for all rows may be the name of the board, and the team another column.
    if is_mapped and (ours != "team" or len(tally.teams) > 1 or not columns):
        return Asked()
    what = {"team": "the team", "type": "the sort of work"}[ours]
    if not columns:
        return Asked((), (f"No column seems to hold {what}: can the export be made with it?",))
    lines = tuple(f"{ours}: {quoted(column.name)}  # {what}? {_values(column)}" for column in columns)
    return Asked(lines, (f"Which column is {what}: {', '.join(quoted(column.name) for column in columns)}?",))


def _values(column: Column) -> str:
    shown = ", ".join(listed(dict(column.values), MOST_VALUES))
    return f"{label_count(len(column.values), 'value')} in {label_count(column.n, 'row')}: {shown}"


def ask_of_owners(tally: Tally) -> Asked:
    """Return the owners seen, which of them may be one person, and which may be no person."""
    if not tally.owners:
        return Asked()
    lines = wrapped(f"{label_count(len(tally.owners), 'owner')} seen:", listed(tally.owners, MOST_LISTED))
    same = [
        f"#    {quoted(each.name)}: [{', '.join(quoted(other.name) for other in each.others)}]"
        f"  # {', '.join(str(n) for n in (each.n, *(other.n for other in each.others)))} rows: "
        + "; ".join(dict.fromkeys(other.reason for other in each.others))
        for each in propose_same(tally.owners)
    ]
    kinds = {name: looks_like_no_person(name, tally.teams) for name in tally.owners}
    gone = [quoted(name) for name, kind in kinds.items() if kind == "left"]
    no_persons = [f"{quoted(name)}: {kind}" for name, kind in kinds.items() if kind not in ("", "left")]
    block = [*(["#  same:", *_cut(same, "#    ")] if same else [])]
    block += [f"#  not_persons: {{{', '.join(no_persons)}}}"] if no_persons else []
    block += [f"#  left: [{', '.join(gone)}]"] if gone else []
    if not block:
        return Asked(tuple(lines))
    found = [
        f"{label_count(len(same), 'person', 'persons')} under several spellings" if same else "",
        f"{label_count(len(no_persons), 'name')} of no person" if no_persons else "",
        f"{label_count(len(gone), 'name')} of nobody who is still there" if gone else "",
    ]
    question = f"Owners: {', '.join(filter(None, found))}. Right?"
    return Asked((*lines, f"# Likely. {ELSEWHERE}", "#owners:", *block), (question,))


def ask_of_others(tally: Tally, others: Others) -> Asked:
    """Return which programs may be the same as one of another source, and which ids mean another program there."""
    asked = [
        each for file, names in others.items() for each in (_other_ids(tally, file, names), _links(tally, file, names))
    ]
    return _joined(asked)


def _other_ids(tally: Tally, file: str, names: Mapping[str, str]) -> Asked:
    twice = [each for each, name in tally.names.items() if each in names and name_key(names[each]) != name_key(name)]
    if not twice:
        return Asked()
    seen = f"{label_count(len(twice), 'id')} such as {quoted(twice[0])} also in {quoted(file)}, under another name"
    line = f'#prefix: "X-"  # other programs? {seen}'
    return Asked((line,), (f"Are these other programs, to be told apart by a prefix? {seen}.",))


def _links(tally: Tally, file: str, names: Mapping[str, str]) -> Asked:
    here, there = _by_name(tally.names.items()), _by_name(names.items())
    pairs = [(there[name], mine) for name, mine in here.items() if name in there and there[name] != mine]
    if not pairs:
        return Asked()
    links = [f"#  {quoted(kept)}: [{quoted(mine)}]  # {quoted(names[kept])}" for kept, mine in pairs]
    what = f"{label_count(len(pairs), 'program')} of the same name in {quoted(file)}"
    lines = (f"# {what}. {ELSEWHERE}", "#links:", *_cut(links, "#  "))
    return Asked(lines, (f"Are these the same programs? {what}.",))


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the id of every program whose name is long enough to tell it, and no other's."""
    ids: dict[str, list[str]] = {}
    for each, name in pairs:
        ids.setdefault(name_key(name), []).append(each)
    return {name: found[0] for name, found in sorted(ids.items()) if len(found) == 1 and len(name) >= TELLING}


def _cut(lines: Sequence[str], margin: str) -> list[str]:
    more = len(lines) - MOST_LISTED
    return [*lines[:MOST_LISTED], *([f"{margin}… and {more} more"] if more > 0 else [])]
