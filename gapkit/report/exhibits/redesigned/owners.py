"""Exhibits of owners: how many programs get one accountable person, who that is, and who else takes part.

The register and the A of the RACI are the only places that name persons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_number, sentence_case
from gapkit.plots.settled import describe_settled, plot_settled
from gapkit.redesign.owners.today import NO_SINGLE, NOT_RECORDED, OVERLOADED
from gapkit.redesign.owners.wording import ANOTHER, CHANGES, ONE_OF_TODAY, STAYS
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import Parts, day_of, joined, rest_in_workbook, text_of

if TYPE_CHECKING:
    import pandas as pd

    from gapkit.redesign.owners.owners import Owners

MOST_ROWS: Final = 40
MOST_RACI: Final = 25
MOST_TEAMS: Final = 8
MOST_IDS: Final = 6
TABLES: Final = ("programs", "people")
DONE, LEFT = "one person proposed", "nobody has room or is known"


def owners(r: Parts) -> Exhibit | Callout:
    """Return how many open programs lack a single owner, how many get one, and where capacity falls short."""
    part, n = r.owners, len(r.owners.register)
    if not n:
        return Callout("note", part.sentence)
    if not is_known(part):
        return unmeasured(part.sentence)
    rows = part.by_problem.rename(columns={"problem": "label"})
    table = _shortfall_table(part) if len(part.shortfall) else _problems_table(part)
    counts = part.by_problem[["programs", "in_flight", "planned", "proposed", "open"]].to_numpy().ravel()
    lacking = (_count(part, NO_SINGLE, column) for column in ("programs", "proposed", "open"))
    numbers = (
        n,
        *counts,
        *lacking,
        _changed(part, ONE_OF_TODAY),
        _changed(part, ANOTHER),
        _moved(part),
        _short(part),
        _over(part),
    )
    return Exhibit(
        "owners", _title(part), draw(r.eng, plot_settled, rows, DONE, LEFT), alt=describe_settled(rows, DONE, LEFT),
        table=table, reading=_reading(part),
        foot=foot(r.eng, "Single owner: exactly one person answers. Capacity: programs a person can answer for at a time",
                  n=f"n = {label_count(n, 'open program')}, in flight or planned; every one counted", tables=TABLES),
        facts=(*map(label_number, numbers), *facts_of_table(table), *part.caveats),
        quoted=tuple(str(team) for team in part.shortfall["team"]),
    )  # fmt: skip


def is_known(part: Owners) -> bool:
    """Return whether anything is known of owners: today's, or people who could be."""
    return bool((part.register["problem"].ne(NOT_RECORDED) | part.register["proposed"].notna()).any())


def _count(part: Owners, problems: tuple[str, ...], column: str = "programs") -> int:
    return int(part.by_problem.loc[part.by_problem["problem"].isin(problems), column].sum())


def _title(part: Owners) -> str:
    """Return how many programs lack a single owner and how many of them get one."""
    n = label_count(len(part.register), "open program")
    lacking, got = _count(part, NO_SINGLE), _count(part, NO_SINGLE, "proposed")
    unrecorded = _count(part, (NOT_RECORDED,))
    if unrecorded:
        got = _count(part, (NOT_RECORDED,), "proposed")
        return (f"Who answers is not recorded for {label_number(unrecorded)} of {n}; within capacity "
                f"{label_number(got)} of them get an owner")  # fmt: skip
    if not lacking:
        return f"No open program is without a single owner; {label_number(len(part.register))} are in flight or planned"
    verb = "has" if lacking == 1 else "have"
    tail = {0: "nobody can be proposed", lacking: "all get one" if lacking > 1 else "it gets one"}
    return f"{label_number(lacking)} of {n} {verb} no single owner; {tail.get(got, f'{label_number(got)} get one')}" + (
        " within capacity" if got else ""
    )


def _reading(part: Owners) -> str:
    """Return what becomes of programs whose owner has too many, and what a shortfall asks for."""
    many, moved, short, over = _count(part, (OVERLOADED,)), _moved(part), _short(part), _over(part)
    kept, given = (_changed(part, change) for change in (ONE_OF_TODAY, ANOTHER))
    said = []
    if kept or given:
        said.append(f"Of programs without a single owner {label_number(kept)} go to one of today’s owners, "
                    f"{label_number(given)} to another person.")  # fmt: skip
    if many:
        has = "1 program has" if many == 1 else f"{label_number(many)} programs have"
        moves = "moves" if moved == 1 else "move"
        tail = f"; {label_number(moved)} of them {moves} to somebody with room" if moved else ""
        said.append(f"{has} an owner who answers for more than they can carry{tail}.")
    if short:
        programs = label_count(short, "program")
        said.append(f"For {programs} capacity does not suffice: add some, or stop or postpone programs.")
    if over:
        said.append(f"Decisions give {label_count(over, 'person', 'people')} more programs than they can carry.")
    if not short and not over:
        said.append("Nobody is given more than they can carry.")
    return joined(*said)


def _changed(part: Owners, change: str) -> int:
    """Return how many programs without a single owner get one in a way of `owners.wording.CHANGES`."""
    rows = part.register
    return int((rows["problem"].isin(NO_SINGLE) & rows["change"].eq(change)).sum())


