"""RACI: for each open program who is responsible, accountable, consulted and informed.

Teams, functions and stages by name; a person only as the accountable one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from gapkit.config import spelling_key
from gapkit.labels import label_count, label_number, sentence_case
from gapkit.plain import plain_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapkit.engagement import Engagement

SEPARATOR: Final = "; "
USUAL: Final = 0.5  # share of a type's programs from which on an approver or a receiver is usual for the type
ONE: Final = "exactly one A"
NONE: Final = "no A"
MANY: Final = "several A"
NO_R: Final = "no R"
COLUMNS: Final = ["program_id", "name", "accountable", "responsible", "consulted", "informed", "check"]


@dataclass(frozen=True)
class Raci:
    """The RACI of the open programs.

    Attributes
    ----------
    rows : DataFrame
        One row per program, by program_id: program_id, name, accountable (the one person; of several who answer today and
        of whom none is chosen, all, with ; between them), responsible (the executing team), consulted (its approvers, and
        the other functions that work on it), informed (the teams that receive its hand-offs), check (``exactly one A``,
        ``no A`` or ``several A``, and ``no R`` where the team is not recorded).
    checks : tuple of str
        What the checks found, one sentence each; the first is about A.
    """

    rows: pd.DataFrame
    checks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {"rows": plain_rows(self.rows), "checks": list(self.checks)}


def map_raci(eng: Engagement, today: pd.DataFrame, register: pd.DataFrame) -> Raci:
    """Return the RACI of the programs of the register, and check it.

    Parameters
    ----------
    eng : Engagement
        Supplies stage visits, hand-offs and people.
    today : DataFrame
        From `owners.today.owners_today`.
    register : DataFrame
        Of `owners.owners.Owners`; who answers is read from its column owner.

    Notes
    -----
    Approvers and receivers are those on the program's own record and those usual for its type: named for at least half of
    the type's programs with any. Each team has one letter, the first of R, C and I that fits.
    """
    approvers, receivers = _approvers(eng), _receivers(eng)
    function_of = eng.people.groupby("team")["function"].agg(lambda names: names.mode().iloc[0]).to_dict()
    rows = []
    for row, persons, functions in zip(
        register.to_dict(orient="records"), today["persons"], today["functions"], strict=True
    ):
        team = row["team"] if isinstance(row["team"], str) else ""
        accountable = (row["owner"],) if isinstance(row["owner"], str) else tuple(persons)
        asked = approvers.of(row["program_id"], row["type"])
        consulted = _without([*asked, *(name for name in functions if name != function_of.get(team))], [team])
        informed = _without(receivers.of(row["program_id"], row["type"]), [team, *consulted])
        rows.append({
            "program_id": row["program_id"],
            "name": row["name"],
            "accountable": _joined(accountable),
            "responsible": team,
            "consulted": _joined(consulted),
            "informed": _joined(informed),
            "check": _check(len(accountable), team),
        })  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS).astype("str")
    return Raci(frame, _checks(frame["check"].tolist()))


class _Involved(NamedTuple):
    """Who was involved, by program, and who usually is, by type."""

    own: Mapping[str, list[str]]
    usual: Mapping[str, list[str]]

    def of(self, program: str, kind: str) -> list[str]:
        """Return those on a program's own record, then those usual for its type."""
        return [*self.own.get(program, ()), *self.usual.get(kind, ())]


def _approvers(eng: Engagement) -> _Involved:
    visits = eng.stage_visits
    asked = visits.loc[visits["kind"] == "approval"]
    return _involved(eng, asked["program_id"], asked["team"].fillna(asked["stage"]))


def _receivers(eng: Engagement) -> _Involved:
    return _involved(eng, eng.handoffs["program_id"], eng.handoffs["to_team"])


def _involved(eng: Engagement, programs: pd.Series, names: pd.Series) -> _Involved:
    kinds = eng.programs.set_index("program_id")["type"]
    pairs = pd.DataFrame({"program_id": programs, "name": names}).dropna().drop_duplicates()
    pairs = pairs.assign(type=pairs["program_id"].map(kinds)).sort_values(["program_id", "name"])
    of_type = pairs.groupby("type")["program_id"].transform("nunique").astype("int64")
    named = pairs.groupby(["type", "name"])["program_id"].transform("nunique").astype("int64")
    usual = pairs.loc[named >= USUAL * of_type, ["type", "name"]].drop_duplicates().sort_values(["type", "name"])
    return _Involved(
        {str(program): part.tolist() for program, part in pairs.groupby("program_id")["name"]},
        {str(kind): part.tolist() for kind, part in usual.groupby("type")["name"]},
    )


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return names once each, in order, those of others left out; spelling is compared as elsewhere."""
    taken = {spelling_key(name) for name in others}
    once = {spelling_key(name): name for name in reversed(list(names))}
    return [name for key, name in reversed(once.items()) if key not in taken]


def _joined(names: Iterable[str]) -> str:
    return SEPARATOR.join(names)


def _check(n_accountable: int, team: str) -> str:
    accountable = ONE if n_accountable == 1 else MANY if n_accountable else NONE
    return accountable if team else f"{accountable}, {NO_R}"


def _checks(found: Sequence[str]) -> tuple[str, ...]:
    """Return what the checks found in words."""
    if not found:
        return ()
    n = len(found)
    one, none, many, no_r = (sum(word in check for check in found) for word in (ONE, NONE, MANY, NO_R))
    wrong = [f"{words}: {label_number(part)}" for words, part in ((NONE, none), (MANY, many)) if part]
    good = f"{sentence_case(ONE)}: {label_number(one)} of {label_count(n, 'open program')}"
    said = [f"{'; '.join([good, *wrong])}."]
    if no_r:
        said.append(f"No R: the team of {label_count(no_r, 'program')} is not recorded.")
    return tuple(said)
