"""Controllable inputs: the tree from goals to weekly measures the team can move, what is missing in it, what to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gapkit.labels import label_count, label_list
from gapkit.plain import plain_rows
from gapkit.redesign.decisions.rules import NOTE, Rule
from gapkit.redesign.inputs import kpi_tree as tree
from gapkit.redesign.inputs.lead_lag import lead_lag

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.engagement import Engagement
    from gapkit.redesign.decisions.decided import Decided

NO_KPIS: Final = "No measure is listed; the tables goals, kpis and kpi_values would switch the tree of inputs on."
NO_VALUES: Final = "No reading of any measure is recorded (table kpi_values), so every branch counts as not read."
EXPLORED: Final = (
    "How leading and lagging measures moved together is an exploration: changes a period apart, the lag fixed in advance. "
    "It shows what went together here, not what will follow."
)
GOAL_COLUMNS: Final = ("goal_id", "goal", "kpis", "inputs", "is_steered", "is_measured")
FIELDS: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "name": Rule("text", "name of a new measure, one the team can move by its own work", may_be_empty=True),
        "owner": Rule("id", "the one person who answers for the measure, as in people.person_id", may_be_empty=True),
        "target": Rule("number", "the value aimed at, in the measure's own unit", may_be_empty=True),
        "cadence": Rule("choice", "how often it is read", allowed=("weekly", "monthly", "quarterly")),
        "note": NOTE,
    }
)


@dataclass(frozen=True)
class Inputs:
    """The tree of measures as it holds, and what is missing in it.

    Attributes
    ----------
    kpis : DataFrame
        One row per measure, goals in order and results before what feeds them: kpi_id, name, kind, parent_kpi_id, goal_id
        and goal (own, or of the nearest measure above), owner_id, target, cadence, controllable (with what was decided),
        last_read_on (last day of the last period read), is_measured (read lately), is_new (agreed in the redesign), gaps
        (tuple, in words), standing.
    edges : tuple of (str, str)
        From a measure to each one that feeds it.
    cycles : tuple of tuple of str
        Measures that feed each other in a circle.
    goals : DataFrame
        goal_id, goal, kpis (measures), inputs (leading ones the team controls, owned, weekly, with a target), is_steered
        (any), is_measured (any of these inputs is read; missing without inputs).
    lead_lag : DataFrame
        From `inputs.lead_lag.lead_lag`.
    caveats : tuple of str
        What a reader must know, one sentence each.
    """

    kpis: pd.DataFrame = field(repr=False)
    edges: tuple[tuple[str, str], ...]
    cycles: tuple[tuple[str, ...], ...]
    goals: pd.DataFrame = field(repr=False)
    lead_lag: pd.DataFrame = field(repr=False)
    caveats: tuple[str, ...]

    @property
    def is_acyclic(self) -> bool:
        """Whether no measure feeds itself."""
        return not self.cycles

    @property
    def incomplete(self) -> pd.DataFrame:
        """Measures that lack something."""
        return self.kpis.loc[self.kpis["gaps"].astype(bool)].reset_index(drop=True)

    @property
    def sentence(self) -> str:
        """How many goals are steered, and what is missing."""
        if self.kpis.empty:
            return NO_KPIS
        said = []
        if len(self.goals):
            n, steered = len(self.goals), int(self.goals["is_steered"].sum())
            has = "has" if steered == 1 else "have"
            said.append(
                f"{steered} of {label_count(n, 'goal')} {has} a weekly input the team controls, owned and with a target"
            )
        lacking = len(self.incomplete)
        said.append(f"{lacking} of {label_count(len(self.kpis), 'measure')} {'lacks' if lacking == 1 else 'lack'} something"
                    if lacking else "no measure lacks anything")  # fmt: skip
        unread = sum(tree.NOT_READ in gaps for gaps in self.kpis["gaps"])
        if unread:
            said.append(f"{label_count(unread, 'branch', 'branches')} {'was' if unread == 1 else 'were'} not read lately")
        if self.cycles:
            said.append(f"{'; '.join(tree.circle_words(one) for one in self.cycles)}, which must be undone first")
        text = "; ".join(said)
        return f"{text[:1].upper()}{text[1:]}."

    def proposals(self) -> dict[str, dict[str, Any]]:
        """Return what to fill in: owner, target and cadence of measures that lack them, and inputs for results without one.

        The owner proposed is that of the measure above; a target, and the name of a new input, only the client can say.
        """
        owner = dict(zip(self.kpis["kpi_id"], self.kpis["owner_id"], strict=True))
        found: dict[str, dict[str, Any]] = {}
        for row in self.kpis.loc[~self.kpis["is_new"].astype(bool)].to_dict(orient="records"):
            above = owner.get(row["parent_kpi_id"])
            missing = {
                **({"owner": _text(above)} if tree.NO_OWNER in row["gaps"] else {}),
                **({"target": None} if tree.NO_TARGET in row["gaps"] else {}),
                **({"cadence": "weekly" if row["kind"] == "leading" else "monthly"}
                   if {tree.NO_CADENCE, tree.NOT_WEEKLY} & set(row["gaps"]) else {}),
            }  # fmt: skip
            if missing:
                found[row["kpi_id"]] = {**missing, "note": None}
            if tree.NO_INPUT in row["gaps"]:
                found[f"{tree.NEW} {row['kpi_id']}"] = {
                    "name": None, "owner": _text(row["owner_id"]), "target": None, "cadence": "weekly", "note": None,
                }  # fmt: skip
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `inputs` of `redesign.json` holds it."""
        return {
            "sentence": self.sentence,
            "kpis": plain_rows(self.kpis),
            "edges": [list(edge) for edge in self.edges],
            "cycles": [list(circle) for circle in self.cycles],
            "goals": plain_rows(self.goals),
            "lead_lag": plain_rows(self.lead_lag),
            "caveats": list(self.caveats),
        }


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str) else None