def _moved(part: Owners) -> int:
    """Return how many programs of an owner who has too many go to somebody else."""
    rows = part.register
    return int((rows["problem"].eq(OVERLOADED) & rows["change"].ne(STAYS) & rows["proposed"].notna()).sum())


def _short(part: Owners) -> int:
    """Return how many programs nobody can take."""
    return int(part.shortfall["programs"].sum())


def _over(part: Owners) -> int:
    """Return how many people have more programs by decision than they can carry."""
    return int((part.loads["proposed"] > part.loads["capacity"]).sum())


def _shortfall_table(part: Owners) -> Table:
    columns = (Column("Team", width=0.22), Column("What is missing", width=0.36), Column("Programs", "right", 0.11),
               Column("Which", width=0.31))  # fmt: skip
    rows = [
        (row["team"], sentence_case(row["reason"]), label_number(row["programs"]), _ids(row["program_ids"]))
        for row in part.shortfall.head(MOST_TEAMS).to_dict(orient="records")
    ]
    rest = part.shortfall.iloc[MOST_TEAMS:]
    if len(rest):
        rows.append((label_count(len(rest), "more team"), "", label_number(rest["programs"].sum()), ""))
    return Table(columns, tuple(rows))


def _ids(text: str) -> str:
    ids = text.split("; ")
    rest = len(ids) - MOST_IDS
    return ", ".join(ids[:MOST_IDS]) + (f" and {label_number(rest)} more" if rest > 0 else "")


def _problems_table(part: Owners) -> Table:
    columns = (Column("Who answers today", width=0.4), Column("In flight", "right", 0.15), Column("Planned", "right", 0.15),
               Column("One person proposed", "right", 0.3))  # fmt: skip
    rows = [
        (sentence_case(row["problem"]), *(label_number(row[name]) for name in ("in_flight", "planned", "proposed")))
        for row in part.by_problem.to_dict(orient="records")
    ]
    return Table(columns, tuple(rows))


def most_urgent(register: pd.DataFrame) -> pd.DataFrame:
    """Return the register with what has to be settled first on top.

    Programs without anybody come first, those that stay as they are last; among equals those in flight, then those planned
    to end soonest.

    Parameters
    ----------
    register : DataFrame
        Of `gapkit.redesign.owners.owners.Owners`.
    """
    urgency = {change: place for place, change in enumerate(reversed(CHANGES))}
    return (
        register.assign(urgency=register["change"].map(urgency), waits=~register["is_in_flight"].astype(bool))
        .sort_values(["urgency", "waits", "planned_end", "program_id"], na_position="last", ignore_index=True)
        .drop(columns=["urgency", "waits"])
    )


def owner_register(r: Parts) -> Table | None:
    """Return who answers for each program today and who is proposed; None where nothing is known, which `owners` says."""
    part = r.owners
    if part.register.empty or not is_known(part):
        return None
    columns = (Column("Program", width=0.24), Column("Team", width=0.13), Column("Today", width=0.13),
               Column("Problem", width=0.14), Column("Proposed", width=0.1), Column("Change", width=0.14),
               Column("Status", width=0.12))  # fmt: skip
    shown = most_urgent(part.register).head(MOST_ROWS)
    rows = [
        (f"{row['program_id']} · {row['name']}", text_of(row["team"]), text_of(row["owners_today"]),
         sentence_case(row["problem"]), text_of(row["proposed"]), sentence_case(row["change"]),
         sentence_case(row["standing"]))
        for row in shown.to_dict(orient="records")
    ]  # fmt: skip
    due = shown.loc[shown["change"].ne(STAYS), "planned_end"].min()
    foot_line = joined(
        rest_in_workbook(len(shown), len(part.register), "program", "Owners"),
        f"Nearest planned end among those that change: {day_of(due)}." if due == due else "",
        "Persons by the pseudonyms of the people table.",
    )
    return Table(columns, tuple(rows), title="Owner register: what has to be settled first", foot=foot_line)


def raci(r: Parts) -> Table | None:
    """Return who is responsible, accountable, consulted and informed; None where nothing is known, which `owners` says."""
    part = r.owners
    if part.register.empty or not is_known(part):
        return None
    columns = (Column("Program", width=0.24), Column("R: does it", width=0.14), Column("A: answers", width=0.13),
               Column("C: is asked", width=0.2), Column("I: is told", width=0.17), Column("Check", width=0.12))  # fmt: skip
    by_id = part.raci.rows.set_index("program_id")
    shown = by_id.loc[most_urgent(part.register).head(MOST_RACI)["program_id"]].reset_index()
    letters = ("responsible", "accountable", "consulted", "informed", "check")
    rows = [
        (f"{row['program_id']} · {row['name']}", *(text_of(row[letter]) for letter in letters))
        for row in shown.to_dict(orient="records")
    ]
    rest = rest_in_workbook(len(shown), len(by_id), "program", "RACI")
    return Table(columns, tuple(rows), title="RACI of the programs to settle first", foot=joined(*part.raci.checks, rest))
