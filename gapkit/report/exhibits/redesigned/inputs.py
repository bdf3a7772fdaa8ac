"""Exhibits of controllable inputs: the tree of measures, and what is missing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from gapkit.labels import label_count, label_list, label_number, sentence_case
from gapkit.plots.kpi_tree import GOAL, INPUT, OTHER, RESULT, describe_kpi_tree, lay_out, plot_kpi_tree
from gapkit.redesign.inputs.kpi_tree import NOT_READ, circle_words
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, joined, rest_in_workbook, text_of

if TYPE_CHECKING:
    from gapkit.redesign.inputs.inputs import Inputs

MOST_ROWS: Final = 16  # boxes below one another that a page holds
MOST_LACKING: Final = 20
TABLES: Final = ("goals", "kpis", "kpi_values")


def inputs(r: Parts) -> Exhibit | Callout:
    """Return the tree from goals to inputs, branches nobody reads marked; without measures, what would draw it."""
    part = r.inputs
    if part.kpis.empty:
        return unmeasured(part.sentence)
    boxes, edges = boxes_of(part)
    shown, kept = _fitting(boxes, edges)
    n, unread = len(part.kpis), sum(NOT_READ in gaps for gaps in part.kpis["gaps"])
    steered, goals = int(part.goals["is_steered"].sum()), len(part.goals)
    title, lacking = _title(part), len(part.incomplete)
    verb, was = "lacks" if lacking == 1 else "lack", "was" if unread == 1 else "were"
    said = [
        f"{label_number(lacking)} of {label_count(n, 'measure')} {verb} something."
        if lacking
        else "No measure lacks anything.",
        f"{label_number(unread)} {was} not read lately." if unread else "",
        f"{sentence_case('; '.join(circle_words(one) for one in part.cycles))}: undo that first." if part.cycles else "",
    ]
    return Exhibit(
        "inputs", title, draw(r.eng, plot_kpi_tree, shown, kept), alt=describe_kpi_tree(shown, kept), reading=joined(*said),
        foot=joined("" if len(shown) == len(boxes) else "Whole branches, as many as fit.",
                    foot(r.eng, "Weekly input: leading, controlled by the team, owned, read weekly, with a target",
                         n=f"n = {label_count(n, 'measure')}", tables=TABLES)),
        facts=tuple(map(label_number, (n, lacking, unread, steered, goals))),
        quoted=tuple(part.kpis["kpi_id"]),
    )  # fmt: skip


def _title(part: Inputs) -> str:
    """Return how many goals are steered; without goals, how many measures lack something."""
    if part.goals.empty:
        lacking = len(part.incomplete)
        verb = "lacks" if lacking == 1 else "lack"
        return f"{label_number(lacking)} of {label_count(len(part.kpis), 'measure')} {verb} something"
    steered, n = int(part.goals["is_steered"].sum()), len(part.goals)
    has = "has" if steered == 1 else "have"
    return f"{label_number(steered)} of {label_count(n, 'goal')} {has} a weekly input the team controls"


def boxes_of(part: Inputs) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """Return the boxes of the tree, and the lines between them: goals, the results under them, what feeds these.

    Parameters
    ----------
    part : Inputs
        With at least one measure.

    Returns
    -------
    boxes : DataFrame
        As `gapkit.plots.kpi_tree.plot_kpi_tree` draws it; ids of goals begin with ``goal``.
    edges : tuple of (str, str)
    """
    kpis = part.kpis
    goals = part.goals.loc[part.goals["kpis"].gt(0)]
    kind = kpis["kind"].map({"lagging": RESULT}).fillna(kpis["controllable"].eq("yes").map({True: INPUT, False: OTHER}))
    boxes = pd.concat([
        pd.DataFrame({"id": "goal " + goals["goal_id"].astype(str), "label": goals["goal"], "kind": GOAL,
                      "is_measured": True}),
        pd.DataFrame({"id": kpis["kpi_id"], "label": kpis["name"].map(sentence_case), "kind": kind,
                      "is_measured": kpis["is_measured"] | kpis["is_new"]}),
    ], ignore_index=True)  # fmt: skip
    under = {one for _, one in part.edges}
    known = set(goals["goal_id"])
    roots = [(f"goal {goal}", kpi) for kpi, goal in zip(kpis["kpi_id"], kpis["goal_id"], strict=True)
             if kpi not in under and goal in known]  # fmt: skip
    return boxes, (*roots, *part.edges)


def _fitting(boxes: pd.DataFrame, edges: tuple[tuple[str, str], ...]) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """Return whole branches as long as they fit on a page."""
    spots = lay_out(list(boxes["id"]), edges)
    above = {one: over for over, one in edges}

    def root(one: str) -> str:
        seen: set[str] = set()
        while one in above and one not in seen:
            seen.add(one)
            one = above[one]
        return one

    roots = boxes["id"].map(root)
    last = pd.Series([spots[one].row for one in boxes["id"]]).groupby(roots).transform("max")
    shown = boxes.loc[last.to_numpy() < MOST_ROWS]
    # A single branch that is too long is cut rather than left out.
    shown = shown if len(shown) else boxes.loc[[spots[one].row < MOST_ROWS for one in boxes["id"]]]
    known = set(shown["id"])
    return shown, tuple(edge for edge in edges if set(edge) <= known)


def missing_inputs(r: Parts) -> Table | Callout | None:
    """Return what each measure lacks, results first; None without measures, which `inputs` says."""
    part = r.inputs
    if part.kpis.empty:
        return None
    lacking = part.incomplete
    if lacking.empty:
        return Callout("note", "Each measure has an owner, a target, a cadence and a reading; each result has an input.")
    columns = (Column("Measure", width=0.27), Column("Kind", width=0.12), Column("Goal", width=0.21),
               Column("What it lacks", width=0.4))  # fmt: skip
    order = lacking.assign(late=lacking["kind"].ne("lagging")).sort_values(["late", "kpi_id"])
    shown = order.head(MOST_LACKING)
    rows = [
        (f"{row['kpi_id']} · {row['name']}", sentence_case(row["kind"]), text_of(row["goal"]),
         sentence_case(label_list(list(row["gaps"]))))
        for row in shown.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows), title="What the measures lack",
                 foot=rest_in_workbook(len(shown), len(lacking), "measure", "Decide inputs"))  # fmt: skip


def moved_together(r: Parts) -> Exhibit | None:
    """Return how inputs moved with the results they feed, as an exploration; None where none could be compared."""
    found = r.inputs.lead_lag
    if found.empty:
        return None
    columns = (Column("Input", width=0.3), Column("Result", width=0.3), Column("Earlier by", width=0.12),
               Column("Changes", "right", 0.1), Column("rho (95 %)", "right", 0.18))  # fmt: skip
    name = dict(zip(r.inputs.kpis["kpi_id"], r.inputs.kpis["name"], strict=True))
    rows = [
        (name.get(row["leading_id"], NOTHING), name.get(row["lagging_id"], NOTHING), row["lag"], label_number(row["n"]),
         f"{label_number(row['rho'], 2)} ({label_number(row['low'], 2)} to {label_number(row['high'], 2)})")
        for row in found.to_dict(orient="records")
    ]  # fmt: skip
    clear = int((found["low"].gt(0) | found["high"].lt(0)).sum())
    n, table = len(found), Table(columns, tuple(rows))
    return Exhibit(
        "moved_together", f"{label_number(clear)} of {label_count(n, 'input')} clearly moved with the result above",
        table=table, reading="An exploration: it shows what went together here, not what will follow.",
        foot=foot(r.eng, "Spearman’s rho of changes, the input one period of the result earlier; lag fixed in advance",
                  n=f"n = {label_count(n, 'pair')}", tables=("kpi_values",)),
        facts=(label_number(clear), label_number(n), *facts_of_table(table)),
    )  # fmt: skip