def map_inputs(eng: Engagement, diagnosis: Diagnosis, decided: Decided) -> Inputs:
    """Draw the tree of measures and check that every goal ends in weekly inputs the team controls.

    Parameters
    ----------
    eng : Engagement
        Supplies goals, kpis and kpi_values.
    diagnosis : Diagnosis
        Not read: the tree rests on the client's own lists.
    decided : Decided
        Its section ``inputs``, as `inputs.kpi_tree.with_decisions` reads it.

    Returns
    -------
    Inputs

    Notes
    -----
    Checked: no circles; below every lagging measure, at whatever depth, a leading one the team controls; one owner, a
    target and a cadence for each, weekly for leading ones; a reading in the last `unread_weeks` (in the last period of its
    own where that is longer).
    """
    settings = eng.config.settings
    kpis = tree.with_decisions(eng.kpis, decided)
    graph = tree.kpi_graph(kpis)
    kpis = kpis.join(tree.last_read(kpis, eng.kpi_values, eng.as_of, settings.unread_weeks))
    goal_ids = tree.goal_by_kpi(kpis, graph)
    labels = dict(zip(eng.goals["goal_id"], eng.goals["label"], strict=True))
    kpis["goal_id"] = kpis["kpi_id"].map(goal_ids).astype("str")
    kpis["goal"] = kpis["goal_id"].map(labels).astype("str")
    kpis["gaps"] = pd.Series(tree.gaps_of(kpis, graph), index=kpis.index, dtype=object)
    order = kpis.assign(is_input=kpis["kind"].eq("leading")).sort_values(
        ["goal_id", "is_input", "kpi_id"], na_position="last"
    )
    goals = _goals(eng.goals, kpis)
    part = Inputs(
        kpis=order[list(tree.KPI_COLUMNS)].reset_index(drop=True),
        edges=tuple(sorted(graph.edges)),
        cycles=tree.circles(graph),
        goals=goals,
        lead_lag=lead_lag(kpis, eng.kpi_values, graph, settings.min_lead_lag_points),
        caveats=(),
    )
    return Inputs(part.kpis, part.edges, part.cycles, goals, part.lead_lag, _caveats(eng, part))


def _goals(goals: pd.DataFrame, kpis: pd.DataFrame) -> pd.DataFrame:
    fit = kpis["kind"].eq("leading") & kpis["controllable"].eq("yes") & kpis["cadence"].eq("weekly")
    fit &= kpis["owner_id"].notna() & kpis["target"].notna()
    inputs = kpis.loc[fit]
    rows = []
    for goal, label in zip(goals["goal_id"], goals["label"], strict=True):
        mine = inputs.loc[inputs["goal_id"].eq(goal)]
        is_read = bool(mine["is_measured"].any()) if len(mine) else None
        rows.append((goal, label, int(kpis["goal_id"].eq(goal).sum()), len(mine), len(mine) > 0, is_read))
    return pd.DataFrame(rows, columns=list(GOAL_COLUMNS))


def _caveats(eng: Engagement, part: Inputs) -> tuple[str, ...]:
    if part.kpis.empty:
        return (NO_KPIS,)
    said = [] if eng.has("kpi_values") else [NO_VALUES]
    if part.goals.empty:
        said.append("No goal is listed (table goals), so nobody can say which goals are steered.")
    bare = part.goals.loc[part.goals["kpis"].eq(0), "goal"].tolist()
    if bare:
        said.append(f"No measure belongs to: {label_list(bare)}.")
    loose = part.kpis.loc[part.kpis["goal_id"].isna(), "kpi_id"].tolist()
    if loose and len(part.goals):
        said.append(f"Belonging to no goal: {label_list(loose)}.")
    if len(part.lead_lag):
        said.append(EXPLORED)
    else:
        least = eng.config.settings.min_lead_lag_points
        said.append(f"No leading measure has {least} changes in common with the lagging one it feeds, so none are related.")
    return tuple(said)
