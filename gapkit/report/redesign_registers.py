"""The redesign as registers, from the content of `redesign.json`: every action, every open program with its owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gapkit.report.register_fields import Field, Row, register, worded

if TYPE_CHECKING:
    from gapkit.report.registers import Register


def redesigned(record: Row) -> Iterator[Register]:
    """Yield the registers of a redesign, in the order of the workbook's sheets.

    Parameters
    ----------
    record : mapping
        Content of `redesign.json`. Parts it does not have give no register; parts without rows an empty one.
    """
    if "plan" in record:
        yield _plan(record["plan"])
    if "owners" in record:
        yield _owners(record["owners"])
        yield _raci(record["owners"]["raci"])
    if "tooling" in record:
        yield _workarounds(record["tooling"])


def _plan(plan: Row) -> Register:
    fields = (
        Field("Action", "name", width=28), Field("What to do", "do", width=60), Field("Answers", "finding_name", width=24),
        Field("Verdict", "verdict", width=18), Field("Who", "who", width=22),
        Field("Person-days", "effort_days", "number", 9), Field("From", "starts_on", width=12),
        Field("To", "ends_on", width=12), Field("Needs", "needs", width=24),
        Field("Should move", "expected.text", width=60), Field("Status", "standing", width=12),
        Field("Note", "note", width=30), Field("To know", "remarks", width=50),
    )  # fmt: skip
    purpose = "Every action of the plan, with what is left for after day 90 at the end."
    return register("Plan", purpose, fields, [*plan["items"], *plan["later"]])


def _owners(owners: Row) -> Register:
    fields = (
        Field("Program", "program_id", width=14), Field("Name", "name", width=36), Field("Type", "type", width=14),
        Field("Team", "team", width=20), Field("State", "status", width=14), Field("Planned end", "planned_end", width=12),
        Field("Answers today", "owners_today", width=20), Field("Problem", "problem", width=24),
        Field("Proposed", "proposed", width=14), Field("Change", "change", width=24), Field("Because", "why", width=50),
        Field("Status", "standing", width=12), Field("Note", "note", width=30),
    )  # fmt: skip
    return register(
        "Owners", "Who answers for each open program today, and who is proposed.", fields,
        worded(owners["register"], "type", "status"),
    )  # fmt: skip


def _raci(raci: Row) -> Register:
    fields = (
        Field("Program", "program_id", width=14), Field("Name", "name", width=36),
        Field("Does it (R)", "responsible", width=22), Field("Answers (A)", "accountable", width=14),
        Field("Is asked (C)", "consulted", width=34), Field("Is told (I)", "informed", width=34),
        Field("Check", "check", width=22),
    )  # fmt: skip
    return register("RACI", "Who does, answers for, is asked about and told of each open program.", fields, raci["rows"])


def _workarounds(tooling: Row) -> Register:
    fields = (
        Field("Workaround", "workaround_id", width=12), Field("Step", "step", width=28),
        Field("People", "people", "number", 8), Field("Typed in twice", "re_entry", width=12),
        Field("Hours a week", "hours", "number", 10),
        Field("Hours, low", "hours_low", "number", 10), Field("Hours, high", "hours_high", "number", 10),
        Field("Options", "options", width=20), Field("On the shortlist", "is_on_shortlist", width=14),
    )  # fmt: skip
    return register("Workarounds", "Manual work around tools, and what would remove it.", fields, tooling["workarounds"])
