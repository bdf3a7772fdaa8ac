"""Pairs of priorities in dispute: the agenda of the workshop, the most contested first."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from gapkit.survey import Consensus

Row = dict[Hashable, Any]
OPPOSITE: Final = "leaders and teams put them the other way round"
EVEN: Final = "people are evenly split"
COLUMNS: Final = (
    "one_id", "one", "other_id", "other", "why", "leaders_first", "teams_first", "distance", "n_one_first", "n_other_first",
    "n_alike",
)  # fmt: skip


def pairs_in_dispute(order: pd.DataFrame, found: Consensus | None) -> pd.DataFrame:
    """Return the pairs of priorities people do not agree on.

    Parameters
    ----------
    order : DataFrame
        The priorities that hold today: priority_id, label, mean_rank_first, mean_rank_others, proposed_rank.
    found : Consensus or None
        Supplies the splits that may be shown.

    Returns
    -------
    DataFrame
        Columns one_id, one, other_id, other (ids and labels, in the order proposed); why (`OPPOSITE` or `EVEN`);
        leaders_first, teams_first (the id each side puts first, missing where sides may not be compared or put both
        alike); distance (mean ranks by which the less decided of two opposite sides holds them apart; missing for even
        splits); n_one_first, n_other_first, n_alike (respondents, missing where they may not be shown). Opposite orders
        come first, the widest apart before others; then even splits, the most even first.

    Notes
    -----
    Orders by side come from mean ranks over at least the smallest group allowed on each side. Numbers of respondents are
    over everybody, and only where both sides of the split, and those who put both alike, are that many or nobody.
    """
    rows = order.sort_values("proposed_rank").to_dict(orient="records")
    splits = {} if found is None else {frozenset((row["one_id"], row["other_id"])): row
                                       for row in found.splits.to_dict(orient="records")}  # fmt: skip
    pairs = [_pair(one, other, splits.get(frozenset((one["priority_id"], other["priority_id"]))))
             for one, other in combinations(rows, 2)]  # fmt: skip
    kept = pd.DataFrame([pair for pair in pairs if pair["why"]], columns=[*COLUMNS, "smaller_share"])
    kept["distance"] = kept["distance"].astype(float)
    for column in ("n_one_first", "n_other_first", "n_alike"):
        kept[column] = kept[column].astype("Int64")
    kept = kept.sort_values(["distance", "smaller_share"], ascending=False, na_position="last", kind="stable")
    return kept[list(COLUMNS)].reset_index(drop=True)


def _pair(one: Row, other: Row, split: Row | None) -> Row:
    leaders, teams = (_lead(one, other, side) for side in ("mean_rank_first", "mean_rank_others"))
    opposite = leaders * teams < 0
    row: Row = {
        "one_id": one["priority_id"], "one": one["label"], "other_id": other["priority_id"], "other": other["label"],
        "why": OPPOSITE if opposite else EVEN if split else "",
        "leaders_first": _first(one, other, leaders), "teams_first": _first(one, other, teams),
        "distance": min(abs(leaders), abs(teams)) if opposite else None,
    }  # fmt: skip
    if split is None:
        return {**row, "n_one_first": None, "n_other_first": None, "n_alike": None, "smaller_share": None}
    sides = ("n_one_first", "n_other_first")
    counts = [split[name] for name in (sides if split["one_id"] == one["priority_id"] else sides[::-1])]
    return {**row, "n_one_first": counts[0], "n_other_first": counts[1], "n_alike": split["n_alike"],
            "smaller_share": split["smaller_share"]}  # fmt: skip


def _lead(one: Row, other: Row, side: str) -> float:
    """Return by how many mean ranks a side puts the one before the other; 0 where that is not known or they are alike."""
    lead = round(float(other[side]) - float(one[side]), 9)
    return 0.0 if lead != lead else lead


def _first(one: Row, other: Row, lead: float) -> Any:
    return None if not lead else (one if lead > 0 else other)["priority_id"]
