"""Decisions as lines of YAML that any client's words leave intact."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from gapkit.intake.proposing.yamllines import LONGEST_KEY, ODD, quoted
from gapkit.labels import label_date, sentence_case
from gapkit.redesign.decisions.decided import SECTIONS, Entries
from gapkit.redesign.decisions.rules import Rule, Rules, ruled
from gapkit.redesign.decisions.values import allowed_text, normal, typed

FIRST: Final = "first_proposed"
DAY: Final = "proposed_on"
WIDTH: Final = 110
# Letters and digits of any script, and what stands between words without a meaning of its own in YAML.
_RESOLVER: Final = Resolver()
PLAIN: Final = re.compile(r"\w(?:[\w ./()+-]*[\w./()+-])?")
TITLES: Final = {
    "levers": "levers: what is changed about the way of working",
    "owners": "owners: the one person who answers for each program",
    "priorities": "priorities: their order, and what stops",
    "tooling": "tools: the few gaps worth closing",
    "slas": "hand-off times: how long each wait may take, and who answers",
    "cadence": "cadence: which meetings start and which stop",
    "inputs": "inputs: what is watched every week, and who answers",
    "plan": "plan: the actions of the 90 days",
    "targets": "targets: what is promised and measured",
}
HEADER: Final = """\
# Decisions of the redesign, as proposed on {day}. This file is yours to edit: gapkit writes it once.
# (gapkit import-decisions brings edits made in the workbook here, and touches nothing else.)
#
# status: proposed   Nothing is decided. Values follow the data from run to run, except those you change.
# status: agreed     Everything in the entry holds as it is written here.
# status: declined   The proposal does not hold.
#
# Left empty means nothing. Text that holds : # or quotes stands in double quotes. Keep the ids; what stands
# behind # is for you. An entry you delete is a proposal again. Proposals that come up later are not added
# here: the report and the workbook list them, and you may copy them in.
"""
FOOTER: Final = "# The proposal as it was first made, from which gapkit knows what you changed. Please leave it as it is."


def write_proposal(sections: Entries, *, rules: Rules, names: Mapping[str, Mapping[str, str]], as_of: dt.date) -> str:
    """Return `decisions.yml` as it is first written: everything proposed, nothing decided.

    Parameters
    ----------
    sections : mapping
        Section to id to proposed fields, without a status.
    rules : mapping
        Section to field to `Rule`; explains the fields and gives them their order.
    names : mapping
        Section to id to a name people know it by, written beside the id.
    as_of : date
        The day the proposal was made at.

    Returns
    -------
    str
        The file. Sections stand in the order of `SECTIONS`, entries in the order given; sections without entries are
        left out. A copy of the proposal at its end lets a later run say what was changed.

    Examples
    --------
    >>> rules = {"slas": {"days": Rule("whole", "days it may take")}}
    >>> text = write_proposal({"slas": {"legal": {"days": 5}}}, rules=rules, names={}, as_of=dt.date(2026, 6, 4))
    >>> print(text[text.index("slas:") :], end="")
    slas:
      legal:
        status: proposed
        days: 5
    <BLANKLINE>
    # The proposal as it was first made, from which gapkit knows what you changed. Please leave it as it is.
    first_proposed:
      slas:
        legal: {days: 5}
    """
    filled = {name: sections[name] for name in SECTIONS if sections.get(name)}
    lines = [*HEADER.format(day=label_date(as_of)).splitlines(), f"{DAY}: {as_of.isoformat()}"]
    for name, entries in filled.items():
        lines += ["", *_explained(name, ruled(rules.get(name, {}))), f"{name}:"]
        for identifier, fields in entries.items():
            known = names.get(name, {}).get(identifier, "")
            lines += _indented(entry_lines(identifier, in_order(fields, rules.get(name, {})), known))
    lines += ["", FOOTER, f"{FIRST}:"]
    for name, entries in filled.items():
        lines.append(f"  {name}:")
        for identifier, fields in entries.items():
            lines += _indented(first_lines(identifier, in_order(fields, rules.get(name, {}))), 2)
    return "\n".join(lines) + "\n"


def in_order(fields: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Return the fields of an entry in the order of its rules; those without a rule last."""
    return {name: fields[name] for name in (*rules, *fields) if name in fields}


def entry_lines(identifier: str, fields: Mapping[str, Any], name: str = "") -> list[str]:
    """Return an entry as lines from column 0: its id with a name behind it, one field per line below, its status first."""
    known = said(name)
    beside = f"  # {known}" if known and known != identifier else ""
    values = {"status": "proposed", **fields}
    return [
        *_key(identifier, beside),
        *_indented([f"{field}: {scalar(value)}".rstrip() for field, value in values.items()]),
    ]


def first_lines(identifier: str, fields: Mapping[str, Any]) -> list[str]:
    """Return an entry of the first proposal: one line."""
    within = ", ".join(f"{field}: {scalar(value) or 'null'}" for field, value in fields.items() if field != "status")
    *before, last = _key(identifier)
    return [*before, f"{last} {{{within}}}"]


def _key(identifier: str, beside: str = "") -> list[str]:
    """Return the line of a key; one too long for YAML's short form takes two."""
    written = scalar(identifier) or quoted(identifier)
    return [f"{written}:{beside}"] if len(written) <= LONGEST_KEY else [f"? {written}", f":{beside}"]


def scalar(value: Any) -> str:
    """Return a value as YAML on one line: empty for nothing, words as they are where they cannot be misread.

    Examples
    --------
    >>> scalar("legal review"), scalar("yes"), scalar("=1+1"), scalar("12"), scalar(12), scalar(None), scalar(["a", "b: c"])
    ('legal review', '"yes"', '"=1+1"', '"12"', '12', '', '[a, "b: c"]')
    """
    found = normal(value)
    if isinstance(found, list):
        return f"[{', '.join(_word(item) for item in found)}]"
    if isinstance(found, str) and not isinstance(value, dt.date):
        return _word(found)
    return str(typed(found))


def _word(text: str) -> str:
    is_text = _RESOLVER.resolve(ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str"  # type: ignore[no-untyped-call]
    is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    return text if PLAIN.fullmatch(text) and (is_text or is_day) else quoted(text)


def said(text: str, width: int = 80) -> str:
    """Return client text as it can stand in a comment: one line, nothing that cannot be printed, not too long."""
    line = " ".join(ODD.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _explained(section: str, rules: Mapping[str, Rule]) -> Iterator[str]:
    """Yield the comment above a section: what it is, and what each field may hold."""
    yield f"# {sentence_case(TITLES[section])}"
    for name, rule in rules.items():
        if name != "status":
            yield from _comment(f"{name}: {said(rule.help, 200)} ({said(allowed_text(rule), 300)})")


def _comment(text: str) -> list[str]:
    """Return the comment on a field, later lines further in."""
    lines = textwrap.wrap(text, WIDTH, break_long_words=False)
    return [f"#   {'' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _indented(lines: list[str], steps: int = 1) -> list[str]:
    return [f"{'  ' * steps}{line}" for line in lines]
