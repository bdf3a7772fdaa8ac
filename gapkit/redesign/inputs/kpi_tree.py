"""The tree of measures: from lagging ones, which show results, down to leading ones, which the team can move itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import pandas as pd

from gapkit.labels import label_list

if TYPE_CHECKING:
    import datetime as dt

    from gapkit.redesign.decisions.decided import Decided

NEW: Final = "input for"
LENGTHS: Final = {
    "weekly": pd.DateOffset(days=7), "monthly": pd.DateOffset(months=1), "quarterly": pd.DateOffset(months=3)
}  # fmt: skip
ONE_DAY: Final = pd.DateOffset(days=1)
NO_OWNER, NO_TARGET = "no owner", "no target"
NO_CADENCE, NOT_WEEKLY = "no cadence", "not read weekly"
UPSIDE_DOWN: Final = "feeds a leading measure, though it shows results"
NO_INPUT: Final = "no leading measure below it that the team controls"
IN_CIRCLE: Final = "feeds itself in a circle"
NOT_READ: Final = "not read lately"
EDITED: Final = ("name", "owner", "target", "cadence")
KPI_COLUMNS: Final = (
    "kpi_id", "name", "kind", "parent_kpi_id", "goal_id", "goal", "owner_id", "target", "cadence", "controllable",
    "last_read_on", "is_measured", "is_new", "gaps", "standing",
)  # fmt: skip


def kpi_graph(kpis: pd.DataFrame) -> nx.DiGraph:
    """Return the measures as a graph: an edge runs from a measure to each one that feeds it.

    Parameters
    ----------
    kpis : DataFrame
        Columns kpi_id, parent_kpi_id. A parent that is not in the table gives no edge.

    Examples
    --------
    >>> kpis = pd.DataFrame({"kpi_id": ["sales", "calls", "lists"], "parent_kpi_id": [None, "sales", "calls"]})
    >>> list(kpi_graph(kpis).edges)
    [('sales', 'calls'), ('calls', 'lists')]
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(kpis["kpi_id"])
    pairs = kpis.loc[kpis["parent_kpi_id"].isin(kpis["kpi_id"]), ["parent_kpi_id", "kpi_id"]]
    graph.add_edges_from(pairs.itertuples(index=False, name=None))
    return graph


def circles(graph: nx.DiGraph) -> tuple[tuple[str, ...], ...]:
    """Return the circles of measures that feed themselves, each from its first id on, in order.

    Examples
    --------
    >>> circles(nx.DiGraph([("b", "a"), ("a", "c"), ("c", "b"), ("c", "d")]))
    (('a', 'c', 'b'),)
    """
    found = []
    for circle in nx.simple_cycles(graph):
        first = circle.index(min(circle))
        found.append(tuple(circle[first:] + circle[:first]))
    return tuple(sorted(found))


def last_read(kpis: pd.DataFrame, values: pd.DataFrame, as_of: dt.date, weeks: int) -> pd.DataFrame:
    """Return when each measure was last read, and whether that is lately enough to steer by.

    Parameters
    ----------
    kpis : DataFrame
        Columns kpi_id, cadence.
    values : DataFrame
        Canonical table kpi_values.
    as_of : date
        The day asked about.
    weeks : int
        How long a measure may go without a reading.

    Returns
    -------
    DataFrame
        Indexed like `kpis`: last_read_on (last day of the last period read, by the measure's cadence; missing without a
        reading), is_measured (that day lies within so many weeks, or within one period of its own where that is longer).
    """
    latest = values.groupby("kpi_id")["period_start"].max().to_dict()
    today, silence = pd.Timestamp(as_of), pd.DateOffset(weeks=weeks)
    ends: list[Any] = []
    is_measured = []
    for kpi, cadence in zip(kpis["kpi_id"], kpis["cadence"], strict=True):
        # A measure without a cadence was read on the day it was read.
        length = LENGTHS.get(cadence, ONE_DAY)
        end = latest[kpi] + length - ONE_DAY if kpi in latest else pd.NaT
        ends.append(min(end, today) if kpi in latest else end)
        is_measured.append(kpi in latest and end >= min(today - silence, today - length))
    return pd.DataFrame({"last_read_on": pd.Series(ends, index=kpis.index, dtype="datetime64[us]"),
                         "is_measured": pd.Series(is_measured, index=kpis.index, dtype=bool)})  # fmt: skip


