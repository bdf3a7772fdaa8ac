"""The maps of stages and hand-offs in words: titles, and what they mean.

Each function takes the tables it speaks of and nothing else, so a sentence cannot say more than its data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.maps.stage_map import top_losses
from gapkit.labels import label_count, label_interval, label_list, label_number, label_share
from gapkit.results import Result
from gapkit.vocabulary import ACTIVE_KINDS, name_of

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TITLE: Final = 190
LEAST_NAMED: Final = 0.005  # a smaller share would read 0 %
PLACES: Final = ("first", "second", "third")


def kinds_title(efficiency: Result, kinds: pd.DataFrame) -> str:
    """Return how much of their stage days programs are worked on, and what takes the other days, the largest first.

    Parameters
    ----------
    efficiency : Result
        ``flow_efficiency``, with a value.
    kinds : DataFrame
        From `baseline.flow.kind_time`.

    Examples
    --------
    >>> import pandas as pd
    >>> kinds = pd.DataFrame({"kind": ["wait", "approval"], "is_active": [False, False], "share": [0.5, 0.2]})
    >>> kinds_title(Result("flow_efficiency", 0.3, 0.2, 0.4, n=50), kinds)
    'Programs are worked on in 30 % of their stage days; waiting takes 50 % and approval 20 %'
    """
    idle = kinds.loc[~kinds["is_active"].astype(bool) & kinds["share"].ge(LEAST_NAMED)]
    parts = [f"{_taken(str(row['kind']))} {'takes ' if not place else ''}{label_share(row['share'])}"
             for place, row in enumerate(idle.to_dict(orient="records"))]  # fmt: skip
    worked = f"Programs are worked on in {label_share(efficiency.value or 0.0)} of their stage days"
    return f"{worked}; {label_list(parts)}" if parts else worked


def _taken(kind: str) -> str:
    return {"wait": "waiting", "blocked": "being blocked", "external": "work outside the company"}.get(kind, name_of(kind))


def active_shares(shares: pd.DataFrame) -> dict[str, float]:
    """Return the share of days in which each name of a cut was worked on, by name.

    Parameters
    ----------
    shares : DataFrame
        Columns name, kind, share.
    """
    active = shares["share"].where(shares["kind"].isin(ACTIVE_KINDS), 0.0)
    return {str(name): float(share) for name, share in active.groupby(shares["name"]).sum().items()}


def kinds_reading(by_type: pd.DataFrame) -> str:
    """Return between which types the share of days worked on runs; empty with fewer than two types."""
    active = active_shares(by_type)
    if len(active) < 2:
        return ""
    least, most = min(active, key=lambda name: active[name]), max(active, key=lambda name: active[name])
    return (
        f"By type, work and rework take from {label_share(active[least])} of the days ({least}) to "
        f"{label_share(active[most])} ({most})."
    )


def short_title(sentence: str) -> str:
    """Return a sentence of a map as a title: without the names where these are long, and without its full stop.

    Examples
    --------
    >>> short_title("2 transitions hold 40 % of the 50 business days lost in waiting: a → b and b → c.")
    '2 transitions hold 40 % of the 50 business days lost in waiting: a → b and b → c'
    """
    title = sentence.removesuffix(".")
    return title if len(title) <= LONGEST_TITLE else title.partition(": ")[0]


def order_reading(losses: pd.DataFrame, what: str) -> str:
    """Return how sure the first places of a table of lost days are.

    Parameters
    ----------
    losses : DataFrame
        From `maps.waits.ranked_losses`.
    what : str
        What is ranked, in the plural: "transitions".
    """
    top = top_losses(losses)
    if top.empty:
        return ""
    places = [f"the {place} {_places(row['rank_low'], row['rank_high'])}"
              for place, row in zip(PLACES, top.to_dict(orient="records"), strict=False)]  # fmt: skip
    rivals = int(losses["rank_low"].between(1, len(top)).sum())
    said = f"With programs drawn again, {label_list(places)}"
    if rivals == len(top):
        return f"{said}; no other comes among them."
    among = "first" if len(top) == 1 else f"among the first {label_number(len(top))}"
    return f"{said}; {label_number(rivals)} {what} could be {among}."


def _places(low: int, high: int) -> str:
    return f"keeps place {low}" if low == high else f"could take place {low} to {high}"


def rework_title(share: Result) -> str:
    """Return how many programs went back and forth between two stages."""
    if not share.is_ok or share.value is None:
        return f"Round trips cannot be said from {label_count(share.n, 'program')}"
    interval = label_interval(share.low, share.high, "share", share.n)
    return (
        f"{label_number(share.events or 0)} of {label_count(share.n, 'program')} "
        f"({label_share(share.value, share.n)}; 95 % interval {interval}) went back and forth between two stages"
    )


def trips_reading(trips: pd.DataFrame) -> str:
    """Return between which two stages programs went back and forth most; empty where none did."""
    if trips.empty:
        return ""
    row = trips.iloc[0]
    if row["stage"] == row["via"]:
        return f"{label_count(int(row['count']), 'round trip')}, between no two stages in particular."
    return (
        f"Most often from {row['stage']} to {row['via']} and back: {label_count(int(row['count']), 'round trip')} of "
        f"{label_count(int(row['programs']), 'program')}."
    )


def returns_reading(rework: pd.DataFrame) -> str:
    """Return how often programs came back to a stage, over all stages, and how often a visit sent work back."""
    again, entries, returned = (int(rework[name].sum()) for name in ("re_entries", "entries", "returned"))
    return (
        f"{label_number(again)} of {label_count(entries, 'arrival')} at a stage "
        f"{'was a return' if again == 1 else 'were returns'}; {label_count(returned, 'visit')} sent the work back."
    )


def breach_title(share: Result, breaches: pd.DataFrame) -> str:
    """Return how many stays lasted longer than agreed, and at which stage most did."""
    stays = label_count(share.n, "stay")
    if not share.is_ok or share.value is None:
        return f"Agreed times cannot be judged from {stays}"
    interval = label_interval(share.low, share.high, "share", share.n)
    title = (
        f"{label_number(share.events or 0)} of {stays} ({label_share(share.value, share.n)}; 95 % interval {interval}) "
        "lasted longer than agreed"
    )
    worst = breaches.iloc[0]
    if len(breaches) > 1 and worst["over"] > 0:
        title += f", most of them at {worst['stage']}" if 2 * worst["over"] > breaches["over"].sum() else ""
    return title


def breach_reading(breaches: pd.DataFrame) -> str:
    """Return how many days stays took beyond the agreed time, and where most of them were; empty where none did."""
    total = float(breaches["lost_days"].sum())
    if not total:
        return ""
    worst = breaches.iloc[int(breaches["lost_days"].argmax())]
    said = f"Stays took {label_count(int(total), 'business day')} more than agreed"
    return f"{said}, {label_number(worst['lost_days'])} of them at {worst['stage']}." if len(breaches) > 1 else f"{said}."


def handoffs_reading(edges: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Return what the drawing leaves out, and how many hand-offs came back.

    Parameters
    ----------
    edges : DataFrame
        All pairs of teams, from `maps.handoff_map.measure_edges`.
    drawn : DataFrame
        The rows of it that are drawn.
    """
    returned, open_now = int(edges["returned"].sum()), int(edges["n_open"].sum())
    said = [f"{label_count(returned, 'hand-off')} came back as incomplete, {label_number(open_now)} "
            f"{'is' if open_now == 1 else 'are'} still open."]  # fmt: skip
    rest = edges.drop(drawn.index)
    if len(rest):
        days, n = label_number(rest["lost_days"].sum()), label_count(int(rest["n"].sum()), "hand-off")
        said.append(
            f"Not drawn: {n} with {days} lost days, between small teams, in rare pairs, inside one team or without loss."
        )
    return " ".join(said)
