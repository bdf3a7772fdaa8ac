"""Priorities in words: what is agreed, what is not, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_date, label_interval, label_list, label_number, label_share
from gapkit.redesign.priorities.effort import goal_only
from gapkit.stats.ranking import MAX_KEMENY_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from gapkit.config import Settings
    from gapkit.engagement import Engagement
    from gapkit.redesign.priorities.priorities import Priorities
    from gapkit.survey import Consensus

NO_PRIORITIES: Final = "No official priority holds today. The table priorities would switch this on."
NO_TIES: Final = "No open program names a priority; the column priority_id of programs would switch this on."
NOTHING_IN_FLIGHT: Final = "No program is in flight."
ENTERPRISE_UNITS: Final = "An enterprise carries at most three per unit; which unit a priority belongs to is not recorded."
AGREED: Final = {
    "strong": "People agree on the order of priorities",
    "some": "People agree only in part on the order of priorities",
    "none": "People have no common order of priorities",
}


def sentence(part: Priorities) -> str:
    """Return agreement, effort on what is kept, and what to stop, in one or two sentences."""
    if not part.is_assessable and not part.agreement.is_ok:
        return NO_PRIORITIES
    said = [_agreement(part)]
    kept = int(part.order["keep"].sum())
    if part.top_effort.value is not None:
        share = label_share(part.top_effort.value)
        said.append(f"{share} of the effort in flight serves the {label_count(kept, 'priority', 'priorities')} to keep")
    if len(part.stops):
        who = "none of these" if len(part.order) else "no priority and no goal"
        said.append(f"{label_count(len(part.stops), 'open program')} {'serves' if len(part.stops) == 1 else 'serve'} {who}")
    elif part.top_effort.is_ok:
        said.append("no open program serves anything else")
    first, *others = said
    return f"{first}." + (f" {_capital('; '.join(others))}." if others else "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _agreement(part: Priorities) -> str:
    found = part.agreement
    if found.value is None:
        why = found.caveats[0].rstrip(".") if found.caveats else ""
        return f"How far people agree on priorities is not known: {why[:1].lower()}{why[1:]}"
    limits = label_interval(found.low, found.high, "ratio")
    figure = f"Kendall's W {label_number(found.value, 2)}, 95 % interval {limits}, {label_count(found.n, 'ranking')}"
    return f"{AGREED[part.verdict]} ({figure})"


def advice(part: Priorities) -> str:
    """Return whether the order may be put forward for approval."""
    if part.order.empty:
        return ""
    if (part.order["standing"] == "agreed").all():
        return "The order has been agreed."
    if part.verdict == "strong":
        return "The order may be put forward for approval."
    if not len(part.disputes):
        return "Discuss the order before it is approved."
    pairs = label_count(len(part.disputes), "pair")
    return f"Discuss the {pairs} in dispute before the order is approved, the most contested first."


def caveats(part: Priorities, programs: pd.DataFrame, found: Consensus | None, eng: Engagement) -> tuple[str, ...]:
    """Return what a reader of the priorities must know.

    Parameters
    ----------
    part : Priorities
        The finding.
    programs : DataFrame
        From `priorities.effort.open_programs`.
    found : Consensus or None
        What people say; None where it may not be shown.
    eng : Engagement
        Supplies thresholds of agreement, scale and the day the data is read at.
    """
    said = [*_about_order(part, found, eng.config.settings), *_about_effort(part, programs)]
    if len(part.order) and eng.scale == "enterprise":
        said.append(ENTERPRISE_UNITS)
    if len(part.order):
        said.append(f"Priorities and programs are those of {label_date(eng.as_of)}.")
    return tuple(dict.fromkeys(said))


def _about_order(part: Priorities, found: Consensus | None, settings: Settings) -> Iterator[str]:
    if part.order.empty:
        yield NO_PRIORITIES
        return
    low, strong = part.agreement.low, settings.strong_agreement
    if part.verdict == "strong" and low is not None and low < strong:
        yield f"The interval of W reaches below {label_number(strong, 1)}: agreement may be less than strong."
    if not part.leaders_and_teams.is_ok and part.leaders_and_teams.caveats:
        yield f"Leaders and teams are not compared. {part.leaders_and_teams.caveats[0]}"
    kept = int(part.order["keep"].sum())
    if kept > part.limit:
        yield f"{label_count(kept, 'priority is', 'priorities are')} kept; {part.limit} are the most for this scale."
    if found is None and part.order["official_rank"].isna().all():
        yield "Neither people nor the register put the priorities in order, so none is proposed to be dropped."
    if found is not None:
        yield from _about_rankings(part, found)


def _about_rankings(part: Priorities, found: Consensus) -> Iterator[str]:
    label = dict(zip(part.order["priority_id"], part.order["label"], strict=True))
    unranked = [name for one, name in label.items() if one not in found.points]
    if unranked:
        yield f"Not ranked by anybody, so put last in official order: {label_list(unranked)}."
    gone = [one for one in found.points if one not in label]
    if gone:
        yield f"Ranked, and no longer a priority today: {label_list(gone)}. Intervals of places count them."
    if part.flips:
        pairs = label_list([f"{label[b]} before {label[a]}" for a, b in part.flips])
        yield f"The order that contradicts the fewest preferences (Kemeny) differs: it puts {pairs}."
    elif not found.kemeny:
        yield f"Kemeny's order is computed for at most {MAX_KEMENY_OPTIONS} priorities; here it is left out."


def _about_effort(part: Priorities, programs: pd.DataFrame) -> Iterator[str]:
    if programs["priority_id"].isna().all() and len(programs):
        yield NO_TIES
        return
    unknown = int((~programs["is_size_known"]).sum())
    if unknown == len(programs) and unknown:
        yield "No size is recorded: every program counts the same."
    elif unknown:
        yield f"Size of {label_count(unknown, 'open program')} not recorded, taken as the median of the others."
    only_goal = goal_only(programs)
    if only_goal:
        what = label_count(only_goal, "open program names", "open programs name")
        yield f"{what} a goal and no priority: to be tied to one first, so not proposed to stop."
    waited = int(part.stops["needed_by"].astype(bool).sum())
    if waited:
        yield f"Programs that are kept wait for {label_number(waited)} of those to stop: settle that first."
