"""The operating manual: how the organisation runs from now on, on one page for most, as a document of its own at scale.

It is made from what the other parts hold, decisions counted, so it never says anything else than they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gapkit.labels import label_count, label_date, label_number, label_share
from gapkit.redesign.decisions.decided import SECTIONS
from gapkit.redesign.manual.text import bullets, escaped, section, table

if TYPE_CHECKING:
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

Part = Mapping[str, Any]
Lines = list[str]

# A longer list is kept in the workbook, where it can be searched.
MOST_ROWS: Final = 200
NOBODY: Final = "to be named"
UNKNOWN: Final = "This part of the redesign was not made."

OWNER_RULES: Final = (
    "One named person answers for each program, from its planned start until its results are reviewed. Teams, committees "
    "and partners support.",
    "A program without that person does not start.",
    "An owner changes in the regular review, when both sides have agreed to the handover, and on the record the same day.",
)
RECORD_RULES: Final = (
    "There is one system of record. A program that is not in it has not started.",
    "Each entry has a plan, an owner, a date, a status and a goal.",
    "Owners bring their entries up to date the day before the weekly review; the review reads from the record alone.",
    "Work is handed over in the record. Meetings and messages may announce it, not replace it.",
    "Once a month a sample of entries is compared with a second source, and the field that differs most is mended.",
)
HANDOFF_RULES: Final = (
    "Who hands over says what is asked for and hands over complete; who receives takes it up within the agreed time.",
    "When the time has passed it goes on the next agenda, the oldest first.",
)
CHANGE_RULES: Final = (
    "What stands here was proposed from the data or decided by you; each table says which.",
    "A change is brought to the review that owns the subject, decided there, and recorded with its reason.",
    "It is then entered in the workbook or in decisions.yml, and this manual is made anew from there. Nobody edits the "
    "manual itself.",
    "A decision is taken back only where it was taken, and with what has changed since.",
)


def operating_manual(eng: Engagement, parts: Mapping[str, Any], decided: Decided) -> str:
    """Return the operating manual as Markdown.

    Parameters
    ----------
    eng : Engagement
        Supplies client, scale and day.
    parts : mapping
        Parts of the redesign by name (``cadence``, ``owners``, ``slas``, ``priorities``, ``inputs``, ``simplification``),
        each with ``to_dict``; missing ones, and None, are said to be missing.
    decided : Decided
        Supplies how many entries were agreed to.

    Returns
    -------
    str
        For an enterprise the whole manual; for a mid-sized organisation its rules and times on a page; for a small one what
        it keeps, what it stops, and its week. The same text for the same input; client text shows letter by letter.
    """
    known = {name: part.to_dict() for name, part in parts.items() if part is not None}
    writers = {"smb": _small, "mid": _short, "enterprise": _full}
    lines = [f"# How {escaped(eng.config.client)} works", "", f"As of {label_date(eng.as_of)}. {standing(decided)}", ""]
    return "\n".join([*lines, *writers[eng.scale](known)]).rstrip() + "\n"


def standing(decided: Decided) -> str:
    """Return how much of what stands here is decided.

    Examples
    --------
    >>> from gapkit.redesign.decisions.decided import Decided
    >>> standing(Decided())
    'Nothing of it has been decided yet: all of this is a proposal.'
    """
    entries = [(name, each) for name in SECTIONS for each in decided.sections.get(name, {})]
    agreed = sum(decided.standing(name, each) == "agreed" for name, each in entries)
    if not agreed:
        return "Nothing of it has been decided yet: all of this is a proposal."
    return f"{label_count(agreed, 'entry is', 'entries are')} agreed; the rest is a proposal."


def _full(parts: Mapping[str, Part]) -> Lines:
    return [
        *_priorities(parts.get("priorities")),
        *_cadence(parts.get("cadence"), with_questions=True),
        *_owners(parts.get("owners"), with_register=True),
        *_handoffs(parts.get("slas"), with_breaches=True),
        *section("Source of truth", bullets(RECORD_RULES)),
        *_inputs(parts.get("inputs")),
        *section("How decisions are changed", bullets(CHANGE_RULES)),
    ]


def _short(parts: Mapping[str, Part]) -> Lines:
    return [
        *_priorities(parts.get("priorities")),
        *_cadence(parts.get("cadence"), with_questions=False),
        *_owners(parts.get("owners"), with_register=False),
        *_handoffs(parts.get("slas"), with_breaches=False),
        *section("Source of truth", bullets(RECORD_RULES[:3])),
        *section("How decisions are changed", bullets(CHANGE_RULES[1:3])),
    ]


def _small(parts: Mapping[str, Part]) -> Lines:
    part = parts.get("simplification")
    if part is None:
        kept = _priorities(parts.get("priorities")) + _cadence(parts.get("cadence"), with_questions=True)
    else:
        stopped = [*part["drop"], *(row["name"] for row in part["programs"]), *part["meetings"]]
        kept = [
            *section("What counts", bullets(part["keep"]) or [UNKNOWN]),
            *(section("What stops", bullets(stopped[:MOST_ROWS]), _cut(stopped)) if stopped else []),
            *section(
                "The week", [escaped(part["when"])] if part["when"] else ["No check-in is agreed."],
                table(["Minutes", "Question"], [(one["minutes"], one["question"]) for one in part["agenda"]])
                if part["agenda"] else [],
            ),
        ]  # fmt: skip
    return [*kept, *section("Who answers", bullets(OWNER_RULES[:2])), *section("Changes", bullets(CHANGE_RULES[1:3]))]


def _priorities(part: Part | None) -> Lines:
    title = "What counts"
    if part is None:
        return section(title, [UNKNOWN])
    kept = [row for row in part["order"] if row["keep"]]
    rows = [(row["rank"], row["label"], row["standing"]) for row in kept]
    return section(title, table(["Place", "Priority", "Standing"], rows) if rows else [escaped(part["sentence"])])


def _cadence(part: Part | None, *, with_questions: bool) -> Lines:
    title = "Cadence"
    if part is None:
        return section(title, [UNKNOWN])
    held = [one for one in part["series"] if one["standing"] != "declined"]
    rows = [(one["name"], one["when"], ", ".join(one["attendance"]), one["standing"]) for one in held]
    times = [f"Times are those of {escaped(part['tz'])}. Dates are in cadence.ics."] if held else []
    asked = [section(escaped(one["name"]), bullets(one["questions"]), level=3) for one in held] if with_questions else []
    stops = [one["name"] for one in part["stops"] if one["advice"] == "stop" and one["standing"] != "declined"]
    shown = table(["Meeting", "When", "Who", "Standing"], rows) if rows else []
    return [
        *section(title, [escaped(part["sentence"])], shown, times),
        *(line for lines in asked for line in lines),
        *(section("Meetings that stop", bullets(stops), level=3) if stops else []),
    ]  # fmt: skip


def _owners(part: Part | None, *, with_register: bool) -> Lines:
    title = "Owners"
    if part is None:
        return section(title, bullets(OWNER_RULES), [UNKNOWN])
    register = part["register"]
    rows = [(row["name"], row["team"], row["owner"] or NOBODY, row["standing"]) for row in register[:MOST_ROWS]]
    shown = table(["Program", "Team", "Answers for it", "Standing"], rows) if with_register and rows else []
    return section(title, [escaped(part["sentence"])], bullets(OWNER_RULES), shown, _cut(register) if shown else [])


def _handoffs(part: Part | None, *, with_breaches: bool) -> Lines:
    title = "Hand-offs"
    if part is None:
        return section(title, bullets(HANDOFF_RULES), [UNKNOWN])
    held = [one for one in part["entries"] if one["standing"] != "declined"]
    rows = [
        (one["id"], label_number(one["days"], 0 if float(one["days"]).is_integer() else 1), one["answers"],
         label_share(one["adherence"]), one["standing"])
        for one in held[:MOST_ROWS]
    ]  # fmt: skip
    columns = ["Wait or hand-off", "Business days", "Who answers", "Kept in at least", "Standing"]
    shown = table(columns, rows) if rows else []
    breaches = bullets(f"{one['id']}: {one['breach']}" for one in held[:MOST_ROWS]) if with_breaches else []
    return [
        *section(title, [escaped(part["sentence"])], bullets(HANDOFF_RULES), shown, _cut(held) if shown else []),
        *(section("When the time has passed", breaches, level=3) if breaches else []),
    ]


def _inputs(part: Part | None) -> Lines:
    title = "Weekly inputs"
    if part is None:
        return section(title, [UNKNOWN])
    steered = [row for row in part["kpis"] if row["kind"] == "leading" and row["standing"] != "declined"]
    rows = [(row["name"], row["goal"], row["owner_id"] or NOBODY, row["cadence"]) for row in steered[:MOST_ROWS]]
    shown = table(["Measure", "Goal", "Answers for it", "Read"], rows) if rows else []
    return section(title, [escaped(part["sentence"])], shown, _cut(steered) if shown else [])


def _cut(rows: Sequence[Any]) -> Lines:
    """Return what is said of rows left out; nothing where all are here."""
    if len(rows) <= MOST_ROWS:
        return []
    return [f"The first {label_number(MOST_ROWS)} of {label_number(len(rows))}; the workbook holds all."]
