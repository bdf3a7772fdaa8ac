"""The steps a program really took, against the written way of working for its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.vocabulary import ACTIVE_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Stays of these kinds are a step when the written process names their stage, and else somebody else's business.
STEPS_IF_WRITTEN: Final = ("approval", "external")


class Path(NamedTuple):
    """The written way of working for one type of program.

    Attributes
    ----------
    order : mapping of str to int
        Every step and its place; steps of one place may run side by side.
    mandatory : frozenset of str
        The steps that may not be left out.
    """

    order: Mapping[str, int]
    mandatory: frozenset[str]


def key(names: pd.Series) -> pd.Series:
    """Return names of steps and stages as they are compared: without outer spaces, in lower case."""
    return names.str.strip().str.casefold()


def written_paths(process_steps: pd.DataFrame) -> dict[str, Path]:
    """Return the written path of each type that has one; a step not marked as optional counts as mandatory."""
    steps = process_steps.assign(step=key(process_steps["step"]), must=process_steps["mandatory"].fillna(True).astype(bool))
    steps = steps.sort_values(["type", "order"], kind="stable")
    return {
        str(kind): Path(
            dict(zip(rows["step"][::-1], rows["order"][::-1].astype(int), strict=True)),
            frozenset(rows.loc[rows["must"], "step"]),
        )
        for kind, rows in steps.groupby("type", sort=True)
        if rows["must"].any()
    }


def traces(visits: pd.DataFrame, types: pd.Series, paths: Mapping[str, Path]) -> pd.Series:
    """Return the steps each program went through, in order.

    Parameters
    ----------
    visits : DataFrame
        Canonical stage_visits.
    types : Series of str
        Type of the programs asked about, indexed by program_id.
    paths : mapping of str to Path
        From `written_paths`.

    Returns
    -------
    Series of tuple of str
        By program_id, programs without a step left out. A step is a stay in which somebody worked, or a sign-off or an
        outside stay that the written process names; stays at one stage in a row are one step.
    """
    asked = visits.loc[visits["program_id"].isin(types.index), ["program_id", "stage", "kind", "entered_at"]]
    asked = asked.assign(stage=key(asked["stage"]))
    named = {(kind, step) for kind, path in paths.items() for step in path.order}
    pairs = pd.MultiIndex.from_arrays([asked["program_id"].map(types), asked["stage"]])
    is_step = asked["kind"].isin(ACTIVE_KINDS) | (asked["kind"].isin(STEPS_IF_WRITTEN) & pairs.isin(list(named)))
    steps = asked.loc[is_step].sort_values(["program_id", "entered_at", "stage"], kind="stable")
    fresh = steps["program_id"].ne(steps["program_id"].shift()) | steps["stage"].ne(steps["stage"].shift())
    kept = steps.loc[fresh]
    names, first = kept["stage"].to_list(), np.flatnonzero(~kept["program_id"].duplicated())
    last = [*first[1:].tolist(), len(names)]
    found = [tuple(names[start:end]) for start, end in zip(first.tolist(), last, strict=False)]
    return pd.Series(found, index=pd.Index(kept["program_id"].iloc[first]), dtype=object)


def follows(trace: Sequence[str], path: Path) -> bool:
    """Return whether a trace contains every mandatory step, each after those of an earlier place.

    Other steps may lie between; a step done again later does no harm.

    Examples
    --------
    >>> path = Path({"brief": 1, "draft": 2, "edit": 3}, frozenset(["brief", "edit"]))
    >>> follows(("brief", "draft", "brief", "edit"), path), follows(("edit", "brief"), path), follows(("brief",), path)
    (True, False, False)
    """
    reached = -1
    for place in sorted({path.order[step] for step in path.mandatory}):
        found = [
            next((k for k in range(reached + 1, len(trace)) if trace[k] == step), -1)
            for step in path.mandatory
            if path.order[step] == place
        ]
        if min(found) < 0:
            return False
        reached = max(found)
    return True


def required_steps(trace: Sequence[str], path: Path) -> tuple[str, ...]:
    """Return the steps a program had to take: the mandatory ones, and the optional ones it chose to take, in order.

    Steps that may run side by side stand in the order in which the program took them.

    Examples
    --------
    >>> path = Path({"brief": 1, "draft": 2, "picture": 2, "launch": 3}, frozenset(["brief", "draft", "launch"]))
    >>> required_steps(("brief", "picture", "draft"), path)
    ('brief', 'picture', 'draft', 'launch')
    """
    wanted = path.mandatory | (frozenset(trace) & frozenset(path.order))
    first = {step: k for k, step in reversed(list(enumerate(trace)))}
    return tuple(sorted(wanted, key=lambda step: (path.order[step], first.get(step, len(trace)), step)))


def edit_distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Return Levenshtein's distance: how many steps to insert, drop or replace to turn one sequence into the other.

    References
    ----------
    Levenshtein, V. I. (1966). Binary codes capable of correcting deletions, insertions, and reversals. Sov Phys Dokl 10,
    707-710.

    Examples
    --------
    >>> edit_distance("BACD", "ABCDE")
    3
    """
    before: NDArray[np.int64] = np.arange(len(other) + 1)
    for k, step in enumerate(one, start=1):
        replaced = before[:-1] + np.array([step != each for each in other], dtype=np.int64)
        cheapest = np.concatenate([[k], np.minimum(before[1:] + 1, replaced)])
        # An insertion costs one per place, so the best of them is a running minimum.
        places = np.arange(len(cheapest))
        before = np.minimum.accumulate(cheapest - places) + places
    return int(before[-1])


def fitness(trace: Sequence[str], required: Sequence[str]) -> float:
    """Return how well a trace fits what was required: 1 − distance / the longer of the two.

    Examples
    --------
    >>> fitness("BACD", "ABCDE"), fitness("ABC", "ABC")
    (0.4, 1.0)
    """
    return 1 - edit_distance(trace, required) / max(len(trace), len(required))


def judge_traces(steps: pd.Series, types: pd.Series, paths: Mapping[str, Path]) -> pd.DataFrame:
    """Return how each program kept to the written process of its type.

    Parameters
    ----------
    steps : Series of tuple of str
        From `traces`.
    types : Series of str
        By program_id.
    paths : mapping of str to Path
        From `written_paths`; programs of other types are left out.

    Returns
    -------
    DataFrame
        By program_id: type, is_followed, fitness.
    """
    rows = pd.DataFrame({"trace": steps, "type": types.reindex(steps.index)})
    rows = rows.loc[rows["type"].isin(list(paths))]
    found = {
        (kind, trace): (follows(trace, paths[kind]), fitness(trace, required_steps(trace, paths[kind])))
        for kind, trace in set(zip(rows["type"], rows["trace"], strict=True))
    }
    judged = [found[pair] for pair in zip(rows["type"], rows["trace"], strict=True)]
    return pd.DataFrame({
        "type": rows["type"],
        "is_followed": [followed for followed, _ in judged],
        "fitness": [fit for _, fit in judged],
    }, index=rows.index)  # fmt: skip