def goal_by_kpi(kpis: pd.DataFrame, graph: nx.DiGraph) -> dict[str, str]:
    """Return the goal of each measure: its own, else that of the nearest measure above it that has one."""
    own = kpis.dropna(subset=["goal_id"]).set_index("kpi_id")["goal_id"].to_dict()
    above = graph.reverse()
    found = {}
    for kpi in kpis["kpi_id"]:
        ways = [one for one in nx.bfs_tree(above, kpi) if one in own]
        if ways:
            found[kpi] = own[ways[0]]
    return found


def with_decisions(kpis: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """Return the measures with what was decided of them, and the new inputs that were agreed.

    Parameters
    ----------
    kpis : DataFrame
        Canonical table.
    decided : Decided
        Its section ``inputs``: name, owner, target, cadence by measure; new leading measures under ``input for <kpi_id>``,
        which count once they are agreed and have a name.

    Returns
    -------
    DataFrame
        Columns of `kpis`, is_new, standing.
    """
    rows: list[dict[Any, Any]] = []
    for row in kpis.to_dict(orient="records"):
        entry, standing = decided.entry("inputs", row["kpi_id"]), decided.standing("inputs", row["kpi_id"])
        changes: dict[str, Any] = (
            {} if standing == "declined" else {_column(name): entry[name] for name in EDITED if _said(entry, name)}
        )
        rows.append({**row, **changes, "is_new": False, "standing": standing})
        new = decided.entry("inputs", f"{NEW} {row['kpi_id']}")
        if new.get("status") == "agreed" and _said(new, "name"):
            rows.append({
                "kpi_id": f"{NEW} {row['kpi_id']}", "kind": "leading", "parent_kpi_id": row["kpi_id"],
                "goal_id": row["goal_id"], "controllable": "yes",
                **{_column(name): new[name] for name in EDITED if _said(new, name)}, "is_new": True, "standing": "agreed",
            })  # fmt: skip
    found = pd.DataFrame(rows, columns=[*kpis.columns, "is_new", "standing"])
    return found.astype({"target": float})


def _said(entry: Any, name: str) -> bool:
    return entry.get(name) is not None


def _column(name: str) -> str:
    return "owner_id" if name == "owner" else name


def gaps_of(kpis: pd.DataFrame, graph: nx.DiGraph) -> list[tuple[str, ...]]:
    """Return what each measure lacks, in the order of the rows.

    Parameters
    ----------
    kpis : DataFrame
        Columns kpi_id, kind, owner_id, target, cadence, controllable, is_measured, is_new.
    graph : DiGraph
        From `kpi_graph`.
    """
    by_id = kpis.set_index("kpi_id")
    steered = set(by_id.index[by_id["kind"].eq("leading") & by_id["controllable"].eq("yes")])
    results = set(by_id.index[by_id["kind"].eq("lagging")])
    in_circle = {one for circle in circles(graph) for one in circle}
    found = []
    for kpi, row in zip(by_id.index, by_id.to_dict(orient="records"), strict=True):
        is_leading = row["kind"] == "leading"
        lacks = {
            NO_OWNER: pd.isna(row["owner_id"]),
            NO_TARGET: pd.isna(row["target"]),
            NO_CADENCE: pd.isna(row["cadence"]),
            NOT_WEEKLY: is_leading and not pd.isna(row["cadence"]) and row["cadence"] != "weekly",
            NO_INPUT: not is_leading and not nx.descendants(graph, kpi) & steered,
            UPSIDE_DOWN: not is_leading and bool(set(graph.predecessors(kpi)) - results),
            IN_CIRCLE: kpi in in_circle,
            # A new measure cannot have been read.
            NOT_READ: not row["is_measured"] and not row["is_new"],
        }
        found.append(tuple(gap for gap, is_so in lacks.items() if is_so))
    return found


def circle_words(circle: tuple[str, ...]) -> str:
    """Return a circle in words.

    Examples
    --------
    >>> circle_words(("a", "c", "b")), circle_words(("a",))
    ('a, c and b feed each other', 'a feeds itself')
    """
    return f"{circle[0]} feeds itself" if len(circle) == 1 else f"{label_list(list(circle))} feed each other"
